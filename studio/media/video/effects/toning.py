"""Colours put on light: shadows and highlights get a tint of their own, black and white stay what they are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studio.media.video.effects.native import Pixels

Tint = tuple[float, float]  # what is added to Cb and to Cr where it is strongest


def toned(planes: tuple[Pixels, ...], shadows: Tint, lights: Tint, strength: float = 1.0) -> None:
    """Tints Y, U, V in place. strength: 0 to 1."""
    if strength <= 0 or not any((*shadows, *lights)):
        return
    luma = planes[0][::2, ::2]
    for plane, one, two in zip(planes[1:3], shadows, lights, strict=True):
        added = _table(one * strength, two * strength)
        for row in range(0, plane.shape[0], 64):
            part = plane[row : row + 64]
            part[...] = np.clip(part + added[luma[row : row + 64]], 16, 240)


@lru_cache(maxsize=64)
def _table(shadows: float, lights: float) -> NDArray[np.int16]:
    """By luma: nothing at black and white, the share of shadows most at a third, that of lights at two thirds."""
    light = np.clip((np.arange(256, dtype=np.float32) - 16) / 219, 0, 1)
    dark, bright = (1 - light) ** 2 * light * 4, light**2 * (1 - light) * 4
    return np.rint(dark * shadows + bright * lights).astype(np.int16)
