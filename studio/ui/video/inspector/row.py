"""What every row of the inspector has: a name, a value, and the diamond that makes it move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.video.inspector.slots import Slot, Value
from studio.ui.widgets.base import Live, name
from studio.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LABEL = 78


class Diamond(QAbstractButton):
    """Hollow: no key frames; outlined in ink: some; filled: one at the playhead. Arrows go to the next and the last."""

    walked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._some, self._here = theme, False, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 5)

    def set_state(self, some: bool, here: bool) -> None:
        self._some, self._here = some, here
        self.setToolTip(tr("video", "Take this key frame out") if here else tr("video", "Set a key frame here"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.icon_size(20), self._theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the key frames."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        self.walked.emit(by) if by else super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), QRectF(self.rect()).center()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._theme.color("accent-text" if self._some or self.underMouse() else "text-3")
        painter.setPen(QPen(ink, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(ink if self._here else Qt.BrushStyle.NoBrush)
        points = [QPointF(0, -4.5), QPointF(4.5, 0), QPointF(0, 4.5), QPointF(-4.5, 0)]
        painter.drawPolygon(QPolygonF([middle + point for point in points]))


class Row(Live, QWidget):
    """changed(value): set by a person. settled(): the gesture is over. keyed(): the diamond. walked(by): along keys."""

    changed = Signal(object)
    settled = Signal()
    keyed = Signal()
    walked = Signal(int)

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__()
        self.theme, self.slot, self._filling = theme, slot, False
        self.words = slot.field.label.say(theme.language.code)
        self.label = ElidedLabel(self.words, "small", "text-2")
        self.label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.label.setFixedWidth(theme.px(LABEL))
        self.diamond: Diamond | None = Diamond(theme) if slot.keyed else None
        self._room = QWidget()
        self._room.setFixedWidth(theme.icon_size(20))
        if self.diamond is not None:
            name(self.diamond, tr("video", "Key frame of {field}", field=self.words))
            self.diamond.clicked.connect(self.keyed)
            self.diamond.walked.connect(self.walked)

    def show_value(self, value: Value | None, mixed: bool = False) -> None:
        """What the document says; mixed: the chosen clips differ."""
        self._filling = True
        self._fill(value, mixed)
        self._filling = False

    def take_focus(self) -> None:
        """The keyboard goes to what sets the value."""
        self.setFocus()

    def set_keys(self, some: bool, here: bool) -> None:
        """Whether it has key frames, and one at the playhead."""
        if self.diamond is not None:
            self.diamond.set_state(some, here)

    def _fill(self, value: Value | None, mixed: bool) -> None:
        raise NotImplementedError

    def _tell(self, value: Value) -> None:
        if not self._filling:
            self.changed.emit(value)
