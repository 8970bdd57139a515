"""How fast an account may speak: the least gap between its posts, a daily cap, and its quiet hours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from studio.core import slot
from studio.core.errors import Refused
from studio.core.finding import Finding, error

Why = Literal["gap", "daily", "quiet"]
LOOK_BACK = timedelta(hours=48)  # how much of an account's past is asked for: a local day is at most 25 hours
TOLERANCE = timedelta(minutes=5)  # what clocks of one house differ by, and a time server puts right
DAY = 24 * 60
MOST = {"gap": DAY, "jitter": DAY // 2, "daily": 1000}  # gap and jitter together stay inside LOOK_BACK
_NONE = -1
_ROUNDS = 50  # moves from one rule to the next; a day of rules that never fit together is over long before
_SCAN = 4 * DAY  # minutes; a whole day can be missing where a country crossed the date line
_MINUTE = timedelta(minutes=1)
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pace:
    """gap: least minutes from one post to the next. jitter: up to so many minutes more, other ones for each post.

    daily        posts in one day of the zone, 0 for no cap
    quiet_from   minute of the zone's day from which nothing goes out, -1 for none; may be after `quiet_to`
    quiet_to     the first minute that is free again
    """

    gap: int = 0
    jitter: int = 0
    daily: int = 0
    quiet_from: int = _NONE
    quiet_to: int = _NONE


@dataclass(frozen=True, slots=True)
class Wait:
    """until: the least moment that satisfies every rule, UTC. why: the rule that moved it there last."""

    until: datetime
    why: Why


def findings(pace: Pace) -> tuple[Finding, ...]:
    """What is wrong with it: numbers out of range, quiet hours without a beginning, an end or a length."""
    wrong = [
        error(f"pace.{name}", name, most=most)
        for name, most in MOST.items() if not 0 <= getattr(pace, name) <= most
    ]
    hours = (pace.quiet_from, pace.quiet_to)
    none = hours == (_NONE, _NONE)
    if not none and (hours[0] == hours[1] or not all(0 <= minute < DAY for minute in hours)):
        wrong.append(error("pace.quiet", "quiet"))
    return tuple(wrong)


def checked(pace: Pace) -> Pace:
    """The same pace; Refused with its findings when it is unfit."""
    if wrong := findings(pace):
        raise Refused(*wrong)
    return pace


def earliest(
    pace: Pace, went: Sequence[datetime], now: datetime, zone: str, seed: str, changed: datetime | None = None,
) -> Wait | None:
    """The least moment from `now` on that satisfies gap, daily cap and quiet hours; None: it may go now.

    went      the account's visible requests of the last `LOOK_BACK`, those under way too; UTC, in any order
    seed      the delivery's id: its jitter, and so the countdown people watch, is the same after a restart
    changed   when the clock was last seen set back, on today's clock. What seems to have gone out in the future
              counts as sent then; without it, it does not count. To call it "just now" at every look would lock
              the account for as long as the clock was wrong.
    Refused: no such zone.
    """
    there, past = slot.zone(zone), _believed(went, now, changed)
    at, why = now, None
    for _ in range(_ROUNDS):
        moved = _gap(pace, past, at, seed) or _full(pace, past, at, there) or _quiet(pace, at, there)
        if moved is None:
            break
        at, why = moved.until, moved.why
    return None if why is None else Wait(at, why)


def jitter(pace: Pace, seed: str) -> timedelta:
    """From 0 to `pace.jitter` minutes in whole seconds, always the same for one seed."""
    from hashlib import sha256  # loads OpenSSL, which a start can do without

    number = int.from_bytes(sha256(seed.encode()).digest()[:8])
    return timedelta(seconds=number % (pace.jitter * 60 + 1))


def _believed(went: Sequence[datetime], now: datetime, changed: datetime | None) -> list[datetime]:
    """The times as they can have been on today's clock."""
    kept = [at for at in went if at <= now + TOLERANCE]
    if changed is not None and len(kept) < len(went):
        kept += [min(changed, now)] * (len(went) - len(kept))
    return kept


def _gap(pace: Pace, past: Sequence[datetime], at: datetime, seed: str) -> Wait | None:
    if not past or not (pace.gap or pace.jitter):
        return None
    free = max(past) + timedelta(minutes=pace.gap) + jitter(pace, seed)
    return Wait(free, "gap") if free > at else None


def _full(pace: Pace, past: Sequence[datetime], at: datetime, there: ZoneInfo) -> Wait | None:
    """The cap counts in the days of the zone, as a person counts them."""
    today = at.astimezone(there).date()
    if not pace.daily or sum(p.astimezone(there).date() == today for p in past) < pace.daily:
        return None
    return Wait(_leaves(at, there, DAY, lambda m: m.astimezone(there).date() == today), "daily")


def _quiet(pace: Pace, at: datetime, there: ZoneInfo) -> Wait | None:
    """What the clock on the wall shows decides: an hour that comes twice is quiet twice."""
    if pace.quiet_from == _NONE or not _rests(pace, _minute(at, there)):
        return None
    return Wait(_leaves(at, there, pace.quiet_to, lambda m: _rests(pace, _minute(m, there))), "quiet")


def _leaves(at: datetime, there: ZoneInfo, minute: int, inside: Callable[[datetime], bool]) -> datetime:
    """The first moment after `at` that is no longer `inside`: at `minute` of the wall clock, if nobody changes it."""
    start = at.replace(second=0, microsecond=0)
    end = start + _MINUTE * ((minute - _minute(at, there) - 1) % DAY + 1)
    if end.astimezone(there).utcoffset() == at.astimezone(there).utcoffset():
        return end
    steps = (start + _MINUTE * n for n in range(1, _SCAN))  # summer time begins or ends in between
    return next((moment for moment in steps if not inside(moment)), end)


def _minute(at: datetime, there: ZoneInfo) -> int:
    local = at.astimezone(there)
    return local.hour * 60 + local.minute


def _rests(pace: Pace, minute: int) -> bool:
    if pace.quiet_from < pace.quiet_to:
        return pace.quiet_from <= minute < pace.quiet_to
    return minute >= pace.quiet_from or minute < pace.quiet_to


def hours(text: str) -> tuple[int, int]:
    """"23:00-07:00" as minutes of the day, (-1, -1) for ""; Refused when unreadable."""
    if not text:
        return _NONE, _NONE
    if not (found := _HOURS.fullmatch(text.replace("–", "-").replace(" ", ""))):
        raise Refused(error("pace.quiet", "quiet"))
    first, second, third, fourth = (int(part) for part in found.groups())
    return first * 60 + second, third * 60 + fourth


def hours_text(pace: Pace) -> str:
    """"23:00-07:00", or "" when no hour is quiet."""
    if pace.quiet_from == _NONE:
        return ""
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (pace.quiet_from, pace.quiet_to))


def pace_to_json(pace: Pace) -> dict[str, Any]:
    return {
        "gap": pace.gap, "jitter": pace.jitter, "daily": pace.daily,
        "quiet_from": pace.quiet_from, "quiet_to": pace.quiet_to,
    }


def pace_from_json(data: Mapping[str, Any]) -> Pace:
    """Refused when a number is missing, is none, or is unfit."""
    names = ("gap", "jitter", "daily", "quiet_from", "quiet_to")
    if wrong := [name for name in names if type(data.get(name)) is not int]:
        raise Refused(*(error(f"pace.{name.partition('_')[0]}", name, most=MOST.get(name, DAY - 1)) for name in wrong))
    return checked(Pace(*(data[name] for name in names)))
