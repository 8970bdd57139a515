"""Starts a real tus 1.0 server (npm `@tus/server` with its file store) on loopback; it can be killed and started again.

The modules are installed once per lock and Node version into the user's cache folder, in seconds.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.servers.modules import Modules
from tests.servers.pds import free_ports, node, stop, wait_until_ready

SOURCE = Path(__file__).parent / "tus_modules"


class NoTus(Exception):
    """This machine cannot run the server; the text says what is missing."""


MODULES = Modules("tus", SOURCE, "tus server", NoTus, ("--omit=optional",))


class Tus:
    """A tus server whose uploads are files in `data`; `endpoint` is where they are made."""

    def __init__(self, folder: Path, most: int = 0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.data, self.log = folder / "data", folder / "tus.log"
        self.port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        self.endpoint = f"{self.url}/files"
        self._most = [str(most)] if most else []
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it on the port and with the uploads it had."""
        command = [node(), str(SOURCE / "server.mjs"), str(self.port), str(self.data), *self._most]
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                command, cwd=MODULES.installed(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        wait_until_ready(self.process, self.log)

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.kill()
        self.end()

    def end(self) -> None:
        """End it by its own way out."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def uploads(self) -> list[Path]:
        """The files that clients made, whole or not."""
        return sorted(path for path in self.data.iterdir() if path.suffix != ".json")

    def about(self, upload: Path) -> dict[str, Any]:
        """What the server keeps of an upload: size, metadata, ..."""
        return dict(json.loads(upload.with_suffix(".json").read_bytes()))


@contextlib.contextmanager
def running(folder: Path, most: int = 0) -> Iterator[Tus]:
    """A server whose whole state is in `folder`, stopped at the end. `most`: bytes it takes per upload."""
    server = Tus(folder, most)
    server.start()
    try:
        yield server
    finally:
        server.end()
