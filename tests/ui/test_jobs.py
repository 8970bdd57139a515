"""Jobs: what worker threads tell arrives in the window's thread, in order, and cancel answers at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studio.core.task import Task, TaskState
from studio.core.words import N
from studio.services.jobs import Jobs
from studio.ui.i18n import Language
from studio.ui.jobs import JobsBridge, step_words, time_left
from studio.ui.theme import Theme
from studio.ui.topbar import JobStrip, TopBar

NAME = N("jobs", "Cancel this job")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def bridge(qtbot: QtBot, jobs: Jobs) -> Iterator[JobsBridge]:
    made = JobsBridge(jobs)
    yield made
    made.close()


class Gate:
    """Work that waits until the test lets it go on."""

    def __init__(self) -> None:
        self.open, self.reached = threading.Event(), threading.Event()

    def work(self, task: Task[str]) -> str:
        task.progress(0.5)
        self.reached.set()
        while not self.open.wait(0.01):
            task.check()
        return "done"


def test_the_end_is_told_in_the_windows_thread(qtbot: QtBot, bridge: JobsBridge) -> None:
    told: list[tuple[str, bool]] = []
    here = threading.get_ident()
    bridge.submit("store", NAME, lambda task: "kept", lambda value: told.append((value, threading.get_ident() == here)))
    qtbot.waitUntil(lambda: told == [("kept", True)])


def test_a_failure_reaches_whom_it_concerns(qtbot: QtBot, bridge: JobsBridge) -> None:
    def work(task: Task[None]) -> None:
        raise OSError("disk full")

    told: list[str] = []
    bridge.submit("store", NAME, work, failed=lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["disk full"])


def test_a_failure_nobody_asked_for_reaches_the_window(qtbot: QtBot, bridge: JobsBridge) -> None:
    def work(task: Task[None]) -> None:
        raise OSError("disk full")

    with qtbot.waitSignal(bridge.failed) as told:
        bridge.submit("store", NAME, work)
    assert str(told.args[0].error) == "disk full"


def test_cancel_is_told(qtbot: QtBot, bridge: JobsBridge) -> None:
    gate, told = Gate(), list[str]()
    task = bridge.submit("render", NAME, gate.work, lambda value: told.append(value), None, lambda: told.append("no"))
    assert gate.reached.wait(5)
    task.cancel()
    qtbot.waitUntil(lambda: told == ["no"])
    assert task.state == TaskState.CANCELLED


def test_nothing_is_told_to_the_dead(qtbot: QtBot, bridge: JobsBridge) -> None:
    gate, told, owner = Gate(), list[str](), QObject()
    task = bridge.submit("render", NAME, gate.work, told.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    gate.open.set()
    qtbot.waitUntil(lambda: bridge.running() == [])
    assert task.finished and told == []


def _alive(thing: QObject) -> bool:
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


def test_a_job_that_is_over_at_once_is_still_told(qtbot: QtBot, bridge: JobsBridge) -> None:
    told: list[int] = []
    for number in range(50):
        bridge.submit("store", NAME, lambda task, number=number: number, told.append)
    qtbot.waitUntil(lambda: len(told) == 50)
    assert told == list(range(50))
    qtbot.waitUntil(lambda: bridge.running() == [])


def test_jobs_of_others_are_shown_too(qtbot: QtBot, jobs: Jobs, bridge: JobsBridge) -> None:
    gate = Gate()
    task = jobs.submit("network", NAME, gate.work)
    qtbot.waitUntil(lambda: bridge.running() == [task])
    gate.open.set()
    qtbot.waitUntil(lambda: bridge.running() == [])


def test_the_strip_says_stopping_at_once(qtbot: QtBot, theme: Theme, bridge: JobsBridge) -> None:
    bar = TopBar(theme, bridge, "Mill Street")
    qtbot.addWidget(bar)
    bar.resize(1200, 48)
    bar.show()
    strip = bar.jobs
    assert isinstance(strip, JobStrip) and not strip.isVisible()
    gate = Gate()
    bridge.submit("render", NAME, gate.work)
    assert gate.reached.wait(5)
    qtbot.waitUntil(strip.isVisible)
    assert strip.accessibleName() == "Cancel this job"
    strip.cancel()
    assert strip.accessibleName() == "Stopping…"
    qtbot.waitUntil(lambda: not strip.isVisible())


def test_short_jobs_are_never_shown(qtbot: QtBot, theme: Theme, bridge: JobsBridge) -> None:
    strip = JobStrip(theme, bridge)
    qtbot.addWidget(strip)
    told: list[str] = []
    bridge.submit("store", NAME, lambda task: "x", told.append)
    qtbot.waitUntil(lambda: told == ["x"])
    assert strip.isHidden()


def test_time_left_is_told_when_it_is_known(language: Language) -> None:
    task: Task[None] = Task(NAME, "render", lambda: 0.0)
    assert time_left(task, 10) == ""
    task.started, task.fraction = 0.0, 0.5
    assert time_left(task, 1) == "", "too early to say"
    assert time_left(task, 10) == "10 s left"
    assert time_left(task, 90) == "2 min left"
    task.fraction = 1.0
    assert time_left(task, 90) == ""
    assert step_words(task) == "Cancel this job"
