"""Media found again after it was moved: by its bytes where they are known, else by its name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import Refused
from studio.core.finding import Finding, error, warning
from studio.core.timeline import Source, Timeline

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.video.where import Where

MOST_FILES = 50_000  # looked at below the folder


def missing(timeline: Timeline, where: Where) -> tuple[Source, ...]:
    """The sources whose file is not where it was."""
    return tuple(source for source in timeline.sources.values() if not _there(source, where))


def _there(source: Source, where: Where) -> bool:
    try:
        return where(source).is_file()
    except Refused:
        return False


def relinked(
    timeline: Timeline, lost: tuple[Source, ...], folder: Path, task: Task[Any] | None = None
) -> tuple[Timeline, tuple[Finding, ...]]:
    """The timeline with what is lost found below `folder`, and what is to be said about it.

    A file with the same bytes is taken, whatever it is called; else one of the same name and kind, with the warning
    video.relinked_by_name; what is not found is named (video.source_missing) and stays as it was.
    """
    files = list(_files(folder))
    found: dict[str, Source] = {}
    said: list[Finding] = []
    for number, source in enumerate(lost, 1):
        if task is not None:
            task.progress(number / (len(lost) + 1))
        path, finding = _found(source, files, task)
        if path is not None:
            found[source.id] = replace(source, path=path.as_posix(), media="")
        if finding is not None:
            said.append(finding)
    return replace(timeline, sources={**timeline.sources, **found}), tuple(said)


def _found(source: Source, files: list[Path], task: Task[Any] | None) -> tuple[Path | None, Finding | None]:
    name = Path(source.path).name or source.name
    named = [path for path in files if path.name == name]
    if source.hash:
        same = [*named, *(path for path in files if path.suffix.lower() == Path(name).suffix.lower())]
        for path in dict.fromkeys(same):
            if _hash(path, task) == source.hash:
                return path, None
    for path in named:
        if _fits(path, source):
            return path, warning("video.relinked_by_name", "media", name=name) if source.hash else None
    return None, error("video.source_missing", "media", name=source.name or name)


def _fits(path: Path, source: Source) -> bool:
    """Whether it is a file of the same kind, and as long as what was cut from it."""
    from studio.media.video.sources import described

    try:
        now = described(path)
    except Refused:
        return False
    return now.kind == source.kind and (
        now.duration is None or source.duration is None or now.duration >= source.duration)


def _hash(path: Path, task: Task[Any] | None) -> str:
    from studio.store.files import digest

    try:
        return digest(path, (lambda fraction: task.check()) if task is not None else None)
    except OSError:
        return ""


def _files(folder: Path) -> Iterator[Path]:
    """Plain files below the folder, links not followed."""
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.is_symlink() or not path.is_file():
                continue
            count += 1
            if count > MOST_FILES:
                return
            yield path
