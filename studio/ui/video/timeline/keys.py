"""The keyboard on the timeline: walking, choosing, and the twin of every drag: M, `[` or `]` take something in hand,
arrows carry it, Enter lets go, Esc puts it back."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from studio.core.opentime import Time
from studio.ui.i18n import tr
from studio.ui.video.timeline.gestures import Aim, Gesture, Move, Volume, VolumePoint
from studio.ui.video.timeline.hand import judged, stepped, take
from studio.ui.video.timeline.layout import Hit, moments, shown_tracks
from studio.ui.video.timeline.scene import Held, Selection
from studio.ui.video.timeline.snap import targets

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.video.timeline.view import TimelineView

K, Mod = Qt.Key, Qt.KeyboardModifier
ENTER = (K.Key_Return, K.Key_Enter)
SIDES = {K.Key_Left: -1, K.Key_Right: 1}
LEVELS = {K.Key_Up: -1, K.Key_Down: 1}


class Keys:
    """What the view does with a key that no action has."""

    def __init__(self, view: TimelineView) -> None:
        self._view = view

    def press(self, event: QKeyEvent) -> bool:
        """Whether the key meant something."""
        key, mods = K(event.key()), event.modifiers() & ~Mod.KeypadModifier
        if key == K.Key_Escape:
            return self._escape()
        held = self._view.held
        if held is not None:
            return self._carry(held, key, mods) if held.by_key else True
        done = self._plain(key) if not mods else self._with(mods).get(key)
        if done is None:
            return False
        done()
        return True

    def _plain(self, key: Qt.Key) -> Callable[[], object] | None:
        view, c = self._view, self._view.controller
        walk: dict[Qt.Key, Callable[[], object]] = {
            K.Key_Left: lambda: c.step(-1), K.Key_Right: lambda: c.step(1),
            K.Key_Up: lambda: c.go_to_cut(False), K.Key_Down: lambda: c.go_to_cut(True),
            K.Key_Home: lambda: c.go(Time(0)), K.Key_End: lambda: c.go(c.timeline.duration),
            K.Key_PageUp: lambda: view.scroll_by(-view.width() / 2),
            K.Key_PageDown: lambda: view.scroll_by(view.width() / 2),
            K.Key_Space: view.toggle_asked.emit, K.Key_Return: self._open, K.Key_Enter: self._open,
            K.Key_Backspace: c.delete,
        }  # fmt: skip
        return walk.get(key)

    def _with(self, mods: Qt.KeyboardModifier) -> dict[Qt.Key, Callable[[], object]]:
        c = self._view.controller
        second = round(c.timeline.rate)
        if mods == Mod.ShiftModifier:
            return {K.Key_Left: lambda: c.step(-second), K.Key_Right: lambda: c.step(second)}
        if mods == Mod.AltModifier:
            tracks = list(shown_tracks(c.timeline))
            return {
                K.Key_Left: lambda: c.choose_beside(-1), K.Key_Right: lambda: c.choose_beside(1),
                K.Key_Up: lambda: c.choose_across(tracks, -1), K.Key_Down: lambda: c.choose_across(tracks, 1),
            }  # fmt: skip
        if mods == Mod.ControlModifier:
            return {
                K.Key_Left: lambda: c.go_to_cut(False), K.Key_Right: lambda: c.go_to_cut(True),
                K.Key_Up: lambda: self._louder(1.0), K.Key_Down: lambda: self._louder(-1.0),
            }  # fmt: skip
        if mods == Mod.ControlModifier | Mod.AltModifier:
            return {K.Key_Left: lambda: self._choose_key(-1), K.Key_Right: lambda: self._choose_key(1)}
        return {}

    def _escape(self) -> bool:
        """One step out: what is in hand goes back, else nothing is chosen any more."""
        view = self._view
        if view.held is not None or view.lasso is not None:
            view.give_up()
            return True
        if view.controller.selection:
            view.controller.select(Selection())
            return True
        return False

    def _open(self) -> None:
        clip = self.chosen()
        if clip:
            self._view.opened.emit(clip)

    def chosen(self) -> str:
        """The chosen clip that is meant when one is: the first on the main track, else the first of all."""
        c = self._view.controller
        for track in c.by_interest():
            for placed in track.placed:
                if placed.clip.id in c.selection.clips:
                    return placed.clip.id
        return ""

    def _louder(self, up: float) -> None:
        c = self._view.controller
        clip = self.chosen()
        if clip:
            c.edit(Volume.name, lambda t: Volume(clip, frozenset({clip})).change(t, Aim(up=up)), merge=f"gain:{clip}")

    def _choose_key(self, by: int) -> None:
        """The next moment with key frames of the chosen clip; the playhead goes there."""
        c = self._view.controller
        found = c.timeline.find(self.chosen())
        times = moments(found[1].clip) if found is not None else ()
        if found is None or not times:
            return
        key = c.selection.key
        nth = (key[1] + by) % len(times) if key is not None else 0
        c.select(Selection(frozenset({found[1].clip.id}), key=(found[1].clip.id, nth)))
        c.go(found[1].begin + times[nth])

    # in hand ---------------------------------------------------------------------------------------------------

    def take(self, kind: str = "clip") -> bool:
        """Take what is chosen in hand; kind: "clip", or an edge of it, "start" or "end"."""
        c = self._view.controller
        chosen, hit = c.selection, None
        if chosen.join:
            hit = Hit("join", chosen.join)
        elif chosen.key is not None:
            hit = Hit("key", f"{chosen.key[0]}:{chosen.key[1]}")
        elif chosen.marker is not None:
            hit = Hit("marker", str(chosen.marker))
        elif clip := self.chosen():
            hit = Hit(kind, clip)
        else:
            at = next((n for n, marker in enumerate(c.timeline.markers) if marker.at == c.playhead), None)
            hit = Hit("marker", str(at)) if at is not None else None
        gesture = take(c.timeline, hit, c.grip(), kind != "start") if hit is not None else None
        if gesture is None:
            c.refused.emit(tr("timeline", "Choose a clip first."))
            return False
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._hold(Held(gesture, by_key=True, links=c.linking))
        return True

    def _hold(self, held: Held) -> None:
        view, c = self._view, self._view.controller
        held, after = judged(c.timeline, held, c.language)
        view.hold(held, after)
        if edges := held.gesture.edges(c.timeline):
            view.keep_in_sight(max(Time(0), edges[0] + held.aim.by))

    def _carry(self, held: Held, key: Qt.Key, mods: Qt.KeyboardModifier) -> bool:
        """An arrow: a frame; with Shift a second; with Ctrl to where it would cling. Up and down: another track."""
        view, c = self._view, self._view.controller
        if key in ENTER:
            view.let_go()
        elif key in SIDES and mods == Mod.ControlModifier:
            around = targets(c.timeline, c.playhead, held.gesture.clips, c.range or ())
            by = stepped(c.timeline, held, SIDES[key] > 0, around)
            self._hold(replace(held, aim=replace(held.aim, by=by)))
        elif key in SIDES:
            frames = round(c.timeline.rate) if mods & Mod.ShiftModifier else 1
            by = held.aim.by + Fraction(SIDES[key] * frames) / c.timeline.rate
            self._hold(replace(held, aim=replace(held.aim, by=by)))
        elif key in LEVELS:
            self._hold(self._higher(held, held.gesture, LEVELS[key]))
        return True

    def _higher(self, held: Held, gesture: Gesture, by: int) -> Held:
        """A moved clip goes to the next track, a volume up or down."""
        if isinstance(gesture, Volume | VolumePoint):
            return replace(held, aim=replace(held.aim, up=held.aim.up - by))
        if not isinstance(gesture, Move):
            return held
        c = self._view.controller
        found = c.timeline.find(gesture.clip)
        tracks = [track for track in shown_tracks(c.timeline) if found is not None and track.seen == found[0].seen]
        ids = [track.id for track in tracks]
        home = found[0].id if found is not None else ""
        at = ids.index(held.aim.track or home) + by
        target = ids[min(max(at, 0), len(ids) - 1)]
        return replace(held, aim=replace(held.aim, track="" if target == home else target))
