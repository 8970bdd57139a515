"""A voice-over as it is spoken: a WAV file that is whole at any moment, with its level and its place in time.

What comes is appended and the header follows twice a second. When the program dies, the samples after the last header
are still in the file: `repair` makes them count.
"""

from __future__ import annotations

import math
import os
import struct
import threading
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO

BYTES = 3  # of a sample: 24 bits keep what a quiet microphone says
HEADER = 44
MOST = 0xFFFFFFFF - HEADER - 8  # bytes of sound that a WAV file can tell of
OFTEN = 2  # times a second that the header is written
FORMATS = {"u8": "<u1", "s16": "<i2", "s32": "<i4", "f32": "<f4"}
QUIET = -120.0


@dataclass(frozen=True, slots=True)
class Level:
    """Of the last block. peak, rms: dB below full scale, QUIET at least; clipped: it was too loud to be kept."""

    peak: float = QUIET
    rms: float = QUIET
    clipped: bool = False


class Recording:
    """Use it from any thread. Close it when it is over; what was written is there in any case."""

    def __init__(self, path: Path, rate: int, channels: int, sample: str = "s16") -> None:
        """path: a new file; sample: how they come, one of FORMATS. OSError when it cannot be made."""
        self.path, self.rate, self.channels = path, rate, channels
        self.level, self.clipped = Level(), False
        self._type = np.dtype(FORMATS[sample])
        self._rest, self._frames, self._told = b"", 0, 0
        self._lock = threading.Lock()
        self._file: BinaryIO | None = path.open("xb")
        self._file.write(_header(rate, channels, 0))
        self._file.flush()

    @property
    def seconds(self) -> Time:
        """How long it is by now."""
        return Fraction(self._frames, self.rate)

    def feed(self, data: bytes) -> Level:
        """What the microphone gave, channels interleaved, of any length. The level of it.

        Refused: video.recording_stopped, when the disk is full or the file as large as it can be. What was said
        before is kept.
        """
        with self._lock:
            if self._file is None:
                return self.level
            data, size = self._rest + data, self._type.itemsize * self.channels
            whole = len(data) // size * size
            self._rest = data[whole:]
            if whole:
                self._write(self._file, _floats(np.frombuffer(data[:whole], self._type)))
            return self.level

    def close(self) -> None:
        """The file is whole and on disk. Again: nothing."""
        with self._lock:
            if self._file is not None:
                file, self._file = self._file, None
                try:
                    self._tell(file)
                    os.fsync(file.fileno())
                finally:
                    file.close()

    def _write(self, file: BinaryIO, samples: npt.NDArray[np.float32]) -> None:
        self.level = level(samples)
        self.clipped |= self.level.clipped
        packed = _packed(samples)
        try:
            if (self._frames * self.channels * BYTES) + len(packed) > MOST:
                raise OSError("as large as a WAV file can be")
            file.seek(0, os.SEEK_END)
            file.write(packed)
            self._frames += len(samples) // self.channels
            if self._frames - self._told >= self.rate // OFTEN:
                self._tell(file)
        except OSError as fault:
            self._file = None
            self._give_up(file)
            raise Refused(error("video.recording_stopped", "voice", seconds=int(self.seconds))) from fault

    def _tell(self, file: BinaryIO) -> None:
        """The header says how much there is."""
        file.seek(0)
        file.write(_header(self.rate, self.channels, self._frames * self.channels * BYTES))
        file.flush()
        self._told = self._frames

    def _give_up(self, file: BinaryIO) -> None:
        try:
            file.close()
        except OSError:
            pass  # what could not be flushed is lost; `repair` counts what is there
        repair(self.path)


def repair(path: Path) -> Time | None:
    """Makes the header of a recording say what is really there. Its length in seconds; None when it is none of ours.

    Does nothing to one that is right. OSError when it cannot be read or written.
    """
    size = path.stat().st_size
    with path.open("r+b") as file:
        head = file.read(HEADER)
        if len(head) < HEADER or head[:4] != b"RIFF" or head[8:16] != b"WAVEfmt " or head[36:40] != b"data":
            return None
        channels, rate = struct.unpack("<HI", head[22:28])
        if not channels or not rate or struct.unpack("<H", head[34:36])[0] != BYTES * 8:
            return None
        frames = (size - HEADER) // (channels * BYTES)
        right = _header(rate, channels, frames * channels * BYTES)
        if head != right or size != HEADER + frames * channels * BYTES:
            file.truncate(HEADER + frames * channels * BYTES)
            file.seek(0)
            file.write(right)
    return Fraction(frames, rate)


def level(samples: npt.NDArray[np.float32]) -> Level:
    """How loud a block is; samples of any shape."""
    if not samples.size:
        return Level()
    peak, rms = float(np.abs(samples).max()), float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
    return Level(_decibels(peak), _decibels(rms), peak >= 0.999)


def placed(at: Time, length: Time, latency: Time) -> tuple[Time, Time, Time]:
    """Where a recording lies on the timeline: (begin, start in the file, duration).

    at: the playhead when recording began; latency: seconds from when a sound was to be heard until it came back through
    the microphone. What was recorded before the first sound could have been answered is left out.
    """
    start = min(max(ZERO, latency), length)
    return at, start, length - start


def delay(played: npt.NDArray[np.float32], heard: npt.NDArray[np.float32], rate: int) -> Time | None:
    """Seconds by which `heard` comes after `played` (both (n,)): the latency of this machine, measured with a few
    clicks. None when they have nothing in common."""
    size = 1 << (len(played) + len(heard)).bit_length()
    common = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)[: len(heard)]
    top = int(np.argmax(np.abs(common))) if len(common) else 0
    energy = float(np.linalg.norm(played) * np.linalg.norm(heard))
    clear = energy > 0 and abs(float(common[top])) > 0.2 * energy
    return Fraction(top, rate) if clear else None


def _floats(samples: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
    whole = 0.0, 2.0 ** (samples.itemsize * 8 - 1)
    middle, full = {"f": (0.0, 1.0), "u": (128.0, 128.0)}.get(samples.dtype.kind, whole)
    even: npt.NDArray[np.float32] = ((samples.astype(np.float64) - middle) / full).astype(np.float32)
    return np.nan_to_num(even)


def _packed(samples: npt.NDArray[np.float32]) -> bytes:
    """24-bit little-endian integers."""
    whole = np.clip(np.rint(samples.astype(np.float64) * 8388608), -8388608, 8388607).astype("<i4")
    return whole.view(np.uint8).reshape(-1, 4)[:, :BYTES].tobytes()


def _header(rate: int, channels: int, data: int) -> bytes:
    frame = channels * BYTES
    return (b"RIFF" + struct.pack("<I", HEADER - 8 + data) + b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * frame, frame, BYTES * 8)
            + b"data" + struct.pack("<I", data))


def _decibels(value: float) -> float:
    return max(QUIET, 20 * math.log10(value)) if value > 0 else QUIET
