"""How alike two pictures look: structural similarity (Wang et al. 2004) of their luma, 1 for the same picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIGMA, REACH = 1.5, 5
WEIGHTS = np.array([0.299, 0.587, 0.114])


def luma(picture: NDArray[np.generic]) -> NDArray[np.float64]:
    """(h, w) as it is, (h, w, 3 or 4) weighed as BT.601; 0 to 255."""
    values = np.asarray(picture, np.float64)
    return values if values.ndim == 2 else values[..., :3] @ WEIGHTS


def ssim(one: NDArray[np.generic], two: NDArray[np.generic]) -> float:
    """The mean over the picture, with a Gaussian window of 11 x 11; both of the same size, at least 11 px."""
    a, b = luma(one), luma(two)
    assert a.shape == b.shape, f"{a.shape} and {b.shape} cannot be compared"
    mean_a, mean_b = _blurred(a), _blurred(b)
    var_a, var_b = _blurred(a * a) - mean_a**2, _blurred(b * b) - mean_b**2
    both = _blurred(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    part = (2 * mean_a * mean_b + c1) * (2 * both + c2)
    return float((part / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean())


def _blurred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Only where the whole window lies within the picture."""
    for axis in (0, 1):
        length = values.shape[axis] - 2 * REACH
        parts = [np.take(values, range(n, n + length), axis) * weight for n, weight in enumerate(_kernel())]
        values = np.sum(parts, axis=0)
    return values


def _kernel() -> NDArray[np.float64]:
    taps = np.exp(-(np.arange(-REACH, REACH + 1) ** 2) / (2 * SIGMA**2))
    kernel: NDArray[np.float64] = taps / taps.sum()
    return kernel
