"""Margin notes: painted beside the lines and fields they are about, or in a stack below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.draft.note_row import lay_out_row, paint_row
from studio.ui.draft.remarks import Remark
from studio.ui.widgets.base import Live
from studio.ui.widgets.note import NoteLayout, NoteText, lay_out, paint_note

if TYPE_CHECKING:
    from studio.ui.theme import Theme

GAP: Final = 4
ABOVE: Final = 14.0
BELOW: Final = 12
KEEP: Final = 64


@dataclass(frozen=True, slots=True)
class Placed:
    """A note in its place, and its links in the same coordinates; painting and hit tests read this."""

    remark: Remark
    rect: QRectF
    fixes: tuple[tuple[str, QRectF], ...]


def stack(wanted: Sequence[float], heights: Sequence[float], least: float, most: float) -> list[float]:
    """Tops for notes that want to stand at `wanted` (ascending): pushed down to be 4 px apart, then up to fit."""
    tops: list[float] = []
    edge = least
    for want, height in zip(wanted, heights, strict=True):
        top = max(want, edge)
        tops.append(top)
        edge = top + height + GAP
    limit = most
    for number in range(len(tops) - 1, -1, -1):
        top = min(tops[number], limit - heights[number])
        if top >= tops[number]:
            break
        tops[number] = top
        limit = top - GAP
    return tops


class MarginNotes(Live, QWidget):
    """fixed(fix, remark): a link was used. With `anchored` notes stand at given heights, else one below another."""

    fixed = Signal(str, object)

    def __init__(self, theme: Theme, anchored: bool) -> None:
        super().__init__()
        self._theme, self._anchored = theme, anchored
        self._remarks: list[Remark] = []
        self._tops: list[float] = []
        self._placed: list[Placed] = []
        self._plans: dict[tuple[NoteText, int], NoteLayout] = {}
        self._drawn: dict[tuple[NoteText, int, str, str, float], QPixmap] = {}
        self._hovered = ""
        self._at = (-1, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(not anchored)
        self.setSizePolicy(QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding) if anchored else policy)
        self.setMouseTracking(True)
        self.setProperty("ring", 0)

    def show_remarks(self, remarks: Sequence[Remark], tops: Sequence[float] = ()) -> None:
        """Shows these notes; `tops`, for anchored ones, is where each wants to stand, in px of this widget."""
        found = list(remarks)
        if found == self._remarks and list(tops) == self._tops:
            return
        same = found == self._remarks
        self._remarks, self._tops = found, list(tops)
        if not same:
            self._at = (-1, 0)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if found else Qt.FocusPolicy.NoFocus)
            self.setAccessibleName(" ".join(r.note.sentence for r in found))
            self.setVisible(self._anchored or bool(found))
            self.updateGeometry()
        before = {(p.remark.note, p.rect.y()): p.rect for p in self._placed}
        self._place()
        after = {(p.remark.note, p.rect.y()): p.rect for p in self._placed}
        for key in before.keys() ^ after.keys():
            self.update((before.get(key) or after[key]).toAlignedRect().adjusted(-1, -1, 1, 1))

    def placed(self) -> list[Placed]:
        """Every note with its place, for hit tests."""
        return self._placed

    def remarks(self) -> list[Remark]:
        """The notes, in order."""
        return self._remarks

    def point_at(self, remark: Remark) -> None:
        """Marks a note's first link and takes the focus (F8)."""
        if remark in self._remarks:
            self._at = (self._remarks.index(remark), 0)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.update()

    # geometry --------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """A stack wraps."""
        return not self._anchored

    def heightForWidth(self, width: int) -> int:
        """Height of the stack."""
        heights = self._heights(width)
        return int(sum(heights) + GAP * max(0, len(heights) - 1))

    def sizeHint(self) -> QSize:
        """212 px wide; a stack is as high as its notes."""
        width = self.width() if self.width() > 100 else 212
        return QSize(212, 100 if self._anchored else self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Small: a stack's height follows from its width, which is not known here."""
        return QSize(120, 0)

    def resizeEvent(self, event: QEvent) -> None:
        """Notes wrap anew."""
        self._place()

    def _heights(self, width: int) -> list[float]:
        return [float(self._plan(r.note, width).height) for r in self._remarks]

    def _plan(self, note: NoteText, width: int) -> NoteLayout:
        key = (note, width)
        if key not in self._plans:
            if len(self._plans) > KEEP:
                self._plans.clear()
            self._plans[key] = (lay_out if self._anchored else lay_out_row)(self._theme, note, width)
        return self._plans[key]

    def restyle(self) -> None:
        """Fonts and colours changed: every note is measured and drawn anew."""
        self._plans.clear()
        self._drawn.clear()
        self._place()
        self.updateGeometry()
        self.update()

    def _place(self) -> None:
        heights = self._heights(self.width())
        wanted = self._tops if self._anchored and len(self._tops) == len(heights) else [0.0] * len(heights)
        least, most = (ABOVE, float(self.height() - BELOW)) if self._anchored else (0.0, 1e9)
        tops = stack(wanted, heights, least, most)
        self._placed = [
            self._put(remark, QRectF(0, top, self.width(), height))
            for remark, top, height in zip(self._remarks, tops, heights, strict=True)
        ]

    def _put(self, remark: Remark, rect: QRectF) -> Placed:
        plan = self._plan(remark.note, int(rect.width()))
        return Placed(remark, rect, tuple((key, r.translated(rect.topLeft())) for key, r in plan.fixes))

    # painting and hands ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every note."""
        painter = QPainter(self)
        for number, placed in enumerate(self._placed):
            key = self._focused(number)
            hovered = self._hovered.partition("|")[2] if self._hovered.startswith(f"{number}|") else ""
            if event.rect().intersects(placed.rect.toAlignedRect()):
                picture = self._picture(placed.remark.note, placed.rect.size().toSize(), hovered, key)
                painter.drawPixmap(placed.rect.topLeft(), picture)

    def _picture(self, note: NoteText, size: QSize, hovered: str, focused: str) -> QPixmap:
        """A note, drawn once: while the person types most notes stay as they are."""
        ratio = self.devicePixelRatioF()
        key = (note, size.width(), hovered, focused, ratio)
        if key not in self._drawn:
            if len(self._drawn) > KEEP:
                self._drawn.clear()
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            paint = paint_note if self._anchored else paint_row
            paint(painter, self._theme, QRectF(0, 0, size.width(), size.height()), note, hovered, focused)
            painter.end()
            self._drawn[key] = picture
        return self._drawn[key]

    def _focused(self, number: int) -> str:
        """The link of a note that the keys are on, to be shown."""
        return self._chosen(number) if self.hasFocus() else ""

    def _chosen(self, number: int) -> str:
        fixes = self._remarks[number].note.fixes
        if self._at[0] != number or not fixes:
            return ""
        return fixes[min(self._at[1], len(fixes) - 1)][0]

    def hit(self, at: QPointF) -> tuple[int, str]:
        """(number of the note, its link) at a point; (-1, "") for none."""
        for number, placed in enumerate(self._placed):
            for key, rect in placed.fixes:
                if rect.adjusted(-4, -3, 4, 3).contains(at):
                    return number, key
        return -1, ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Links answer to the mouse."""
        number, key = self.hit(event.position())
        self.setToolTip(next((p.remark.origin for p in self._placed if p.rect.contains(event.position())), ""))
        hovered = f"{number}|{key}" if key else ""
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No link is under the mouse."""
        self._hovered = ""
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Does the fix."""
        number, key = self.hit(event.position())
        if event.button() == Qt.MouseButton.LeftButton and key:
            self.fixed.emit(key, self._remarks[number])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first link is ready for Enter."""
        if self._at[0] < 0:
            self._step(1)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No link is marked."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the links, Enter or Space does one."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self._step(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self._step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at[0] >= 0:
            if chosen := self._chosen(self._at[0]):
                self.fixed.emit(chosen, self._remarks[self._at[0]])
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _step(self, by: int) -> None:
        """To the next link of any note."""
        spots = [(n, k) for n, r in enumerate(self._remarks) for k in range(len(r.note.fixes))]
        if spots:
            here = spots.index(self._at) if self._at in spots else (-1 if by > 0 else 0)
            self._at = spots[(here + by) % len(spots)]
