"""What is true now, in words: the line in the top bar and the facts over the calendar are made from the same data."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal

from studio.core.delivery import SENDING, State
from studio.ui.i18n import tr
from studio.ui.moments import clock, local, moment, zone_name
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.services.calendar import Entry
    from studio.services.desk import Desk
    from studio.services.outlook import TrustFact

MOST: Final = 6
SETTLE_MS, AGAIN_MS = 150, 60_000
STUCK: Final = ("trust.unconfirmed", "trust.failed", "trust.needs_you", "trust.stopped")
SOON: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Known:
    """What was read: facts worst first, the lid last; what goes out next; how many are being sent at this moment, and
    how many wait because nothing answers.
    """

    facts: tuple[TrustFact, ...] = ()
    next: Entry | None = None
    busy: int = 0
    cut_off: int = 0

    def fact(self, code: str) -> TrustFact | None:
        """The fact of that code, None when it is not so."""
        return next((fact for fact in self.facts if fact.code == code), None)


@dataclass(frozen=True, slots=True)
class TopLine:
    """The one line of the top bar. icon: "" for a dot. target: where a click leads."""

    text: str
    tone: str = "good"
    icon: str = ""
    target: str = "calendar"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact over the calendar. action: words of its link, "" for none; target and ids as in `TrustFact`."""

    icon: str
    tone: str
    title: str
    detail: str = ""
    action: str = ""
    target: str = ""
    ids: tuple[str, ...] = ()


def read(desk: Desk) -> Known:
    """Reads it; any thread."""
    due = desk.publishing.list(states=[State.DUE])
    cut_off = sum(any(f.code == "net.down" for f in d.error) for d in due)
    return Known(desk.outlook.facts(), desk.calendar.next(), len(desk.publishing.list(states=SENDING)), cut_off)


class TrustWatch(QObject):
    """told(Known): after `start`, after each change, and every minute. Reads beside the window, one at a time."""

    told = Signal(object)
    _came = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._again = self._reading = False
        self._cost = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._soon, self._later = QTimer(self), QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self._read)
        self._later.setInterval(AGAIN_MS)
        self._later.timeout.connect(self._read)
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        for event in (
            desk.calendar.changed, desk.publishing.changed, desk.holds.changed, desk.accounts.changed,
            desk.posts.changed, desk.settings.changed,
        ):  # fmt: skip
            Relay(event, lambda *_: self._changed(), self)

    def start(self) -> None:
        """Reads for the first time, soon."""
        self._later.start()
        self._changed()

    def close(self) -> None:
        """Reads nothing more."""
        self._soon.stop()
        self._later.stop()
        self._pool.waitForDone()

    def _changed(self) -> None:
        """A burst of changes is read once; before `start` nothing is."""
        if self._later.isActive() and not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._pool.start(self._work)

    def _work(self) -> None:
        known: Any
        began = time.monotonic()
        try:
            known = read(self._desk)
        except Exception:  # the database is busy or gone; what was said last stays until the next reading
            known = None
        self._cost = round((time.monotonic() - began) * 1000)
        try:
            self._came.emit(known)
        except RuntimeError:  # the window was closed meanwhile
            return

    def _tell(self, known: Known | None) -> None:
        self._reading = False
        self._soon.setInterval(max(SETTLE_MS, 4 * self._cost))  # a great workspace is not read all the time
        if known is not None:
            self.told.emit(known)
        if self._again:
            self._again = False
            self._soon.start()


# -- the line in the top bar ------------------------------------------------------------------------------------------


def top_line(known: Known, zone: ZoneInfo, language: str, now: datetime | None = None) -> TopLine:
    """The most urgent true thing: a hold, what is being sent, a lost login, what needs a person, what comes next."""
    if (hold := known.fact("trust.hold")) is not None:
        return TopLine(tr("trust", "On hold: {reason}", reason=hold.values["reason"]), "warn", "circle-pause", "outbox")
    if known.busy:
        sending = known.fact("trust.sending")
        whole = max(known.busy, int(str(sending.values["count"])) if sending else 0)
        words = tr("trust", "Sending {number} of {count}", number=known.busy, count=whole)
        return TopLine(words, "info", "circle-arrow-up", "outbox")
    if known.cut_off:
        words = tr("trust", "No connection, %n wait", n=known.cut_off)
        return TopLine(words, "warn", "wifi-off", "outbox")
    if (out := known.fact("trust.signed_out")) is not None:
        words = tr("trust", "%n accounts need fixing", n=int(str(out.values["count"])))
        return TopLine(_with_next(words, known, zone, language, now), "warn", "", "accounts")
    stuck = [fact for fact in known.facts if fact.code in STUCK]
    if stuck:
        words = tr("trust", "%n need you", n=sum(int(str(fact.values["count"])) for fact in stuck))
        target = "review" if all(fact.target == "review" for fact in stuck) else "outbox"
        return TopLine(_with_next(words, known, zone, language, now), "warn", "", target)
    if known.next is None:
        return TopLine(tr("window", "Nothing scheduled yet"), "text-3", "circle-dashed")
    when = time_words(known.next.delivery.at, zone, language, now)
    title = known.next.heading or tr("draft", "Untitled")
    return TopLine(tr("window", "Next {when} · {title}", when=when, title=title))


def _with_next(words: str, known: Known, zone: ZoneInfo, language: str, now: datetime | None) -> str:
    if known.next is None:
        return words
    when = time_words(known.next.delivery.at, zone, language, now)
    return tr("trust", "{words} · next {when}", words=words, when=when)


def time_words(at: datetime, zone: ZoneInfo, language: str, now: datetime | None = None) -> str:
    """The clock alone today, with its day on another."""
    days = (local(at, zone).date() - local(now or datetime.now(UTC), zone).date()).days
    if days == 1:
        return tr("trust", "tomorrow {clock}", clock=clock(at, zone))
    return moment(at, zone, language) if days else clock(at, zone)


# -- the facts over the calendar --------------------------------------------------------------------------------------


def said(known: Known, zone: ZoneInfo, language: str, now: datetime | None = None) -> list[Said]:
    """At most six facts, the answer about the lid last; where there is room, what goes out within the hour first."""
    if not known.facts:
        return []
    moment_now = now or datetime.now(UTC)
    found = [one for fact in known.facts[:-1] if (one := _fact(fact, language)) is not None]
    first = list(_next(known, zone, language, moment_now)) if len(found) < MOST - 1 else []
    ahead = list(_there(known.facts[-1])) if len(found) + len(first) < MOST - 1 else []
    return [*first, *found, *ahead, _lid(known.facts[-1], zone, language, moment_now)]


def _next(known: Known, zone: ZoneInfo, language: str, now: datetime) -> Iterator[Said]:
    if known.next is None or known.next.delivery.at - now > SOON:
        return
    d = known.next.delivery
    whose = tr("trust", "the platform’s clock") if d.ahead else tr("trust", "this computer")
    title = tr("trust", "Next at {when}", when=time_words(d.at, zone, language, now))
    detail = f"{known.next.heading or tr('draft', 'Untitled')} · {whose}"
    yield Said("alarm-clock", "due", title, detail, tr("trust", "Show"), "delivery", (d.id,))


def _there(lid: TrustFact) -> Iterator[Said]:
    ahead = int(str(lid.values.get("ahead", 0)))
    if ahead and lid.code != "trust.lid_closed":
        title = tr("trust", "Platforms send %n", n=ahead)
        yield Said("server", "info", title, tr("trust", "Also with the lid closed"))


def _fact(fact: TrustFact, language: str) -> Said | None:
    number = int(str(fact.values.get("count", 0)))
    makers: dict[str, Callable[[], tuple[str, str, str, str]]] = {
        "trust.sending": lambda: ("circle-arrow-up", tr("trust", "Sending %n", n=number), tr("trust", "Under way now"),
                                  tr("trust", "Open")),
        "trust.needs_you": lambda: ("hand", tr("trust", "%n wait for your hand", n=number),
                                    tr("trust", "They go when you do"), tr("trust", "Open")),
        "trust.unconfirmed": lambda: ("circle-question-mark", tr("trust", "%n unconfirmed", n=number),
                                      tr("trust", "May be live already"), tr("trust", "Check")),
        "trust.failed": lambda: ("circle-x", tr("trust", "%n failed", n=number), tr("trust", "Wait for your decision"),
                                 tr("trust", "Open")),
        "trust.stopped": lambda: ("alarm-clock-off", tr("trust", "%n did not go out", n=number),
                                  tr("trust", "Missed, or stopped by a hold"), tr("trust", "Review")),
        "trust.signed_out": lambda: ("stethoscope", tr("trust", "%n accounts need fixing", n=number),
                                     tr("trust", "Nothing goes there until then"), tr("trust", "Show")),
        "trust.hold": lambda: ("circle-pause", tr("trust", "On hold"), str(fact.values.get("reason", "")),
                               tr("trust", "Resume")),
        "trust.clock.back": lambda: ("history", tr("trust", "The clock went back"), _by(fact), tr("trust", "Review")),
        "trust.clock.forward": lambda: ("history", tr("trust", "The clock went forward"), _by(fact),
                                        tr("trust", "Review")),
    }  # fmt: skip
    if fact.code not in makers:
        return None
    icon, title, detail, action = makers[fact.code]()
    return Said(icon, _tone(fact), title, detail, action, fact.target, fact.ids)


def _tone(fact: TrustFact) -> str:
    own = {
        "trust.unconfirmed": "unconfirmed", "trust.stopped": "missed", "trust.hold": "held",
        "trust.needs_you": "waiting", "trust.failed": "failed", "trust.sending": "sending",
    }
    return own.get(fact.code, fact.tone)


def _by(fact: TrustFact) -> str:
    return tr("trust", "By {span}", span=span(int(str(fact.values.get("minutes", 0)))))


def _lid(fact: TrustFact, zone: ZoneInfo, language: str, now: datetime) -> Said:
    """How long this computer must be on, and which go without it."""
    ahead = int(str(fact.values.get("ahead", 0)))
    if fact.code == "trust.lid_closed":
        detail = tr("trust", "Platforms send %n", n=ahead) if ahead else tr("trust", "Nothing waits for this computer")
        return Said("laptop", "lid", tr("trust", "The lid may be closed"), detail)
    when = time_words(datetime.fromisoformat(str(fact.values["at"])), zone, language, now)
    if fact.code == "trust.lid_from":
        needed = tr("trust", "Needed again {when}", when=when)
        return Said("laptop", "lid", tr("trust", "The lid may be closed"), needed)
    count = tr("trust", "This computer sends %n", n=int(str(fact.values.get("count", 0))))
    return Said("laptop", "lid", tr("trust", "The lid may be closed after {when}", when=when), count)


def span(minutes: int) -> str:
    """A length of time in its largest unit."""
    if minutes < 60:
        return tr("draft", "%n minutes", n=minutes)
    return tr("draft", "%n hours", n=round(minutes / 60)) if minutes < 48 * 60 else tr(
        "draft", "%n days", n=round(minutes / (24 * 60)))


def own_zone(desk: Desk) -> ZoneInfo:
    """The zone in which times are shown."""
    return ZoneInfo(zone_name(desk.settings.get("zone")))


def speak(facts: Iterable[Said]) -> str:
    """All of them for a screen reader."""
    return ". ".join(f"{fact.title}, {fact.detail}" if fact.detail else fact.title for fact in facts)
