"""A decision with parts, over the window: the sheet. A question before something is lost: the confirmation.

Both are children of the window over a scrim (38 % black), not windows of their own: they trap the focus, Esc closes
them, and what had the focus before gets it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QRect, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from studio.ui.focus import tab_chain
from studio.ui.i18n import tr
from studio.ui.shadow import Shadows
from studio.ui.widgets.base import Live, column, ground, hairline, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.widgets.button import Kind

RADIUS, TOP = 14, 64


class _Panel(QWidget):
    """The visible sheet; clips its grounds to the round corners by painting them itself."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.footer: QWidget | None = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = QPainterPath()
        path.addRoundedRect(whole, RADIUS, RADIUS)
        painter.fillPath(path, self.theme.color("surface"))
        if self.footer is not None:
            painter.save()
            painter.setClipRect(QRectF(0, self.footer.y(), self.width(), self.height()))
            painter.fillPath(path, self.theme.color("sunken"))
            painter.restore()
        if self.theme.dark:
            painter.setPen(QPen(self.theme.color("line-2"), 1))
            painter.drawPath(path)


class Sheet(Live, QWidget):
    """A sheet over the window.

        sheet = Sheet(theme, tr("publish", "Publish"), width=940)
        sheet.body.addWidget(...)          # your content
        sheet.set_footer(widget)           # on the sunken ground, with a line above
        sheet.closed.connect(...)          # "dismissed" by Esc, scrim or cross; else the word given to close_with
        sheet.open_over(self.window())

    `header` is the row beside the title (put segments there); `padding=0` lets rows reach the edges.
    """

    closed = Signal(str)

    def __init__(self, theme: Theme, title: str, width: int = 940, padding: int = 24, cross: bool = True) -> None:
        super().__init__()
        self.theme, self._width = theme, width
        self._before: QWidget | None = None
        self._shade = 0.0
        self._shadows = Shadows()
        self._closing = False
        self.panel = _Panel(theme, self)
        self.title = Label(title, "title")
        self.subtitle = Label("", "small", "text-2")
        self.subtitle.hide()
        self.lead = row()
        self.header = row()
        self.cross = ToolButton(theme, "x", "", "Esc")
        self.cross.clicked.connect(lambda: self.close_with("dismissed"))
        self.cross.setVisible(cross)
        titles = column(self.title, self.subtitle, gap=0)
        self._top = row(self.lead, titles, None, self.header, 8, self.cross, gap=8, margins=(24, 16, 20, 12))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(padding, 4 if padding else 0, padding, padding)
        self.body.setSpacing(12)
        self._foot = QVBoxLayout()
        self._column = column(self._top, self.body, self._foot, gap=0)
        self._column.setStretch(1, 1)
        self.panel.setLayout(self._column)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Name the cross."""
        self.cross.set_tip(tr("sheet", "Close"))

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change the words at the top."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def set_body(self, widget: QWidget) -> None:
        """Put one widget between header and footer."""
        self.body.addWidget(widget)

    def set_footer(self, widget: QWidget) -> None:
        """Put a widget at the foot, on the sunken ground."""
        foot = ground(QWidget(), "none")
        foot.setLayout(column(hairline(), row(widget, margins=(24, 14, 20, 14)), gap=0))
        self._foot.addWidget(foot)
        self.panel.footer = foot

    def open_over(self, window: QWidget) -> None:
        """Show it over `window` and move the focus in."""
        self._before = QApplication.focusWidget()
        self.setParent(window)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._place()
        self._focus_in()
        self._rise()

    def close_with(self, word: str) -> None:
        """Close, give the focus back, tell `closed(word)`, and delete the sheet."""
        if self._closing:
            return
        self._closing = True
        if (window := self.parentWidget()) is not None:
            window.removeEventFilter(self)
        self.hide()
        self._give_back()
        self.closed.emit(word)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
            self._place()
        return False

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab goes round inside the sheet."""
        chain = tab_chain(self.panel)
        if not chain:
            return True
        focus = QApplication.focusWidget()
        at = chain.index(focus) if focus in chain else -1
        reason = Qt.FocusReason.TabFocusReason if onwards else Qt.FocusReason.BacktabFocusReason
        chain[(at + (1 if onwards else -1)) % len(chain)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; no other key reaches what lies below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_with("dismissed")
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the sheet closes it."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_with("dismissed")
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Grow with the content."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw scrim and shadow."""
        painter = QPainter(self)
        scrim = QColor(self.theme.color("scrim"))
        scrim.setAlphaF(scrim.alphaF() * self._shade)
        painter.fillRect(self.rect(), scrim)
        if not self.theme.dark:
            self._shadows.paint(painter, self.panel.geometry(), "dialog", RADIUS)

    def top(self) -> int:
        """Distance from the window's top, px."""
        return TOP if self.height() > 700 else 24

    def _place(self) -> None:
        width = min(round(self._width * min(1.4, max(1.0, self.theme.scale))), self.width() - 32)
        layout = self._column
        tall = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        height = min(max(tall, layout.minimumSize().height()), self.height() - self.top() - 24)
        self.panel.setGeometry(QRect((self.width() - width) // 2, self.top(), width, height))

    def _focus_in(self) -> None:
        chain = [widget for widget in tab_chain(self.panel) if widget is not self.cross]
        target = chain[0] if chain else self.cross
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_back(self) -> None:
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        except RuntimeError:  # what had the focus is gone; Qt chooses
            return

    def _rise(self) -> None:
        """Fade the scrim and rise 12 px; input is never blocked."""
        length = self.theme.duration("slow")
        if not length:
            self._shade = 1.0
            return
        rest = self.panel.pos()
        motion = QVariantAnimation(self)
        motion.setDuration(length)
        motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        motion.setStartValue(0.0)
        motion.setEndValue(1.0)
        motion.valueChanged.connect(lambda part: self._at(rest, float(part)))
        motion.start(QVariantAnimation.DeletionPolicy.DeleteWhenStopped)

    def _at(self, rest: QPoint, part: float) -> None:
        self._shade = part
        self.panel.move(self.panel.x(), self.top() + round(12 * (1 - part)))
        self.update()


class Confirm(Sheet):
    """A question before data is lost or something is sent again. Verbs on the buttons; the safe one is default.

    `Confirm(theme, title, sentence, [("keep", "Keep it", "secondary"), ("delete", "Delete", "danger-filled")], "keep")`
    then `.ask(window, answer)`: `answer(key)` gets the chosen key; Esc gives the safe one.
    """

    def __init__(
        self, theme: Theme, title: str, sentence: str, choices: Sequence[tuple[str, str, Kind]], safe: str
    ) -> None:
        super().__init__(theme, title, width=440, cross=False)
        self._safe = safe
        words = Label(sentence, "body", "text-2", wrap=True)
        self.body.addWidget(words)
        self.setAccessibleDescription(sentence)
        self.buttons: dict[str, Button] = {}
        line = row(None, gap=8)
        for key, text, kind in choices:
            button = Button(theme, text, kind)
            button.clicked.connect(lambda _=False, key=key: self.close_with(key))
            button.setAutoDefault(key == safe)
            self.buttons[key] = button
            line.addWidget(button)
        holder = QWidget()
        holder.setLayout(line)
        self.set_footer(holder)

    def ask(self, window: QWidget, answer: Callable[[str], object]) -> None:
        """Show the question; `answer` is called once."""
        self.closed.connect(lambda word: answer(self._safe if word == "dismissed" else word))
        self.open_over(window)
        self.buttons[self._safe].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = QApplication.focusWidget()
            pressed = next((button for button in self.buttons.values() if button is focus), self.buttons[self._safe])
            pressed.click()
            event.accept()
            return
        super().keyPressEvent(event)


def does_it(event: QKeyEvent) -> bool:
    """Ctrl+Enter: the main thing of a sheet or field."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def open_sheets(window: QWidget) -> list[Sheet]:
    """The sheets that lie over a window now."""
    return [sheet for sheet in window.findChildren(Sheet) if sheet.isVisible()]
