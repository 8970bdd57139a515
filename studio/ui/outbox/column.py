"""The left column: head with filter and hold, search, what is on hold, and the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.core.delivery import SENDING, State
from studio.services.outbox import Asked
from studio.ui.i18n import tr
from studio.ui.outbox.listing import OutboxList
from studio.ui.widgets.base import Live, column, ground, name, row
from studio.ui.widgets.button import Link, ToolButton
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import SearchField
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from studio.ui.accounts.looks import Look
    from studio.ui.theme import Theme

ALONE = (State.WAITING, State.UNCONFIRMED, State.FAILED, State.MISSED, State.HELD, State.SCHEDULED)
FILTERS: Final[tuple[tuple[str, frozenset[State]], ...]] = (
    *((state.value, frozenset({state})) for state in ALONE), ("staging", SENDING | {State.DUE}),
    ("published", frozenset({State.PUBLISHED, State.HANDED_OVER})), ("cancelled", frozenset({State.CANCELLED})),
)  # fmt: skip


class HoldStrip(QWidget):
    """One hold that is active: what rests and why, and the way to end it. ended(): the person asks for that."""

    ended = Signal()

    def __init__(self, theme: Theme, words: str, reason: str) -> None:
        super().__init__()
        from studio.ui.accounts.detail import Icon

        ground(self, "window")
        held = theme.state("held")
        self.link = Link(theme, tr("outbox", "End"), tall=True)
        self.link.clicked.connect(self.ended)
        name(self.link, tr("outbox", "End this hold: {what}", what=words))
        texts = column(ElidedLabel(words, "small", "text", 600), gap=0)
        if reason:
            texts.addWidget(ElidedLabel(reason, "caption", "text-2"))
        line = row(Icon(theme, held.icon, 16, "text-2"), texts, self.link, gap=10, margins=(16, 6, 14, 6))
        line.setStretch(1, 1)
        self.setLayout(line)
        name(self, f"{words}. {reason}".strip())


class OutboxColumn(Live, QWidget):
    """asked(): something else is wanted; read `wanted`. hold_asked(anchor): the hold button."""

    asked = Signal()
    hold_asked = Signal(QPoint)
    hold_ended = Signal(str)

    def __init__(self, theme: Theme, listing: OutboxList, places: Callable[[], Sequence[tuple[str, Look]]]) -> None:
        super().__init__()
        self._theme, self._places = theme, places
        self._states: tuple[str, frozenset[State] | None] = ("", None)
        self._account, self._platform = "", ""
        self.list = listing
        self.title = Label("", "heading")
        self.filter = ToolButton(theme, "list-filter")
        self.hold = ToolButton(theme, "circle-pause")
        self.search = SearchField(theme)
        self.none = EmptyState(theme, "search", kind="secondary")
        self.pages = QStackedWidget()
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.none)
        self._strips = column(gap=1)
        self._shown_strips: list[HoldStrip] = []
        self._top = QWidget()
        self._top.setLayout(row(self.title, None, self.filter, self.hold, gap=4, margins=(16, 0, 12, 0)))
        ground(self, "sunken")
        self.setLayout(column(
            self._top, column(self.search, margins=(12, 0, 12, 8)), self._strips, self.pages, gap=0))
        self.search.searched.connect(lambda _: self.asked.emit())
        self.filter.clicked.connect(lambda: self.filter_menu().popup(_below(self.filter)))
        self.hold.clicked.connect(lambda: self.hold_asked.emit(_below(self.hold)))
        self.none.acted.connect(self.clear)
        self.retranslate()

    @property
    def wanted(self) -> Asked:
        """What the person wants to see."""
        return Asked(self.search.text().strip(), self._states[1], self._account, self._platform)

    def clear(self) -> None:
        """Everything again."""
        self.search.clear()
        self._states, self._account, self._platform = ("", None), "", ""
        self._changed()

    def set_state(self, key: str, states: frozenset[State] | None) -> None:
        """Only these states; None for all."""
        self._states = (key, states)
        self._changed()

    def set_account(self, id: str) -> None:
        """Only this account; "" for all."""
        self._account, self._platform = id, ""
        self._changed()

    def set_platform(self, id: str) -> None:
        """Only this platform; "" for all."""
        self._platform, self._account = id, ""
        self._changed()

    def show_found(self, found: bool) -> None:
        """The list, or that nothing fits what was asked for."""
        self.pages.setCurrentIndex(0 if found else 1)

    def show_holds(self, holds: Sequence[tuple[str, str, str]]) -> None:
        """The active holds as (scope, words, reason)."""
        from studio.ui.accounts.detail import clear

        clear(self._strips)
        self._shown_strips = []
        for scope, words, reason in holds:
            strip = HoldStrip(self._theme, words, reason)
            strip.ended.connect(partial(self.hold_ended.emit, scope))
            self._strips.addWidget(strip)
            self._shown_strips.append(strip)
        self.hold.set_dot(bool(holds))

    def strips(self) -> list[HoldStrip]:
        """The holds that are shown."""
        return self._shown_strips

    def focus_search(self) -> None:
        """Ctrl+F."""
        from PySide6.QtCore import Qt

        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def filter_menu(self) -> QMenu:
        """What the list can be narrowed to. `places`: platform ids and looks of the accounts."""
        made = menu(self)
        self._entry(made, tr("outbox", "Everything"), "", not self.wanted.narrow, self.clear)
        made.addSeparator()
        for key, states in FILTERS:
            look = self._theme.state(key)
            self._entry(made, look.words, look.icon, self._states[0] == key, partial(self.set_state, key, states))
        if len(places := self._places()) > 1:
            made.addSeparator()
            self._add_places(made, places)
        return made

    def _add_places(self, made: QMenu, places: Sequence[tuple[str, Look]]) -> None:
        platforms = {id: look.platform for id, look in places}
        for id, words in platforms.items() if len(platforms) > 1 else ():
            self._entry(made, words, "globe", self._platform == id, partial(self.set_platform, id))
        for _, look in places:
            words = f"{look.title} · {look.platform}"
            self._entry(made, words, "circle-user-round", self._account == look.id, partial(self.set_account, look.id))

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("outbox", "Outbox"))
        self.filter.set_tip(tr("outbox", "Show by state, account or platform"))
        self.hold.set_tip(tr("outbox", "Hold…"))
        self.search.setPlaceholderText(tr("outbox", "Search posts, accounts, links"))
        name(self.search, tr("outbox", "Search deliveries"))
        name(self.list, tr("outbox", "Deliveries"))
        self.none.say(tr("outbox", "No delivery fits this search."), tr("outbox", "Show everything"))
        self.restyle()

    def restyle(self) -> None:
        """The head grows with the text; rows take their height anew."""
        self._top.setFixedHeight(self._theme.px(52))
        self.list.doItemsLayout()

    def _entry(self, made: QMenu, words: str, icon: str, on: bool, run: Callable[[], object]) -> None:
        entry = add(made, self._theme, words, icon, run)
        entry.setCheckable(True)
        entry.setChecked(on)

    def _changed(self) -> None:
        self.filter.set_dot(self.wanted.states is not None or bool(self._account or self._platform))
        self.asked.emit()


def _below(widget: QWidget) -> QPoint:
    return widget.mapToGlobal(QPoint(0, widget.height() + 4))
