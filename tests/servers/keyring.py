"""Runs Python with a real Secret Service (gnome-keyring) on a D-Bus session of its own.

The keychain lies in a folder of the test's, so the person's own is never touched, and nothing
outlives the call. DISPLAY is taken away: a locked keychain then refuses at once instead of asking.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = ("gnome-keyring-daemon", "dbus-run-session", "dbus-send")
PASSWORD = "the keychain of a test"
HIDDEN = (
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "GNOME_KEYRING_CONTROL",
    "DBUS_SESSION_BUS_ADDRESS",
    "PYTHON_KEYRING_BACKEND",
)
PLACES = ("XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
HAS_OWNER = [
    *("dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus"),
    *("/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"),
]


class SecretService:
    """A keychain whose encrypted store is kept in `folder` between runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def missing(self) -> list[str]:
        """The programs this needs and does not find."""
        return [name for name in PROGRAMS if shutil.which(name) is None]

    def run(
        self, code: str, *arguments: str, locked: bool = False, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `code` as `python -c` with `arguments`; status, output and errors are in the result.

        `locked`: the keychain of earlier runs is there, but nobody unlocked it.
        """
        session = [sys.executable, "-m", "tests.servers.keyring", "locked" if locked else "unlocked"]
        return self._python(["dbus-run-session", "--", *session], code, arguments, environment)

    def run_without(
        self, code: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run `code` where there is no session bus and so no keychain at all."""
        return self._python([], code, arguments, environment)

    def _python(
        self, before: list[str], code: str, arguments: tuple[str, ...], extra: Mapping[str, str] | None
    ) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=ROOT, env=self._environment(extra or {}), capture_output=True, text=True)

    def _environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in HIDDEN}
        places = {name: str(self._private(name.lower())) for name in PLACES}
        return {**kept, **places, "DBUS_SESSION_BUS_ADDRESS": "disabled:", **extra}

    def _private(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def main(state: str, command: list[str]) -> int:
    """Inside the session: start the daemon, wait for it, run `command`, end the daemon; the command's status."""
    daemon = start_daemon(unlock=state == "unlocked")
    try:
        wait_for_name(daemon)
        return subprocess.run(command).returncode
    finally:
        daemon.terminate()
        daemon.wait()


def start_daemon(unlock: bool) -> subprocess.Popen[bytes]:
    """Start gnome-keyring in the foreground; the password goes in by standard input, without a newline."""
    control = Path(os.environ["XDG_RUNTIME_DIR"]) / "keyring"
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", f"--control-directory={control}"]
    daemon = subprocess.Popen(
        command + ["--unlock"] * unlock,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    if unlock:
        daemon.stdin.write(PASSWORD.encode())
    daemon.stdin.close()
    return daemon


def wait_for_name(daemon: subprocess.Popen[bytes]) -> None:
    """Until the daemon has its name on the bus; RuntimeError when it ended instead."""
    while b"true" not in subprocess.run(HAS_OWNER, capture_output=True).stdout:
        if daemon.poll() is not None:
            raise RuntimeError(f"gnome-keyring-daemon ended with {daemon.returncode}")
        time.sleep(0.05)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
