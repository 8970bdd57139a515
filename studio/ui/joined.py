"""What joins panes, services and the frame once the workspace is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.core.words import N
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.sheet import open_sheets
from studio.ui.trace import mark
from studio.ui.trust import Known, TopLine, TrustWatch, own_zone, top_line

if TYPE_CHECKING:
    from studio.core.post import Post
    from studio.core.task import Task
    from studio.services.desk import Desk
    from studio.ui.background import Background
    from studio.ui.handoff.handing import Handing
    from studio.ui.i18n import Language
    from studio.ui.jobs import JobsBridge
    from studio.ui.look_file import LookFile
    from studio.ui.palette import Hit
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow

FOUND = 8  # drafts the palette offers, and happenings the bell lists, at most
RECENT = timedelta(days=14)
ELSEWHERE_MS = 3000  # so often another process's moves are looked for
COUNT_MS = 100  # many deliveries that change at once are counted once
SETTLE_MS = 1500  # until then the machine belongs to the first list
REVIEW_MS = 2500  # by then the watch has looked at what fell due while nobody was there


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
        self._ends: list[Callable[[], object]] = []  # of panes that have something to end
        self._draft: QWidget | None = None
        self.background: Background | None = None
        self._settled = self._hidden = False
        self._elsewhere, self._stamp, self._closed = QTimer(self), (0, 0), False
        self.ready = False
        self._handing: Handing | None = None
        self._trust = TrustWatch(desk, self)
        self._known, self._said = Known(next=desk.calendar.next()), TopLine("")

    def begin(self) -> None:
        """Everything that follows from an open workspace. Quick: what takes time becomes a job."""
        self._say_read_only()
        self._window.topbar.set_next(self._line)
        self._trust.told.connect(self._knows)
        self._watch_outbox()
        self._window.add_finder(self._find)
        self._window.topbar.next_asked.connect(lambda: self.follow(self._said.target))
        self._window.topbar.workspace_asked.connect(self._other_workspace)
        self._window.topbar.bell_asked.connect(self._happened)
        self._bridge.failed.connect(self._failed)
        if not self._desk.read_only:
            self._welcome()
        QTimer.singleShot(SETTLE_MS, self, self._settle)

    def _settle(self) -> None:
        """What may wait until the list can be used: today's backup, and keeping watch over what is due."""
        self._trust.start()
        if self._settled or self._desk.read_only:
            return
        self._settled = True
        self._bridge.submit("store", N("job", "Daily backup"), lambda task: self._desk.backups.daily())
        self._begin_background()
        self._start_watch()
        QTimer.singleShot(REVIEW_MS, self, self._review_at_start)

    def _begin_background(self) -> None:
        """Before anything is due: what was missed while nothing ran is told too."""
        from studio.ui.background import Background

        self.background = Background(self._theme, self._language, self._window, self._bridge, self._desk)
        self.background.begin()
        if self._hidden:
            self.background.start_hidden()

    def start_hidden(self) -> None:
        """The window stays closed: at login, in the tray."""
        self._hidden = True

    def close(self) -> None:
        """A delivery that is being sent is finished first; the frame asks the desk nothing any more."""
        self._closed = True
        self._elsewhere.stop()
        for end in self._ends:
            end()
        if self._handing is not None:
            self._handing.close()
        self._trust.close()
        self._stop_watch()
        if self.background is not None:
            self.background.close()
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
        pane.story_asked.connect(self.open_delivery)
        pane.hand_asked.connect(self.post_by_hand)
        pane.handed.connect(lambda id: self.post_by_hand(id, wait=True))
        pane.video_asked.connect(self.cut_video)
        pane.troubled.connect(self._troubled)
        self._ends.append(pane.close_down)
        self._draft = pane
        return pane

    def _make_video(self) -> QWidget:
        from studio.ui.video.pane import VideoPane

        pane = VideoPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        pane.laid.connect(self._window.bind_pane)
        pane.troubled.connect(self._troubled)
        pane.attaching.edit_post = self._edit_post
        self._ends.append(pane.close_down)
        return pane

    def cut_video(self, post: str) -> None:
        """Shows the video of a post in the Video pane; a new one when it has none."""
        self._window.show_pane("video")
        self._window.pane("video").open_for_post(post)  # type: ignore[attr-defined]  # VideoPane

    def _edit_post(self, post: str, change: Callable[[Post], Post]) -> None:
        """A post changed from elsewhere: through its open session where the Draft pane has it, or two would save."""
        opened = getattr(self._draft, "open", None)
        if opened is not None and opened.post.id == post:
            opened.edit(N("draft", "Attach the video"), change)
        else:
            self._desk.posts.save(change(self._desk.posts.get(post)))

    def _make_calendar(self) -> QWidget:
        from studio.ui.calendar.pane import CalendarPane

        pane = CalendarPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        pane.followed.connect(self.follow)
        pane.hand_asked.connect(self.post_by_hand)
        self._ends.append(pane.close_down)
        self._trust.told.connect(pane.show_known)
        pane.show_known(self._known)
        return pane

    def _make_outbox(self) -> QWidget:
        from studio.ui.outbox.pane import OutboxPane

        pane = OutboxPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        pane.hand_asked.connect(self.post_by_hand)
        for asked, where in ((pane.accounts_asked, "accounts"), (pane.calendar_asked, "calendar"),
                             (pane.drafts_asked, "draft")):
            asked.connect(partial(self._window.show_pane, where))
        return pane

    def _make_library(self) -> QWidget:
        from studio.ui.library.pane import LibraryPane

        pane = LibraryPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        return pane

    def _make_accounts(self) -> QWidget:
        from studio.ui.accounts.pane import AccountsPane

        pane = AccountsPane(self._theme, self._desk, self._bridge, self._window.toaster)
        pane.open_post.connect(self.open_post)
        return pane

    def _make_settings(self) -> QWidget:
        from studio.ui.settings.pane import SettingsPane

        return SettingsPane(self._theme, self._desk, self._bridge, self._window.toaster)

    def open_post(self, post: str) -> None:
        """Shows a post in the Draft pane."""
        self._window.show_pane("draft")
        self._window.pane("draft").open_post(post)  # type: ignore[attr-defined]  # DraftPane

    def open_delivery(self, delivery: str) -> None:
        """Shows a delivery's story in the Outbox pane."""
        self._window.show_pane("outbox")
        self._window.pane("outbox").show_delivery(delivery)  # type: ignore[attr-defined]  # OutboxPane

    def post_by_hand(self, delivery: str, wait: bool = False) -> None:
        """Opens the small window that leads through it, as a person asked. wait: after the one before is closed."""
        if self._handing is None:
            from studio.ui.handoff.handing import Handing

            self._handing = Handing(self._theme, self._desk, self._bridge, self)
            self._handing.told.connect(self._window.toaster.show)
        self._handing.open(delivery, wait)

    def open_account(self, account: str) -> None:
        """Shows an account in the Accounts pane."""
        self._window.show_pane("accounts")
        self._window.pane("accounts").show_account(account)  # type: ignore[attr-defined]  # AccountsPane

    def _watch_outbox(self) -> None:
        from studio.ui.relay import Relay

        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.setInterval(COUNT_MS)
        soon.timeout.connect(self._count_waiting)
        for told in (self._desk.calendar.changed, self._desk.publishing.changed, self._desk.holds.changed,
                     self._desk.accounts.changed):
            Relay(told, lambda *_: soon.start(), self)
        self._elsewhere.setInterval(ELSEWHERE_MS)
        self._elsewhere.timeout.connect(self._look_elsewhere)
        QTimer.singleShot(SETTLE_MS, self, self._first_count)

    def _first_count(self) -> None:
        """Once the list of drafts can be used."""
        if not self._closed:
            self._elsewhere.start()
        self._count_waiting()

    def _look_elsewhere(self) -> None:
        """A worker of the same workspace moves deliveries, too, and cannot tell us."""
        if self._desk.outbox.stamp() != self._stamp:
            self._count_waiting()

    def _count_waiting(self) -> None:
        """The badges: how many deliveries need the person, and how many accounts."""
        if self._closed:
            return
        self._stamp = self._desk.outbox.stamp()
        self._window.rail.set_badge("outbox", self._desk.outbox.waiting())
        self._window.rail.set_badge("accounts", self._unwell())

    def _unwell(self) -> int:
        """Accounts whose last check found something to fix, or a sign-in that is over soon."""
        healths = [self._desk.accounts.health(account.id) for account in self._desk.accounts.list()]
        return sum(1 for health in healths if any(f.blocks or f.code == "login.ends_soon" for f in health.findings))

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

    def _knows(self, known: Known) -> None:
        self._known = known
        self._window.topbar.set_next(self._line)

    def _line(self) -> tuple[str, str, str]:
        """The trust line: text, tone, icon."""
        self._said = top_line(self._known, own_zone(self._desk), self._language.code)
        return self._said.text, self._said.tone, self._said.icon

    def follow(self, target: str, ids: Sequence[str] = ()) -> None:
        """Where a true fact leads: a pane, one delivery, the review, or the end of a hold."""
        if target == "resume":
            self._resume()
        elif target == "delivery":
            self._window.show_pane("calendar")
            self._window.pane("calendar").open_delivery(ids[0])  # type: ignore[attr-defined]  # CalendarPane
        elif target == "outbox" and ids:
            self.open_delivery(ids[0])
        elif target == "review":
            self.review()
        elif target:
            self._window.show_pane(target)

    def _resume(self) -> None:
        """Ends the hold that the fact named; what it stopped is asked about."""
        hold = next(iter(self._desk.holds.active()), None)
        if hold is not None:
            kind, _, id = hold.scope.partition(":")
            if self._desk.holds.resume(**({kind: id} if kind else {})):
                self.review()

    def _review_at_start(self) -> None:
        """Once, and only for what was not put off before; never over something that lies on the window already."""
        if self._window.isVisible() and not self._writing():
            self.review(new=True)

    def _writing(self) -> bool:
        """Somebody has begun to write: the top bar says what waits, nothing lies down over the text."""
        post = getattr(self._draft, "open", None)
        return post is not None and post.session.history.undo_name is not None

    def review(self, new: bool = False) -> None:
        """What did not go out, for the person to decide; nothing opens when there is nothing."""
        from studio.ui.review import ReviewSheet, waiting

        if not open_sheets(self._window) and waiting(self._desk, new):
            ReviewSheet(self._theme, self._desk, self._bridge).open_over(self._window)

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
            add(popup, self._theme, words, state.icon, partial(self.open_delivery, entry.delivery.id))
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
            yield Hit(f"account.{account.id}", account.name, partial(self.open_account, account.id), "account",
                      context=info.name.say(self._language.code), keywords=account.handle, disc=disc)

    # -- the rest ----------------------------------------------------------------------------------------------

    def _welcome(self) -> None:
        from studio.services.first import welcome

        welcome(self._desk, self._language.code)

    def _start_watch(self) -> None:
        from studio.services.watch import Watch

        watch = Watch(self._desk.calendar, self._desk.publishing, outlook=self._desk.outlook)
        self._desk.calendar.changed.connect(lambda _delivery: watch.look_now())
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
