"""The post that is open: its session, and after each edit what every account would get of it and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from studio.core.finding import Finding, blocking
from studio.core.post import Account, Content, Mode, Post, account_key, outdated
from studio.core.words import Marked
from studio.ui.draft.edits import differs, set_mode
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.services.desk import Desk
    from studio.services.session import Session

LONG: Final = 20_000
"""Characters from which checks run beside the window, a moment after the last key, so typing stays smooth."""
HAND: Final[tuple[Mode, ...]] = ("assisted", "kit")
PAUSE_MS: Final = 300
RUN_MS: Final = 1200
"""A pause in typing after which the next letters are their own step for undo."""


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account's version: what it gets, how long it is, what is wrong with it.

    replies   the count of each reply's text that it gets     wanted   how many replies the post has
    by_hand   by API something blocks it that would not by hand: "assisted" or "kit", the way that works
    """

    account: Account
    info: PlatformInfo
    content: Content
    counts: Mapping[str, Any]
    findings: tuple[Finding, ...]
    differs: bool
    outdated: bool
    replies: tuple[Any, ...] = ()
    wanted: int = 0
    by_hand: Mode | None = None

    @property
    def hand(self) -> bool:
        """A person posts it: nothing goes by itself."""
        return self.content.mode != "api"

    @property
    def verdict(self) -> str:
        """good, warn or bad; waiting where nothing is wrong and a person posts it."""
        if blocking(self.findings):
            return "bad"
        if self.hand:
            return "waiting"
        return "warn" if any(f.severity == "warning" for f in self.findings) else "good"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The post and each chosen account's view of it."""

    post: Post
    views: tuple[AccountView, ...]

    def view(self, account_id: str) -> AccountView | None:
        """The view of that account, None when it is not chosen."""
        return next((v for v in self.views if v.account.id == account_id), None)


class OpenPost(QObject):
    """edited     (before, after) at once, in the edit
    evaluated  (Snapshot) once per turn of the event loop however many edits there were
    saved      (bool) False while an edit waits for the disk
    troubled   (Finding | None) why saving does not work
    """

    edited = Signal(object, object)
    evaluated = Signal(object)
    saved = Signal(bool)
    troubled = Signal(object)
    _beside = Signal(int, object)
    _ask = Signal()

    def __init__(self, desk: Desk, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self.session = desk, session
        self._known: dict[str, AccountView] = {}
        self._turn = 0
        self._accounts: dict[str, Account] = {}
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._soon = _single(self, self._evaluate)
        self._pause = _single(self, session.seal, RUN_MS)
        self._stop = session.changed.connect(self._changed)
        Relay(session.saved, self.saved.emit, self)
        Relay(session.troubled, self.troubled.emit, self)
        self._asked = False
        self._beside.connect(self._came)
        self._ask.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self.reload_accounts()

    @property
    def post(self) -> Post:
        return self.session.document

    @property
    def read_only(self) -> bool:
        """True when nothing can be changed here."""
        return self._desk.read_only

    def accounts(self) -> tuple[Account, ...]:
        """The accounts it is meant for that still exist, in the order of their tabs."""
        return tuple(self._accounts[id] for id in self.post.accounts if id in self._accounts)

    def edit(self, name: Marked, change: Callable[[Post], Post], merge: str = "") -> None:
        """One undoable edit; nothing happens in a workspace that cannot be written."""
        if self.read_only:
            return
        self.session.edit(name, change, merge)
        self._pause.start() if merge else self.session.seal()

    def undo(self) -> None:
        if not self.read_only:
            self.session.undo()

    def redo(self) -> None:
        if not self.read_only:
            self.session.redo()

    def reload_accounts(self) -> None:
        """Reads the accounts again (one was added, renamed or removed)."""
        self._accounts = {a.id: a for a in self._desk.accounts.list()}
        self._known.clear()
        self._soon.start(0)

    def evaluate_now(self) -> Snapshot:
        """Checks everything in this call; for what must not act on an older state (publishing)."""
        self._soon.stop()
        self._asked = False
        return self._tell(self._views(self.post, self.accounts(), dict(self._known)))

    def close(self) -> bool:
        """Saves; False when the last edits could not be saved."""
        self._stop()
        self._soon.stop()
        self._asked = False
        self._pause.stop()
        self._turn += 1
        self._pool.waitForDone()
        return self.session.close()

    # inside ----------------------------------------------------------------------------------------------------

    def _changed(self, before: Post, after: Post) -> None:
        self.edited.emit(before, after)
        if len(after.text) > LONG:
            self._soon.start(PAUSE_MS)
        elif not self._asked:
            self._asked = True
            self._ask.emit()

    def _answer(self) -> None:
        """In this turn of the event loop and before it paints, so that text, counters and cards are painted once."""
        if self._asked:
            self._evaluate()

    def _evaluate(self) -> None:
        post, accounts, known = self.post, self.accounts(), dict(self._known)
        self._turn += 1
        self._asked = False
        if len(post.text) <= LONG:
            self._tell(self._views(post, accounts, known))
            return
        turn = self._turn
        self._pool.start(lambda: self._beside.emit(turn, self._views(post, accounts, known)))

    def _came(self, turn: int, snapshot: Snapshot) -> None:
        if turn == self._turn:
            self._tell(snapshot)

    def _tell(self, snapshot: Snapshot) -> Snapshot:
        self._known = {v.account.id: v for v in snapshot.views}
        self.evaluated.emit(snapshot)
        return snapshot

    def _views(self, post: Post, accounts: tuple[Account, ...], known: dict[str, AccountView]) -> Snapshot:
        return Snapshot(post, tuple(self._view(post, a, known.get(a.id)) for a in accounts))

    def _view(self, post: Post, account: Account, known: AccountView | None) -> AccountView:
        """Checked again only when what this account gets is not what it got."""
        checks = self._desk.checks
        content = checks.content(post, account)
        own = differs(post, account)
        old = own and any(outdated(post, key) for key in (account_key(account.id), account.platform))
        standing = (content, own, old, len(post.replies))
        if known and known.account == account and standing == (
            known.content, known.differs, known.outdated, known.wanted,
        ):  # fmt: skip
            return known
        info = known.info if known else self._desk.accounts.platform(account.platform)
        counts, findings = checks.counts(post, account), checks.findings(post, account)
        replies = checks.reply_counts(post, account) if content.replies else ()
        wanted = len(post.replies)
        other = self._other_way(post, account, info, content) if blocking(findings) else None
        return AccountView(account, info, content, counts, findings, own, old, replies, wanted, other)

    def _other_way(self, post: Post, account: Account, info: PlatformInfo, content: Content) -> Mode | None:
        """How it would go by hand, where nothing blocks it then."""
        mode = hand_mode(info) if content.mode == "api" else None
        if mode is None or blocking(self._desk.checks.findings(set_mode(post, account, mode), account)):
            return None
        return mode


def hand_mode(info: PlatformInfo) -> Mode | None:
    """How a person posts there; None where the platform has no such way."""
    return next((mode for mode in HAND if mode in info.modes), None)


def _single(owner: QObject, run: Callable[[], object], wait: int = 0) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(wait)
    timer.timeout.connect(run)
    return timer
