"""What is shown is what is exported: the same picture, at the same frame."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.timeline import Source
from tests.media.export import random_lines
from tests.media.export.showing import compared


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    return random_lines.films(tmp_path_factory.mktemp("films"))


@pytest.mark.parametrize("seed", range(12))
def test_the_frame_shown_is_the_frame_in_the_file(seed: int, sources: list[Source], tmp_path: Path) -> None:
    found = compared(random_lines.timeline(seed, sources), tmp_path / "out.mp4", Fraction(1, 6))
    assert found.frames == found.wanted and found.likeness >= 0.98 and found.displaced == ()
