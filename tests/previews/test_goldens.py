"""The pictures are what they were when somebody last looked at them, and none is left over."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.previews.goldens import GOLDENS, SHARE, alike, every

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [golden.name for golden in every()]


@pytest.fixture(scope="module")
def shares() -> Mapping[str, float]:
    """How alike each is, painted in a process that has drawn nothing else."""
    command = [sys.executable, "-m", "tests.previews.goldens", "--compare"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.skipif(sys.platform != "linux", reason="glyphs are drawn otherwise elsewhere")
@pytest.mark.xdist_group("goldens")
@pytest.mark.parametrize("name", NAMES)
def test_it_looks_as_it_did(shares: Mapping[str, float], name: str) -> None:
    assert shares[name] >= SHARE, "python -m tests.previews.goldens, then look"


def test_none_is_left_over() -> None:
    assert {path for path in GOLDENS.glob("*/*.webp")} == {golden.path for golden in every()}


def test_a_difference_is_seen() -> None:
    one = np.zeros((100, 100, 4), np.uint8)
    other = one.copy()
    other[:10, :10] = 200  # one pixel in a hundred
    assert alike(one, one) == 1.0 and alike(one, other) < SHARE and alike(one, one[1:]) == 0.0
