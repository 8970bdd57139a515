"""The system's own tools, run without a shell: systemctl, launchctl, schtasks, osascript, powershell."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

PATIENCE = 30.0  # seconds for one answer
_QUIET = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows: no black window flashes up


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool answered. status 127: there is no such tool, or it did not answer."""

    status: int
    out: str = ""
    err: str = ""


class Run(Protocol):
    """Runs one tool to its end; `more` is added to its environment."""

    def __call__(self, words: list[str], more: Mapping[str, str] | None = None) -> Answer: ...


def run(words: list[str], more: Mapping[str, str] | None = None) -> Answer:
    """The tool's answer. Each word reaches it as it is: nothing in between reads quotes, dollars or percents."""
    try:
        done = subprocess.run(
            words, capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE,
            stdin=subprocess.DEVNULL, env={**os.environ, **(more or {})}, creationflags=_QUIET,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Answer(127, err="timeout")
    except OSError as fault:
        return Answer(127, err=fault.strerror or type(fault).__name__)
    return Answer(done.returncode, done.stdout, done.stderr)
