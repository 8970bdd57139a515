"""Thumbnails for lists: asked for while painting, made and decoded in jobs, newest wish first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPixmap

from studio.core.errors import Problem
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.jobs import JobsBridge

KEPT = 800  # pixmaps in memory; 240 px JPEGs are about 200 KB each once decoded
BATCH = 24  # per job, so that what scrolled into view does not wait behind what left it


class Source(Protocol):
    """What the loader needs of `services.library.Library`."""

    def thumbnail(self, id: str, size: int = 240) -> Path:
        """The file of the thumbnail, made when it is missing."""
        ...


class Thumbs(QObject):
    """ready(id): a thumbnail that was asked for can be drawn now."""

    ready = Signal(str)

    def __init__(self, source: Source, bridge: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source, self._bridge = source, bridge
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: list[str] = []
        self._failed: set[str] = set()
        self._busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._start)

    def get(self, id: str) -> QPixmap | None:
        """The picture when it is there; else it is fetched, and `ready` told. Quick: for paint events."""
        if (found := self._pixmaps.get(id)) is not None:
            self._pixmaps.move_to_end(id)
            return found
        if id and id not in self._failed:
            if id in self._wanted:
                self._wanted.remove(id)
            self._wanted.append(id)
            if not self._busy:
                self._soon.start()
        return None

    def failed(self, id: str) -> bool:
        """Whether there is nothing to draw for it (sound, a damaged file)."""
        return id in self._failed

    def forget(self, id: str = "") -> None:
        """Ask again for one, or for all that failed."""
        self._failed.discard(id) if id else self._failed.clear()
        if id:
            self._pixmaps.pop(id, None)

    def _start(self) -> None:
        batch = self._wanted[-BATCH:][::-1]
        if not batch or self._busy:
            return
        del self._wanted[-BATCH:]
        self._busy = True
        self._bridge.submit(
            "player", N("job", "Loading pictures"), lambda task: _load(self._source.thumbnail, batch, task),
            self._loaded, self._nothing, self._idle, owner=self,
        )  # fmt: skip

    def _loaded(self, images: dict[str, QImage | None]) -> None:
        for id, image in images.items():
            if image is None:
                self._failed.add(id)
            else:
                self._pixmaps[id] = QPixmap.fromImage(image)
            self.ready.emit(id)
        while len(self._pixmaps) > KEPT:
            self._pixmaps.popitem(last=False)
        self._idle()

    def _nothing(self, _fault: BaseException) -> None:
        self._idle()

    def _idle(self) -> None:
        self._busy = False
        if self._wanted:
            self._soon.start()


def _load(
    thumbnail: Callable[[str], Path], ids: list[str], task: Task[dict[str, QImage | None]]
) -> dict[str, QImage | None]:
    images: dict[str, QImage | None] = {}
    for number, id in enumerate(ids):
        task.progress(number / len(ids))
        images[id] = _read(thumbnail, id)
    return images


def _read(thumbnail: Callable[[str], Path], id: str) -> QImage | None:
    try:
        image = QImageReader(str(thumbnail(id))).read()
    except (Problem, OSError):
        return None
    return None if image.isNull() else image


def paint_cover(painter: QPainter, pixmap: QPixmap, rect: QRectF, radius: float) -> None:
    """The middle of a picture, as much as fills `rect`, with round corners."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.setClipPath(path)
    size = QSize(pixmap.size()).scaled(rect.size().toSize(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(rect.center())
    painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
    painter.restore()
