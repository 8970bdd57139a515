"""A project with its media in one zip, `.yigao-video`:

    project.json      the timeline; its sources are named by their way inside
    media/01-walk.mp4 the originals, unaltered
"""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zlib import error as ZlibError

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.timeline import Timeline
from studio.core.timeline_json import to_json
from studio.services.videos.files import parsed, with_paths, write

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.video.where import Where

HEAD = "project.json"
HEAD_MOST = 64_000_000
PIECE = 1 << 20
_NAME = re.compile(r"media/[^/\\:\x00-\x1f]{1,150}")


def pack(timeline: Timeline, where: Where, out: Path, task: Task[Any] | None = None) -> Path:
    """Writes the package, whole or not at all. Refused: a source's file is gone."""
    from studio.media.whole import whole

    used = {placed.clip.source for _, placed in timeline.clips()}
    files = {id: where(source) for id, source in timeline.sources.items() if id in used}
    names = {id: f"media/{number:02}-{_plain(path.name)}" for number, (id, path) in enumerate(files.items(), 1)}
    kept = with_paths(_only(timeline, used), lambda source: names[source.id])
    with whole(out) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        archive.writestr(HEAD, json.dumps(to_json(kept), indent=1), zipfile.ZIP_DEFLATED)
        for number, (id, path) in enumerate(files.items()):
            if task is not None:
                task.progress(number / len(files))
            with path.open("rb") as source, archive.open(names[id], "w", force_zip64=True) as target:
                _copy(source, target, task)
    return out


def _only(timeline: Timeline, used: set[str]) -> Timeline:
    from dataclasses import replace

    return replace(timeline, sources={
        id: replace(source, media="") for id, source in timeline.sources.items() if id in used})


def _plain(name: str) -> str:
    """A name that every system takes."""
    return re.sub(r'[^\w.\- ]', "_", name, flags=re.UNICODE)[-100:] or "media"


def unpack(file: Path, folder: Path, task: Task[Any] | None = None) -> Path:
    """The project file in a new folder with its media beside it. Nothing is left behind on any error.

    Refused: package.unreadable, package.unsafe (a name that leads out), media.no_file; the folder must not exist.
    """
    if folder.exists():
        raise Refused(error("out.exists", "out", name=folder.name))
    try:
        with zipfile.ZipFile(file) as archive:
            return _unpack(archive, file.name, folder, task)
    except FileNotFoundError:
        raise Refused(error("media.no_file", "document", name=file.name)) from None
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, UnicodeError) as fault:
        raise _unreadable(file.name) from fault


def _unpack(archive: zipfile.ZipFile, name: str, folder: Path, task: Task[Any] | None) -> Path:
    entries = {entry.filename: entry for entry in archive.infolist()}
    for inner in entries:
        if inner not in (HEAD, "media/") and (not _NAME.fullmatch(inner) or inner.endswith(("/..", "/."))):
            raise Refused(error("package.unsafe", "document", name=name, inner=inner[:100]))
    if HEAD not in entries or entries[HEAD].file_size > HEAD_MOST or len(entries) != len(archive.infolist()):
        raise _unreadable(name)
    timeline = parsed(archive.read(HEAD))
    if any(source.path not in entries for source in timeline.sources.values()):
        raise _unreadable(name)
    work = folder.with_name(f"{folder.name}.{new_id()}.part")
    try:
        (work / "media").mkdir(parents=True)
        for source in timeline.sources.values():
            with archive.open(source.path) as packed, (work / source.path).open("xb") as target:
                _copy(packed, target, task, entries[source.path].file_size)
        write(work / HEAD, timeline)
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder / HEAD


def _copy(source: IO[bytes], target: IO[bytes], task: Task[Any] | None, most: int | None = None) -> None:
    """Never more bytes than the entry says it has."""
    while piece := source.read(PIECE):
        if task is not None:
            task.check()
        most = most - len(piece) if most is not None else None
        if most is not None and most < 0:
            raise EOFError
        target.write(piece)


def _unreadable(name: str) -> Refused:
    return Refused(error("package.unreadable", "document", name=name))
