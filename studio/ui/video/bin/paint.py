"""How a thing of the bin is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from studio.core.opentime import Time
from studio.core.timeline import Source
from studio.ui.i18n import tr
from studio.ui.library.thumbs import paint_cover
from studio.ui.library.words import duration
from studio.ui.text import paint_line
from studio.ui.video.bin.layout import Cell
from studio.ui.video.bin.samples import Samples
from studio.ui.video.timeline.strips import Strips

if TYPE_CHECKING:
    from studio.ui.theme import Theme

INK = QColor(19, 20, 23, 184)
WHITE = QColor(255, 255, 255)
APART = Time(1, 2)


class Painter:
    """Draws cells. strips: pictures and wave forms; samples: styles of titles."""

    def __init__(self, theme: Theme, strips: Strips, samples: Samples) -> None:
        self.theme, self._strips, self._samples = theme, strips, samples
        self.proxy: tuple[str, float] = ("", 0.0)  # of which source one is being made, and how far it is

    def cell(self, painter: QPainter, cell: Cell, scrub: float | None, hot: bool) -> None:
        """scrub: how far (0 to 1) the pointer is on a film, None when it is elsewhere."""
        rect = QRectF(cell.x, cell.y, cell.w, cell.h)
        draw = {"tile": self._tile, "style": self._style, "card": self._card, "sound": self._sound}[cell.thing.look]
        draw(painter, cell, rect, scrub, hot)

    def ring(self, painter: QPainter, cell: Cell, chosen: bool) -> None:
        """Round what is chosen, or pointed at."""
        rect = self.picture_rect(cell)
        painter.setPen(QPen(self.theme.color("focus" if chosen else "line-2"), 2 if chosen else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        out = 2.0 if chosen else 0.5
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), 8, 8)

    def picture_rect(self, cell: Cell) -> QRectF:
        """What of a cell is framed: the picture of a tile, all of the others."""
        rect = QRectF(cell.x, cell.y, cell.w, cell.h)
        if cell.thing.look in ("tile", "style"):
            rect.setHeight(cell.h - self.theme.px(24))
        return rect

    # kinds -----------------------------------------------------------------------------------------------------

    def _tile(self, painter: QPainter, cell: Cell, rect: QRectF, scrub: float | None, hot: bool) -> None:
        source, picture = cell.thing.source, self.picture_rect(cell)
        assert source is not None
        pixmap = self._strips.picture(source, _moment(source, scrub), APART)
        self._cover(painter, picture, pixmap, "image" if source.kind == "image" else "film")
        if source.duration is not None:
            self._badge(painter, picture, duration(source.duration))
        if source.id == self.proxy[0]:
            part = tr("video", "Proxy {percent} %", percent=round(self.proxy[1] * 100))
            self._badge(painter, picture, part, left=True)
        if cell.thing.used:
            self._tick(painter, picture)
        if scrub is not None and source.duration is not None:
            x = picture.left() + picture.width() * scrub
            painter.setPen(QPen(self.theme.color("now"), 2))
            painter.drawLine(QPointF(x, picture.top() + 1), QPointF(x, picture.bottom() - 1))
        self._below(painter, rect, cell.thing.title)

    def _cover(self, painter: QPainter, rect: QRectF, pixmap: QPixmap | None, icon: str) -> None:
        if pixmap is not None:
            paint_cover(painter, pixmap, rect, 7)
            return
        self._ground(painter, rect)
        self.theme.draw_icon(painter, rect, icon, 20, "text-3")

    def _style(self, painter: QPainter, cell: Cell, rect: QRectF, scrub: float | None, hot: bool) -> None:
        picture = self.picture_rect(cell)
        self._ground(painter, picture, "clip-main")
        found = self._samples.get(cell.thing.carried.id, cell.thing.title)
        if found is not None:
            painter.save()
            painter.setClipRect(picture)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(picture, found)
            painter.restore()
        self._below(painter, rect, cell.thing.title)

    def _card(self, painter: QPainter, cell: Cell, rect: QRectF, scrub: float | None, hot: bool) -> None:
        self._ground(painter, rect, "press" if hot else "hover")
        side = self.theme.icon_size(16)
        place = QRectF(rect.left() + 10, rect.top(), side, rect.height())
        self.theme.draw_icon(painter, place, cell.thing.icon, 16, "text-2")
        words = QRectF(place.right() + 8, rect.top(), rect.width() - side - 26, rect.height())
        paint_line(painter, self.theme, words, cell.thing.title, "small", "text")

    def _sound(self, painter: QPainter, cell: Cell, rect: QRectF, scrub: float | None, hot: bool) -> None:
        """Name, wave, length on one row."""
        source, theme = cell.thing.source, self.theme
        assert source is not None
        self._ground(painter, rect, "press" if hot else "sunken")
        side = theme.icon_size(16)
        theme.draw_icon(painter, QRectF(rect.left() + 8, rect.top(), side, rect.height()), "audio-lines", 16, "good")
        long = duration(source.duration) if source.duration is not None else ""
        right = theme.width("caption", long) + 14
        name = min(rect.width() * 0.32, theme.width("small", cell.thing.title) + 4.0)
        left = rect.left() + side + 18
        paint_line(painter, theme, QRectF(left, rect.top(), name, rect.height()), cell.thing.title, "small", "text")
        wave = QRectF(left + name + 12, rect.top() + 6, rect.right() - right - left - name - 24, rect.height() - 12)
        self._wave(painter, wave, source)
        place = QRectF(rect.right() - right, rect.top(), right - 8, rect.height())
        paint_line(painter, theme, place, long, "caption", "text-2", None, Qt.AlignmentFlag.AlignRight, True)

    def _wave(self, painter: QPainter, rect: QRectF, source: Source) -> None:
        peaks = self._strips.peaks(source)
        if peaks is None or rect.width() < 20 or not source.duration:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("good"))
        bars, step = int(rect.width() // 4), float(source.duration) / max(1, int(rect.width() // 4))
        for n in range(bars):
            high = max(1.5, rect.height() * peaks.between(n * step, (n + 1) * step) / 255)
            painter.drawRect(QRectF(rect.left() + n * 4, rect.center().y() - high / 2, 2, high))

    # parts -----------------------------------------------------------------------------------------------------

    def _ground(self, painter: QPainter, rect: QRectF, token: str = "hover") -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(token))
        painter.drawRoundedRect(rect, 7, 7)

    def _below(self, painter: QPainter, rect: QRectF, words: str) -> None:
        high = self.theme.px(22)
        place = QRectF(rect.left() + 1, rect.bottom() - high, rect.width() - 2, high)
        paint_line(painter, self.theme, place, words, "small", "text-2")

    def _badge(self, painter: QPainter, rect: QRectF, words: str, left: bool = False) -> None:
        high = float(self.theme.px(17))
        wide = self.theme.width("badge", words) + 10.0
        x = rect.left() + 5 if left else rect.right() - wide - 5
        place = QRectF(x, rect.bottom() - high - 5, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        painter.drawRoundedRect(place, 4, 4)
        paint_line(painter, self.theme, place, words, "badge", WHITE, 600, Qt.AlignmentFlag.AlignHCenter)

    def _tick(self, painter: QPainter, rect: QRectF) -> None:
        """It is used in this video."""
        place = QRectF(rect.left() + 5, rect.top() + 5, 16, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(INK)
        painter.drawRoundedRect(place, 4, 4)
        self.theme.draw_icon(painter, place, "check", 13, WHITE)


def _moment(source: Source, scrub: float | None) -> Time:
    """The moment of a film under the pointer; a little after its beginning without one, which is often black."""
    if source.duration is None:
        return Time(0)
    part = Time(1, 10) if scrub is None else Time(round(scrub * 1000), 1000)
    return min(source.duration, Time(2)) * part * 5 if scrub is None else source.duration * part
