"""Draws one line of the list of posts: title, state and where it goes, its picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.ui.draft.rows import ROW, Item, Row, group_word, title_of
from studio.ui.preview.pictures import Painted
from studio.ui.text import paint_line
from studio.ui.widgets.marks import paint_state

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
PICTURE, DISC, SIDE = 48, 16, 6
HEAD: Final = 36
WhenText = Callable[[Row], str]


class RowPainter(QStyledItemDelegate):
    """when: what stands in the place of the state's word for a row ("22 Dec, 11:00"), "" for the word."""

    def __init__(
        self, theme: Theme, pictures: Painted, platform: Callable[[str], PlatformInfo], when: WhenText,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._pictures, self._platform, self._when = theme, pictures, platform, when

    def row_height(self) -> int:
        """70 px, or 52 in the compact list."""
        return self._theme.px(52 if self._theme.compact else 70)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows and heads have one height each."""
        item: Item = index.data(ROW)
        return QSize(100, self._theme.px(HEAD) if item.row is None else self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A head or a row."""
        item: Item = index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if item.row is None:
            self._head(painter, rect, item.group)
        else:
            self._row(painter, rect, item.row, option.state)
        painter.restore()

    def _head(self, painter: QPainter, rect: QRectF, group: str) -> None:
        line = self._theme.line("caption")
        inner = QRectF(rect.left() + 16 + 4, rect.bottom() - line - 6, rect.width() - 40, line)
        paint_line(painter, self._theme, inner, group_word(group), "caption", "text-2", 500)

    def _row(self, painter: QPainter, rect: QRectF, row: Row, state: QStyle.StateFlag) -> None:
        theme = self._theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        box = rect.adjusted(SIDE, 1, -SIDE, -1)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(box, 8, 8)
        side = 0.0
        if row.thumb:
            side = min(float(PICTURE), box.height() - 12)
            place = QRectF(box.right() - 10 - side, box.center().y() - side / 2, side, side)
            self._picture(painter, place, row.thumb)
        self._words(painter, box.adjusted(14, 0, -(side + 20 if side else 14), 0), row, chosen)

    def _words(self, painter: QPainter, room: QRectF, row: Row, chosen: bool) -> None:
        theme = self._theme
        title, small = theme.line("body"), theme.line("small")
        top = room.center().y() - (title + small + 2) / 2
        first = QRectF(room.left(), top, room.width(), title)
        ink = "text" if row.heading else "text-2"
        paint_line(painter, theme, first, title_of(row), "body", ink, 600 if chosen else 500)
        middle = top + title + 2 + small / 2
        used = paint_state(painter, theme, QPointF(room.left(), middle), row.state.value, self._when(row))
        self._discs(painter, room.left() + used + 8, middle, room.right(), row)

    def _discs(self, painter: QPainter, left: float, middle: float, end: float, row: Row) -> None:
        language = self._theme.language.code
        for platform in row.platforms:
            if left + DISC > end:
                return
            info = self._platform(platform)
            initial = info.initial.get(language) or info.initial.get("en", "?")
            self._theme.draw_disc(painter, QRectF(left, middle - DISC / 2, DISC, DISC), initial, info.colour)
            left += DISC + 4

    def _picture(self, painter: QPainter, place: QRectF, media: str) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(place, 6, 6)
        image = self._pictures.get(media, 120)
        painter.save()
        painter.setClipPath(clip)
        painter.fillRect(place, self._theme.color("press"))
        if image is not None:
            painter.drawImage(place, image, middle_part(image))
        elif self._pictures.failed(media):
            self._theme.draw_icon(painter, place, "image", 16, "text-3")
        painter.restore()


def middle_part(image: QImage) -> QRectF:
    """The largest square from the middle of a picture."""
    side = min(image.width(), image.height())
    return QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
