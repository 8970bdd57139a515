"""A desktop's panel on a D-Bus session: takes tray icons (StatusNotifierItem) and uses their menus like a person.

    with Panel(address) as panel:
        panel.item()               # {"title", "tip", "status"} of the icon, once there is one
        panel.menu()               # ["Next 18:30 · Road book", "Open Yigao", ...]
        panel.choose("Open Yigao")
        panel.click()              # on the icon itself

The panel runs as `python -m tests.servers.panel` and answers one line of JSON per line of input.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ROOT = Path(__file__).resolve().parent.parent.parent
WATCHER, ITEM, MENU = "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"


class Panel:
    """The test's side."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __enter__(self) -> Panel:
        environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self._address}
        self._process = subprocess.Popen([sys.executable, "-m", "tests.servers.panel"], cwd=ROOT, env=environment,
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._ask({"do": "ready"}) == "ready"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def item(self) -> dict[str, str]:
        """The icon, once it is there."""
        return self._until(lambda: self._ask({"do": "item"}))

    def menu(self) -> list[str]:
        """What its menu has now."""
        return self._until(lambda: self._ask({"do": "menu"}))

    def wait_for(self, text: str) -> list[str]:
        """Until the menu has that entry."""
        return self._until(lambda: menu if text in (menu := self.menu()) else None)

    def choose(self, text: str) -> None:
        """Click an entry."""
        self.wait_for(text)
        assert self._ask({"do": "choose", "text": text})

    def click(self) -> None:
        """Click the icon."""
        self.item()
        assert self._ask({"do": "click"})

    def _ask(self, what: dict[str, str]) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    @staticmethod
    def _until(look: Callable[[], Any]) -> Any:
        for _ in range(600):
            if found := look():
                return found
            time.sleep(0.1)
        raise TimeoutError("the tray icon did not come, or its menu never had that entry")


class Watcher:
    """The panel's side: a watcher and a host in one."""

    def __init__(self) -> None:
        self._bus = open_dbus_connection("SESSION")
        driver = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        assert self._bus.send_and_get_reply(new_method_call(driver, "RequestName", "su", (WATCHER, 0))).body == (1,)
        self._talk: DBusConnection = open_dbus_connection("SESSION")  # asks while the other one answers
        self._owner = ""

    def run(self) -> None:
        """Until standard input ends."""
        while True:
            ready, _, _ = select.select([sys.stdin, self._bus.sock], [], [])
            if self._bus.sock in ready:
                self._answer(self._bus.receive())
            if sys.stdin in ready:
                line = sys.stdin.readline()
                if not line:
                    return
                print(json.dumps(self._do(json.loads(line))), flush=True)

    def _answer(self, message: Any) -> None:
        if message.header.message_type is not MessageType.method_call:
            return
        member = message.header.fields[HeaderFields.member]
        if member == "RegisterStatusNotifierItem":
            self._owner = message.header.fields[HeaderFields.sender]
            self._bus.send(new_method_return(message))
        elif member == "Get":
            known = {"IsStatusNotifierHostRegistered": ("b", True), "ProtocolVersion": ("i", 0)}
            self._bus.send(new_method_return(message, "v", (known.get(message.body[1], ("as", [])),)))
        else:
            self._bus.send(new_method_return(message))

    def _do(self, what: dict[str, str]) -> Any:
        if what["do"] == "ready":
            return "ready"
        if not self._owner:
            return None
        return getattr(self, f"_{what['do']}")(**{k: v for k, v in what.items() if k != "do"})

    def _item(self) -> dict[str, str]:
        return {"title": self._get("Title"), "tip": self._get("ToolTip")[2], "status": self._get("Status")}

    def _menu(self) -> list[str]:
        return [label for _, label in self._entries() if label]

    def _choose(self, text: str) -> bool:
        number = next(number for number, label in self._entries() if label == text)
        self._call(self._get("Menu"), MENU, "Event", "isvu", (number, "clicked", ("i", 0), 0))
        return True

    def _click(self) -> bool:
        self._call("/StatusNotifierItem", ITEM, "Activate", "ii", (0, 0))
        return True

    def _entries(self) -> list[tuple[int, str]]:
        body = self._call(self._get("Menu"), MENU, "GetLayout", "iias", (0, -1, []))
        rows = [entry[1] for entry in body[1][2]]
        return [(row[0], row[1].get("label", ("s", ""))[1].replace("__", "\0").replace("_", "").replace("\0", "_"))
                for row in rows]

    def _get(self, name: str) -> Any:
        address = DBusAddress("/StatusNotifierItem", self._owner, ITEM)
        return self._talk.send_and_get_reply(Properties(address).get(name)).body[0][1]

    def _call(self, path: str, interface: str, member: str, signature: str, values: tuple[Any, ...]) -> Any:
        address = DBusAddress(path, self._owner, interface)
        return self._talk.send_and_get_reply(new_method_call(address, member, signature, values)).body


if __name__ == "__main__":
    Watcher().run()
