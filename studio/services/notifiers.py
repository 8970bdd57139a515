"""Showing a notice on the desktop, with what each system has. No service: nothing is shown, and nothing fails.

What people wrote (a post's title) never becomes part of a command: it travels as a value of a message, as a word of
its own, or in the environment.
"""

from __future__ import annotations

import contextlib
import html
import sys
import threading
from dataclasses import dataclass
from typing import Any, Protocol

from studio.services.system_tool import Run, run

PROGRAM, DESKTOP = "Yigao", "yigao"
PATIENCE = 5.0  # seconds for the service's answer
BUS_NAME = "org.freedesktop.Notifications"
_TOAST = """
$ErrorActionPreference = 'Stop'
$m = [Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType = WindowsRuntime]
$x = $m::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$t = $x.GetElementsByTagName('text')
[void]$t.Item(0).AppendChild($x.CreateTextNode($env:YIGAO_NOTICE_TITLE))
[void]$t.Item(1).AppendChild($x.CreateTextNode($env:YIGAO_NOTICE_BODY))
$app = '{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe'
$m::CreateToastNotifier($app).Show([Windows.UI.Notifications.ToastNotification]::new($x))
"""
_SCRIPT = ("on run argv", "display notification (item 2 of argv) with title (item 1 of argv)", "end run")


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice, said. title: our own words. body: plain text, may hold anything people wrote; "" for none."""

    title: str
    body: str


class Notifier(Protocol):
    """show: True when the system took it; never raises. service: what shows notices here, "" when nothing does."""

    def show(self, notice: Shown) -> bool: ...

    def service(self) -> str: ...

    def close(self) -> None: ...


class Bus:
    """org.freedesktop.Notifications on the session's D-Bus. The connection stays: desktops take back the notices
    of a program that left.
    """

    def __init__(self) -> None:
        self._connection: Any = None
        self._guard = threading.Lock()

    def show(self, notice: Shown) -> bool:
        with self._guard:
            body = notice.body
            if "body-markup" in (self._ask("GetCapabilities") or [()])[0]:
                body = html.escape(body, quote=False)
            hints = {"desktop-entry": ("s", DESKTOP), "urgency": ("y", 1), "category": ("s", "transfer")}
            values: tuple[Any, ...] = (PROGRAM, 0, DESKTOP, notice.title, body, [], hints, -1)
            return self._ask("Notify", "susssasa{sv}i", values) is not None

    def service(self) -> str:
        with self._guard:
            answer = self._ask("GetServerInformation")
        return " ".join(str(part) for part in (answer[0], answer[2])).strip() if answer else ""

    def close(self) -> None:
        with self._guard:
            self._leave()

    def _ask(self, method: str, signature: str | None = None, values: tuple[Any, ...] = ()) -> tuple[Any, ...] | None:
        """The answer's values; None when there is no bus, no service, or it refused."""
        try:
            from jeepney import DBusAddress, MessageType, new_method_call

            to = DBusAddress("/org/freedesktop/Notifications", BUS_NAME, BUS_NAME)
            reply = self._joined().send_and_get_reply(new_method_call(to, method, signature, values), timeout=PATIENCE)
            answer: tuple[Any, ...] = reply.body
            return answer if reply.header.message_type is MessageType.method_return else None
        except Exception:  # a notice must never disturb what it tells about, whatever a desktop does
            self._leave()
            return None

    def _joined(self) -> Any:
        if self._connection is None:
            from jeepney.io.blocking import open_dbus_connection

            self._connection = open_dbus_connection("SESSION")
        return self._connection

    def _leave(self) -> None:
        if self._connection is not None:
            with contextlib.suppress(Exception):
                self._connection.close()
            self._connection = None


class Osascript:
    """macOS: a fixed script; title and body are words of their own."""

    def __init__(self, run: Run = run) -> None:
        self._run = run

    def show(self, notice: Shown) -> bool:
        lines = [word for line in _SCRIPT for word in ("-e", line)]
        return self._run(["osascript", *lines, notice.title, notice.body]).status == 0

    def service(self) -> str:
        """Every macOS has it; whether the person lets it show is theirs."""
        return "osascript"

    def close(self) -> None:
        return


class Toast:
    """Windows: a fixed script; title and body are in its environment and become text nodes, never markup."""

    def __init__(self, run: Run = run) -> None:
        self._run = run

    def show(self, notice: Shown) -> bool:
        words = ["powershell", "-NoProfile", "-NonInteractive", "-Command", _TOAST]
        more = {"YIGAO_NOTICE_TITLE": notice.title, "YIGAO_NOTICE_BODY": notice.body}
        return self._run(words, more).status == 0

    def service(self) -> str:
        """Every Windows that we run on has it."""
        return "Windows"

    def close(self) -> None:
        return


def own_notifier(system: str = sys.platform) -> Notifier:
    """The one of this computer."""
    if system == "win32":
        return Toast()
    return Osascript() if system == "darwin" else Bus()
