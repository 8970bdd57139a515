"""A notification service on a D-Bus session of its own: writes every notice it receives as a line of JSON.

    with Session(folder) as session:        # starts dbus-daemon; session.address for DBUS_SESSION_BUS_ADDRESS
        with session.service():             # somebody shows notices
            ...
        session.notices()

The service runs as `python -m tests.servers.notifications FILE`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, new_method_call, new_method_return
from jeepney.io.blocking import open_dbus_connection

ROOT = Path(__file__).resolve().parent.parent.parent
NAME = "org.freedesktop.Notifications"
FIELDS = ("program", "replaces", "icon", "title", "body", "actions", "hints", "expires")


class Session:
    """A private session bus; nothing of it outlives the `with`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "notices.jsonl"
        self.address = ""
        self._daemon: subprocess.Popen[str] | None = None

    @staticmethod
    def missing() -> bool:
        return shutil.which("dbus-daemon") is None

    def __enter__(self) -> Session:
        self._daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1",
             f"--address=unix:path={self.folder}/bus"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._daemon.stdout is not None
        self.address = self._daemon.stdout.readline().strip()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._daemon is not None and self._daemon.stdout is not None
        self._daemon.stdout.close()
        self._daemon.terminate()
        self._daemon.wait()

    @contextmanager
    def service(self, markup: bool = True) -> Iterator[None]:
        """Somebody shows notices, as long as this lasts."""
        command = [sys.executable, "-m", "tests.servers.notifications", str(self.file), "markup" if markup else "plain"]
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield
        finally:
            process.stdout.close()
            process.terminate()
            process.wait()

    def notices(self) -> list[dict[str, Any]]:
        """What was received so far, oldest first."""
        if not self.file.exists():
            return []
        return [json.loads(line) for line in self.file.read_text(encoding="utf-8").splitlines()]

    def wait(self, count: int) -> list[dict[str, Any]]:
        """Until that many notices came."""
        for _ in range(1200):
            if len(found := self.notices()) >= count:
                return found
            time.sleep(0.05)
        raise TimeoutError(f"{len(self.notices())} of {count} notices came")


def serve(file: Path, markup: bool) -> None:
    """Answers until it is ended."""
    bus = open_dbus_connection("SESSION")
    driver = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
    assert bus.send_and_get_reply(new_method_call(driver, "RequestName", "su", (NAME, 0))).body == (1,)
    print("ready", flush=True)
    number = 0
    while True:
        message = bus.receive()
        member = message.header.fields.get(HeaderFields.member)
        if member == "Notify":
            number += 1
            record = dict(zip(FIELDS, message.body, strict=True))
            with file.open("a", encoding="utf-8") as out:
                record["sender"] = message.header.fields[HeaderFields.sender]
                out.write(json.dumps(record, default=len) + "\n")  # of a picture only how long it is
            bus.send(new_method_return(message, "u", (number,)))
        elif member == "GetCapabilities":
            bus.send(new_method_return(message, "as", (["body", *(["body-markup"] if markup else [])],)))
        elif member == "GetServerInformation":
            bus.send(new_method_return(message, "ssss", ("Recorder", "tests", "1.0", "1.2")))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2] == "markup")
