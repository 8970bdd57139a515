"""What can be done in the Outbox, as data: menus, keys and Ctrl+K read it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studio.core.delivery import State
from studio.ui.actions import Action
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.ui.outbox.pane import OutboxPane

KEYWORDS = "outbox fj fajian delivery"


def commands(pane: OutboxPane) -> list[Action]:
    """The actions of the pane."""
    def one() -> bool:
        return pane.opened is not None

    def linked() -> bool:
        return pane.opened is not None and bool(pane.opened.item.delivery.url)

    def unsure() -> bool:
        return pane.opened is not None and pane.opened.item.delivery.state is State.UNCONFIRMED

    def by_hand() -> bool:
        return pane.opened is not None and pane.opened.item.delivery.state is State.WAITING

    def free() -> bool:
        return not pane.desk.read_only

    act = pane.acting
    return [
        Action("outbox.search", N("outbox", "Search deliveries"), pane.column.focus_search, "Ctrl+F", "search",
               keywords=f"{KEYWORDS} ss sousuo find"),
        Action("outbox.needs", N("outbox", "Go to what needs you"), pane.go_to_needs, "F8", "hand",
               keywords=f"{KEYWORDS} unconfirmed failed dns dengni"),
        Action("outbox.start", N("outbox", "Post it by hand now"), partial(act.do, "start"), "Ctrl+Shift+H", "hand",
               lambda: by_hand() and free(), f"{KEYWORDS} ds dongshou xz xiezhu assisted"),
        Action("outbox.look", N("outbox", "Look it up again"), partial(act.do, "look"), "F5", "search",
               lambda: unsure() and free(), f"{KEYWORDS} ck chakan"),
        Action("outbox.see", N("outbox", "Open post"), partial(act.do, "see"), "Ctrl+Shift+O", "external-link",
               linked, f"{KEYWORDS} dk dakai browser"),
        Action("outbox.copy", N("outbox", "Copy link"), partial(act.do, "copy"), "", "copy", linked,
               f"{KEYWORDS} fz fuzhi"),
        Action("outbox.report", N("outbox", "Copy report"), partial(act.do, "report"), "Ctrl+Shift+C",
               "clipboard-copy", one, f"{KEYWORDS} bg baogao"),
        Action("outbox.open", N("outbox", "Open the draft"), partial(act.do, "open"), "", "pen-line", one,
               f"{KEYWORDS} gj gaojian edit"),
        Action("outbox.hold", N("outbox", "Hold everything…"), partial(act.ask_hold, ""), "", "circle-pause",
               free, f"{KEYWORDS} zt zanting pause stop"),
    ]  # fmt: skip
