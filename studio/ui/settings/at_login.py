"""The row "Start at login": what it shows comes from the system, and what is chosen is told to the system first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.services.startup import Found, Mode, Startup
from studio.services.words import say
from studio.ui.i18n import Marked, N
from studio.ui.problems import sentence
from studio.ui.settings.rows import SettingRow

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

ID = "startup"


class AtLogin(QObject):
    """Sits between the row and the system, which is asked on a lane of its own: it may take a moment."""

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, row: SettingRow) -> None:
        super().__init__(row)
        self._theme, self._desk, self._bridge, self._row = theme, desk, bridge, row
        self._busy = False
        self._wish: Mode | None = None

    def ask(self) -> None:
        """Show what the system says."""
        if not self._busy:
            startup = Startup(self._desk.folder)
            self._submit(N("job", "Asking the system"), startup.state)

    def set(self, mode: Mode) -> None:
        """Tell the system; the row goes back when it refuses. While it is asked, the wish waits."""
        self._row.setEnabled(False)
        if self._busy:
            self._wish = mode
            return
        startup = Startup(self._desk.folder)
        self._submit(N("job", "Changing what starts at login"), lambda: startup.set(mode))

    def _submit(self, name: Marked, work: Callable[[], Found]) -> None:
        self._busy = True
        self._bridge.submit(
            "network", name, lambda _task: work(), self._found, self._refused, self._over, owner=self,
        )  # fmt: skip

    def _found(self, found: Found) -> None:
        if self._over():
            return
        self._row.set_value(found.mode)
        self._row.say(" ".join(say(finding, self._theme.language.code) for finding in found.findings),
                      "warn" if any(f.severity == "warning" for f in found.findings) else "text-2")
        if self._desk.settings.get(ID) != found.mode and not self._desk.read_only:
            self._desk.settings.set(ID, found.mode)

    def _refused(self, fault: BaseException) -> None:
        if self._over():
            return
        self._row.set_value(self._desk.settings.get(ID))
        self._row.say(sentence(fault, self._theme.language.code))

    def _over(self) -> bool:
        """The system answered. True when the person has wished something else meanwhile: then that comes next."""
        self._busy = False
        self._row.setEnabled(not self._desk.read_only)
        wish, self._wish = self._wish, None
        if wish is not None:
            self.set(wish)
        return wish is not None
