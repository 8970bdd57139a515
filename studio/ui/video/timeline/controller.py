"""What the timeline's commands do: every edit that is no drag. Knows nothing of pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.core.edits import arrange, join, looks, place, trim
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Clip, Role, Source, Timeline, Track
from studio.core.words import Marked, N
from studio.ui.video.timeline.document import Change, Document, apart
from studio.ui.video.timeline.gestures import Aim, Move
from studio.ui.video.timeline.layout import curves, cuts, moments
from studio.ui.video.timeline.scene import Selection
from studio.ui.video.timeline.state import State

if TYPE_CHECKING:
    from studio.ui.theme import Theme

JOIN_FOR = Fraction(1, 2)  # seconds of a new transition
Copies = tuple[tuple[str, Time, Clip], ...]


class Controller(State):
    """The edits; each gives whether it was done, and a refusal is told by `refused`."""

    def __init__(self, theme: Theme, session: Document, parent: QObject | None = None) -> None:
        super().__init__(theme, session, parent)
        self._copied: Copies = ()
        self._sources: dict[str, Source] = {}

    # edits -----------------------------------------------------------------------------------------------------

    def split(self) -> bool:
        """Cut in two at the playhead: what is chosen, or the clips of the main track, or whatever plays there."""
        at = self.playhead
        playing = {p.clip.id for track in self.timeline.tracks if (p := track.at(at)) is not None and p.begin < at}
        main = self.timeline.role("main")
        on_main = {p.clip.id} if main is not None and (p := main.at(at)) is not None else set()
        wanted = (self.selection.clips & playing) or (on_main & playing) or playing
        return self.split_at(at, wanted)

    def split_at(self, at: Time, clips: Iterable[str]) -> bool:
        """Cut these clips in two at a moment, with what is linked to them."""
        wanted = set(clips)
        cut: Change = lambda t: place.split_at(t, at, wanted)  # noqa: E731  # said twice below
        whole = cut if self.linking else (lambda t: apart(t, wanted, cut))
        return self.edit(N("timeline", "Split clip"), whole)

    def split_everything(self) -> bool:
        return self.edit(N("timeline", "Split all tracks"), lambda t: place.split_at(t, self.playhead))

    def delete(self, other: bool = False) -> bool:
        """Take out what is chosen. Main closes the gap and other tracks leave one; `other`: the other way round."""
        chosen = self.selection
        if chosen.join:
            return self._unjoin(chosen.join)
        if chosen.key is not None:
            return self._without_keys(*chosen.key)
        if chosen.marker is not None:
            at = self.timeline.markers[chosen.marker].at
            return self.edit(N("timeline", "Remove marker"), lambda t: arrange.unmark(t, at))
        name = N("timeline", "Delete clip") if len(chosen.clips) == 1 else N("timeline", "Delete clips")
        return bool(chosen.clips) and self.edit(name, lambda t: _without(t, chosen.clips, other, self.following))

    def _unjoin(self, transition: str) -> bool:
        found = join.find_transition(self.timeline, transition)
        clip = found[2].clip.id if found is not None else ""
        return bool(clip) and self.edit(N("timeline", "Remove transition"), lambda t: join.unjoin(t, clip))

    def _without_keys(self, clip: str, nth: int) -> bool:
        def without(timeline: Timeline) -> Timeline:
            found = timeline.find(clip)
            at = moments(found[1].clip)[nth] if found is not None else ZERO
            for owner, field, curve in curves(found[1].clip) if found is not None else ():
                if any(key.at == at for key in curve.keys):
                    timeline = looks.with_curve(timeline, clip, owner, field, lambda c: c.without_key(at))
            return timeline

        return self.edit(N("timeline", "Remove key frame"), without)

    def copy(self) -> bool:
        self._copied = place.copies(self.timeline, self.selection.clips)
        used = {clip.source for _, _, clip in self._copied}
        self._sources = {id: source for id, source in self.timeline.sources.items() if id in used}
        return bool(self._copied)

    def cut(self) -> bool:
        return self.copy() and self.delete()

    @property
    def can_paste(self) -> bool:
        return bool(self._copied)

    def paste(self) -> bool:
        """What was copied, at the playhead; from another project with its sources."""
        copied, sources, at = self._copied, tuple(self._sources.values()), self.playhead

        def pasted(timeline: Timeline) -> Timeline:
            for source in sources:
                if source.id not in timeline.sources:
                    timeline = place.with_source(timeline, source)
            return place.paste(timeline, copied, at)

        return self._adding(N("timeline", "Paste"), pasted)

    def paste_looks(self) -> bool:
        """How the first of what was copied looks and sounds, given to what is chosen; it keeps its own times."""
        ids = self.selection.clips
        if not self._copied or not ids:
            return False
        _, _, model = self._copied[0]

        def alike(clip: Clip) -> Clip:
            effects = tuple(replace(effect, id=new_id()) for effect in model.effects)
            return replace(clip, transform=model.transform, effects=effects, sound=model.sound, fit=model.fit)

        return self.edit(N("timeline", "Paste look"), lambda t: looks.change(t, ids, alike))

    def duplicate(self) -> bool:
        """Copies behind what is chosen."""
        ids = self.selection.clips
        end = max((p.end for _, p in self.timeline.clips() if p.clip.id in ids), default=ZERO)
        copied = place.copies(self.timeline, ids)
        return self._adding(N("timeline", "Duplicate"), lambda t: place.paste(t, copied, end))

    def _adding(self, name: Marked, change: Change) -> bool:
        """An edit after which the new clips are chosen."""
        before = {p.clip.id for _, p in self.timeline.clips()}
        done = self.edit(name, change)
        if done:
            self.select(Selection(frozenset(p.clip.id for _, p in self.timeline.clips() if p.clip.id not in before)))
        return done

    def close_gap(self, track: str = "", at: Time | None = None) -> bool:
        """The gap at a moment of a track (of what is chosen, at the playhead) taken out; what follows moves up."""
        found = self.timeline.track(track) or next(iter(self.by_interest()), None)
        when = self.playhead if at is None else at
        gap = gap_at(found, when) if found is not None else None
        if found is None or gap is None:
            return False
        others = [each.id for each in self.timeline.tracks if each.id != found.id]
        return self.edit(N("timeline", "Close gap"), lambda t: place.shifted(t, gap[1], gap[0] - gap[1], others))

    def group(self) -> bool:
        ids = self.selection.clips
        return self.edit(N("timeline", "Group"), lambda t: arrange.group(t, ids))

    def ungroup(self) -> bool:
        ids = self.selection.clips
        return self.edit(N("timeline", "Ungroup"), lambda t: arrange.ungroup(t, ids))

    @property
    def is_linked(self) -> bool:
        return any(p.clip.link for _, p in self.timeline.clips() if p.clip.id in self.selection.clips)

    def toggle_link(self) -> bool:
        """What is chosen linked, or apart when any of it is linked."""
        ids = self.selection.clips
        if self.is_linked:
            return self.edit(N("timeline", "Unlink"), lambda t: arrange.unlink(t, ids))
        return self.edit(N("timeline", "Link"), lambda t: arrange.link(t, ids))

    def detach(self) -> bool:
        """The sound of what is chosen as clips of its own."""
        chosen = self.selection.clips
        ids = sorted(p.clip.id for track, p in self.timeline.clips() if p.clip.id in chosen and track.seen)
        return self.edit(N("timeline", "Detach sound"), lambda t: _each(t, ids, arrange.detach))

    def join(self, clip: str = "", kind: str = "crossfade") -> bool:
        """A transition at the cut nearest to the playhead, or at the end of a clip."""
        name = clip or self.cut_near()
        found = self.timeline.find(name)
        done = found is not None and self.edit(N("timeline", "Add transition"), lambda t: join.join(
            t, name, kind, JOIN_FOR))  # fmt: skip
        if done and (there := self.timeline.find(name)) is not None:
            out = there[0].transition_after(there[1])
            self.select(Selection(join=out.id if out is not None else ""))
        return done

    def set_join(self, transition: str, kind: str) -> bool:
        """Another kind of transition."""
        return self.edit(N("timeline", "Change transition"), lambda t: join.set_transition(t, transition, kind))

    def cut_near(self) -> str:
        tracks = [track for track in self.by_interest() if track.seen and not track.locked]
        found = [each for track in tracks[:1] for each in cuts(track)]
        return min(found, key=lambda each: abs(each[0] - self.playhead), default=(ZERO, ""))[1]

    def trim_to_playhead(self, edge: trim.Edge) -> bool:
        """The beginning or the end of the clip that plays at the playhead is cut off there."""
        at, tracks = self.playhead, self.by_interest()
        placed = next((p for track in tracks if not track.locked and (p := track.at(at)) is not None), None)
        if placed is None or not placed.begin < at < placed.end:
            return False
        by = at - (placed.begin if edge == "start" else placed.end)
        done = self.edit(N("timeline", "Trim clip"), lambda t: trim.trim(
            t, placed.clip.id, edge, by, along=self.following))
        found = self.timeline.find(placed.clip.id)
        if done and edge == "start" and found is not None:
            self.go(found[1].begin)
        return done

    def nudge(self, frames: int) -> bool:
        """What is chosen moved by so many frames."""
        ids = self.selection.clips
        aim, run = Aim(Fraction(frames) / self.timeline.rate), "+".join(sorted(ids))
        return bool(ids) and self.edit(Move.name, lambda t: Move(ids, min(ids)).change(t, aim), merge=f"nudge:{run}")

    def toggle_marker(self) -> bool:
        """A marker at the playhead, or the one that is there taken out."""
        at = self.playhead
        if any(marker.at == at for marker in self.timeline.markers):
            return self.edit(N("timeline", "Remove marker"), lambda t: arrange.unmark(t, at))
        return self.edit(N("timeline", "Add marker"), lambda t: arrange.mark(t, at))

    def mute(self) -> bool:
        """What is chosen silent, or heard again when all of it is silent."""
        ids = self.selection.clips
        off = not all(p.clip.sound.muted for _, p in self.timeline.clips() if p.clip.id in ids)
        name = N("timeline", "Mute") if off else N("timeline", "Unmute")
        return self.edit(name, lambda t: looks.change(
            t, ids, lambda clip: replace(clip, sound=replace(clip.sound, muted=off))))  # fmt: skip

    # tracks ----------------------------------------------------------------------------------------------------

    def add_track(self, role: Role) -> bool:
        return self.edit(N("timeline", "Add track"), lambda t: arrange.add_track(t, role))

    def remove_track(self, track: str) -> bool:
        return self.edit(N("timeline", "Remove track"), lambda t: arrange.remove_track(t, track))

    def move_track(self, track: str, by: int) -> bool:
        """by: 1 further back in the list (pictures: to the front), -1 the other way."""
        ids = [each.id for each in self.timeline.tracks]
        return self.edit(N("timeline", "Move track"), lambda t: arrange.move_track(t, track, ids.index(track) + by))

    def set_track(self, edit: Marked, track: str, /, **fields: object) -> bool:
        return self.edit(edit, lambda t: arrange.set_track(t, track, **fields))


def _without(timeline: Timeline, clips: frozenset[str], other: bool, along: bool) -> Timeline:
    """Main closes up and other tracks leave gaps, or the other way round."""
    main = frozenset(p.clip.id for track, p in timeline.clips() if track.role == "main") & clips
    closing, leaving = (clips - main, main) if other else (main, clips - main)
    edited = place.remove(timeline, closing, along) if closing else timeline
    return place.lift(edited, leaving) if leaving else edited


def gap_at(track: Track, t: Time) -> tuple[Time, Time] | None:
    """(begin, end) of the gap of a track at a moment; None where a clip plays, and behind the last one."""
    nth = track.nth_at(t)
    begin = track.placed[nth].end if nth >= 0 else ZERO
    if t < begin or nth + 1 >= len(track.placed):
        return None
    end = track.placed[nth + 1].begin
    return (begin, end) if begin <= t < end else None


def _each(timeline: Timeline, ids: Iterable[str], how: Callable[[Timeline, str], Timeline]) -> Timeline:
    for id in ids:
        timeline = how(timeline, id)
    return timeline
