"""A project from elsewhere taken into the workspace: our own file, another editor's `.otio`, or a package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from studio.core.finding import Finding
from studio.core.ids import new_id
from studio.core.timeline import Source, Timeline
from studio.services.videos import files

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.library import Library
    from studio.services.videos.projects import Videos

PACKAGE = ".zip"
ENDINGS = (".json", ".otio", PACKAGE)


def take_in(
    videos: Videos, library: Library, path: Path, task: Task[Any] | None = None
) -> tuple[str, tuple[Finding, ...]]:
    """(id of the new project, what is to be said about it). A package's media goes into the library; otherwise files
    stay where they are. Refused: not a project, from a newer version, a package that is damaged or unsafe."""
    said: tuple[Finding, ...] = ()
    if path.suffix.lower() == PACKAGE:
        timeline = _from_package(library, path, task)
    elif path.suffix.lower() == ".otio":
        from studio.services.videos.interchange import read_otio

        timeline, said = read_otio(path)
    else:
        timeline = _absolute(files.read(path), path.absolute().parent)
    timeline = replace(timeline, id=new_id(), name=timeline.name or path.stem)
    videos.save(timeline, expect=0)
    return timeline.id, said


def _absolute(timeline: Timeline, folder: Path) -> Timeline:
    return files.with_paths(timeline, lambda s: (folder / s.path).as_posix() if s.path else "")


def _from_package(library: Library, path: Path, task: Task[Any] | None) -> Timeline:
    from studio.services.videos.packing import unpack

    with TemporaryDirectory(prefix="yigao-") as room:
        project = unpack(path, Path(room) / "package", task)
        timeline = _absolute(files.read(project), project.parent)
        mine = {id: _in_library(library, source) for id, source in timeline.sources.items()}
    return replace(timeline, sources=mine)


def _in_library(library: Library, source: Source) -> Source:
    """The source as a file of the library; as it was where the library does not take it."""
    added = library.add([Path(source.path)])[0]
    if added.asset is None:
        return source
    return replace(source, path="", media=added.asset.id, hash=added.asset.id)
