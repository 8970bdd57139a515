"""Which cards of a preview column are shown as the web pages they are: one at a time, the others as boxes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from studio.ui.preview.ink import colour
from studio.ui.preview.page import TALLEST, ArticlePage
from studio.ui.preview.pictures import fitting_size

if TYPE_CHECKING:
    from studio.core.card import Card
    from studio.ui.preview.frame import Frame
    from studio.ui.preview.view import PreviewView

LARGEST: Final = 1920  # px of a picture's longer edge


class Pages(QObject):
    """Put over the cards of `view` that have a page. thumbnail: as the library has it; called in another thread."""

    def __init__(self, view: PreviewView, thumbnail: Callable[[str, int], Path]) -> None:
        super().__init__(view)
        self._thumbnail = thumbnail
        self._frame: Frame | None = None
        self.page: ArticlePage | None = None
        self._names: frozenset[str] = frozenset()
        self._hopeless: dict[str, float] = {}  # account whose page could not be shown -> how high its card was
        self._open = True
        self._view = view
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._pass_on)
        view.framed.connect(self._framed)
        for frame in view.frames():
            self._framed(frame)

    def close(self) -> None:
        """Ends the page; nothing is shown as one any more. Call it before the window is taken apart."""
        self._open = False
        self._drop()

    # inside ----------------------------------------------------------------------------------------------------

    def _framed(self, frame: Frame) -> None:
        frame.canvas.shown.connect(partial(self._shown, frame))
        frame.destroyed.connect(self._offer)

    def _offer(self) -> None:
        """A card is gone: when it had the page, another one may have it."""
        if self._frame is not None and not isValid(self._frame):
            self._frame = self.page = None
            self._wait.start(0)

    def _pass_on(self) -> None:
        for frame in self._view.frames():
            self._shown(frame)

    def _shown(self, frame: Frame) -> None:
        """A card was laid out anew."""
        card = frame.canvas.card
        if card is None or not card.html or card.height * frame.canvas.zoom > TALLEST:
            if frame is self._frame:
                self._drop()
            return
        if self._open and self._may(frame, card):
            self._show(frame, card)

    def _may(self, frame: Frame, card: Card) -> bool:
        """The one that has the page keeps it while it can be seen. One that could not be shown may try when shorter."""
        if frame is self._frame:
            return self.page is not None
        free = self._frame is None or not isValid(self._frame) or self._frame.visibleRegion().isEmpty()
        return free and card.height < self._hopeless.get(frame.account.id, float("inf"))

    def _show(self, frame: Frame, card: Card) -> None:
        if frame is not self._frame:
            self._drop()
            self._frame, self.page = frame, ArticlePage(self._media, frame.canvas)
            self.page.settled.connect(self._settled)
            self.page.show()
        assert self.page is not None
        self._names = frozenset(card.names)
        self.page.edge = colour(card, "line", "line")
        self.page.show_page(card.html, card.width, frame.canvas.zoom)
        self._fit()

    def _media(self, id: str) -> Path | None:
        """Only the post's own files."""
        if id not in self._names:
            return None
        return self._thumbnail(id, fitting_size(LARGEST))

    def _settled(self) -> None:
        if self.page is not None and not self.page.alive and self._frame is not None:
            card = self._frame.canvas.card
            self._hopeless[self._frame.account.id] = card.height if card is not None else 0.0
            self._drop()
        else:
            self._fit()

    def _fit(self) -> None:
        """The card is as high as its page."""
        frame, page = self._frame, self.page
        if frame is None or page is None or not page.ready:
            return
        before = frame.tall()
        frame.canvas.setFixedHeight(page.tall)
        if frame.tall() != before:
            frame.relaid.emit()

    def _drop(self) -> None:
        """Boxes again."""
        frame, page = self._frame, self.page
        self._frame = self.page = None
        if page is not None and isValid(page):
            page.close_page()
            page.deleteLater()
        if frame is not None and isValid(frame) and isValid(frame.canvas) and (card := frame.canvas.card) is not None:
            frame.canvas.setFixedHeight(round(card.height * frame.canvas.zoom))
            frame.relaid.emit()
