"""The pictures of one clip as MoviePy wants them: RGB and opacity of the clip's own size, by seconds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Refused
from studio.core.finding import Finding
from studio.core.opentime import Time
from studio.core.timeline import Clip, Effect, Timeline
from studio.media.video.acting import Acting
from studio.media.video.chain import TAGGED, Chains
from studio.media.video.effects import Moment
from studio.media.video.raw import Raw, Raws
from studio.media.video.readers import Readers
from studio.media.video.where import Where

if TYPE_CHECKING:
    from moviepy import VideoClip

Pixels = NDArray[np.uint8]
MICRO = 1_000_000
BUDGET = 128_000_000  # bytes of decoded pictures: work beside it needs memory, too
KEPT = 12  # frames of the source that are kept: effects look at some moments around each


@dataclass(frozen=True, slots=True)
class Look:
    """What is done to the pictures before they are handed over: native effects that change pixels or time."""

    timeline: Timeline
    clip: Clip
    effects: tuple[Effect, ...]


class Footage:
    """Upright pictures of one clip, after some of its effects. Not for two threads at once."""

    def __init__(self, timeline: Timeline, clip: Clip, effects: Sequence[Effect], where: Where) -> None:
        """Refused: no such source, or it cannot be read; video.effect_failed when an effect raises (in `rgba`)."""
        self._look = Look(timeline, clip, tuple(effects))
        self._where = where
        self._chains, self._readers = Chains(), Readers(BUDGET)
        self._raws = Raws(self._readers, self._chains)
        self._acting = Acting(self._chains, self._refuse)
        self._last: tuple[Time, Pixels] | None = None
        self._same: OrderedDict[Hashable, Pixels] = OrderedDict()

    def rgba(self, local: Time) -> Pixels:
        """(height, width, 4), straight alpha, at `local` seconds of the clip. Not to be written to."""
        if self._last is None or self._last[0] != local:
            self._last = local, self._made(local)
        return self._last[1]

    def close(self) -> None:
        self._chains.close()
        self._readers.close()

    def clip(self, duration: Time, see_through: bool) -> VideoClip:
        """The same as a clip of MoviePy's, with a mask where it is wanted."""
        from moviepy import VideoClip

        rate = float(self._look.timeline.rate)
        made = VideoClip(lambda t: self.rgba(exact(t))[..., :3], duration=float(duration)).with_fps(rate)
        if not see_through:
            return made
        mask = VideoClip(lambda t: self.rgba(exact(t))[..., 3] / 255.0, is_mask=True, duration=float(duration))
        return made.with_mask(mask.with_fps(rate))

    def _made(self, local: Time) -> Pixels:
        """Without effects it is the source's frame alone that counts: one that was asked for lately is at hand."""
        raw = self._raw(local)
        if self._look.effects:
            return self._drawn(raw, local)
        made = self._same.pop(raw.name, None)
        self._same[raw.name] = made if made is not None else self._drawn(raw, local)
        while len(self._same) > KEPT:
            self._same.popitem(last=False)
        return self._same[raw.name]

    def _drawn(self, raw: Raw, local: Time) -> Pixels:
        frame, steps = raw.frame, [*raw.steps, TAGGED]
        moment = self._moment(local, raw.width, raw.height)
        for early in (True, False):
            parts = self._acting.plan(self._look.effects, moment, early)
            frame = self._acting.run(early, frame, steps, parts)
            steps = [TAGGED]
            moment = replace(moment, width=frame.width, height=frame.height, shown=(frame.width, frame.height))
        return np.asarray(self._chains.run("rgba", [TAGGED, ("format", "rgba")], frame).to_ndarray(), np.uint8)

    def _raw(self, local: Time) -> Raw:
        timeline, clip = self._look.timeline, self._look.clip
        if clip.kind == "solid":
            return replace(self._raws.colour(clip.color), width=timeline.width, height=timeline.height,
                           steps=[TAGGED, ("scale", f"{timeline.width}:{timeline.height}")])
        source = timeline.sources[clip.source]
        path = self._where(source)
        moment = self._moment(local, max(1, source.width), max(1, source.height))
        shown = clip.source_time(self._acting.timed(self._look.effects, local, moment))
        if source.kind == "image":
            return self._raws.still(path, shown)
        return self._raws.film(timeline.rate, clip, path, shown)

    def _moment(self, local: Time, width: int, height: int) -> Moment:
        return Moment(local, self._look.clip.duration, width, height, 1.0, self._look.timeline.rate, (width, height))

    def _refuse(self, finding: Finding) -> None:
        raise Refused(replace(finding, severity="error"))


def exact(t: float) -> Time:
    """MoviePy counts in floats; to the microsecond they are the fractions that were meant."""
    return Fraction(t).limit_denominator(MICRO)
