"""What a timeline on the screen remembers: tool, selection, playhead, in and out. The document is the session's."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from studio.core.edits import join
from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Timeline, Track
from studio.core.words import Marked
from studio.ui.video.timeline.document import Change, Document, in_step, together
from studio.ui.video.timeline.hand import Grip, Tool
from studio.ui.video.timeline.layout import moments
from studio.ui.video.timeline.scene import NOTHING, Range, Selection
from studio.ui.video.timeline.snap import beyond, targets
from studio.ui.video.timeline.words import why

if TYPE_CHECKING:
    from studio.ui.theme import Theme

NO_CLIPS: frozenset[str] = frozenset()


class State(QObject):
    """changed: the document, or what is shown of it, is another; selection_changed; playhead_moved(Time): by a person;
    range_changed; tool_changed; refused(sentence): why something was not done."""

    changed = Signal()
    selection_changed = Signal()
    playhead_moved = Signal(object)
    range_changed = Signal()
    tool_changed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, session: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.tool: Tool = "select"
        self.snapping, self.linking, self.following = True, True, False
        self.selection, self.playhead = NOTHING, ZERO
        self.range: Range | None = None
        self._session = session
        self._leave = session.changed.connect(self._edited)

    @property
    def timeline(self) -> Timeline:
        """The document as it is."""
        return self._session.timeline

    @property
    def session(self) -> Document:
        return self._session

    @property
    def language(self) -> str:
        return self._theme.language.code

    def set_session(self, session: Document) -> None:
        """Another project; the view begins at its beginning."""
        self._leave()
        self._session = session
        self._leave = session.changed.connect(self._edited)
        self.selection, self.playhead, self.range = NOTHING, ZERO, None
        for told in (self.changed, self.selection_changed, self.range_changed):
            told.emit()

    def close(self) -> None:
        """No longer listen to the session."""
        self._leave()

    def edit(self, name: Marked, change: Change, merge: str = "") -> bool:
        """One edit; False and a sentence when it cannot be. What is linked to the main track keeps step with it."""
        whole: Change = (lambda t: in_step(t, change(t))) if self.linking else change
        try:
            self._session.edit(name, whole, merge)
        except Problem as problem:
            self.refused.emit(why(problem, self.language))
            return False
        return True

    def undo(self) -> None:
        """One edit back."""
        self._session.undo()

    def redo(self) -> None:
        """One edit forward."""
        self._session.redo()

    # tools -----------------------------------------------------------------------------------------------------

    def use(self, tool: Tool) -> None:
        """Take a tool."""
        if tool != self.tool:
            self.tool = tool
            self.tool_changed.emit()

    def set_snapping(self, on: bool) -> None:
        self.snapping = on
        self.tool_changed.emit()

    def set_linking(self, on: bool) -> None:
        self.linking = on
        self.tool_changed.emit()

    def set_following(self, on: bool) -> None:
        """Whether what begins later on other tracks follows when the main track becomes longer or shorter."""
        self.following = on
        self.tool_changed.emit()

    def grip(self, other: bool = False) -> Grip:
        """What a hand knows that takes something now."""
        return Grip(self.tool, self.linking, self.selection.clips, other, self.following)

    # selection -------------------------------------------------------------------------------------------------

    def select(self, selection: Selection) -> None:
        """Choose exactly this, as far as it is there."""
        selection = still_there(self.timeline, selection)
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()
            self.changed.emit()

    def choose(self, clips: Iterable[str], add: bool = False) -> None:
        """Choose clips with their groups and links; `add` turns them over in what is chosen."""
        found = together(self.timeline, clips, self.linking)
        if add:
            chosen = self.selection.clips
            found = chosen - found if found <= chosen else chosen | found
        self.select(Selection(found))

    def choose_all(self) -> None:
        self.select(Selection(frozenset(p.clip.id for track, p in self.timeline.clips() if not track.locked)))

    def choose_after(self) -> None:
        """Every clip that begins at the playhead or later."""
        later = [p.clip.id for track, p in self.timeline.clips() if not track.locked and p.begin >= self.playhead]
        self.choose(later)

    def choose_here(self) -> None:
        """The clip under the playhead: on the track of what is chosen, else on the main one or the first that has."""
        tracks = self.by_interest()
        found = next((p for track in tracks if (p := track.at(self.playhead)) is not None), None)
        self.choose([found.clip.id] if found is not None else [])

    def choose_beside(self, by: int) -> None:
        """The clip before or after the chosen one on its track; the playhead goes to its beginning."""
        track = self.by_interest()[0] if self.timeline.tracks else None
        if track is None or not track.placed:
            return
        nth = next((n for n, p in enumerate(track.placed) if p.clip.id in self.selection.clips), None)
        nth = track.nth_at(self.playhead) if nth is None else nth + by
        placed = track.placed[min(max(nth, 0), len(track.placed) - 1)]
        self.choose([placed.clip.id])
        self.go(placed.begin)

    def choose_across(self, tracks: list[Track], by: int) -> None:
        """A clip on the next track above (-1) or below (1) that has any, nearest to the playhead. tracks: as shown."""
        here = next((n for n, t in enumerate(tracks) if any(p.clip.id in self.selection.clips for p in t.placed)), None)
        start = here if here is not None else (-1 if by > 0 else len(tracks))
        for track in tracks[start + by :: by] if 0 <= start + by < len(tracks) else []:
            if track.placed:
                near = min(track.placed, key=lambda p: max(p.begin - self.playhead, self.playhead - p.end, ZERO))
                self.choose([near.clip.id])
                return

    def by_interest(self) -> list[Track]:
        """The tracks, those with chosen clips first, then the main one."""
        chosen, tracks = self.selection.clips, self.timeline.tracks
        return sorted(tracks, key=lambda t: (not any(p.clip.id in chosen for p in t.placed), t.role != "main"))

    # the playhead ----------------------------------------------------------------------------------------------

    def set_playhead(self, t: Time) -> None:
        """The player is there; nobody is told."""
        self.playhead = min(max(t, ZERO), self.timeline.duration)

    def go(self, t: Time) -> None:
        """A person moves it; it stands on a frame."""
        self.set_playhead(self.timeline.snapped(min(max(t, ZERO), self.timeline.duration)))
        self.playhead_moved.emit(self.playhead)

    def step(self, frames: int) -> None:
        """So many frames on."""
        self.go(self.playhead + Fraction(frames) / self.timeline.rate)

    def go_to_cut(self, forward: bool) -> None:
        """To the next beginning or end of a clip, marker, in or out."""
        to = beyond(targets(self.timeline, self.playhead, marks=self.range or ()), self.playhead, forward)
        if to is not None:
            self.go(to)

    # in and out ------------------------------------------------------------------------------------------------

    def set_range(self, begin: Time | None, end: Time | None) -> None:
        """What is played and exported; None: open at that side. Both open, or turned round: none at all."""
        start, stop = begin or ZERO, self.timeline.duration if end is None else end
        self.range = (start, stop) if (begin, end) != (None, None) and start < stop else None
        self.range_changed.emit()
        self.changed.emit()

    def mark_in(self) -> None:
        end = self.range[1] if self.range is not None and self.range[1] > self.playhead else None
        self.set_range(self.playhead, end)

    def mark_out(self) -> None:
        begin = self.range[0] if self.range is not None and self.range[0] < self.playhead else ZERO
        self.set_range(begin, self.playhead + 1 / self.timeline.rate)

    def mark_selection(self) -> None:
        found = [p for _, p in self.timeline.clips() if p.clip.id in self.selection.clips]
        if found:
            self.set_range(min(p.begin for p in found), max(p.end for p in found))

    # inside ----------------------------------------------------------------------------------------------------

    def _edited(self, _before: Timeline, after: Timeline) -> None:
        kept = still_there(after, self.selection)
        gone = kept != self.selection
        self.selection = kept
        self.playhead = min(self.playhead, after.duration)
        if gone:
            self.selection_changed.emit()
        self.changed.emit()


def still_there(timeline: Timeline, chosen: Selection) -> Selection:
    """What of a selection a timeline has."""
    clips = frozenset(p.clip.id for _, p in timeline.clips() if p.clip.id in chosen.clips) if chosen.clips else NO_CLIPS
    join_id = chosen.join if chosen.join and join.find_transition(timeline, chosen.join) is not None else ""
    marker = chosen.marker if chosen.marker is not None and chosen.marker < len(timeline.markers) else None
    key, found = chosen.key, timeline.find(chosen.key[0]) if chosen.key is not None else None
    if key is not None and (found is None or key[1] >= len(moments(found[1].clip))):
        key = None
    return Selection(clips, join_id, key, marker)
