"""F1: which keys do what, here and everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.actions import Action, keys_of
from studio.ui.i18n import said, tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import column
from studio.ui.widgets.label import KeyCap, Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme


def keys_sheet(theme: Theme, here: Iterable[Action], everywhere: Iterable[Action]) -> Sheet:
    """A sheet that lists the keys of the pane and of the window."""
    sheet = Sheet(theme, tr("keys", "Keys"), width=520, padding=0)
    scroll = ScrollColumn(theme, padding=24, gap=24)
    for title, actions in ((tr("keys", "In this pane"), here), (tr("keys", "Everywhere"), everywhere)):
        if rows := [action for action in actions if action.shortcut]:
            scroll.column.addWidget(_group(theme, title, rows))
    scroll.column.addStretch(1)
    sheet.set_body(scroll)
    return sheet


def _group(theme: Theme, title: str, actions: list[Action]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    for number, action in enumerate(actions):
        name = Label(said(action.text), "body", "text-2")
        cap = KeyCap(theme, keys_of(action))
        cap.setAccessibleName(keys_of(action))
        grid.addWidget(name, number, 0)
        grid.addWidget(cap, number, 1, Qt.AlignmentFlag.AlignRight)
    group = QWidget()
    group.setLayout(column(Label(title, "small", "text", 600), grid, gap=8))
    return group
