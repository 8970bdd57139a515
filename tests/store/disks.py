"""Real disks of a test: small ones that fill up, and ones that cannot be written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@contextmanager
def disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of its own of `size` ("1m"), in memory. Skips where mounting is not allowed (needs root)."""
    place.mkdir()
    if not _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)):
        pytest.skip("mounting a file system is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """The folder can be read and not written. For root, whom rights do not stop, by a read-only mount over it."""
    with _mounted_read_only(folder) if os.geteuid() == 0 else _without_rights(folder):
        yield


@contextmanager
def _mounted_read_only(folder: Path) -> Iterator[None]:
    if not _mount("--bind", str(folder), str(folder)):
        pytest.skip("mounting a file system is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    with ExitStack() as stack:
        for path in [*folder.rglob("*"), folder]:
            mode = path.stat().st_mode
            stack.callback(path.chmod, mode)
            path.chmod(mode & ~0o222)
        yield
