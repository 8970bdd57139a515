"""When something is due: pure functions with the clock passed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from studio.core.errors import Refused
from studio.core.finding import error

LateRule = Literal["post", "ask", "skip"]
_AMOUNT = re.compile(r"post:(\d{1,5})([mh])", re.ASCII)
GRACE = timedelta(minutes=2)  # a tick may come late by itself; that is not "missed"


@dataclass(frozen=True, slots=True)
class Late:
    """What to do when its time passed while nobody was there: post if at most `minutes` late, ask, or skip."""

    rule: LateRule = "post"
    minutes: int = 15

    def __str__(self) -> str:
        return f"post:{self.minutes}m" if self.rule == "post" else self.rule

    @classmethod
    def parse(cls, text: str) -> Late:
        """"post:15m", "post:2h", "ask" or "skip"; Refused otherwise."""
        if text == "ask":
            return cls("ask", 0)
        if text == "skip":
            return cls("skip", 0)
        if found := _AMOUNT.fullmatch(text):
            return cls("post", int(found[1]) * (60 if found[2] == "h" else 1))
        raise Refused(error("late.unreadable", "late", text=text))


@dataclass(frozen=True, slots=True)
class Slot:
    """A delivery's place in time. `at` is UTC."""

    delivery: str
    at: datetime
    late: Late = field(default_factory=Late)


@dataclass(frozen=True, slots=True)
class Due:
    """send: to go out now, earliest first. missed: too late by their own rule. next: the next moment to look."""

    send: tuple[str, ...]
    missed: tuple[str, ...]
    next: datetime | None


def _is_late(slot: Slot, now: datetime) -> bool:
    allowed = timedelta(minutes=slot.late.minutes) if slot.late.rule == "post" else timedelta(0)
    return now - slot.at > max(allowed, GRACE)


def due(slots: Iterable[Slot], now: datetime) -> Due:
    """Sorts slots into those to send, those missed, and the next moment. `now` is UTC."""
    ordered = sorted(slots, key=lambda s: (s.at, s.delivery))
    past = [s for s in ordered if s.at <= now]
    return Due(
        send=tuple(s.delivery for s in past if not _is_late(s, now)),
        missed=tuple(s.delivery for s in past if _is_late(s, now)),
        next=next((s.at for s in ordered if s.at > now), None),
    )


def zone(name: str) -> ZoneInfo:
    """The IANA zone; Refused when there is no such zone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(error("zone.unknown", "zone", zone=name)) from None


def to_utc(text: str, zone_name: str, second: bool = False) -> datetime:
    """Wall-clock "2026-12-01T09:00" in a zone, as UTC.

    A time with its own offset ("...+08:00", "...Z") is taken as it is. In the hour that summer time
    skips, the time after the gap is meant; in the hour that comes twice, the first of the two, or the `second`.
    Refused when unreadable.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(error("time.unreadable", "at", text=text)) from None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone(zone_name), fold=int(second and twice(text, zone_name)))
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Refused(error("time.unreadable", "at", text=text)) from None


def skipped(text: str, zone_name: str) -> bool:
    """True when that wall-clock time does not exist in the zone (the gap of summer time)."""
    moment = to_utc(text, zone_name).astimezone(zone(zone_name)).replace(tzinfo=None)
    written = datetime.fromisoformat(text)
    return written.tzinfo is None and moment != written


def twice(text: str, zone_name: str) -> bool:
    """True when that wall-clock time comes twice in the zone (the end of summer time)."""
    written = datetime.fromisoformat(text)
    if written.tzinfo is not None:
        return False
    first, second = (written.replace(tzinfo=zone(zone_name), fold=fold) for fold in (0, 1))
    return (second.utcoffset() or timedelta()) < (first.utcoffset() or timedelta())


def iso(moment: datetime) -> str:
    """UTC as "2026-12-01T01:00:00Z"."""
    utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return utc.isoformat(timespec="seconds")[:19] + "Z"
