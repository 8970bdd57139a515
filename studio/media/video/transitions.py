"""How one clip goes over into the next: weights by pixel, movements, and what is done to each side."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from studio.core.curve import Curve
from studio.core.timeline import Transition
from studio.core.transitions import TRANSITIONS
from studio.media.video.effects.native import Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.media.video.picture import Plane

    Field = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Passing:
    """A transition at one moment. progress: 0 to 1; width, height: of the canvas in px."""

    transition: Transition
    progress: float
    width: int
    height: int

    def text(self, field: str) -> str:
        value = self._value(field)
        return value if isinstance(value, str) else str(value)

    def number(self, field: str) -> float:
        """Within the field's bounds."""
        spec = TRANSITIONS[self.transition.kind].field(field)
        value = self._value(field)
        found = value.value if isinstance(value, Curve) else float(value)
        least, most = (spec.least, spec.most) if spec else (None, None)
        found = found if least is None else max(least, found)
        return found if most is None else min(most, found)

    def _value(self, field: str) -> Curve | float | bool | str:
        spec = TRANSITIONS[self.transition.kind].field(field)
        return self.transition.params.get(field, spec.default if spec else 0.0)


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a side's pictures go. x, y: parts of the canvas's width and height; scale: about its middle."""

    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0


HERE = Shift()


@dataclass(frozen=True, slots=True)
class Way:
    """How a transition is drawn, each part a pure function of its moment.

    weight  how much of the incoming side is seen: 0 to 1, or 0 to 255 by pixel; None: both sides are laid, `over` last
    move    where the outgoing and the incoming side lie
    steps   filters for the pictures of the outgoing and of the incoming side
    color   goes through this colour: the outgoing side first goes over into it, then it into the incoming one
    """

    weight: Callable[[Passing], float | Plane] | None = None
    move: Callable[[Passing], tuple[Shift, Shift]] | None = None
    steps: Callable[[Passing], tuple[list[Step], list[Step]]] | None = None
    color: Callable[[Passing], str] | None = None
    incoming_over: bool = True


def even_fade(now: Passing) -> float:
    """The same weight everywhere."""
    return now.progress


def eased(part: float) -> float:
    """Slow at both ends."""
    return part * part * (3 - 2 * part)


# weights by pixel: each is where in the passing (0 to 1) a pixel is reached, softened at its edge


def reached(order: Field, now: Passing, softness: float) -> Plane:
    """255 where the passing has gone by, 0 where it has not come yet. order: 0 to 1 for each pixel."""
    soft = np.float32(max(softness, 1e-3))
    edge = np.float32(now.progress) * (1 + soft)
    weight: Plane = (np.clip((edge - order) / soft, 0, 1) * 255 + np.float32(0.5)).astype(np.uint8)
    return weight


@lru_cache(maxsize=4)
def _grid(width: int, height: int) -> tuple[Field, Field]:
    """The middles of pixels, 0 to 1 each way: x as a row, y as a column."""
    x = (np.arange(width, dtype=np.float32) + np.float32(0.5)) / width
    y = (np.arange(height, dtype=np.float32) + np.float32(0.5)) / height
    return x[None, :], y[:, None]


def _soft(now: Passing) -> float:
    return now.number("softness") / 100


def wipe(now: Passing) -> Plane:
    x, y = _grid(now.width, now.height)
    orders = {"left": 1 - x, "right": x, "up": 1 - y, "down": y}
    thin = reached(orders.get(now.text("direction"), x), now, _soft(now))
    return np.ascontiguousarray(np.broadcast_to(thin, (now.height, now.width)))


def diagonal(now: Passing) -> Plane:
    x, y = _grid(now.width, now.height)
    corner = now.text("from")
    x, y = (1 - x if corner.endswith("right") else x), (1 - y if corner.startswith("bottom") else y)
    return reached((x + y) / 2, now, _soft(now))


@lru_cache(maxsize=4)
def _distance(width: int, height: int) -> Field:
    """From the middle: 1 in the corners."""
    x, y = _grid(width, height)
    far: Field = np.hypot((x - np.float32(0.5)) * width, (y - np.float32(0.5)) * height)
    return far / np.float32(math.hypot(width, height) / 2)


def circle(now: Passing) -> Plane:
    order = _distance(now.width, now.height)
    return reached(order if now.text("way") == "open" else 1 - order, now, _soft(now))


@lru_cache(maxsize=4)
def _angle(width: int, height: int) -> Field:
    """Clockwise from the top, 0 to 1."""
    x, y = _grid(width, height)
    turn: Field = np.arctan2((x - np.float32(0.5)) * width, (np.float32(0.5) - y) * height)
    order: Field = np.mod(turn / np.float32(2 * math.pi), 1)
    return order


def clock(now: Passing) -> Plane:
    return reached(_angle(now.width, now.height), now, _soft(now) / 4)


def barn(now: Passing) -> Plane:
    x, y = _grid(now.width, now.height)
    order = np.abs((x if now.text("axis") == "x" else y) - np.float32(0.5)) * 2
    thin = reached(order if now.text("way") == "open" else 1 - order, now, _soft(now))
    return np.ascontiguousarray(np.broadcast_to(thin, (now.height, now.width)))


def blinds(now: Passing) -> Plane:
    x, y = _grid(now.width, now.height)
    order = np.mod((x if now.text("axis") == "x" else y) * round(now.number("count")), 1)
    return np.ascontiguousarray(np.broadcast_to(reached(order, now, 0.05), (now.height, now.width)))


def dissolve(now: Passing) -> Plane:
    """Grains in an order that is always the same, as large a part of the canvas at any size of it."""
    cells = max(2, round(100 / now.number("size")))
    rows = max(2, round(cells * now.height / now.width))
    order = np.random.default_rng(cells).random((rows, cells), dtype=np.float32)
    across = np.minimum(np.arange(now.width) * cells // now.width, cells - 1)
    down = np.minimum(np.arange(now.height) * rows // now.height, rows - 1)
    return np.ascontiguousarray(reached(order, now, 0.1)[down][:, across])


# movements

WAYS: Mapping[str, tuple[int, int]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


def _along(now: Passing, gone: float, to_come: float) -> tuple[Shift, Shift]:
    x, y = WAYS.get(now.text("direction"), (-1, 0))
    return Shift(x * gone, y * gone), Shift(-x * to_come, -y * to_come)


def slide(now: Passing) -> tuple[Shift, Shift]:
    return _along(now, 0, 1 - eased(now.progress))


def reveal(now: Passing) -> tuple[Shift, Shift]:
    return _along(now, eased(now.progress), 0)


def push(now: Passing) -> tuple[Shift, Shift]:
    done = eased(now.progress)
    return _along(now, done, 1 - done)


def zoom(now: Passing) -> tuple[Shift, Shift]:
    by, done = now.number("amount") / 100, eased(now.progress)
    return Shift(scale=1 + 2 * by * done), HERE


def zoom_out(now: Passing) -> tuple[Shift, Shift]:
    by, done = now.number("amount") / 100, eased(now.progress)
    return HERE, Shift(scale=1 + 2 * by * (1 - done))


# what is done to each side


def _peak(now: Passing) -> float:
    """0 at both ends, 1 in the middle."""
    return 1 - abs(2 * now.progress - 1)


def blur(now: Passing) -> tuple[list[Step], list[Step]]:
    sigma = _peak(now) * now.number("amount") / 100 * min(now.width, now.height) / 12
    steps = [("gblur", f"sigma={sigma:.3f}")] if sigma >= 0.1 else []
    return steps, steps


def mosaic(now: Passing) -> tuple[list[Step], list[Step]]:
    side = 2 * round(_peak(now) * now.number("size") / 100 * now.width)
    steps = [("pixelize", f"w={side}:h={side}:mode=avg")] if side >= 2 else []
    return steps, steps


def _half(now: Passing) -> float:
    return eased(now.progress)


DRAWN: Mapping[str, Way] = {
    "crossfade": Way(even_fade),
    "dip_black": Way(color=lambda now: "#000000"), "dip_white": Way(color=lambda now: "#ffffff"),
    "dip_colour": Way(color=lambda now: now.text("color")),
    "wipe": Way(wipe), "diagonal": Way(diagonal), "circle": Way(circle), "clock": Way(clock), "barn": Way(barn),
    "blinds": Way(blinds), "dissolve": Way(dissolve),
    "slide": Way(move=slide), "reveal": Way(move=reveal, incoming_over=False), "push": Way(move=push),
    "zoom": Way(_half, zoom), "zoom_out": Way(_half, zoom_out), "blur": Way(_half, steps=blur),
    "mosaic": Way(_half, steps=mosaic),
}


def way(kind: str) -> Way:
    """How a transition is drawn; one that nobody knows (from a newer version, a plug-in) is a crossfade."""
    return DRAWN.get(kind, DRAWN["crossfade"])
