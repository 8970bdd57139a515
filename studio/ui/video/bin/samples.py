"""Samples of title styles, drawn in jobs and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from studio.services.videos.samples import Sample, style_sample
from studio.ui.i18n import N

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.jobs import JobsBridge

SIZE = (288, 144)


class Samples(QObject):
    """ready(): more can be drawn."""

    ready = Signal()

    def __init__(self, bridge: JobsBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._images: dict[tuple[str, str], QImage | None] = {}
        self._wanted: dict[tuple[str, str], None] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._start)

    def get(self, style: str, words: str) -> QImage | None:
        """The sample when it is there; else it is asked for. Quick: for paint events."""
        key = (style, words)
        if key not in self._images and key not in self._wanted:
            self._wanted[key] = None
            self._soon.start()
        return self._images.get(key)

    def _start(self) -> None:
        wanted = list(self._wanted)

        def work(task: Task[dict[tuple[str, str], Sample | None]]) -> dict[tuple[str, str], Sample | None]:
            made = {}
            for number, (style, words) in enumerate(wanted):
                task.progress(number / len(wanted))
                made[style, words] = style_sample(style, words, *SIZE)
            return made

        self._bridge.submit("player", N("job", "Drawing samples"), work, self._made, lambda _fault: None, owner=self)

    def _made(self, found: dict[tuple[str, str], Sample | None]) -> None:
        for key, sample in found.items():
            self._wanted.pop(key, None)
            self._images[key] = _image(sample) if sample is not None else None
        self.ready.emit()


def _image(sample: Sample) -> QImage:
    """The sample on a clear tile."""
    tile = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    drawn = QImage(sample.data, sample.width, sample.height, 4 * sample.width, QImage.Format.Format_RGBA8888)
    painter = QPainter(tile)
    painter.drawImage(sample.left, sample.top, drawn)
    painter.end()
    return tile
