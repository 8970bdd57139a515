"""Python's garbage collector, in the window's thread only.

Left alone it runs in whichever thread makes the most objects. A widget that is held by a cycle would be taken apart in
a decoder's or a job's thread, while the window paints or hands out events, and that ends the program.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

OLDEST: Final = 2
EVERY: Final = 500  # ms between two looks; a look without much to collect costs nothing


class Sweeper(QObject):
    """Collects as often as Python's own thresholds ask for. Make it in the window's thread; no other one collects
    from then on.

    settles   what is there now, and after the first thorough collection, stays for good and is looked through no more
    """

    def __init__(self, parent: QObject | None = None, *, settles: bool = False) -> None:
        super().__init__(parent)
        gc.disable()
        self._settled = not settles
        if settles:
            gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        """The program itself stays: looking through all of it again is what a keystroke would wait for."""
        if sweep() == OLDEST and not self._settled:
            self._settled = True
            gc.freeze()


def sweep() -> int | None:
    """Collects the oldest generation that is due, and says which; None when none is."""
    due = [count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
    if not due[0]:
        return None
    generation = OLDEST if due[2] else 1 if due[1] else 0
    gc.collect(generation)
    return generation
