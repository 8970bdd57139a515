"""Opens a hand-off window for a delivery that waits for a person, one each, and keeps it true."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from studio.core.errors import NotFound
from studio.ui.handoff.window import HandOffWindow
from studio.ui.handoff.work import HandWork
from studio.ui.library.thumbs import Thumbs
from studio.ui.problems import sentence
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.services.byhand import HandSheet
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme


def open_url(address: str) -> None:
    """In the person's own browser, or their file manager for a folder."""
    QDesktopServices.openUrl(QUrl(address))


class Handing(QObject):
    """told(words): what a toast of the main window says.

    open_url   who opens addresses and folders (tests record it)
    windows    by the id of their delivery
    """

    told = Signal(str)

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, parent: QObject | None = None,
        open_url: Callable[[str], object] = open_url,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme, self._desk, self._bridge = theme, desk, bridge
        self.open_url = open_url
        self.windows: dict[str, HandOffWindow] = {}
        self._thumbs = Thumbs(desk.library, bridge, self)
        self._work = HandWork(desk, bridge, self)
        self._coming: set[str] = set()
        self._line: list[str] = []
        Relay(desk.publishing.changed, lambda *_: self._look(), self)

    def open(self, delivery: str, wait: bool = False) -> None:
        """The window of a delivery; the one that is there comes up. Always asked for by a person.

        wait: what was published together comes one after the other, each when the window before it is closed
        """
        if wait and (self.windows or self._coming):
            self._line.append(delivery)
        elif (window := self.windows.get(delivery)) is not None:
            window.show()
            window.raise_()
            window.activateWindow()
        elif delivery not in self._coming:
            self._coming.add(delivery)
            self._work.read(delivery, self._opened, lambda fault: self._not_opened(delivery, fault))

    def close(self) -> None:
        """All of them, with the main window."""
        self._line.clear()
        for window in list(self.windows.values()):
            window.close()

    # inside ----------------------------------------------------------------------------------------------------

    def _opened(self, sheet: HandSheet) -> None:
        self._coming.discard(sheet.delivery.id)
        window = HandOffWindow(self._theme, self._desk, self._bridge, self._thumbs, sheet, self.open_url)
        window.over.connect(self._closed)
        window.told.connect(self.told)
        self.windows[sheet.delivery.id] = window
        window.show()
        window.raise_()
        window.activateWindow()

    def _not_opened(self, delivery: str, fault: BaseException) -> None:
        self._coming.discard(delivery)
        self.told.emit(sentence(fault, self._theme.language.code))

    def _closed(self, delivery: str) -> None:
        if (window := self.windows.pop(delivery, None)) is not None:
            window.deleteLater()
        if self._line and not self.windows:
            self.open(self._line.pop(0))

    def _look(self) -> None:
        """Deliveries move elsewhere, too: in the Outbox, or in a worker."""
        for id, window in list(self.windows.items()):
            try:
                window.look_again(self._desk.publishing.get(id))
            except NotFound:
                window.close()
