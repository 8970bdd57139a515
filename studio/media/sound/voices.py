"""The sound of one clip in its own time: its stretch of the source, at its speed, with its effects."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from studio.core.effects import EFFECTS
from studio.core.opentime import Time
from studio.core.timeline import Clip, Effect
from studio.media.sound import filters, scripted, spaces
from studio.media.sound.decoding import Samples
from studio.media.sound.pages import Pages
from studio.media.sound.reading import RATE, Sounds
from studio.media.sound.stages import Params, Stage
from studio.media.sound.tempo import stretched, transposed
from studio.media.sound.varispeed import Read, at_speed

PITCH = Stage(lambda samples, p: transposed(samples, p.number("semitones")), RATE // 2, RATE // 4)
STAGES: dict[str, Stage] = {**filters.STAGES, **spaces.STAGES, "pitch": PITCH}


@dataclass(frozen=True)
class Voice:
    """One clip. Its moment 0 is sample 0; what lies before it and behind its end is what transitions hear.

    frame     seconds of one picture of the timeline
    """

    clip: Clip
    path: Path
    sounds: Sounds
    pages: Pages
    frame: Time

    def read(self, start: Fraction, count: int) -> Samples:
        """(count, 2) from `start` of the clip's own time, in samples. Errors as of `Sounds.read`."""
        if not self._effects and not self._kept_pitch:
            return self._plain(start, count)
        return self._heard(round(start), count)

    @cached_property
    def _heard(self) -> Read:
        """The clip's sound from whole samples on: each effect reads what the one before it made."""
        read, key = self._stretch(), self._origin()
        for effect in self._effects:
            key = (key, effect.name, tuple(sorted(effect.params.items())))
            if effect.name in STAGES:
                read = self._staged(read, key, effect, STAGES[effect.name])
            else:
                read = scripted.through([effect], read, self.clip.duration, RATE, self.frame)
        return read

    @cached_property
    def _effects(self) -> tuple[Effect, ...]:
        """Those that change what is heard; one that nobody knows is passed over."""
        return tuple(self._audible())

    def _audible(self) -> Iterator[Effect]:
        for effect in self.clip.effects:
            if effect.enabled and effect.name in EFFECTS and (effect.name in STAGES or scripted.touches([effect])):
                yield effect

    @property
    def _kept_pitch(self) -> bool:
        return self.clip.speed != 1 and self.clip.sound.keep_pitch

    def _origin(self) -> Hashable:
        """All that the sound depends on before its effects. OSError when the file is gone."""
        clip = self.clip
        return (self.path, self.sounds.mark(self.path), clip.start, clip.duration, clip.speed, clip.reverse,
                clip.sound.keep_pitch, self.frame)

    def _stretch(self) -> Read:
        key = self._origin()
        if not self._kept_pitch:
            return lambda start, count: self._plain(Fraction(start), count)
        return lambda start, count: self.pages.read(key, lambda at, n: self._plain(Fraction(at), n), start, count)

    def _staged(self, read: Read, key: Hashable, effect: Effect, stage: Stage) -> Read:
        duration = round(self.clip.duration * RATE)

        def made(start: int, count: int) -> Samples:
            begin = start - stage.lead
            samples = read(begin, stage.lead + count + stage.tail)
            return stage.run(samples, Params(effect, begin, duration))[stage.lead : stage.lead + count]

        if not stage.lead and not stage.tail:
            return made
        return lambda start, count: self.pages.read(key, made, start, count)

    def _plain(self, start: Fraction, count: int) -> Samples:
        """The source at the clip's speed."""
        clip = self.clip
        read = self._source()
        first = -clip.end * RATE if clip.reverse else clip.start * RATE
        if clip.speed == 1:
            return read(round(first + start), count)
        if self._kept_pitch:
            return stretched(read, first + start * clip.speed, clip.speed, count)
        if clip.reverse:
            first += clip.speed - 1  # the mirror of what is heard forwards, sample for sample
        return at_speed(read, first + start * clip.speed, clip.speed, count)

    def _source(self) -> Read:
        """The samples of the source, or those of the source turned round: its sample -1 is then the first."""
        def forward(start: int, count: int) -> Samples:
            return self.sounds.read(self.path, start, count)

        def turned(start: int, count: int) -> Samples:
            return forward(-start - count, count)[::-1]

        return turned if self.clip.reverse else forward
