"""What draws an effect on pictures: the protocol between an effect and the compositor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studio.core import effects
from studio.core.opentime import Time
from studio.core.timeline import Effect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Step = tuple[str, str]  # a libavfilter filter and its arguments as ffmpeg writes them: ("gblur", "sigma=4")


@dataclass(frozen=True, slots=True)
class Moment:
    """When and on what an effect is drawn.

    local     seconds since the clip's first frame; below 0 and beyond its end inside a transition
    duration  of the clip
    width, height  of the picture that comes in, in px: the source's own for early effects, else as it is laid
    scale     px of the drawing by px of the timeline's canvas: what is given in px is multiplied by it; for early
              effects px of what comes in by px of the source
    rate      frames a second of the timeline
    shown     width, height of the part around the middle that the canvas shows when nothing is moved (a picture that
              covers it reaches beyond)
    """

    local: Time
    duration: Time
    width: int
    height: int
    scale: float = 1.0
    rate: Fraction = Fraction(30)
    shown: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Params:
    """An effect's parameters at one moment; what is not set is its field's default."""

    effect: Effect
    local: Time

    def number(self, field: str) -> float:
        """A numeric field of any kind, within its bounds. Refused: no such field."""
        value = effects.number(self.effect, field, self.local)
        declared = effects.spec(self.effect.name).field(field)
        least, most = (declared.least, declared.most) if declared else (None, None)
        value = value if least is None else max(least, value)
        return value if most is None else min(most, value)

    def text(self, field: str) -> str:
        """A choice, colour, file or text."""
        return str(effects.value(self.effect, field, self.local))

    def on(self, field: str) -> bool:
        """A switch."""
        return bool(effects.value(self.effect, field, self.local))


@dataclass(frozen=True, slots=True)
class Lay:
    """Where a picture lies. x, y: px of the timeline's canvas from the middle; scale_x, scale_y: 1 is as its fit lays
    it; rotation: degrees clockwise; opacity: 0 to 1."""

    x: float = 0.0
    y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0
    rotation: float = 0.0
    opacity: float = 1.0

    def moved(self, x: float, y: float) -> Lay:
        return replace(self, x=self.x + x, y=self.y + y)

    def scaled(self, by: float) -> Lay:
        return replace(self, scale_x=self.scale_x * by, scale_y=self.scale_y * by)

    def faded(self, by: float) -> Lay:
        return replace(self, opacity=self.opacity * min(1.0, max(0.0, by)))


@dataclass(frozen=True, slots=True)
class Native:
    """How the engine draws one effect: any of these parts, each a pure function of the parameters and the moment.

    A picture must not depend on the ones drawn before it, so a filter that remembers frames is none for `steps`.

    steps   filters of libavfilter. Pictures come in and leave as yuv420p or yuva420p (straight alpha), bt709 limited;
            a step may convert in between and ask for the alpha plane with ("format", "yuva420p"). They are set up
            anew only when what is returned changes
    pixels  on a copy of the picture as RGBA (height, width, 4), straight alpha; gives back one of any size
    planes  changes a copy of the picture in place: Y, U, V (halved) and, where it has one, alpha, uint8
    mask    the opacity of each pixel, uint8 (height, width), by which what is there is multiplied
    lay     another place for the picture on the canvas
    time    another moment of the clip (as `local`) that is shown
    early   drawn on the source's own pixels, upright, before its fit: what changes the picture's shape
    timeless   `pixels` and `planes` look at the parameters and the sizes only, never at the moment itself
    strength   the field (in percent) by which what `steps` give is mixed with what they were given
    pointwise  steps look at each pixel alone, so those that nobody will see need not be drawn
    """

    steps: Callable[[Params, Moment], Sequence[Step]] | None = None
    pixels: Callable[[Pixels, Params, Moment], Pixels] | None = None
    planes: Callable[[tuple[Pixels, ...], Params, Moment], None] | None = None
    mask: Callable[[Params, Moment], Pixels] | None = None
    lay: Callable[[Lay, Params, Moment], Lay] | None = None
    time: Callable[[Time, Params, Moment], Time] | None = None
    early: bool = False
    timeless: bool = False
    strength: str = ""
    pointwise: bool = False
