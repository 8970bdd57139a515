"""Programs that work for us: their lines, their end, and their end before its time."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import pytest

from studio.core.errors import Cancelled
from studio.core.task import Task
from studio.core.words import N
from studio.services.videos.child import Child


def task() -> Task[Any]:
    return Task(N("test", "test"), "render", time.monotonic)


def python(code: str, job: Task[Any] | None = None) -> Child:
    return Child([sys.executable, "-c", code], job or task(), {"SAID": "so"})


def test_lines_status_and_complaint():
    code = "import os, sys; print(os.environ['SAID']); print(input()); print('oh', file=sys.stderr); sys.exit(4)"
    child = python(code)
    assert list(child.lines("hello 今天\n")) == ["so", "hello 今天"]
    assert (child.status, child.complaint) == (4, "oh")


def test_a_program_that_reads_nothing_or_prints_a_lot_does_not_hang():
    child = python("print('x' * 100000)\nprint('y')")
    assert [len(line) for line in child.lines("a" * 1000)] == [100000, 1] and child.status == 0


@pytest.mark.skipif(os.name != "posix", reason="looks at processes as POSIX has them")
def test_cancelling_ends_what_it_started_too():
    job = task()
    code = ("import subprocess, sys, time\n"
            "one = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
            "print(one.pid, flush=True)\ntime.sleep(60)")  # fmt: skip
    child = python(code, job)
    found = 0
    with pytest.raises(Cancelled):
        for line in child.lines():
            found = int(line)
            job.cancel()
    deadline = time.monotonic() + 10
    while alive(found) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found and not alive(found) and child.status != 0


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits for its parent to look does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_idle_is_called_while_it_works():
    calls = []
    assert list(python("import time; time.sleep(.5)").lines(idle=lambda: calls.append(1))) == []
    assert calls


def test_one_that_is_not_there_is_told():
    with pytest.raises(OSError):
        list(Child(["no-such-program-at-all"], task()).lines())
