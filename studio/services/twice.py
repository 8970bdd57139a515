"""One post goes to one account once at a time: what refuses the second, and the sign that somebody else took over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from studio.core.delivery import MAYBE_LIVE, SENDING, Delivery, State
from studio.core.errors import Refused
from studio.core.finding import error

ON_ITS_WAY = frozenset({State.SCHEDULED, State.HELD, State.DUE, *SENDING, State.UNCONFIRMED, State.WAITING})


class MovedOn(Refused):
    """Somebody else moved the delivery: whoever hears this has lost it and must leave it as it is."""


def alone(others: Sequence[Delivery]) -> None:
    """Refused when one of these is on its way or waits in the calendar."""
    for other in others:
        if other.state in ON_ITS_WAY:
            raise Refused(error("delivery.already_open", "delivery", id=other.id, state=other.state.value))


def not_live(others: Sequence[Delivery], since: datetime | None = None) -> None:
    """Refused when one of these went live (after `since`, where it is given), or was given up unconfirmed."""
    for other in others:
        if other.state is State.CANCELLED and other.handles.get(MAYBE_LIVE):
            raise Refused(error("delivery.maybe_live", "delivery", id=other.id))
        # Of a thread the first links, whatever came after; what was handed over cannot be read, and may well be live.
        live = other.state in (State.PUBLISHED, State.HANDED_OVER) or other.link > 0
        if live and (since is None or other.updated > since):
            raise Refused(error("delivery.already_published", "delivery", id=other.id, url=other.url))


def anew(delivery: Delivery) -> Callable[[Sequence[Delivery]], None]:
    """The check of a delivery that shall go out after all: its post may have gone there another way.

    Only for one that was wanted although the post was live does the clock decide, which may have been set back.
    """
    def check(others: Sequence[Delivery]) -> None:
        alone(others)
        not_live(others, delivery.created if delivery.again else None)

    return check
