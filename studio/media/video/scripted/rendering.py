"""One clip through one effect of MoviePy's, picture by picture, into a film."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from studio.core.effects import spec
from studio.core.effects.timing import exact
from studio.core.errors import Cancelled, Problem, Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Effect, Timeline
from studio.media.video.scripted.film import RATE, Film
from studio.media.video.scripted.footage import Footage
from studio.media.video.scripted.vocabulary import Around, moviepy_effect
from studio.media.video.where import Where

if TYPE_CHECKING:
    from moviepy import VideoClip

    from studio.media.video.scripted.baking import Stage

Pixels = NDArray[np.uint8]
OPAQUE = ("FreezeRegion", "MakeLoopable", "MasksAnd", "MasksOr", "SuperSample")  # their masks are their clip's own
ANYWHERE = ("MasksAnd", "MasksOr", "SuperSample")  # look at any moment, beyond the clip's ends, too


def render(timeline: Timeline, stage: Stage, where: Where, path: Path, progress: Callable[[float], None]) -> None:
    """Writes the file. Refused, Cancelled (from `progress`), OSError."""
    footage = Footage(timeline, stage.clip, stage.before, where)
    try:
        first = footage.rgba(ZERO)
        see_through = _clear(timeline, stage, first)
        with told(stage.effect):
            made = _made(footage, stage, first, see_through)
            alpha = made.mask is not None and (see_through or spec(stage.effect.name).moviepy not in OPAQUE)
            size = picture_at(made, 0.0, alpha, None).shape[1::-1]
        source = timeline.source_of(stage.clip)
        sound = source is not None and source.sound
        with Film(path, (int(size[0]), int(size[1])), timeline.rate, alpha=alpha, sound=sound) as film:
            _pictures(timeline, stage, made, alpha, film, progress)
            if sound:
                _sound(timeline, stage, where, film)
    finally:
        footage.close()


def _clear(timeline: Timeline, stage: Stage, first: Pixels) -> bool:
    source = timeline.source_of(stage.clip)
    return bool((source is not None and source.alpha) or first[..., 3].min() < 255)


def _made(footage: Footage, stage: Stage, first: Pixels, see_through: bool) -> VideoClip:
    """MoviePy's clip after the effect."""
    clip, length = stage.clip, stage.clip.duration
    if spec(stage.effect.name).moviepy == "MakeLoopable":
        length += exact(stage.effect, "overlap_duration")
    around = Around((int(first.shape[1]), int(first.shape[0])), clip.duration)
    return footage.clip(length, see_through).with_effects([moviepy_effect(stage.effect, around)])


def _pictures(
    timeline: Timeline, stage: Stage, made: VideoClip, alpha: bool, film: Film, progress: Callable[[float], None]
) -> None:
    length = stage.lead + stage.clip.duration + stage.tail
    count = -(-length * timeline.rate // 1)
    last = _last(timeline, stage, made)
    for n in range(count):
        local = n / timeline.rate - stage.lead
        if spec(stage.effect.name).moviepy not in ANYWHERE:
            local = min(max(ZERO, local), last)
        progress(float(Fraction(n, count)))
        with told(stage.effect):
            pixels = picture_at(made, float(local), alpha, film.size)
        film.picture(pixels)


def _last(timeline: Timeline, stage: Stage, made: VideoClip) -> Time:
    """The last moment at which there is a picture: MoviePy's composites are empty from their end on."""
    ends = stage.clip.duration if made.duration is None else Fraction(made.duration).limit_denominator(1_000_000)
    return max(ZERO, min(stage.clip.duration, ends) - 1 / timeline.rate)


def picture_at(made: VideoClip, t: float, alpha: bool, size: tuple[int, int] | None) -> Pixels:
    """MoviePy's picture and mask as RGB or RGBA, brought to `size` where it is another. ValueError: it is none."""
    pixels = _rgb(np.asarray(made.get_frame(t)))
    if alpha and made.mask is not None:
        mask = np.clip(np.asarray(made.mask.get_frame(t), np.float64) * 255, 0, 255).astype(np.uint8)
        pixels = np.dstack([pixels, _fitted(mask, (pixels.shape[1], pixels.shape[0]))])
    return pixels if size is None else _fitted(pixels, size)


def _rgb(picture: NDArray[Any]) -> Pixels:
    if picture.ndim == 2:
        picture = picture[..., None]
    if picture.ndim != 3 or not picture.size or picture.shape[2] not in (1, 3, 4):
        raise ValueError(f"an array of {picture.shape} is no picture")
    rgb = np.nan_to_num(np.clip(picture[..., :3], 0, 255)).astype(np.uint8)
    return np.repeat(rgb, 3, axis=2) if rgb.shape[2] == 1 else rgb


def _fitted(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    if pixels.shape[1::-1] == size:
        return pixels
    from PIL import Image

    return np.asarray(Image.fromarray(np.ascontiguousarray(pixels)).resize(size, Image.Resampling.LANCZOS))


def _sound(timeline: Timeline, stage: Stage, where: Where, film: Film) -> None:
    """The clip's sound at its speed, with those effects of time that are drawn into the file and no others."""
    from studio.media.sound.pages import Pages
    from studio.media.sound.reading import Sounds
    from studio.media.sound.voices import Voice

    timed = tuple(effect for effect in (*stage.before, stage.effect) if spec(effect.name).group == "time")
    sounds = Sounds()
    try:
        source = timeline.sources[stage.clip.source]
        clip = replace(stage.clip, effects=timed)
        voice = Voice(clip, where(source), sounds, Pages(), 1 / timeline.rate)
        start, length = -stage.lead * RATE, round((stage.lead + clip.duration + stage.tail) * RATE)
        for at in range(0, length, RATE):
            film.sound(voice.read(start + at, min(RATE, length - at)))
    finally:
        sounds.close()


@contextmanager
def told(effect: Effect) -> Iterator[None]:
    """Whatever an effect raises is refused in words: it may be anybody's."""
    try:
        yield
    except (Problem, Cancelled, MemoryError):
        raise
    except FileNotFoundError as fault:
        raise Refused(error("video.effect_file", "effect", name=effect.name, id=effect.id)) from fault
    except Exception as fault:
        reason = f"{type(fault).__name__}: {fault}"[:200]
        raise Refused(error("video.effect_failed", "effect", name=effect.name, id=effect.id, reason=reason)) from fault
