"""An export in words: what a preset makes of a timeline, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.core import export
from studio.core.export import Preset
from studio.core.timeline import Timeline
from studio.ui.i18n import tr
from studio.ui.library.words import duration, size

if TYPE_CHECKING:
    from studio.services.videos.exports import Export, Exports

CODECS = {
    "h264": "H.264", "hevc": "HEVC", "vp9": "VP9", "av1": "AV1", "prores": "ProRes", "gif": "GIF", "png": "PNG",
    "jpeg": "JPEG", "aac": "AAC", "opus": "Opus", "mp3": "MP3", "pcm": "PCM", "flac": "FLAC",
}  # fmt: skip


def made_of(preset: Preset, timeline: Timeline) -> str:
    """"1080 × 1920 · 30 fps · H.264 · AAC · 0:24"."""
    parts = []
    if preset.video:
        width, height = export.size(preset, timeline)
        parts += [f"{width} × {height}", f"{float(export.rate(preset, timeline)):g} fps"]
    parts += [CODECS[codec] for codec in (preset.video, preset.audio) if codec]
    parts.append(duration(timeline.duration))
    if preset.bytes is not None:
        parts.append(tr("video", "at most {size}", size=size(preset.bytes)))
    return " · ".join(dict.fromkeys(parts))


def state_words(one: Export, exports: Exports) -> str:
    """How far it is, or what became of it."""
    if one.state == "running":
        part = f"{round((one.fraction or 0.0) * 100)} %"
        if one.paused:
            return tr("video", "Paused at {part}", part=part)
        left = exports.left(one)
        return part if left is None else f"{part} · {left_words(left)}"
    if one.state == "done" and one.result is not None:
        found = one.result
        kept = tr("video", "{part} % copied as it was", part=round(100 * found.copied / max(1, found.frames)))
        return f"{size(found.bytes)} · {seconds_words(found.seconds)}" + (f" · {kept}" if found.copied else "")
    return {
        "waiting": tr("video", "Waits for its turn"), "cancelled": tr("video", "Cancelled"),
        "failed": tr("video", "Failed"),
    }.get(one.state, "")  # fmt: skip


def left_words(seconds: float) -> str:
    """About how long it still takes."""
    whole = max(1, round(seconds))
    return tr("jobs", "%n s left", n=whole) if whole < 60 else tr("jobs", "%n min left", n=round(whole / 60))


def seconds_words(seconds: float) -> str:
    """How long it took."""
    return tr("video", "made in {time}", time=duration(max(1.0, seconds)))
