"""A clip's effects on its picture: planned for a moment, run, and left out where one fails."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from av.video.frame import VideoFrame

from studio.core.effects import EFFECTS, spec, value
from studio.core.errors import Cancelled, Problem
from studio.core.finding import Finding, warning
from studio.core.opentime import Time
from studio.core.timeline import Effect
from studio.media.video.chain import ENDING, TAGGED, Chains
from studio.media.video.effects import Lay, Moment, Native, Params, Step, native
from studio.media.video.picture import lerp, planes

if TYPE_CHECKING:
    from studio.media.video.picture import Plane

Troubled = Callable[[Finding], None]
T = TypeVar("T")
CLEAR: Step = ("format", "yuva420p")


@dataclass(frozen=True, slots=True)
class Part:
    """What one effect does at a moment: filters (mixed in by strength), a mask, or a function on RGBA or on planes.

    values: all that such a function depends on, None when nobody knows
    """

    effect: Effect
    steps: tuple[Step, ...] = ()
    strength: float = 1.0
    mask: Plane | None = None
    pixels: Callable[[Plane], Plane] | None = None
    planes: Callable[[tuple[Plane, ...]], None] | None = None
    values: Hashable = None

    @property
    def name(self) -> Hashable:
        """Parts that do the same have the same name; None: nobody knows what it does."""
        if self.pixels is not None or self.planes is not None:
            return self.values
        return id(self.mask) if self.mask is not None else (self.steps, self.strength)


class Acting:
    """Runs effects. Not for two threads at once.

    An effect that raises is left out of the picture, and told of once.
    """

    def __init__(self, chains: Chains, troubled: Troubled) -> None:
        self._chains, self._troubled = chains, troubled
        self._told: set[str] = set()

    def timed(self, effects: Sequence[Effect], local: Time, moment: Moment) -> Time:
        """The moment of the clip that is shown at `local`."""
        for effect, found in drawable(effects):
            if found.time is not None:
                local = self._tried(effect, partial(found.time, local, Params(effect, moment.local), moment), local)
        return local

    def laid(self, effects: Sequence[Effect], lay: Lay, moment: Moment) -> Lay:
        """Where the picture lies after those effects that move it."""
        for effect, found in drawable(effects):
            if found.lay is not None:
                lay = self._tried(effect, partial(found.lay, lay, Params(effect, moment.local), moment), lay)
        return lay

    def plan(self, effects: Sequence[Effect], moment: Moment, early: bool) -> list[Part]:
        """What the effects of one stage do to the picture."""
        parts: list[Part] = []
        for effect, found in drawable(effects):
            if found.early == early:
                parts += self._tried(effect, partial(_parts, effect, found, moment), [])
        return parts

    def run(
        self, key: Hashable, frame: VideoFrame, before: Sequence[Step], parts: Sequence[Part],
        after: Sequence[Step] = (),
    ) -> VideoFrame:
        """The frame after steps of ours, the effects, and steps of ours again: yuv420p or yuva420p, bt709 limited.

        before: has TAGGED where the picture is bt709, so that no filter behind it takes it for anything else

        av.error.FFmpegError when a step of ours fails.
        """
        waiting: list[Part] = []
        first: Sequence[Step] = before
        for nth, part in enumerate(parts):
            if part.steps and part.strength >= 1:
                waiting.append(part)
                continue
            frame = self._through((key, nth), frame, first, waiting, ())
            waiting, first = [], (TAGGED,)
            frame = self._tried(part.effect, partial(self._drawn, (key, nth), frame, part), frame)
        return self._through((key, "last"), frame, first, waiting, after)

    def _through(
        self, key: Hashable, frame: VideoFrame, before: Sequence[Step], parts: Sequence[Part], after: Sequence[Step]
    ) -> VideoFrame:
        steps = [*before, *(step for part in parts for step in part.steps), *ENDING, *after]
        try:
            return self._chains.run(key, steps, frame)
        except Exception:
            if not parts:
                raise
        frame = self._chains.run((key, "before"), [*before, *ENDING], frame)  # one of them fails: which is found so
        for nth, part in enumerate(parts):
            place, steps = (key, "one", nth), [TAGGED, *part.steps, *ENDING]
            frame = self._tried(part.effect, partial(self._chains.run, place, steps, frame), frame)
        return self._chains.run((key, "after"), after, frame)

    def _drawn(self, key: Hashable, frame: VideoFrame, part: Part) -> VideoFrame:
        if part.steps:
            return self._mixed(key, frame, part)
        if part.planes is not None:
            own = self._chains.fresh(frame)
            own.make_writable()
            part.planes(planes(own))
            return own
        if part.mask is not None:
            return with_mask(self._chains.run((key, "mask"), [TAGGED, CLEAR], frame), part.mask)
        assert part.pixels is not None
        rgba = self._chains.run((key, "rgba"), [TAGGED, ("format", "rgba")], frame)
        done = np.ascontiguousarray(part.pixels(rgba.to_ndarray().astype(np.uint8, copy=False)), np.uint8)
        clear = bool((done[..., 3] < 255).any())
        back = [*ENDING[:1], CLEAR if clear else ("format", "yuv420p")]
        return self._chains.run((key, "back", clear), back, VideoFrame.from_ndarray(done, format="rgba"))

    def _mixed(self, key: Hashable, frame: VideoFrame, part: Part) -> VideoFrame:
        done = self._chains.run((key, "mixed"), [TAGGED, *part.steps, *ENDING], frame)
        if (done.width, done.height, done.format.name) != (frame.width, frame.height, frame.format.name):
            raise ValueError("what changes a picture's shape cannot be mixed with it")
        done.make_writable()
        for after, before in zip(planes(done), planes(frame), strict=True):
            lerp(before, after, round(part.strength * 256), after)
        return done

    def _tried(self, effect: Effect, act: Callable[[], T], otherwise: T) -> T:
        """What `act` gives; when it raises that is told once, and `otherwise` stands in."""
        try:
            return act()
        except (Cancelled, MemoryError):
            raise
        except Exception as fault:
            if effect.id not in self._told:
                self._told.add(effect.id)
                self._tell(effect, fault)
            return otherwise

    def _tell(self, effect: Effect, fault: Exception) -> None:
        if isinstance(fault, Problem):
            for finding in fault.findings:
                self._troubled(finding)
        else:
            reason = f"{type(fault).__name__}: {fault}"[:200]
            self._troubled(warning("video.effect_failed", "effect", name=effect.name, id=effect.id, reason=reason))


def drawable(effects: Sequence[Effect]) -> list[tuple[Effect, Native]]:
    """Those that the engine draws, in order, each with what draws it."""
    on = ((effect, native(effect.name)) for effect in effects if effect.enabled)
    return [(effect, found) for effect, found in on if found is not None]


def pointwise(effects: Sequence[Effect]) -> bool:
    """Whether all of the effects on a laid picture look at each pixel alone."""
    return all(found.pointwise or found.early or not (found.steps or found.pixels or found.planes or found.mask)
               for _, found in drawable(effects))


def shifts(effects: Sequence[Effect]) -> bool:
    """Whether an effect moves the picture."""
    return any(found.lay is not None for _, found in drawable(effects))


def of_colour(effects: Sequence[Effect]) -> list[Effect]:
    """Those that only change colours."""
    return [effect for effect in effects if effect.name in EFFECTS and EFFECTS[effect.name].group == "colour"]


def _parts(effect: Effect, found: Native, moment: Moment) -> list[Part]:
    params, parts = Params(effect, moment.local), []
    values = _values(params, moment) if found.timeless else None
    if found.steps is not None:
        steps = tuple(found.steps(params, moment))
        strength = params.number(found.strength) / 100 if found.strength else 1.0
        parts += [Part(effect, steps, strength)] if steps and strength > 0 else []
    if found.pixels is not None:
        draw = found.pixels
        parts.append(Part(effect, pixels=lambda rgba: draw(rgba, params, moment), values=values))
    if found.planes is not None:
        change = found.planes
        parts.append(Part(effect, planes=lambda each: change(each, params, moment), values=values))
    if found.mask is not None:
        parts.append(Part(effect, mask=found.mask(params, moment)))
    return parts


def _values(params: Params, moment: Moment) -> Hashable:
    effect = params.effect
    fields = tuple(value(effect, field.name, params.local) for field in spec(effect.name).fields)
    return effect.name, fields, moment.width, moment.height, moment.scale, moment.shown


def with_mask(frame: VideoFrame, mask: Plane) -> VideoFrame:
    """A frame of yuva420p with its opacity multiplied by a mask of its size. ValueError when that is another."""
    frame.make_writable()
    alpha = planes(frame)[3]
    if mask.shape != alpha.shape:
        raise ValueError(f"a mask of {mask.shape} for a picture of {alpha.shape}")
    alpha[...] = (alpha.astype(np.uint16) * mask + 127) // 255
    return frame
