"""Encoding a whole timeline: pictures are made in one thread, encoded in another, and the sound in a third."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.media.export.ahead import Ahead, Beside
from studio.media.export.codecs import Encoder
from studio.media.export.job import Job
from studio.media.export.levels import levelled
from studio.media.export.writer import RATE, Writer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEPTH = 4  # frames that lie ready for the encoder
BLOCK = RATE // 2  # samples of sound made at a time
LEAD = 20  # seconds that the sound may be ahead of the picture


class TooBig(Exception):
    """The file grows beyond what it may have. bytes: how large it would have become."""

    def __init__(self, bytes: int) -> None:
        super().__init__(bytes)
        self.bytes = bytes


def encode(
    job: Job, path: Path, encoder: Encoder | None, *, share: tuple[float, float] = (0.0, 1.0), most: int | None = None,
    sound: bool = True,
) -> Writer:
    """Writes the timeline to `path`; the closed writer says what went in.

    encoder  for the picture; None: sound alone. share: which part of the progress this is
    most     TooBig is raised once the file must become larger. av.error.FFmpegError: the encoder or the disk failed
    """
    sound = sound and job.sounding
    writer = Writer(path, job.preset, encoder, job.shape if encoder else None, tags=job.tags, sound=sound)
    try:
        _fill(job, writer, encoder is not None, sound, lambda part: job.progress(share[0] + part * share[1]), most)
        writer.close()
    except BaseException:
        writer.abandon()
        raise
    return writer


def _fill(
    job: Job, writer: Writer, picture: bool, sound: bool, tell: Callable[[float], None], most: int | None
) -> None:
    if picture and sound:
        with Beside(lambda stopped: write_sound(job, writer, stopped, LEAD), "export-sound") as beside:
            _pictures(job, writer, tell, most, beside.check)
            beside.wait(lambda: tell(1.0))
    elif picture:
        _pictures(job, writer, tell, most, lambda: None)
    elif sound:
        for part in _sounds(job, writer, lambda: False):
            tell(part)
        writer.end_sound()


def _pictures(
    job: Job, writer: Writer, tell: Callable[[float], None], most: int | None, check: Callable[[], None]
) -> None:
    total = max(1, job.frames)
    with Ahead(job.pictures(), DEPTH, "export-pictures") as frames:
        for frame in frames:
            writer.picture(frame)
            check()
            tell(writer.frames / total)
            if most is not None and _hopeless(writer, total, most):
                raise TooBig(round(writer.bytes_written * total / writer.frames))
    writer.end_picture()


def _hopeless(writer: Writer, total: int, most: int) -> bool:
    """Already too big, or so far on the way that it will be for sure."""
    done = writer.frames / total
    return writer.bytes_written > most or (done > 0.25 and writer.bytes_written / done > 1.5 * most)


def write_sound(job: Job, writer: Writer, stopped: Callable[[], bool], lead: int) -> None:
    """All the sound, not too far ahead of the picture: what waits for the other stream waits in memory."""
    for _ in _sounds(job, writer, stopped):
        while writer.sound_time > writer.picture_time + lead and writer.frames < job.frames and not stopped():
            time.sleep(0.02)
    if not stopped():
        writer.end_sound()


def _sounds(job: Job, writer: Writer, stopped: Callable[[], bool]) -> Iterator[float]:
    """Writes the sound block by block; yields how much of it is done."""
    with Ahead(_blocks(job, stopped), 2, "export-mix") as blocks:
        for block in blocks:
            writer.sound(block)
            yield writer.samples / job.samples


def _blocks(job: Job, stopped: Callable[[], bool]) -> Iterator[NDArray[np.float32]]:
    mixer = levelled(job, stopped)
    try:
        for start in range(0, job.samples, BLOCK):
            if stopped():
                return
            yield mixer.block(job.timeline, start, min(BLOCK, job.samples - start))
    finally:
        mixer.close()
