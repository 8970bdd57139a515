"""The timeline's own words: roles, tools, clips in a line for tool tips and screen readers."""

from __future__ import annotations

from fractions import Fraction

from studio.core.timeline import Clip, Placed, Role, Source, Timeline, Track
from studio.ui.i18n import tr
from studio.ui.video.timeline.scale import clock

ICONS: dict[Role, str] = {
    "captions": "captions", "titles": "type", "main": "film", "overlay": "picture-in-picture-2", "voice": "mic",
    "music": "music", "sound": "audio-lines",
}


def role_name(role: Role) -> str:
    """A kind of track."""
    names: dict[Role, str] = {
        "captions": tr("timeline", "Captions"), "titles": tr("timeline", "Titles"), "main": tr("timeline", "Main"),
        "overlay": tr("timeline", "Overlay"), "voice": tr("timeline", "Voice"), "music": tr("timeline", "Music"),
        "sound": tr("timeline", "Sound"),
    }
    return names[role]


def track_name(timeline: Timeline, track: Track) -> str:
    """Its own name, or its role's, with a number when there are several."""
    if track.name:
        return track.name
    same = [each.id for each in timeline.tracks if each.role == track.role]
    number = same.index(track.id) + 1 if track.id in same else 1
    return f"{role_name(track.role)} {number}" if len(same) > 1 else role_name(track.role)


def clip_name(clip: Clip, source: Source | None) -> str:
    """What a clip is called: its own name, its words, or its file's name without the ending."""
    if clip.name:
        return clip.name
    if clip.title is not None:
        return " ".join(clip.title.text.split())
    if clip.kind == "adjustment":
        return tr("timeline", "Adjustment")
    if clip.kind == "solid":
        return tr("timeline", "Colour")
    name = source.name or source.path.rsplit("/", 1)[-1] if source is not None else ""
    return name.rsplit(".", 1)[0] if "." in name[1:] else name


def describe(timeline: Timeline, track: Track, placed: Placed) -> str:
    """A clip in one line."""
    rate = timeline.rate
    return tr(
        "timeline", "{name}, on {track}, {begin} to {end}",
        name=clip_name(placed.clip, timeline.source_of(placed.clip)) or tr("timeline", "Clip"),
        track=track_name(timeline, track), begin=clock(placed.begin, rate), end=clock(placed.end, rate),
    )  # fmt: skip


def canvas_words(timeline: Timeline) -> str:
    """The canvas in short: "9 : 16 · 30 fps"."""
    ratio = Fraction(timeline.width, timeline.height)
    across, down = ratio.numerator, ratio.denominator
    if max(across, down) > 32:
        across, down = timeline.width, timeline.height
    rate = f"{float(timeline.rate):.2f}".rstrip("0").rstrip(".")
    return tr("timeline", "{across} : {down} · {rate} fps", across=across, down=down, rate=rate)
