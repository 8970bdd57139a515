"""The open video project: its history, and autosave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.core.timeline import Timeline
from studio.services.autosave import DELAY, Autosaved

if TYPE_CHECKING:
    from studio.services.videos.projects import Videos


class VideoSession(Autosaved[Timeline]):
    """One project, open for editing; an edit is on disk within half a second."""

    def __init__(self, videos: Videos, timeline: Timeline, delay: float = DELAY) -> None:
        self._videos, self._revision = videos, videos.revision(timeline.id)
        super().__init__(timeline, self._save, delay=delay)

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def timeline(self) -> Timeline:
        """As it is now."""
        return self.document

    def _save(self, timeline: Timeline) -> None:
        self._revision = self._videos.save(timeline, expect=self._revision)
