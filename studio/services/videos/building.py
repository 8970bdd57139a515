"""A timeline built step by step, as commands and scripts do it: files, titles, music, captions, effects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from studio.core.curve import Curve
from studio.core.edits.arrange import add_track, empty, free_track
from studio.core.edits.join import join
from studio.core.edits.looks import add_effect
from studio.core.edits.place import append, insert, put, suits, with_source
from studio.core.effects import EFFECTS, spec
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Fit, Param, Role, Sound, Source, Timeline, Track
from studio.core.title import on_canvas
from studio.core.title_styles import STYLES
from studio.services.videos.projects import STILL

LARGEST, FASTEST = 8192, 240


@dataclass(frozen=True, slots=True)
class Cut:
    """How a file is put on the timeline. start, end: of the source; at: None: after what is there.

    track       pictures count from 1, the main track; 0: the main one (for sound: one of sound)
    transition  (kind, seconds) from the clip before it on the main track
    """

    start: Time | None = None
    end: Time | None = None
    at: Time | None = None
    track: int = 0
    fit: Fit = "cover"
    transition: tuple[str, Time] | None = None


def new(width: int, height: int, rate: Fraction, name: str = "") -> Timeline:
    """An empty project. Refused: sizes or rates that no video has."""
    if not (2 <= width <= LARGEST and 2 <= height <= LARGEST):
        raise Refused(error("video.size", "size", width=width, height=height, most=LARGEST))
    if not 1 <= rate <= FASTEST:
        raise Refused(error("video.rate", "fps", rate=float(rate), most=FASTEST))
    return empty(name, width, height, rate)


def known(timeline: Timeline, source: Source) -> tuple[Timeline, Source]:
    """The timeline with the source, and the one it knew already when it is the same file."""
    for each in timeline.sources.values():
        if each.path == source.path and each.duration == source.duration and each.path:
            return timeline, each
    return with_source(timeline, source), source


def add_file(timeline: Timeline, source: Source, cut: Cut) -> Timeline:
    """A film, picture or sound put on. Refused: a range beyond the file, no room there, no such track."""
    timeline, source = known(timeline, source)
    clip = Clip(new_id(), _length(timeline, source, cut), source=source.id, start=cut.start or ZERO, fit=cut.fit,
                name=Path(source.name).stem)
    if source.kind == "audio":
        return _put_free(timeline, "sound", clip, cut.at)
    timeline, track = _picture_track(timeline, cut.track)
    if track.role != "main":
        return put(timeline, track.id, clip, track.duration if cut.at is None else cut.at)
    if cut.at is not None:
        timeline = insert(timeline, track.id, clip, cut.at)
    else:
        timeline = append(timeline, track.id, clip)
    return _joined(timeline, clip, cut.transition) if cut.transition else timeline


def _length(timeline: Timeline, source: Source, cut: Cut) -> Time:
    start = cut.start or ZERO
    end = cut.end if cut.end is not None else source.duration if source.duration is not None else start + STILL
    if start < 0 or end <= start or (source.duration is not None and end > source.duration):
        whole = float(source.duration) if source.duration is not None else 0.0
        raise Refused(error("video.range", "in", name=source.name, start=float(start), end=float(end), whole=whole))
    return _whole_frames(timeline.rate, end - start, None if source.duration is None else source.duration - start)


def _whole_frames(rate: Fraction, length: Time, room: Time | None) -> Time:
    """The nearest number of frames that the source has room for; less than one stays as it is."""
    frames = round(length * rate)
    if room is not None and frames > room * rate:
        frames = room * rate // 1
    return frames / rate if frames else length


def _picture_track(timeline: Timeline, number: int) -> tuple[Timeline, Track]:
    """The picture track of that number; the ones above the main are overlays, made when there are too few."""
    pictures = [track for track in timeline.tracks if track.role in ("main", "overlay")]
    while len(pictures) < number and number < 50:
        timeline = add_track(timeline, "overlay")
        pictures = [track for track in timeline.tracks if track.role in ("main", "overlay")]
    if not 0 <= number <= len(pictures):
        raise Refused(error("video.no_track", "track", track=str(number)))
    return timeline, pictures[max(0, number - 1)]


def _joined(timeline: Timeline, clip: Clip, transition: tuple[str, Time]) -> Timeline:
    """From the clip before it into this one; the first has none before it."""
    track = timeline.role("main")
    placed = track.clip(clip.id) if track is not None else None
    before = track.by_index.get(placed.index - 1) if track is not None and placed is not None else None
    if before is None:
        raise Refused(error("video.no_cut", "transition", clip=clip.name))
    return join(timeline, before.clip.id, *transition)


def _put_free(timeline: Timeline, role: Role, clip: Clip, at: Time | None) -> Timeline:
    """On a track of the role that is free then; a new one when none is."""
    begin = at if at is not None else ZERO
    timeline, track = free_track(timeline, role, begin, begin + clip.duration)
    return put(timeline, track, clip, begin)


def add_title(timeline: Timeline, text: str, at: Time, seconds: Time, style: str = "") -> Timeline:
    """Words over the picture. Refused: no such style, no time."""
    preset = STYLES.get(style) if style else next(iter(each for each in STYLES.values() if each.use == "title"))
    if preset is None:
        raise Refused(error("video.no_style", "style", name=style, known=", ".join(STYLES)))
    if seconds <= 0 or at < 0 or not text.strip():
        raise Refused(error("video.no_title", "title"))
    title = on_canvas(preset.title(text), timeline.width, timeline.height)
    return _put_free(timeline, "titles", Clip(new_id(), seconds, "title", title=title), at)


def add_music(timeline: Timeline, source: Source, gain: float = 0.0, duck: bool = False) -> Timeline:
    """Music from the beginning, as long as the pictures, fading out at the end. Refused: no sound in it."""
    if not source.sound:
        raise Refused(error("video.no_sound", "music", clip=source.name))
    timeline, source = known(timeline, source)
    pictures = max((track.duration for track in timeline.tracks if track.seen), default=ZERO)
    whole = source.duration or ZERO
    length = min(pictures, whole) if pictures else whole
    fade = min(Fraction(1), length / 4)
    clip = Clip(new_id(), length, source=source.id, name=Path(source.name).stem,
                sound=Sound(Curve(gain), fade_out=fade))
    timeline, track = free_track(timeline, "music", ZERO, length)
    found = timeline.track(track)
    assert found is not None and suits(timeline, found, clip)
    return put(timeline.with_track(replace(found, duck=duck)), track, clip, ZERO)


def add_captions(timeline: Timeline, file: Path) -> Timeline:
    """The captions of a file in place of those there are. Refused: not a file of captions."""
    from studio.media.lettering.subtitles import read_file
    from studio.services.videos.helping import captioned

    return captioned(timeline, read_file(file, (timeline.width, timeline.height)))


def nth_clip(timeline: Timeline, named: str) -> str:
    """A clip by its id, or by its number among the main track's, from 1. Refused: no such clip."""
    if timeline.find(named) is not None:
        return named
    main = timeline.role("main")
    placed = main.placed if main is not None else ()
    if named.isdecimal() and 1 <= int(named) <= len(placed):
        return placed[int(named) - 1].clip.id
    raise Refused(error("video.no_clip", "clip", clip=named))


def put_effect(timeline: Timeline, clip: str, name: str, given: Mapping[str, str]) -> Timeline:
    """An effect on a clip, its parameters as text ("0.5", "on", "#ff0000"). Refused: unknown, or does not fit."""
    name = effect_name(name)
    return add_effect(timeline, [nth_clip(timeline, clip)], name, **dict(_params(name, given)))


def effect_name(text: str) -> str:
    """The effect that is meant: by its name, or by MoviePy's own ("FadeIn", "fade_in"). Refused: none."""
    if text in EFFECTS:
        return text
    plain = text.lower().replace("_", "").replace("-", "")
    named = (name for name in EFFECTS if name.rpartition(".")[2].lower().replace("_", "") == plain)
    return next(named, None) or spec(text).name


def _params(effect: str, given: Mapping[str, str]) -> Iterator[tuple[str, Param]]:
    for name, text in given.items():
        field = spec(effect).field(name)
        if field is None:
            raise Refused(error("video.no_field", "effect", name=effect, parameter=name))
        if field.kind == "switch":
            if text.lower() not in ("on", "off", "true", "false", "1", "0"):
                raise Refused(error("video.unfit", "effect", name=effect, parameter=name, value=text))
            yield name, text.lower() in ("on", "true", "1")
        else:
            yield name, _number(effect, name, text) if field.numeric else text


def _number(effect: str, name: str, text: str) -> Curve:
    try:
        return Curve(float(Fraction(text)))
    except (ValueError, ZeroDivisionError):
        raise Refused(error("video.unfit", "effect", name=effect, parameter=name, value=text)) from None
