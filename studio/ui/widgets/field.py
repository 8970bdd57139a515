"""Fields to type in: a line with an icon and a clear button, a search field, a labelled form row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, dress
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class _Clear(QToolButton):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._theme.draw_icon(
            painter, QRectF(self.rect()), "x", 14, "text" if self.underMouse() else "text-3"
        )


class Field(Live, QLineEdit):
    """A line of text: `Field(theme, icon="link")`. `set_bad(True)` outlines it in red.

    `size` is "normal" (32 px) or "small" (28 px); `kind="bare"` has no box (a title).
    """

    def __init__(
        self, theme: Theme, icon: str = "", clear: bool = False, size: str = "normal", kind: str = "box"
    ) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._clear: _Clear | None = None
        dress(self, size=size, kind=kind)
        self.setProperty("ring", 7)
        if clear:
            self._clear = _Clear(theme, self)
            self._clear.clicked.connect(self._cleared)
            self.textChanged.connect(self._show_clear)
        self._set_margins()
        self.retranslate()

    def set_bad(self, bad: bool) -> None:
        """Outline in red, or as usual."""
        dress(self, tone="bad" if bad else "")

    def retranslate(self) -> None:
        """Name the clear button."""
        if self._clear is not None:
            self._clear.setAccessibleName(tr("field", "Clear"))
            self._clear.setToolTip(tr("field", "Clear"))

    def restyle(self) -> None:
        """Make room for the icon."""
        self._set_margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the clear button at the end."""
        super().resizeEvent(event)
        if self._clear is not None:
            side = min(self.height(), 28)
            self._clear.setGeometry(self.width() - side - 2, (self.height() - side) // 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line edit, then the icon."""
        super().paintEvent(event)
        if self._icon:
            painter = QPainter(self)
            side = self._theme.icon_size(14)
            self._theme.draw_icon(painter, QRectF(10, 0, side, self.height()), self._icon, 14, "text-2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears a field that can be cleared, once."""
        if event.key() == Qt.Key.Key_Escape and self._clear is not None and self.text():
            self._cleared()
            return
        super().keyPressEvent(event)

    def _show_clear(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text) and not self.isReadOnly())

    def _cleared(self) -> None:
        self.clear()
        self.textEdited.emit("")

    def _set_margins(self) -> None:
        left = self._theme.icon_size(14) + 6 if self._icon else 0
        self.setTextMargins(left, 0, 20 if self._clear else 0, 0)


class SearchField(Field):
    """A field with a magnifier that tells `searched(text)` 150 ms after the last key, and at once on Enter."""

    searched = Signal(str)

    def __init__(self, theme: Theme, size: str = "small") -> None:
        super().__init__(theme, "search", clear=True, size=size)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._tell)
        self.textEdited.connect(lambda _: self._wait.start())
        self.returnPressed.connect(self._tell)

    def _tell(self) -> None:
        self._wait.stop()
        self.searched.emit(self.text().strip())


class Form(QFormLayout):
    """Rows of a label and a control: 8 px between the two, 8 px between rows."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)
        self.setContentsMargins(0, 0, 0, 0)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add(self, text: str, control: QWidget) -> Label:
        """Add a row; the label is the control's name for screen readers and is returned to be retranslated."""
        label = Label(text, "small", "text-2")
        label.setBuddy(control)
        label.setMinimumHeight(control.sizeHint().height())
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if not control.accessibleName():
            control.setAccessibleName(text)
        self.addRow(label, control)
        return label


def is_text_input(widget: QWidget | None) -> bool:
    """Whether single letters typed now are text (keys without a modifier must not act there)."""
    return widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
