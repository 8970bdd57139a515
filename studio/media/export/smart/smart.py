"""The way to try first: keep what can be kept, look at it, and give up rather than leave a doubtful file."""

from __future__ import annotations

from pathlib import Path

import av.error

from studio.core.errors import Refused
from studio.core.timeline import Source
from studio.media.export.checking import whole_file
from studio.media.export.job import Job
from studio.media.export.part import is_full
from studio.media.export.smart.copying import Unkept, write
from studio.media.export.smart.index import Index, index
from studio.media.export.smart.plan import plan
from studio.media.export.smart.seams import copied, sound_seams
from studio.media.video.reader import Reader


def smart_copy(job: Job, path: Path) -> int:
    """Writes the film with as many of the source's packets as can be kept; gives how many frames those are.

    0: it cannot be done, or what came out was not right; then the film must be encoded.
    """
    files: dict[str, Index | None] = {}

    def indexed(source: Source) -> Index | None:
        if source.id not in files:
            job.progress(0.0)
            files[source.id] = _index(job, source)
        return files[source.id]

    pieces = plan(job, indexed)
    if not pieces:
        return 0
    try:
        write(job, path, pieces)
        whole_file(job, path, path.name)
        return copied(pieces) if sound_seams(job, path, pieces) else 0
    except (Unkept, Refused):
        return 0
    except av.error.FFmpegError as fault:
        if is_full(fault):
            raise
        return 0


def _index(job: Job, source: Source) -> Index | None:
    try:
        file = job.where(source)
        reader = Reader(file)
    except Refused:  # it is told when it is drawn
        return None
    try:
        return index(file, reader.info)
    finally:
        reader.close()
