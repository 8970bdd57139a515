"""Making a colour or a brightness see-through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from studio.media.video.effects.native import Moment, Native, Params, Step
from studio.media.video.picture import yuv_of

if TYPE_CHECKING:
    from studio.media.video.effects.native import Pixels

CLEAR: Step = ("format", "yuva420p")


def clear(params: Params, moment: Moment) -> list[Step]:
    return [CLEAR]


def chroma_key(planes: tuple[Pixels, ...], params: Params, moment: Moment) -> None:
    """Worked out on chroma as it is stored, in half the width and height, and smoothly brought to full size."""
    _y, u, v, alpha = planes
    _, key_u, key_v = yuv_of(params.text("color"))
    kept = _kept(u, v, (key_u, key_v), params.number("similarity") / 100, params.number("softness") / 100)
    size = alpha.shape[1], alpha.shape[0]
    full = np.asarray(Image.fromarray(kept).resize(size, Image.Resampling.BILINEAR), np.uint16)
    alpha[...] = (alpha * full + 127) // 255
    despill = params.number("despill") / 100
    if despill:
        _despill(u, v, (key_u - 128, key_v - 128), despill)


def _kept(u: Pixels, v: Pixels, key: tuple[int, int], similarity: float, soft: float) -> Pixels:
    """Opacity by how far a colour is from the key: distances count as parts of the largest there can be."""
    found = np.empty(u.shape, np.uint8)
    for row in range(0, u.shape[0], 64):
        du, dv = (plane[row : row + 64].astype(np.float32) - value for plane, value in ((u, key[0]), (v, key[1])))
        far = np.sqrt(du * du + dv * dv) / np.float32(255 * 2**0.5)
        found[row : row + 64] = np.clip((far - similarity) / max(soft, 1e-3), 0, 1) * 255 + np.float32(0.5)
    return found


def _despill(u: Pixels, v: Pixels, key: tuple[int, int], amount: float) -> None:
    """Takes the key's colour out of what is mostly of it: light that a screen throws onto what stands before it."""
    length = float(np.hypot(*key))
    if length < 1:
        return
    x, y = np.float32(key[0] / length), np.float32(key[1] / length)
    for row in range(0, u.shape[0], 64):
        rows = slice(row, row + 64)
        du, dv = u[rows].astype(np.float32) - 128, v[rows].astype(np.float32) - 128
        along, across = du * x + dv * y, np.abs(dv * x - du * y)
        excess = np.maximum(along - across, 0) * np.float32(amount)
        u[rows] = du - excess * x + np.float32(128.5)
        v[rows] = dv - excess * y + np.float32(128.5)


def luma_key(params: Params, moment: Moment) -> list[Step]:
    threshold, tolerance, soft = (params.number(name) / 100 for name in ("threshold", "tolerance", "softness"))
    limited = (16 + 219 * threshold) / 255  # the filter counts in raw values
    return [CLEAR, ("lumakey", f"threshold={limited:.5f}:tolerance={tolerance:.5f}:softness={soft:.5f}")]


NATIVES = {
    "chroma_key": Native(steps=clear, planes=chroma_key, pointwise=True, timeless=True),
    "luma_key": Native(steps=luma_key, pointwise=True),
}
