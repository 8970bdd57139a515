"""A project as a file of its own: read, written whole, its media found beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.timeline import Source, Timeline
from studio.core.timeline_json import from_json, to_json

if TYPE_CHECKING:
    from studio.media.video.where import Where

MOST_BYTES = 64_000_000  # a project of an hour with thousands of words is a few


def read(path: Path) -> Timeline:
    """The project in a file. Refused: not there, not a project, from a newer version, too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable()
        return parsed(path.read_bytes())
    except FileNotFoundError:
        raise Refused(error("media.no_file", "project", name=path.name)) from None


def parsed(data: bytes) -> Timeline:
    """A project from its bytes. Refused: not a project, from a newer version."""
    try:
        plain = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(plain, Mapping):
        raise _unreadable()
    return from_json(plain)


def _unreadable() -> Refused:
    return Refused(error("document.unreadable", "project", kind="timeline"))


def write(path: Path, timeline: Timeline) -> None:
    """The project into a file, whole or not at all; media below its folder is named by its way from there."""
    from studio.media.whole import whole

    folder = path.absolute().parent
    text = json.dumps(to_json(with_paths(timeline, lambda source: _from(folder, source.path))), indent=1)
    with whole(path) as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())


def _from(folder: Path, path: str) -> str:
    absolute = Path(path)
    if absolute.is_absolute() and absolute.is_relative_to(folder):
        return absolute.relative_to(folder).as_posix()
    return path


def with_paths(timeline: Timeline, path: Callable[[Source], str]) -> Timeline:
    """The timeline with other paths of its sources."""
    return replace(timeline, sources={
        id: replace(source, path=path(source)) for id, source in timeline.sources.items()})


def keep_apart(out: Path, project: Path, timeline: Timeline) -> None:
    """Refused video.export_source: `out` is the project itself or one of the files it is made of."""
    if not out.exists():
        return
    ours = [project, *(project.absolute().parent / source.path for source in timeline.sources.values() if source.path)]
    if any(path.exists() and path.samefile(out) for path in ours):
        raise Refused(error("video.export_source", "target", name=out.name))


def where_from(folder: Path) -> Where:
    """Where the media of a project in `folder` lies. Refused video.source_missing when it is gone."""
    def where(source: Source) -> Path:
        path = (folder / source.path).absolute()
        if not source.path or not path.is_file():
            raise Refused(error("video.source_missing", "media", name=source.name or source.path))
        return path

    return where
