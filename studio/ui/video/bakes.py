"""Effects that only MoviePy has, made beside the work: clip by clip, when the hand has rested for a moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.core.words import N
from studio.ui.problems import findings_of
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.videos.baking import Baking
    from studio.ui.jobs import JobsBridge
    from studio.ui.video.open_video import OpenVideo

REST_MS = 700  # after an edit; while a slider is drawn nothing is rendered


class Bakes(QObject):
    """Goes with the open video.

    anew(timeline)       the same timeline, of which there is more to see
    refused(findings)    why an effect is not seen
    """

    anew = Signal(object)
    refused = Signal(object)

    def __init__(self, video: OpenVideo, baking: Baking, bridge: JobsBridge) -> None:
        super().__init__(video)
        self._video, self._baking, self._bridge = video, baking, bridge
        self._running: Task[Any] | None = None
        self._failed: set[str] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._begin)
        video.edited.connect(self._edited)
        Relay(baking.changed, lambda *_: self._arrived(), self)
        self._rest.start()

    def _edited(self, *_: object) -> None:
        """What was being made may be another thing by now."""
        self._failed.clear()
        if self._running is not None:
            self._running.cancel()
        self._rest.start()

    def _begin(self) -> None:
        if self._running is not None:
            return
        timeline = self._video.timeline
        clip = next((each for each in self._baking.wanted(timeline) if each not in self._failed), "")
        if not clip:
            return

        def failed(fault: BaseException) -> None:
            """Said once; tried again after the next edit."""
            self._failed.add(clip)
            self._over()
            self.refused.emit(list(findings_of(fault)))

        self._running = self._bridge.submit(
            "help", N("job", "Rendering effects"), lambda task: self._baking.make(timeline, clip, task),
            lambda _: self._over(), failed, self._over, owner=self)

    def _over(self) -> None:
        self._running = None
        self._rest.start()

    def _arrived(self) -> None:
        self.anew.emit(replace(self._video.timeline))
