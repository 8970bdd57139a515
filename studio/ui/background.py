"""What goes on beside the window, and without it: notices, the care of the accounts, the tray, a second start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.services.notices import Notices
from studio.services.notifiers import Notifier, Shown, own_notifier
from studio.services.presence import Presence
from studio.services.rounds import Rounds
from studio.ui import closing
from studio.ui.door import Door
from studio.ui.i18n import tr
from studio.ui.relay import Relay
from studio.ui.tray import Tray, tray_available

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.i18n import Language
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow

TRAY_EVERY_MS, TRAY_LOOKS = 1000, 60  # at login the panel may come later than we do
TOLD = "tray told"  # view state: the person was told where the window went


class FromTray(QObject):
    """A notifier that speaks through the tray icon while there is one, else as the system does."""

    _arrived = Signal(str, str)

    def __init__(self, tray: Tray, otherwise: Notifier) -> None:
        super().__init__(tray)
        self._tray, self._otherwise = tray, otherwise
        self.visible = False  # read by the notices' thread; the icon itself belongs to the window's
        self._arrived.connect(tray.say, Qt.ConnectionType.QueuedConnection)

    def show(self, notice: Shown) -> bool:
        """See `Notifier`."""
        if not self.visible:
            return self._otherwise.show(notice)
        self._arrived.emit(notice.title, notice.body)
        return True

    def service(self) -> str:
        """See `Notifier`."""
        return self._otherwise.service()

    def close(self) -> None:
        """See `Notifier`."""
        self._otherwise.close()


class Background(QObject):
    """Made with the open desk of a window that may write; `begin` once the window has settled.

    hidden   True while the window is closed and the studio lives on in the tray
    """

    def __init__(
        self, theme: Theme, language: Language, window: MainWindow, bridge: JobsBridge, desk: Desk
    ) -> None:
        super().__init__(window)
        self._theme, self._language, self._window = theme, language, window
        self._bridge, self._desk = bridge, desk
        self.hidden = self._begun = self._active = self._at_login = False
        self._looks = TRAY_LOOKS

    def begin(self, notifier: Notifier | None = None) -> None:
        """Everything that runs beside the window."""
        self._begun = True
        desk = self._desk
        self.presence = Presence(desk.workspace.cache, "window")
        self.tray = Tray(self._theme, desk, self._bridge, self)
        self.tray.opened.connect(self.open)
        self.tray.left.connect(self.leave)
        self.notifier = FromTray(self.tray, notifier or own_notifier())
        self.notices = Notices(desk, self.notifier, lambda: self._language.code, lambda: self._active)
        self.rounds = Rounds(desk.accounts)
        self.rounds.start()
        self.door = Door(desk.folder, self)
        self.door.knocked.connect(self.open)
        self.door.open()
        self._window.keeper = self.keep
        QGuiApplication.instance().applicationStateChanged.connect(self._state)  # type: ignore[union-attr]
        self._state(QGuiApplication.applicationState())
        Relay(desk.settings.changed, self._setting, self)
        self._setting("closing")

    def close(self) -> None:
        """Ends with the window; what is gathered is told first."""
        if not self._begun:
            return
        self._begun = False
        self._window.keeper = None
        self.door.close()
        self.notifier.visible = False
        self.tray.close()
        self.rounds.stop(timeout=1.0)  # somebody who does not answer keeps nobody here
        self.notices.close()
        self.presence.close()

    # -- the window goes and comes -----------------------------------------------------------------------------------

    def keep(self) -> bool:
        """Asked by the window when it is closed: True when it must not end now."""
        app = QApplication.instance()
        if not self._begun or (isinstance(app, QApplication) and app.isSavingSession()):
            return False
        setting, soon = str(self._desk.settings.get("closing")), closing.due_soon(self._desk)
        if setting == "ask" and self._at_login:
            setting = "tray"  # it came from there
        way = closing.way_out(setting, soon, tray_available(), self.presence.others("worker") > 0)
        if way == "tray":
            self.hide()
        elif way == "ask":
            closing.ask(self._theme, self._window, soon, self._answered)
        elif way == "warn":
            closing.warn(self._theme, self._window, soon, self._warned)
        return way != "quit"

    def hide(self) -> None:
        """Into the tray. Says where the window went, the first time."""
        self._stay(True)
        self._show_icon()
        self._window.hide()
        if not self._desk.settings.view(TOLD, False):
            self._desk.settings.set_view(TOLD, True)
            self.tray.say(tr("tray", "Yigao keeps publishing"),
                          tr("tray", "The window is here in the tray. Quit from its menu."))

    def start_hidden(self) -> None:
        """At login: into the tray as soon as there is one; a desktop without gets the window, minimised."""
        self._at_login = True
        self._stay(True)
        if tray_available():
            self._show_icon()
        elif self._looks > 0:
            self._looks -= 1
            QTimer.singleShot(TRAY_EVERY_MS, self, self.start_hidden)
        else:
            self._stay(False)
            self._window.showMinimized()

    def open(self, pane: str = "") -> None:
        """The window comes up, with that pane or the one it had."""
        self._stay(False)
        self._looks = 0
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if pane in window.panes:
            window.show_pane(pane)

    def leave(self) -> None:
        """Quit, from the tray: panes may still object, and then the window comes up."""
        self._window.keeper = None
        if self._window.close():
            QGuiApplication.quit()
        else:
            self._window.keeper = self.keep
            self.open()

    # -- inside ------------------------------------------------------------------------------------------------------

    def _stay(self, hidden: bool) -> None:
        """Qt ends a program with its last window; this one goes on."""
        self.hidden = hidden
        QGuiApplication.setQuitOnLastWindowClosed(not hidden)

    def _show_icon(self) -> None:
        self.tray.show()
        self.notifier.visible = True

    def _setting(self, id: str) -> None:
        """The icon is there while closing means staying, or the window is in it."""
        if id != "closing" or not self._begun:
            return
        setting = self._desk.settings.get("closing")
        wanted = self.hidden or setting == "tray" or (setting == "ask" and self._at_login)
        if wanted and tray_available():
            self._show_icon()
        elif not wanted:
            self.notifier.visible = False
            self.tray.hide()

    def _answered(self, word: str) -> None:
        self._desk.settings.set("closing", word)
        QTimer.singleShot(0, self._window, self._window.close)

    def _warned(self, word: str) -> None:
        if word == "settings":
            self.open("settings")
        elif word == "quit":
            self._window.keeper = None
            QTimer.singleShot(0, self._window, self._window.close)

    def _state(self, state: Qt.ApplicationState) -> None:
        self._active = state == Qt.ApplicationState.ApplicationActive
