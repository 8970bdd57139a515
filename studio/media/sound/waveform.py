"""Wave forms: how loud a source is along its length, worked out once and kept in a small file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import av.error
import numpy as np
import numpy.typing as npt

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.task import Task
from studio.media.clips import opened
from studio.media.sound.decoding import Decoder, Samples
from studio.media.whole import whole

PER_SECOND = 100
VERSION = 1
LONGEST = 12 * 3600  # seconds: time stamps gone mad would make a file endless
Columns = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Peaks:
    """columns: (n, 3), PER_SECOND a second from the source's moment 0: lowest, highest and root mean square, -127 to
    127 for full scale, both channels together."""

    columns: Columns

    @property
    def per_second(self) -> int:
        return PER_SECOND

    @property
    def seconds(self) -> float:
        return len(self.columns) / PER_SECOND

    @cached_property
    def data(self) -> bytes:
        """The loudest of each column, 0 to 255, for those who know no numpy."""
        loudest = np.abs(self.columns[:, :2].astype(np.int16)).max(axis=1, initial=0)
        return bytes((loudest * 255 // 127).astype(np.uint8))

    def between(self, start: float, end: float, columns: int) -> npt.NDArray[np.float32]:
        """(columns, 3): lowest, highest, rms from `start` to `end` seconds of the source, -1 to 1; 0 outside it."""
        edges = np.linspace(start, end, columns + 1) * PER_SECOND
        first = np.floor(edges[:-1]).astype(np.int64)
        last = np.maximum(first + 1, np.ceil(edges[1:] - 1e-6).astype(np.int64))
        out = np.zeros((columns, 3), np.float32)
        inside = np.nonzero((last > 0) & (first < len(self.columns)))[0]
        for column in inside:
            part = self.columns[max(0, first[column]) : last[column]].astype(np.float32)
            out[column] = part[:, 0].min(), part[:, 1].max(), np.sqrt(np.mean(part[:, 2] ** 2))
        return out / np.float32(127)


def peaks(path: Path, folder: Path, task: Task[Any] | None = None) -> Peaks:
    """The wave form of a file, from `folder` when it was worked out before. Cancelled when `task` is.

    Refused: video.source_missing, video.no_sound_in.
    """
    try:
        told = path.stat()
    except OSError:
        raise Refused(error("video.source_missing", "media", name=path.name)) from None
    key = hashlib.sha256(f"{path.absolute()}:{told.st_size}:{told.st_mtime_ns}:{VERSION}".encode()).hexdigest()[:32]
    file = folder / f"{key}.npy"
    if (known := _kept(file)) is not None:
        return Peaks(known)
    columns = _columns(path, task)
    folder.mkdir(parents=True, exist_ok=True)
    with whole(file) as out:
        np.save(out, columns)
    return Peaks(columns)


def seconds(path: Path, task: Task[Any] | None = None) -> Iterator[tuple[int, Samples]]:
    """A file's sound second by second at its own rate: (rate, (rate, 2)), the last one filled up with silence.

    Refused: video.source_missing, video.no_sound_in. Cancelled when `task` is.
    """
    try:
        length = _length(path)
        decoder = Decoder(path)
    except FileNotFoundError:
        raise Refused(error("video.source_missing", "media", name=path.name)) from None
    except (OSError, av.error.FFmpegError, LookupError):
        raise Refused(error("video.no_sound_in", "media", name=path.name)) from None
    try:
        for second in range(LONGEST):
            if task is not None:
                task.progress(second / length if length else None)
            samples = decoder.read(second * decoder.rate, decoder.rate)
            if decoder.ended and decoder.until <= second * decoder.rate:
                return
            yield decoder.rate, samples
    finally:
        decoder.close()


def _length(path: Path) -> float | None:
    with opened(path) as container:
        return container.duration / av.time_base if container.duration else None


def _columns(path: Path, task: Task[Any] | None) -> Columns:
    found = [_of_a_second(samples) for _, samples in seconds(path, task)]
    return np.concatenate(found) if found else np.zeros((0, 3), np.int8)


def _of_a_second(samples: Samples) -> Columns:
    """(PER_SECOND, 3) of one second at any rate."""
    if not samples.any():
        return np.zeros((PER_SECOND, 3), np.int8)
    starts = np.arange(PER_SECOND) * len(samples) // PER_SECOND
    left, right = samples[:, 0], samples[:, 1]
    low = np.minimum.reduceat(np.minimum(left, right), starts)
    high = np.maximum.reduceat(np.maximum(left, right), starts)
    power = np.add.reduceat(left * left + right * right, starts) / 2 / np.diff(starts, append=len(samples))
    levels = np.stack([low, high, np.sqrt(power)], axis=1)
    rounded: Columns = np.rint(np.clip(levels, -1, 1) * 127).astype(np.int8)
    return rounded


def _kept(file: Path) -> Columns | None:
    """What was worked out before; None when there is nothing, or nothing that can be used."""
    try:
        found = np.load(file, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    usable = isinstance(found, np.ndarray) and found.dtype == np.int8 and found.ndim == 2 and found.shape[1] == 3
    return found if usable else None
