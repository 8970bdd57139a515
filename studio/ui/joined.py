"""What joins panes, services and the frame once the workspace is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.core.words import N
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.moments import clock, local, moment, zone_name
from studio.ui.problems import sentence
from studio.ui.relay import Relay
from studio.ui.trace import mark

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.i18n import Language
    from studio.ui.jobs import JobsBridge
    from studio.ui.look_file import LookFile
    from studio.ui.palette import Hit
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow

FOUND = 8  # drafts the palette offers, and happenings the bell lists, at most
RECENT = timedelta(days=14)
SETTLE_MS = 1500  # until then the machine belongs to the first list


class Joined(QObject):
    """Made after the first paint, with the open desk.

    ready   True once the list of drafts is on the screen
    """

    def __init__(
        self, theme: Theme, language: Language, window: MainWindow, bridge: JobsBridge, desk: Desk, look: LookFile
    ) -> None:
        super().__init__(window)
        self._theme, self._language, self._window = theme, language, window
        self._bridge, self._desk, self._look = bridge, desk, look
        self._stop_watch: Callable[[], None] = lambda: None
        self._end_draft: Callable[[], None] = lambda: None
        self._settled = False
        self.ready = False

    def begin(self) -> None:
        """Everything that follows from an open workspace. Quick: what takes time becomes a job."""
        self._say_read_only()
        self._window.topbar.set_next(self._next)
        for event in (self._desk.calendar.changed, self._desk.publishing.changed):
            Relay(event, lambda _delivery: self._window.topbar.set_next(self._next), self)
        self._window.add_finder(self._find)
        self._window.topbar.next_asked.connect(lambda: self._window.show_pane("calendar"))
        self._window.topbar.workspace_asked.connect(self._other_workspace)
        self._window.topbar.bell_asked.connect(self._happened)
        self._bridge.failed.connect(self._failed)
        if not self._desk.read_only:
            self._welcome()
        QTimer.singleShot(SETTLE_MS, self, self._settle)

    def _settle(self) -> None:
        """What may wait until the list can be used: today's backup, and keeping watch over what is due."""
        if self._settled or self._desk.read_only:
            return
        self._settled = True
        self._bridge.submit("store", N("job", "Daily backup"), lambda task: self._desk.backups.daily())
        self._start_watch()

    def close(self) -> None:
        """A delivery that is being sent is finished first; the frame asks the desk nothing any more."""
        self._end_draft()
        self._stop_watch()
        self._window.topbar.set_next(None)

    # -- panes -------------------------------------------------------------------------------------------------

    def pane(self, id: str) -> QWidget:
        """The pane of that id, joined to the others."""
        made: QWidget = getattr(self, f"_make_{id}")()
        return made

    def _make_draft(self) -> QWidget:
        from studio.ui.draft.pane import DraftPane

        pane = DraftPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.accounts_asked.connect(lambda: self._window.show_pane("accounts"))
        pane.listed.connect(self._listed)
        pane.laid.connect(self._window.bind_pane)
        pane.troubled.connect(self._troubled)
        self._end_draft = pane.close_down
        return pane

    def _make_calendar(self) -> QWidget:
        from studio.ui.calendar.pane import CalendarPane

        pane = CalendarPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        return pane

    def _make_library(self) -> QWidget:
        from studio.ui.library.pane import LibraryPane

        pane = LibraryPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        return pane

    def _make_accounts(self) -> QWidget:
        from studio.ui.accounts.pane import AccountsPane

        return AccountsPane(self._theme, self._desk, self._bridge, self._window.toaster)

    def _make_settings(self) -> QWidget:
        from studio.ui.settings.pane import SettingsPane

        return SettingsPane(self._theme, self._desk, self._bridge, self._window.toaster)

    def open_post(self, post: str) -> None:
        """Shows a post in the Draft pane."""
        self._window.show_pane("draft")
        self._window.pane("draft").open_post(post)  # type: ignore[attr-defined]  # DraftPane

    def _listed(self) -> None:
        if not self.ready:
            self.ready = True
            mark("list-ready")

    # -- what the frame says -----------------------------------------------------------------------------------

    def _say_read_only(self) -> None:
        if (why := self._desk.why) is not None:
            self._window.banner.say("read-only", "warn", lambda: say(why, self._language.code))

    def _troubled(self, finding: object) -> None:
        """The open post cannot be saved, or can again (None)."""
        if finding is None:
            self._window.banner.take_back("saving")
        else:
            self._window.banner.say("saving", "bad", lambda: say(finding, self._language.code))  # type: ignore[arg-type]

    def _next(self) -> tuple[str, bool]:
        entry = self._desk.calendar.next()
        if entry is None:
            return tr("window", "Nothing scheduled yet"), False
        zone = ZoneInfo(zone_name(self._desk.settings.get("zone")))
        at, language = entry.delivery.at, self._language.code
        today = local(at, zone).date() == local(datetime.now(UTC), zone).date()
        when = clock(at, zone) if today else moment(at, zone, language)
        return tr("window", "Next {when} · {title}", when=when, title=entry.heading), True

    def _failed(self, task: Task[object]) -> None:
        fault = task.error
        if fault is not None:
            self._window.banner.say(
                "job", "bad", lambda: sentence(fault, self._language.code),
                lambda: tr("sheet", "Close"), lambda: self._window.banner.take_back("job"))

    def _happened(self) -> None:
        """The bell: what was sent, or should have been, in the last two weeks, newest first."""
        from studio.ui.widgets.menu import add, menu

        now = datetime.now(UTC)
        entries = self._desk.calendar.between(now - RECENT, now)
        shown = sorted(entries, key=lambda e: e.delivery.updated, reverse=True)[:FOUND]
        popup = menu(self._window)
        for entry in shown:
            state = self._theme.state(entry.delivery.state.value)
            words = f"{state.words} · {entry.heading or tr('draft', 'Untitled')}"
            add(popup, self._theme, words, state.icon, partial(self.open_post, entry.delivery.post))
        if not shown:
            popup.addAction(tr("window", "Nothing was sent in the last two weeks")).setEnabled(False)
        bell = self._window.topbar.bell
        popup.popup(bell.mapToGlobal(QPoint(0, bell.height())))

    # -- finding -----------------------------------------------------------------------------------------------

    def _find(self, typed: str) -> Iterable[Hit]:
        from studio.ui.palette import Hit

        for row in self._desk.posts.list(typed.strip(), limit=FOUND):
            title = row.heading or tr("draft", "Untitled")
            yield Hit(f"post.{row.id}", title, partial(self.open_post, row.id), "draft", "file-pen-line")
        for account in self._desk.accounts.list():
            info = self._desk.accounts.platform(account.platform)
            disc = (info.initial.get(self._language.code, info.initial["en"]), info.colour)
            yield Hit(f"account.{account.id}", account.name, lambda: self._window.show_pane("accounts"), "account",
                      context=info.name.say(self._language.code), keywords=account.handle, disc=disc)

    # -- the rest ----------------------------------------------------------------------------------------------

    def _welcome(self) -> None:
        from studio.services.first import welcome

        welcome(self._desk, self._language.code)

    def _start_watch(self) -> None:
        from studio.services.watch import Watch

        watch = Watch(self._desk.calendar, self._desk.publishing)
        watch.start()
        self._stop_watch = watch.stop

    def _other_workspace(self) -> None:
        """Another folder opens in a window of its own."""
        chosen = QFileDialog.getExistingDirectory(
            self._window, tr("window", "Open another workspace"), str(self._desk.folder.parent))
        if chosen:
            import sys

            from PySide6.QtCore import QProcess

            QProcess.startDetached(sys.executable, [sys.argv[0], "--workspace", chosen])
