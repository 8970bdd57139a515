"""Python's garbage collector, in the window's thread only.

Left alone it runs in whichever thread makes the most objects. A widget that is held by a cycle would be taken apart in
a decoder's or a job's thread, while the window paints or hands out events, and that ends the program.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 500  # ms between two looks; a look without much to collect costs nothing


class Sweeper(QObject):
    """Collects as often as Python's own thresholds ask for. Make it in the window's thread; no other one collects
    from then on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(sweep)
        self._timer.start()


def sweep() -> None:
    """Collects the oldest generation that is due, if one is."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if due[0]:
        gc.collect(2 if due[2] else 1 if due[1] else 0)
