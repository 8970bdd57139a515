"""Which of a post's deliveries matters most now, as one number that a database can take the minimum of.

The number is the state's rank and, within it, the delivery's time: the earliest of those still ahead, the
latest of those that are over. One indexed column answers "what shall the list show" for thousands of posts.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from studio.core.delivery import State
from studio.store import moments

S = State
# First what needs a person, then what is under way, then what waits, then what is over.
ORDER: tuple[State, ...] = (
    S.UNCONFIRMED, S.FAILED, S.MISSED, S.WAITING, S.HELD,
    S.COMMITTING, S.STAGING, S.PREPARING, S.PROCESSING, S.DUE,
    S.SCHEDULED, S.DRAFT, S.HANDED_OVER, S.PUBLISHED, S.CANCELLED,
)
_OVER = frozenset({S.HANDED_OVER, S.PUBLISHED, S.CANCELLED})
_RANK = {state: rank for rank, state in enumerate(ORDER)}
_START = datetime.min.replace(tzinfo=UTC)
_SPAN = 400_000_000_000_000_000  # more than the microseconds from year 1 to 9999; 15 spans fit 63 bits


def urgency(state: State, at: datetime) -> int:
    """Smaller is more urgent."""
    place = moments.to_number(at) - moments.FIRST
    return _RANK[state] * _SPAN + (_SPAN - 1 - place if state in _OVER else place)


def read(number: int) -> tuple[State, datetime]:
    """The state and the moment that made this number."""
    rank, place = divmod(number, _SPAN)
    state = ORDER[rank]
    if state in _OVER:
        place = _SPAN - 1 - place
    return state, _START + timedelta(0, 0, place)


def span(state: State) -> tuple[int, int]:
    """The least and the greatest number of that state."""
    low = _RANK[state] * _SPAN
    return low, low + _SPAN - 1
