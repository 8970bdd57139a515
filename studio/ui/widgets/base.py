"""What every widget of ours shares: words that follow the language, properties that restyle, layouts without fuss."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from studio.ui.widgets.live import Live as Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme

L = TypeVar("L", bound=QBoxLayout)


class Pane(Live, QWidget):
    """Base of a pane: has the theme and a ground of one colour token."""

    def __init__(self, theme: Theme, background: str = "surface", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        ground(self, background)


def dress(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties (`kind`, `tone`, `role`, `size`, ...) and restyle the widget if one changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def ground(widget: QWidget, token: str) -> QWidget:
    """Fill a plain widget with `window`, `surface`, `sunken`, `raised`, `stage` or `none`."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    dress(widget, ground=token)
    return widget


def name(widget: QWidget, text: str, hint: str = "") -> None:
    """The name a screen reader says, and what the control is for."""
    widget.setAccessibleName(text)
    widget.setAccessibleDescription(hint)


Item = QWidget | QLayout | int | None


def row(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row: widgets, layouts, an int for extra space in px, None for a stretch."""
    return _fill(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column: widgets, layouts, an int for extra space in px, None for a stretch."""
    return _fill(QVBoxLayout(), items, gap, margins)


def _fill(layout: L, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def hairline(vertical: bool = False, token: str = "line") -> QFrame:
    """A divider one px thick."""
    line = QFrame()
    line.setFixedWidth(1) if vertical else line.setFixedHeight(1)
    line.setObjectName("hairline")
    ground(line, token)
    return line
