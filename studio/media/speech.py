"""What is said in a film, as engines want to hear it: one channel at 16 kHz, in the film's own clock."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.container import InputContainer

HZ = 16_000
DRIFT = HZ // 20  # samples that a frame may come late before silence is put in its place
BLOCK = b"\0\0" * HZ
LONGEST = 6 * 3600 * HZ  # samples
QUIET = 600 * HZ  # samples: a longer silence is a timestamp gone mad and would fill the disk; it is heard up to there


def write_speech(path: Path, target: Path, progress: Callable[[Time], None] = lambda _: None) -> Time:
    """The first sound of a film into a WAV file; gives its length in seconds.

    Sample 0 is the film's first moment: sound that begins later has silence before it. progress: seconds done.
    Refused with video.no_speech when there is no sound, media.unreadable when it cannot be read.
    """
    import av.error

    from studio.media.clips import opened

    try:
        with opened(path) as container, wave.open(str(target), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(HZ)
            return _copy(container, path, file, progress)
    except (av.error.FFmpegError, ValueError) as fault:
        raise Refused(error("media.unreadable", "media", name=path.name)) from fault


def _copy(container: InputContainer, path: Path, file: wave.Wave_write, progress: Callable[[Time], None]) -> Time:
    if not container.streams.audio:
        raise Refused(error("video.no_speech", "media", name=path.name))
    done = 0
    for start, data in _pieces(container):
        late = start - done
        if late > QUIET:
            break
        if late > DRIFT:
            for _ in range(late // HZ):
                file.writeframesraw(BLOCK)
            file.writeframesraw(BLOCK[: late % HZ * 2])
            done += late
        file.writeframesraw(data)
        done += len(data) // 2
        progress(Time(done, HZ))
        if done >= LONGEST:
            break
    return Time(done, HZ)


def _pieces(container: InputContainer) -> Iterator[tuple[int, bytes]]:
    """(first sample by its timestamp, samples) of what decodes; a broken packet is passed over."""
    import av
    import av.error

    stream = container.streams.audio[0]
    resampler = av.AudioResampler(format="s16", layout="mono", rate=HZ)
    at = 0
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.error.InvalidDataError:
            continue
        for frame in frames:
            at = _begin(frame, at)
            frame.pts = None  # the resampler would else fill gaps its own way
            for piece in resampler.resample(frame):
                yield at, piece.to_ndarray().tobytes()
                at += piece.samples


def _begin(frame: AudioFrame, expected: int) -> int:
    return max(0, round(frame.pts * frame.time_base * HZ)) if frame.pts is not None and frame.time_base else expected
