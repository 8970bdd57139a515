"""What the publish sheet knows of each account: where it stands, why, and in one sentence what will happen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal

from studio.core.delivery import SENDING, Delivery, State
from studio.core.finding import Finding
from studio.core.hold import Hold
from studio.services.words import say
from studio.ui import moments
from studio.ui.draft.open_post import AccountView
from studio.ui.draft.publish_hand import fix_of, handed, media_words, minutes
from studio.ui.draft.remarks import fixes
from studio.ui.i18n import tight, tr
from studio.ui.problems import split
from studio.ui.theme import state_word
from studio.ui.tokens import MACHINE_STATES
from studio.ui.widgets.note import LOOKS

Group = Literal["auto", "hand", "out"]
GROUPS: Final[tuple[Group, ...]] = ("auto", "hand", "out")
PLANNED: Final = frozenset({State.SCHEDULED, State.HELD})
LIVE: Final = frozenset({State.PUBLISHED, State.HANDED_OVER, State.CANCELLED})
UNDER_WAY: Final = frozenset({*PLANNED, *SENDING, State.DUE, State.UNCONFIRMED, State.WAITING})
RANK: Final = {"error": 0, "warning": 1, "info": 2}
MOMENTS: Final = ("at", "until")
PACED: Final = "pace.wait_"
ABOUT_LOGIN: Final = ("account.", "login.")


@dataclass(frozen=True, slots=True)
class Said:
    """The one thing a row says below what is sent. fix: (key, words) of its link, or None."""

    icon: str
    tone: str
    text: str
    whole: str = ""
    fix: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One account of the sheet.

    findings  about its version, its login and its time, worst first
    other     the newest delivery of this post there that is on its way or may be live, or None
    hold      what makes it rest now, or None
    at        when it would go, UTC; None: now
    past      that time has passed
    hurry     now, without waiting for the account's pace
    called    its platform's name, and its own where the platform comes twice
    """

    view: AccountView
    findings: tuple[Finding, ...] = ()
    other: Delivery | None = None
    hold: Hold | None = None
    at: datetime | None = None
    past: bool = False
    hurry: bool = False
    called: str = ""

    @property
    def until(self) -> datetime | None:
        """Until when the account's pace keeps it back, UTC; None when it does not."""
        kept = next((f for f in self.findings if f.code.startswith(PACED) and f.values.get("until")), None)
        return None if kept is None else datetime.fromisoformat(str(kept.values["until"]))

    def starts(self, now: datetime) -> datetime:
        """When it really goes."""
        return self.until or self.at or now

    def ends(self, now: datetime) -> datetime:
        """When the last of its replies goes."""
        return self.starts(now) + timedelta(minutes=sum(reply.after for reply in self.view.content.replies))

    @property
    def blocked(self) -> bool:
        """It cannot go: the check cannot be ticked."""
        return any(f.blocks for f in self.findings) or self.stuck or (self.at is None and self.hold is not None)

    @property
    def stuck(self) -> bool:
        """The same post is on its way there already. What only waits in the calendar can go now instead."""
        if self.other is None or self.live:
            return False
        return not (self.at is None and self.other.state in PLANNED and not self.other.ahead)

    @property
    def live(self) -> bool:
        """It went there before, or may have: a second send is asked about."""
        return self.other is not None and self.other.state in LIVE

    def group(self, ticked: bool) -> Group:
        """Where the row stands."""
        if self.blocked or (self.live and not ticked):
            return "out"
        return "hand" if self.view.hand else "auto"


def standing(deliveries: Iterable[Delivery], maybe_live: str) -> dict[str, Delivery]:
    """Account -> the delivery of the post that decides whether it may go there; what is on its way comes first."""
    found: dict[str, Delivery] = {}
    for delivery in sorted(deliveries, key=lambda d: (_weight(d, maybe_live), d.created)):
        if _weight(delivery, maybe_live):
            found[delivery.account] = delivery
    return found


def _weight(delivery: Delivery, maybe_live: str) -> int:
    if delivery.state in UNDER_WAY:
        return 2
    maybe = delivery.state is State.CANCELLED and bool(delivery.handles.get(maybe_live))
    return 1 if maybe or delivery.state in (State.PUBLISHED, State.HANDED_OVER) else 0


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first; of those alike, what delays it."""
    return tuple(sorted(findings, key=lambda f: (RANK[f.severity], not f.code.startswith(PACED))))


def remark(line: Line, ahead: bool, can_ahead: bool, zone: tzinfo, language: str) -> Said:
    """What the row says: what blocks it, where it stands already, what is doubtful, whose clock fires."""
    worst = line.findings[0] if line.findings else None
    if worst is not None and worst.blocks:
        return of_finding(worst, line.view, zone, language)
    if line.other is not None:
        return _of_delivery(line.other, line.at, zone, language)
    if line.past:
        return Said("circle-alert", "bad", tr("draft", "That time has passed; choose a later one"))
    if line.hold is not None:
        return _of_hold(line.hold, line.at is None)
    if line.hurry:
        back = ("pace", tr("draft", "Keep the pace"))
        return Said("timer", "warn", tr("draft", "Goes at once, without the account’s pace"), fix=back)
    if worst is not None and worst.severity == "warning":
        said = of_finding(worst, line.view, zone, language)
        impatient = line.at is None and worst.code.startswith(PACED)
        return replace(said, fix=("hurry", tr("draft", "Do not wait"))) if impatient else said
    return _plain(line, ahead, can_ahead)


def whole(line: Line, zone: tzinfo, language: str) -> str:
    """Everything that was found about it, for the tool tip."""
    return "\n".join(say(on_the_clock(f, zone, language), language) for f in line.findings)


def of_finding(finding: Finding, view: AccountView, zone: tzinfo, language: str) -> Said:
    """A finding's first sentence with its first fix."""
    icon, tone = LOOKS[finding.severity]
    whole = say(on_the_clock(finding, zone, language), language)
    around = fix_of(view) if finding.blocks else None
    offered = [around] if around else fixes(finding, [view], view.account)
    return Said(icon, tone, split(whole)[0], whole, offered[0] if offered else None)


def on_the_clock(finding: Finding, zone: tzinfo, language: str) -> Finding:
    """Its moments as people say them: findings carry them as UTC."""
    said = {
        key: moments.moment(datetime.fromisoformat(str(value)), zone, language)
        for key, value in finding.values.items() if key in MOMENTS and value
    }
    return replace(finding, values={**finding.values, **said}) if said else finding


def _of_delivery(other: Delivery, at: datetime | None, zone: tzinfo, language: str) -> Said:
    when = moments.moment(other.at, zone, language)
    if other.state in PLANNED and at is None and not other.ahead:
        return Said("calendar-clock", "info", tr("draft", "Was planned for {when}; it goes now instead", when=when))
    if other.state in PLANNED:
        off = (f"off:{other.id}", tr("draft", "Take it off"))
        if other.ahead:
            there = tr("draft", "Lies with the platform’s clock until {when}", when=when)
            return Said("server", "info", there, fix=off)
        return Said("calendar-clock", "text-2", tr("draft", "Planned for {when} already", when=when), fix=off)
    if other.state in (State.PUBLISHED, State.HANDED_OVER):
        return Said("circle-check", "warn", tr("draft", "Live there already; a tick sends it a second time"))
    if other.state is State.WAITING:
        start = (f"start:{other.id}", tr("draft", "Start"))
        return Said("hand", "warn", tr("draft", "Waits for your hand already"), fix=start)
    if other.state in (State.CANCELLED, State.UNCONFIRMED):
        return Said("circle-question-mark", "warn", tr("draft", "May be live there already; look first"))
    state = state_word(MACHINE_STATES.get(other.state.value, other.state.value))
    return Said("circle-arrow-up", "info", tr("draft", "On its way: {state}", state=state))


def _of_hold(hold: Hold, now: bool) -> Said:
    resume = ("resume", tr("draft", "Resume"))
    if now:
        return Said("circle-pause", "bad", tr("draft", "On hold: {reason}", reason=hold.reason), fix=resume)
    text = tr("draft", "On hold, waits until you resume: {reason}", reason=hold.reason)
    return Said("circle-pause", "warn", text, fix=resume)


def _plain(line: Line, ahead: bool, can_ahead: bool) -> Said:
    if ahead:
        text = tr("draft", "The platform’s clock, goes out with the lid closed")
        if line.view.content.replies:
            text = tr("draft", "The platform’s clock; its replies need this computer")
        return Said("server", "info", text, fix=("here", tr("draft", "Use this computer’s")))
    offer = ("ahead", tr("draft", "Leave it to the platform’s clock")) if can_ahead else None
    if line.view.hand:
        return _by_hand(line)
    return Said("circle-check", "good", tr("draft", "Nothing to change"), fix=offer)


def _by_hand(line: Line) -> Said:
    """What happens at its time, and the way back where this post alone goes by hand."""
    back = (f"by-api:{line.view.account.id}", tr("draft", "Send by the API"))
    text = tr("draft", "It waits for your hand when it is time")
    if line.at is None:
        text = tr("draft", "Everything is made ready, and a short list opens")
    icon = "folder-check" if line.view.content.mode == "kit" else "hand"
    return Said(icon, "good", text, fix=back if line.view.account.mode == "api" else None)


def summary(view: AccountView) -> str:
    """What is sent: "214 / 300, 2 pictures, 1 reply"; by hand, what is handed over."""
    if view.hand:
        return listed(part for part in handed(view) if part)
    count = view.counts.get("text")
    text = tr("draft", "%n chars", n=len(view.content.text))
    if count is not None and count.limit is not None:
        text = f"{count.count} / {count.limit}"
    pictures = media_words(view.content.media)
    replies = tr("draft", "%n replies", n=len(view.content.replies)) if view.content.replies else ""
    return listed(part for part in (text, pictures, replies) if part)


def listed(parts: Iterable[str]) -> str:
    """Parts of a sentence, one after the other."""
    result = ""
    for part in parts:
        result = tr("draft", "{one}, {other}", one=result, other=part) if result else part
    return result


def group_title(group: Group, lines: Sequence[Line], ticked: int, now: bool) -> tuple[str, str]:
    """(name, how many) of a group; of what needs a hand, about how long it takes, too."""
    names = {
        "auto": tr("draft", "Goes by itself"), "out": tr("draft", "Not this time"),
        "hand": tr("draft", "Needs your hand") if now else tr("draft", "Needs your hand at its time"),
    }  # fmt: skip
    count = str(ticked)
    taken = minutes([line.view for line in lines if line.group(True) == "hand"]) if group == "hand" else 0
    if taken:
        count = tr("draft", "{one}, {other}", one=count, other=tr("draft", "about %n minutes", n=taken))
    return names[group], count


def group_note(group: Group, ticked: Sequence[Line], ahead: Sequence[Line], now: bool) -> str:
    """What stands at the right of a group's head. ahead: those that the platform's own clock sends."""
    if group == "hand":
        return tr("draft", "You post these yourself")
    if group == "out":
        return tr("draft", "Has something to settle first")
    if now:
        return tr("draft", "One after the other")
    if ahead and len(ahead) == len(ticked):
        return tr("draft", "This computer may be off")
    if ahead:
        names = tr("draft", ", ").join(dict.fromkeys(line.called for line in ahead))
        return tight(tr("draft", "This computer must be on, except for {names}", names=names))
    return tr("draft", "This computer must be on")


@dataclass(frozen=True, slots=True)
class Going:
    """What the footer tells of: the ticked rows that go (those with `ahead` by the platform's clock), and the rest."""

    auto: tuple[Line, ...]
    hand: tuple[Line, ...]
    out: tuple[Line, ...]
    ahead: tuple[Line, ...] = ()

    @property
    def number(self) -> int:
        return len(self.auto) + len(self.hand)


def headline(going: Going) -> str:
    """"3 go out by themselves, 2 need your hand, Weibo stays out"."""
    parts = []
    if going.auto:
        parts.append(tr("draft", "%n go out by themselves", n=len(going.auto)))
    if going.hand:
        parts.append(tr("draft", "%n need your hand", n=len(going.hand)))
    if len(going.out) == 1:
        parts.append(tight(tr("draft", "{name} stays out", name=going.out[0].called)))
    elif going.out:
        parts.append(tr("draft", "%n stay out", n=len(going.out)))
    return listed(parts) or tr("draft", "Nothing goes out")


def names(views: Sequence[AccountView], language: str) -> dict[str, str]:
    """Account -> how a sentence calls it."""
    platforms = [view.info.name.say(language) for view in views]
    return {
        view.account.id: name if platforms.count(name) == 1 else view.account.handle or view.account.name or name
        for view, name in zip(views, platforms, strict=True)
    }


def meaning(going: Going, zone: tzinfo, language: str) -> str:
    """How long the computer must be on, and that nothing goes twice."""
    if not going.number:
        return tr("draft", "Tick at least one account")
    here = [line for line in going.auto if line not in going.ahead or line.view.content.replies]
    on = _open_until(here, going, zone, language)
    return tr("draft", "{one} {other}", one=on, other=tr("draft", "Nothing is sent twice."))


def _open_until(here: Sequence[Line], going: Going, zone: tzinfo, language: str) -> str:
    if not here and not going.ahead and any(line.at is None for line in going.hand):
        return tr("draft", "A short list opens and leads you through it.")
    if not here and not going.ahead:
        return tr("draft", "You are told when it is time.")
    if not here:
        return tr("draft", "The platforms’ own clocks send them: once handed over, the lid may be closed.")
    now = datetime.now(UTC)
    first, last = min(line.starts(now) for line in here), max(line.ends(now) for line in here)
    if any(line.at is None for line in here):
        return _open_from_now(last, now, zone, language)
    return _open_from_to(first, last, zone, language)


def _open_from_now(last: datetime, now: datetime, zone: tzinfo, language: str) -> str:
    if last - now < timedelta(minutes=1):
        return tr("draft", "Starts now; keep this computer on until it is through.")
    when = moments.moment(last, zone, language)
    return tr("draft", "Starts now, the last goes about {when}; keep this computer on until then.", when=when)


def _open_from_to(first: datetime, last: datetime, zone: tzinfo, language: str) -> str:
    days = [moments.local(at, zone).date() for at in (first, last)]
    day, one, other = moments.day(days[0], language), moments.clock(first, zone), moments.clock(last, zone)
    if days[0] != days[1]:
        whole_first, whole_last = (moments.moment(at, zone, language) for at in (first, last))
        return tr("draft", "Keep this computer on from {first} to {last}.", first=whole_first, last=whole_last)
    if one == other:
        return tr("draft", "Keep this computer on at {clock} on {day}.", clock=one, day=day)
    return tr("draft", "Keep this computer on from {first} to {last} on {day}.", first=one, last=other, day=day)
