"""Rows of the inspector for what is no number: switches, choices, colours, files, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QColorDialog, QFileDialog, QPlainTextEdit, QSizePolicy

from studio.ui.i18n import tr
from studio.ui.video.inspector.number import NumberRow
from studio.ui.video.inspector.row import Row
from studio.ui.video.inspector.slots import Slot, Value
from studio.ui.widgets.base import dress, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo, Switch
from studio.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class SwitchRow(Row):
    """A name and a switch at the right."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        self.switch = Switch()
        name(self.switch, self.words)
        self.label.setMinimumWidth(0)
        self.label.setMaximumWidth(16777215)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayout(row(self.label, self.switch, gap=8))
        self.switch.toggled.connect(self._switched)

    def _switched(self, on: bool) -> None:
        self._tell(on)
        if not self._filling:
            self.settled.emit()

    def _fill(self, value: Value | None, mixed: bool) -> None:
        self.switch.setChecked(bool(value))


class ChoiceRow(Row):
    """A name and a list."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        code = theme.language.code
        self.combo = Combo(theme, [(key, words.say(code)) for key, words in slot.field.choices])
        dress(self.combo, kind="compact")
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name(self.combo, self.words)
        self.setLayout(row(self.label, self.combo, self._room, gap=8))
        self.combo.chosen.connect(self._picked)

    def _picked(self, _key: str) -> None:
        self._tell(str(self.combo.currentData() or ""))
        self.settled.emit()

    def _fill(self, value: Value | None, mixed: bool) -> None:
        self.combo.setCurrentIndex(-1 if mixed else self.combo.findData(str(value)))


class ColorRow(Row):
    """A name and a swatch; a press opens the system's colours."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        self.swatch = Swatch(theme)
        name(self.swatch, self.words)
        self.setLayout(row(self.label, self.swatch, None, self._room, gap=8))
        self.swatch.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(from_css(self.swatch.color) or "#ffffff"), self)
        dialog.setOption(QColorDialog.ColorDialogOption.ShowAlphaChannel)
        dialog.setWindowTitle(self.words)
        dialog.currentColorChanged.connect(lambda color: self._tell(to_css(color)))
        dialog.finished.connect(lambda _result: self.settled.emit())
        before = self.swatch.color
        dialog.rejected.connect(lambda: self._tell(before))
        dialog.open()

    def _fill(self, value: Value | None, mixed: bool) -> None:
        self.swatch.set_color("" if mixed else str(value or ""))


def from_css(text: str) -> QColor | None:
    """"#rrggbb" or "#rrggbbaa"; None for ""."""
    if len(text) == 9:
        return QColor(int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16), int(text[7:9], 16))
    return QColor(text) if text else None


def to_css(color: QColor) -> str:
    """The reverse; what lets nothing through has no alpha."""
    plain = color.name()
    return plain if color.alpha() == 255 else f"{plain}{color.alpha():02x}"


class Swatch(QAbstractButton):
    """A colour to press; crossed out: none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.color = theme, ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 6)

    def set_color(self, color: str) -> None:
        self.color = color
        self.setToolTip(color or tr("video", "None"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(52), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("line-2"), 1))
        color = from_css(self.color)
        painter.setBrush(color if color is not None else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 6, 6)
        if color is None:
            painter.setPen(QPen(self._theme.color("text-3"), 1.3))
            painter.drawLine(rect.bottomLeft() + QPointF(6, -5), rect.topRight() + QPointF(-6, 5))


class FileRow(Row):
    """A name and a file."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        self.button = Button(theme, "", "secondary", "folder-open", "small")
        self.file = ElidedLabel("", "small", "text-3")
        self.file.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name(self.button, self.words)
        self.setLayout(row(self.label, self.file, self.button, gap=8))
        self.button.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.words)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self._tell(path)
        self.settled.emit()

    def _fill(self, value: Value | None, mixed: bool) -> None:
        path = str(value or "")
        self.file.set_text(path.replace("\\", "/").rsplit("/", 1)[-1] or tr("video", "No file"))
        self.file.setToolTip(path)


class _Words(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class TextRow(Row):
    """Words over two lines and more, told a moment after the last key."""

    def __init__(self, theme: Theme, slot: Slot) -> None:
        super().__init__(theme, slot)
        self.text = _Words()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.line("body") * 3 + 16)
        dress(self.text, role="body", kind="box")
        name(self.text, self.words)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self.setLayout(row(self.text))
        self.label.hide()
        self.text.textChanged.connect(lambda: None if self._filling else self._wait.start())
        self._wait.timeout.connect(lambda: self._tell(self.text.toPlainText()))
        self.text.left.connect(self._left)

    def take_focus(self) -> None:
        """With all words chosen, to be written over."""
        self.text.setFocus()
        self.text.selectAll()

    def _left(self) -> None:
        if self._wait.isActive():
            self._wait.stop()
            self._tell(self.text.toPlainText())
        self.settled.emit()

    def _fill(self, value: Value | None, mixed: bool) -> None:
        words = str(value or "")
        if words != self.text.toPlainText() and not (self.text.hasFocus() and self._wait.isActive()):
            self.text.setPlainText(words)


def row_for(theme: Theme, slot: Slot) -> Row:
    """The row that draws a field of this kind."""
    kinds = {"switch": SwitchRow, "choice": ChoiceRow, "color": ColorRow, "file": FileRow, "text": TextRow}
    return kinds.get(slot.field.kind, NumberRow)(theme, slot)
