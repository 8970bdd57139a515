"""A card that is a web page, shown as one: `ArticlePage` over the boxes, which are seen until it is there.

Only one is alive in the whole window: the web engine takes a process and much memory for each.
"""

from __future__ import annotations

import queue
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QObject, QPoint, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from studio.core.event import Event
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from PySide6.QtWebEngineCore import QWebEngineProfile
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from studio.ui.preview.web import Server, StillPage

Media = Callable[[str], "Path | bytes | None"]
Give = Callable[["Path | bytes | None"], None]
TALLEST: Final = 16_000  # px; a page that is higher is painted as boxes: the engine would need too much memory
QUIET: Final = 120  # ms between two loadings while somebody types
FRAME: Final = 40  # ms in which a page that was given its height is drawn
PATIENCE: Final = 20  # looks, FRAME ms apart, at a page that has not told its height yet
LAST: Final = "<style>html{{padding-bottom:{}px}}</style>"
"""Makes two pages in a row differ in height: the engine tells a height only when it is another one."""
RADIUS: Final = 10


class Fetcher(QObject):
    """Asks `media` for pictures in a thread of its own; hands them on in the window's thread."""

    def __init__(self, media: Media, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: queue.SimpleQueue[tuple[str, Give] | None] = queue.SimpleQueue()
        self._came: Event[[Give, Path | bytes | None]] = Event()
        Relay(self._came, lambda give, found: give(found), self)
        self._thread = threading.Thread(
            target=_fetch, args=(media, self._wanted, self._came), name="page pictures", daemon=True
        )
        self._thread.start()
        wanted = self._wanted
        self.destroyed.connect(lambda: wanted.put(None))

    def ask(self, id: str, give: Give) -> None:
        """`give` is called later with a file, its bytes, or None."""
        self._wanted.put((id, give))

    def close(self) -> None:
        """Nothing is asked for any more."""
        self._wanted.put(None)
        self._thread.join(5)


def _fetch(
    media: Media, wanted: queue.SimpleQueue[tuple[str, Give] | None], came: Event[[Give, Path | bytes | None]]
) -> None:
    while (asked := wanted.get()) is not None:
        id, give = asked
        try:
            found = media(id)
        except Exception:  # whatever is wrong with this one file, its place stays empty and the page is shown
            found = None
        came.emit(give, found)


class ArticlePage(QWidget):
    """`show_page(html, width, zoom)` after each change. Put it over the card's boxes: mouse and keys go through it.

    edge      the colour of its outline
    settled   it is there and has its height (`tall`), or gave up (`alive` is False): boxes are shown again
    """

    settled = Signal()
    _latest: ClassVar[weakref.ref[ArticlePage] | None] = None

    def __init__(self, media: Media, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.alive, self.ready, self.tall = True, False, 0
        self.edge = QColor(0, 0, 0, 40)
        self._media = media
        self._html, self._wide, self._zoom = "", 0, 1.0
        self._view: QWebEngineView | None = None
        self._page: StillPage | None = None
        self._profile: QWebEngineProfile | None = None
        self._server: Server | None = None
        self._fetcher: Fetcher | None = None
        self._still: tuple[QPoint, QPixmap] | None = None
        self._patience, self._seen = 0, -1
        self._loading, self._told, self._odd = False, False, False
        self._again = self._later(self._load)
        self._measuring = self._later(self._measure)
        self._turning = self._later(self._turn)
        self._ending = self._later(self._end)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _later(self, what: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(what)
        return timer

    # what is shown ---------------------------------------------------------------------------------------------

    def show_page(self, html: str, width: float, zoom: float = 1.0) -> None:
        """Shows that document, `width` CSS px wide at `zoom`; until it is drawn the one before stays."""
        if not self.alive or (html, round(width * zoom), zoom) == (self._html, self._wide, self._zoom):
            return
        self._html, self._wide, self._zoom = html, round(width * zoom), zoom
        if self._view is None:
            self._begin()
        if not self._again.isActive():
            self._again.start(QUIET if self.ready else 0)

    def close_page(self) -> None:
        """Ends the engine's page, then what it kept; may be called twice."""
        self.alive, self.ready, self._still = False, False, None
        for timer in (self._again, self._measuring, self._turning, self._ending):
            timer.stop()
        if self._fetcher is not None:
            self._fetcher.close()
        for part in (self._view, self._page, self._profile):  # a page that outlives its profile ends the program
            if part is not None and isValid(part):
                delete(part)
        self._view = self._page = self._profile = self._server = self._fetcher = None
        self.hide()

    # the engine ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """The engine, when it can be loaded; the one page that was alive before ends."""
        before = ArticlePage._latest() if ArticlePage._latest else None
        if before is not None and before is not self and isValid(before):
            before.close_page()
            before.settled.emit()
        ArticlePage._latest = weakref.ref(self)
        try:
            self._make()
        except (ImportError, RuntimeError):
            self._give_up()

    def _make(self) -> None:
        from PySide6.QtWebEngineWidgets import QWebEngineView

        from studio.ui.preview import web

        profile = web.profile()
        self._fetcher = Fetcher(self._media, self)
        self._server = web.Server(self._fetcher.ask, profile)
        profile.setUrlRequestInterceptor(web.Guard(profile))
        profile.installUrlSchemeHandler(web.SCHEME.encode(), self._server)
        self._page = page = web.StillPage(profile, self)
        self._view = view = QWebEngineView(self)
        self._profile = profile
        profile.setParent(self)  # after its page, so that Qt too takes the page apart first
        view.setPage(page)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setAcceptDrops(False)
        page.loadFinished.connect(self._loaded)
        page.contentsSizeChanged.connect(self._resized)
        page.broke.connect(self._give_up)
        view.show()

    def _give_up(self) -> None:
        """Boxes from now on."""
        if self.alive:
            self.alive = False
            self.hide()
            self._ending.start(0)  # not now: its own signal may have brought us here

    def _end(self) -> None:
        self.close_page()
        self.settled.emit()

    # loading ---------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        """Aside and flat, so that the page tells its own height; what was seen before stays as a picture of it."""
        view, page, server = self._parts()
        if view is None:
            return
        if self.ready:
            self._keep(view)
        self._measuring.stop()
        self._turning.stop()
        view.setZoomFactor(self._zoom)
        view.clearMask()
        view.setGeometry(-self._wide - 1, 0, self._wide, 1)
        self._loading, self._told, self._odd = True, False, not self._odd
        server.html = (self._html + LAST.format(self._odd * 1)).encode("utf-8", "replace")
        page.open_own()

    def _keep(self, view: QWidget) -> None:
        """What is on the screen of it; all of a long page would take too long."""
        part = self.visibleRegion().boundingRect()
        self._still = None if part.isEmpty() else (part.topLeft(), view.grab(part))

    def _parts(self) -> Any:
        return (self._view, self._page, self._server) if self.alive else (None, None, None)

    def _loaded(self, ok: bool) -> None:
        """Also told, with False, of a link that was not followed."""
        if not self._loading:
            return
        self._loading = False
        if not ok:
            self._give_up()
        elif not self._again.isActive():
            self._patience, self._seen = PATIENCE, -1
            self._measuring.start(0)

    def _resized(self, size: QSizeF) -> None:
        """Far too long already, or a picture came that nobody knew the size of."""
        self._told = True
        if size.height() > TALLEST:
            self._give_up()
        elif self.ready and size.height() > self.tall and not self._loading and not self._again.isActive():
            self._measuring.start(0)

    def _measure(self) -> None:
        view, page, _ = self._parts()
        if view is None:
            return
        high, before = round(page.contentsSize().height()), self._seen
        self._seen = high
        # it may still be the height of the page before, or that of half a page
        if self._patience > 0 and (not self._told or high != before):
            self._patience -= 1
            self._measuring.start(FRAME)
            return
        if high != view.height():
            view.resize(self._wide, max(1, high))
            if self.ready and self._still is None:
                self._round(view)
        self.tall = max(1, high)
        self._turning.start(FRAME)

    def _turn(self) -> None:
        """The new page takes the place of the one before."""
        view, _, _ = self._parts()
        if view is None:
            return
        self.ready, self._still = True, None
        view.move(0, 0)
        self._round(view)
        self.resize(self._wide, self.tall)
        self.settled.emit()
        self.update()

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page as it was, while the next one is loaded; the outline that every card has."""
        if not self.ready:
            return
        painter, corner = QPainter(self), RADIUS * self._zoom
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        if self._still is not None:
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(*self._still)
            painter.restore()
        painter.setPen(QPen(self.edge, 1))
        painter.drawPath(shape)

    def _round(self, view: QWidget) -> None:
        """Round corners inside that outline."""
        corner, shape = RADIUS * self._zoom, QPainterPath()
        shape.addRoundedRect(QRectF(view.rect()).adjusted(1, 1, -1, -1), corner, corner)
        view.setMask(QRegion(shape.toFillPolygon().toPolygon()))
