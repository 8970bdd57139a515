"""A timeline as a clip of MoviePy's, and a clip of MoviePy's as a source: for scripts."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from studio.core.errors import Cancelled, Problem, Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.task import Task
from studio.core.timeline import Source, Timeline
from studio.media.video.compositor import Compositor
from studio.media.video.scripted.film import RATE, Film
from studio.media.video.scripted.footage import exact
from studio.media.video.scripted.rendering import picture_at
from studio.media.video.where import Where

if TYPE_CHECKING:
    from moviepy import VideoClip

T = TypeVar("T")
BLOCK = 4096  # samples that are mixed together when single ones are asked for


def to_moviepy(timeline: Timeline, where: Where, size: tuple[int, int] | None = None) -> VideoClip:
    """The timeline as a `moviepy.VideoClip`: its frames are the compositor's, its sound is the mixer's.

    size: px, even; the timeline's by default. `close()` of the clip lets go of the files. Its `get_frame` raises
    Refused when a source cannot be read. Effects that must be baked are seen in what `baking.baked` gives.
    """
    from moviepy import VideoClip
    from moviepy.audio.AudioClip import AudioClip

    from studio.media.sound.mixer import Mixer

    compositor, mixer = Compositor(where), Mixer(where)

    class Composed(VideoClip):  # type: ignore[misc]  # MoviePy has no types
        def close(self) -> None:
            compositor.close()
            mixer.close()
            super().close()

    made = Composed(
        lambda t: np.asarray(compositor.picture(timeline, exact(t), size)), duration=float(timeline.duration))
    made.size = size or (timeline.width, timeline.height)
    sound = AudioClip(_heard(Mixing(mixer, timeline)), duration=float(timeline.duration), fps=RATE)
    return made.with_fps(float(timeline.rate)).with_audio(sound)


class Mixing:
    """Samples of a mix by their numbers, in any order: MoviePy asks for moments, one or many."""

    def __init__(self, mixer: Any, timeline: Timeline) -> None:
        self._mixer, self._timeline = mixer, timeline
        self._block: tuple[int, NDArray[np.float32]] | None = None

    def at(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """(n, 2); (0, 2) of nothing."""
        if not len(places):
            return np.zeros((0, 2))
        first, last = int(places.min()), int(places.max())
        if last - first >= len(places) + 16 * BLOCK:  # far apart: each by itself
            return np.concatenate([self._stretch(int(place), 1) for place in places]).astype(np.float64)
        return self._stretch(first, last - first + 1)[places - first].astype(np.float64)

    def _stretch(self, start: int, count: int) -> NDArray[np.float32]:
        if count > BLOCK:
            found: NDArray[np.float32] = self._mixer.block(self._timeline, start, count)
            return found
        if self._block is None or not self._block[0] <= start <= self._block[0] + 2 * BLOCK - count:
            self._block = start, self._mixer.block(self._timeline, start, 2 * BLOCK)
        return self._block[1][start - self._block[0] :][:count]


def _heard(mixing: Mixing) -> Callable[[Any], NDArray[np.float64]]:
    def heard(t: Any) -> NDArray[np.float64]:
        places = np.rint(np.atleast_1d(np.asarray(t, np.float64)) * RATE).astype(np.int64)
        samples = mixing.at(places)
        return samples if np.ndim(t) else samples[0]
    return heard


def from_moviepy(
    clip: Any, folder: Path, task: Task[Any] | None = None, *, rate: Fraction | None = None, name: str = ""
) -> Source:
    """Renders a clip of MoviePy's into `folder` and gives it as a source: its picture, mask and sound.

    rate: frames a second; the clip's own by default, else 30. Refused: video.scripted_empty, video.clip_failed when the
    clip raises. Cancelled; OSError when the disk is full. No half file stays.
    """
    rate = rate or _rate(clip)
    length = Fraction(getattr(clip, "duration", None) or 0).limit_denominator(1_000_000)
    count = int(-(-length * rate // 1)) if length < 100_000 else 0
    if count <= 0 or not hasattr(clip, "get_frame"):
        raise Refused(error("video.scripted_empty", "media"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{new_id()}.mkv"
    part = path.with_name(f"{path.name}.part")
    alpha, sound = clip.mask is not None, clip.audio is not None
    try:
        size = _sized(clip, alpha)
        with Film(part, size, rate, alpha=alpha, sound=sound) as film:
            for n in range(count):
                if task is not None:
                    task.progress(n / count)
                film.picture(_asked(lambda: picture_at(clip, float(n / rate), alpha, size)))  # noqa: B023
                if sound:
                    _sound(clip, n, count, rate, film)
        os.replace(part, path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return Source(new_id(), path.as_posix(), "video", name=name or path.name, width=size[0], height=size[1],
                  duration=count / rate, rate=rate, sound=sound, alpha=alpha)


def _rate(clip: Any) -> Fraction:
    told = getattr(clip, "fps", None)
    rate = Fraction(told).limit_denominator(1001) if told else Fraction(30)
    return rate if 0 < rate <= 1000 else Fraction(30)


def _sized(clip: Any, alpha: bool) -> tuple[int, int]:
    height, width = _asked(lambda: picture_at(clip, 0.0, alpha, None)).shape[:2]
    if not width or not height:
        raise Refused(error("video.scripted_empty", "media"))
    return int(width), int(height)


def _sound(clip: Any, n: int, count: int, rate: Fraction, film: Film) -> None:
    """What is heard during frame `n`."""
    begin, end = round(n / rate * RATE), round((n + 1) / rate * RATE)
    places = np.arange(begin, end) / RATE
    inside = places < float(clip.audio.duration or count / rate)
    samples = np.zeros((len(places), 2), np.float32)
    if inside.any():
        heard = np.asarray(_asked(lambda: clip.audio.get_frame(places[inside])), np.float32)
        heard = heard[:, None] if heard.ndim == 1 else heard
        samples[inside] = heard[:, :2] if heard.shape[1] > 1 else np.repeat(heard, 2, axis=1)
    film.sound(samples)


def _asked(ask: Callable[[], T]) -> T:
    """What somebody's clip gives; what it raises is said in words."""
    try:
        return ask()
    except (Problem, Cancelled, MemoryError):
        raise
    except Exception as fault:
        raise Refused(error("video.clip_failed", "media", reason=f"{type(fault).__name__}: {fault}"[:200])) from fault
