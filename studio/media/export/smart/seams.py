"""Looking at what was put together: around every seam the file must show what the compositor shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np

from studio.core import export as presets
from studio.media.export.job import Job
from studio.media.export.smart.plan import Copy, Piece

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

    from studio.media.export.job import Pictures

AROUND = 2  # frames on either side of a seam
SMALL = (160, 160)
UNLIKE = 12.0  # mean difference of small pictures, of 255; another frame of a calm film is nearer than this
EVERY = 40  # seams of a long list that are looked at, evenly spread


def sound_seams(job: Job, path: Path, pieces: tuple[Piece, ...]) -> bool:
    """True when every seam that was looked at decodes without a fault, has every frame, and shows the right ones."""
    seams = [piece.begin for piece in pieces] + [job.frames]
    chosen = seams if len(seams) <= EVERY else [seams[round(n * (len(seams) - 1) / (EVERY - 1))] for n in range(EVERY)]
    maker = job.engine.pictures(job.where)
    try:
        with av.open(str(path.absolute())) as file:
            return all(_alike(job, maker, file, seam) for seam in chosen)
    except (av.error.FFmpegError, ValueError):
        return False
    finally:
        maker.close()


def _alike(job: Job, maker: Pictures, file: InputContainer, seam: int) -> bool:
    wanted = range(max(0, seam - AROUND), min(job.frames, seam + AROUND))
    found = dict(_frames(job, file, wanted))
    if sorted(found) != list(wanted):
        return False
    for n in wanted:
        shown = maker.frame(job.timeline, presets.moment(job.preset, job.timeline, n), job.size)
        if float(np.abs(_small(shown) - _small(found[n])).mean()) > UNLIKE:
            return False
    return True


def _frames(job: Job, file: InputContainer, wanted: range) -> Iterator[tuple[int, VideoFrame]]:
    """The frames of a stretch, with their numbers; decoded from the key frame before it."""
    stream = file.streams.video[0]
    tick = stream.time_base or 1 / job.rate
    file.seek(round(wanted.start / job.rate / tick), stream=stream)
    for frame in file.decode(stream):
        if frame.pts is None:
            raise ValueError
        number = round(frame.pts * tick * job.rate)
        if number in wanted:
            yield number, frame
        if number >= wanted.stop - 1:
            return


def _small(frame: VideoFrame) -> NDArray[np.float32]:
    grey = frame.reformat(*SMALL, format="gray").to_ndarray()
    return np.asarray(grey, np.float32)


def copied(pieces: tuple[Piece, ...]) -> int:
    """How many frames are the source's own."""
    return sum(piece.end - piece.begin for piece in pieces if isinstance(piece, Copy))
