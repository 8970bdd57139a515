"""Publish: now or at a time; what goes by itself, what needs a hand, what stays out; one sentence of what happens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.core.delivery import MAYBE_LIVE
from studio.core.errors import Problem
from studio.core.finding import Finding
from studio.core.hold import Hold, covering
from studio.services.words import say
from studio.ui import moments
from studio.ui.draft import publish_plan as plan
from studio.ui.draft.open_post import AccountView, Snapshot
from studio.ui.draft.publish_hand import media_words
from studio.ui.draft.publish_plan import Going, Group, Line
from studio.ui.draft.publish_rows import AccountRow, Cover, GroupHead, align
from studio.ui.draft.publish_when import LateChoice, When, why_not
from studio.ui.i18n import N, tr
from studio.ui.problems import findings_of
from studio.ui.relay import Relay
from studio.ui.sheet import Confirm, Sheet, does_it
from studio.ui.widgets.base import column, dress, hairline, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.core.post import Account
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme

WIDTH, TITLE = 940, 470
ROUND_TITLE: Final = 96  # px of margins and gaps beside the title
EDITS: Final = ("cut", "first", "remove", "add-link", "by-hand", "by-api")
"""Fixes that change the post while the sheet stays; the others lead away from it."""


class PublishSheet(Sheet):
    """published(views, again, hurry): to be sent now; the sheet is closed. again, hurry: ids of the accounts that get
    it a second time, and of those that do not wait for their pace.
    scheduled(number, words of the times): it is done.
    fixed(key, account id): a fix of the post itself was chosen; answer with `show_snapshot` when it stays open.
    """

    published = Signal(tuple, frozenset, frozenset)
    scheduled = Signal(int, str)
    fixed = Signal(str, str)

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, snapshot: Snapshot, pictures: Pictures, mode: str = "now",
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        super().__init__(theme, "", width=WIDTH, padding=0)
        self._desk, self._bridge, self._snapshot = desk, bridge, snapshot
        self.mode = Segments(theme, (("now", tr("draft", "Now")), ("time", tr("draft", "At a time"))))
        self.mode.set_value(mode)
        self.when = When(theme, moments.zone_name(desk.settings.get("zone")), at)
        self.late = LateChoice(theme, desk.calendar.late())
        self.rows = [AccountRow(theme, view) for view in snapshot.views]
        self._names = plan.names(snapshot.views, theme.language.code)
        self.heads = {group: GroupHead(theme) for group in plan.GROUPS}
        self.what = Label("", "body", weight=600, wrap=True)
        self.means = Label("", "small", "text-2", wrap=True)
        self.keep = Button(theme, tr("draft", "Save as draft"), "quiet")
        self.button = Button(theme, "", "primary", "send", "bar", key="Ctrl ↵")
        self._order: list[QWidget] = []
        self._refused: dict[str, Finding] = {}
        self._told: dict[str, tuple[Finding, ...]] = {}
        self._build(pictures)
        self._wire()
        self.refresh()
        self._ask_platforms()

    # what was chosen -------------------------------------------------------------------------------------------

    @property
    def now(self) -> bool:
        """Whether it goes now."""
        return self.mode.value == "now"

    def going(self) -> Going:
        """The rows as the footer tells of them."""
        found: dict[Group, list[Line]] = {group: [] for group in plan.GROUPS}
        for line in self.rows:
            found[line.line.group(line.ticked) if line.ticked else "out"].append(line.line)
        ahead = tuple(r.line for r in self.rows if r.ticked and r.ahead and not self.now)
        return Going(tuple(found["auto"]), tuple(found["hand"]), tuple(found["out"]), ahead)

    def row_of(self, account_id: str) -> AccountRow:
        """The row of an account."""
        return next(r for r in self.rows if r.view.account.id == account_id)

    # showing ---------------------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The post was changed while the sheet is open."""
        self._snapshot = snapshot
        self.refresh()

    def refresh(self) -> None:
        """Reads what stands in the way again, and says everything anew."""
        self.when.setVisible(not self.now)
        self.late.setVisible(not self.now)
        self._rule.setVisible(not self.now)
        other = plan.standing(self._desk.publishing.list(post=self._snapshot.post.id), MAYBE_LIVE)
        holds = self._desk.holds.active()
        groups: dict[Group, list[AccountRow]] = {group: [] for group in plan.GROUPS}
        for line in self.rows:
            line.time.follow(self.when.time.time())
            found = self._line(line, other.get(line.view.account.id), holds)
            self._offer_clock(line, found)
            groups[line.show_line(found)].append(line)
            zone, language = self.when.tz, self.theme.language.code
            line.say(
                plan.remark(found, line.ahead, line.can_ahead, zone, language), plan.whole(found, zone, language))
        align(self.rows)
        self._say_groups(groups)
        self._arrange(groups)
        self._say()

    def _line(self, line: AccountRow, other: Delivery | None, holds: Sequence[Hold]) -> Line:
        view = self._snapshot.view(line.view.account.id) or line.view
        account = view.account
        at = None if self.now else self.when.at(line.time.field.time())
        timing = self._desk.outlook.warnings(self._snapshot.post, account, at or datetime.now(UTC))
        refused = [self._refused[account.id]] if account.id in self._refused else []
        hurry = line.hurry and at is None
        kept = [f for f in timing if not (hurry and f.code.startswith(plan.PACED))]
        login = () if view.hand else self._told.get(account.id) or self._login(account)
        found = plan.ordered([*refused, *kept, *login, *view.findings])
        past = at is not None and at < datetime.now(UTC)
        hold, called = covering(holds, account.platform, account.id), self._names[account.id]
        return Line(view, found, other, hold, at, past, hurry, called)

    def _ask_platforms(self) -> None:
        """Could it go out? Asked while there is time to mend what stands in the way; offline nothing is found."""
        before, post = self._desk.before, self._snapshot.post

        def ask(account: Account) -> Callable[[object], tuple[str, tuple[Finding, ...]]]:
            return lambda task: (account.id, before.findings(post, account))

        for line in self.rows:
            if not (line.view.hand or line.view.info.embedded):  # by hand nobody has to be signed in here
                self._bridge.submit(
                    "network", N("job", "Asking whether it could go out"), ask(line.view.account),
                    self._heard, lambda fault: None, owner=self,
                )  # fmt: skip

    def _heard(self, told: tuple[str, tuple[Finding, ...]]) -> None:
        self._told[told[0]] = told[1]
        self.refresh()

    def _login(self, account: Account) -> list[Finding]:
        """What it was not granted, and what the last look at the login said: only that itself stands in the way."""
        lacking = self._desk.accounts.rights(account)
        found = [f for f in self._desk.accounts.health(account.id).findings if f not in lacking]
        soft = [f if f.code.startswith(plan.ABOUT_LOGIN) else replace(f, severity="warning") for f in found]
        return [*lacking, *soft]

    def _offer_clock(self, line: AccountRow, found: Line) -> None:
        info, at = line.view.info, found.at
        there = info.timer is not None and not line.view.hand and at is not None
        line.offer_clock(there, why_not(info, at) if there and at else "")

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self, pictures: Pictures) -> None:
        post = self._snapshot.post
        self._say_title(TITLE)
        if post.media:
            self.lead.addWidget(Cover(self.theme, pictures, post.media[0].media))
        self.header.addWidget(self.mode)
        self.lines = ScrollColumn(self.theme, "none", padding=0, gap=0)
        self._rule = hairline()
        whole = QWidget()
        layout = column(self.when, self.lines, self._rule, self.late, gap=0)
        layout.setStretch(1, 1)
        whole.setLayout(layout)
        self.set_body(whole)
        foot = QWidget()
        words = column(self.what, self.means, gap=2)
        line = row(words, self.keep, self.button, gap=12)
        line.setStretch(0, 1)
        foot.setLayout(line)
        self.set_footer(foot)

    def _say_title(self, room: int) -> None:
        """The heading, cut to the room that there is."""
        heading = self._snapshot.post.heading or tr("draft", "Untitled")
        metrics = QFontMetrics(self.theme.font("title"))
        frame = metrics.horizontalAdvance(tr("draft", "Publish “{heading}”", heading=""))
        shown = metrics.elidedText(heading, Qt.TextElideMode.ElideRight, max(80, room - frame))
        self.set_title(tr("draft", "Publish “{heading}”", heading=shown), self._subtitle())
        self.title.setToolTip(heading if shown != heading else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title has another room."""
        super().resizeEvent(event)
        wide = min(round(WIDTH * min(1.4, max(1.0, self.theme.scale))), self.width() - 32)
        taken = self.mode.sizeHint().width() + self.cross.sizeHint().width() + self.lead.sizeHint().width()
        self._say_title(wide - taken - ROUND_TITLE)

    def _wire(self) -> None:
        self.mode.chosen.connect(lambda _: self.refresh())
        self.when.changed.connect(self.refresh)
        for line in self.rows:
            line.changed.connect(self.refresh)
            line.fixed.connect(lambda key, line=line: self._fix(key, line))
        self.keep.clicked.connect(lambda: self.close_with("kept"))
        self.button.clicked.connect(self.do)
        for event in (self._desk.publishing.changed, self._desk.calendar.changed, self._desk.holds.changed):
            Relay(event, lambda *_: self.refresh(), self)

    def _subtitle(self) -> str:
        post = self._snapshot.post
        pictures = media_words(post.media)
        link = tr("draft", "1 link") if post.link else ""
        accounts = tr("draft", "%n accounts", n=len(self._snapshot.views))
        return plan.listed(part for part in (pictures, link, accounts) if part)

    def _say_groups(self, groups: dict[Group, list[AccountRow]]) -> None:
        for group, head in self.heads.items():
            rows = groups[group]
            ticked = [line.line for line in rows if line.ticked]
            ahead = [line.line for line in rows if line.ticked and line.ahead]
            title, count = plan.group_title(group, ticked, len(rows) if group == "out" else len(ticked), self.now)
            head.say(title, count, plan.group_note(group, ticked, ahead, self.now))
            head.setVisible(bool(rows))

    def _arrange(self, groups: dict[Group, list[AccountRow]]) -> None:
        """Heads and rows in their order; nothing is touched when it is as it was."""
        order: list[QWidget] = []
        for group in plan.GROUPS:
            order += [self.heads[group], *groups[group]]
            for number, line in enumerate(groups[group]):
                line.divided = number > 0
        if order == self._order:
            return
        self._order = order
        layout = self.lines.column
        while layout.takeAt(0) is not None:
            pass
        for widget in order:
            layout.addWidget(widget)
            widget.raise_()  # Tab goes by this order
        layout.addStretch(1)
        self.lines.updateGeometry()

    def _say(self) -> None:
        going, language = self.going(), self.theme.language.code
        times = [line.time.field.time() for line in self.rows if line.ticked]
        self.when.say_summer_time(() if self.now else times or [self.when.time.time()])
        self.button.set_icon("send" if self.now else "calendar-check")
        number = going.number
        words = tr("draft", "Publish %n now", n=number) if self.now else tr("draft", "Schedule %n", n=number)
        self.button.setText(words)
        self.button.setAccessibleName(words)
        self.button.updateGeometry()
        self.what.setText(plan.headline(going))
        reason = self._reason(going)
        self.button.why_not(reason)
        self.means.setText(reason or plan.meaning(going, self.when.tz, language))
        dress(self.means, tone="bad" if reason and number else "text-2")

    def _reason(self, going: Going) -> str:
        """Why the button rests, "" when it does not."""
        if self._desk.read_only:
            return tr("draft", "This window only reads the workspace")
        if not going.number:
            return tr("draft", "Tick at least one account")
        if any(line.past for line in (*going.auto, *going.hand)):
            return tr("draft", "That time has passed; choose a later one")
        return ""

    def _fix(self, key: str, line: AccountRow) -> None:
        what, _, rest = key.partition(":")
        if key in ("ahead", "here"):
            line.set_ahead(key == "ahead")
        elif key in ("hurry", "pace"):
            line.hurry = key == "hurry"
            self.refresh()
        elif key == "resume":
            self._resume(line.line.hold)
        elif what == "off":
            self._take_off(rest)
        else:
            if what not in EDITS:
                self.close_with("fix")
            self.fixed.emit(key, line.view.account.id)

    def _take_off(self, delivery: str) -> None:
        """Beside the window: what lies with a platform's timer is taken back there."""
        self._bridge.submit(
            "network", N("job", "Taking off the calendar"), lambda _: self._desk.publishing.cancel(delivery),
            lambda _: self.refresh(), lambda fault: self._complain(findings_of(fault)[0]), owner=self,
        )  # fmt: skip

    def _resume(self, hold: Hold | None) -> None:
        if hold is not None:
            kind, _, id = hold.scope.partition(":")
            self._desk.holds.resume(**({kind: id} if kind else {}))
            self.refresh()

    def _complain(self, finding: Finding) -> None:
        self.means.setText(say(finding, self.theme.language.code))
        dress(self.means, tone="bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it."""
        if does_it(event):
            self.do()
        else:
            super().keyPressEvent(event)

    # doing -----------------------------------------------------------------------------------------------------

    def do(self) -> None:
        """Publishes or schedules what is ticked; a second send is asked about first."""
        self.refresh()
        if not self.button.isEnabled():
            return
        ticked = [line for line in self.rows if line.ticked]
        again = [line for line in ticked if line.line.live]
        if again:
            self._ask_again(ticked, again)
        else:
            self._do(ticked, again)

    def _do(self, ticked: Sequence[AccountRow], again: Sequence[AccountRow]) -> None:
        if self.now:
            self.close_with("published")
            hurry = frozenset(r.view.account.id for r in ticked if r.hurry)
            self.published.emit(tuple(r.view for r in ticked), frozenset(r.view.account.id for r in again), hurry)
        else:
            self._schedule(ticked)

    def _ask_again(self, ticked: Sequence[AccountRow], again: Sequence[AccountRow]) -> None:
        language = self.theme.language.code
        names = tr("draft", ", ").join(_called(line.view, language) for line in again)
        fresh = [line for line in ticked if line not in again]
        choices: list[tuple[str, str, object]] = [("keep", tr("draft", "Do not send again"), "secondary")]
        if fresh:
            choices.append(("fresh", tr("draft", "Only the other %n", n=len(fresh)), "secondary"))
        choices.append(("again", tr("draft", "Send a second time"), "danger-filled"))
        answers = {"again": lambda: self._do(ticked, again), "fresh": lambda: self._do(fresh, ())}
        Confirm(
            self.theme, tr("draft", "This post is already live"),
            tr("draft", "It was published to {names}. Sending it again makes a second post there.", names=names),
            choices, "keep",  # type: ignore[arg-type]  # kinds are literals
        ).ask(self.window(), lambda answer: answers.get(answer, lambda: None)())

    def _schedule(self, ticked: Sequence[AccountRow]) -> None:
        """Schedules each; one that is refused stays here with its reason."""
        done: list[datetime] = []
        self._refused.clear()
        for line in ticked:
            try:
                done.append(self._scheduled(line))
            except Problem as problem:
                self._refused[line.view.account.id] = findings_of(problem)[0]
        if done:
            self.scheduled.emit(len(done), self._times(done))
        if self._refused:
            self.refresh()
            self._complain(next(iter(self._refused.values())))
            self._refused.clear()
        else:
            self.close_with("scheduled")

    def _scheduled(self, line: AccountRow) -> datetime:
        at = self.when.at(line.time.field.time())
        self._desk.calendar.schedule(
            self._snapshot.post.id, line.view.account.id, at, self.when.zone.value, self.late.value(),
            ahead=line.ahead, again=line.line.live,
        )  # fmt: skip
        return at

    def _times(self, times: Sequence[datetime]) -> str:
        first, last = min(times), max(times)
        words = moments.moment(first, self.when.tz, self.theme.language.code)
        return words if first == last else tr(
            "draft", "{first} to {last}", first=words, last=moments.clock(last, self.when.tz))


def _called(view: AccountView, language: str) -> str:
    return view.account.name or view.info.name.say(language)

