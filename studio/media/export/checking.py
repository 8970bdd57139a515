"""A written file is opened and looked at before it gets its name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.error

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.media.export.job import Job


@dataclass(frozen=True, slots=True)
class Found:
    """What a file really has."""

    size: tuple[int, int] = (0, 0)
    rate: Fraction = Fraction(0)
    duration: Time = Fraction(0)
    frames: int = 0
    bytes: int = 0


def whole_file(job: Job, path: Path, name: str) -> Found:
    """What is in the file. Refused with video.export_odd when that is not what was to be written."""
    if path.is_dir():
        files = [each for each in path.iterdir() if not each.name.startswith(".")]
        found = Found(job.size, job.rate, job.length, len(files), sum(each.stat().st_size for each in files))
    else:
        found = _file(job, path, name)
    if job.preset.video and (found.frames != job.frames or found.size != job.size):
        raise Refused(error("video.export_odd", "target", name=name))
    return found


def _file(job: Job, path: Path, name: str) -> Found:
    try:
        with av.open(str(path.absolute())) as file:
            count, last = packets(file, job)
            size = _size(file) if job.preset.video else (0, 0)
    except (av.error.FFmpegError, IndexError) as fault:
        raise Refused(error("video.export_odd", "target", name=name)) from fault
    return Found(size, job.rate if job.preset.video else Fraction(0), last, count, path.stat().st_size)


def packets(file: av.container.InputContainer, job: Job) -> tuple[int, Time]:
    """How many packets of pictures the file has (without any: of sound), and when the last one ends, in seconds."""
    kind = file.streams.video if job.preset.video else file.streams.audio
    count, first, last = 0, None, Fraction(0)
    for packet in file.demux(kind[0]):
        if packet.pts is None or packet.time_base is None:
            continue
        at = packet.pts * packet.time_base
        first = at if first is None else min(first, at)
        count, last = count + 1, max(last, at + (packet.duration or 0) * packet.time_base)
    return count, last


def _size(file: av.container.InputContainer) -> tuple[int, int]:
    context = file.streams.video[0].codec_context
    return context.width, context.height
