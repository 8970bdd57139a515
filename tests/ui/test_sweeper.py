"""Garbage is collected in the window's thread, whoever makes it."""

from __future__ import annotations

import threading

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from studio.ui import sweeper


class Left(QWidget):
    """Held by nothing but a cycle."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.me = self
        QLabel("rye", self)
        self.destroyed.connect(lambda *_: gone.append(threading.get_ident()))


def litter() -> None:
    """More cycles than the collector lets lie."""
    for _ in range(50_000):
        cycle: list[object] = []
        cycle.append(cycle)


def test_a_widget_in_a_cycle_goes_in_the_windows_thread(qapp) -> None:
    gone: list[int] = []
    Left(gone)
    worker = threading.Thread(target=litter)
    worker.start()
    worker.join()
    assert not gone, "a worker took a widget apart"
    QTest.qWait(2 * sweeper.EVERY)
    litter()
    for _ in range(20):
        sweeper.sweep()
        litter()
    assert set(gone) == {threading.get_ident()}


def test_the_program_itself_is_looked_through_once(qapp, monkeypatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(sweeper, "sweep", lambda: sweeper.OLDEST)
    monkeypatch.setattr("gc.freeze", lambda: made.append("frozen"))
    for settles in (False, True):
        one = sweeper.Sweeper(settles=settles)
        QTest.qWait(2 * sweeper.EVERY)
        assert made == (["frozen", "frozen"] if settles else [])  # when it begins, and after the first thorough look
        one.deleteLater()
