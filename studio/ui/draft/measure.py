"""How long a keystroke takes until counters, notes and every visible preview show it. For benchmarks and tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane

TYPED: Final = "the quick brown fox 老城南的梧桐黄透了 "
PATIENCE: Final = 10.0  # seconds after which a keystroke counts as never shown


def keystrokes(pane: DraftPane, count: int, pause: float = 0.0) -> list[float]:
    """Types `count` characters at the end of the open post's text; the time of each in ms.

    A keystroke is over when the post was checked for every account with it, and all that must be repainted was.
    pause: seconds between keys, during which the window lives on (autosave runs then).
    RuntimeError: no post is open, or a keystroke was not shown within ten seconds.
    """
    if pane.open is None:
        raise RuntimeError("no post is open")
    text = pane.editor.text
    text.set_caret(len(text.text()))
    text.setFocus(Qt.FocusReason.OtherFocusReason)
    QCoreApplication.processEvents()
    times = []
    for number in range(count):
        times.append(_press(pane, TYPED[number % len(TYPED)]))
        _live(pause)
    return times


def _press(pane: DraftPane, letter: str) -> float:
    text = pane.editor.text
    wanted = text.text() + letter
    start = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(text, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    while pane.writing.snapshot is None or pane.writing.snapshot.post.text != wanted:
        QCoreApplication.processEvents()
        if time.perf_counter() - start > PATIENCE:
            raise RuntimeError("a keystroke was never shown")
    QCoreApplication.processEvents()  # what asked to be repainted is repainted
    return (time.perf_counter() - start) * 1000


def _live(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        QCoreApplication.processEvents()
        time.sleep(min(0.002, left))


def percentile(times: list[float], part: float) -> float:
    """The value that `part` (0..1) of the times do not pass."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
