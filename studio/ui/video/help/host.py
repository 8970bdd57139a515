"""What the helpers ask of the pane they help in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.core.opentime import Time
from studio.core.words import N
from studio.services.videos.speaking import VoiceOvers
from studio.ui.actions import Action
from studio.ui.i18n import tr
from studio.ui.video.help.helper import Helper
from studio.ui.video.help.words import WordsHelper

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.videos.session import VideoSession
    from studio.ui.video.help.recorder import RecordBar
    from studio.ui.video.pane import VideoPane


class Help:
    """All helpers of a pane, and the pane as they see it."""

    def __init__(self, pane: VideoPane) -> None:
        self._pane = pane
        parts = (pane.theme, pane.desk, pane.bridge, pane.toaster, self, pane)
        self.cutting, self.words = Helper(*parts), WordsHelper(*parts)
        for each in (self.cutting, self.words):
            each.refused.connect(pane.toaster.show)
        self._voices = VoiceOvers(pane.desk.videos, pane.desk.folder / "recordings")
        self.bar: RecordBar | None = None
        self._takes, self._loudness = 0, 1.0
        if not pane.desk.read_only:
            self._bring_back()

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
        record = Action(
            "video.record", N("videohelp", "Record a voice-over"), self.record, "Ctrl+R", "mic",
            lambda: self.session is not None and not self._pane.desk.read_only, "ly luyin py peiyin voice microphone",
            N("videohelp", "Voice-over"))
        return (record, *self.cutting.commands(), *self.words.commands())

    # -- voice-over --------------------------------------------------------------------------------------------

    def record(self) -> None:
        """Shows the bar that records, or ends the recording that runs."""
        if self.bar is not None:
            self.bar.toggle()
            return
        timeline = self._pane.timeline
        if self.session is None or timeline is None:
            return
        from studio.ui.video.help.microphone import microphones
        from studio.ui.video.help.recorder import RecordBar, show_over

        self._takes += 1
        self.bar = RecordBar(
            self._pane.theme, self._pane.bridge, self, self._voices, microphones(), self._play, timeline.playhead,
            self._takes)
        self.bar.refused.connect(self._pane.toaster.show)
        self.bar.ended.connect(self._bar_ended)
        show_over(self.bar, self._pane)

    def close_down(self) -> None:
        """A recording that runs is ended and stays for the next start."""
        if self.bar is not None:
            self.bar.leave()
            self._bar_ended()

    def _bar_ended(self) -> None:
        bar, self.bar = self.bar, None
        if bar is not None:
            bar.hide()
            bar.deleteLater()

    def _play(self, on: bool) -> None:
        """The video with the recording, silent so that the microphone hears the voice alone."""
        player = self._pane.player.player
        if on:
            self._loudness, player.volume = player.volume, 0.0
            player.play()
        else:
            player.pause()
            player.volume = self._loudness

    def _bring_back(self) -> None:
        """Recordings that a crash left come into the library."""
        def work(task: Task[Any]) -> int:
            left = self._voices.left()
            for number, (path, _) in enumerate(left, 1):
                self._voices.keep(path, tr("videohelp", "Take {number}", number=number), task)
            return len(left)

        def done(count: int) -> None:
            if count:
                self._pane.toaster.show(tr("videohelp", "A recording that was cut off is in the library"))

        self._pane.bridge.submit("store", N("job", "Looking for media"), work, done, owner=self._pane)
