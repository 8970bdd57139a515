"""A picture's shape: crop, flip, quarter turns, masks."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.media.video.effects.native import Moment, Native, Params, Step

if TYPE_CHECKING:
    from studio.media.video.effects.native import Pixels


def crop(params: Params, moment: Moment) -> list[Step]:
    """Percents of the picture; at least 2 px are left. Begins on even px, as chroma is halved.

    The filter works it out itself: effects before this one may have changed the picture's size.
    """
    left, top, right, bottom = (params.number(side) / 100 for side in ("left", "top", "right", "bottom"))
    if not any((left, top, right, bottom)):
        return []
    (x, w), (y, h) = _kept("iw", left, right), _kept("ih", top, bottom)
    return [("crop", f"w='{w}':h='{h}':x='{x}':y='{y}':exact=1")]


def _kept(side: str, before: float, behind: float) -> tuple[str, str]:
    """Expressions for the first px and the number of px."""
    first = f"min(2*round({side}*{before:.6f}/2),2*floor(max(0,{side}-2)/2))"
    return first, f"min({side}-{first},max(2,round({side}*{1 - behind:.6f})-{first}))"


def flip(params: Params, moment: Moment) -> list[Step]:
    found: list[Step] = [("hflip", "")] if params.on("across") else []
    return [*found, ("vflip", "")] if params.on("over") else found


def turn(params: Params, moment: Moment) -> list[Step]:
    turns: dict[str, list[Step]] = {
        "90": [("transpose", "clock")], "180": [("hflip", ""), ("vflip", "")], "270": [("transpose", "cclock")],
    }
    return turns.get(params.text("by"), [])


def mask(params: Params, moment: Moment) -> Pixels:
    """Sizes and places are percents of what is shown; its middle is theirs."""
    width, height = moment.shown if all(moment.shown) else (moment.width, moment.height)
    numbers = [params.number(field) / 100 for field in ("x", "y", "width", "height", "radius", "feather")]
    x, y, w, h, radius, feather = numbers
    return _shape(
        moment.width, moment.height, params.text("shape"), (x * width / 2, y * height / 2), (w * width, h * height),
        params.number("rotation"), radius * min(w * width, h * height) / 2, feather * min(width, height) / 2,
        params.on("invert"),
    )


@lru_cache(maxsize=8)
def _shape(
    width: int, height: int, shape: str, middle: tuple[float, float], size: tuple[float, float], rotation: float,
    radius: float, feather: float, invert: bool,
) -> Pixels:
    """255 inside, 0 outside, `feather` px to and fro between them. All in px; middle: from the picture's own."""
    x = np.arange(width, dtype=np.float32)[None, :] + np.float32(0.5 - width / 2 - middle[0])
    y = np.arange(height, dtype=np.float32)[:, None] + np.float32(0.5 - height / 2 - middle[1])
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    across, down = np.abs(x * cos + y * sin), np.abs(y * cos - x * sin)
    half = size[0] / 2, size[1] / 2
    if shape == "ellipse":
        outside = (np.hypot(across / half[0], down / half[1]) - 1) * min(half)
    else:
        dx, dy = across - (half[0] - radius), down - (half[1] - radius)
        outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0)) + np.minimum(np.maximum(dx, dy), 0) - radius
    found: Pixels = np.rint(np.clip(0.5 - outside / max(1.0, feather), 0, 1) * 255).astype(np.uint8)
    return 255 - found if invert else found


NATIVES = {
    "crop": Native(steps=crop, early=True), "flip": Native(steps=flip, early=True),
    "turn": Native(steps=turn, early=True), "mask": Native(mask=mask),
}
