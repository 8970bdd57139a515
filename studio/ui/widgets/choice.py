"""Choosing: segments for two to six, a switch that acts at once, a combo for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from studio.ui.text import paint_line, put
from studio.ui.widgets.base import dress, row

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class _Segment(QAbstractButton):
    def __init__(self, theme: Theme, key: str, icon: str) -> None:
        super().__init__()
        self.theme, self.key, self.icon_name = theme, key, icon
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 5)

    def sizeHint(self) -> QSize:
        icon = self.theme.icon_size(14) if self.icon_name else 0
        gap = 6 if icon and self.text() else 0
        wide = self.theme.width("small", self.text(), 600) + icon + gap + self.theme.icon_size(20)
        return QSize(wide, self.theme.px(24))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on:
            painter.setPen(QPen(self.theme.color("line"), 1) if not self.theme.dark else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("line-2" if self.theme.dark else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        ink = self.theme.color("text" if on else "text-2" if self.isEnabled() else "text-3")
        rect = QRectF(self.rect())
        if self.icon_name:
            side = self.theme.icon_size(14)
            left = 10.0 if self.text() else (self.width() - side) / 2
            self.theme.draw_icon(painter, QRectF(left, 0, side, rect.height()), self.icon_name, 14, ink)
            rect.setLeft(left + side + 6 - 10)
        painter.setFont(self.theme.font("small", 600 if on else 400))
        painter.setPen(ink)
        put(painter, rect, self.text(), Qt.AlignmentFlag.AlignHCenter)


class Segments(QWidget):
    """Two to six choices side by side; arrows move between them.

    `Segments(theme, [("month", "Month"), ("week", "Week")])`; `chosen(key)` fires when the person changes it.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Iterable[tuple[str, str]] = (), icons: Sequence[str] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, _Segment] = {}
        layout = row(gap=2, margins=(3, 3, 3, 3))
        for number, (key, text) in enumerate(choices):
            button = _Segment(theme, key, icons[number] if number < len(icons) else "")
            button.setText(text)
            button.setAccessibleName(text)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            layout.addWidget(button)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if self._buttons:
            self.set_value(next(iter(self._buttons)))

    @property
    def value(self) -> str:
        """Key of the choice that is on."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Turn a choice on without telling `chosen`. KeyError for another key."""
        self._buttons[key].setChecked(True)

    def set_texts(self, texts: dict[str, str]) -> None:
        """New words per key (for `retranslate`)."""
        for key, text in texts.items():
            self._buttons[key].setText(text)
            self._buttons[key].setAccessibleName(text)
            self._buttons[key].updateGeometry()

    def set_names(self, names: dict[str, str]) -> None:
        """What choices that are drawn as icons alone are called: for tool tips and screen readers."""
        for key, words in names.items():
            self._buttons[key].setToolTip(words)
            self._buttons[key].setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the trough."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("press"))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)


class Switch(QCheckBox):
    """On or off, acting at once: `toggled(bool)`. Its words are its label."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        dress(self, kind="switch")
        self.setProperty("ring", 8)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Without words there is no gap beside the switch, so it aligns at the right of a row."""
        hint = super().sizeHint()
        if not self.text():
            hint.setWidth(self.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, self))
        return hint


class Combo(QComboBox):
    """A list to choose one of more than six from, with our chevron. Items carry their key as data.

    `Combo(theme, [("all", "Everyone"), ("friends", "Friends")])`; `chosen(key)` fires when the person changes it.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, choices: Iterable[tuple[str, str]] = (), icon: str = "") -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.set_choices(choices)
        self.activated.connect(lambda index: self.chosen.emit(str(self.itemData(index))))

    @property
    def value(self) -> str:
        """Key of the item that is shown; "" for none."""
        return str(self.currentData() or "")

    def set_value(self, key: str) -> None:
        """Show an item without telling `chosen`."""
        self.setCurrentIndex(self.findData(key))

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Replace the items; the chosen key stays chosen when it is still there."""
        before = self.value
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        if before and self.findData(before) >= 0:
            self.set_value(before)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box by the style sheet, then icon, words and chevron."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        left = 10
        if self._icon:
            side = self._theme.icon_size(16)
            self._theme.draw_icon(painter, QRectF(left, 0, side, self.height()), self._icon, 16, "text-2")
            left += side + 8
        ink = "text" if self.isEnabled() else "text-3"
        rect = QRectF(left, 0, self.width() - left - 30, self.height())
        paint_line(painter, self._theme, rect, self.currentText(), "body", ink)
        self._theme.draw_icon(painter, QRectF(self.width() - 26, 0, 18, self.height()), "chevron-down", 14, "text-2")

    def sizeHint(self) -> QSize:
        """Wide enough for the longest item, up to 320 px."""
        widest = max((self._theme.width("body", self.itemText(i)) for i in range(self.count())), default=40)
        icon = self._theme.icon_size(16) + 8 if self._icon else 0
        return QSize(min(round(320 * max(1.0, self._theme.scale)), widest + icon + 46), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(72, super().minimumSizeHint().height())
