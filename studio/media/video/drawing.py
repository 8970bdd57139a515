"""A clip at a moment as pictures on the canvas."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.opentime import Time
from studio.core.playing import Playing
from studio.core.timeline import Clip, Source, Timeline
from studio.core.title import Title
from studio.media.video.acting import Acting, Part, Troubled, drawable, of_colour, pointwise, shifts
from studio.media.video.chain import TAGGED
from studio.media.video.cut import cut, cut_whole, uncut
from studio.media.video.effects import Lay, Moment, Step
from studio.media.video.laying import (
    Rect,
    Size,
    base_size,
    corners,
    even,
    fitted,
    largest,
    lay_of,
    moves,
    rect_of,
    resampled,
    settled,
)
from studio.media.video.picture import Picture, of_frame, of_rgba, to_frame
from studio.media.video.raw import Raw, Raws
from studio.media.video.where import Where

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

    from studio.media.lettering import Drawn

Lettering = Callable[[Title, Size, Size, Time, Time], "Drawn | None"]
KEPT = 24  # pictures that may be asked for again as they are: stills, titles that stand still, a frame shown twice
MISSING = "#3a3a3a"
GROUND = 200  # px of the longer side of what is blurred behind a picture, before it is grown


@dataclass(frozen=True, slots=True)
class Scene:
    """A timeline drawn at a size. scale: px of the drawing by px of the timeline's canvas."""

    timeline: Timeline
    size: Size

    @property
    def scale(self) -> float:
        return min(self.size[0] / self.timeline.width, self.size[1] / self.timeline.height)


@dataclass(frozen=True, slots=True)
class Kept:
    """asked: what it was made of; held: the things that ids in it stand for, so that no others can get them."""

    asked: Hashable
    frame: VideoFrame | None
    picture: Picture
    held: object


class Drawing:
    """Draws clips. Not for two threads at once.

    lenient  a source that is missing or broken is a grey surface, told of once, rather than Refused
    """

    def __init__(
        self, where: Where, raws: Raws, acting: Acting, lettering: Lettering, troubled: Troubled, lenient: bool
    ) -> None:
        self._where, self._raws, self._acting, self._lettering = where, raws, acting, lettering
        self._troubled, self._lenient, self._told = troubled, lenient, set[str]()
        self._kept: OrderedDict[object, Kept] = OrderedDict()
        self._count = count()

    def pictures(self, scene: Scene, playing: Playing) -> list[Picture]:
        """From the bottom up; none where nothing is seen. Refused when a source cannot be read (see `lenient`)."""
        clip = playing.clip
        if clip.kind == "title":
            found = self._title(scene, playing)
            return [found] if found is not None else []
        raw = self._raw(scene, playing)
        if raw is None:
            return []
        if clip.kind == "solid":
            clip = replace(clip, fit="fill")
        return self._laid(scene, clip, playing.local, self._shaped(scene, clip, playing.local, raw))

    def moment(self, scene: Scene, clip: Clip, local: Time, size: Size, shown: Size | None = None) -> Moment:
        """When and on what an effect of the clip is drawn."""
        return Moment(local, clip.duration, *size, scene.scale, scene.timeline.rate, shown or size)

    # what it is made of

    def _raw(self, scene: Scene, playing: Playing) -> Raw | None:
        clip = playing.clip
        if clip.kind == "solid":
            return self._raws.colour(clip.color)
        source = scene.timeline.source_of(clip)
        if source is None or source.kind == "audio":
            return None
        try:
            return self._read(scene, clip, source, playing.local)
        except Refused as fault:
            if not self._lenient:
                raise
            if source.id not in self._told:
                self._told.add(source.id)
                for finding in fault.findings:
                    self._troubled(finding)
            return replace(self._raws.colour(MISSING), width=source.width or 16, height=source.height or 16,
                           steps=[("scale", f"{source.width or 16}:{source.height or 16}")])

    def _read(self, scene: Scene, clip: Clip, source: Source, local: Time) -> Raw:
        path = self._where(source)
        moment = self.moment(scene, clip, local, (max(1, source.width), max(1, source.height)))
        shown = clip.source_time(self._acting.timed(clip.effects, local, moment))
        if source.kind == "image":
            return self._raws.still(path, shown)
        return self._raws.film(scene.timeline.rate, clip, path, shown)

    def _shaped(self, scene: Scene, clip: Clip, local: Time, raw: Raw) -> Raw:
        """After the effects that come before the fit."""
        if not any(found.early for _, found in drawable(clip.effects)):
            return raw
        source = scene.timeline.source_of(clip)
        own = raw.width / source.width if source is not None and source.width else 1.0  # of a proxy or a huge photo
        moment = replace(self.moment(scene, clip, local, (raw.width, raw.height)), scale=own)
        parts = self._acting.plan(clip.effects, moment, early=True)
        made = self._run((clip.id, "early"), raw, (), parts)
        assert made.frame is not None
        name = next(self._count) if any(part.name is None for part in parts) else made.asked
        return Raw(made.frame, (), made.frame.width, made.frame.height, name)

    # where it lies

    def _laid(self, scene: Scene, clip: Clip, local: Time, raw: Raw) -> list[Picture]:
        size = raw.width, raw.height
        sides = fitted(clip.fit, size, scene.size)
        shown = min(sides[0], scene.size[0]), min(sides[1], scene.size[1])
        around = self.moment(scene, clip, local, (even(sides[0]), even(sides[1])), (round(shown[0]), round(shown[1])))
        lay = settled(self._acting.laid(clip.effects, lay_of(clip.transform, local), around))
        if lay.opacity <= 0:
            return []
        ground = [self._ground(scene, clip, local, raw, lay)] if clip.fit == "blur" else []
        rect = rect_of(sides, lay, scene.size, scene.scale)
        still = not moves(clip) and not shifts(clip.effects) and rect.rotation == 0
        still = still and (pointwise(clip.effects) or rect.w * rect.h <= 4 * scene.size[0] * scene.size[1])
        draw = self._still if still else self._moving
        found = draw(scene, clip, raw, rect, replace(around, local=local))
        return [replace(one, opacity=one.opacity * lay.opacity) for one in (*ground, found) if one is not None]

    def _still(self, scene: Scene, clip: Clip, raw: Raw, rect: Rect, moment: Moment) -> Picture | None:
        size = raw.width, raw.height
        seen = cut(rect, size, scene.size)
        if seen is None:
            return None
        if pointwise(clip.effects):
            parts = self._acting.plan(clip.effects, _at(moment, seen.size), early=False)
            picture = self._run((clip.id, "still"), raw, seen.steps(*size), parts).picture
            return picture.placed(seen.left, seen.top) if (seen.left or seen.top) else picture
        return self._whole(scene, clip, raw, rect, moment)

    def _whole(self, scene: Scene, clip: Clip, raw: Raw, rect: Rect, moment: Moment) -> Picture | None:
        """All of it, for effects that look beyond one pixel; then what is seen."""
        left, top, right, bottom = corners(rect)
        given = right - left, bottom - top
        seen = cut_whole(rect, scene.size)
        if seen is None:
            return None
        parts = self._acting.plan(clip.effects, _at(moment, given), early=False)
        before = uncut((raw.width, raw.height), given).steps(raw.width, raw.height)
        if any(part.pixels for part in parts):
            picture = self._run((clip.id, "whole"), raw, before, parts).picture
            ratio = picture.width / given[0], picture.height / given[1]
            return resampled(picture, replace(rect, w=rect.w * ratio[0], h=rect.h * ratio[1]), scene.size)
        picture = self._run((clip.id, "whole"), raw, before, parts, tuple(seen.steps(*given))).picture
        return picture.placed(seen.left, seen.top) if (seen.left or seen.top) else picture

    def _moving(self, scene: Scene, clip: Clip, raw: Raw, rect: Rect, moment: Moment) -> Picture | None:
        size = raw.width, raw.height
        sides = fitted(clip.fit, size, scene.size)
        base = base_size(sides, largest(clip), size)
        moment = _at(moment, base)
        parts = self._acting.plan(clip.effects, moment, early=False)
        before = uncut(size, base).steps(*size)
        picture = self._run((clip.id, "moving"), raw, before, parts).picture
        ratio = picture.width / base[0], picture.height / base[1]
        return resampled(picture, replace(rect, w=rect.w * ratio[0], h=rect.h * ratio[1]), scene.size)

    def _ground(self, scene: Scene, clip: Clip, local: Time, raw: Raw, lay: Lay) -> Picture | None:
        """The picture itself, blurred, behind where it leaves the canvas empty."""
        by = GROUND / max(scene.size)  # small, and as small for every size of the drawing
        small = even(scene.size[0] * by), even(scene.size[1] * by)
        rect = Rect(small[0] / 2, small[1] / 2, *fitted("cover", (raw.width, raw.height), small))
        seen = cut(rect, (raw.width, raw.height), small)
        if seen is None:
            return None
        blur = [("gblur", f"sigma={GROUND / 40}"), ("lutyuv", "y=16+(val-16)*0.8")]
        parts = self._acting.plan(of_colour(clip.effects), self.moment(scene, clip, local, small), early=False)
        grown: tuple[Step, ...] = (("scale", f"{scene.size[0]}:{scene.size[1]}:flags=bilinear"),)
        before = [*seen.steps(raw.width, raw.height), *blur]
        return self._run((clip.id, "ground"), raw, before, parts, grown).picture

    def _run(
        self, key: tuple[str, str], raw: Raw, before: Sequence[Step], parts: Sequence[Part],
        after: tuple[Step, ...] = (),
    ) -> Kept:
        """Runs it, or gives what it gave when the very same was asked for last."""
        names = [part.name for part in parts]
        asked = (raw.name, *raw.steps, *before, *names, *after)
        kept = self._kept.pop(key, None)
        if kept is None or kept.asked != asked or None in names:
            frame = self._acting.run(key, raw.frame, [*raw.steps, TAGGED, *before], parts, after)
            kept = Kept(asked, frame, replace(of_frame(frame), passing=raw.passing), parts)
        if not raw.passing:
            self._keep(key, kept)
        return kept

    def _keep(self, key: object, kept: Kept) -> None:
        self._kept[key] = kept
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    # words

    def _title(self, scene: Scene, playing: Playing) -> Picture | None:
        clip = playing.clip
        if clip.title is None:
            return None
        reference = scene.timeline.width, scene.timeline.height
        drawn = self._lettering(clip.title, scene.size, reference, playing.local, clip.duration)
        if drawn is None:
            return None
        height, width = drawn.rgba.shape[:2]
        moment = self.moment(scene, clip, playing.local, (width, height))
        lay = settled(self._acting.laid(clip.effects, lay_of(clip.transform, playing.local), moment))
        plain = lay.scale_x == lay.scale_y == 1 and lay.rotation == 0 and not moves(clip)
        dx, dy = (round(lay.x * scene.scale), round(lay.y * scene.scale)) if plain else (0, 0)
        picture = self._lettered(clip, drawn, dx, dy)
        parts = self._acting.plan(clip.effects, replace(moment, width=picture.width, height=picture.height), False)
        if parts:
            frame = self._acting.run((clip.id, "title"), to_frame(picture), [TAGGED], parts)
            picture = of_frame(frame, picture.left, picture.top)
        picture = replace(picture, opacity=lay.opacity)
        return picture if plain else resampled(picture, turned(picture, lay, scene), scene.size)

    def _lettered(self, clip: Clip, drawn: Drawn, dx: int, dy: int) -> Picture:
        key, asked = (clip.id, "title"), (id(drawn.rgba), drawn.left + dx, drawn.top + dy)
        kept = self._kept.pop(key, None)
        if kept is None or kept.asked != asked:
            kept = Kept(asked, None, of_rgba(drawn.rgba, drawn.left + dx, drawn.top + dy), drawn)
        self._keep(key, kept)
        return kept.picture


def _at(moment: Moment, size: Size) -> Moment:
    """The moment for the same picture at another size."""
    by = size[0] / max(moment.width, 1)
    shown = round(moment.shown[0] * by), round(moment.shown[1] * by)
    return replace(moment, width=size[0], height=size[1], scale=moment.scale * by, shown=shown)


def turned(picture: Picture, lay: Lay, scene: Scene) -> Rect:
    """Where a picture comes to lie that is scaled and turned about the canvas's middle, then moved."""
    width, height = scene.size
    turn = math.radians(lay.rotation)
    x = (picture.left + picture.width / 2 - width / 2) * lay.scale_x
    y = (picture.top + picture.height / 2 - height / 2) * lay.scale_y
    return Rect(
        width / 2 + x * math.cos(turn) - y * math.sin(turn) + lay.x * scene.scale,
        height / 2 + x * math.sin(turn) + y * math.cos(turn) + lay.y * scene.scale,
        picture.width * lay.scale_x, picture.height * lay.scale_y, lay.rotation,
    )
