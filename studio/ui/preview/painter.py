"""The one painter of preview cards: any platform's boxes, in that platform's own colours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)

from studio.core.card import Box, Card, Font
from studio.ui.preview.ink import Exposed, colour, touches
from studio.ui.preview.lettering import Lettering
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.moving import Moving, paint_picture, paint_progress, paint_trouble
from studio.ui.preview.offsets import clean
from studio.ui.preview.pictures import SIZES, Painted
from studio.ui.preview.scaled import Corners, Crop, Scaled, outline, part

BLUR: Final = 12  # px of a picture that a backdrop keeps
PLAY: Final = 24  # px: radius of the sign on a film
WHOLE: Final = (0.0, 0.0, 1.0, 1.0)
IconMaker = Callable[[str, int, QColor, float], QPixmap]


class CardPainter:
    """Paints cards at (0, 0) of a painter, in logical px.

    icons    renders one of our one-colour icons: (name, size in px, colour, device pixel ratio)
    scaled   where pictures are kept as they are painted; shared by the cards of one window
    moving   what films show that play on the card; None: none does
    """

    def __init__(
        self, metrics: QtMetrics, pictures: Painted, icons: IconMaker, scaled: Scaled | None = None
    ) -> None:
        self.metrics, self.pictures, self._icons = metrics, pictures, icons
        self._scaled = scaled or Scaled()
        self._lettering = Lettering(metrics)
        self.moving: Moving | None = None

    def paint(
        self, painter: QPainter, card: Card, exposed: QRectF | Exposed = None, zoom: float = 1.0
    ) -> None:
        """Draws every box that touches `exposed` (all of them when None). zoom: device px per logical px."""
        places = [exposed] if isinstance(exposed, QRectF) else exposed
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for box in card.boxes:
            rect = QRectF(box.x, box.y, box.w, box.h)
            if touches(places, rect):
                self._box(painter, card, box, rect, zoom, places)
        self._progress(painter, card, places)
        painter.restore()

    def _box(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float, exposed: Exposed) -> None:
        if box.kind == "card":
            self._card(painter, card, box, rect)
        elif box.kind in ("image", "video"):
            self._picture(painter, card, box, rect, zoom)
        elif box.kind == "avatar":
            self._avatar(painter, card, box, rect, zoom)
        elif box.kind == "icon":
            self._icon(painter, box, rect, colour(card, box.token, "text"), zoom)
        elif box.kind == "line":
            painter.fillRect(_whole(rect), colour(card, box.token, "line"))
        elif box.kind == "shade":
            self._shade(painter, card, box, rect)
        elif box.kind == "ring":
            self._ring(painter, card, box, rect)
        elif box.kind == "backdrop":
            self._backdrop(painter, box, rect, zoom)
        else:
            self._words(painter, card, box, rect, exposed)

    def _progress(self, painter: QPainter, card: Card, places: Exposed) -> None:
        """How far each film is that plays: over what the platform lays on it, for it is ours."""
        if self.moving is None:
            return
        for box in card.boxes:
            rect = QRectF(box.x, box.y, box.w, box.h)
            if box.kind == "video" and touches(places, rect) and (shot := self.moving.shot(box)) is not None:
                paint_progress(painter, rect, outline(rect, box.radius, box.corners), shot)

    # grounds ---------------------------------------------------------------------------------------------------

    def _card(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        token = box.token if box.token != "text" else "card"
        painter.setBrush(colour(card, token, "card"))
        painter.setPen(QPen(colour(card, "line", "line"), 1) if box.radius else Qt.PenStyle.NoPen)
        inset = 0.5 if box.radius else 0.0
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius, box.radius)

    def _shade(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        full = colour(card, box.token, "fill")
        clear = QColor(full)
        clear.setAlpha(0)
        ramp = QLinearGradient(rect.topLeft(), rect.bottomLeft())
        ramp.setColorAt(0.0, full if box.turned else clear)
        ramp.setColorAt(1.0, clear if box.turned else full)
        painter.fillPath(outline(rect, box.radius, box.corners), ramp)

    def _ring(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(card, box.token, "line"), box.stroke or 1.0))
        inset = (box.stroke or 1.0) / 2
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius, box.radius)

    def _words(self, painter: QPainter, card: Card, box: Box, rect: QRectF, exposed: Exposed) -> None:
        if box.kind in ("fill", "badge"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(card, box.token if box.token != "text" else box.kind, "fill"))
            painter.drawRoundedRect(rect, box.radius, box.radius)
        self._lettering.words(painter, card, box, rect, exposed)

    # people ----------------------------------------------------------------------------------------------------

    def _avatar(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float) -> None:
        radius = box.radius or min(rect.width(), rect.height()) / 2
        if box.media and self._image(painter, box, rect, radius, zoom):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(card, box.token if box.token != "text" else "avatar", "link"))
        painter.drawRoundedRect(rect, radius, radius)
        if box.text:
            self._letter(painter, rect, box.text, QColor("white"))

    def _letter(self, painter: QPainter, rect: QRectF, text: str, ink: QColor) -> None:
        letter = QFont(painter.font())
        letter.setFamilies(self.metrics.families)
        letter.setPixelSize(max(7, round(rect.height() * 0.44)))
        letter.setWeight(QFont.Weight.DemiBold)
        if not clean(text).isalnum():  # an emoji has no outline; asked for one, Qt draws none in colour any more
            painter.setFont(letter)
            painter.setPen(ink)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, clean(text))
            return
        path = QPainterPath()
        path.addText(QPointF(0, 0), letter, clean(text))
        path.translate(rect.center() - path.boundingRect().center())
        painter.fillPath(path, ink)

    # pictures --------------------------------------------------------------------------------------------------

    def _picture(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float) -> None:
        shot = self.moving.shot(box) if self.moving is not None and box.kind == "video" else None
        shape = outline(rect, box.radius, box.corners)
        if shot is not None and paint_picture(painter, box, rect, shape, shot):
            pass  # a film that plays
        elif not self._image(painter, box, rect, box.radius, zoom):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(card, "line", "line"))
            painter.drawPath(shape)
            if self.pictures.failed(box.media):
                self._missing(painter, card, box, rect, zoom)
        if box.kind == "video" and not (shot is not None and (shot.playing or shot.trouble)):
            self._play(painter, rect)
        if shot is not None and shot.trouble:
            paint_trouble(painter, self.metrics, rect, shape, shot.trouble)
        if box.text:
            self._caption(painter, box, rect)

    def _image(self, painter: QPainter, box: Box, rect: QRectF, radius: float, zoom: float) -> bool:
        """False when there is no picture (yet)."""
        crop = box.crop or WHOLE
        need = max(rect.width() / max(crop[2], 0.01), rect.height() / max(crop[3], 0.01)) * zoom
        image = self.pictures.get(box.media, round(need))
        if image is None:
            return False
        if not self._copied(painter, image, crop, rect, radius, box.corners):
            painter.save()
            if radius:
                painter.setClipPath(outline(rect, radius, box.corners), Qt.ClipOperation.IntersectClip)
            painter.drawImage(rect, image, part(image, crop))
            painter.restore()
        return True

    def _copied(
        self, painter: QPainter, image: QImage, crop: Crop, rect: QRectF, radius: float, corners: Corners | None
    ) -> bool:
        """Puts down the picture as it was scaled before, on whole device px; False where it cannot be kept."""
        before, ratio = painter.worldTransform(), painter.device().devicePixelRatioF()
        if before.isRotating():
            return False
        place = (before * QTransform.fromScale(ratio, ratio)).mapRect(rect)
        left, top = round(place.left()), round(place.top())
        size = QSize(round(place.right()) - left, round(place.bottom()) - top)
        made = self._scaled.get(image, crop, size, round(radius * before.m11() * ratio, 1), corners)
        if made is None:
            return False
        painter.setWorldTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
        painter.drawImage(QPoint(left, top), made)
        painter.setWorldTransform(before)
        return True

    def _backdrop(self, painter: QPainter, box: Box, rect: QRectF, zoom: float) -> None:
        """A few px of it, drawn large and smooth, are a blur that costs nothing."""
        image = self.pictures.get(box.media, SIZES[0])
        if image is None:
            painter.fillRect(rect, QColor("black"))
            return
        small = self._scaled.get(image, box.crop or WHOLE, _within(rect, BLUR), 0.0)
        if small is not None:
            painter.drawImage(rect, small, QRectF(small.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.fillRect(rect, QColor(0, 0, 0, 110))

    def _missing(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float) -> None:
        """What cannot be shown, by its name."""
        ink, name = colour(card, "text", "text"), card.names.get(box.media, "")
        font = Font(11, 14)
        roomy = name and rect.height() >= 64 and rect.width() >= 48
        upper = rect.adjusted(0, 0, 0, -font.line - 4) if roomy else rect
        self._icon(painter, box, upper, ink, zoom, "image", round(min(24, rect.width(), rect.height())))
        if not roomy:
            return
        painter.setPen(ink)
        painter.setFont(self.metrics.font(font))
        below = QRectF(rect.left() + 4, upper.center().y() + 16, rect.width() - 8, font.line + 2)
        shown = QFontMetricsF(painter.font()).elidedText(clean(name), Qt.TextElideMode.ElideMiddle, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)

    def _play(self, painter: QPainter, rect: QRectF) -> None:
        """The sign on a film that stands still, smaller on a small one."""
        radius = min(PLAY, rect.width() / 3, rect.height() / 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 140))
        painter.drawEllipse(rect.center(), radius, radius)
        side = radius / PLAY
        triangle = QPainterPath(rect.center() + QPointF(-7, -10) * side)
        triangle.lineTo(rect.center() + QPointF(11, 0) * side)
        triangle.lineTo(rect.center() + QPointF(-7, 10) * side)
        triangle.closeSubpath()
        painter.fillPath(triangle, QColor("white"))

    def _caption(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """Words on a picture ("+3", a length): white on a shade."""
        if box.font is None:
            return
        painter.setFont(self.metrics.font(box.font))
        painter.setPen(QColor("white"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, clean(box.text))

    def _icon(
        self, painter: QPainter, box: Box, rect: QRectF, ink: QColor, zoom: float, name: str = "", size: int = 0
    ) -> None:
        side = size or max(8, round(min(rect.width(), rect.height())))
        pixmap = self._icons(name or box.icon, side, ink, max(1.0, zoom))
        painter.drawPixmap(
            QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side), pixmap,
            QRectF(pixmap.rect()),
        )


def _within(rect: QRectF, side: int) -> QSize:
    """The shape of `rect`, its longer edge `side` px."""
    scale = side / max(1.0, rect.width(), rect.height())
    return QSize(max(2, round(rect.width() * scale)), max(2, round(rect.height() * scale)))


def _whole(rect: QRectF) -> QRectF:
    """A line at least one px thick."""
    return QRectF(rect.left(), rect.top(), max(1.0, rect.width()), max(1.0, rect.height()))
