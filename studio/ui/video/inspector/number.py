"""The row of a number: a slider to try, a box to type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QSlider

from studio.core.effects import Field as Declared
from studio.ui.i18n import tr
from studio.ui.video.inspector.row import Row
from studio.ui.video.inspector.slots import Slot, Value
from studio.ui.widgets.base import dress, name, row

if TYPE_CHECKING:
    from studio.ui.theme import Theme

BOX, STEPS = 62, 1000
WIDE = 3000.0  # a span that a slider of a hundred px cannot set
UNITS = {"percent": " %", "degrees": "°", "pixels": " px", "decibels": " dB", "seconds": " s"}


class ValueBox(QDoubleSpinBox):
    """A number with its unit; typed, or changed by arrows. The wheel only scrolls the inspector."""

    def __init__(self, theme: Theme, declared: Declared) -> None:
        super().__init__()
        least = -1e6 if declared.least is None else declared.least
        most = 1e6 if declared.most is None else declared.most
        self.setDecimals(decimals(declared))
        self.setRange(least, most)
        self.setSingleStep(declared.step)
        self.setSuffix(UNITS.get(declared.kind, ""))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setKeyboardTracking(False)
        self.setLocale(QLocale.c())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedWidth(max(theme.px(BOX), theme.width("small", self.textFromValue(most) + self.suffix()) + 22))
        dress(self, kind="compact", role="small")
        self.lineEdit().setTextMargins(2, 0, 6, 0)
        self.setProperty("ring", 6)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def decimals(declared: Declared) -> int:
    """As many figures as its step needs."""
    if declared.kind in ("whole", "pixels", "percent"):
        return 0
    return 2 if declared.step < 0.1 else 1


class NumberRow(Row):
    """Slider, box, diamond."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        self.slider, self.box = QSlider(Qt.Orientation.Horizontal), ValueBox(theme, slot.field)
        self._least, self._most = slider_range(slot.field)
        self.slider.setRange(0, STEPS)
        self.slider.setMinimumWidth(0)
        self.slider.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the box is its keyboard twin
        self.slider.installEventFilter(self)
        name(self.box, self.words)
        self.setLayout(row(self.label, self.slider, self.box, self.diamond or self._room, gap=8))
        self.slider.setVisible(self._most > self._least)
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.settled)
        self.box.valueChanged.connect(self._typed)
        self.box.editingFinished.connect(self.settled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A slider that is too short to be drawn along is left out."""
        super().resizeEvent(event)
        taken = self.label.width() + self.box.width() + (self.diamond or self._room).width() + 24
        self.slider.setVisible(self._most > self._least and self.width() - taken >= 28)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The wheel scrolls the inspector; a double click is the default again."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._tell(self.slot.field.default)
            self.settled.emit()
            return True
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False

    def _fill(self, value: Value | None, mixed: bool) -> None:
        number = float(value or 0.0)
        self.box.setSpecialValueText("")
        self.box.setValue(number)
        self.slider.setValue(round(self._place(number) * STEPS))
        self.box.lineEdit().setPlaceholderText("")
        if mixed:
            self.box.lineEdit().setText("")
            self.box.lineEdit().setPlaceholderText(tr("video", "Mixed"))

    def _place(self, number: float) -> float:
        return min(1.0, max(0.0, (number - self._least) / ((self._most - self._least) or 1.0)))

    def _slid(self, step: int) -> None:
        if self._filling:
            return
        value = self._least + (self._most - self._least) * step / STEPS
        rounded = round(value / self.slot.field.step) * self.slot.field.step
        self.box.blockSignals(True)
        self.box.setValue(rounded)
        self.box.blockSignals(False)
        self._tell(self.box.value())

    def _typed(self, number: float) -> None:
        if not self._filling:
            self.slider.blockSignals(True)
            self.slider.setValue(round(self._place(number) * STEPS))
            self.slider.blockSignals(False)
            self._tell(number)


def slider_range(declared: Declared) -> tuple[float, float]:
    """What a slider spans; (0, 0): none, only the box. A rate is set between a quarter and four times by hand."""
    if declared.name == "speed":
        return 0.25, 4.0
    if declared.kind == "pixels" and declared.least is not None and declared.least < -WIDE:
        return -1080.0, 1080.0
    if declared.least is None or declared.most is None:
        return 0.0, 0.0
    if declared.most - declared.least <= WIDE:
        return declared.least, declared.most
    return (declared.least, declared.least + 20.0) if declared.kind == "seconds" else (declared.least, WIDE)
