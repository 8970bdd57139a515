"""Moments as whole numbers: microseconds since 1970, UTC. Exact, sortable and the same in every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def to_number(moment: datetime) -> int:
    """Microseconds since 1970 of an aware moment; TypeError for a naive one."""
    return (moment - _EPOCH) // _MICROSECOND


def from_number(number: int) -> datetime:
    """The moment, in UTC."""
    return _EPOCH + timedelta(0, 0, number)


def maybe(number: int | None) -> datetime | None:
    """`from_number`, or None for None."""
    return None if number is None else from_number(number)
