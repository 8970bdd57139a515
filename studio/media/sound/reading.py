"""The sound of files at the mixer's rate, by whole seconds that are kept for a while."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from math import gcd
from pathlib import Path

import av
import av.error
import numpy as np

from studio.media.sound.decoding import Decoder, Samples, lay

RATE = 48_000
LOOK = 0.2
OPEN = 24  # files held open at once
BUDGET = 96 << 20


class Sounds:
    """Sound of any file at RATE. Safe for several threads; one at a time reads.

    A second of a file always comes out the same, whatever was read before it: it is decoded after a run-up and
    resampled by itself with a margin on either side, on the grid where whole seconds are whole samples of both rates.
    """

    def __init__(self, budget: int = BUDGET, look: float = LOOK) -> None:
        """budget: bytes of decoded sound kept; look: seconds after which a file is looked at again: is it the same?"""
        self._budget, self._held, self._look = budget, 0, look
        self._open: OrderedDict[Path, Decoder] = OrderedDict()
        self._marks: dict[Path, tuple[int, int]] = {}
        self._looked: dict[Path, float] = {}
        self._failed: dict[Path, Exception] = {}
        self._seconds: OrderedDict[tuple[Path, int], Samples] = OrderedDict()
        self._lock = threading.RLock()
        self.broken: set[Path] = set()

    def read(self, path: Path, start: int, count: int) -> Samples:
        """(count, 2), not to be written to, from sample `start` of the file's clock; silence outside it.

        OSError when it is gone, av.error.FFmpegError when it cannot be read, LookupError when it has no sound.
        """
        with self._lock:
            self._watch(path)
            first, at = divmod(start, RATE)
            if at + count <= RATE:
                return self._second(path, first)[at : at + count]
            out = np.zeros((count, 2), np.float32)
            for second in range(first, -(-(start + count) // RATE)):
                lay(out, start, self._second(path, second), second * RATE)
            return out

    def mark(self, path: Path) -> tuple[int, int]:
        """What changes when another file is put in its place. OSError when it is gone."""
        stat = path.stat()
        return stat.st_mtime_ns, stat.st_size

    def close(self) -> None:
        """Every file is let go of."""
        with self._lock:
            for path in list(self._open):
                self._shut(path)
            self._seconds.clear()
            self._held = 0

    def _watch(self, path: Path) -> None:
        """What was read of a file that was replaced since is forgotten."""
        now = time.monotonic()
        if now - self._looked.get(path, -self._look) < self._look:
            return
        mark = self.mark(path)
        self._looked[path] = now
        if self._marks.setdefault(path, mark) != mark:
            self._marks[path] = mark
            self._shut(path)
            self._failed.pop(path, None)
            self.broken.discard(path)
            for key in [key for key in self._seconds if key[0] == path]:
                self._held -= self._seconds.pop(key).nbytes

    def _second(self, path: Path, second: int) -> Samples:
        key = path, second
        if key in self._seconds:
            self._seconds.move_to_end(key)
            return self._seconds[key]
        decoder = self._decoder(path)
        made = resampled(decoder, second)
        if decoder.broken:
            self.broken.add(path)
        made.setflags(write=False)
        self._seconds[key] = made
        self._held += made.nbytes
        while self._held > self._budget and len(self._seconds) > 1:
            self._held -= self._seconds.popitem(last=False)[1].nbytes
        return made

    def _decoder(self, path: Path) -> Decoder:
        if path in self._failed:
            raise self._failed[path]
        if path not in self._open:
            try:
                self._open[path] = Decoder(path)
            except (av.error.FFmpegError, LookupError) as fault:
                self._failed[path] = fault
                raise
            if len(self._open) > OPEN:
                self._shut(next(iter(self._open)))
        self._open.move_to_end(path)
        return self._open[path]

    def _shut(self, path: Path) -> None:
        if (decoder := self._open.pop(path, None)) is not None:
            decoder.close()


def resampled(decoder: Decoder, second: int) -> Samples:
    """One second of a file at RATE."""
    rate = decoder.rate
    if rate == RATE:
        return decoder.read(second * rate, rate)
    step = rate // gcd(rate, RATE)
    margin = -(-max(64, rate // 500) // step) * step  # more than the filter is long, and whole samples on both sides
    block = decoder.read(second * rate - margin, rate + 2 * margin)
    lead = margin * RATE // rate
    return converted(block, rate)[lead : lead + RATE]


def converted(block: Samples, rate: int) -> Samples:
    """(n, 2) at `rate` -> the same at RATE."""
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block).reshape(1, -1), "flt", "stereo")
    frame.sample_rate = rate
    resampler = av.AudioResampler("flt", "stereo", RATE)
    parts = [part.to_ndarray().reshape(-1, 2) for part in (*resampler.resample(frame), *resampler.resample(None))]
    return np.concatenate(parts)
