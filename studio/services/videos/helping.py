"""Help with cutting: what is found in a clip, in the clip's own seconds, for a person to accept; and what then happens.

Finding takes time and is done in a job. What was found is applied by plain edits, so that undo takes it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.captions import Cue, cues_of, cut_along, from_words, with_cues
from studio.core.curve import Curve
from studio.core.edits.items import the_clip, with_items
from studio.core.edits.looks import change
from studio.core.edits.place import cut_ranges, linked, split, with_source
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Placed, Source, Timeline
from studio.core.title import Word, scaled
from studio.core.transcript import Transcript, in_clip

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.videos.projects import Videos

Range = tuple[Time, Time]
HANDLE = Fraction(1)  # second of a film kept beside what a clip shows, for transitions and trimming
SHORTEST = Fraction(1, 5)  # seconds: shorter stretches are no scene of their own


@dataclass(frozen=True, slots=True)
class Beats:
    """bpm: beats a minute; moments: of the timeline, in seconds."""

    bpm: float
    moments: tuple[Time, ...]


def within(clip: Clip, ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Stretches of the source in the clip's own seconds, as far as they lie in it."""
    found = []
    for start, end in ranges:
        begin, stop = sorted((clip.local_time(start), clip.local_time(end)))
        begin, stop = max(begin, ZERO), min(stop, clip.duration)
        if begin < stop:
            found.append((begin, stop))
    return tuple(sorted(found))


# -- scenes ----------------------------------------------------------------------------------------------------


def find_scenes(videos: Videos, timeline: Timeline, clip: str, task: Task[Any]) -> tuple[Time, ...]:
    """Where the picture changes altogether. Refused: the file is gone, or has no moving picture."""
    from studio.media.cutting.scenes import scenes

    placed, path = _film(videos, timeline, clip, ("video",))
    changes = scenes(path, task, start=placed.clip.start, end=placed.clip.end)
    moments = sorted(placed.clip.local_time(moment) for moment in changes)
    found: list[Time] = []
    for moment in moments:
        if (found[-1] if found else ZERO) + SHORTEST <= moment <= placed.clip.duration - SHORTEST:
            found.append(moment)
    return tuple(found)


def split_scenes(timeline: Timeline, clip: str, moments: Sequence[Time]) -> Timeline:
    """A clip (and what is linked to it) cut in two at each of its moments, last first."""
    _, placed = the_clip(timeline, clip)
    for moment in sorted(moments, reverse=True):
        for each in sorted(linked(timeline, [clip])):
            at = placed.begin + moment
            there = the_clip(timeline, each)[1]
            if there.begin < at < there.end:
                timeline = split(timeline, each, at)
    return timeline


# -- pauses, fillers -------------------------------------------------------------------------------------------


def find_pauses(
    videos: Videos, timeline: Timeline, clip: str, task: Task[Any], threshold: float = -40.0,
    least: Time = Fraction(1, 2),
) -> tuple[Range, ...]:
    """Stretches in which nothing is heard. threshold: dB; least: seconds. Refused: no sound in it."""
    from studio.media.sound.silence import jump_cuts, silences

    placed, path = _film(videos, timeline, clip, ("video", "audio"))
    found = silences(path, task, threshold, least)
    return tuple(jump_cuts(timeline, placed.clip, found))


def cut_out(timeline: Timeline, clip: str, ranges: Sequence[Range]) -> Timeline:
    """Those stretches of a clip taken out, the rest pulled together, what follows elsewhere with it.

    Captions over a clip of the main track lose what was said in them.
    """
    if not ranges:
        return timeline
    track, placed = the_clip(timeline, clip)
    edited = cut_ranges(timeline, clip, ranges, along=True)
    gone = [(placed.begin + max(ZERO, start), placed.begin + min(end, placed.clip.duration)) for start, end in ranges]
    for captions in timeline.tracks if track.role == "main" else ():
        if captions.role == "captions" and not captions.locked:
            edited = with_items(edited, captions, cut_along(captions, gone).items)
    return edited


# -- beats -----------------------------------------------------------------------------------------------------


def find_beats(videos: Videos, timeline: Timeline, clip: str, task: Task[Any]) -> Beats:
    """The beats of the music of a clip, as moments of the timeline. Refused: no sound in it."""
    from studio.media.sound.beats import beats

    placed, path = _film(videos, timeline, clip, ("audio", "video"))
    bpm, moments = beats(path, task)
    inside = (placed.begin + placed.clip.local_time(each) for each in moments)
    return Beats(bpm, tuple(each for each in sorted(inside) if placed.begin <= each < placed.end))


def with_beats(timeline: Timeline, beats: Beats) -> Timeline:
    """The timeline with those beats to snap to, in place of others."""
    return replace(timeline, beats=beats.moments)


# -- steady, reframed ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Steady:
    """A film that no longer shakes. offset: the moment of the old film at which it begins."""

    source: Source
    offset: Time


def steady(videos: Videos, timeline: Timeline, clip: str, task: Task[Any]) -> Steady:
    """What the clip shows, and a second on either side, as a film that no longer shakes, taken into the library.

    Refused: no moving picture, or nothing to hold on to in it.
    """
    from tempfile import TemporaryDirectory

    from studio.media.cutting.stabilise import stabilise

    placed, path = _film(videos, timeline, clip, ("video",))
    old = timeline.sources[placed.clip.source]
    start = max(ZERO, placed.clip.start - HANDLE)
    end = placed.clip.end + HANDLE if old.duration is None else min(placed.clip.end + HANDLE, old.duration)
    with TemporaryDirectory(prefix="yigao-") as room:
        film = Path(room) / f"{Path(old.name).stem}-steady.mkv"
        stabilise(path, film, task, start=start, end=end)
        sources, refused = videos.add_files([film])
    if refused:
        raise Refused(*refused[0].findings)
    return Steady(sources[0], start)


def with_steady(timeline: Timeline, clip: str, made: Steady) -> Timeline:
    """The clip playing the steady film, everything else as it was."""
    timeline = with_source(timeline, made.source)
    track, placed = the_clip(timeline, clip)
    start = max(ZERO, placed.clip.start - made.offset)
    if made.source.duration is not None:
        start = max(ZERO, min(start, made.source.duration - placed.clip.length))
    items = list(track.items)
    items[placed.index] = replace(placed.clip, source=made.source.id, start=start)
    return with_items(timeline, track, items)


def find_frame(videos: Videos, timeline: Timeline, clip: str, task: Task[Any]) -> tuple[Curve, Curve]:
    """Key frames of x and y that keep what matters in the canvas when the clip fills it; where the person has set
    some, theirs hold. Refused: no moving picture.
    """
    from studio.media.cutting.reframe import curves, focus

    placed, path = _film(videos, timeline, clip, ("video",))
    one, source = placed.clip, timeline.sources[placed.clip.source]
    points = focus(path, one.start, one.end, Fraction(timeline.width, timeline.height), task)
    canvas, frame = (timeline.width, timeline.height), 1 / source.rate if source.rate else ZERO
    own = (one.transform.x, one.transform.y) if one.transform.x.keys or one.transform.y.keys else None
    return curves(points, one, (source.width, source.height), canvas, own, frame=frame)


def with_frame(timeline: Timeline, clip: str, curves: tuple[Curve, Curve]) -> Timeline:
    """The clip filling the canvas, moved by those key frames."""
    def framed(each: Clip) -> Clip:
        return replace(each, fit="cover", transform=replace(each.transform, x=curves[0], y=curves[1]))

    return change(timeline, [clip], framed)


# -- words -----------------------------------------------------------------------------------------------------


def with_captions(timeline: Timeline, clip: str, transcript: Transcript, preset: str = "caption") -> Timeline:
    """What is said in a clip as captions over it; those elsewhere stay. Refused: nothing is said in it."""
    _, placed = the_clip(timeline, clip)
    words = tuple(Word(w.text, w.start + placed.begin, w.end + placed.begin) for w in in_clip(transcript, placed.clip))
    if not words:
        raise Refused(error("video.nothing_said", "clip", clip=placed.clip.name))
    others = [cue for cue in cues_of(timeline) if cue.end <= placed.begin or cue.start >= placed.end]
    return captioned(timeline, [*others, *from_words(words)], preset)


def captioned(timeline: Timeline, cues: Iterable[Cue], preset: str = "caption") -> Timeline:
    """The timeline with those captions and no others, in a style as large as its canvas asks for."""
    made = with_cues(timeline, cues, preset)
    track = made.role("captions")
    by = min(made.width, made.height) / 1080
    if track is None or by == 1:
        return made
    mine = [p.clip.id for p in track.placed if p.clip.title is not None and p.clip.title.preset]
    return change(made, mine, lambda clip: replace(
        clip, title=replace(clip.title, style=scaled(clip.title.style, by)) if clip.title else None))


def without_words(timeline: Timeline, clip: str, gone: Sequence[Range]) -> Timeline:
    """A clip without the words in `gone` (stretches of its source)."""
    _, placed = the_clip(timeline, clip)
    return cut_out(timeline, clip, within(placed.clip, gone))


def _film(videos: Videos, timeline: Timeline, clip: str, kinds: tuple[str, ...]) -> tuple[Placed, Path]:
    """The clip and its file. Refused: it plays no file of these kinds."""
    _, placed = the_clip(timeline, clip)
    source = timeline.source_of(placed.clip)
    if source is None or source.kind not in kinds:
        raise Refused(error("video.not_for_this", "clip", clip=placed.clip.name or placed.clip.kind))
    return placed, videos.where(source)


def save_captions(timeline: Timeline, path: Path) -> None:
    """The captions as SRT, WebVTT or ASS, by the file's ending; SRT for any other."""
    from studio.media.lettering.subtitles import write

    write(path, cues_of(timeline), (timeline.width, timeline.height))
