"""Tiny true previews: what a delivery's card shows on its own platform, drawn by the same painter, 40 px small."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap

from studio.core.card import Box, Card
from studio.core.errors import Problem
from studio.core.post import Account, Post
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.painter import CardPainter
from studio.ui.preview.pictures import Pictures
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.theme import Theme

KEEP: Final = 400  # pictures: some months
TALL: Final = 1.5  # height to width
LEAST: Final = 24.0  # px of the card's own: less than that of a picture tells nothing, and is painted as a blur
Key = tuple[str, str, int, int, str]  # post, account, width and height in px, form of the surface


class Minis(QObject):
    """changed: one is ready, or is to be drawn anew; ask again.

    Drawn one at a time when the window has nothing else to do; what is asked for last comes first.
    """

    changed = Signal()

    def __init__(self, theme: Theme, desk: Desk, owner: QObject, ratio: Callable[[], float] = lambda: 1.0) -> None:
        super().__init__(owner)
        self._theme, self._desk, self._ratio = theme, desk, ratio
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._shows: dict[str, set[Key]] = {}  # library file -> what is drawn with it
        self._wanted: list[Key] = []
        self._metrics: QtMetrics | None = None
        self.pictures = Pictures(desk.library.thumbnail, self)
        self.pictures.changed.connect(self._picture_came)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._draw_next)
        Relay(desk.posts.changed, lambda *_: self.forget(), self)
        theme.changed.connect(self.forget)

    def get(self, post: str, account: str, width: int, height: int, form: str = "") -> QPixmap | None:
        """What there is now, logical px; None while it is not drawn, or cannot be.

        form   as a surface of that form shows it ("grid"), where the platform has one; else as its first one does
        """
        key = (post, account, width, height, form)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key in self._wanted:
            self._wanted.remove(key)
        self._wanted.append(key)
        self._idle.start()
        return None

    def forget(self) -> None:
        """Draws all of them anew: a post changed, or the colours."""
        self._kept.clear()
        self._shows.clear()
        self._wanted.clear()
        self._metrics = None
        self.changed.emit()

    def close(self) -> None:
        """Loads nothing any more."""
        self._idle.stop()
        self.pictures.close()

    def _draw_next(self) -> None:
        if not self._wanted:
            return
        key = self._wanted.pop()
        self._kept[key] = self._draw(key)
        while len(self._kept) > KEEP:
            self._kept.popitem(last=False)
        self.changed.emit()
        if self._wanted:
            self._idle.start()

    def _draw(self, key: Key) -> QPixmap | None:
        found = self._found(key[0], key[1])
        if found is None:
            return None
        self._metrics = self._metrics or QtMetrics(self._theme.fonts.families(self._theme.language.code))
        look = "dark" if self._theme.dark else "light"
        try:
            platform = found[1].platform
            surface = next((s.id for s in self._desk.previews.surfaces(platform) if s.form == key[4]), "")
            view = self._desk.previews.view(platform, surface, theme=look, language=self._theme.language.code)
            card = self._desk.previews.card(*found, view, self._metrics)
        except Problem:
            return None
        for box in card.boxes:
            if box.media:
                self._shows.setdefault(box.media, set()).add(key)
        return self._painted(card, key[2], key[3])

    def _found(self, post: str, account: str) -> tuple[Post, Account] | None:
        try:
            return self._desk.posts.get(post), self._desk.accounts.get(account)
        except Problem:
            return None

    def _painted(self, card: Card, width: int, height: int) -> QPixmap:
        part, ratio = telling(card, width / height), self._ratio()
        made = QPixmap(round(width * ratio), round(height * ratio))
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(0, 0, 0, 0))
        zoom = width / part.width()
        painter = QPainter(made)
        painter.scale(zoom, zoom)
        painter.translate(-part.topLeft())
        assert self._metrics is not None
        CardPainter(self._metrics, self.pictures, self._theme.icons.pixmap).paint(painter, card, part, zoom * ratio)
        painter.end()
        return made

    def _picture_came(self, media: str) -> None:
        """What shows it is drawn again."""
        for key in self._shows.pop(media, set()):
            if self._kept.pop(key, None) is not None and key not in self._wanted:
                self._wanted.append(key)
        self._idle.start()


def telling(card: Card, shape: float) -> QRectF:
    """The part of a card, of that width to height, by which one knows the post: its pictures, else its top."""
    pictures = [b for b in card.boxes if b.kind in ("image", "video", "backdrop") and b.media]
    shown = [b for b in pictures if min(b.w, b.h) >= LEAST]
    whole = _around(shown) if shown else QRectF(0, 0, card.width, min(card.height, card.width))
    if shown and whole.height() > TALL * whole.width():  # one below the other, as in an article: the first tells most
        whole = _around(shown[:1])
    size = QSizeF(shape, 1).scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if not shown:
        return QRectF(0, 0, card.width, card.width / shape)
    part = QRectF(0, 0, size.width(), size.height())
    part.moveCenter(whole.center())
    return part


def _around(boxes: Iterable[Box]) -> QRectF:
    """The smallest rectangle around them."""
    rect = QRectF()
    for box in boxes:
        rect = rect.united(QRectF(box.x, box.y, box.w, box.h))
    return rect
