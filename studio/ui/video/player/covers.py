"""Titles and captions held against the safe zone, in a job: each is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from studio.core.safezone import SafeZone
from studio.core.timeline import Timeline
from studio.services.videos.covering import Covered, covered
from studio.ui.i18n import N, tr
from studio.ui.widgets.note import NoteText

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.ui.jobs import JobsBridge

LOOK_MS = 400  # after an edit


class Covers(QObject):
    """found(): `all` is another list now."""

    found = Signal()

    def __init__(self, bridge: JobsBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.all: list[Covered] = []
        self._asked: tuple[Timeline | None, SafeZone | None] = (None, None)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_MS)
        self._soon.timeout.connect(self._look)

    def look(self, timeline: Timeline | None, zone: SafeZone | None, at_once: bool = False) -> None:
        """Hold these against one another; a moment after the last edit."""
        self._asked = timeline, zone
        self._look() if at_once else self._soon.start()

    def stop(self) -> None:
        """There is nothing to look at any more."""
        self._soon.stop()
        self._asked, self.all = (None, None), []

    def _look(self) -> None:
        timeline, zone = self._asked
        if timeline is None or zone is None:
            self._seen(self._asked, [])
            return

        def work(_task: Task[list[Covered]]) -> list[Covered]:
            return covered(timeline, zone)

        asked = self._asked
        self._bridge.submit(
            "player", N("job", "Looking at the safe zone"), work, lambda found: self._seen(asked, found),
            lambda _fault: None, owner=self,
        )  # fmt: skip

    def _seen(self, asked: tuple[Timeline | None, SafeZone | None], found: list[Covered]) -> None:
        if asked == self._asked:
            self.all = found
            self.found.emit()

    def note(self, platform: str) -> NoteText:
        """The first of them in words, with its fix; only when there are some."""
        first = self.all[0]
        up, down = tr("video", "Move up"), tr("video", "Move down")
        fixes = () if first.by is None else (("move", up if first.by < 0 else down),)
        return NoteText("warning", self._words(first, platform), fixes)

    def _words(self, one: Covered, platform: str) -> str:
        if one.captions:
            words = tr("video", "Caption {number} lies under {platform}’s own words and buttons", number=one.number,
                       platform=platform)
        else:
            words = tr("video", "Title {number} lies under {platform}’s own words and buttons", number=one.number,
                       platform=platform)
        more = len(self.all) - 1
        return f"{words} · {tr('video', '%n more', n=more)}" if more else words
