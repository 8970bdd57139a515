"""The pictures are what they were when somebody last looked at them, and none is left over."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.previews.goldens import GOLDENS, SHARE, Golden, alike, every

ALL = list(every())


@pytest.mark.skipif(sys.platform != "linux", reason="glyphs are drawn otherwise elsewhere")
@pytest.mark.parametrize("golden", ALL, ids=[f"{g.platform}-{g.surface}-{g.theme}-{g.language}" for g in ALL])
def test_it_looks_as_it_did(qapp, golden: Golden) -> None:
    from tests.previews.painting import pixels

    assert alike(pixels(golden.painted()), golden.kept()) >= SHARE, "python -m tests.previews.goldens, then look"


def test_none_is_left_over() -> None:
    assert {path for path in GOLDENS.glob("*/*.webp")} == {golden.path for golden in ALL}


def test_a_difference_is_seen() -> None:
    one = np.zeros((100, 100, 4), np.uint8)
    other = one.copy()
    other[:10, :10] = 200  # one pixel in a hundred
    assert alike(one, one) == 1.0 and alike(one, other) < SHARE and alike(one, one[1:]) == 0.0
