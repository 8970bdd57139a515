"""What does an effect on sound: the protocol between an effect and the mixer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from studio.core import effects
from studio.core.curve import Curve
from studio.core.timeline import Effect
from studio.media.sound.decoding import Samples
from studio.media.sound.envelope import values
from studio.media.sound.reading import RATE


@dataclass(frozen=True, slots=True)
class Params:
    """An effect's parameters over a stretch of its clip; what is not set is its field's default.

    start     the first sample of the stretch in the clip's own time (below 0 before its first)
    duration  of the clip, in samples
    """

    effect: Effect
    start: int
    duration: int

    def number(self, field: str, at: int = 0) -> float:
        """A number within its bounds, `at` samples into the stretch. Refused: no such field."""
        found = effects.number(self.effect, field, Fraction(self.start + at, RATE))
        least, most = self._bounds(field)
        return min(most, max(least, found))

    def over(self, field: str, count: int) -> npt.NDArray[np.float64]:
        """A number for each of `count` samples."""
        param = self.effect.params.get(field)
        if not isinstance(param, Curve) or not param.moves:
            return np.full(count, self.number(field))
        return np.clip(values(param, self.start, count, RATE), *self._bounds(field))

    def text(self, field: str) -> str:
        return str(effects.value(self.effect, field))

    def on(self, field: str) -> bool:
        return bool(effects.value(self.effect, field))

    @property
    def moves(self) -> bool:
        """Whether any of them changes during the clip."""
        return any(isinstance(param, Curve) and param.moves for param in self.effect.params.values())

    def at(self, samples: int) -> Params:
        """The same for a stretch that begins later."""
        return Params(self.effect, self.start + samples, self.duration)

    def _bounds(self, field: str) -> tuple[float, float]:
        declared = effects.spec(self.effect.name).field(field)
        least, most = (declared.least, declared.most) if declared else (None, None)
        return -np.inf if least is None else least, np.inf if most is None else most


@dataclass(frozen=True, slots=True)
class Stage:
    """How an effect is done.

    run    (n, 2) samples and the parameters from the first of them on -> as many samples
    lead   samples before the wanted ones that it must have heard to be itself: the run-up
    tail   samples behind the wanted ones that it must have heard, as it answers late
    """

    run: Callable[[Samples, Params], Samples]
    lead: int = 0
    tail: int = 0


Stages = Mapping[str, Stage]
