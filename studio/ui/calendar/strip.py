"""The trust strip over the calendar: at most six true facts, an action each; how long the computer is needed last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.focus import has_ring
from studio.ui.text import paint_line
from studio.ui.tokens import STATES
from studio.ui.trust import Said, speak
from studio.ui.widgets.base import Live, ground

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HEIGHT, TILE, EDGE = 60, 28, 24
GAP, PAD = 28, 10
LID_PAD: Final = 14


@dataclass(frozen=True, slots=True)
class Placed:
    """A fact's parts in px of the strip; painting and hit tests read this. action: empty where there is none."""

    said: Said
    box: QRectF
    tile: QRectF
    words: QRectF
    action: QRectF


def lay_out(theme: Theme, facts: Sequence[Said], width: float) -> tuple[list[Placed], int]:
    """Places for the facts, the last at the right; how many found no room. Words are shortened before facts go."""
    if not facts:
        return [], 0
    high = theme.px(HEIGHT)
    *rest, lid = facts
    side = theme.icon_size(TILE)
    lid_wide = min(side + PAD + _natural(theme, lid) + LID_PAD + 4, width - 2 * EDGE)
    last = _place(theme, lid, width - 16 - lid_wide, lid_wide - side - PAD - LID_PAD - 4, high)
    room = width - 16 - lid_wide - GAP - EDGE
    least = [theme.width("body", fact.title, 600) + 2.0 for fact in rest]
    fixed = [side + PAD + _action(theme, fact) + GAP for fact in rest]
    while rest and sum(fixed[: len(rest)]) + sum(least[: len(rest)]) - GAP > room:
        rest.pop()
    spare = room - sum(fixed[: len(rest)]) + GAP
    widths = _shortened([_natural(theme, fact) for fact in rest], least, spare)
    placed, x = [], float(EDGE)
    for fact, wide, more in zip(rest, widths, fixed, strict=False):
        placed.append(_place(theme, fact, x, wide, high))
        x += wide + more
    return [*placed, last], len(facts) - 1 - len(rest)


def _natural(theme: Theme, fact: Said) -> float:
    return max(theme.width("body", fact.title, 600), theme.width("small", fact.detail)) + 2.0


def _action(theme: Theme, fact: Said) -> float:
    return 12.0 + theme.width("small", fact.action, 500) if fact.action else 0.0


def _shortened(widths: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Each gives up the same part of what it has over its title, so that all fit."""
    over, slack = sum(widths) - room, sum(widths) - sum(least[: len(widths)])
    part = min(1.0, max(0.0, over / slack)) if slack > 0 else 0.0
    return [wide - part * (wide - title) for wide, title in zip(widths, least, strict=False)]


def _place(theme: Theme, fact: Said, x: float, wide: float, high: float) -> Placed:
    side, tall = theme.icon_size(TILE), theme.line("body") + theme.line("small")
    tile = QRectF(x, (high - side) / 2, side, side)
    words = QRectF(tile.right() + PAD, (high - tall) / 2, wide, tall)
    action = QRectF()
    if fact.action:
        line = theme.px(28)
        action = QRectF(words.right() + 12, (high - line) / 2, _action(theme, fact) - 12, line)
    right = max(words.right(), action.right()) if fact.action else words.right()
    return Placed(fact, QRectF(x, 0, right - x, high), tile, words, action)


class TrustStrip(Live, QWidget):
    """acted(target, ids): a fact's action was chosen by click, or by arrows and Enter."""

    acted = Signal(str, tuple)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[Said, ...] = ()
        self._at, self._hovered = 0, -1
        ground(self, "surface")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setProperty("ring", 0)
        self.hide()

    def show_facts(self, facts: Sequence[Said]) -> None:
        """What is true now; without any it is not there."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        self._at = min(self._at, max(0, len(self._facts) - 1))
        self.setAccessibleName(speak(self._facts))
        self.setToolTip("\n".join(f"{f.title}: {f.detail}" if f.detail else f.title for f in self._facts))
        self.setVisible(bool(self._facts))
        self.update()

    def facts(self) -> tuple[Said, ...]:
        """What is shown."""
        return self._facts

    def placed(self) -> list[Placed]:
        """Every fact that found room, with its places."""
        return lay_out(self._theme, self._facts, self.width())[0]

    def sizeHint(self) -> QSize:
        return QSize(900, self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self._theme.px(HEIGHT))

    def restyle(self) -> None:
        self.updateGeometry()

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The facts, and the line below."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placed, hidden = lay_out(theme, self._facts, self.width())
        acting = self._acting(placed)
        for number, one in enumerate(placed):
            self._paint(painter, one, number == self._hovered, has_ring(self) and number == self._current(acting))
        if hidden and len(placed) > 1:
            end = QRectF(placed[-2].box.right() + 8, 0, GAP + 20, self.height())
            paint_line(painter, theme, end, f"+{hidden}", "caption", "text-2")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _paint(self, painter: QPainter, one: Placed, hot: bool, ringed: bool) -> None:
        theme = self._theme
        ink, tint = self._colours(one.said.tone)
        painter.setPen(Qt.PenStyle.NoPen)
        if one.said.tone == "lid":
            painter.setBrush(theme.color("sunken"))
            box = QRectF(one.tile.left() - 4, (self.height() - theme.px(44)) / 2, 0, theme.px(44))
            box.setRight(one.words.right() + LID_PAD)
            painter.drawRoundedRect(box, 8, 8)
        else:
            painter.setBrush(tint)
            painter.drawRoundedRect(one.tile, 7, 7)
        theme.draw_icon(painter, one.tile, one.said.icon, 16, ink)
        line, small = theme.line("body"), theme.line("small")
        first = QRectF(one.words.left(), one.words.top(), one.words.width(), line)
        paint_line(painter, theme, first, one.said.title, "body", "text", 600)
        below = QRectF(one.words.left(), one.words.top() + line, one.words.width(), small)
        paint_line(painter, theme, below, one.said.detail, "small", "text-2")
        painter.setOpacity(0.75 if hot else 1.0)
        paint_line(painter, theme, one.action.adjusted(0, 0, 2, 0), one.said.action, "small", "accent-text", 500)
        painter.setOpacity(1.0)
        if ringed:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(one.action.adjusted(-4, 3, 4, -3), 4, 4)

    def _colours(self, tone: str) -> tuple[QColor, QColor]:
        theme = self._theme
        if tone in STATES:
            state = theme.state(tone)
            return state.text, state.tint
        if tone == "lid":
            return theme.color("text-2"), theme.color("sunken")
        return theme.color(tone), theme.color(f"{tone}-tint")

    # mouse and keys --------------------------------------------------------------------------------------------

    def _acting(self, placed: Sequence[Placed]) -> list[int]:
        return [number for number, one in enumerate(placed) if one.said.action]

    def _current(self, acting: Sequence[int]) -> int:
        return acting[min(self._at, len(acting) - 1)] if acting else -1

    def _hit(self, at: QPointF) -> int:
        placed = self.placed()
        return next((n for n in self._acting(placed) if placed[n].box.adjusted(-6, 0, 6, 0).contains(at)), -1)

    def _act(self, number: int) -> None:
        placed = self.placed()
        if 0 <= number < len(placed) and placed[number].said.action:
            self.acted.emit(placed[number].said.target, placed[number].said.ids)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Facts with an action answer to the mouse."""
        hovered = self._hit(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._act(self._hit(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose a fact, Enter or Space does what it offers."""
        acting = self._acting(self.placed())
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and acting:
            self._at = (self._at + step) % len(acting)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and acting:
            self._act(self._current(acting))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()
