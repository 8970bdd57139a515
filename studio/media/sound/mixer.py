"""The mix of a timeline: one function of the place, the same for the player, the export and every measurement."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av.error
import numpy as np

from studio.core.errors import Problem
from studio.core.finding import Finding, warning
from studio.core.opentime import Time
from studio.core.playing import Heard, heard
from studio.core.timeline import Source, Timeline
from studio.media.sound.decoding import Samples
from studio.media.sound.ducking import Ducking
from studio.media.sound.envelope import factor, factors, fall, rise
from studio.media.sound.pages import Pages
from studio.media.sound.reading import RATE, Sounds
from studio.media.sound.voices import Voice
from studio.media.video.where import Where


@dataclass(frozen=True, slots=True)
class Part:
    """A clip that sounds, in samples of the timeline. fade_in, fade_out: how long they are.

    origin, offset   where its own clock is 0: rounded, and exactly
    """

    heard: Heard
    source: Source
    begin: int
    end: int
    origin: int
    offset: Fraction
    fade_in: int
    fade_out: int
    crossed_in: bool
    crossed_out: bool
    frame: Time


class Plan:
    """A timeline as the mixer reads it, made once for each state of it."""

    def __init__(self, timeline: Timeline, sound: Callable[[Part, int, int], Samples]) -> None:
        self.timeline = timeline
        self.parts = tuple(_part(timeline, one) for one in heard(timeline))
        self._sound = sound
        self._speakers = _speakers(self.parts)
        self.ducking = Ducking(self._speech) if self._speakers else None

    def within(self, start: int, count: int, parts: Iterable[Part]) -> Iterator[tuple[Part, int, int]]:
        """Of `parts` those that sound there, and which samples of them."""
        for part in parts:
            first, last = max(start, part.begin), min(start + count, part.end)
            if first < last:
                yield part, first, last - first

    def _speech(self, start: int, count: int) -> Samples:
        out = np.zeros((count, 2), np.float32)
        for part, first, length in self.within(start, count, self._speakers):
            out[first - start : first - start + length] += self._sound(part, first, length)
        return out


class Mixer:
    """What is heard of a timeline. Safe for several threads; each block is the same whatever was asked before it."""

    def __init__(self, where: Where, rate: int = RATE, *, sounds: Sounds | None = None) -> None:
        """where: finds files; sounds: shared with others, closed by whoever made them."""
        if rate != RATE:
            raise ValueError("mixing is at 48 kHz")
        self.rate = rate
        self._where, self._sounds, self._own = where, sounds or Sounds(), sounds is None
        self._pages, self._lock = Pages(), threading.RLock()
        self._plan: Plan | None = None
        self._troubles: dict[str, Finding] = {}

    def block(self, timeline: Timeline, start: int, count: int) -> Samples:
        """(count, 2) float32 from sample `start` of the timeline; full scale is 1, louder is not cut off.

        A source that is gone or broken is silent where it is, and `troubles` has a finding for it.
        """
        out = np.zeros((count, 2), np.float32)
        with self._lock:
            plan = self._planned(timeline)
            for part, first, length in plan.within(start, count, plan.parts):
                samples = self._part(part, first, length)
                duck = plan.ducking.factors(first, length) if plan.ducking and part.heard.track.duck else None
                out[first - start : first - start + length] += samples if duck is None else samples * duck[:, None]
        return out

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """What was silent though it should have been heard, so far."""
        return tuple(self._troubles.values())

    def close(self) -> None:
        if self._own:
            self._sounds.close()

    def _planned(self, timeline: Timeline) -> Plan:
        if self._plan is None or self._plan.timeline is not timeline:
            self._plan = Plan(timeline, self._part)
        return self._plan

    def _part(self, part: Part, first: int, count: int) -> Samples:
        clip, track = part.heard.clip, part.heard.track
        try:
            samples = self._raw(part, first, count)
        except Problem as problem:
            self._troubles |= {part.source.id: problem.findings[0]}
            return np.zeros((count, 2), np.float32)
        except (OSError, av.error.FFmpegError, LookupError):
            self._troubles[part.source.id] = warning("video.sound_unreadable", "sound", name=_name(part.source))
            return np.zeros((count, 2), np.float32)
        gain = factors(clip.sound.gain, first - part.origin, count, RATE) * np.float32(factor(track.gain))
        for fade in _fades(part, first, count):
            gain = gain * fade
        return samples * (gain[:, None] if isinstance(gain, np.ndarray) else np.float32(gain))

    def _raw(self, part: Part, first: int, count: int) -> Samples:
        """The clip's sound before anything is done to its loudness."""
        path = self._where(part.source)
        # from the exact moments, not from rounded ones: a clip that was cut in two goes on as if it had not been
        local = first - part.offset
        samples = Voice(part.heard.clip, path, self._sounds, self._pages, part.frame).read(local, count)
        if path in self._sounds.broken:
            self._troubles[part.source.id] = warning("video.sound_broken", "sound", name=_name(part.source))
        return samples


def _part(timeline: Timeline, one: Heard) -> Part:
    """A clip's times in samples. What two clips share (a cut, a crossfade) is rounded alike."""
    begin, end, origin = round(one.begin * RATE), round(one.end * RATE), round(one.origin * RATE)
    sound, clip_end = one.clip.sound, one.origin + one.clip.duration
    fade_in = one.begin + one.fade_in if one.fade_in else one.origin + sound.fade_in
    fade_out = one.end - one.fade_out if one.fade_out else clip_end - sound.fade_out
    source = timeline.sources[one.clip.source]
    return Part(
        one, source, begin, end, origin, one.origin * RATE, round(fade_in * RATE) - begin,
        end - round(fade_out * RATE), bool(one.fade_in), bool(one.fade_out), 1 / timeline.rate,
    )


def _speakers(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The clips that music steps back for: voices, or what the main picture says where there are none."""
    if not any(part.heard.track.duck for part in parts):
        return ()
    steady = [part for part in parts if not part.heard.track.duck]
    voices = tuple(part for part in steady if part.heard.track.role == "voice")
    return voices or tuple(part for part in steady if part.heard.track.role == "main")


def _fades(part: Part, first: int, count: int) -> list[Samples]:
    found = (
        rise(first - part.begin, count, part.fade_in, equal_power=part.crossed_in),
        fall(first - (part.end - part.fade_out), count, part.fade_out, equal_power=part.crossed_out),
    )
    return [fade for fade in found if fade is not None]


def _name(source: Source) -> str:
    return source.name or Path(source.path).name
