"""A shaken film made steady: vid.stab, by the ffmpeg program that comes with imageio-ffmpeg (PyAV's has no vid.stab).

Two passes: the first measures how the camera moved, the second moves the pictures against it. The result is a film of
its own: upright, 8-bit 4:2:0 at the same moments, with the sound of the stretch, beginning where the stretch began.
What was see-through is not any more.
"""

from __future__ import annotations

import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import IO, Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.task import Task
from studio.media.clips import _whitelist as formats
from studio.media.video.info import Info
from studio.media.video.reader import Reader

MEASURED = "motion.trf"  # in a folder of its own, in which the program runs: no path of ours is in a filter's arguments
HALF = Fraction(1, 2)
PICTURE = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "14", "-g", "15", "-pix_fmt", "yuv420p")
SOUND = ("-c:a", "pcm_s16le")


def stabilise(
    path: Path, target: Path, task: Task[Any] | None = None, *, start: Time = Fraction(0), end: Time | None = None,
    smoothing: Time = HALF, shakiness: int = 5, tripod: bool = False,
) -> Path:
    """Writes the steady film to `target` (.mkv) and gives it.

    start, end  the stretch, in seconds of the source; end None: all of it
    smoothing   seconds before and behind that a picture's place is evened out over
    shakiness   1 (a little, fast) to 10 (a lot, slow);  tripod: as if the camera had not moved at all

    Refused: that of `Reader`, video.nothing_to_stabilise, video.stabilise_failed. Cancelled. No half file stays.
    """
    info = _info(path)
    rate = info.rate or Fraction(30)
    length = (end if end is not None else info.duration or Fraction(0)) - start
    if start < 0 or length * rate < 2:
        raise Refused(error("video.nothing_to_stabilise", "media", name=path.name))
    detect = f"vidstabdetect=result={MEASURED}:shakiness={min(10, max(1, shakiness))}:accuracy=15"
    frames = min(1000, max(1, round(smoothing * rate)))
    transform = f"vidstabtransform=input={MEASURED}:smoothing={frames}:optzoom=1:crop=black:interpol=bicubic"
    if tripod:
        detect, transform = f"{detect}:tripod=1", f"{transform}:tripod=1"
    part = target.with_name(f"{target.name}.{new_id()}.part")
    given = _given(path, start, length)
    try:
        with tempfile.TemporaryDirectory(prefix="steady-") as folder:
            run([*given, "-an", "-vf", detect, "-f", "null", "-"], Path(folder), length, task, Fraction(0), path.name)
            written = ["-vf", transform, "-fps_mode", "passthrough", *PICTURE, *(SOUND if info.sound else ("-an",))]
            out = ["-map_metadata", "-1", "-f", "matroska", f"file:{part.absolute()}"]
            run([*given, *written, *out], Path(folder), length, task, HALF, path.name)
        os.replace(part, target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return target


def _info(path: Path) -> Info:
    reader = Reader(path)
    try:
        return reader.info
    finally:
        reader.close()


def _given(path: Path, start: Time, length: Time) -> list[str]:
    """What is read: this file only, by what it is, never what it refers to."""
    only = ["-protocol_whitelist", "file", "-format_whitelist", formats()]
    return [*only, "-ss", f"{float(start):.6f}", "-t", f"{float(length):.6f}", "-i", f"file:{path.absolute()}",
            "-map", "0:V:0", "-map", "0:a:0?"]


def run(
    args: Sequence[str], folder: Path, length: Time, task: Task[Any] | None, done: Time, name: str
) -> None:
    """One pass of the program, of two. done: how much was done before it. Refused when it fails; Cancelled."""
    command = [_program(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", "-progress", "pipe:1", *args]
    with (folder / "said.txt").open("w+b") as said:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        try:
            assert process.stdout is not None
            _watch(process.stdout, length, task, done)
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            assert process.stdout is not None
            process.stdout.close()
        if code:
            raise Refused(error("video.stabilise_failed", "media", name=name, reason=_reason(said)))


def _watch(lines: IO[bytes], length: Time, task: Task[Any] | None, done: Time) -> None:
    """Follows what the program says of its progress until it says nothing more; a cancel is seen even while it is
    silent."""
    said: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_read, args=(lines, said), daemon=True).start()
    at = Fraction(0)
    while True:
        try:
            line = said.get(timeout=0.1)
        except queue.Empty:
            line = b"-"
        if not line:
            return
        key, _, value = line.partition(b"=")
        if key == b"out_time_us" and value.strip().isdigit():
            at = min(Fraction(1), Fraction(int(value), 1_000_000) / length)
        if task is not None:
            task.progress(float(done + at * HALF))


def _read(lines: IO[bytes], said: queue.Queue[bytes]) -> None:
    with suppress(ValueError, OSError):  # closed under us: the program was stopped
        for line in lines:
            said.put(line)
    said.put(b"")


def _program() -> str:
    import imageio_ffmpeg

    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as fault:
        raise Refused(error("video.stabilise_failed", "media", name="", reason="ffmpeg")) from fault


def _reason(said: IO[bytes]) -> str:
    """The last thing the program complained of."""
    said.seek(0)
    lines = said.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else "ffmpeg"
