"""Proxies: small films of key frames only that stand in for heavy ones while somebody edits. Never for export.

A proxy has a picture for every picture of its film, at the same moment, upright, in square pixels, SDR; no sound.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import av.error

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.task import Task
from studio.media.export.part import is_full, part, sweep
from studio.media.video.chain import Chains
from studio.media.video.head import Head
from studio.media.video.index import key_distance
from studio.media.video.info import Info, grain_note, info_of
from studio.media.video.normal import normal
from studio.media.video.reader import Reader, identity

if TYPE_CHECKING:
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

SIDE, LONGEST = 540, 1920  # px of the shorter side; of the longer one, however long a strip the film is
SPEED = 350e6  # pixels a second that two cores decode of H.264
DEAR = {"hevc": 1.6, "vp9": 1.4, "av1": 1.6, "libdav1d": 1.6, "libvpx-vp9": 2.0, "prores": 1.6, "png": 4.0, "ffv1": 3.0}
MOST = 20_000_000_000
SEEK, STEP = 0.1, 0.012  # seconds that a seek and the next picture may take without a proxy
# Measured on 1080p with grain: a random picture takes 1.2 ms (motion JPEG: 2.0) and a second 0.9 MB (2.4).
CODEC = {"preset": "ultrafast", "tune": "fastdecode", "crf": "23", "threads": "1"}


class Proxies:
    """The proxies in one folder of the cache. Safe from any thread; making one is a job for one thread."""

    def __init__(self, folder: Path, most: int = MOST) -> None:
        """folder: is made when the first proxy is. What a killed studio left half done in it goes.

        most: bytes that all of them may take; those not used for longest give way to a new one
        """
        self.folder, self._most = folder, most
        self._light: set[tuple[str, int, int]] = set()
        sweep(folder)

    def proxy_for(self, path: Path) -> Path | None:
        """The proxy of a film as it is now, if one was made."""
        try:
            proxy = self._place(identity(path))
        except Refused:
            return None
        return proxy if proxy.is_file() else None

    def wanted(self, path: Path) -> bool:
        """True when a film is heavy and has no proxy yet; remembered, for it opens the film. False for what no reader
        can read."""
        try:
            key = identity(path)
            if key in self._light or self._place(key).is_file():
                return False
            with_info = Reader(path)
            with_info.close()
            if heavy(with_info.info, key_distance(path)):
                return True
        except (Refused, av.error.FFmpegError, ValueError):
            return False
        self._light.add(key)
        return False

    def make(self, path: Path, task: Task[Any]) -> Path:
        """Makes the proxy of a film, or gives the one that is there. Nothing is left of one that was not finished.

        Refused: as by `Reader`, video.proxy_see_through, video.export_full. Cancelled when somebody asked to stop.
        """
        target = self._place(identity(path))
        if target.is_file():
            return target
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part(target) as unfinished:
                _gently(lambda: _write(path, unfinished, task))
        except (OSError, av.error.FFmpegError, ValueError) as fault:
            code = "video.export_full" if is_full(fault) else "video.proxy_failed"
            raise Refused(error(code, "media", name=path.name)) from fault
        self._tidy(target)
        return target

    def _tidy(self, new: Path) -> None:
        found = sorted((-file.stat().st_atime_ns, file) for file in self.folder.glob("*.proxy.mp4") if file != new)
        kept = new.stat().st_size
        for _, file in found:
            kept += file.stat().st_size
            if kept > self._most:
                with suppress(OSError):  # in use on Windows: next time
                    file.unlink(missing_ok=True)

    def _place(self, key: tuple[str, int, int]) -> Path:
        name = hashlib.blake2b(repr(key).encode(), digest_size=16).hexdigest()
        return self.folder / f"{name}.proxy.mp4"


def heavy(info: Info, distance: Time) -> bool:
    """Whether a film is too slow to look about in. distance: seconds between key frames."""
    if info.alpha:
        return False  # a proxy has no alpha
    one = info.coded_width * info.coded_height * DEAR.get(info.codec, 1.0) / SPEED
    if re.search(r"1[0246](le|be)$", info.fmt):
        one *= 1.5
    return one > STEP or float(distance * (info.rate or 30)) * one > SEEK


def small(info: Info) -> tuple[int, int]:
    """The size of a film's proxy in px: even, and never larger than the film."""
    scale = min(1.0, SIDE / min(info.width, info.height), LONGEST / max(info.width, info.height))
    width, height = (max(2, 2 * round(side * scale / 2)) for side in (info.width, info.height))
    return width, height


def _gently(work: Callable[[], None]) -> None:
    """In a thread that gives way to who plays meanwhile, where the system can tell threads apart."""
    with ThreadPoolExecutor(1, "proxy", _give_way) as pool:
        pool.submit(work).result()


def _give_way() -> None:
    if sys.platform == "linux":  # what this thread starts (the decoder's own) gives way, too
        me = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, me, max(10, os.getpriority(os.PRIO_PROCESS, me)))


def _write(path: Path, target: Path, task: Task[Any]) -> None:
    head = Head(path)
    try:
        pictures = head.pictures()
        first = next(pictures, None)
        if first is None:
            raise Refused(error("media.unreadable", "media", name=path.name))
        info = info_of(path, head.container, head.stream, first.frame, first.at)
        if info.alpha:
            raise Refused(error("video.proxy_see_through", "media", name=path.name))
        with av.open(str(target), "w", format="mp4") as file:
            file.metadata["comment"] = grain_note(info.grain)
            stream = _stream(file, info)
            for frame in _frames(first.frame, first.at, pictures, info, task):
                file.mux(stream.encode(frame))
            file.mux(stream.encode(None))
    finally:
        head.close()


def _stream(file: av.container.OutputContainer, info: Info) -> VideoStream:
    rate = info.rate if info.rate is not None and 1 <= info.rate <= 1000 else Fraction(30)
    stream = file.add_stream("libx264", rate, options=CODEC)
    assert isinstance(stream, av.VideoStream)
    stream.width, stream.height = small(info)
    stream.pix_fmt = "yuv420p"
    context = stream.codec_context
    context.time_base = stream.time_base = info.tick
    context.gop_size, context.max_b_frames = 1, 0
    context.colorspace = context.color_range = context.color_primaries = context.color_trc = 1
    return stream


def _frames(
    frame: VideoFrame, zero: int, rest: Iterator[Any], info: Info, task: Task[Any]
) -> Iterator[VideoFrame]:
    """Every picture small and plain, its time counted from the first."""
    width, height = small(info)
    # Its last steps change nothing, unless the film changes its shape midway.
    chains, steps = Chains(), [*normal(info, (width, height)), ("scale", f"{width}:{height}"), ("format", "yuv420p")]
    length = float((info.duration or 0) / info.tick)
    at = zero
    while True:
        done = chains.run("proxy", steps, frame)
        done.pts, done.time_base = at - zero, info.tick
        done.pict_type = 0
        yield done
        task.progress((at - zero) / length if length else None)
        following = next(rest, None)
        if following is None:
            return
        at, frame = following.at, following.frame
