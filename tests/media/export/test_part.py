"""Whatever happens to the studio while it exports, there is a whole file or none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studio.media.export.part import part, sweep

CHILD = """
import sys, time
from fractions import Fraction
from pathlib import Path
from studio.core import export as presets
from studio.core.task import Task
from studio.core.words import N
from studio.core.errors import Refused
from studio.media.export.exporting import export
from tests.media.export.counting import counting, line, nowhere
{before}
def say(task):
    print(task.fraction, flush=True)
it = Task(N("Test", "Test"), "render", time.monotonic)
it.changed.connect(say)
try:
    export(line(Fraction({seconds}), size=(640, 384)), nowhere, presets.preset("{preset}"), Path(sys.argv[1]), it,
           engine=counting())
except Refused as refused:
    print(refused.findings[0].code, flush=True)
"""
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"


def child(target: Path, preset: str, seconds: int, before: str = "") -> subprocess.Popen[str]:
    code = CHILD.format(before=before, seconds=seconds, preset=preset)
    return subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, text=True,
                            cwd=Path(__file__).parents[3])


def test_a_part_takes_the_place_of_its_target_and_of_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    with part(target) as path:
        path.write_bytes(b"whole")
        assert not target.exists() and sweep(tmp_path) == () and path.exists()
    assert target.read_bytes() == b"whole" and list(tmp_path.iterdir()) == [target]
    with pytest.raises(ZeroDivisionError), part(target) as path:
        path.write_bytes(b"half")
        raise ZeroDivisionError
    assert target.read_bytes() == b"whole" and list(tmp_path.iterdir()) == [target]


def test_sweeping_leaves_what_is_not_ours(tmp_path: Path) -> None:
    others = [tmp_path / name for name in ("a.part", "film.mp4.part", "film.mp4.0123456789abcdef.part", "b.crdownload")]
    for other in others:
        other.write_bytes(b"mine")
    ours = tmp_path / "film.mp4.0123456789abcdef.export.part"
    ours.write_bytes(b"half")
    assert sweep(tmp_path) == (ours,)
    assert sorted(tmp_path.iterdir()) == sorted(others)
    assert sweep(tmp_path / "gone") == ()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("preset", ["mp4", "png"])
def test_kill_9_in_the_middle_leaves_no_half_file(preset: str, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    busy = child(target, preset, 600)
    assert busy.stdout is not None
    while busy.stdout.readline().strip() in ("None", "0.0"):
        pass
    assert sweep(tmp_path) == ()  # it is being written: another studio leaves it alone
    os.kill(busy.pid, signal.SIGKILL)
    busy.communicate()
    assert not target.exists() and len(list(tmp_path.iterdir())) == 1
    assert len(sweep(tmp_path)) == 1 and not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize("preset", ["mp4", "gif", "png", "wav", "webm-vp9"])
def test_a_disk_that_is_full_is_told_and_leaves_nothing(preset: str, tmp_path: Path) -> None:
    target = tmp_path / "film"
    full = child(target, preset, 3, LIMIT)
    said, _ = full.communicate()
    assert said.split()[-1] == "video.export_full" and not list(tmp_path.iterdir())
