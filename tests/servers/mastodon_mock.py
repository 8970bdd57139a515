"""Starts `mastodon_mock` (PyPI, MIT), a Mastodon API server by others: a second reading of the API beside our own.

It has packages of its own, so it is installed once per lock and Python into the user's cache folder, in half a minute.
`requirements.lock` beside requirements.in is made with
`uv pip compile requirements.in --universal --generate-hashes --python-version 3.11 --no-header -o requirements.lock`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from filelock import FileLock

from tests.servers.pds import CACHE, free_ports

SOURCE = Path(__file__).parent / "mastodon_mock_modules"
TOKEN = "mock_token"
TRIES = 300  # looks whether it answers; it takes about two seconds


class NoMock(Exception):
    """This machine cannot run the server; the text says what is missing."""


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a server that keeps everything in memory, stopped at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_ports(1)[0]
    url = f"http://127.0.0.1:{port}"
    command = [
        str(_python(installed())), "-m", "mastodon_mock", "serve", "--in-memory", "--host", "127.0.0.1",
        "--port", str(port), "--domain", f"127.0.0.1:{port}",
    ]
    with open(folder / "mock.log", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _wait(process, url, folder / "mock.log")
            yield url
        finally:
            process.terminate()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(TRIES):
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/api/v2/instance", trust_env=False).is_success:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise NoMock(f"mastodon_mock ended while starting: {log.read_text(errors='replace')[-2000:]}")


def installed() -> Path:
    """The virtual environment for the committed lock, made on first use."""
    lock = hashlib.sha256((SOURCE / "requirements.lock").read_bytes()).hexdigest()[:12]
    target = CACHE / f"mastodon-mock-py{sys.version_info.major}{sys.version_info.minor}-{lock}"
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock"):
        if not (target / ".whole").exists():
            _install(target)
    return target


def _install(target: Path) -> None:
    """From scratch: what an interrupted install left behind is thrown away."""
    shutil.rmtree(target, ignore_errors=True)
    pip = [str(_python(target)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in (
        [sys.executable, "-m", "venv", str(target)],
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(SOURCE / "requirements.lock")],
    ):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise NoMock(f"mastodon_mock cannot be installed here: {(done.stderr or done.stdout)[-2000:]}")
    (target / ".whole").touch()


def _python(target: Path) -> Path:
    return target / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
