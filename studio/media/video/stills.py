"""Single pictures of a timeline as files and images: its poster, small ones for lists and strips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.media.video.compositor import Compositor
from studio.media.video.laying import Size, even
from studio.media.video.where import Where
from studio.media.whole import whole

if TYPE_CHECKING:
    from PIL import Image

FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
QUALITY = 92


def poster(timeline: Timeline, where: Where, target: Path, size: Size | None = None, at: Time | None = None) -> Path:
    """Writes one picture: of the moment `at`, else of the cover's, else of one a little way in.

    size: px, the timeline's by default. The format by the ending: .jpg, .png or .webp. Refused: another ending
    (video.no_picture_type), a source that is missing.
    """
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise Refused(error("video.no_picture_type", "target", name=target.name, known=", ".join(FORMATS)))
    (picture,) = pictures(timeline, where, [_moment(timeline, at)], size)
    with whole(target) as file:
        picture.save(file, kind, **({} if kind == "PNG" else {"quality": QUALITY}))
    return target


def pictures(
    timeline: Timeline, where: Where, times: Sequence[Time], size: Size | None = None
) -> Iterator[Image.Image]:
    """RGB pictures of moments, in their order. Refused: a source is missing."""
    compositor = Compositor(where)
    try:
        for at in times:
            yield compositor.picture(timeline, at, size)
    finally:
        compositor.close()


def strip(timeline: Timeline, where: Where, count: int, height: int) -> Iterator[Image.Image]:
    """`count` small pictures, evenly spread, each of the middle of its part. height: px."""
    size = even(height * timeline.width / timeline.height), even(height)
    times = [timeline.snapped(timeline.duration * Fraction(2 * n + 1, 2 * count)) for n in range(count)]
    last = max(timeline.duration - 1 / timeline.rate, Fraction(0))
    return pictures(timeline, where, [min(at, last) for at in times], size)


def _moment(timeline: Timeline, at: Time | None) -> Time:
    """A tenth in, at most a second: first frames are often black."""
    if at is not None or timeline.cover is not None:
        return at if at is not None else timeline.cover or Fraction(0)
    return timeline.snapped(min(Fraction(1), timeline.duration / 10))
