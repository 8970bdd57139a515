"""How posts get to an account: by the API, led by hand, or as a folder. Each says honestly what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from studio.ui import text
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, name
from studio.ui.widgets.marks import mode_parts

if TYPE_CHECKING:
    from studio.ui.theme import Theme

PAD, DOT, GAP = 12, 16, 10


def way_words(mode: str) -> str:
    """What that way means for the person."""
    return {
        "api": tr("accounts", "Goes out by itself at its time and is read back. You sign in once."),
        "assisted": tr("accounts", "Files and texts lie ready at its time; you post them, step by step."),
        "kit": tr("accounts", "A folder with everything in order, to post from any computer."),
    }[mode]  # fmt: skip


class _Way(QAbstractButton):
    """A radio button with its mode's icon, name and sentence."""

    def __init__(self, theme: Theme, mode: str) -> None:
        super().__init__()
        self._theme, self.mode = theme, mode
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        name(self, mode_parts(theme, mode)[1], way_words(mode))

    def hasHeightForWidth(self) -> bool:
        """Its sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Name and sentence."""
        inner = width - self._left() - PAD
        return self._theme.line("body") + text.height(self._theme, way_words(self.mode), "small", inner) + 20

    def sizeHint(self) -> QSize:
        """As high as it is wide now."""
        return QSize(320, self.heightForWidth(self.width() if self.width() > 100 else 472))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, theme, on = QPainter(self), self._theme, self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("accent" if on else "line-2"), 1))
        ground = "accent-tint" if on else "hover" if self.underMouse() and self.isEnabled() else "surface"
        painter.setBrush(theme.color(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        line = theme.line("body")
        self._paint_dot(painter, 10 + line / 2, on)
        left, wide = self._left(), self.width() - self._left() - PAD
        icon, words, _, _ = mode_parts(theme, self.mode)
        side = theme.icon_size(14)
        theme.draw_icon(painter, QRectF(left, 10, side, line), icon, 14, "text" if on else "text-2")
        text.paint_line(painter, theme, QRectF(left + side + 6, 10, wide - side - 6, line), words, "body", "text", 600)
        text.paint(painter, theme, QRectF(left, 10 + line, wide, 999), way_words(self.mode), "small", "text-2")

    def _left(self) -> int:
        return PAD + self._theme.icon_size(DOT) + GAP

    def _paint_dot(self, painter: QPainter, middle: float, on: bool) -> None:
        side = self._theme.icon_size(DOT)
        round_ = QRectF(PAD + 0.75, middle - side / 2 + 0.75, side - 1.5, side - 1.5)
        painter.setPen(QPen(self._theme.color("accent" if on else "control"), 1.5))
        painter.setBrush(self._theme.color("accent" if on else "surface"))
        painter.drawEllipse(round_)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("on-accent"))
            painter.drawEllipse(round_.center(), side * 0.19, side * 0.19)


class WayChoice(QWidget):
    """Radio buttons, one under the other; arrows move between them. chosen(mode)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[str, _Way] = {}
        self._group: QButtonGroup | None = None
        self._column = column(gap=6)
        self.setLayout(self._column)
        name(self, tr("accounts", "How posts get there"))

    @property
    def value(self) -> str:
        """The mode that is chosen; "" for none."""
        return next((mode for mode, button in self.buttons.items() if button.isChecked()), "")

    def show_modes(self, modes: Sequence[str]) -> None:
        """These, the first chosen."""
        for old in self.buttons.values():
            old.hide()
            old.deleteLater()
        self._group = QButtonGroup(self)
        self.buttons = {mode: _Way(self._theme, mode) for mode in modes}
        for mode, button in self.buttons.items():
            self._group.addButton(button)
            self._column.addWidget(button)
            button.show()
            button.clicked.connect(lambda _=False, mode=mode: self.chosen.emit(mode))
        if modes:
            self.buttons[modes[0]].setChecked(True)

    def set_value(self, mode: str) -> None:
        """Choose one without telling."""
        self.buttons[mode].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, as in any group of radio buttons."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}.get(
            Qt.Key(event.key()), 0)
        if not step or not self.buttons:
            super().keyPressEvent(event)
            return
        modes = list(self.buttons)
        mode = modes[(modes.index(self.value) + step) % len(modes)]
        self.buttons[mode].setFocus(Qt.FocusReason.TabFocusReason)
        self.buttons[mode].click()
