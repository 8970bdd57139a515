"""The measure that other tests trust."""

from __future__ import annotations

import numpy as np
import pytest

from tests.media import make
from tests.media.ssim import ssim


def test_the_same_picture_is_one_and_another_is_not() -> None:
    photo = np.asarray(make.photo(160, 120))
    assert ssim(photo, photo) == pytest.approx(1.0)
    assert ssim(photo, 255 - photo) < 0.2
    assert ssim(photo, np.roll(photo, 3, axis=1)) < 0.9


def test_a_little_brighter_is_nearly_the_same() -> None:
    photo = np.asarray(make.photo(160, 120)).astype(float)
    assert 0.98 < ssim(photo, photo + 2) < 1.0


def test_a_known_case_by_the_formula() -> None:
    flat, brighter = np.full((20, 20), 100.0), np.full((20, 20), 110.0)
    c1 = (0.01 * 255) ** 2
    assert ssim(flat, brighter) == pytest.approx((2 * 100 * 110 + c1) / (100**2 + 110**2 + c1))
