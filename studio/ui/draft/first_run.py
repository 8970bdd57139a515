"""What an empty studio says first: one drawing, one sentence, three steps, three quiet doors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.draft.text_box import local_files
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, column, ground, hairline, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.card import Card
from studio.ui.widgets.drawings import bars, photo, sheet
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.ui.theme import Theme

WIDE = 780


class Picture(QWidget):
    """One sheet on its way to four cards, 520x160 px."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(520, 168)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for end, bend in ((QPointF(262, 44), -34), (QPointF(330, 84), 0), (QPointF(384, 140), 30)):
            self._way(painter, QPointF(146, 78), end, bend)
        for rect, tilt in (
            (QRectF(258, 8, 92, 110), -4), (QRectF(344, 24, 86, 112), 2), (QRectF(438, 10, 68, 124), 3),
            (QRectF(382, 108, 116, 52), 1),
        ):  # fmt: skip
            self._card(painter, rect, tilt)
        self._draft(painter)

    def _way(self, painter: QPainter, start: QPointF, end: QPointF, bend: float) -> None:
        path = QPainterPath(start)
        path.cubicTo(QPointF(start.x() + 50, start.y() + bend), QPointF(end.x() - 60, end.y()), end)
        pen = QPen(self._theme.color("accent"), 1.6)
        pen.setDashPattern([2, 2.4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _card(self, painter: QPainter, rect: QRectF, tilt: float) -> None:
        painter.save()
        sheet(painter, self._theme, rect, tilt)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line-2"))
        painter.drawEllipse(QPointF(rect.left() + 14, rect.top() + 13), 4.5, 4.5)
        bars(painter, self._theme, rect.left() + 24, rect.top() + 10.5, [min(40.0, rect.width() - 40)])
        tall = max(16.0, rect.height() - 50)
        photo(painter, self._theme, QRectF(rect.left() + 8, rect.top() + 24, rect.width() - 16, tall))
        if rect.height() > 80:
            bars(painter, self._theme, rect.left() + 8, rect.bottom() - 20, [rect.width() - 22, rect.width() - 44])
        painter.restore()

    def _draft(self, painter: QPainter) -> None:
        painter.save()
        page = QRectF(20, 6, 128, 154)
        sheet(painter, self._theme, page, -2)
        bars(painter, self._theme, page.left() + 16, page.top() + 22, [70], "text-2")
        bars(painter, self._theme, page.left() + 16, page.top() + 44, [96, 92, 96, 58])
        photo(painter, self._theme, QRectF(page.left() + 16, page.top() + 98, 44, 38))
        photo(painter, self._theme, QRectF(page.left() + 66, page.top() + 98, 46, 38))
        painter.restore()
        self._theme.draw_seal(painter, QRectF(126, 132, 30, 30))


class Step(Card):
    """One of the three steps: number, title, sentence, button."""

    def __init__(self, theme: Theme, number: int, icon: str) -> None:
        super().__init__(theme, "surface", padding=18, active=number == 1)
        self._number = number
        self.title = Label("", "heading")
        self.words = Label("", "small", "text-2", wrap=True)
        self.button = Button(theme, "", "primary" if number == 1 else "secondary", icon)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.title.setContentsMargins(34, 0, 0, 0)
        self.words.setMinimumHeight(2 * theme.line("small"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (self.title, self.words):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(self.button)
        self.setMinimumWidth(200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card and its number."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._theme.px(24)
        place = QRectF(18, self.title.y() + (self.title.height() - side) / 2, side, side)
        active = self._number == 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent" if active else "hover"))
        painter.drawEllipse(place)
        painter.setFont(self._theme.font("small", 600, True))
        painter.setPen(self._theme.color("on-accent" if active else "text-2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Door(Live, QWidget):
    """A quiet way in: icon, name, hint."""

    used = Signal()

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon, self._name, self._hint = theme, icon, "", ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, name: str, hint: str) -> None:
        """Its words."""
        self._name, self._hint = name, hint
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        """48 px high."""
        return QSize(200, self._theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse():
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        icon = QRectF(10, (self.height() - 32) / 2, 32, 32)
        painter.setBrush(theme.color("press" if self.underMouse() else "hover"))
        painter.drawRoundedRect(icon, 8, 8)
        theme.draw_icon(painter, icon, self._icon, 16, "text-2")
        first, second = theme.line("body"), theme.line("caption")
        top = (self.height() - first - second) / 2
        room = self.width() - 60
        paint_line(painter, theme, QRectF(52, top, room, first), self._name, "body", "text", 500)
        paint_line(painter, theme, QRectF(52, top + first, room, second), self._hint, "caption", "text-2")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go in."""
        if self.rect().contains(event.position().toPoint()):
            self.used.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.used.emit()
        else:
            super().keyPressEvent(event)


class FirstRun(Live, QWidget):
    """sampled("open" | "preview" | "publish"), wrote, imported, connected: what the person chose.

    dropped(paths)   files let fall here
    """

    sampled = Signal(str)
    wrote = Signal()
    imported = Signal()
    connected = Signal()
    dropped = Signal(list)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        ground(self, "surface")
        self.setAcceptDrops(True)
        self.title = Label("", "display")
        self.sentence = Label("", "heading", "text-2", weight=400, wrap=True)
        self.steps = [Step(theme, 1, "book-open"), Step(theme, 2, "smartphone"), Step(theme, 3, "send")]
        self.doors = [Door(theme, "pen-line"), Door(theme, "folder-open"), Door(theme, "circle-user-round")]
        self.either = Label("", "small", "text-2")
        self.safe = Label("", "small", "text-2", wrap=True)
        self._build()
        self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They become posts."""
        self.dropped.emit(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _build(self) -> None:
        for label in (self.title, self.sentence, self.safe):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        divider = row(hairline(), self.either, hairline(), gap=12)
        divider.setStretch(0, 1)
        divider.setStretch(2, 1)
        steps, doors = row(*self.steps, gap=14), row(*self.doors, gap=14)
        for number in range(3):
            steps.setStretch(number, 1)
            doors.setStretch(number, 1)
        page = QWidget()
        page.setMaximumWidth(WIDE)
        page.setLayout(column(
            row(None, Picture(self._theme), None), 8, self.title, self.sentence, 20, steps, 20, divider, doors, 24,
            self.safe, gap=8,
        ))  # fmt: skip
        scroll = ScrollColumn(self._theme, "surface", padding=32)
        line = row(None, page, None, gap=0)
        line.setStretch(1, 100)
        scroll.column.addStretch(2)
        scroll.column.addLayout(line)
        scroll.column.addStretch(3)
        self.setLayout(column(scroll, gap=0))
        for step, what in zip(self.steps, ("open", "preview", "publish"), strict=True):
            step.button.clicked.connect(partial(self.sampled.emit, what))
        for door, signal in zip(self.doors, (self.wrote, self.imported, self.connected), strict=True):
            door.used.connect(signal)

    def retranslate(self) -> None:
        self.title.setText(tr("draft", "Walk through it once, without any account"))
        self.sentence.setText(
            tr("draft", "The practice account publishes to a page on this computer, from writing to reading back.")
        )
        words = (
            (tr("draft", "Open the sample"), tr("draft", "Three pictures and a text, already written."),
             tr("draft", "Open the sample")),
            (tr("draft", "See it on each platform"), tr("draft", "How lines break and pictures are cut, as you write."),
             tr("draft", "Open with preview")),
            (tr("draft", "Publish for practice"), tr("draft", "A few seconds; then it is read back and compared."),
             tr("draft", "Open, then publish")),
        )  # fmt: skip
        for step, (title, sentence, button) in zip(self.steps, words, strict=True):
            step.title.setText(title)
            step.words.setText(sentence)
            step.button.setText(button)
        self.either.setText(tr("draft", "or start right away"))
        self.doors[0].say(tr("draft", "Write a new post"), "Ctrl N")
        self.doors[1].say(tr("draft", "Import from a folder"), tr("draft", "Markdown, pictures, video"))
        self.doors[2].say(tr("draft", "Connect an account"), tr("draft", "Passwords stay in the system’s keychain"))
        self.safe.setText(
            tr("draft", "Posts stay on this computer; passwords and tokens are in the system’s keychain.")
        )


