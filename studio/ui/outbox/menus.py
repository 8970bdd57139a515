"""The menus of the outbox: everything that can be done with a delivery, and what can be held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from studio.core.delivery import State
from studio.core.hold import Hold, account_scope, platform_scope
from studio.ui.calendar.model import STOPPABLE
from studio.ui.calendar.month import MOVABLE
from studio.ui.i18n import tr
from studio.ui.outbox.rows import snug
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.core.delivery import Delivery
    from studio.ui.accounts.looks import Look
    from studio.ui.theme import Theme


def delivery_menu(
    parent: QWidget, theme: Theme, delivery: Delivery, page: bool, writable: bool, run: Callable[[str], object]
) -> QMenu:
    """Everything but a second send, which the box asks for in its order."""
    made = menu(parent)

    def entry(key: str, words: str, icon: str, on: bool = True, danger: bool = False) -> None:
        add(made, theme, words, icon, partial(run, key), danger=danger).setEnabled(on)

    entry("open", tr("outbox", "Open the draft"), "pen-line")
    entry("see", tr("outbox", "Open post"), "external-link", bool(delivery.url))
    entry("copy", tr("outbox", "Copy link"), "copy", bool(delivery.url))
    entry("page", tr("outbox", "Open the account’s page"), "globe", page)
    made.addSeparator()
    if delivery.state is State.WAITING:
        entry("start", tr("outbox", "Post it by hand now"), "hand", writable)
        entry("resume", tr("outbox", "Prepare it again"), "repeat-2", writable)
    entry("look", tr("outbox", "Look it up again"), "search", writable and delivery.state is State.UNCONFIRMED)
    entry("time", tr("outbox", "Change time…"), "calendar-clock", writable and delivery.state in MOVABLE)
    leave = tr("outbox", "Give it up…") if delivery.state is State.UNCONFIRMED else tr("outbox", "Take off")
    entry("leave", leave, "ban", writable and delivery.state in STOPPABLE, True)
    made.addSeparator()
    entry("report", tr("outbox", "Copy report"), "clipboard-copy")
    return made


def hold_words(hold: Hold, places: Sequence[tuple[str, Look]]) -> str:
    """What a hold covers."""
    kind, _, id = hold.scope.partition(":")
    if kind == "platform":
        name = next((look.platform for platform, look in places if platform == id), id)
    elif kind == "account":
        name = next((look.title for _, look in places if look.id == id), id)
    else:
        return tr("outbox", "Everything is on hold")
    return snug(tr("outbox", "{name} is on hold", name=name))


def hold_menu(
    parent: QWidget, theme: Theme, holds: Sequence[Hold], places: Sequence[tuple[str, Look]],
    run: Callable[[str], object], end: Callable[[str], object],
) -> QMenu:
    """What can be held, and the holds that can be ended. `run` and `end` get the scope."""
    made = menu(parent)
    active = {hold.scope for hold in holds}
    for hold in holds:
        words = tr("outbox", "End this hold: {what}", what=hold_words(hold, places))
        add(made, theme, words, "play", partial(end, hold.scope))
    if holds:
        made.addSeparator()
    for scope, words in _scopes(places):
        add(made, theme, words, "circle-pause", partial(run, scope)).setEnabled(scope not in active)
    return made


def _scopes(places: Sequence[tuple[str, Look]]) -> list[tuple[str, str]]:
    found = [("", tr("outbox", "Hold everything…"))]
    platforms = {id: look.platform for id, look in places}
    if len(platforms) > 1:
        found += [(platform_scope(id), snug(tr("outbox", "Hold {name}…", name=name))) for id, name in platforms.items()]
    if len(places) > 1:
        found += [(account_scope(look.id), tr("outbox", "Hold {name}…", name=f"{look.title} · {look.platform}"))
                  for _, look in places]  # fmt: skip
    return found
