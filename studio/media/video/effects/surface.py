"""What lies over the whole surface of a picture: blurs, sharpness, mosaic, grain, a dark rim."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from studio.media.video.effects.native import Moment, Native, Params, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.media.video.effects.native import Pixels

TILE = 512  # px of a square of grain, laid side by side


def blur(params: Params, moment: Moment) -> list[Step]:
    sigma = params.number("radius") * moment.scale / 2
    return [("gblur", f"sigma={sigma:.4f}:steps=2")] if sigma > 0.05 else []


def motion_blur(params: Params, moment: Moment) -> list[Step]:
    radius = params.number("radius") * moment.scale
    return [("dblur", f"angle={params.number('angle'):.3f}:radius={radius:.4f}")] if radius > 0.05 else []


def mosaic(params: Params, moment: Moment) -> list[Step]:
    side = min(1024, 2 * round(params.number("size") * moment.scale / 2))
    return [("pixelize", f"w={side}:h={side}:mode=avg")] if side >= 2 else []


def sharpen(params: Params, moment: Moment) -> list[Step]:
    side = min(23, max(3, 2 * round(2 * moment.scale) + 1))
    amount = params.number("amount") / 100 * 2
    return [("unsharp", f"lx={side}:ly={side}:la={amount:.4f}:ca=0")] if amount else []


def denoise(params: Params, moment: Moment) -> list[Step]:
    """Within one picture only: what came before it may be another shot."""
    amount = params.number("amount") / 100
    if not amount:
        return []
    if params.text("method") == "thorough":
        return [("nlmeans", f"s={1 + 9 * amount:.3f}:p=5:r=9")]
    return [("bilateral", f"sigmaS={max(0.6, 4 * moment.scale):.3f}:sigmaR={0.15 * amount:.4f}:planes=7")]


def vignette(planes: tuple[Pixels, ...], params: Params, moment: Moment) -> None:
    amount = params.number("amount")
    if amount:
        rim = _rim(moment.width, moment.height, moment.shown, amount, params.number("size"), params.number("softness"))
        darken(planes, rim)


@lru_cache(maxsize=4)
def _rim(
    width: int, height: int, shown: tuple[int, int], amount: float, size: float, softness: float
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """What is left of the light, 0 to 256, for luma and for chroma. shown: the part whose corners get dark."""
    x = (np.arange(width, dtype=np.float32) + 0.5 - width / 2) / (max(shown[0], 1) / 2)
    y = (np.arange(height, dtype=np.float32) + 0.5 - height / 2) / (max(shown[1], 1) / 2)
    far = np.hypot(x[None, :], y[:, None]) / np.float32(2**0.5)  # 1 in the corners
    inner, outer = size / 100 * (1 - softness / 100), size / 100 * (1 + softness / 100)
    part = np.clip((far - inner) / max(outer - inner, 1e-3), 0, 1)
    left = np.rint(256 * (1 - amount / 100 * part * part * (3 - 2 * part))).astype(np.uint16)
    return left, np.ascontiguousarray(left[::2, ::2])


def darken(planes: tuple[Pixels, ...], left: tuple[NDArray[np.uint16], NDArray[np.uint16]]) -> None:
    """Multiplies light and colour of Y, U, V by what is left of 256, in place."""
    for plane, ground, by in zip(planes[:3], (16, 128, 128), (left[0], left[1], left[1]), strict=True):
        for row in range(0, plane.shape[0], 64):
            part, weight = plane[row : row + 64], by[row : row + 64]
            mixed = part.astype(np.uint16) * weight
            mixed += np.uint16(ground) * (256 - weight)
            mixed += 128
            mixed >>= 8
            part[...] = mixed


def grain(planes: tuple[Pixels, ...], params: Params, moment: Moment) -> None:
    """Another one in each frame, the same each time that frame is drawn."""
    amount = params.number("amount") / 100 * 24
    if not amount:
        return
    number = int(moment.local * moment.rate // 1)
    size = max(1, round(params.number("size") * moment.scale))
    tile = np.roll(_grains(), (number * 7919 % TILE, number * 104_729 % TILE), (0, 1))
    luma = planes[0]
    across, down = np.arange(luma.shape[1]) // size % TILE, np.arange(luma.shape[0]) // size % TILE
    rows = np.rint(tile * np.float32(amount)).astype(np.int16)[:, across]
    for row in range(0, luma.shape[0], 64):
        part = luma[row : row + 64]
        part[...] = np.clip(part.astype(np.int16) + rows[down[row : row + 64]], 16, 235)


@lru_cache(maxsize=1)
def _grains() -> NDArray[np.float32]:
    return np.random.default_rng(1895).standard_normal((TILE, TILE), dtype=np.float32)


NATIVES = {
    "blur": Native(steps=blur), "motion_blur": Native(steps=motion_blur), "mosaic": Native(steps=mosaic),
    "sharpen": Native(steps=sharpen), "denoise_picture": Native(steps=denoise),
    "vignette": Native(planes=vignette, timeless=True), "grain": Native(planes=grain),
}
