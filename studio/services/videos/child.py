"""A program that works for us: its lines one by one, ended with everything it started when the task is cancelled."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, Any

from studio.core.task import Task

QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no black window flashes up
TICK, PATIENCE = 0.1, 5.0  # seconds between two looks at the task; until a child that was asked to end is killed
TAIL = 12  # lines of complaint that are kept


class Child:
    """One run. `lines` gives what it prints; afterwards `status` and `complaint` say how it ended."""

    def __init__(self, words: Sequence[str], task: Task[Any], more: Mapping[str, str] | None = None) -> None:
        self._words, self._task, self._more = list(words), task, dict(more or {})
        self.status = 127
        self.complaint = ""

    def lines(self, told: str = "", idle: Callable[[], None] = lambda: None) -> Iterator[str]:
        """Its lines as they come. told: what it reads; its input stays open until it ends. idle: called meanwhile.

        Raises Cancelled when the task was cancelled, after the program and what it started are gone.
        """
        with tempfile.TemporaryFile() as errors:
            process = self._start(errors)
            try:
                yield from self._read(process, told, idle)
                self.status = process.wait(PATIENCE)
            finally:
                _end(process)
                self.status = process.returncode
                self.complaint = _last(errors)

    def _start(self, errors: IO[bytes]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8",
            errors="replace", env={**os.environ, **self._more}, creationflags=QUIET, start_new_session=True,
        )  # fmt: skip

    def _read(self, process: subprocess.Popen[str], told: str, idle: Callable[[], None]) -> Iterator[str]:
        found: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=_pour, args=(process.stdout, found), daemon=True).start()
        if told and process.stdin is not None:
            with suppress(OSError):  # it ended at once; its complaint says why
                process.stdin.write(told)
                process.stdin.flush()
        while True:
            self._task.check()
            try:
                line = found.get(timeout=TICK)
            except queue.Empty:
                idle()
                continue
            if line is None:
                return
            yield line


def _pour(pipe: IO[str] | None, found: queue.Queue[str | None]) -> None:
    with suppress(ValueError, OSError):  # closed under our hands
        for line in pipe or ():
            found.put(line.rstrip("\r\n"))
    found.put(None)


def _end(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None and process.poll() is None and pipe is process.stdin:
                pipe.close()
    if process.poll() is None:
        _signal(process, hard=False)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    if process.poll() is None:
        _signal(process, hard=True)
        process.wait()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            if pipe is not None:
                pipe.close()


def _signal(process: subprocess.Popen[str], hard: bool) -> None:
    """To the program and what it started; it leads a group of its own."""
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL if hard else signal.SIGTERM)
        else:
            process.kill()


def _last(errors: IO[bytes]) -> str:
    errors.seek(0)
    tail = deque((line for line in errors if line.strip()), TAIL)
    return b"".join(tail).decode("utf-8", "replace").strip()
