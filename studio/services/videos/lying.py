"""Where a clip's picture lies on the canvas at a moment: what a hand can take, and what a platform may cover."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from studio.core.opentime import Time
from studio.core.timeline import ONE, Clip, Fit, Timeline
from studio.core.title import Title

Size = tuple[int, int]
READ = 360  # px of the shorter side at which the block of a title is measured


@dataclass(frozen=True, slots=True)
class Lying:
    """A box on the canvas, in its px. x, y: its middle; w, h: before it is turned; angle: degrees clockwise."""

    x: float
    y: float
    w: float
    h: float
    angle: float = 0.0

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Top left, top right, bottom right, bottom left, turned."""
        turn = math.radians(self.angle)
        cos, sin = math.cos(turn), math.sin(turn)
        half = ((-self.w / 2, -self.h / 2), (self.w / 2, -self.h / 2), (self.w / 2, self.h / 2),
                (-self.w / 2, self.h / 2))
        return tuple((self.x + dx * cos - dy * sin, self.y + dx * sin + dy * cos) for dx, dy in half)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """x, y, w, h of the upright box around it."""
        xs, ys = zip(*self.corners, strict=True)
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        turn = math.radians(-self.angle)
        dx, dy = x - self.x, y - self.y
        along, across = dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn)
        return abs(along) <= self.w / 2 and abs(across) <= self.h / 2


def fitted(fit: Fit, picture: Size, canvas: Size) -> tuple[float, float]:
    """How large a picture is laid on the canvas before its scale; unknown pictures are as large as the canvas."""
    (w, h), (cw, ch) = picture, canvas
    if fit == "fill" or not w or not h:
        return float(cw), float(ch)
    scale = max(cw / w, ch / h) if fit == "cover" else min(cw / w, ch / h)
    return w * scale, h * scale


def lies(timeline: Timeline, clip: Clip, local: Time) -> Lying | None:
    """Where it lies `local` seconds after its first frame; None for what has no place (adjustments, sound, no words).

    Takes a moment for a title that was not measured before.
    """
    canvas = timeline.width, timeline.height
    if clip.kind == "adjustment":
        return None
    if clip.kind == "title":
        block = title_block(timeline, clip)
        return None if block is None else moved(block, timeline, clip, local)
    source = timeline.source_of(clip)
    if clip.kind == "media" and (source is None or source.kind == "audio"):
        return None
    size = (source.width, source.height) if source is not None and clip.kind == "media" else canvas
    w, h = fitted(clip.fit, size, canvas)
    return moved(Lying(canvas[0] / 2, canvas[1] / 2, w, h), timeline, clip, local)


def moved(box: Lying, timeline: Timeline, clip: Clip, local: Time) -> Lying:
    """As the clip's transform lays it at a moment: scaled and turned about the canvas's middle, then moved."""
    move = clip.transform
    scale, angle = move.scale.at(local), move.rotation.at(local)
    turn = math.radians(angle)
    dx, dy = (box.x - timeline.width / 2) * scale, (box.y - timeline.height / 2) * scale
    return replace(
        box, w=box.w * scale, h=box.h * scale, angle=box.angle + angle,
        x=timeline.width / 2 + dx * math.cos(turn) - dy * math.sin(turn) + move.x.at(local),
        y=timeline.height / 2 + dx * math.sin(turn) + dy * math.cos(turn) + move.y.at(local),
    )


def title_block(timeline: Timeline, clip: Clip) -> Lying | None:
    """The box of a title's words before its transform, measured as they stand still in the middle of the clip."""
    if clip.title is None or not clip.title.text.strip():
        return None
    return _block(replace(clip.title, enter="", leave=""), (timeline.width, timeline.height))


@lru_cache(maxsize=512)
def _block(title: Title, reference: Size) -> Lying | None:
    from studio.media.lettering import drawn

    scale = READ / min(reference)
    canvas = max(2, round(reference[0] * scale)), max(2, round(reference[1] * scale))
    found = drawn(title, canvas, reference, ONE, 2 * ONE)
    if found is None:
        return None
    height, width = found.rgba.shape[:2]
    sx, sy = reference[0] / canvas[0], reference[1] / canvas[1]
    return Lying((found.left + width / 2) * sx, (found.top + height / 2) * sy, width * sx, height * sy)
