"""Paints a preview into a file without a window: the other half of the headless `preview` command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPixmap

from studio.core.card import Box, Card, Theme, View
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Account, Post
from studio.ui.fonts import Fonts
from studio.ui.icons import Icons
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.painter import CardPainter
from studio.ui.preview.pictures import StillPictures
from studio.ui.resources import Resources

if TYPE_CHECKING:
    from studio.services.desk import Desk

MOST_PIXELS = 200_000_000
QUALITY = 80  # of 100, Qt's word for how little time packing may take: a third of the default's, for a sixth more bytes


class Easel:
    """Paints many cards of one workspace in one language: what they share is loaded and measured once."""

    def __init__(self, desk: Desk, language: str) -> None:
        application()
        resources = Resources()
        self.metrics = QtMetrics(Fonts(resources).families(language))
        self._desk, self._icons, self._post = desk, Icons(resources), ""
        self._painter = self._new_painter()

    def card(self, post: Post, account: Account, view: View) -> Card:
        """Laid out for this view. NotFound: no such surface."""
        return self._desk.previews.card(post, account, view, self.metrics)

    def paint(self, post: Post, card: Card, scale: float = 1.0) -> QImage:
        """The card as a picture. Refused: it would be larger than 200 megapixels."""
        if post.id != self._post:  # the pictures of one post are kept, not those of all
            self._post, self._painter = post.id, self._new_painter()
        return picture(card, self._painter, scale)

    def _new_painter(self) -> CardPainter:
        return CardPainter(self.metrics, StillPictures(self._desk.library.thumbnail), self._icon)

    def _icon(self, name: str, size: int, ink: QColor, ratio: float) -> QPixmap:
        return self._icons.pixmap(name, size, ink, ratio)


_easels: WeakKeyDictionary[Desk, dict[str, Easel]] = WeakKeyDictionary()


def easel(desk: Desk, language: str) -> Easel:
    """The one of this workspace and language."""
    mine = _easels.setdefault(desk, {})
    if language not in mine:
        mine[language] = Easel(desk, language)
    return mine[language]


def paint(
    desk: Desk, post: Post, account: Account, *, surface: str = "", theme: Theme = "light",
    width: float | None = None, scale: float = 1.0, language: str = "en", text: float = 1.0, unfolded: bool = False,
    page: int = 0, out: Path,
) -> dict[str, Any]:
    """Writes `out` (PNG) and tells what is on it.

    width in logical px (None: the surface's own); scale: device px per logical px; text, unfolded, page: see `View`.
    Gives {"file", "width", "height", "boxes": [...]}, sizes in logical px: the file has `scale` times as many.
    NotFound: no such surface. Refused: the picture would be larger than 200 megapixels. OSError: `out` not writable.
    """
    made = easel(desk, language)
    view = desk.previews.view(
        account.platform, surface, width, theme=theme, language=language, text=text, unfolded=unfolded, page=page)
    card = made.card(post, account, view)
    write_png(made.paint(post, card, scale), out)
    return {
        "file": str(out), "width": card.width, "height": card.height,
        "boxes": [box_to_json(box) for box in card.boxes],
    }


def application() -> QCoreApplication:
    """The running application, or a new one that needs no display."""
    running = QCoreApplication.instance()
    if running is not None:
        return running
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    made = QGuiApplication(["yigao"])
    global _kept
    _kept = made
    return made


_kept: QCoreApplication | None = None  # Qt's application must outlive every font and pixmap of this process


def picture(card: Card, painter: CardPainter, scale: float = 1.0) -> QImage:
    """The card as a picture with a transparent ground."""
    wide, tall = max(1, round(card.width * scale)), max(1, round(card.height * scale))
    if wide * tall > MOST_PIXELS:
        raise Refused(error("preview.too_large", "scale", width=wide, height=tall))
    image = QImage(wide, tall, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    brush = QPainter(image)
    brush.scale(wide / card.width, tall / card.height)
    painter.paint(brush, card, zoom=scale)
    brush.end()
    return image


def box_to_json(box: Box) -> dict[str, Any]:
    """A box as plain data; `lines` are the texts of its lines."""
    return {
        "kind": box.kind, "name": box.name, "x": box.x, "y": box.y, "w": box.w, "h": box.h, "text": box.text,
        "lines": [box.text[line.start : line.end] for line in box.lines],
        "crop": list(box.crop) if box.crop else None, "folded": box.folded,
    }


def write_png(image: QImage, out: Path) -> None:
    """Whole or not at all."""
    part = out.with_name(out.name + ".part")
    try:
        if not image.save(str(part), "PNG", QUALITY):  # type: ignore[call-overload]  # bytes, as the stubs say, are refused
            raise OSError(f"cannot write {out.name}")
        os.replace(part, out)
    finally:
        part.unlink(missing_ok=True)
