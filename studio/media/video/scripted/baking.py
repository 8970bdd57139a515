"""Effects that only MoviePy can do, rendered once into a cache, clip by clip; then they play like any other film.

A file in the cache is called by all that it was made of: the source's bytes, its stretch and speed, the effects before
and with it. It holds the clip's pictures, after those effects, at the source's size and the timeline's rate, and its
sound at the clip's speed, both with as much before and behind as the transitions around the clip show. So a clip that
plays it keeps its place, its other effects and its loudness.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from studio.core.effects import EFFECTS
from studio.core.errors import Problem, Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import ZERO, Clip, Effect, Placed, Source, Timeline, Track
from studio.media.video.effects import native
from studio.media.video.where import Where

MOST = 4_000_000_000  # bytes of baked films that are kept
STALE = 86_400.0  # seconds after which a half file is nobody's
VERSION = 1  # of what a file holds: with another one all are made anew


@dataclass(frozen=True, slots=True)
class Stage:
    """One effect to bake. before: what is drawn into the file beneath it; left: what stays on the clip.

    lead, tail: seconds before and behind the clip that its transitions show
    """

    clip: Clip
    effect: Effect
    before: tuple[Effect, ...]
    left: tuple[Effect, ...]
    lead: Time
    tail: Time


def needs_baking(timeline: Timeline) -> list[Placed]:
    """The clips with an effect that must be baked, in the order of tracks."""
    return [placed for _, placed in timeline.clips() if _first(placed.clip) is not None]


def bake(timeline: Timeline, clip: str, where: Where, folder: Path, task: Task[Any] | None = None) -> Path:
    """Renders what is not yet there for the clip of that id; the file of the last of its effects.

    where: finds the originals, not proxies. Refused: the clip has nothing to bake or its source cannot be read,
    video.effect_failed, video.effect_file. Cancelled; OSError when the disk is full. No half file stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path: Path | None = None
    while (found := _stage(timeline, clip)) is not None:
        stage, track = found
        path = _path(timeline, stage, where, folder)
        if not path.exists():
            _render(timeline, stage, where, path, task)
        timeline = _with(timeline, track, stage, path)
        where = _also(where)
    if path is None:
        raise Refused(error("video.nothing_to_bake", "effect"))
    tidy(folder, keep=path)
    return path


def baked(timeline: Timeline, where: Where, folder: Path) -> Timeline:
    """The timeline with each clip whose files are there playing them; others are left as they are, without the effect.

    For the compositor, the mixer and the export; never to be edited or saved.
    """
    for placed in needs_baking(timeline):
        finds = where
        while (found := _stage(timeline, placed.clip.id)) is not None:
            stage, track = found
            path = _known(timeline, stage, finds, folder)
            if path is None:
                break
            timeline, finds = _with(timeline, track, stage, path), _also(finds)
    return timeline


def tidy(folder: Path, most: int = MOST, keep: Path | None = None) -> None:
    """Removes what was not asked for the longest until no more than `most` bytes are left, and what was left half by a
    program that died. keep: stays in any case."""
    found = []
    for path in folder.glob("*.mkv*"):
        with suppress(OSError):
            stat = path.stat()
            if path.suffix == ".part":
                if time.time() - max(stat.st_mtime, stat.st_ctime) > STALE:
                    path.unlink()
            elif path != keep:
                found.append((stat.st_atime_ns, stat.st_size, path))
    left = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if left <= most:
            return
        with suppress(OSError):  # in use, where files in use cannot be removed
            path.unlink()
            left -= size


def _asked(path: Path) -> None:
    """Writes down that a file is in use; when it was made stays as it is."""
    with suppress(OSError):
        os.utime(path, ns=(time.time_ns(), path.stat().st_mtime_ns))


def _first(clip: Clip) -> int | None:
    """The index of the first effect that must be baked."""
    for index, effect in enumerate(clip.effects):
        known = EFFECTS.get(effect.name)
        if effect.enabled and known is not None and known.engine == "baked" and clip.kind in ("media", "solid"):
            return index
    return None


def _stage(timeline: Timeline, clip: str) -> tuple[Stage, Track] | None:
    found = timeline.find(clip)
    index = _first(found[1].clip) if found else None
    if found is None or index is None:
        return None
    track, placed = found
    effects = placed.clip.effects
    before = tuple(effect for effect in effects[:index] if effect.enabled and _drawn(effect))
    left = tuple(effect for effect in effects[:index] if effect not in before) + effects[index + 1 :]
    into, out = track.transition_before(placed), track.transition_after(placed)
    lead, tail = (into.before if into else ZERO), (out.after if out else ZERO)
    return Stage(placed.clip, effects[index], before, left, lead, tail), track


def _drawn(effect: Effect) -> bool:
    """Whether an effect changes the pictures themselves, rather than their place or the sound."""
    found = native(effect.name)
    return found is not None and found.lay is None


def _with(timeline: Timeline, track: Track, stage: Stage, path: Path) -> Timeline:
    """The clip plays the file."""
    clip = stage.clip
    length = stage.lead + clip.duration + stage.tail
    old = timeline.source_of(clip)
    source = Source(
        f"baked-{path.stem}", path.as_posix(), "video", name=old.name if old else "", hash=path.stem,
        width=old.width if old else timeline.width, height=old.height if old else timeline.height,
        duration=length, rate=timeline.rate, sound=old.sound if old else False, alpha=old.alpha if old else False,
    )
    kind = "media" if clip.kind == "solid" else clip.kind
    plays = replace(clip, kind=kind, source=source.id, start=stage.lead, speed=Fraction(1), reverse=False, smooth=False,
                    effects=stage.left)
    items = tuple(plays if item is clip else item for item in track.items)
    sources = {**timeline.sources, source.id: source}
    return replace(timeline, sources=sources).with_track(replace(track, items=items))


def _also(where: Where) -> Where:
    """Finds what was baked, too."""
    return lambda source: Path(source.path) if source.id.startswith("baked-") else where(source)


def _known(timeline: Timeline, stage: Stage, where: Where, folder: Path) -> Path | None:
    try:
        path = _path(timeline, stage, where, folder)
    except (Problem, OSError):
        return None
    if not path.exists():
        return None
    _asked(path)
    return path


def _path(timeline: Timeline, stage: Stage, where: Where, folder: Path) -> Path:
    """Where the file lies. Refused, OSError when its source is gone."""
    clip, source = stage.clip, timeline.source_of(stage.clip)
    if source is None:
        origin: tuple[object, ...] = (clip.color, timeline.width, timeline.height)
    elif source.id.startswith("baked-"):
        origin = (source.hash,)
    else:
        origin = (source.hash, *_mark(where(source)))
    made_of = (
        VERSION, origin, clip.start, clip.duration, clip.speed, clip.reverse, clip.sound.keep_pitch, stage.lead,
        stage.tail, timeline.rate, [_told(effect) for effect in (*stage.before, stage.effect)],
    )
    return folder / f"{sha256(repr(made_of).encode()).hexdigest()[:32]}.mkv"


def _mark(path: Path) -> tuple[str, int, int]:
    stat = path.stat()
    return str(path.absolute()), stat.st_mtime_ns, stat.st_size


def _told(effect: Effect) -> tuple[object, ...]:
    """An effect as what it does; files that it reads count with their bytes' age."""
    files = [_mark(Path(param)) for param in effect.params.values()
             if isinstance(param, str) and ("/" in param or "\\" in param) and Path(param).is_file()]
    return effect.name, sorted(effect.params.items()), files


def _render(timeline: Timeline, stage: Stage, where: Where, path: Path, task: Task[Any] | None) -> None:
    from studio.core.ids import new_id
    from studio.media.video.scripted.rendering import render

    part = path.with_name(f"{path.name}.{new_id()}.part")
    progress: Callable[[float], None] = (lambda done: None) if task is None else task.progress
    try:
        render(timeline, stage, where, part, progress)
        os.replace(part, path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
