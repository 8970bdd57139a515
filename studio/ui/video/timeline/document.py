"""What the timeline needs of an open project, and edits of clips that are linked to others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from studio.core.edits.arrange import unlink
from studio.core.edits.looks import set_fields
from studio.core.edits.place import grouped, linked
from studio.core.event import Event
from studio.core.timeline import Timeline
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

