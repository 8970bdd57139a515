"""What closing the window means: to leave, to stay in the tray, or to ask, because posts are due soon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt

from studio.core.delivery import SENDING, State
from studio.ui.i18n import tr

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.sheet import Confirm
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow

Way = Literal["quit", "tray", "ask", "warn"]
SOON = timedelta(hours=24)


def way_out(setting: str, soon: int, tray: bool, worker: bool) -> Way:
    """What closing does.

    setting  "ask", "tray" or "quit"      soon    how many posts go out by themselves within a day
    tray     this desktop has one          worker  another process publishes on this workspace
    """
    if setting == "tray" and tray:
        return "tray"
    if setting == "quit" or not soon or worker:
        return "quit"
    return "ask" if tray else "warn"


def due_soon(desk: Desk, now: datetime | None = None) -> int:
    """How many posts this computer must send within a day, or sends now. What lies with a platform's own timer goes
    out without us.
    """
    moment = now or datetime.now(UTC)
    busy = len(desk.publishing.list(states=[*SENDING, State.DUE]))
    ahead = desk.calendar.between(moment - SOON, moment + SOON)
    return busy + sum(1 for e in ahead if e.delivery.state is State.SCHEDULED and not e.delivery.ahead)


def ask(theme: Theme, window: MainWindow, soon: int, answer: Callable[[str], object]) -> None:
    """Once, in words. `answer` gets "tray" or "quit"; Esc answers nothing, and the window stays."""
    from studio.ui.sheet import Confirm

    sheet = Confirm(
        theme, tr("closing", "%n posts are due within a day", n=soon),
        tr("closing", "Yigao can go on publishing in the tray while its window is closed. Your answer is kept; you can "
           "change it in the settings."),
        [("quit", tr("closing", "Quit"), "secondary"), ("tray", tr("closing", "Keep publishing"), "primary")], "tray",
    )  # fmt: skip
    _open(sheet, window, answer, "tray")


def warn(theme: Theme, window: MainWindow, soon: int, answer: Callable[[str], object]) -> None:
    """No tray here. `answer` gets "quit", "settings" or "stay"."""
    from studio.ui.sheet import Confirm

    sheet = Confirm(
        theme, tr("closing", "%n posts are due within a day", n=soon),
        tr("closing", "This desktop has no tray, so nothing goes out while the window is closed. Leave it open, or let "
           "Yigao start at login and publish without a window."),
        [("quit", tr("closing", "Quit anyway"), "quiet"), ("settings", tr("closing", "Start at login…"), "secondary"),
         ("stay", tr("closing", "Leave it open"), "primary")], "stay",
    )  # fmt: skip
    _open(sheet, window, answer, "stay")


def _open(sheet: Confirm, window: MainWindow, answer: Callable[[str], object], first: str) -> None:
    """Esc is no answer: `Confirm.ask` would take it for the safe one."""
    sheet.closed.connect(lambda word: answer(word) if word != "dismissed" else None)
    sheet.open_over(window)
    sheet.buttons[first].setFocus(Qt.FocusReason.OtherFocusReason)
