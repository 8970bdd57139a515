"""A margin note: one finding beside the thing it is about, with its fixes as links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui import text as words

if TYPE_CHECKING:
    from studio.ui.theme import Theme

PAD, ICON_GAP, FIX_GAP = 12, 8, 14
LOOKS = {"error": ("circle-alert", "bad"), "warning": ("triangle-alert", "warn"), "info": ("info", "text-2")}
"""Severity -> (icon, token of the ink). Error and warning have a tint; information is text only."""


@dataclass(frozen=True, slots=True)
class NoteText:
    """What a note says: the finding's severity, its sentence, more words, fixes as (key, text), the rule's source.

    owner: whose it is, where that stands at the beginning of `detail`
    """

    severity: str
    sentence: str
    fixes: tuple[tuple[str, str], ...] = ()
    detail: str = ""
    source: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class NoteLayout:
    """Where the parts of a note are, relative to its top left; painting and hit tests read the same."""

    height: int
    left: int
    sentence: QRectF
    detail: QRectF
    fixes: tuple[tuple[str, QRectF], ...]
    source: QRectF


def lay_out(theme: Theme, note: NoteText, width: int) -> NoteLayout:
    """Place a note of `width` px."""
    side = theme.icon_size(14)
    left = PAD + side + ICON_GAP
    inner = max(40, width - left - PAD)
    y = 10
    sentence = QRectF(left, y, inner, words.height(theme, note.sentence, "small", inner, weight_of(note)))
    y += int(sentence.height())
    detail = QRectF(left, y, inner, words.height(theme, note.detail, "small", inner) if note.detail else 0)
    y += int(detail.height())
    fixes, y = _lay_out_fixes(theme, note, left, y, inner)
    tall = words.height(theme, note.source, "caption", inner) if note.source else 0
    source = QRectF(left, y, inner, tall)
    return NoteLayout(y + tall + 10, left, sentence, detail, fixes, source)


def weight_of(note: NoteText) -> int:
    """Weight of the sentence: what only informs is not bold."""
    return 400 if note.severity == "info" else 600


def _lay_out_fixes(
    theme: Theme, note: NoteText, left: int, y: int, inner: int
) -> tuple[tuple[tuple[str, QRectF], ...], int]:
    if not note.fixes:
        return (), y
    x, line, rects = left, theme.line("small") + 2, []
    for key, text in note.fixes:
        width = theme.width("small", text, 500)
        if x > left and x + width > left + inner:
            x, y = left, y + line
        rects.append((key, QRectF(x, y + 1, width, line)))
        x += width + FIX_GAP
    return tuple(rects), y + line + 1


def paint_tint(painter: QPainter, theme: Theme, rect: QRectF, severity: str) -> None:
    """The ground of a note as large as `rect`, at the painter's origin; mere information has none."""
    if severity != "info":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{LOOKS[severity][1]}-tint"))
        painter.drawRoundedRect(QRectF(0, 0, rect.width(), rect.height()), 8, 8)


def paint_fixes(
    painter: QPainter, theme: Theme, note: NoteText, places: Sequence[tuple[str, QRectF]], hovered: str, focused: str
) -> None:
    """The fixes as links at their places; the one under the mouse is paler, the one with the focus has a ring."""
    texts = dict(note.fixes)
    for key, place in places:
        painter.setOpacity(0.75 if key == hovered else 1.0)
        words.paint_line(painter, theme, place.adjusted(0, 0, 2, 0), texts[key], "small", "accent-text", 500)
        painter.setOpacity(1.0)
        if key == focused:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(-3, 0, 3, 0), 4, 4)


def paint_note(
    painter: QPainter, theme: Theme, rect: QRectF, note: NoteText, hovered: str = "", focused: str = ""
) -> None:
    """Paint a note into `rect` (its height from `lay_out`)."""
    plan = lay_out(theme, note, int(rect.width()))
    icon, token = LOOKS[note.severity]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    paint_tint(painter, theme, rect, note.severity)
    side = theme.icon_size(14)
    theme.draw_icon(painter, QRectF(PAD, plan.sentence.top(), side, theme.line("small")), icon, 14, token)
    words.paint(painter, theme, plan.sentence, note.sentence, "small", token, weight_of(note))
    if note.detail:
        words.paint(painter, theme, plan.detail, note.detail, "small", "text-2")
    paint_fixes(painter, theme, note, plan.fixes, hovered, focused)
    if note.source:
        words.paint(painter, theme, plan.source, note.source, "caption", "text-2")
    painter.restore()


class Note(QWidget):
    """A note as a widget; `fixed(key)` fires when a fix is clicked, or chosen with arrows and Enter."""

    fixed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        severity: str,
        sentence: str,
        fixes: Sequence[tuple[str, str]] = (),
        source: str = "",
        detail: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._note = NoteText(severity, sentence, tuple(fixes), detail, source)
        self._hovered = ""
        self._at, self._wide = -1, 212
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self._name()

    @property
    def note(self) -> NoteText:
        """What the note says."""
        return self._note

    def set_note(self, note: NoteText) -> None:
        """Say something else, in place."""
        self._note, self._at, self._hovered = note, -1, ""
        self._name()
        self.updateGeometry()
        self.update()

    def hit(self, position: QPointF) -> str:
        """Key of the fix at a position, or ""."""
        plan = lay_out(self._theme, self._note, self.width())
        return next((key for key, rect in plan.fixes if rect.adjusted(-4, -3, 4, 3).contains(position)), "")

    def hasHeightForWidth(self) -> bool:
        """A note wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped note."""
        return lay_out(self._theme, self._note, width).height

    def sizeHint(self) -> QSize:
        """212 px wide, as beside the editor; as high as its words are in the width it was given."""
        return QSize(212, self.heightForWidth(self._wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide note is not as high as a narrow one."""
        super().resizeEvent(event)
        if self.width() != self._wide:
            self._wide = self.width()
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the note."""
        painter = QPainter(self)
        focused = self._note.fixes[self._at][0] if self.hasFocus() and self._at >= 0 else ""
        paint_note(painter, self._theme, QRectF(self.rect()), self._note, self._hovered, focused)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Fixes answer to the mouse."""
        hovered = self.hit(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No fix is under the mouse."""
        self._hovered = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do the fix."""
        if event.button() == Qt.MouseButton.LeftButton and (key := self.hit(event.position())):
            self.fixed.emit(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first fix is ready for Enter."""
        self._at = 0 if self._note.fixes else -1
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No fix is marked."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose a fix, Enter or Space does it."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and self._note.fixes:
            self._at = (self._at + step) % len(self._note.fixes)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at >= 0:
            self.fixed.emit(self._note.fixes[self._at][0])
        else:
            super().keyPressEvent(event)

    def _name(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._note.fixes else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self._note.sentence)
        self.setAccessibleDescription(" ".join((self._note.detail, self._note.source)).strip())
