"""The one painter of preview cards: any platform's boxes, in that platform's own colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
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
    QTextCharFormat,
    QTextLayout,
)

from studio.core.card import Box, Card, Font, Line, Run
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offsets import clean, units
from studio.ui.preview.pictures import SIZES, Painted

BLUR: Final = 12  # px of a picture that a backdrop keeps
IconMaker = Callable[[str, int, QColor, float], QPixmap]
FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "card": ("card", "surface", "background"),
    "line": ("line", "border"),
    "fill": ("fill", "line"),
    "text": ("text",),
}


class CardPainter:
    """Paints cards at (0, 0) of a painter, in logical px.

    icons    renders one of our one-colour icons: (name, size in px, colour, device pixel ratio)
    """

    def __init__(self, metrics: QtMetrics, pictures: Painted, icons: IconMaker) -> None:
        self.metrics, self.pictures, self._icons = metrics, pictures, icons

    def paint(self, painter: QPainter, card: Card, exposed: QRectF | None = None, zoom: float = 1.0) -> None:
        """Draws every box that touches `exposed` (all of them when None). zoom: device px per logical px."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for box in card.boxes:
            rect = QRectF(box.x, box.y, box.w, box.h)
            if exposed is None or exposed.intersects(rect.adjusted(-1, -1, 1, 1)):
                self._box(painter, card, box, rect, zoom, exposed)
        painter.restore()

    def _box(
        self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float, exposed: QRectF | None
    ) -> None:
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
            self._backdrop(painter, box, rect)
        else:
            self._words(painter, card, box, rect, exposed)

    def _card(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        token = box.token if box.token != "text" else "card"
        painter.setBrush(colour(card, token, "card"))
        outline = colour(card, "line", "line")
        painter.setPen(QPen(outline, 1) if box.radius else Qt.PenStyle.NoPen)
        inset = 0.5 if box.radius else 0.0
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius, box.radius)

    def _shade(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        full = colour(card, box.token, "fill")
        clear = QColor(full)
        clear.setAlpha(0)
        ramp = QLinearGradient(rect.topLeft(), rect.bottomLeft())
        ramp.setColorAt(0.0, full if box.turned else clear)
        ramp.setColorAt(1.0, clear if box.turned else full)
        painter.fillRect(rect, ramp)

    def _ring(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(card, box.token, "line"), box.stroke or 1.0))
        inset = (box.stroke or 1.0) / 2
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), box.radius, box.radius)

    def _backdrop(self, painter: QPainter, box: Box, rect: QRectF) -> None:
        """A few px of it, drawn large and smooth, are a blur that costs nothing."""
        image = self.pictures.get(box.media, SIZES[0])
        if image is None:
            painter.fillRect(rect, QColor("black"))
            return
        small = image.scaled(BLUR, BLUR, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        painter.drawImage(rect, small, _part(small, box.crop or (0.0, 0.0, 1.0, 1.0)))
        painter.fillRect(rect, QColor(0, 0, 0, 110))

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
        path = QPainterPath()
        path.addText(QPointF(0, 0), letter, clean(text))
        path.translate(rect.center() - path.boundingRect().center())
        painter.fillPath(path, ink)

    # pictures --------------------------------------------------------------------------------------------------

    def _picture(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float) -> None:
        if not self._image(painter, box, rect, box.radius, zoom):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(card, "line", "line"))
            painter.drawRoundedRect(rect, box.radius, box.radius)
            if self.pictures.failed(box.media):
                self._missing(painter, card, box, rect, zoom)
        if box.kind == "video":
            self._play(painter, rect, zoom)
        if box.text:
            self._caption(painter, card, box, rect)

    def _missing(self, painter: QPainter, card: Card, box: Box, rect: QRectF, zoom: float) -> None:
        """What cannot be shown, by its name."""
        ink, name = colour(card, "text", "text"), card.names.get(box.media, "")
        font = Font(11, 14)
        roomy = name and rect.height() >= 64 and rect.width() >= 48
        upper = rect.adjusted(0, 0, 0, -font.line - 4) if roomy else rect
        self._icon(painter, box, upper, ink, zoom, "image", 24)
        if not roomy:
            return
        painter.setPen(ink)
        painter.setFont(self.metrics.font(font))
        below = QRectF(rect.left() + 4, upper.center().y() + 16, rect.width() - 8, font.line + 2)
        shown = QFontMetricsF(painter.font()).elidedText(clean(name), Qt.TextElideMode.ElideMiddle, below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, shown)

    def _image(self, painter: QPainter, box: Box, rect: QRectF, radius: float, zoom: float) -> bool:
        part = box.crop or (0.0, 0.0, 1.0, 1.0)
        need = max(rect.width() / max(part[2], 0.01), rect.height() / max(part[3], 0.01)) * zoom
        image = self.pictures.get(box.media, round(need))
        if image is None:
            return False
        painter.save()
        if radius:
            path = QPainterPath()
            path.addRoundedRect(rect, radius, radius)
            painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.drawImage(rect, image, _part(image, part))
        painter.restore()
        return True

    def _play(self, painter: QPainter, rect: QRectF, zoom: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 140))
        painter.drawEllipse(rect.center(), 24, 24)
        triangle = QPainterPath(rect.center() + QPointF(-7, -10))
        triangle.lineTo(rect.center() + QPointF(11, 0))
        triangle.lineTo(rect.center() + QPointF(-7, 10))
        triangle.closeSubpath()
        painter.fillPath(triangle, QColor("white"))

    def _caption(self, painter: QPainter, card: Card, box: Box, rect: QRectF) -> None:
        """Words on a picture ("+3", a length): white on a shade."""
        if box.font is None:
            return
        painter.setFont(self.metrics.font(box.font))
        painter.setPen(QColor("white"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, clean(box.text))

    # words -----------------------------------------------------------------------------------------------------

    def _words(self, painter: QPainter, card: Card, box: Box, rect: QRectF, exposed: QRectF | None) -> None:
        if box.kind in ("fill", "badge"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(card, box.token if box.token != "text" else box.kind, "fill"))
            painter.drawRoundedRect(rect, box.radius, box.radius)
        if not box.text or box.font is None:
            return
        ink = colour(card, box.token, "text") if box.kind == "text" else colour(card, f"on-{box.token}", "text")
        painter.setPen(ink)
        painter.setFont(self.metrics.font(box.font))
        lines = box.lines or (Line(0, len(box.text), self.metrics.advance(box.text, box.font)),)
        step = box.font.line
        first = rect.top() if box.lines else rect.center().y() - step / 2
        for number, line in enumerate(lines):
            top = first + number * step
            if exposed is None or (top + step >= exposed.top() and top <= exposed.bottom()):
                self._line(painter, card, box, line, QRectF(rect.left(), top, rect.width(), step))

    def _line(self, painter: QPainter, card: Card, box: Box, line: Line, rect: QRectF) -> None:
        assert box.font is not None
        shown = clean(box.text[line.start : line.end]).rstrip("\n")
        if not shown:
            return
        left = rect.left() + _shift(box.align, rect.width(), line.width)
        baseline = rect.top() + self.metrics.ascent(box.font)
        runs = [run for run in box.runs if run.start < line.end and run.end > line.start]
        if runs:
            self._runs(painter, card, box, line, QPointF(left, baseline), shown, runs)
        else:
            painter.drawText(QPointF(left, baseline), shown)

    def _runs(
        self, painter: QPainter, card: Card, box: Box, line: Line, at: QPointF, shown: str, runs: list[Run]
    ) -> None:
        assert box.font is not None
        layout = QTextLayout(shown, self.metrics.font(box.font))
        formats = []
        for run in runs:
            start, end = max(0, run.start - line.start), min(len(shown), run.end - line.start)
            stretch = QTextLayout.FormatRange()
            stretch.start = units(shown, start)
            stretch.length = units(shown[start:end])
            stretch.format = self._look(card, box, run)
            formats.append(stretch)
        layout.setFormats(formats)
        layout.beginLayout()
        made = layout.createLine()
        made.setLineWidth(1e6)
        layout.endLayout()
        layout.draw(painter, QPointF(at.x(), at.y() - made.ascent()))

    def _look(self, card: Card, box: Box, run: Run) -> QTextCharFormat:
        assert box.font is not None
        look = QTextCharFormat()
        look.setForeground(colour(card, run.token, "text"))
        if run.weight is not None:
            look.setFont(self.metrics.font(box.font, run.weight))
        return look

    def _icon(
        self, painter: QPainter, box: Box, rect: QRectF, ink: QColor, zoom: float, name: str = "", size: int = 0
    ) -> None:
        side = size or max(8, round(min(rect.width(), rect.height())))
        pixmap = self._icons(name or box.icon, side, ink, max(1.0, zoom))
        painter.drawPixmap(
            QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side), pixmap,
            QRectF(pixmap.rect()),
        )


def colour(card: Card, token: str, kind: str) -> QColor:
    """The card's colour for a token; where it declares none, that of the kind of box, then grey."""
    if token.startswith("#"):
        return _ink(token)
    for name in (token, *FALLBACK.get(kind, (kind,))):
        if name in card.tokens:
            return _ink(card.tokens[name])
    return QColor("#808080")


def _ink(written: str) -> QColor:
    """"#rrggbb", or "#rrggbbaa" with the opacity last as style sheets have it (Qt has it first)."""
    return QColor(f"#{written[7:]}{written[1:7]}") if len(written) == 9 else QColor(written)


def _whole(rect: QRectF) -> QRectF:
    """A line at least one px thick."""
    return QRectF(rect.left(), rect.top(), max(1.0, rect.width()), max(1.0, rect.height()))


def _part(image: QImage, part: tuple[float, float, float, float]) -> QRectF:
    w, h = image.width(), image.height()
    return QRectF(part[0] * w, part[1] * h, part[2] * w, part[3] * h)


def _shift(align: str, room: float, width: float) -> float:
    return {"center": (room - width) / 2, "right": room - width}.get(align, 0.0)
