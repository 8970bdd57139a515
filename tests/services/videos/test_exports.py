"""The queue of exports, with real files: order, pause, cancel, and what is told after a crash."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from studio.core import export as presets
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.services.jobs import Jobs
from studio.services.videos.exports import UNFINISHED, Export, Exports

WAV = presets.preset("wav")


class Kept:
    """Settings that are only remembered."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}

    def get(self, key: str, default: list[str]) -> list[str]:
        return self.values.get(key, default)

    def set(self, key: str, value: list[str]) -> None:
        self.values[key] = value

    def forget(self, key: str) -> None:
        self.values.pop(key, None)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    lanes = Jobs()
    yield lanes
    lanes.close()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def exports(jobs: Jobs, kept: Kept) -> Exports:
    return Exports(jobs, kept)  # type: ignore[arg-type]


def nowhere(source: Source) -> Path:
    raise AssertionError(source)


def plain(seconds: float = 0.5) -> Timeline:
    clip = Clip("c", Fraction(seconds), "solid", color="#336699")
    return Timeline("t", 64, 64, tracks=(Track("m", "main", (clip,)),), loudness=None)


def until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.005)


def add(exports: Exports, target: Path, timeline: Timeline | None = None) -> Export:
    return exports.add(timeline or plain(), presets.USUAL, target, nowhere)


def test_exports_run_one_after_the_other_and_say_what_came_out(exports: Exports, tmp_path: Path) -> None:
    running: list[int] = []
    exports.changed.connect(lambda one: running.append(sum(each.state == "running" for each in exports.all())))
    mine = [add(exports, tmp_path / f"{n}.mp4") for n in range(3)]
    until(lambda: all(one.over for one in mine))
    assert [one.state for one in mine] == ["done"] * 3 and max(running) == 1
    assert all(one.result and one.result.frames == 15 and one.fraction == 1.0 for one in mine)
    exports.forget(mine[0])
    assert exports.all() == tuple(mine[1:])


def test_one_that_waits_can_be_moved_cancelled_and_paused(exports: Exports, jobs: Jobs, tmp_path: Path) -> None:
    door = threading.Event()
    jobs.submit("render", presets.USUAL.label, lambda task: door.wait())  # type: ignore[arg-type]
    one, two, three, four = (add(exports, tmp_path / f"{n}.mp4") for n in range(4))
    exports.move(three, 0)
    exports.cancel(two)
    exports.pause(one)
    ended: list[Export] = []
    exports.changed.connect(lambda each: ended.append(each) if each.state == "done" else None)
    door.set()
    until(lambda: one.state == "running")
    assert three.state == "done" and two.state == "cancelled" and one.paused
    time.sleep(0.1)
    assert one.state == "running" and four.state == "waiting"
    exports.resume(one)
    until(lambda: four.over)
    assert list(dict.fromkeys(ended)) == [three, one, four]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.mp4", "2.mp4", "3.mp4"]


def test_the_running_one_is_cancelled_and_leaves_nothing(exports: Exports, kept: Kept, tmp_path: Path) -> None:
    one = add(exports, tmp_path / "long.mp4", plain(300))
    until(lambda: bool(one.fraction))
    assert kept.values[UNFINISHED] == [str(one.target)]
    exports.cancel(one)
    until(lambda: one.over)
    assert one.state == "cancelled" and not list(tmp_path.iterdir())
    until(lambda: kept.values[UNFINISHED] == [])


def test_one_is_cancelled_from_the_list_of_jobs(exports: Exports, jobs: Jobs, tmp_path: Path) -> None:
    door = threading.Event()
    jobs.submit("render", presets.USUAL.label, lambda task: door.wait())  # type: ignore[arg-type]
    one = add(exports, tmp_path / "a.mp4")
    assert one.task is not None
    one.task.cancel()
    door.set()
    until(lambda: one.over)
    assert one.state == "cancelled"


def test_what_is_wrong_is_told_and_the_next_one_runs(exports: Exports, tmp_path: Path) -> None:
    wrong = exports.add(Timeline("t"), presets.USUAL, tmp_path / "a.mp4", nowhere)
    right = add(exports, tmp_path / "b.mp4")
    until(lambda: right.over)
    assert wrong.state == "failed" and [finding.code for finding in wrong.findings] == ["video.export_empty"]
    assert right.state == "done"


def test_time_left_follows_from_the_pace_and_not_from_pauses(jobs: Jobs, tmp_path: Path) -> None:
    now = [100.0]
    exports = Exports(jobs, clock=lambda: now[0])
    one = add(exports, tmp_path / "long.mp4", plain(300))
    until(lambda: (one.fraction or 0) > 0.02)
    exports.pause(one)
    part = one.fraction or 1.0
    now[0] = 110.0
    assert exports.left(one) == 0.0
    exports.resume(one)
    now[0] = 130.0
    part = one.fraction or 1.0
    assert exports.left(one) == pytest.approx(20 * (1 - part) / part, rel=0.3)
    exports.cancel(one)
    assert exports.left(replace(one, state="waiting")) is None


def test_after_a_crash_the_unfinished_file_is_told_and_swept(exports: Exports, kept: Kept, tmp_path: Path) -> None:
    half = tmp_path / "a.mp4.0123456789abcdef.export.part"
    half.write_bytes(b"half")
    kept.values[UNFINISHED] = [str(tmp_path / "a.mp4")]
    assert exports.unfinished() == (tmp_path / "a.mp4",)
    assert exports.unfinished() == () and not half.exists()
