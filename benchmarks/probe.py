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

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QTextEdit, QWidget

REPAINTED = {"Counter", "CardCanvas"}  # the classes whose paint ends a keystroke


class Watch(QObject):
    """Sees every paint of the application."""

    def __init__(self, done: Callable[[dict[str, float]], None]) -> None:
        super().__init__()
        self.seen: dict[str, float] = {}
        self.painted: set[str] = set()
        self.done = done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the paint; its moment is taken when the loop comes round, so that painting is over."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.painted |= {each.__name__ for each in type(watched).__mro__}
            if isinstance(watched.window(), QMainWindow):
                self.note("painted")
            if has_rows(watched.parentWidget()):
                self.note("usable")
        return False

    def note(self, what: str) -> None:
        """Take the moment of the first `what`."""
        if what not in self.seen:
            self.seen[what] = 0.0
            QTimer.singleShot(0, lambda: self.take(what))

    def take(self, what: str) -> None:
        """Called when the loop comes round."""
        self.seen[what] = time.monotonic()
        self.done(self.seen)


def has_rows(widget: QWidget | None) -> bool:
    """Whether it is a list with something in it."""
    model = widget.model() if isinstance(widget, QAbstractItemView) else None
    return model is not None and model.rowCount() > 0


def finish(result: object) -> None:
    """Print and end at once; nothing of the way out is measured."""
    print(json.dumps(result), flush=True)
    os._exit(0)


def bare(*_: str) -> None:
    """The yardstick."""
    application = QApplication([])
    watch = Watch(finish)
    application.installEventFilter(watch)
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    application.exec()


def with_studio(workspace: str, on_loop: Callable[[QApplication], Watch]) -> None:
    """Start the studio; `on_loop` is called when it enters its event loop."""
    run = QApplication.exec
    kept = []

    def enter(*_: object) -> int:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        kept.append(on_loop(application))
        application.installEventFilter(kept[0])
        return run()

    for owner in (QApplication, QCoreApplication):
        owner.exec = enter  # type: ignore[method-assign]
    from studio.app import main

    main(["--workspace", workspace])


def studio(workspace: str) -> None:
    """First paint and usable list."""
    with_studio(workspace, lambda _: Watch(lambda seen: finish(seen) if seen.get("usable") else None))


def keys(workspace: str, count: str) -> None:
    """Keystrokes, one after the other, each until counter and preview were painted."""

    def when_usable(seen: dict[str, float]) -> None:
        if seen.get("usable") and "typing" not in seen:
            seen["typing"] = 0.0
            QTimer.singleShot(1000, lambda: finish(strokes(watches[0], int(count))))

    watches: list[Watch] = []

    def make(_: QApplication) -> Watch:
        watches.append(Watch(when_usable))
        return watches[0]

    with_studio(workspace, make)


def strokes(watch: Watch, count: int) -> dict[str, object]:
    """Milliseconds of each keystroke, after twenty to warm up."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    box = editor()
    box.setFocus()
    settle()
    length = len(box.toPlainText())
    spent = []
    for number in range(count + 20):
        watch.painted.clear()
        start = time.perf_counter()
        QTest.keyClick(box, Qt.Key.Key_A)
        until(lambda: watch.painted >= REPAINTED)
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
