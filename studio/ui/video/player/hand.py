"""What a hand on the picture does to the document: one undo step per gesture, and a nudge joins the nudges before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.core.edits.looks import set_curve
from studio.core.errors import Problem
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Placed, Timeline
from studio.services.videos.lying import lies
from studio.ui.i18n import N
from studio.ui.video.player.canvas import Change

if TYPE_CHECKING:
    from studio.core.words import Marked
    from studio.ui.video.timeline.document import Document


def local_time(placed: Placed, playhead: Time) -> Time:
    """The playhead in a clip's own seconds, within it."""
    return max(ZERO, min(playhead - placed.begin, placed.clip.duration))


def changed(timeline: Timeline, id: str, change: Change, playhead: Time) -> Timeline:
    """A clip scaled, turned or moved at the playhead's moment; scaled and turned about its own middle."""
    found = timeline.find(id)
    if found is None:
        return timeline
    clip, at, edited = found[1].clip, local_time(found[1], playhead), timeline
    move = clip.transform
    if change.factor != 1.0:
        edited = set_curve(edited, id, "transform", "scale", move.scale.at(at) * change.factor, at)
    if change.turn:
        edited = set_curve(edited, id, "transform", "rotation", move.rotation.at(at) + change.turn, at)
    dx, dy = _kept(timeline, edited, id, at) if edited is not timeline else (0.0, 0.0)
    for field, by, curve in (("x", change.dx + dx, move.x), ("y", change.dy + dy, move.y)):
        if abs(by) > 1e-6:
            edited = set_curve(edited, id, "transform", field, round(curve.at(at) + by, 2), at)
    return edited


def _kept(before: Timeline, after: Timeline, id: str, at: Time) -> tuple[float, float]:
    """How far a clip must go back so that its middle is where it was: words turn about the middle of the canvas."""
    one, two = before.find(id), after.find(id)
    assert one is not None and two is not None
    was, now = lies(before, one[1].clip, at), lies(after, two[1].clip, at)
    return (was.x - now.x, was.y - now.y) if was is not None and now is not None else (0.0, 0.0)


class Hand:
    """Joins the canvas to an open document."""

    def __init__(self) -> None:
        self._before: Timeline | None = None
        self._gesture, self._edited = 0, False

    def take(self, document: Document, id: str, change: Change, playhead: Time) -> None:
        """The chosen box was moved, scaled or turned; again and again until `let_go`."""
        if self._before is None:
            self._before, self._edited = document.timeline, False
            self._gesture += 1
        before = self._before
        try:
            after = changed(before, id, change, playhead)
            document.edit(_name(change), lambda _now: after, f"hand:{self._gesture}")
            self._edited = True
        except Problem:  # a locked track: nothing moves
            return

    def let_go(self, document: Document, keep: bool) -> None:
        """The end of a gesture; without `keep` all of it is taken back."""
        if self._before is not None and self._edited and not keep:
            document.undo()
        self._before = None


def _name(change: Change) -> Marked:
    if change.factor != 1.0:
        return N("video", "Scale")
    return N("video", "Turn") if change.turn else N("video", "Move on the picture")
