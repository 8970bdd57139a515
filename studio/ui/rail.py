"""The rail at the left: the seal, one entry per pane, settings at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.i18n import said, tr
from studio.ui.text import put
from studio.ui.widgets.base import Live, ground
from studio.ui.widgets.marks import paint_badge

if TYPE_CHECKING:
    from studio.ui.pane_spec import PaneSpec
    from studio.ui.theme import Theme

WIDE, NARROW = 64, 48


class RailButton(QAbstractButton):
    """One entry: icon 20 and its name in 11 px; the name becomes a tool tip when the rail is narrow."""

    def __init__(self, theme: Theme, spec: PaneSpec, shortcut: str) -> None:
        super().__init__()
        self._theme, self.spec, self._keys = theme, spec, shortcut
        self.narrow, self.badge = False, 0
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 8)

    def name(self) -> None:
        """Take the name in the language in use."""
        words = said(self.spec.title)
        self.setText(words)
        badge = tr("window", "%n need you", n=self.badge) if self.badge else ""
        self.setAccessibleName(", ".join(part for part in (words, badge) if part))
        keys = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{words}  {keys}".strip())

    def sizeHint(self) -> QSize:
        """56x52 with its name, 40x40 without, at 100 %."""
        if self.narrow:
            return QSize(40, 40)
        wide = max(self._theme.px(56), self._theme.width("caption", self.text(), 600) + 4)
        return QSize(wide, self._theme.icon_size(20) + self._theme.line("caption") + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, name and badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, on = self._theme, self.isChecked()
        token = "accent-tint" if on else "press" if self.isDown() or self.underMouse() else ""
        if token:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(token))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        ink = theme.color("accent-text" if on else "text-2")
        side = theme.icon_size(20)
        top = (self.height() - side) / 2 if self.narrow else 7.0
        icon = QRectF((self.width() - side) / 2, top, side, side)
        theme.draw_icon(painter, icon, self.spec.icon, 20, ink)
        if not self.narrow:
            painter.setFont(theme.font("caption", 600 if on else 400))
            painter.setPen(ink)
            place = QRectF(0, icon.bottom() + 2, self.width(), theme.line("caption"))
            put(painter, place, self.text(), Qt.AlignmentFlag.AlignHCenter)
        if self.badge:
            paint_badge(painter, theme, QPointF(icon.right() + 2, icon.top()), str(min(self.badge, 99)))


class _Seal(QAbstractButton):
    """The seal mark; it opens the menu with everything there is to do."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 6)

    def sizeHint(self) -> QSize:
        side = self._theme.icon_size(32)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._theme.draw_seal(QPainter(self), QRectF(self.rect()))


class Rail(Live, QWidget):
    """`chosen(pane_id)` when the person picks a pane, `menu_asked` from the seal. Up and down move between entries."""

    chosen = Signal(str)
    menu_asked = Signal()

    def __init__(self, theme: Theme, panes: list[PaneSpec], shortcuts: dict[str, str]) -> None:
        super().__init__()
        self._theme = theme
        ground(self, "window")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._narrow = False
        self.seal = _Seal(theme)
        self.seal.clicked.connect(self.menu_asked)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 12, 0, 10)
        self._layout.setSpacing(2)
        self._layout.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addSpacing(12)
        for spec in [pane for pane in panes if not pane.at_foot]:
            self._add(spec, shortcuts.get(spec.id, ""))
        self._layout.addStretch(1)
        for spec in [pane for pane in panes if pane.at_foot]:
            self._add(spec, shortcuts.get(spec.id, ""))
        self.retranslate()

    @property
    def buttons(self) -> dict[str, RailButton]:
        """The entries by pane id."""
        return dict(self._buttons)

    def set_current(self, pane: str) -> None:
        """Mark the pane that is shown."""
        self._buttons[pane].setChecked(True)

    def set_badge(self, pane: str, count: int) -> None:
        """How many things in a pane need the person."""
        self._buttons[pane].badge = count
        self._buttons[pane].name()
        self._buttons[pane].update()

    def set_narrow(self, narrow: bool) -> None:
        """Without names, 48 px: for the smallest window."""
        if narrow != self._narrow:
            self._narrow = narrow
            for button in self._buttons.values():
                button.narrow = narrow
                button.updateGeometry()
            self._measure()

    def retranslate(self) -> None:
        """Take the names in the language in use."""
        self.setAccessibleName(tr("window", "Panes"))
        self.seal.setAccessibleName(tr("window", "Menu"))
        self.seal.setToolTip(tr("window", "Menu") + "  F10")
        for button in self._buttons.values():
            button.name()
            button.updateGeometry()
        self._measure()

    def restyle(self) -> None:
        """Take the width for the text scale."""
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, without wrapping."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        buttons = list(self._buttons.values())
        at = next((number for number, button in enumerate(buttons) if button.hasFocus()), None)
        if step and at is not None:
            buttons[max(0, min(len(buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Names may grow with the language."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()
        return super().event(event)

    def _add(self, spec: PaneSpec, shortcut: str) -> None:
        button = RailButton(self._theme, spec, shortcut)
        button.clicked.connect(lambda _=False, pane=spec.id: self.chosen.emit(pane))
        self._group.addButton(button)
        self._buttons[spec.id] = button
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _measure(self) -> None:
        widest = max((button.sizeHint().width() for button in self._buttons.values()), default=0)
        self.setFixedWidth(NARROW if self._narrow else max(self._theme.px(WIDE), widest + 8))
