"""How far apart a film's key frames lie: read from the file's own index, else from its first packets."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import av.error

from studio.core.opentime import Time
from studio.media.clips import opened, picture_stream

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

LOOK = 20  # seconds of packets that are looked at where the file has no index


def key_distance(path: Path) -> Time:
    """The most seconds between two key frames (and to the end of what was looked at); 0 when all are key frames.

    av.error.FFmpegError when the file cannot be read, ValueError when it has no picture.
    """
    with opened(path) as container:
        stream = picture_stream(container)
        if stream is None or stream.time_base is None:
            raise ValueError(f"{path.name} has no picture")
        keys, every = _indexed(stream)
        if not keys:
            keys, every = _read(container, stream)
        if len(keys) == every:
            return Time(0)
        widest = max((b - a for a, b in pairwise([*keys, *_end(stream, keys)])), default=0)
        return widest * stream.time_base


def _indexed(stream: VideoStream) -> tuple[list[int], int]:
    """Times of the key frames and the number of all frames, where the file lists every frame."""
    entries = list(stream.index_entries)
    if len(entries) < max(2, stream.frames):
        return [], 0
    return [entry.timestamp for entry in entries if entry.is_keyframe], len(entries)


def _read(container: InputContainer, stream: VideoStream) -> tuple[list[int], int]:
    keys, every = list[int](), 0
    try:
        for packet in container.demux(stream):
            at = packet.dts
            if at is None:
                continue
            every += 1
            if packet.is_keyframe:
                keys.append(at)
            if keys and stream.time_base and (at - keys[0]) * stream.time_base > LOOK:
                break
        else:
            return keys, every
    except av.error.FFmpegError:
        pass  # cut off: what was read must do
    return ([*keys, at] if keys and at is not None else keys), every


def _end(stream: VideoStream, keys: list[int]) -> list[int]:
    """Where the film ends, if it says so and the key frames were all seen."""
    end = (stream.start_time or 0) + (stream.duration or 0)
    return [end] if stream.duration and keys and keys[-1] < end else []
