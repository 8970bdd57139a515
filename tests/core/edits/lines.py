"""Timelines for tests, and random edits of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction as F

from studio.core.edits import arrange, join, looks, place, trim
from studio.core.errors import Refused
from studio.core.ids import new_id
from studio.core.timeline import Clip, Source, Timeline
from studio.core.title import Title
from studio.core.transitions import TRANSITIONS

FILM = Source("film", "/film.mp4", "video", "film.mp4", width=1920, height=1080, duration=F(12), rate=F(30), sound=True)
SHORT = Source("short", "/short.mp4", "video", "short.mp4", width=640, height=360, duration=F(3), rate=F(24))
SONG = Source("song", "/song.mp3", "audio", "song.mp3", duration=F(60), sound=True)
PHOTO = Source("photo", "/photo.jpg", "image", "photo.jpg", width=3000, height=2000)


def shot(seconds: float | F = 2, start: float | F = 1, source: Source = FILM, **more) -> Clip:
    """A clip of a source."""
    return Clip(new_id(), F(seconds), source=source.id, start=F(start), **more)


def words(text: str = "Hello", seconds: float | F = 2) -> Clip:
    return Clip(new_id(), F(seconds), "title", title=Title(text))


def line(*shots: Clip) -> Timeline:
    """A timeline that knows the sources, with shots on its main track."""
    timeline = arrange.empty("test")
    for source in (FILM, SHORT, SONG, PHOTO):
        timeline = place.with_source(timeline, source)
    main = timeline.role("main")
    assert main is not None
    for each in shots:
        timeline = place.append(timeline, main.id, each)
    return timeline


def main_of(timeline: Timeline):
    track = timeline.role("main")
    assert track is not None
    return track


class Editor:
    """Makes random edits, as a person (or a cat) would; those that are refused change nothing."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.copied: tuple = ()

    def edit(self, timeline: Timeline) -> Timeline:
        """One edit; the same timeline when it was refused."""
        how = self.dice.choice(self._all)
        try:
            return how(self, timeline)
        except Refused:
            return timeline

    def _time(self, low: float = 0, high: float = 20) -> F:
        return F(self.dice.randint(int(low * 30), int(high * 30)), 30)

    def _clip(self) -> Clip:
        kind = self.dice.randrange(5)
        if kind == 0:
            return words(self.dice.choice(["Hi", "你好", "👩‍🍳 soup"]), F(self.dice.randint(1, 90), 30))
        source = self.dice.choice([FILM, SHORT, SONG, PHOTO])
        start = F(self.dice.randint(0, 40), 30)
        return shot(F(self.dice.randint(1, 45), 30), start, source, reverse=self.dice.random() < 0.1)

    def _any(self, timeline: Timeline) -> str:
        ids = [placed.clip.id for _, placed in timeline.clips()]
        return self.dice.choice(ids) if ids else "none"

    def _some(self, timeline: Timeline) -> list[str]:
        return [self._any(timeline) for _ in range(self.dice.randint(1, 3))]

    def _track(self, timeline: Timeline) -> str:
        return self.dice.choice(timeline.tracks).id

    def _add(self, t: Timeline) -> Timeline:
        how = self.dice.choice([place.insert, place.overwrite, place.put])
        return how(t, *self._fitting(t), self._time())

    def _append(self, t: Timeline) -> Timeline:
        return place.append(t, *self._fitting(t))

    def _fitting(self, t: Timeline) -> tuple[str, Clip]:
        """A clip and a track that takes it; now and then one that does not."""
        clip = self._clip()
        tracks = [track.id for track in t.tracks if place.suits(t, track, clip)]
        return (self.dice.choice(tracks) if tracks and self.dice.random() < 0.95 else self._track(t)), clip

    def _split(self, t: Timeline) -> Timeline:
        return place.split_at(t, self._time(), self.dice.choice([None, self._some(t)]))

    def _remove(self, t: Timeline) -> Timeline:
        if len(list(t.clips())) < 8:
            return t
        if self.dice.random() < 0.5:
            return place.lift(t, self._some(t))
        return place.remove(t, self._some(t), along=self.dice.random() < 0.5)

    def _move(self, t: Timeline) -> Timeline:
        return place.move(t, self._some(t), self._time(-6, 6), self.dice.choice(["", self._track(t)]))

    def _trim(self, t: Timeline) -> Timeline:
        return trim.trim(t, self._any(t), self.dice.choice(["start", "end"]), self._time(-2, 2),
                         self.dice.choice([None, True, False]), self.dice.random() < 0.5)

    def _roll(self, t: Timeline) -> Timeline:
        return trim.roll(t, self._any(t), self.dice.choice(["start", "end"]), self._time(-2, 2))

    def _slip(self, t: Timeline) -> Timeline:
        return trim.slip(t, self._any(t), self._time(-2, 2))

    def _slide(self, t: Timeline) -> Timeline:
        return trim.slide(t, self._any(t), self._time(-2, 2))

    def _speed(self, t: Timeline) -> Timeline:
        return trim.set_speed(t, self._any(t), F(self.dice.choice([1, 2, 3, 5]), self.dice.choice([1, 2, 4])))

    def _join(self, t: Timeline) -> Timeline:
        kind = self.dice.choice(list(TRANSITIONS))
        return join.join(t, self._any(t), kind, self._time(0, 2), self.dice.random() < 0.5)

    def _unjoin(self, t: Timeline) -> Timeline:
        return join.unjoin(t, self._any(t))

    def _arrange(self, t: Timeline) -> Timeline:
        how = self.dice.choice([arrange.link, arrange.unlink, arrange.group, arrange.ungroup])
        return how(t, self._some(t))

    def _detach(self, t: Timeline) -> Timeline:
        return arrange.detach(t, self._any(t))

    def _tracks(self, t: Timeline) -> Timeline:
        kind = self.dice.randrange(4)
        if kind == 0 and len(t.tracks) < 10:
            return arrange.add_track(t, self.dice.choice(arrange.ORDER))
        if kind == 1 and len(t.tracks) > 5:
            return arrange.remove_track(t, self._track(t))
        return arrange.move_track(t, self._track(t), self.dice.randrange(8))

    def _paste(self, t: Timeline) -> Timeline:
        self.copied = place.copies(t, self._some(t)) or self.copied
        return place.paste(t, self.copied, self._time())

    def _cut_ranges(self, t: Timeline) -> Timeline:
        begin = self._time(0, 1)
        return place.cut_ranges(t, self._any(t), [(begin, begin + self._time(0, 1))], self.dice.random() < 0.5)

    def _look(self, t: Timeline) -> Timeline:
        field = self.dice.choice(["x", "y", "scale", "rotation", "opacity"])
        if self.dice.random() < 0.5:
            return looks.toggle_key(t, self._any(t), "transform", field, self._time(0, 2))
        return looks.set_curve(t, self._any(t), "transform", field, self.dice.random(), self._time(0, 2))

    def _mark(self, t: Timeline) -> Timeline:
        return arrange.mark(t, self._time(), "here") if self.dice.random() < 0.7 else arrange.unmark(t, self._time())

    _all: list[Callable] = [
        _add, _add, _append, _split, _remove, _remove, _move, _move, _trim, _trim, _roll, _slip, _slide, _speed, _join,
        _unjoin, _arrange, _detach, _tracks, _paste, _cut_ranges, _look, _mark,
    ]
