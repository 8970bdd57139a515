"""What the timeline needs of an open project, and edits of clips that are linked to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from studio.core.edits.arrange import free_track, unlink
from studio.core.edits.looks import set_fields
from studio.core.edits.place import grouped, has_room, lift, linked, put
from studio.core.event import Event
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Placed, Timeline, Track
from studio.core.words import Marked

Change = Callable[[Timeline], Timeline]


class Document(Protocol):
    """An open project, as `services.videos.session.VideoSession` is. changed: (before, after)."""

    changed: Event[[Timeline, Timeline]]

    @property
    def timeline(self) -> Timeline:
        """The timeline as it is now."""
        ...

    def edit(self, name: Marked, change: Change, merge: str = "") -> object:
        """One step that can be undone; equal `merge` keys join into one."""
        ...

    def undo(self) -> object:
        """One step back."""
        ...

    def redo(self) -> object:
        """One step forward."""
        ...


def together(timeline: Timeline, clips: Iterable[str], links: bool) -> frozenset[str]:
    """The clips with those of their groups and, where links count, those linked to any of them."""
    found = grouped(timeline, clips)
    return frozenset(linked(timeline, found) if links else found)


def apart(timeline: Timeline, clips: Iterable[str], change: Change) -> Timeline:
    """A change to clips as if they were linked to nothing; afterwards they are as they were."""
    wanted = set(clips)
    links = {placed.clip.id: placed.clip.link for _, placed in timeline.clips() if placed.clip.id in wanted}
    edited = change(unlink(timeline, links))
    for id, link in links.items():
        if edited.find(id) is not None:
            edited = set_fields(edited, [id], link=link)
    return edited



def in_step(before: Timeline, after: Timeline) -> Timeline:
    """An edit after which what is linked to clips of the main track is as far from them as it was.

    The magnetic track closes and opens gaps by itself; sounds that belong to its pictures would be left behind. What
    counts is where a source's beginning would lie, so that trimming and rolling put nothing out of step. Where there is
    no room for it, a clip goes to another track of its kind.
    """
    moved = _out_of_step(before, after)
    if not moved:
        return after
    edited = lift(after, moved)
    for id, by in moved.items():
        track, placed = _found(after, id)
        begin = max(ZERO, placed.begin + by)
        target = track.id
        if not has_room(edited.track(target) or track, begin, begin + placed.clip.duration):
            edited, target = free_track(edited, track.role, begin, begin + placed.clip.duration)
        edited = put(edited, target, placed.clip, begin)
    return edited


def _out_of_step(before: Timeline, after: Timeline) -> dict[str, Time]:
    """Seconds by which clips linked to one on the main track have to follow it."""
    was, now = _origins(before), _origins(after)
    leaders = {p.clip.link: p.clip.id for track, p in after.clips() if track.role == "main" and p.clip.link}
    moved: dict[str, Time] = {}
    for track, placed in after.clips():
        id, leader = placed.clip.id, leaders.get(placed.clip.link, "")
        if track.role == "main" or track.locked or not leader or not {id, leader} <= was.keys() & now.keys():
            continue
        by = (now[leader] - was[leader]) - (now[id] - was[id])
        if by:
            moved[id] = by
    return moved


def _origins(timeline: Timeline) -> dict[str, Time]:
    """For each linked clip the moment at which its source would begin; clips played backwards have none."""
    linked_clips = (placed for _, placed in timeline.clips() if placed.clip.link and not placed.clip.reverse)
    return {p.clip.id: p.begin - p.clip.start / p.clip.speed for p in linked_clips}


def _found(timeline: Timeline, id: str) -> tuple[Track, Placed]:
    found = timeline.find(id)
    assert found is not None
    return found
