"""The mouse on the timeline: scrubbing, choosing, dragging, drawing a frame around clips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent

from studio.core.edits.looks import toggle_key
from studio.core.opentime import Time
from studio.core.words import N
from studio.ui.video.timeline.document import together
from studio.ui.video.timeline.gestures import Aim, Gesture, Move, VolumePoint
from studio.ui.video.timeline.hand import aimed, take
from studio.ui.video.timeline.layout import JOIN, Hit, cut_near
from studio.ui.video.timeline.naming import name_it
from studio.ui.video.timeline.scene import Held, Selection
from studio.ui.video.timeline.snap import nearest, targets

if TYPE_CHECKING:
    from studio.ui.video.timeline.view import TimelineView

LIFT = 6.0  # px until a press on a clip becomes a drag
SLIGHT = 2.0  # px for edges and points, which are aimed at
NEAR_MARK = 4.0  # px from in or out on the ruler that still take it
MARGIN = 48.0  # px from the sides where the view moves along
ON_CLIPS = ("clip", "start", "end", "gain", "point", "in", "out")
CURSORS = {
    "start": Qt.CursorShape.SizeHorCursor, "end": Qt.CursorShape.SizeHorCursor, "key": Qt.CursorShape.SizeHorCursor,
    "in": Qt.CursorShape.SizeHorCursor, "out": Qt.CursorShape.SizeHorCursor, "gain": Qt.CursorShape.SizeVerCursor,
    "point": Qt.CursorShape.SizeAllCursor, "marker": Qt.CursorShape.SizeHorCursor,
    "join": Qt.CursorShape.SizeHorCursor, "add": Qt.CursorShape.PointingHandCursor,
    "eye": Qt.CursorShape.PointingHandCursor, "lock": Qt.CursorShape.PointingHandCursor,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Press:
    """A button that went down. at: px; moment: seconds at its place then (the view may scroll meanwhile)."""

    hit: Hit
    at: QPointF
    moment: float
    add: bool


class Mouse:
    """The state of the pointer between two events."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view
        self._press: Press | None = None
        self._moments: tuple[Time, ...] = ()
        self._scrubbing = False
        self._mark = ""  # which of in and out is being moved
        self._keys = Qt.KeyboardModifier.NoModifier

    @property
    def scrubbing(self) -> bool:
        """Whether the playhead is being dragged."""
        return self._scrubbing

    # events ----------------------------------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        view, at = self._view, event.position()
        hit = view.plan().hit(at)
        if event.button() != Qt.MouseButton.LeftButton or hit is None or view.held is not None:
            return
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._keys = event.modifiers()
        if view.cut is not None and view.cut.contains(at):
            self._join(at)
        elif hit.kind in ("eye", "lock"):
            self._switch(hit)
        elif hit.kind == "add":
            from studio.ui.video.timeline.menus import show_add_menu

            show_add_menu(view)
        elif hit.kind == "ruler" and (mark := self._range_edge(at)):
            self._mark = mark
        elif hit.kind == "ruler":
            self._scrubbing = True
            self._scrub(at)
        elif view.controller.tool == "blade" and hit.kind in ("clip", "gain", "start", "end"):
            self._blade(hit, at)
        else:
            add = bool(self._keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
            self._press = Press(hit, at, view.scale_now.seconds(at.x()), add)
            self._choose(hit, add)

    def move(self, event: QMouseEvent) -> None:
        view = self._view
        view.pointer, self._keys = event.position(), event.modifiers()
        if self._mark:
            self._set_range(event.position())
        elif self._scrubbing:
            self._scrub(event.position())
            view.watch_sides(True)
        elif self._press is None:
            self._hover(event.position())
        elif view.held is not None:
            self._carry(event.position())
        elif view.lasso is not None:
            self._draw(event.position())
        else:
            self._maybe_lift(event.position())

    def release(self, event: QMouseEvent) -> None:
        view, press = self._view, self._press
        view.watch_sides(False)
        was, self._press, self._scrubbing, self._mark = self._scrubbing, None, False, ""
        if view.held is not None and not view.held.by_key:
            self.let_go()
        elif view.lasso is not None:
            view.lasso = None
            view.update()
        elif press is not None and not was:
            self._click(press)
        self._hover(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        view = self._view
        hit = view.plan().hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        if hit.kind in ("gain", "point"):
            self._press = None
            self._turn_point(hit, event.position())
        elif hit.kind in ("head", "marker"):
            self._press = None
            name_it(view, hit)
        elif hit.kind in ("clip", "start", "end"):
            view.opened.emit(hit.id)
        else:
            self.press(event)

    def leave(self) -> None:
        self._view.cut = None
        self._light("")

    # choosing --------------------------------------------------------------------------------------------------

    def _choose(self, hit: Hit, add: bool) -> None:
        controller = self._view.controller
        id, _, nth = hit.id.partition(":")
        if hit.kind == "join":
            controller.select(Selection(join=hit.id))
        elif hit.kind == "marker":
            controller.select(Selection(marker=int(hit.id)))
            controller.go(controller.timeline.markers[int(hit.id)].at)
        elif hit.kind == "key":
            controller.select(Selection(frozenset({id}), key=(id, int(nth))))
        elif hit.kind in ON_CLIPS and (add or id not in controller.selection.clips):
            controller.choose([id], add)

    def _click(self, press: Press) -> None:
        """A press that did not move: on a clip among several chosen it alone is meant; beside clips nothing is."""
        controller = self._view.controller
        if press.hit.kind in ("clip", "gain") and not press.add:
            controller.choose([press.hit.id])
        elif press.hit.kind == "lane" and not press.add:
            controller.select(Selection())
            controller.go(self._view.scale_now.time(press.at.x()))

    def _draw(self, at: QPointF) -> None:
        """A frame around clips."""
        view, press = self._view, self._press
        assert press is not None
        view.lasso = QRectF(press.at, at).normalized()
        found = [box.clip.id for box in view.plan().boxes if box.rect.intersects(view.lasso)]
        view.controller.select(Selection(together(view.timeline, found, view.controller.linking)))
        view.update()

    # acting ----------------------------------------------------------------------------------------------------

    def _scrub(self, at: QPointF) -> None:
        view = self._view
        x = min(max(at.x(), view.scale_now.origin), view.width())
        t = view.scale_now.time(x)
        if view.controller.snapping and self._keys & Qt.KeyboardModifier.ShiftModifier:
            near = nearest(targets(view.timeline, t, marks=view.controller.range or ()), t)
            t = near if near is not None and abs(near - t) <= view.reach else t
        view.controller.go(t)

    def _switch(self, hit: Hit) -> None:
        controller = self._view.controller
        track = controller.timeline.track(hit.id)
        if track is None:
            return
        if hit.kind == "lock":
            name = N("timeline", "Unlock track") if track.locked else N("timeline", "Lock track")
            controller.set_track(name, track.id, locked=not track.locked)
        else:
            name = N("timeline", "Show track") if track.hidden else N("timeline", "Hide track")
            controller.set_track(name, track.id, hidden=not track.hidden)

    def _blade(self, hit: Hit, at: QPointF) -> None:
        view = self._view
        t = view.timeline.snapped(view.scale_now.time(at.x()))
        controller = view.controller
        if controller.snapping and abs(controller.playhead - t) <= view.reach:
            t = controller.playhead
        controller.split_at(t, [hit.id])

    def _join(self, at: QPointF) -> None:
        found = cut_near(self._view.plan(), at)
        self._view.cut = None
        if found is not None:
            self._view.controller.join(found[1])

    def _turn_point(self, hit: Hit, at: QPointF) -> None:
        """A point put on the line of the volume where it is, or the point that is there taken off."""
        view = self._view
        clip, _, nth = hit.id.partition(":")
        found = view.controller.timeline.find(clip)
        if found is None:
            return
        local = view.timeline.snapped(view.scale_now.time(at.x()) - found[1].begin)
        if nth and int(nth) < len(found[1].clip.sound.gain.keys):
            local = found[1].clip.sound.gain.keys[int(nth)].at
        view.controller.edit(VolumePoint.name, lambda t: toggle_key(t, clip, "sound", "gain", local))

    def _range_edge(self, at: QPointF) -> str:
        """The mark under the pointer on the ruler: "in", "out" or ""."""
        view = self._view
        if view.controller.range is None or at.y() >= view.plan().measures.ruler:
            return ""
        places = zip(("in", "out"), view.controller.range, strict=True)
        return next((name for name, t in places if abs(view.scale_now.x(t) - at.x()) <= NEAR_MARK), "")

    def _set_range(self, at: QPointF) -> None:
        """One of the marks goes where the pointer is; a mark does not pass the other."""
        c, t = self._view.controller, self._view.timeline.snapped(self._view.scale_now.time(at.x()))
        if c.range is None:
            return
        frame, (begin, end) = 1 / c.timeline.rate, c.range
        if self._mark == "in":
            c.set_range(min(max(t, Time(0)), end - frame), end)
        else:
            c.set_range(begin, max(t, begin + frame))

    # dragging --------------------------------------------------------------------------------------------------

    def _maybe_lift(self, at: QPointF) -> None:
        press, view = self._press, self._view
        assert press is not None
        far = (at - press.at).manhattanLength()
        if press.hit.kind in ("lane", "head"):
            if far >= LIFT and press.hit.kind == "lane":
                self._draw(at)
            return
        if far < (LIFT if press.hit.kind in ("clip", "gain") else SLIGHT):
            return
        gesture = self._take(press)
        if gesture is None:
            return
        controller = view.controller
        self._moments = targets(view.timeline, controller.playhead, gesture.clips, controller.range or ())
        view.cut = None
        view.hold(self._lifted(press, gesture), None)
        self._carry(at)

    def _take(self, press: Press) -> Gesture | None:
        view = self._view
        box = view.plan().by_clip.get(press.hit.id.partition(":")[0])
        late = box is not None and press.at.x() > box.rect.center().x()
        other = bool(self._keys & Qt.KeyboardModifier.ControlModifier)
        return take(view.controller.timeline, press.hit, view.controller.grip(other), late)

    def _lifted(self, press: Press, gesture: Gesture) -> Held:
        """A moved clip follows the pointer; whatever else is in hand changes in its place."""
        held = Held(gesture, at=press.at, links=self._view.controller.linking)
        if not isinstance(gesture, Move):
            return held
        rect = self._view.plan().by_clip[gesture.clip].rect
        wide = min(rect.width(), 480.0)
        grip = QPointF(min(press.at.x() - rect.left(), wide - 4), press.at.y() - rect.top())
        return replace(held, grip=grip, size=(wide, rect.height()), lifted=gesture.clip)

    def _carry(self, at: QPointF) -> None:
        view, press, held = self._view, self._press, self._view.held
        assert press is not None and held is not None
        controller = view.controller
        before = controller.timeline
        away = view.scale_now.time(at.x()) - Time(round(press.moment * 1000), 1000)
        aim = Aim(away, self._lane(press, held, at), self._louder(press, at), self._copies(held))
        free = bool(self._keys & Qt.KeyboardModifier.AltModifier)  # Alt lets go of what it clings to
        moments = self._moments if controller.snapping and not free else ()
        held, after = aimed(before, replace(held, at=at), aim, moments, view.reach, controller.language)
        view.setCursor(Qt.CursorShape.ForbiddenCursor if held.refused else self._closed(held))
        view.hold(held, after)

    def _lane(self, press: Press, held: Held, at: QPointF) -> str:
        """The other track it is over, for things that can change tracks."""
        lane = self._view.plan().lane_at(at.y())
        if not isinstance(held.gesture, Move) or lane is None or lane.track.id == press.hit.track:
            return ""
        return lane.track.id

    def _louder(self, press: Press, at: QPointF) -> float:
        box = self._view.plan().by_clip.get(press.hit.id.partition(":")[0])
        return self._view.plan().decibels(box, press.at.y() - at.y()) if box is not None else 0.0

    def _copies(self, held: Held) -> bool:
        return isinstance(held.gesture, Move) and bool(self._keys & Qt.KeyboardModifier.ControlModifier)

    def _closed(self, held: Held) -> Qt.CursorShape:
        return Qt.CursorShape.ClosedHandCursor if isinstance(held.gesture, Move) else self._view.cursor().shape()

    def let_go(self) -> None:
        """The thing in hand is put where it is, or back when it may not stay there."""
        view, held = self._view, self._view.held
        view.unsetCursor()
        view.hold(None)
        if held is None or held.refused or held.aim in (Aim(), Aim(copy=True)):
            return
        view.controller.edit(held.gesture.name, lambda t: held.gesture.change(t, held.aim))

    def go_along(self) -> None:
        """Held at a side, the view moves on and what is in hand with it."""
        view, x = self._view, self._view.pointer.x()
        left = view.scale_now.origin + MARGIN - x
        right = x - (view.width() - MARGIN)
        by = -left if left > 0 else right if right > 0 else 0.0
        if not by or (self._press is None and not self._scrubbing):
            return
        view.scroll_by(max(-30.0, min(30.0, by / 2)))
        if self._scrubbing:
            self._scrub(view.pointer)
        elif view.held is not None and self._press is not None:
            self._carry(view.pointer)

    def drop_press(self) -> None:
        """Esc while the button is down: nothing is in hand, and nothing happens when it comes up."""
        self._press, self._scrubbing, self._mark = None, False, ""
        self._view.lasso = None

    # hovering --------------------------------------------------------------------------------------------------

    def _hover(self, at: QPointF) -> None:
        view = self._view
        self._find_cut(at)
        hit = view.plan().hit(at) if view.rect().contains(at.toPoint()) else None
        kind = hit.kind if hit is not None else ""
        tool = view.controller.tool
        shape = CURSORS.get(kind, Qt.CursorShape.ArrowCursor)
        if view.cut is not None and view.cut.contains(at):
            shape = Qt.CursorShape.PointingHandCursor
        elif kind == "ruler" and self._range_edge(at):
            shape = Qt.CursorShape.SizeHorCursor
        elif tool == "blade" and kind in ("clip", "start", "end", "gain"):
            shape = Qt.CursorShape.SplitHCursor
        elif tool in ("slip", "slide", "roll") and kind == "clip":
            shape = Qt.CursorShape.SizeHorCursor
        view.setCursor(shape)
        if tool == "blade":
            view.update()
        self._light(hit.name if hit is not None and hit.kind not in ("lane", "ruler") else "")

    def _find_cut(self, at: QPointF) -> None:
        view = self._view
        found = cut_near(view.plan(), at) if view.controller.tool == "select" else None
        rect = None
        if found is not None and found[0].height >= 40:
            lane, id = found
            box = view.plan().by_clip.get(id)
            wide = min(box.rect.width() if box is not None else 0.0, 200.0)
            if box is not None and wide >= 48 and abs(at.y() - lane.top - lane.height / 2) < JOIN[1]:
                rect = QRectF(box.rect.right() - JOIN[0] / 2, box.rect.center().y() - JOIN[1] / 2, *JOIN)
        if rect != view.cut:
            view.cut = rect
            view.update()

    def _light(self, name: str) -> None:
        if name != self._view.hovered:
            self._view.hovered = name
            self._view.update()

