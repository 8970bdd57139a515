"""The whole timeline: tools, tracks, scroll bar. What the pane puts at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.core.opentime import Time
from studio.ui.actions import Action
from studio.ui.video.timeline.bar import TimeBar
from studio.ui.video.timeline.commands import commands
from studio.ui.video.timeline.controller import Controller
from studio.ui.video.timeline.document import Document
from studio.ui.video.timeline.scene import Range, Selection
from studio.ui.video.timeline.strips import Strips
from studio.ui.video.timeline.toolbar import ToolRow
from studio.ui.video.timeline.view import TimelineView
from studio.ui.widgets.base import column, ground, hairline

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class TimelinePanel(QWidget):
    """What is told:

    playhead_moved(Time)  by a person          selection_changed()       range_changed()     in and out
    play_asked(int)       J -1, K 0, L 1       toggle_asked()            the space bar
    opened(str)           a clip, by double click or Enter
    dropped(Drop)         files or things of the bin that need reading before they are clips
    record_asked(), captions_asked()           refused(str)              why an edit was not done
    """

    playhead_moved = Signal(object)
    selection_changed = Signal()
    range_changed = Signal()
    play_asked = Signal(int)
    toggle_asked = Signal()
    opened = Signal(str)
    dropped = Signal(object)
    record_asked = Signal()
    captions_asked = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, session: Document, strips: Strips) -> None:
        super().__init__()
        ground(self, "surface")
        self.controller = Controller(theme, session, self)
        self.view = TimelineView(theme, self.controller, strips)
        self.tools = ToolRow(theme, self.view)
        self.bar = TimeBar(theme, self.view)
        self.setLayout(column(self.tools, hairline(), self.view, self.bar, gap=0))
        c = self.controller
        for source, told in (
            (c.playhead_moved, self.playhead_moved), (c.selection_changed, self.selection_changed),
            (c.range_changed, self.range_changed), (c.refused, self.refused),
            (self.view.play_asked, self.play_asked), (self.view.toggle_asked, self.toggle_asked),
            (self.view.opened, self.opened), (self.view.dropped, self.dropped),
            (self.tools.record_asked, self.record_asked), (self.tools.captions_asked, self.captions_asked),
        ):  # fmt: skip
            source.connect(told)

    @property
    def selection(self) -> Selection:
        """What is chosen."""
        return self.controller.selection

    @property
    def playhead(self) -> Time:
        return self.controller.playhead

    @property
    def range(self) -> Range | None:
        """In and out, or None."""
        return self.controller.range

    def commands(self) -> tuple[Action, ...]:
        """Everything that can be done here, for menus, keys and the palette."""
        return commands(self.view)

    def set_session(self, session: Document) -> None:
        """Another project."""
        self.controller.set_session(session)
        self.view.fit()

    def set_playhead(self, t: Time, follow: bool = False) -> None:
        """The player is at `t`; follow: turn the page when it leaves what is seen. Nothing is told."""
        self.view.move_playhead(t)
        self.tools.readout.retranslate()
        if follow:
            self.view.keep_in_sight(self.controller.playhead, page=True)

    def close_session(self) -> None:
        """No longer listen to the project."""
        self.controller.close()
