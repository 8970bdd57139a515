"""The journal as a vertical story: one spine, a node per step, what went out and what came back. Painted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from studio.ui import text
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.moments import day as day_words

if TYPE_CHECKING:
    from studio.services.telling import Told
    from studio.ui.theme import Theme

NODE, GAP, ABOVE = 20, 14, 6
TONES = {"plain": ("text-2", "press"), "info": ("info", "info-tint"), "good": ("good", "good-tint"),
         "warn": ("warn", "warn-tint"), "bad": ("bad", "bad-tint")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step is: its whole rectangle, its node, its words; and the head of a new day above it."""

    whole: QRectF
    node: QRectF
    head: QRectF
    details: tuple[QRectF, ...]
    code: tuple[QRectF, ...]
    day: QRectF | None = None


class Journal(QWidget):
    """Arrows go from step to step, Ctrl+C copies one. `area("step:2")` is where the third step is painted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.story: tuple[Told, ...] = ()
        self.at = -1
        self._today = date.min
        self._placed: tuple[object, list[Place]] = (None, [])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_story(self, story: Sequence[Told], today: date) -> None:
        """Show these steps; `today` needs no head of its own."""
        new = tuple(story)
        if new == self.story and today == self._today:
            return
        self.story, self._today = new, today
        self.at = min(self.at, len(new) - 1)
        self.setAccessibleName(tr("outbox", "Journal"))
        self.setAccessibleDescription(" ".join(told.words for told in new))
        self.updateGeometry()
        self.update()

    def area(self, name: str) -> QRect:
        """Where "step:<n>", "node:<n>" or "code:<n>" is painted; empty when it is not there."""
        kind, _, number = name.partition(":")
        places = self._places(self.width())
        if not number.isdigit() or int(number) >= len(places):
            return QRect()
        place = places[int(number)]
        found = {"step": place.whole, "node": place.node, "code": place.code[0] if place.code else QRectF()}
        return found.get(kind, QRectF()).toAlignedRect()

    # Qt --------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all steps."""
        places = self._places(width)
        return round(places[-1].whole.bottom()) + 8 if places else 0

    def sizeHint(self) -> QSize:
        """As high as at its width."""
        width = self.width() if self.width() > 100 else 560
        return QSize(320, self.heightForWidth(width))

    def restyle(self) -> None:
        """Measure anew."""
        self._placed = (None, [])
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, Home and End, copy."""
        last = len(self.story) - 1
        steps = {Qt.Key.Key_Down: self.at + 1, Qt.Key.Key_Up: self.at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if event.matches(QKeySequence.StandardKey.Copy) and 0 <= self.at <= last:
            QGuiApplication.clipboard().setText(self.story[self.at].words)
        elif (to := steps.get(Qt.Key(event.key()))) is not None and last >= 0:
            self.go(max(0, min(last, to)))
        else:
            super().keyPressEvent(event)

    def go(self, number: int) -> None:
        """Stand on a step and bring it into sight."""
        self.at = number
        where = self.area(f"step:{number}")
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea) and (inner := above.widget()) is not None:
            middle = self.mapTo(inner, where.center())
            above.ensureVisible(middle.x(), middle.y(), 0, where.height() // 2 + 24)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the step under the mouse."""
        for number, place in enumerate(self._places(self.width())):
            if place.whole.contains(event.position()):
                self.at = number
                self.update()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is to be seen of the story."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places(self.width())
        seen = QRectF(event.rect())
        for number, (told, place) in enumerate(zip(self.story, places, strict=True)):
            below = places[number + 1] if number + 1 < len(places) else None
            bottom = below.node.bottom() if below is not None else place.whole.bottom() + 24
            if place.whole.top() <= seen.bottom() and bottom >= seen.top():
                self._spine(painter, told, place, below)
                self._step(painter, told, place, number)

    # inside ----------------------------------------------------------------------------------------------------

    def _tone(self, tone: str) -> tuple[QColor, QColor]:
        if tone == "unsure":
            state = self._theme.state("unconfirmed")
            return state.text, state.tint
        ink, tint = TONES[tone]
        return self._theme.color(ink), self._theme.color(tint)

    def _spine(self, painter: QPainter, told: Told, place: Place, below: Place | None) -> None:
        """From this node to the next; dashed where nobody knows what happened, and then also into the open."""
        if below is None and not told.unsure:
            return
        x = round(place.node.center().x()) + 0.5
        end = below.node.top() - 2 if below is not None else place.whole.bottom() + 6
        pen = QPen(self._tone("unsure")[0] if told.unsure else self._theme.color("line-2"), 1)
        if told.unsure:
            pen.setWidthF(1.5)
            pen.setDashPattern([2.5, 2.5])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, place.node.bottom() + 2), QPointF(x, max(place.node.bottom() + 2, end)))

    def _step(self, painter: QPainter, told: Told, place: Place, number: int) -> None:
        theme = self._theme
        ink, tint = self._tone(told.tone)
        painter.setPen(QPen(ink, 1) if theme.contrast else Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawEllipse(place.node)
        theme.draw_icon(painter, place.node, told.icon, 12, ink)
        clock = QRectF(0, place.node.top(), place.node.left() - 12, place.node.height())
        right = Qt.AlignmentFlag.AlignRight
        text.paint_line(painter, theme, clock, told.clock, "small", "text-2", None, right, tabular=True)
        if place.day is not None:
            text.paint_line(painter, theme, place.day, self._day(told), "caption", "text-2", 500)
        text.paint(painter, theme, place.head, told.head, "body", "text", 500)
        for words, rect in zip(told.details, place.details, strict=True):
            text.paint(painter, theme, rect, words, "small", "text-2")
        for words, rect in zip(told.code, place.code, strict=True):
            text.paint(painter, theme, rect, words, "code", "text-2")
        if number == self.at and has_ring(self):
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.whole.adjusted(1, -3, -1, 3), 8, 8)

    def _day(self, told: Told) -> str:
        return day_words(date.fromisoformat(told.day), self._theme.language.code)

    def _places(self, width: int) -> list[Place]:
        theme = self._theme
        key = (width, theme.scale, theme.language.code, self.story, self._today)
        if self._placed[0] != key:
            self._placed = (key, list(self._lay_out(width)))
        return self._placed[1]

    def _lay_out(self, width: int) -> list[Place]:
        places: list[Place] = []
        top, last = float(ABOVE), self._today.isoformat()
        for told in self.story:
            place = self._lay_step(told, top, width, told.day != last)
            places.append(place)
            top, last = place.whole.bottom() + GAP, told.day
        return places

    def _lay_step(self, told: Told, top: float, width: int, new_day: bool) -> Place:
        theme = self._theme
        side = float(theme.icon_size(NODE))
        clock = theme.width("small", "00:00:00") + 6
        left = clock + 12 + side + 12
        wide = max(60.0, width - left - 4)
        day = None
        if new_day:
            day = QRectF(left, top, wide, theme.line("caption"))
            top += theme.line("caption") + 6
        node = QRectF(clock + 12, top, side, side)
        y = top + max(0.0, (side - theme.line("body")) / 2)
        head = QRectF(left, y, wide, text.height(theme, told.head, "body", wide, 500))
        y = head.bottom() + 1
        details, y = self._stack(told.details, "small", left, wide, y)
        code, y = self._stack(told.code, "code", left, wide, y)
        start = day.top() if day is not None else top
        return Place(QRectF(0, start, width, max(y, node.bottom()) - start), node, head, details, code, day)

    def _stack(
        self, words: Sequence[str], role: str, left: float, wide: float, y: float
    ) -> tuple[tuple[QRectF, ...], float]:
        rects = []
        for one in words:
            rect = QRectF(left, y, wide, text.height(self._theme, one, role, wide))
            rects.append(rect)
            y = rect.bottom()
        return tuple(rects), y
