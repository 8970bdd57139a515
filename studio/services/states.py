"""What may only be done with a delivery in certain states."""

from __future__ import annotations

from collections.abc import Collection

from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.finding import error


def expect(delivery: Delivery, states: Collection[State]) -> Delivery:
    """The same delivery. Refused (delivery.wrong_state) when it is in none of these."""
    if delivery.state not in states:
        raise wrong_state(delivery, states)
    return delivery


def wrong_state(delivery: Delivery, states: Collection[State]) -> Refused:
    """That it would have to be in one of these."""
    wanted = ", ".join(state.value for state in states)
    return Refused(error(
        "delivery.wrong_state", "delivery", id=delivery.id, state=delivery.state.value, wanted=wanted))
