"""Which happenings become a notice on the desktop, and how many at once become one.

A notice says what became of a post: published, not published, needs the person, missed; or that an account must sign
in again. Only this process's own deliveries are told, so a window and a worker never tell the same twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.core.delivery import Delivery, State, wakes
from studio.core.finding import Finding
from studio.core.words import Marked, N
from studio.services.health import must_sign_in
from studio.services.notifiers import Notifier, Shown
from studio.services.redacted import safe
from studio.services.words import say, speak

if TYPE_CHECKING:
    from studio.services.desk import Desk

Kind = Literal["published", "failed", "needs_you", "missed", "signed_out"]
KINDS: tuple[Kind, ...] = ("failed", "needs_you", "signed_out", "missed", "published")  # the gravest first
SETTING: Mapping[Kind, str] = {kind: f"notice_{kind}" for kind in KINDS}
GATHER, AT_MOST = 3.0, 15.0  # seconds of quiet before a notice is shown, and seconds it waits in all
SEEN_THERE: frozenset[Kind] = frozenset({"published", "missed"})
NAMED = 3  # titles in one notice
LONGEST = 120  # characters of a title or a sentence
REMEMBERED = 1000  # deliveries whose last notice is known
_STATES: Mapping[State, Kind] = {
    State.PUBLISHED: "published", State.FAILED: "failed", State.WAITING: "needs_you",
    State.UNCONFIRMED: "needs_you", State.MISSED: "missed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that may be told. title: the post's own; "" for one without, and for an account."""

    kind: Kind
    title: str
    account: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told at once: one happening, or several of a kind."""

    kind: Kind
    happenings: tuple[Happening, ...]


# -- deciding: pure --------------------------------------------------------------------------------------------------


def kind_of(delivery: Delivery) -> Kind | None:
    """What there is to tell about a delivery in this state.

    Unconfirmed: only once nobody looks by himself any more. Waiting: not while the person wants to be left in peace.
    """
    if delivery.state in (State.UNCONFIRMED, State.WAITING) and wakes(delivery) is not None:
        return None
    return _STATES.get(delivery.state)


def grouped(happenings: Iterable[Happening], wanted: Callable[[Kind], bool]) -> tuple[Notice, ...]:
    """One notice per kind that is wanted, the gravest first."""
    rows = tuple(happenings)
    found = ((kind, tuple(h for h in rows if h.kind == kind)) for kind in KINDS if wanted(kind))
    return tuple(Notice(kind, group) for kind, group in found if group)


def worded(notice: Notice, language: str) -> Shown:
    """The notice in that language: plain text without control characters, and without anything like a secret."""
    one = len(notice.happenings) == 1
    title = speak(_one(notice.kind) if one else _many(notice.kind, len(notice.happenings)), language)
    body = _told(notice.happenings[0], language) if one else _names(notice, language)
    return Shown(title, body)


def _one(kind: Kind) -> Marked:
    return {
        "published": N("notice", "Published"), "failed": N("notice", "Not published"),
        "needs_you": N("notice", "Needs you"), "missed": N("notice", "Missed"),
        "signed_out": N("notice", "Sign in again"),
    }[kind]  # fmt: skip


def _many(kind: Kind, count: int) -> Marked:
    return {
        "published": N("notice", "{count} published", count=count),
        "failed": N("notice", "{count} not published", count=count),
        "needs_you": N("notice", "{count} need you", count=count),
        "missed": N("notice", "{count} missed", count=count),
        "signed_out": N("notice", "{count} accounts need to sign in again", count=count),
    }[kind]


def _told(one: Happening, language: str) -> str:
    """Title and account, then the first sentence of what is wrong."""
    names = [one.account] if one.kind == "signed_out" else [_titled(one, language), one.account]
    lines = [" · ".join(_plain(name) for name in names if name)]
    if one.findings and one.kind != "published":
        lines.append(_plain(say(one.findings[0], language)))
    return "\n".join(lines)


def _names(notice: Notice, language: str) -> str:
    by_account = notice.kind == "signed_out"
    each = (h.account if by_account else _titled(h, language) for h in notice.happenings)
    names = list(dict.fromkeys(map(_plain, each)))
    lines = names[:NAMED]
    if more := len(notice.happenings) - len(lines):
        lines.append(speak(N("notice", "and {count} more", count=more), language))
    return "\n".join(lines)


def _titled(one: Happening, language: str) -> str:
    return one.title or speak(N("notice", "Untitled"), language)


def _plain(text: str) -> str:
    """One line of at most LONGEST characters."""
    line = safe(" ".join("".join(c if c.isprintable() else " " for c in text).split()))
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


# -- listening -------------------------------------------------------------------------------------------------------


class Notices:
    """Listens to a desk and shows notices, each a moment after what it tells, in a thread of its own.

    language   asked when a notice is shown
    looking    True while the person has the window before them, which shows what went well, and what was missed
    """

    def __init__(
        self, desk: Desk, notifier: Notifier, language: Callable[[], str], looking: Callable[[], bool] = lambda: False,
        gather: float = GATHER,
    ) -> None:
        self._desk, self._notifier, self._language, self._looking = desk, notifier, language, looking
        self._gather, self._most = gather, gather * AT_MOST / GATHER
        self._waiting: list[Delivery | str] = []
        self._first = self._last = 0.0
        self._known: dict[str, Kind] = {}
        self._out = {a.id for a in desk.accounts.list() if must_sign_in(desk.accounts.health(a.id).findings)}
        self._change, self._over = threading.Condition(), False
        events = (desk.publishing.changed, desk.calendar.changed)
        self._ends = [*(event.connect(self._moved) for event in events), desk.accounts.changed.connect(self._asked)]
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Shows what was gathered and ends."""
        for end in self._ends:
            end()
        with self._change:
            self._over = True
            self._change.notify()
        self._thread.join(timeout=AT_MOST)
        self._notifier.close()

    def _moved(self, delivery: Delivery) -> None:
        kind = kind_of(delivery)
        with self._change:
            before = self._known.pop(delivery.id, None)
            if kind is None:
                return
            self._known[delivery.id] = kind
            while len(self._known) > REMEMBERED:
                del self._known[next(iter(self._known))]
            if kind != before:
                self._add(delivery)

    def _asked(self, account: str) -> None:
        """An account was checked, added, renamed or removed."""
        if not account:
            return
        try:
            out = bool(must_sign_in(self._desk.accounts.health(account).findings))
        except Exception:  # removed in the meantime
            out = False
        with self._change:
            if out and account not in self._out:
                self._add(account)
            (self._out.add if out else self._out.discard)(account)

    def _add(self, what: Delivery | str) -> None:
        self._last = time.monotonic()
        self._first = self._first if self._waiting else self._last
        self._waiting.append(what)
        self._change.notify()

    def _run(self) -> None:
        while (gathered := self._gathered()) is not None:
            self._show(gathered)

    def _gathered(self) -> list[Delivery | str] | None:
        """What came in until it was quiet for a moment; None when it is over."""
        with self._change:
            while True:
                left = min(self._last + self._gather, self._first + self._most) - time.monotonic()
                if self._waiting and (self._over or left <= 0):
                    taken, self._waiting = self._waiting, []
                    return taken
                if self._over:
                    return None
                self._change.wait(left if self._waiting else None)

    def _show(self, gathered: Iterable[Delivery | str]) -> None:
        try:
            for notice in grouped(self._happened(list(gathered)), self._wanted):
                self._notifier.show(worded(notice, self._language()))
        except Exception:  # the workspace went away: there is nothing to tell about any more
            return

    def _wanted(self, kind: Kind) -> bool:
        quiet = kind in SEEN_THERE and self._looking()
        return bool(self._desk.settings.get(SETTING[kind])) and not quiet

    def _happened(self, gathered: list[Delivery | str]) -> Iterable[Happening]:
        deliveries = [one for one in gathered if isinstance(one, Delivery)]
        heads = self._desk.workspace.posts.headings({d.post for d in deliveries})
        names = {account.id: account.name for account in self._desk.accounts.list()}
        for d in deliveries:
            kind = kind_of(d)
            if kind is not None:
                yield Happening(kind, heads.get(d.post, ("", ""))[0], names.get(d.account, ""), d.error)
        for id in gathered:
            if isinstance(id, str) and id in names:
                findings = self._desk.accounts.health(id).findings
                if must_sign_in(findings):  # it may have come back in the meantime
                    yield Happening("signed_out", "", names[id], findings)
