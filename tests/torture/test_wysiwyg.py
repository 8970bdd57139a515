"""Sixty random timelines are exported and every frame of them is held to what the compositor shows.

    pytest -n 0 -q -s tests/torture/test_wysiwyg.py --kills=200
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.media.export import random_lines
from tests.media.export.showing import compared


def test_what_is_shown_is_what_is_exported(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    count = 60 if int(request.config.getoption("kills")) >= 100 else 2
    sources, worst, looked = random_lines.films(tmp_path), 1.0, 0
    for seed in range(1000, 1000 + count):
        found = compared(random_lines.timeline(seed, sources), tmp_path / "out.mp4", Fraction(1))
        worst, looked = min(worst, found.likeness), looked + found.frames
        assert found.frames == found.wanted and found.displaced == (), f"seed {seed}: {found}"
        assert found.likeness >= 0.98, f"seed {seed}: {found}"
    print(f"\n{count} timelines, {looked} frames: none displaced, SSIM at least {worst:.4f}")
