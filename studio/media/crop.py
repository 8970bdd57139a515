"""A cover at one size, cut out of a picture around what must stay visible."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from studio.core.asset import Probe
from studio.media.encode import read
from studio.media.fit import Limits, size_within
from studio.media.whole import whole

QUALITY = 90


def cover(
    path: Path, found: Probe, width: int, height: int, target: Path, focus: tuple[float, float] | None = None
) -> Path:
    """Writes `target` (JPEG) of exactly width x height px, as much of the picture as its shape allows.

    focus   (x, y) in 0..1 that stays as near the middle as it can
    A picture that is smaller is enlarged: the size is what the platform's page asks for. Refused: unreadable.
    """
    most = max(width, height) * 4
    source = read(path, found, size_within(found.width, found.height, Limits(edge=most))).picture
    box = crop_box(*source.size, width, height, focus)
    small = source.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    white = Image.new("RGB", small.size, "white")
    white.paste(small, mask=small.getchannel("A"))
    with whole(target) as file:
        white.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return target


def crop_box(
    width: int, height: int, wide: int, high: int, focus: tuple[float, float] | None
) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) in px of the largest part of the shape wide:high around the focal point."""
    scale = min(width / wide, height / high)
    w, h = min(float(width), wide * scale), min(float(height), high * scale)  # not a rounding error more
    fx, fy = focus or (0.5, 0.5)
    left = min(max(fx * width - w / 2, 0.0), width - w)
    top = min(max(fy * height - h / 2, 0.0), height - h)
    return left, top, min(left + w, float(width)), min(top + h, float(height))
