"""Films in the previews of a draft: they play there, and what a platform covers of them is told beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.core.words import N
from studio.services.clips import Clips
from studio.ui.actions import Action
from studio.ui.preview.commands import CONTEXT
from studio.ui.preview.moving import first_film
from studio.ui.preview.playing import Played
from studio.ui.preview.zones import Zones
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.ui.draft.pane import DraftPane
    from studio.ui.preview.frame import Frame
    from studio.ui.widgets.splitter import SettingsStore


class Films:
    """Acts in its pane."""

    def __init__(self, pane: DraftPane, state: SettingsStore) -> None:
        self._pane = pane
        self.played = Played(pane.theme, Clips(pane.desk), pane.bridge, pane)
        self.zones = Zones(pane.preview, pane.desk, pane.bridge, state, pane)
        pane.preview.framed.connect(self._framed)
        pane.preview.more.append(self.action())
        self.zones.sought.connect(lambda frame, seconds: self.played.show_at(frame.canvas, seconds))
        Relay(pane.desk.covers.changed, lambda _: self._checked(), pane)

    def action(self) -> Action:
        """Plays the film of the card that is current, for its menu and the palette."""
        return Action("preview.play", N("preview", "Play or stop the film"), self._toggle, "", "play", self._has_film,
                      "bf bofang tz tingzhi sp shipin video", CONTEXT)  # fmt: skip

    def _toggle(self) -> None:
        frame = self._pane.preview.current()
        if frame is not None:
            self.played.toggle(frame.canvas)

    def _has_film(self) -> bool:
        frame = self._pane.preview.current()
        card = frame.canvas.card if frame is not None else None
        return card is not None and first_film(card) is not None

    def close(self) -> None:
        """Ends the threads of what plays."""
        self.played.close()

    def _framed(self, frame: Frame) -> None:
        self.played.attach(frame.canvas)

    def _checked(self) -> None:
        """A film was looked at: its findings are new."""
        if self._pane.open is not None:
            self._pane.open.reload_accounts()
