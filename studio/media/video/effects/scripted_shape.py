"""MoviePy's effects on a picture's shape, drawn by the engine on the clip's own pixels before it is laid."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.media.video.effects.native import Lay, Moment, Native, Params, Step
from studio.media.video.effects.scripted_colour import in_rgb

if TYPE_CHECKING:
    from studio.media.video.effects.native import Pixels


def crop(params: Params, moment: Moment) -> list[Step]:
    left, right = _side(params, moment, "x1", "x2", "width", "x_center")
    top, bottom = _side(params, moment, "y1", "y2", "height", "y_center")
    return _cut(left, top, right, bottom)


def _side(params: Params, moment: Moment, near: str, far: str, extent: str, middle: str) -> tuple[int, int]:
    """Where a side begins and ends (0: at the edge). A middle goes before all else, then a length before an end; 0 is
    not given."""
    one, two, length, centre = (params.number(name) * moment.scale for name in (near, far, extent, middle))
    if length and centre:
        one, two = centre - length / 2, centre + length / 2
    elif length and (one or not two):
        two = one + length
    elif length:
        one = two - length
    return max(0, int(one)), max(0, int(two))


def _cut(left: int, top: int, right: int, bottom: int) -> list[Step]:
    """A part of the picture, at least 1 px; right, bottom: 0 is the edge. Measured by the filter itself: an effect
    before this one may have made the picture larger or smaller."""
    if not any((left, top, right, bottom)):
        return []
    x, y = f"min({left},iw-1)", f"min({top},ih-1)"
    w = f"max(1,min({right or 'iw'},iw)-{x})"
    h = f"max(1,min({bottom or 'ih'},ih)-{y})"
    return [("crop", f"w='{w}':h='{h}':x='{x.replace('iw', 'in_w')}':y='{y.replace('ih', 'in_h')}':exact=1")]


def even_size(params: Params, moment: Moment) -> list[Step]:
    return [("crop", "w='min(iw,max(2,floor(iw/2)*2))':h='min(ih,max(2,floor(ih/2)*2))':x=0:y=0:exact=1")]


def margin(params: Params, moment: Moment) -> list[Step]:
    """Grown on planes of full size: halved chroma would move the picture to even pixels."""
    every = params.number("margin_size")
    sides = (every or params.number(name) for name in ("left", "right", "top", "bottom"))
    left, right, top, bottom = (round(side * moment.scale) for side in sides)
    opacity = params.number("opacity")
    if not any((left, right, top, bottom)):
        return []
    clear: list[Step] = [("format", "gbrap")] if opacity < 1 else []
    color = f"0x{params.text('color').lstrip('#')[:6]}@{opacity:.4f}"
    return in_rgb(*clear, ("pad", f"w=iw+{left + right}:h=ih+{top + bottom}:x={left}:y={top}:color={color}"))


def _mirrored(way: str, alpha: str) -> Native:
    """way: the filter; alpha: where a pixel of the transparency is read to turn it back."""
    def steps(params: Params, moment: Moment) -> list[Step]:
        if params.text("apply_to") == "mask":
            return [(way, "")]
        as_it_was = f"lum='lum(X,Y)':cb='cb(X,Y)':cr='cr(X,Y)':a='alpha({alpha})'"
        return [(way, ""), ("format", "yuva420p"), ("geq", as_it_was)]
    return Native(steps=steps, early=True)


def scroll(params: Params, moment: Moment) -> list[Step]:
    """A window that moves over the picture and is cut off at its far edges."""
    left, right = _window(params, moment, "x", "w", moment.width)
    top, bottom = _window(params, moment, "y", "h", moment.height)
    return _cut(left, top, right, bottom)


def _window(params: Params, moment: Moment, axis: str, side: str, whole: int) -> tuple[int, int]:
    length = round(params.number(side) * moment.scale) or whole
    moved = params.number(f"{axis}_start") + round(params.number(f"{axis}_speed") * float(moment.local))
    begin = int(max(0, min(length - 1, moved * moment.scale)))
    return begin, begin + length


def rotate(pixels: Pixels, params: Params, moment: Moment) -> Pixels:
    """Anticlockwise. Outside of an opaque picture is black, of a see-through one clear, unless a colour is chosen."""
    import numpy as np
    from PIL import Image

    angle = params.number("angle")
    angle = (math.degrees(angle) if params.text("unit") == "rad" else angle) % 360
    center, moved = _pair(params, moment, "center"), _pair(params, moment, "translate")
    color, expand = params.text("bg_color"), params.on("expand")
    if angle % 90 == 0 and expand and not (center or moved or color):
        return np.ascontiguousarray(np.rot90(pixels, int(angle // 90)))
    resample, opaque = Image.Resampling[params.text("resample").upper()], int(pixels[..., 3].min()) == 255
    outside = (*bytes.fromhex(color.lstrip("#")[:6]), 255) if color else (0, 0, 0, 255 if opaque else 0)
    given = np.ascontiguousarray(pixels[..., :3]) if opaque else pixels  # a plane less to turn
    turned = Image.fromarray(given).rotate(angle, resample, expand, center, moved, outside[: given.shape[2]])
    return np.array(turned.convert("RGBA"))


def _pair(params: Params, moment: Moment, field: str) -> tuple[int, int] | None:
    x, y = (round(params.number(f"{field}.{axis}") * moment.scale) for axis in "xy")
    return (x, y) if x or y else None


def resize(lay: Lay, params: Params, moment: Moment) -> Lay:
    """Larger or smaller than its fit lays it: MoviePy's picture in the middle of the canvas."""
    by = params.number("new_size")
    wide = params.number("width") * moment.scale / max(1, moment.width)
    high = params.number("height") * moment.scale / max(1, moment.height)
    across, down = (wide or high or by), (high or wide or by)
    return replace(lay, scale_x=lay.scale_x * across, scale_y=lay.scale_y * down)


def head_blur(pixels: Pixels, params: Params, moment: Moment) -> Pixels:
    """Only the square around the spot is blurred, with as much around it as the blur looks at."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter

    height, width = pixels.shape[:2]
    x, y, radius = (params.number(name) * moment.scale for name in ("fx", "fy", "radius"))
    x, y = int(x), int(y)
    strength = params.number("intensity") * moment.scale or int(2 * radius / 3)
    spot = max(0, x - radius), max(0, y - radius), min(x + radius, width), min(y + radius, height)
    if spot[0] >= spot[2] or spot[1] >= spot[3]:
        return pixels
    reach = math.ceil(3 * strength) + 2
    left, top = max(0, math.floor(spot[0]) - reach), max(0, math.floor(spot[1]) - reach)
    right, bottom = min(width, math.ceil(spot[2]) + reach), min(height, math.ceil(spot[3]) + reach)
    part = pixels[top:bottom, left:right, :3]
    inside = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(inside).ellipse((spot[0] - left, spot[1] - top, spot[2] - left, spot[3] - top), fill=255)
    blurred = np.asarray(Image.fromarray(np.ascontiguousarray(part)).filter(ImageFilter.GaussianBlur(strength)))
    part[...] = np.where(np.asarray(inside)[..., None] > 0, blurred, part)
    return pixels


NATIVES = {
    "moviepy.Crop": Native(steps=crop, early=True), "moviepy.EvenSize": Native(steps=even_size, early=True),
    "moviepy.Margin": Native(steps=margin, early=True), "moviepy.MirrorX": _mirrored("hflip", "W-1-X,Y"),
    "moviepy.MirrorY": _mirrored("vflip", "X,H-1-Y"), "moviepy.Scroll": Native(steps=scroll, early=True),
    "moviepy.Rotate": Native(pixels=rotate, early=True, timeless=True), "moviepy.Resize": Native(lay=resize),
    "moviepy.HeadBlur": Native(pixels=head_blur, early=True, timeless=True),
}
