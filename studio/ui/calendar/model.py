"""What the calendar shows, read from the services: quick reads of one month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from studio.core.delivery import Delivery, State
from studio.ui.accounts.looks import Look, find
from studio.ui.calendar.month import Item
from studio.ui.i18n import tr
from studio.ui.moments import clock, local

if TYPE_CHECKING:
    from studio.services.calendar import Entry

STOPPABLE = frozenset({
    State.SCHEDULED, State.HELD, State.DUE, State.FAILED, State.MISSED, State.UNCONFIRMED, State.WAITING,
    State.HANDED_OVER,
})  # fmt: skip
"""States that can be taken off the calendar (`services.publishing` refuses the others)."""

SAFE: Mapping[State, str] = {
    State.PUBLISHED: "see",
    State.UNCONFIRMED: "look",
    State.FAILED: "send",
    State.MISSED: "send",
    State.WAITING: "hand",
    State.HANDED_OVER: "see",
}
"""State -> its one safe action; every other state opens the post."""


def item(entry: Entry, known: Mapping[str, Look], zone: tzinfo) -> Item:
    """A delivery of the calendar as the grid shows it."""
    d = entry.delivery
    shown = find(known, d.account, d.platform)
    return Item(
        d.id, d.post, d.account, d.state, d.at, local(d.at, zone).date(), clock(d.at, zone),
        entry.heading or tr("calendar", "Untitled"), shown.initial, shown.colour,
        d.clock == "platform" and d.state is State.SCHEDULED,
    )  # fmt: skip


def items(entries: Iterable[Entry], known: Mapping[str, Look], zone: tzinfo) -> list[Item]:
    """Deliveries as the grid shows them."""
    return [item(entry, known, zone) for entry in entries]


def safe_action(delivery: Delivery) -> str:
    """"see" (open it on the platform), "look", "send", "hand" (post it by hand) or "open" (the post)."""
    action = SAFE.get(delivery.state, "open")
    return "open" if action == "see" and not delivery.url else action


def first_weekday(language: str) -> int:
    """The day a week begins with, 1 (Monday) to 7: Monday in Chinese, the computer's custom in English."""
    system = QLocale.system()
    if language.startswith("zh") or system.language() != QLocale.Language.English:
        return 1
    return int(system.firstDayOfWeek().value)
