"""The tray icon: what goes out next, a hand on the brake, and the way back to the window that was closed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from studio.core.delivery import SENDING
from studio.services.health import must_sign_in
from studio.ui.i18n import N, tr
from studio.ui.moments import clock, local, moment, zone_name
from studio.ui.relay import Relay
from studio.ui.tray_icon import Mark, tray_icon

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

PAUSE_MS = 300  # changes that come together are drawn together
LONGEST = 40  # characters of a title


def tray_available() -> bool:
    """Whether this desktop has a tray at all."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The icon and its menu.

    opened   the window shall come up; with the id of a pane, or "" for the one it had
    left     the program shall end
    """

    opened = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._desk, self._bridge = theme, desk, bridge
        self.mark: Mark = "idle"
        self.awake = False
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._clicked)
        self.icon.messageClicked.connect(lambda: self.opened.emit(""))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        for event in (desk.publishing.changed, desk.calendar.changed, desk.holds.changed, desk.accounts.changed):
            Relay(event, lambda *_: self._changed(), self)
        theme.changed.connect(self._changed)
        self._drawn: object = None

    def show(self) -> None:
        """Put the icon into the tray, and keep it true."""
        self.awake = True
        self.refresh()
        self.icon.show()

    def hide(self) -> None:
        """Take it out; what nobody sees is not kept."""
        self.awake = False
        self._pause.stop()
        self.icon.hide()

    def close(self) -> None:
        """For good."""
        self.hide()
        self.menu.deleteLater()

    def say(self, title: str, body: str) -> None:
        """A notice that comes out of the icon."""
        self.icon.showMessage(title, body, self.icon.icon(), 10_000)

    def refresh(self) -> None:
        """Icon, tool tip and menu as things are now."""
        asks, out = self._desk.outbox.waiting(), self._signed_out()
        sending = bool(self._desk.publishing.list(states=SENDING))
        mark: Mark = "sending" if sending else "held" if self._everything_held() else "idle"
        self._draw("needs_you" if asks or out else mark)
        words, some = self._next_words()
        self.icon.setToolTip(f"{tr('window', 'Yigao')} · {self._state_words(asks, out, mark) or words}")
        self._fill(words, some, asks, out)

    def _changed(self) -> None:
        if self.awake:
            self._pause.start()

    def _signed_out(self) -> int:
        accounts = self._desk.accounts
        return sum(1 for account in accounts.list() if must_sign_in(accounts.health(account.id).findings))

    def _draw(self, mark: Mark) -> None:
        drawn = (mark, self._theme.dark, self._theme.contrast)
        if drawn != self._drawn:
            self.mark, self._drawn = mark, drawn
            self.icon.setIcon(tray_icon(self._theme, mark))

    def _state_words(self, asks: int, out: int, mark: Mark) -> str:
        if asks:
            return tr("tray", "%n need you", n=asks)
        if out:
            return tr("tray", "%n accounts need to sign in again", n=out)
        if mark == "sending":
            return tr("tray", "Sending")
        return tr("tray", "Everything is on hold") if mark == "held" else ""

    def _next_words(self) -> tuple[str, bool]:
        """What goes out next, and whether there is anything."""
        entry = self._desk.calendar.next()
        if entry is None:
            return tr("tray", "Nothing is scheduled"), False
        zone, at = ZoneInfo(zone_name(self._desk.settings.get("zone"))), entry.delivery.at
        today = local(at, zone).date() == local(datetime.now(UTC), zone).date()
        when = clock(at, zone) if today else moment(at, zone, self._theme.language.code)
        title = entry.heading or tr("draft", "Untitled")
        return tr("tray", "Next {when} · {title}", when=when, title=_short(title)), True

    def _fill(self, words: str, some: bool, asks: int, out: int) -> None:
        """Plain entries without our icons: the panel draws the menu in its own colours."""
        menu = self.menu
        menu.clear()
        self._entry(words, lambda: self.opened.emit("calendar"), some)
        if asks:
            self._entry(tr("tray", "%n need you", n=asks), lambda: self.opened.emit("outbox"))
        if out:
            self._entry(tr("tray", "%n accounts need to sign in again", n=out), lambda: self.opened.emit("accounts"))
        menu.addSeparator()
        self._entry(tr("tray", "Open Yigao"), lambda: self.opened.emit(""))
        if self._everything_held():
            self._entry(tr("tray", "Resume publishing"), self._resume)
        else:
            self._entry(tr("tray", "Hold everything"), self._hold)
        menu.addSeparator()
        self._entry(tr("tray", "Quit Yigao"), self.left.emit)

    def _entry(self, words: str, run: Callable[[], object], enabled: bool = True) -> None:
        action = self.menu.addAction(words.replace("&", "&&"))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _=False: run())

    def _everything_held(self) -> bool:
        return any(not hold.scope for hold in self._desk.holds.active())

    def _hold(self) -> None:
        """At once, without a question: who brakes has no time for one."""
        holds, reason = self._desk.holds, tr("tray", "Held from the tray")
        self._bridge.submit("network", N("job", "Holding everything"), lambda _task: holds.hold(reason))

    def _resume(self) -> None:
        holds = self._desk.holds
        self._bridge.submit("network", N("job", "Resuming"), lambda _task: holds.resume())

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        """macOS opens the menu on a click; elsewhere the menu is on the other button."""
        if reason == QSystemTrayIcon.ActivationReason.Trigger and sys.platform != "darwin":
            self.opened.emit("")


def _short(title: str) -> str:
    """A menu is no place for a whole title."""
    return title if len(title) <= LONGEST else title[: LONGEST - 1].rstrip() + "…"
