"""MoviePy's effects on colour, drawn by the engine. Their sums are done on RGB, as MoviePy does them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.media.video.effects.native import Moment, Native, Params, Step

if TYPE_CHECKING:
    from studio.media.video.effects.native import Pixels

IN_RGB: tuple[Step, ...] = (("scale", "in_color_matrix=bt709:in_range=limited"), ("format", "gbrp|gbrap"))
BACK: tuple[Step, ...] = (("scale", "out_color_matrix=bt709:out_range=limited"), ("format", "yuv420p|yuva420p"))
AT = (0, 2, 4, 7, 11, 16, 24, 36, 52, 72, 96, 124, 156, 190, 224, 255)
BY_EYE = (0.2125, 0.7154, 0.0721)


def in_rgb(*steps: Step) -> list[Step]:
    """Steps that work on planes of red, green and blue of 0 to 255."""
    return [*IN_RGB, *steps, *BACK]


def _line(slope: float, offset: float) -> list[Step]:
    """slope * value + offset (of 255) for each channel, cut off at both ends.

    By two of the line's points rather than by a table: libavfilter works a table's 65,536 values out whenever a
    parameter moves.
    """
    if abs(slope) < 0.002:
        level = min(1.0, max(0.0, offset / 255))
        ends = [0.0, 1.0, level, level]
    else:
        low, high = sorted((min(1.0, max(0.0, -offset / 255 / slope)), min(1.0, max(0.0, (1 - offset / 255) / slope))))
        if high - low < 1 / 255:
            low, high = min(low, 254 / 255), min(1.0, max(high, low + 1 / 255))
        ends = [low, high, *(min(1.0, max(0.0, slope * at + offset / 255)) for at in (low, high))]
    named = zip(("imin", "imax", "omin", "omax"), ends, strict=True)
    return in_rgb(("colorlevels", ":".join(f"{channel}{name}={end:.6f}" for name, end in named for channel in "rgb")))


def black_and_white(params: Params, moment: Moment) -> list[Step]:
    """Weights that come to more than 1 are cut off at white: MoviePy's start again from black there."""
    weights = {"equal": (1.0, 1.0, 1.0), "CRT_phosphor": BY_EYE}.get(params.text("RGB"))
    if weights is None:
        weights = params.number("RGB.red"), params.number("RGB.green"), params.number("RGB.blue")
    total = sum(weights)
    if not total:
        weights, total = (1.0, 1.0, 1.0), 3.0
    red, green, blue = (part / (total if params.on("preserve_luminosity") else 1) for part in weights)
    mixed = ":".join(f"{to}r={red:.6f}:{to}g={green:.6f}:{to}b={blue:.6f}" for to in "rgb")
    return in_rgb(("colorchannelmixer", mixed))


def invert(params: Params, moment: Moment) -> list[Step]:
    return [("lutyuv", "y=251-val:u=256-val:v=256-val")]


def gamma(params: Params, moment: Moment) -> list[Step]:
    """A spline through points that lie close where the curve is steep: quick to set up while the value moves."""
    power = params.number("gamma")
    points = " ".join(f"{at / 255:.5f}/{(at / 255) ** power:.5f}" for at in AT)
    return in_rgb(("curves", f"all='{points}'")) if abs(power - 1) > 1e-4 else []


def lum_contrast(params: Params, moment: Moment) -> list[Step]:
    lum, contrast, middle = (params.number(name) for name in ("lum", "contrast", "contrast_threshold"))
    return _line(1 + contrast, lum - contrast * middle)


def multiply(params: Params, moment: Moment) -> list[Step]:
    return _line(params.number("factor"), 0.0)


def painting(pixels: Pixels, params: Params, moment: Moment) -> Pixels:
    """Edges sharpened, colours made stronger, and darkened by the edges.

    MoviePy multiplies its edges in 8 bits, where 255 times an edge is 256 less the edge: so do we, as that is its look.
    """
    import numpy as np
    from PIL import Image, ImageFilter

    sharp = Image.fromarray(pixels[..., :3]).filter(ImageFilter.EDGE_ENHANCE_MORE)
    edges = np.asarray(sharp.convert("L").filter(ImageFilter.FIND_EDGES))[..., None] * np.uint8(255)
    strong = np.asarray(sharp, np.float32) * params.number("saturation")
    pixels[..., :3] = np.clip(strong - edges * params.number("black"), 0, 255).astype(np.uint8)
    return pixels


def mask_color(pixels: Pixels, params: Params, moment: Moment) -> Pixels:
    """What is near a colour becomes clear; what was clear before stays so."""
    import numpy as np

    table = _seen(params.number("threshold"), params.number("stiffness"))
    wanted = bytes.fromhex(params.text("color").lstrip("#")[:6])
    levels = np.arange(256, dtype=np.int32)
    apart = sum(((levels - part) ** 2)[pixels[..., nth]] for nth, part in enumerate(wanted))
    seen = table[apart]
    pixels[..., 3] = seen if pixels[..., 3].min() == 255 else (pixels[..., 3].astype(np.uint16) * seen) // 255
    return pixels


@lru_cache(maxsize=8)
def _seen(threshold: float, hard: float) -> Pixels:
    """Opacity by how far a colour is from the wanted one, squared: 0 to 3 * 255 ** 2."""
    import numpy as np

    far = np.sqrt(np.arange(3 * 255**2 + 1, dtype=np.float64))
    if not threshold:
        return np.where(far > 0, 255, 0).astype(np.uint8)
    with np.errstate(divide="ignore", over="ignore"):
        return np.asarray(255 / (1 + (threshold / far) ** hard), np.uint8)


def _steps(make: Callable[[Params, Moment], list[Step]]) -> Native:
    return Native(steps=make, pointwise=True)


NATIVES = {
    "moviepy.BlackAndWhite": _steps(black_and_white), "moviepy.InvertColors": _steps(invert),
    "moviepy.GammaCorrection": _steps(gamma), "moviepy.LumContrast": _steps(lum_contrast),
    "moviepy.MultiplyColor": _steps(multiply), "moviepy.Painting": Native(pixels=painting, early=True, timeless=True),
    "moviepy.MaskColor": Native(pixels=mask_color, early=True, timeless=True),
}
