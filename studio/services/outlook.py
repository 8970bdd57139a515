"""What is true of the days ahead, for screens: what waits and why, what looks like a mistake, what needs a person.

Read-only, and quick: no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from studio.core import pace
from studio.core.clock import Jump, wall
from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound
from studio.core.finding import Finding, Value, error, warning
from studio.core.hold import Hold, covering
from studio.services.places import chosen_zone

if TYPE_CHECKING:
    from studio.core.post import Account, Post
    from studio.services.accounts import Accounts
    from studio.services.checks import Checks
    from studio.store.workspace import Workspace

S = State
Tone = Literal["good", "warn", "bad", "info"]
NEAR = timedelta(days=30)  # other posts of an account that are compared with one
SAME_HOUR = timedelta(minutes=60)
SEEN, JUMPED = "clock seen", "clock jumped"  # settings: when the clock was last looked at, what happened to it
NOTE_EVERY = timedelta(minutes=5)  # so often the last look at the clock is kept
OUT = (S.SCHEDULED, S.DUE, S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING, S.PUBLISHED, S.UNCONFIRMED)
ASKS = (S.WAITING, S.HANDED_OVER)
DELAYED = {"gap": "pace.wait_gap", "daily": "pace.wait_daily", "quiet": "pace.wait_quiet"}
CHANGED = {"back": "clock.back", "forward": "clock.forward"}
SENDS = (S.PREPARING, S.STAGING, S.COMMITTING, S.PROCESSING)
HERE = (S.SCHEDULED, S.DUE, *SENDS)  # what needs this computer, unless a platform's timer has it
LAST = 20  # the latest of a day, whose threads are read
MANY = 1000  # what is on hold and looked through for something that is not


def _goes(delivery: Delivery, now: datetime) -> datetime:
    """When something of a delivery that is on its way goes next: now, or when its wait is over."""
    return max(now, delivery.wake or now) if delivery.state is S.DUE else now


@dataclass(frozen=True, slots=True)
class TrustFact:
    """One true sentence of the trust strip, as data.

    code     "trust.<what>"; values  what the sentence needs; tone  how it stands
    target   where its one action leads: "outbox", "review", "accounts", "calendar", "resume", ""
    ids      the deliveries or accounts it is about
    """

    code: str
    tone: Tone
    target: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    ids: tuple[str, ...] = ()


def _ours(delivery: Delivery, holds: list[Hold]) -> bool:
    """Whether this computer must be on for it."""
    return not delivery.ahead and covering(holds, delivery.platform, delivery.account) is None


def _lid(code: str, delivery: Delivery, at: datetime, count: int, ahead: int) -> TrustFact:
    values: dict[str, Value] = {"at": at.isoformat(), "zone": delivery.zone, "count": count, "ahead": ahead}
    return TrustFact(code, "info", "calendar", values, (delivery.id,))


def set_back(workspace: Workspace) -> datetime | None:
    """When the clock was last set back, on today's clock, or None."""
    found = workspace.settings.get(JUMPED)
    if not isinstance(found, dict) or found.get("kind") != "back":
        return None
    return datetime.fromisoformat(found["at"])


class Outlook:
    """now: the clock, UTC."""

    def __init__(
        self, workspace: Workspace, accounts: Accounts, checks: Checks,
        now: Callable[[], datetime] = wall,
    ) -> None:
        self._workspace, self._accounts, self._checks, self._now = workspace, accounts, checks, now

    def waits(self, delivery: Delivery) -> pace.Wait | None:
        """Until when, and why, its account's pace makes a due delivery wait; None when it does not wait."""
        why, until = delivery.handles.get("wait"), delivery.wake
        if delivery.state is not S.DUE or why is None or until is None or until <= self._now():
            return None
        return pace.Wait(until, why)

    # -- before something is planned -----------------------------------------------------------------------------

    def warnings(self, post: Post, account: Account, at: datetime) -> tuple[Finding, ...]:
        """What looks like a mistake: nearly the same text, another post in the same hour, a pace that delays it."""
        near = [
            d for d in self._workspace.deliveries.list(account=account.id, states=OUT, start=at - NEAR, end=at + NEAR)
            if d.post != post.id
        ]
        return (*self._alike(post, account, near), *self._close(near, at), *self._paced(account, near, at))

    def _alike(self, post: Post, account: Account, near: list[Delivery]) -> Iterable[Finding]:
        text = self._checks.content(post, account).text
        texts = [self._text(d, account) for d in near]
        from studio.core import likeness

        match = likeness.alike(text, texts) if text.strip() else None
        if match is None:
            return
        other = near[match.index]
        code = "pace.duplicate" if match.kind == "duplicate" else "pace.similar"
        yield warning(code, "text", percent=round(match.score * 100), heading=self._heading(other), id=other.id,
                      at=(other.went or other.at).isoformat(timespec="minutes"))

    def _text(self, delivery: Delivery, account: Account) -> str:
        """As it was sent, or as it would be now."""
        if "content" in delivery.plan:
            return str(delivery.plan["content"]["text"])
        try:
            return self._checks.content(self._workspace.posts.get(delivery.post), account).text
        except NotFound:
            return ""

    def _heading(self, delivery: Delivery) -> str:
        return self._workspace.posts.headings({delivery.post}).get(delivery.post, ("", ""))[0]

    def _close(self, near: list[Delivery], at: datetime) -> Iterable[Finding]:
        close = [d for d in near if abs((d.went or d.at) - at) < SAME_HOUR]
        if close:
            minutes = round(min(abs(((d.went or d.at) - at).total_seconds()) for d in close) / 60)
            yield warning("pace.same_hour", "at", count=len(close), minutes=minutes, heading=self._heading(close[0]))

    def _paced(self, account: Account, near: list[Delivery], at: datetime) -> Iterable[Finding]:
        times = [d.went or d.at for d in near if (d.went or d.at) <= at]
        wait = pace.earliest(self._accounts.pace(account), times, at, self._zone(near), "")
        if wait is not None:
            yield warning(DELAYED[wait.why], "at", until=wait.until.isoformat(timespec="minutes"))

    def _zone(self, near: list[Delivery]) -> str:
        return near[-1].zone if near else chosen_zone(self._workspace.settings.get("zone") or "system")

    # -- the trust strip -----------------------------------------------------------------------------------------

    def facts(self) -> tuple[TrustFact, ...]:
        """At most six, worst first; what is not so is left out. The last says how long this computer must be on."""
        found = [self._clock(), *self._resting(), *self._stuck(), self._signed_out(), self._sending()]
        worst = [fact for fact in found if fact is not None]
        return (*worst[:5], self._lid())

    def _stuck(self) -> Iterable[TrustFact | None]:
        counted: tuple[tuple[str, Tone, str, tuple[State, ...]], ...] = (
            ("trust.unconfirmed", "warn", "outbox", (S.UNCONFIRMED,)), ("trust.failed", "bad", "outbox", (S.FAILED,)),
            ("trust.needs_you", "warn", "outbox", ASKS), ("trust.stopped", "warn", "review", (S.MISSED, S.HELD)),
        )
        for code, tone, target, states in counted:
            ids = tuple(d.id for d in self._workspace.deliveries.list(states=states) if self._waits_for_person(d))
            if ids:
                yield TrustFact(code, tone, target, {"count": len(ids)}, ids)

    def _waits_for_person(self, delivery: Delivery) -> bool:
        """A look-up that comes by itself is no matter for a person yet; what a link proves is none any more."""
        if delivery.state is S.HANDED_OVER:
            return delivery.proof is None
        return not (delivery.state is S.UNCONFIRMED and delivery.wake is not None)

    def _resting(self) -> Iterable[TrustFact]:
        holds: list[Hold] = self._workspace.holds.list()
        for hold in holds[:1]:
            yield TrustFact("trust.hold", "warn", "resume", {
                "reason": hold.reason, "scope": hold.scope, "count": len(holds), "since": hold.at.isoformat()})

    def _signed_out(self) -> TrustFact | None:
        out = tuple(a.id for a in self._accounts.list() if not self._accounts.health(a.id).usable)
        return TrustFact("trust.signed_out", "bad", "accounts", {"count": len(out)}, out) if out else None

    def _sending(self) -> TrustFact | None:
        busy = self._workspace.deliveries.list(states=SENDS)
        due = [d for d in self._workspace.deliveries.list(states=[S.DUE])
               if self.waits(d) is None and not (d.link and _goes(d, self._now()) > self._now())]
        if not busy and not due:
            return None
        ids = tuple(d.id for d in (*busy, *due))
        return TrustFact("trust.sending", "info", "outbox", {"count": len(ids)}, ids)

    def _lid(self) -> TrustFact:
        """Until when this computer must be on: for what our own clock fires, within the next 24 hours first."""
        now, deliveries = self._now(), self._workspace.deliveries
        holds = self._workspace.holds.list()
        waiting, there = deliveries.planned(now)
        soon = deliveries.list(states=HERE, end=now + timedelta(hours=24))
        today = [d for d in soon if _ours(d, holds)]
        if today:
            late = [d for d in today[:-LAST] if d.state is not S.SCHEDULED] + today[-LAST:]
            until, last = max(((self._needed(d, now), d) for d in late), key=lambda found: found[0])
            return _lid("trust.lid_until", last, until, len(today), there)
        first = self._first_here(there, holds) if waiting > there else None
        if first is None:
            return TrustFact("trust.lid_closed", "good", "", {"ahead": there})
        return _lid("trust.lid_from", first, first.at, waiting - there, there)

    def _first_here(self, there: int, holds: list[Hold]) -> Delivery | None:
        """The first that our own clock fires; at most `there` others, and what is on hold, are before it."""
        found = self._workspace.deliveries.list(states=[S.SCHEDULED], limit=there + (MANY if holds else 1))
        return next((d for d in found if _ours(d, holds)), None)

    def _needed(self, delivery: Delivery, now: datetime) -> datetime:
        """Until when this computer is needed for it: a thread has more than one moment."""
        if delivery.state is not S.SCHEDULED:
            start, chain = _goes(delivery, now), delivery.handles.get("chain")
            after = [int(reply["after"]) for reply in chain["replies"][delivery.link:]] if chain else []
            return start + timedelta(minutes=sum(after))
        try:
            replies = self._workspace.posts.get(delivery.post).replies
        except NotFound:
            replies = ()
        return delivery.at + timedelta(minutes=sum(reply.after for reply in replies))

    # -- the clock -----------------------------------------------------------------------------------------------

    def last_seen(self) -> datetime | None:
        """When somebody here last looked at the clock, UTC; None at the very first time."""
        text = self._workspace.settings.get(SEEN)
        return datetime.fromisoformat(text) if isinstance(text, str) else None

    def saw(self, now: datetime, jump: Jump | None = None) -> None:
        """Remembers a look at the clock, and what was found."""
        last = self.last_seen()
        if jump is not None and jump.kind != "slept":
            self._workspace.settings.set(JUMPED, {
                "kind": jump.kind, "minutes": round(jump.by.total_seconds() / 60), "at": now.isoformat()})
        if last is None or jump is not None or abs(now - last) >= NOTE_EVERY:
            self._workspace.settings.set(SEEN, now.isoformat())

    def clock(self) -> Finding | None:
        """What happened to the clock of this computer, until a person has seen it: clock.back or clock.forward."""
        found = self._workspace.settings.get(JUMPED)
        if not isinstance(found, dict) or found.get("seen"):
            return None
        return error(CHANGED[found["kind"]], "clock", minutes=found["minutes"], at=found["at"])

    def clock_seen(self) -> None:
        """A person has read it."""
        found = self._workspace.settings.get(JUMPED)
        if isinstance(found, dict):
            self._workspace.settings.set(JUMPED, {**found, "seen": True})

    def _clock(self) -> TrustFact | None:
        found = self.clock()
        return TrustFact(f"trust.{found.code}", "warn", "review", dict(found.values)) if found else None
