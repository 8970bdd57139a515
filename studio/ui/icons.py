"""One-colour line icons (Lucide), the platform disc and the seal mark, all drawn sharp at any scale.

`NAMES` lists every icon the studio uses; a test fails on a name without a file and on a file without a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPainterPath, QPen, QPixmap

if TYPE_CHECKING:
    from studio.ui.resources import Resources

_NAMES = """
pen-line calendar-days library circle-user-round settings-2 chevrons-up-down search bell loader-circle pause x
minimize-2 maximize-2 pin ellipsis chevron-down chevron-up chevron-left chevron-right minus plus
circle-question-mark keyboard undo-2 redo-2 history circle-pause circle-play laptop sun moon monitor
file-pen-line calendar-clock alarm-clock circle-arrow-up circle-check hand circle-x alarm-clock-off ban server
circle-alert triangle-alert info check file-clock plug package shield-check key-round lock book-open square-pen
layout-template list-filter arrow-down-up notebook-pen hash at-sign smile link text-quote message-square-reply
globe scan-text list-tree diff rotate-ccw languages clipboard-copy file-input file-output copy archive trash-2
send list-plus calendar-check calendar smartphone layout-panel-left square fold-vertical frame image-down
file-check play volume-2 volume-x thumbs-up message-square message-circle share-2 heart repeat-2 image
image-plus film clapperboard crop eye eye-off clock timer moon-star palette printer flag external-link
refresh-ccw scroll-text refresh-cw stethoscope log-in log-out folder-open folder-input folder-check tag
waypoints star database-backup archive-restore circle-dashed sparkles grip-vertical move-horizontal command
corner-down-left hard-drive wifi-off circle-plus arrow-left arrow-right type qr-code reply bookmark
step-back step-forward repeat scissors fold-horizontal chevrons-left-right arrow-left-right magnet link-2
arrow-right-from-line arrow-left-from-line mic captions blend wand-sparkles gauge diamond pipette picture-in-picture-2
music audio-lines audio-waveform scan-search activity vibrate-off scan camera zap unlink expand paperclip
mouse-pointer-2 zoom-in zoom-out group ungroup sliders-horizontal rows-3 scaling rotate-cw crosshair clipboard-paste
lock-open layers shapes grid-2x2 skip-back skip-forward spline
thumbs-down house users
"""
NAMES: frozenset[str] = frozenset(_NAMES.split())
FILLED = frozenset({"play", "diamond", "bookmark"})
MIRRORED = frozenset(
    {"chevron-left", "chevron-right", "undo-2", "redo-2", "arrow-left", "arrow-right", "corner-down-left"}
)


class Icons:
    """Renders icons and keeps the pixmaps; `clear()` when the theme changes."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._svg: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, int, float, bool], QPixmap] = {}

    def pixmap(self, name: str, size: int, colour: QColor, ratio: float = 1.0, filled: bool = False) -> QPixmap:
        """The icon `size` logical px wide at device pixel `ratio`. KeyError for a name not in `NAMES`."""
        key = (name, size, colour.rgba(), ratio, filled)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, size, colour, ratio, filled)
        return self._pixmaps[key]

    def icon(self, name: str, size: int, colour: QColor, off: QColor) -> QIcon:
        """A QIcon for Qt's own widgets (menus, views): one colour, half as strong when disabled."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, size, colour, ratio))
            icon.addPixmap(self.pixmap(name, size, faded(off), ratio), QIcon.Mode.Disabled)
        return icon

    def clear(self) -> None:
        """Forget every rendered pixmap."""
        self._pixmaps.clear()

    def _render(self, name: str, size: int, colour: QColor, ratio: float, filled: bool) -> QPixmap:
        from PySide6.QtSvg import QSvgRenderer

        data = coloured(self._source(name), colour, stroke_for(size), filled and name in FILLED)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setOpacity(colour.alphaF())
        QSvgRenderer(QByteArray(data.encode())).render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in NAMES:
            raise KeyError(f"no icon named {name!r}: add it to icons.NAMES and assets/icons")
        if name not in self._svg:
            self._svg[name] = self._resources.read(f"icons/{name}.svg").decode()
        return self._svg[name]


def stroke_for(size: int) -> float:
    """Stroke width on the 24 grid: 2 up to 16 px, 1.75 at 20 px, 1.5 from 24 px."""
    return 2.0 if size <= 16 else 1.75 if size < 24 else 1.5


def coloured(svg: str, colour: QColor, stroke: float, filled: bool = False) -> str:
    """The SVG text with its current colour and stroke width replaced."""
    name = colour.name(QColor.NameFormat.HexRgb)
    svg = svg.replace("currentColor", name)
    svg = re.sub(r'stroke-width="[^"]*"', f'stroke-width="{stroke}"', svg)
    return svg.replace('fill="none"', f'fill="{name}"', 1) if filled else svg


def faded(colour: QColor, opacity: float = 0.5) -> QColor:
    """The colour at a part of its strength."""
    result = QColor(colour)
    result.setAlphaF(colour.alphaF() * opacity)
    return result


def paint_disc(painter: QPainter, rect: QRectF, initial: str, colour: QColor, font: QFont, ring: QColor | None) -> None:
    """A platform's disc: one initial, white and bold, 54 % of the disc; `ring` outlines ink discs in dark themes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if ring is None else QPen(ring, 1))
    painter.setBrush(colour)
    painter.drawEllipse(rect if ring is None else rect.adjusted(0.5, 0.5, -0.5, -0.5))
    letter = QFont(font)
    letter.setPixelSize(max(7, round(rect.height() * 0.54)))
    letter.setWeight(QFont.Weight.Bold)
    _centred_letter(painter, rect, initial, letter, QColor("white"))
    painter.restore()


def paint_seal(painter: QPainter, rect: QRectF, svg: bytes, square: QColor, ink: QColor) -> None:
    """The seal mark: a vermilion rounded square with 稿 in it, from its outline (no font is needed)."""
    from PySide6.QtSvg import QSvgRenderer

    text = svg.decode().replace("#now", square.name()).replace("#on-mark", ink.name())
    QSvgRenderer(QByteArray(text.encode())).render(painter, rect)


def _centred_letter(painter: QPainter, rect: QRectF, text: str, font: QFont, colour: QColor) -> None:
    """Centre the ink of the letter, not its line box, so Latin and CJK initials both sit in the middle."""
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    ink = path.boundingRect()
    path.translate(rect.center() - ink.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(path, colour)
