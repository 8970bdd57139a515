"""Pages: any stretch is the same, seams lie where nothing is heard of them, and little is kept."""

from __future__ import annotations

import numpy as np

from studio.media.sound.pages import BEFORE, FADE, OVERLAP, PAGE, Pages, joined


def made(start: int, count: int) -> np.ndarray:
    """A line that knows where it is, and which page made it."""
    at = np.arange(start, start + count, dtype=np.float64)
    return np.stack([np.sin(at / 30), np.full(count, start // PAGE * 0.1)], axis=1).astype(np.float32)


def test_any_stretch_in_any_order() -> None:
    whole = Pages().read("a", made, -BEFORE // 2, 3 * PAGE)
    pages = Pages()
    edge = PAGE - BEFORE
    for first, count in ((2 * PAGE, 100), (edge - 10, OVERLAP), (0, 1), (edge + 5, 10), (7, 2 * PAGE)):
        part = pages.read("a", made, first, count)
        assert np.array_equal(part, whole[first + BEFORE // 2 :][:count])
    assert np.allclose(whole[:, 0], np.sin(np.arange(-BEFORE // 2, 3 * PAGE - BEFORE // 2) / 30), atol=1e-6)


def test_each_clip_has_its_own_and_old_ones_are_forgotten() -> None:
    calls: list[int] = []

    def counted(start: int, count: int) -> np.ndarray:
        calls.append(start)
        return made(start, count)

    pages = Pages(budget=2 * (PAGE + OVERLAP) * 8)
    for key in "ababcdcd":
        pages.read(key, counted, 100_000, 10)
    assert len(calls) == 4
    pages.read("a", counted, 100_000, 10)
    assert len(calls) == 5


def test_a_seam_lies_where_both_agree() -> None:
    random = np.random.default_rng(1)
    before, after = (random.standard_normal((OVERLAP, 2)).astype(np.float32) for _ in range(2))
    after[9000 : 9000 + 2 * FADE] = before[9000 : 9000 + 2 * FADE]
    found = joined(before, after)
    at = int(np.flatnonzero((found != before).any(axis=1))[0])
    assert 9000 <= at <= 9000 + 2 * FADE and np.array_equal(found[9000 + 2 * FADE :], after[9000 + 2 * FADE :])
