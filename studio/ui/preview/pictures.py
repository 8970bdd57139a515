"""Pictures for painting, never waited for: what is not there yet is asked for, and `changed` tells when it came."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

SIZES: Final = (120, 240, 480, 960, 1920)
"""Longer edge in px of the thumbnails that are asked for; a wanted size is rounded up to one of these."""
KEEP_BYTES: Final = 96 * 1024 * 1024
Thumbnail = Callable[[str, int], Path]


class Painted(Protocol):
    """Where a painter gets its pictures."""

    def get(self, media: str, size: int) -> QImage | None:
        """The picture, at least `size` px on its longer edge if it has that many; None when there is none (yet)."""
        ...

    def failed(self, media: str) -> bool:
        """True when it cannot be shown at all."""
        ...


def fitting_size(size: float) -> int:
    """The thumbnail size that is sharp at `size` px."""
    return next((step for step in SIZES if step >= size), SIZES[-1])


class StillPictures:
    """Loads at once, in the caller's thread: for painting without a screen."""

    def __init__(self, thumbnail: Thumbnail) -> None:
        self._thumbnail = thumbnail
        self._kept: dict[tuple[str, int], QImage | None] = {}

    def get(self, media: str, size: int) -> QImage | None:
        key = (media, fitting_size(size))
        if key not in self._kept:
            self._kept[key] = load(self._thumbnail, *key)
        return self._kept[key]

    def failed(self, media: str) -> bool:
        return any(kept is None for (id, _), kept in self._kept.items() if id == media)


def load(thumbnail: Thumbnail, media: str, size: int) -> QImage | None:
    """Makes and reads a thumbnail; None when the file is gone or is no picture. Any thread."""
    try:
        reader = QImageReader(str(thumbnail(media, size)))
    except Exception:  # whatever is wrong with this one file, the person sees a blank place and goes on
        return None
    whole = reader.size()
    if whole.isValid() and max(whole.width(), whole.height()) > 2 * size:
        reader.setScaledSize(whole.scaled(QSize(size, size), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


class Pictures(QObject):
    """Loads in one thread of its own, newest wish first (what is on the screen now comes before what was).

    changed     (media id) a picture came; repaint what shows it
    """

    changed = Signal(str)
    _came = Signal(str, int, object)

    def __init__(self, thumbnail: Thumbnail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._kept: OrderedDict[tuple[str, int], QImage | None] = OrderedDict()
        self._bytes = 0
        self._wanted: list[tuple[str, int]] = []
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._open = True
        self._came.connect(self._keep)

    def get(self, media: str, size: int) -> QImage | None:
        """What there is now: this size, else another one; asks for this size when it is not there."""
        key = (media, fitting_size(size))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._ask(key)
        return next((self._kept[(media, step)] for step in reversed(SIZES) if self._kept.get((media, step))), None)

    def failed(self, media: str) -> bool:
        """True when loading it was tried and did not work."""
        return any((media, step) in self._kept and self._kept[(media, step)] is None for step in SIZES)

    def forget(self, media: str) -> None:
        """Loads it anew when it is next painted (the file changed or came back)."""
        for step in SIZES:
            self._drop((media, step))
        self.changed.emit(media)

    def still(self) -> StillPictures:
        """The same pictures, loaded in the caller's thread: for a file."""
        return StillPictures(self._thumbnail)

    def close(self) -> None:
        """Ends the thread; nothing is loaded any more."""
        with self._wake:
            self._open = False
            self._wanted.clear()
            self._wake.notify_all()
        if self._thread is not None:
            self._thread.join(5)

    def _ask(self, key: tuple[str, int]) -> None:
        with self._wake:
            if not self._open:
                return
            if key in self._wanted:
                self._wanted.remove(key)
            self._wanted.append(key)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)
                self._thread.start()
            self._wake.notify_all()

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: bool(self._wanted) or not self._open)
                if not self._open:
                    return
                media, size = self._wanted.pop()
            image = load(self._thumbnail, media, size)
            if not self._told(media, size, image):
                return

    def _told(self, media: str, size: int, image: QImage | None) -> bool:
        """False when there is nobody left to tell: the window is gone."""
        try:
            if self._open:
                self._came.emit(media, size, image)
        except RuntimeError:
            return False
        return True

    def _keep(self, media: str, size: int, image: QImage | None) -> None:
        self._drop((media, size))
        self._kept[(media, size)] = image
        self._bytes += _weight(image)
        while self._bytes > KEEP_BYTES and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))
        self.changed.emit(media)

    def _drop(self, key: tuple[str, int]) -> None:
        if key in self._kept:
            self._bytes -= _weight(self._kept.pop(key))


def _weight(image: QImage | None) -> int:
    return 0 if image is None else int(image.sizeInBytes())
