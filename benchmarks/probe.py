"""Runs a window in this process and prints what was seen of it, as JSON; started by start.py and keystrokes.py.

    python -m benchmarks.probe bare [MODULE]     an empty QMainWindow; MODULE is imported first
    python -m benchmarks.probe studio WORKSPACE  the studio, until its draft list shows rows
    python -m benchmarks.probe keys WORKSPACE N  the studio; N keystrokes in the text of the newest post

Moments are on the monotonic clock, which the starter shares. The studio runs as always: only the
event loop is entered through here.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Callable

if sys.argv[1:2] == ["bare"]:
    for module in sys.argv[2:]:
        importlib.import_module(module)  # before Qt, which slows every import after its own
else:
    from studio.app import _load_toolkit

    _load_toolkit()  # loads Qt as main.py does

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QTextEdit

LOOK = 10  # ms between two looks for the list
REPAINTED = {"Counter", "CardCanvas"}  # the classes whose paint ends a keystroke
Seen = dict[str, float]


class Moments(QObject):
    """Takes the moment of each first paint; `done` is called with those taken so far.

    It listens to the window and the list only: to hear every event of the application would cost more
    than the bare window takes to start.
    """

    def __init__(self, done: Callable[[Seen], None]) -> None:
        super().__init__()
        self.seen: Seen = {}
        self.done = done
        self.looking = QTimer(self, interval=LOOK)
        self.looking.timeout.connect(self.look)

    def listen(self, application: QApplication) -> None:
        """To be called when the event loop is entered."""
        for window in application.topLevelWidgets():
            if isinstance(window, QMainWindow):
                window.installEventFilter(self)
        self.looking.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The timer fires when this paint is over and on the screen, before anything that comes after it."""
        if event.type() == QEvent.Type.UpdateRequest and "painted" not in self.seen:
            QTimer.singleShot(0, lambda: self.take("painted"))
        elif event.type() == QEvent.Type.Paint and not isinstance(watched, QMainWindow):
            QTimer.singleShot(0, lambda: self.take("usable"))
        return False

    def take(self, what: str) -> None:
        """The first time counts."""
        if what not in self.seen:
            self.seen[what] = time.monotonic()
            self.done(self.seen)

    def look(self) -> None:
        """Wait for a list with something in it, then for its paint."""
        for view in QApplication.allWidgets():
            if isinstance(view, QAbstractItemView) and view.isVisible() and has_rows(view):
                self.looking.stop()
                view.viewport().installEventFilter(self)
                view.viewport().update()


def has_rows(view: QAbstractItemView) -> bool:
    """Whether there is something in it."""
    model = view.model()
    return model is not None and model.rowCount() > 0


class Paints(QObject):
    """Notes which of REPAINTED were painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: set[str] = set()
        for widget in QApplication.allWidgets():
            if type(widget).__name__ in REPAINTED:
                widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """By class."""
        if event.type() == QEvent.Type.Paint:
            self.painted.add(type(watched).__name__)
        return False


def finish(result: object) -> None:
    """Print and end at once; nothing of the way out is measured."""
    print(json.dumps(result), flush=True)
    os._exit(0)


def bare(*_: str) -> None:
    """The yardstick."""
    application = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    moments = Moments(finish)
    moments.listen(application)
    application.exec()


def with_studio(workspace: str, moments: Moments) -> None:
    """Start the studio, with `moments` listening from when it enters its event loop."""
    run = QApplication.exec

    def enter(*_: object) -> int:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        moments.listen(application)
        return run()

    for owner in (QApplication, QCoreApplication):
        owner.exec = enter  # type: ignore[method-assign]
    from studio.app import main

    main(["--workspace", workspace])


def studio(workspace: str) -> None:
    """First paint and usable list."""
    with_studio(workspace, Moments(lambda seen: finish(seen) if "usable" in seen else None))


def keys(workspace: str, count: str) -> None:
    """Keystrokes, one after the other, each until counter and preview were painted."""

    def when_usable(seen: Seen) -> None:
        if "usable" in seen:
            QTimer.singleShot(1000, lambda: finish(strokes(int(count))))

    with_studio(workspace, Moments(when_usable))


def strokes(count: int) -> dict[str, object]:
    """Milliseconds of each keystroke, after twenty to warm up."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    box = editor()
    box.setFocus()
    settle()
    paints = Paints()
    length = len(box.toPlainText())
    spent = []
    for number in range(count + 20):
        paints.painted.clear()
        start = time.perf_counter()
        QTest.keyClick(box, Qt.Key.Key_A)
        until(lambda: paints.painted >= REPAINTED)
        spent.append(1000 * (time.perf_counter() - start))
        if number % 10 == 9:
            settle()  # a person pauses too, and autosave runs then
    return {"milliseconds": spent[20:], "characters": length, "typed": len(box.toPlainText()) - length}


def editor() -> QTextEdit:
    """The largest text box that can be typed in."""
    boxes = [each for each in QApplication.allWidgets() if isinstance(each, QTextEdit)]
    ready = [each for each in boxes if each.isVisible() and not each.isReadOnly()]
    return max(ready, key=lambda each: len(each.toPlainText()))


def until(condition: Callable[[], bool]) -> None:
    """Run the event loop until the condition holds."""
    while not condition():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)


def settle() -> None:
    """Run the event loop for a tenth of a second."""
    end = time.monotonic() + 0.1
    until(lambda: time.monotonic() >= end)


if __name__ == "__main__":
    what: dict[str, Callable[..., None]] = {"bare": bare, "studio": studio, "keys": keys}
    what[sys.argv[1]](*sys.argv[2:])
