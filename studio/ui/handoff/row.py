"""One step of the list: its number or tick, what it is, a note; and below it, while it is open, what does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from studio.ui import text
from studio.ui.focus import has_ring
from studio.ui.handoff.steps import Row
from studio.ui.i18n import tr
from studio.ui.widgets.base import column, ground, hairline

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HIGH, EDGE, CIRCLE, GAP = 42, 14, 20, 14
INDENT: Final = EDGE + CIRCLE + GAP  # where words begin


class StepHead(QAbstractButton):
    """The line itself: a click opens the step. Long words wrap; the note gives way to them."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._row = Row("open", ("open",), "")
        self._state = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 0)  # it reaches from edge to edge: its own lies inside

    def show_row(self, row: Row, state: str) -> None:
        """state: "over", "now" or "later"."""
        if (row, state) == (self._row, self._state):
            return
        self._row, self._state = row, state
        words = {"over": tr("handoff", "done"), "now": tr("handoff", "next"), "later": tr("handoff", "later")}[state]
        self.setAccessibleName(f"{self._number}. {row.title}, {words}")
        self.setAccessibleDescription(row.note)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """42 px, more where the words wrap."""
        theme, row = self._theme, self._row
        lines = text.height(theme, row.title, "body", self._room(width), self._weight())
        return max(theme.px(HIGH), lines + theme.px(HIGH) - theme.line("body"))

    def sizeHint(self) -> QSize:
        """As high as at its width."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        """A word."""
        return QSize(160, self._theme.px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Circle, words, note."""
        painter, theme, row = QPainter(self), self._theme, self._row
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self._state != "now":
            painter.fillRect(self.rect(), theme.color("hover"))
        side = theme.icon_size(CIRCLE)
        self._circle(painter, QRectF(EDGE, (theme.px(HIGH) - side) / 2, side, side))
        top = (theme.px(HIGH) - theme.line("body")) / 2
        ink = "text-2" if self._state == "over" else "text"
        place = QRectF(self._left(), top, self._room(self.width()), self.height() - top)
        text.paint(painter, theme, place, row.title, "body", ink, self._weight())
        if row.note:
            wide = theme.width("small", row.note) + 1
            note = QRectF(self.width() - EDGE - wide, 0, wide, theme.px(HIGH))
            text.paint_line(painter, theme, note, row.note, "small", "text-2")
        if has_ring(self):
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 4, -5, -4), 8, 8)

    def _circle(self, painter: QPainter, place: QRectF) -> None:
        theme = self._theme
        if self._state == "over":
            painter.setPen(QPen(theme.color("good"), 1) if theme.contrast else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("good-tint"))
            painter.drawEllipse(place)
            theme.draw_icon(painter, place, "check", 12, "good")
            return
        now = self._state == "now"
        painter.setPen(Qt.PenStyle.NoPen if now else QPen(theme.color("control"), 1.3))
        painter.setBrush(theme.color("accent") if now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place if now else place.adjusted(0.7, 0.7, -0.7, -0.7))
        painter.setFont(theme.font("caption", 600, True))
        painter.setPen(theme.color("on-accent" if now else "text-2"))
        text.put(painter, place, str(self._number), Qt.AlignmentFlag.AlignHCenter)

    def _weight(self) -> int:
        return 600 if self._state == "now" else 400

    def _left(self) -> int:
        return EDGE + self._theme.icon_size(CIRCLE) + GAP

    def _room(self, width: int) -> float:
        taken = self._theme.width("small", self._row.note) + 12 if self._row.note else 0
        return max(80.0, width - self._left() - EDGE - taken)


class StepRow(QWidget):
    """A step with its body. opened(): the person wants to see it.

    always   the body is shown even while another step is next
    """

    opened = Signal()

    def __init__(self, theme: Theme, number: int, body: QWidget | None = None, always: bool = False) -> None:
        super().__init__()
        self._theme, self._always = theme, always
        self.open = False
        self.head = StepHead(theme, number)
        self.head.clicked.connect(self.opened)
        self.line = hairline()
        self._holder = QWidget()
        self._inside = QVBoxLayout(self._holder)
        self._inside.setContentsMargins(EDGE + theme.icon_size(CIRCLE) + GAP, 0, EDGE, 12)
        self._inside.setSpacing(8)
        self.body: QWidget | None = None
        self.setLayout(column(self.head, self._holder, self.line, gap=0))
        if body is not None:
            self.set_body(body)
        ground(self, "surface")

    def set_body(self, body: QWidget) -> None:
        """What does it."""
        if self.body is not None:
            self._inside.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.body = body
        self._inside.addWidget(body)
        body.show()  # now, not when the layout comes to it: it is measured in this turn

    def settle(self) -> None:
        """Measure at once what changed inside, innermost first: nothing is painted pressed together."""
        inner = self.body.layout() if self.body is not None else None
        for layout in (inner, self._inside, self.layout()):
            if layout is not None:
                layout.activate()

    def show_row(self, row: Row, state: str, open: bool) -> None:
        """Another state; `open`: with its body."""
        self.open = open
        self.head.show_row(row, state)
        self._holder.setVisible(self.body is not None and (open or self._always))
        ground(self, "sunken" if open else "surface")
