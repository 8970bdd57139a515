"""Effects that only MoviePy has, rendered into the cache beside the work, and played from there."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import Problem
from studio.core.event import Event
from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.core.words import N

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.video.where import Where

KEPT = 8  # timelines that are remembered with what is baked in them
STEP = N("job", "Rendering effects")


class Baking:
    """Baked clips of a workspace. Safe from any thread.

    changed: emitted with a clip's id when its file is there, so that what shows the timeline asks for it anew
    """

    def __init__(self, cache: Path, where: Where) -> None:
        """cache: a folder that may be emptied at any time; where: finds the originals, not proxies."""
        self.changed: Event[[str]] = Event()
        self._folder, self._where = cache / "baked", where
        self._lock = threading.Lock()
        self._known: OrderedDict[int, tuple[Timeline, Timeline]] = OrderedDict()

    def playing(self, timeline: Timeline) -> Timeline:
        """What the compositor, the mixer and the export get: the same, with clips playing what is baked of them."""
        with self._lock:
            known = self._known.get(id(timeline))
            if known is not None and known[0] is timeline:
                return known[1]
        made = self._found(timeline)
        with self._lock:
            self._known[id(timeline)] = timeline, made
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return made

    def wanted(self, timeline: Timeline) -> list[str]:
        """The clips that are played without an effect because it is not baked yet."""
        if not baked_effects(timeline):
            return []
        from studio.media.video.scripted.baking import needs_baking

        return [placed.clip.id for placed in needs_baking(self.playing(timeline))]

    def make(self, timeline: Timeline, clip: str, task: Task[Any]) -> Path:
        """Bakes what is missing of a clip. Refused, Cancelled, OSError: as `media.video.scripted.baking.bake`."""
        from studio.media.video.scripted.baking import bake

        task.progress(None, STEP)
        path = bake(timeline, clip, self._where, self._folder, task)
        with self._lock:
            self._known.clear()
        self.changed.emit(clip)
        return path

    def ready(self, timeline: Timeline, task: Task[Any]) -> Timeline:
        """Bakes all that is missing, then gives `playing`: for an export. Refused, Cancelled, OSError."""
        with self._lock:
            self._known.clear()  # the cache may have been emptied since
        for clip in self.wanted(timeline):
            self.make(timeline, clip, task)
        return self.playing(timeline)

    def composing(self, make: Callable[[], Any]) -> Callable[[], Any]:
        """Makes compositors that draw what is baked; `make` makes plain ones."""
        return lambda: Composing(make(), self)

    def mixing(self, make: Callable[[], Any]) -> Callable[[], Any]:
        """Makes mixers that play what is baked."""
        return lambda: Mixing(make(), self)

    def _found(self, timeline: Timeline) -> Timeline:
        if not baked_effects(timeline):
            return timeline
        from studio.media.video.scripted.baking import baked

        try:
            return baked(timeline, self._where, self._folder)
        except (Problem, OSError):
            return timeline


def baked_effects(timeline: Timeline) -> bool:
    """Whether there may be anything to bake; no engine is loaded to tell."""
    from studio.core.effects import EFFECTS

    names = (effect.name for _, placed in timeline.clips() for effect in placed.clip.effects)
    return any(name in EFFECTS and EFFECTS[name].engine == "baked" for name in names)


class Composing:
    """A compositor of timelines as they are edited, that draws what is baked of them."""

    def __init__(self, plain: Any, baking: Baking) -> None:
        self._plain, self._baking = plain, baking

    def frame(self, timeline: Timeline, t: Time, size: tuple[int, int] | None = None) -> Any:
        return self._plain.frame(self._baking.playing(timeline), t, size)

    def picture(self, timeline: Timeline, t: Time, size: tuple[int, int] | None = None) -> Any:
        return self._plain.picture(self._baking.playing(timeline), t, size)

    def close(self) -> None:
        self._plain.close()


class Mixing:
    """A mixer of timelines as they are edited, that plays what is baked of them."""

    def __init__(self, plain: Any, baking: Baking) -> None:
        self._plain, self._baking = plain, baking
        self.rate: int = plain.rate

    def block(self, timeline: Timeline, start: int, count: int) -> Any:
        return self._plain.block(self._baking.playing(timeline), start, count)

    def close(self) -> None:
        self._plain.close()
