"""Film strips and wave forms: asked for while painting, there at once or told when they are.

`Strips` is what the painter needs; `DrawnStrips` draws something where no service is at hand; `ServiceStrips` has them
made in jobs, the newest wish first.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtCore import QObject, QSize, QSizeF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage, QPixmap

from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Source
from studio.ui.i18n import N
from studio.ui.video.timeline.snap import nearest

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.jobs import JobsBridge

HEIGHT = 96  # px that pictures are made in; drawn smaller, so that zooming the tracks asks for nothing
GRID = 8  # of a second: the finest that pictures of a strip are told apart
PIECES = 300  # of wave forms
TILES = 800  # pictures in the size they are drawn in
KEPT = 800  # pixmaps; 96 px high ones are about 20 to 70 KB each
K = TypeVar("K", bound=Hashable)
Key = tuple[str, Time]  # a source and a moment of it
BATCH = 12  # pictures a job, so that what scrolled into view does not wait behind what left it


@dataclass(frozen=True, slots=True)
class Peaks:
    """A wave form. per_second: bytes a second; data: the loudest of each stretch, 0 to 255."""

    per_second: float
    data: bytes

    def between(self, begin: float, end: float) -> int:
        """The loudest of a stretch of the source, in its seconds."""
        first = max(0, int(begin * self.per_second))
        last = max(first + 1, int(end * self.per_second))
        return max(self.data[first:last], default=0)


class Strips(Protocol):
    """What a timeline shows of its sources. `ready` tells the id of a source of which there is more to draw now."""

    @property
    def ready(self) -> SignalInstance:
        """ready(source id)"""
        ...

    def picture(self, source: Source, time: Time, apart: Time) -> QPixmap | None:
        """The picture at about `time` of the source when it is there, else one that lies near, or None.

        apart   seconds between two pictures of the strip: how exact it has to be
        """
        ...

    def peaks(self, source: Source) -> Peaks | None:
        """The wave form of its sound when it is there."""
        ...

    def lost(self, source: Source) -> bool:
        """Whether its file could not be found or read when it was looked for."""
        ...


Made = list[tuple[Key, QImage | Exception | None]]


class Tiles:
    """Pictures of strips in the very size they are drawn in, and pieces of wave forms: making them anew in each paint
    would take most of its time."""

    def __init__(self, strips: Strips) -> None:
        self.strips = strips
        self._drawn: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._sized: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()

    def tile(self, source: Source, time: Time, apart: Time, size: QSize, ratio: float) -> QPixmap | None:
        """The middle of the picture at about `time`, `size` logical px large, or None while there is none."""
        found = self.strips.picture(source, time, apart)
        if found is None:
            return None
        key = (found.cacheKey(), size.width(), size.height(), ratio)
        return _kept(self._sized, key, lambda: _cut(found, size, ratio), TILES)

    def drawn(self, key: Hashable, draw: Callable[[], QPixmap]) -> QPixmap:
        """What was drawn under this key, or is now."""
        return _kept(self._drawn, key, draw, PIECES)


def _kept(kept: OrderedDict[K, QPixmap], key: K, make: Callable[[], QPixmap], most: int) -> QPixmap:
    """What is kept under a key, made when it is not; what was not drawn for the longest time makes room."""
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    kept[key] = make()
    if len(kept) > most:
        kept.popitem(last=False)
    return kept[key]


def _cut(pixmap: QPixmap, size: QSize, ratio: float) -> QPixmap:
    wanted = (QSizeF(size) * ratio).toSize()
    scaled = pixmap.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding,
                           Qt.TransformationMode.SmoothTransformation)  # fmt: skip
    spare = (scaled.width() - wanted.width()) // 2, (scaled.height() - wanted.height()) // 2
    cut = scaled.copy(*spare, wanted.width(), wanted.height())
    cut.setDevicePixelRatio(ratio)
    return cut


class Thumb(Protocol):
    """A small picture. data: rows of R G B bytes, without padding."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def data(self) -> bytes: ...


class Wave(Protocol):
    """A wave form. per_second: bytes a second; data: the loudest of each stretch, 0 to 255."""

    @property
    def per_second(self) -> int: ...
    @property
    def data(self) -> bytes: ...


class Pictures(Protocol):
    """What is needed of `services.videos.looking`. Both may take long, and raise Problem for what cannot be read."""

    def thumbnail(self, source: Source, at: Time, height: int) -> Thumb | None:
        """The picture at `at` seconds of the source, `height` px high; None for sound."""
        ...

    def peaks(self, source: Source, task: Task[Any] | None = None) -> Wave:
        """The wave form of its sound."""
        ...


def stepped(time: Time, apart: Time) -> Time:
    """`time` on a grid as fine as `apart`, of halves and doubles of a second, so that zooming asks little anew."""
    units = 1
    while units * 2 <= apart * GRID:
        units *= 2
    return _moment(max(0, int(float(time) * GRID + 1e-6)) // units * units)


@cache
def _moment(units: int) -> Time:
    return Fraction(units, GRID)


class ServiceStrips(QObject):
    """Strips made by a service in jobs: pictures on the lane `player`, wave forms on `waves`."""

    ready = Signal(str)

    def __init__(self, pictures: Pictures, bridge: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures, self._bridge = pictures, bridge
        self._pixmaps: OrderedDict[Key, QPixmap] = OrderedDict()
        self._times: dict[str, list[Time]] = {}  # of each source, the moments that are there, in order
        self._peaks: dict[str, Peaks | None] = {}  # None: being made, or there is none
        self._failed: set[Key] = set()
        self._lost: set[str] = set()
        self._wanted: OrderedDict[Key, Source] = OrderedDict()
        self._busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._start)

    def picture(self, source: Source, time: Time, apart: Time) -> QPixmap | None:
        """The picture when it is there; else it is asked for, and a near one is given meanwhile."""
        key = (source.id, ZERO if source.duration is None else stepped(time, apart))
        if (found := self._pixmaps.get(key)) is not None:
            self._pixmaps.move_to_end(key)
            return found
        self._want(key, source)
        near = nearest(self._times.get(source.id, ()), key[1])
        return self._pixmaps.get((source.id, near)) if near is not None else None

    def peaks(self, source: Source) -> Peaks | None:
        """The wave form when it is there; else it is asked for."""
        if source.id not in self._peaks and source.sound:
            self._peaks[source.id] = None
            self._bridge.submit(
                "waves", N("job", "Drawing wave forms"), lambda task: _wave(self._pictures, source, task),
                lambda peaks: self._heard(source, peaks), owner=self,
            )  # fmt: skip
        return self._peaks.get(source.id)

    def lost(self, source: Source) -> bool:
        """Whether its file could not be found or read."""
        return source.id in self._lost

    def forget(self, source: str) -> None:
        """The file behind a source is another one now."""
        self._lost.discard(source)
        for kept in [key for key in self._pixmaps if key[0] == source]:
            del self._pixmaps[kept]
        self._times.pop(source, None)
        self._peaks.pop(source, None)
        self._failed = {key for key in self._failed if key[0] != source}
        self.ready.emit(source)

    def _want(self, key: Key, source: Source) -> None:
        if key in self._failed:
            return
        self._wanted[key] = source
        self._wanted.move_to_end(key)
        while len(self._wanted) > 20 * BATCH:  # what was passed in a quick scroll is not made
            self._wanted.popitem(last=False)
        if not self._busy:
            self._soon.start()

    def _start(self) -> None:
        if self._busy or not self._wanted:
            return
        batch = [self._wanted.popitem() for _ in range(min(BATCH, len(self._wanted)))]
        self._busy = True
        self._bridge.submit(
            "player", N("job", "Loading pictures"), lambda task: _made(self._pictures, batch, task),
            self._arrived, self._nothing, self._idle, owner=self,
        )  # fmt: skip

    def _arrived(self, made: Made) -> None:
        for key, image in made:
            if not isinstance(image, QImage):
                self._failed.add(key)
                if image is not None:
                    self._lost.add(key[0])
                continue
            self._pixmaps[key] = QPixmap.fromImage(image)
            insort(self._times.setdefault(key[0], []), key[1])
        while len(self._pixmaps) > KEPT:
            (name, time), _ = self._pixmaps.popitem(last=False)
            self._times[name].remove(time)
        for source in {key[0] for key, _ in made}:
            self.ready.emit(source)
        self._idle()

    def _heard(self, source: Source, peaks: Peaks | None) -> None:
        self._peaks[source.id] = peaks
        if peaks is None and source.kind == "audio":
            self._lost.add(source.id)
        self.ready.emit(source.id)

    def _nothing(self, _fault: BaseException) -> None:
        self._idle()

    def _idle(self) -> None:
        self._busy = False
        if self._wanted:
            self._soon.start()


def _made(pictures: Pictures, batch: list[tuple[Key, Source]], task: Task[Made]) -> Made:
    made: Made = []
    for number, (key, source) in enumerate(batch):
        task.progress(number / len(batch))
        made.append((key, _one(pictures, source, key[1])))
    return made


def _one(pictures: Pictures, source: Source, time: Time) -> QImage | Exception | None:
    """The picture; None: it has none; why it could not be had."""
    try:
        thumb = pictures.thumbnail(source, time, HEIGHT)
    except (Problem, OSError) as fault:
        return fault
    return to_image(thumb) if thumb is not None else None


def _wave(pictures: Pictures, source: Source, task: Task[Peaks | None]) -> Peaks | None:
    try:
        made = pictures.peaks(source, task)
    except (Problem, OSError):
        return None
    return Peaks(made.per_second, made.data)


def to_image(thumb: Thumb) -> QImage:
    """A picture of a service for the screen, with pixels of its own."""
    plain = QImage(thumb.data, thumb.width, thumb.height, 3 * thumb.width, QImage.Format.Format_RGB888)
    return plain.convertToFormat(QImage.Format.Format_RGB32)


class DrawnStrips(QObject):
    """Strips that somebody's functions draw; for galleries and tests."""

    ready = Signal(str)

    def __init__(
        self, draw: Callable[[Source, Time], QPixmap | None], wave: Callable[[Source], Peaks | None],
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._draw, self._wave = draw, wave
        self._kept: dict[tuple[str, Time], QPixmap | None] = {}

    def picture(self, source: Source, time: Time, apart: Time) -> QPixmap | None:
        """Drawn at the first wish."""
        key = (source.id, ZERO if source.duration is None else stepped(time, apart))
        if key not in self._kept:
            self._kept[key] = self._draw(source, key[1])
        return self._kept[key]

    def peaks(self, source: Source) -> Peaks | None:
        """The wave form."""
        return self._wave(source)

    def lost(self, source: Source) -> bool:
        """None is."""
        return False
