"""What the helpers ask of the pane they help in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.core.opentime import Time
from studio.ui.actions import Action
from studio.ui.video.help.helper import Helper
from studio.ui.video.help.words import WordsHelper

if TYPE_CHECKING:
    from studio.services.videos.session import VideoSession
    from studio.ui.video.pane import VideoPane


class Help:
    """All helpers of a pane, and the pane as they see it."""

    def __init__(self, pane: VideoPane) -> None:
        self._pane = pane
        parts = (pane.theme, pane.desk, pane.bridge, pane.toaster, self, pane)
        self.cutting, self.words = Helper(*parts), WordsHelper(*parts)
        for each in (self.cutting, self.words):
            each.refused.connect(pane.toaster.show)

    @property
    def session(self) -> VideoSession | None:
        """The open project."""
        return self._pane.open.session if self._pane.open is not None else None

    def chosen_clip(self) -> str:
        """The one chosen clip, else the one of the main track under the playhead, else ""."""
        timeline, session = self._pane.timeline, self.session
        if timeline is None or session is None:
            return ""
        chosen = timeline.selection.clips
        if len(chosen) == 1:
            return next(iter(chosen))
        main = session.timeline.role("main")
        placed = main.at(timeline.playhead) if main is not None else None
        return placed.clip.id if placed is not None else ""

    def seek(self, t: Time) -> None:
        """Show a moment."""
        if self._pane.timeline is not None:
            self._pane.timeline.set_playhead(t)
        self._pane.player.set_playhead(t)

    def commands(self) -> tuple[Action, ...]:
        """All of them."""
        return (*self.cutting.commands(), *self.words.commands())
