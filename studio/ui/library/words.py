"""A file in words: size, pixels, duration, kind."""

from __future__ import annotations

from fractions import Fraction

from studio.core.asset import Asset
from studio.core.post import Kind
from studio.ui.i18n import tr

ICONS: dict[str, str] = {"image": "image", "video": "film", "audio": "volume-2", "other": "file-pen-line"}


def kind_icon(kind: Kind) -> str:
    """The icon of a kind of file."""
    return ICONS[kind]


def kind_words(kind: Kind) -> str:
    """The kind in words."""
    return {
        "image": tr("library", "Picture"), "video": tr("library", "Video"), "audio": tr("library", "Sound"),
        "other": tr("library", "Other"),
    }[kind]  # fmt: skip


def size(count: int) -> str:
    """Bytes as people read them (powers of 1000): "2.4 MB"."""
    if count < 1000:
        return tr("library", "{count} B", count=count)
    value, unit = count / 1000, "kB"
    for larger in ("MB", "GB"):
        if value >= 1000:
            value, unit = value / 1000, larger
    return f"{value:.0f} {unit}" if value >= 100 or unit == "kB" else f"{value:.1f} {unit}"


def duration(seconds: Fraction | float) -> str:
    """"0:31", "1:02:05"."""
    whole = round(float(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def facts(asset: Asset) -> list[tuple[str, str]]:
    """What the detail column says of a file: label and value."""
    probe = asset.probe
    found = [(tr("library", "Kind"), f"{kind_words(probe.kind)} · {probe.suffix.lstrip('.').upper()}")]
    found.append((tr("library", "Size"), size(asset.bytes)))
    if probe.width and probe.height:
        found.append((tr("library", "Pixels"), f"{probe.width} × {probe.height}"))
    if probe.duration is not None:
        found.append((tr("library", "Duration"), duration(probe.duration)))
    if probe.has_location:
        found.append((tr("library", "Place"), tr("library", "Taken out before sending")))
    return found
