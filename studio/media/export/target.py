"""What an export must never be put in place of: the films it is made of, and a folder with other things in it."""

from __future__ import annotations

import re
from pathlib import Path

from studio.core.errors import Refused
from studio.core.finding import error
from studio.media.export.job import Job

_FRAME = re.compile(r"frame-\d{4,}\.(png|jpg)|\..*", re.DOTALL)  # what an export puts there, and what systems add


def guard(job: Job, target: Path) -> None:
    """Refused: `target` is, or holds, a source of the timeline; a folder for frames has something else in it."""
    if not target.exists():
        return
    there = target.resolve()
    for id in {placed.clip.source for _, placed in job.timeline.clips()}:
        source = _file(job, id)
        if source is not None and (source == there or there in source.parents):
            raise Refused(error("video.export_source", "target", name=target.name))
    if target.is_dir() and job.preset.container == "frames":
        other = next((each.name for each in target.iterdir() if not _FRAME.fullmatch(each.name)), None)
        if other is not None:
            raise Refused(error("video.export_folder", "target", name=target.name, other=other))


def _file(job: Job, id: str) -> Path | None:
    source = job.timeline.sources.get(id)
    try:
        return None if source is None else job.where(source).resolve()
    except Refused:  # it is told when it is drawn
        return None
