"""The drawings of empty states: paper, photographs, a calendar leaf. Lines in `line-2`, filled `accent-tint`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

if TYPE_CHECKING:
    from studio.ui.theme import Theme

Draw = Callable[[QPainter, "Theme", QRectF], None]


def sheet(painter: QPainter, theme: Theme, rect: QRectF, tilt: float, fill: str = "surface") -> None:
    """A sheet of paper, turned about its middle; leaves the painter in the sheet's own space."""
    painter.translate(rect.center())
    painter.rotate(tilt)
    painter.translate(-rect.center())
    painter.setPen(QPen(theme.color("line-2"), 1.5))
    painter.setBrush(theme.color(fill))
    painter.drawRoundedRect(rect, 8, 8)


def bars(painter: QPainter, theme: Theme, left: float, top: float, widths: list[float], token: str = "line") -> None:
    """Lines of writing."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(token))
    for number, width in enumerate(widths):
        painter.drawRoundedRect(QRectF(left, top + number * 11, width, 5), 2.5, 2.5)


def photo(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A landscape: sun and two hills on a tinted ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent-tint"))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setBrush(theme.color("line-2"))
    painter.drawEllipse(QPointF(rect.left() + rect.width() * 0.72, rect.top() + rect.height() * 0.3), 5, 5)
    hills = QPainterPath(QPointF(rect.left(), rect.bottom()))
    hills.lineTo(rect.left() + rect.width() * 0.34, rect.top() + rect.height() * 0.42)
    hills.lineTo(rect.left() + rect.width() * 0.58, rect.top() + rect.height() * 0.78)
    hills.lineTo(rect.left() + rect.width() * 0.74, rect.top() + rect.height() * 0.58)
    hills.lineTo(rect.right(), rect.bottom())
    painter.drawPath(hills)


def drafts(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A written sheet over an empty one."""
    middle = rect.center()
    painter.save()
    sheet(painter, theme, QRectF(middle.x() - 20, middle.y() - 58, 92, 112), 8, "sunken")
    painter.restore()
    painter.save()
    page = QRectF(middle.x() - 66, middle.y() - 60, 96, 120)
    sheet(painter, theme, page, -4)
    bars(painter, theme, page.left() + 12, page.top() + 14, [52], "line-2")
    bars(painter, theme, page.left() + 12, page.top() + 30, [72, 64, 40])
    photo(painter, theme, QRectF(page.left() + 12, page.top() + 68, 72, 40))
    painter.restore()


def calendar(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A month leaf with one day taken."""
    page = QRectF(rect.center().x() - 74, rect.center().y() - 56, 148, 112)
    painter.save()
    sheet(painter, theme, page, 0)
    painter.drawLine(QPointF(page.left(), page.top() + 26), QPointF(page.right(), page.top() + 26))
    for x in (0.25, 0.75):
        at = page.left() + page.width() * x
        painter.drawLine(QPointF(at, page.top() - 7), QPointF(at, page.top() + 8))
    painter.setPen(Qt.PenStyle.NoPen)
    for line in range(3):
        for day in range(5):
            painter.setBrush(theme.color("accent" if (line, day) == (1, 2) else "accent-tint"))
            place = QRectF(page.left() + 14 + day * 25, page.top() + 36 + line * 24, 18, 16)
            painter.drawRoundedRect(place, 4, 4)
    painter.restore()


def library(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """Three photographs laid out."""
    for offset, tilt in ((-58, -9), (58, 8), (0, -1)):
        painter.save()
        frame = QRectF(rect.center().x() + offset - 40, rect.center().y() - 42, 80, 84)
        sheet(painter, theme, frame, tilt)
        photo(painter, theme, frame.adjusted(8, 8, -8, -22))
        painter.restore()


def accounts(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """One sheet on its way to three places."""
    middle = rect.center()
    painter.save()
    page = QRectF(middle.x() - 106, middle.y() - 42, 64, 84)
    ends = [QPointF(middle.x() + 72, middle.y() + dy) for dy in (-44, 0, 44)]
    pen = QPen(theme.color("accent"), 1.5)
    pen.setDashPattern([2, 3])
    for end in ends:
        path = QPainterPath(QPointF(page.right(), middle.y()))
        path.cubicTo(middle.x() + 4, middle.y(), middle.x() + 10, end.y(), end.x() - 26, end.y())
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.setPen(QPen(theme.color("line-2"), 1.5))
        painter.setBrush(theme.color("accent-tint"))
        painter.drawEllipse(end, 17, 17)
        painter.setBrush(theme.color("line-2"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(end, 5, 5)
    sheet(painter, theme, page, 0)
    bars(painter, theme, page.left() + 10, page.top() + 14, [30], "line-2")
    bars(painter, theme, page.left() + 10, page.top() + 30, [44, 38, 44, 24])
    painter.restore()


def search(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A glass over an empty sheet."""
    middle = rect.center()
    painter.save()
    page = QRectF(middle.x() - 58, middle.y() - 58, 92, 112)
    sheet(painter, theme, page, -3)
    bars(painter, theme, page.left() + 12, page.top() + 18, [60, 48])
    painter.restore()
    pen = QPen(theme.color("line-2"), 5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(theme.color("accent-tint"))
    painter.drawEllipse(QPointF(middle.x() + 26, middle.y() + 8), 26, 26)
    painter.drawLine(QPointF(middle.x() + 46, middle.y() + 28), QPointF(middle.x() + 66, middle.y() + 50))


def outbox(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A folded sheet on its way, and the line it leaves."""
    middle = rect.center()
    painter.save()
    pen = QPen(theme.color("line-2"), 1.5)
    pen.setDashPattern([2, 3])
    trail = QPainterPath(QPointF(middle.x() - 104, middle.y() + 46))
    trail.cubicTo(middle.x() - 60, middle.y() + 62, middle.x() - 34, middle.y() + 10, middle.x() - 12, middle.y() + 12)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(trail)
    tip, tail = QPointF(middle.x() + 82, middle.y() - 52), QPointF(middle.x() - 36, middle.y() - 14)
    fold, end = QPointF(middle.x() + 2, middle.y() + 6), QPointF(middle.x() + 26, middle.y() + 54)
    for fill, points in (("surface", (tip, tail, fold)), ("accent-tint", (tip, fold, end))):
        painter.setPen(QPen(theme.color("line-2"), 1.5))
        painter.setBrush(theme.color(fill))
        painter.drawPolygon(points)
    painter.setBrush(theme.color("surface"))
    painter.drawPolygon((fold, QPointF(middle.x() + 12, middle.y() + 26), QPointF(middle.x() - 2, middle.y() + 40)))
    painter.restore()


def video(painter: QPainter, theme: Theme, rect: QRectF) -> None:
    """A picture over the strip it is cut from, with the line that says where one is."""
    middle = rect.center()
    photo(painter, theme, QRectF(middle.x() - 34, rect.top() + 8, 68, 74))
    top = rect.top() + 96
    for offset, width in ((-104, 62), (-38, 84), (50, 54)):
        painter.setPen(QPen(theme.color("line-2"), 1.5))
        painter.setBrush(theme.color("accent-tint" if offset == -38 else "surface"))
        painter.drawRoundedRect(QRectF(middle.x() + offset, top, width, 28), 5, 5)
    painter.setPen(QPen(theme.color("control"), 1.5))
    painter.drawLine(QPointF(middle.x() + 14, top - 8), QPointF(middle.x() + 14, top + 36))


DRAWINGS: dict[str, Draw] = {
    "drafts": drafts,
    "calendar": calendar,
    "library": library,
    "accounts": accounts,
    "search": search,
    "outbox": outbox,
    "video": video,
}
