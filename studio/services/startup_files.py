"""What each system is told so that it starts the studio at login, as text. Pure: nothing here looks at the machine.

Every word of the command line comes out of the system's own reader as it went in: blanks, quotes, percent and
dollar signs, backslashes and any script.
"""

from __future__ import annotations

import hashlib
import plistlib
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

Kind = Literal["worker", "window"]
TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"
AGAIN = 60  # seconds until a worker that ended with an error is started anew: a drive may come later
ENDING = 120  # seconds that a delivery under way has to finish when the session ends
KIND = "X-Yigao-Kind"
ENDS: Mapping[Kind, tuple[str, ...]] = {"worker": ("worker", "--at-login"), "window": ("--tray",)}
"""How the command line of each kind ends."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One workspace, started at login.

    kind         the worker without a window, or the window in the tray
    folder       the workspace, absolute
    command      the whole command line, one word each; the program is absolute
    environment  what the program needs besides (the keychain's backend, where one is named)
    """

    kind: Kind
    folder: Path
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The same for the same folder, another for another: "yigao-3f2a9c1b7d"."""
        return entry_name(self.folder)

    @property
    def title(self) -> str:
        """What a person reads in the system's own list."""
        return f"Yigao: {' '.join(self.folder.name.split())}"


def entry_name(folder: Path) -> str:
    """The name of this workspace's entry."""
    return "yigao-" + hashlib.sha256(str(folder).encode("utf-8", "surrogateescape")).hexdigest()[:10]


# -- systemd -------------------------------------------------------------------------------------------------------


def systemd_unit(entry: Entry) -> str:
    """A user unit. The colon before the program keeps systemd from reading $ as the start of a variable."""
    program, *rest = _systemd_command(entry.command)
    words = " ".join([systemd_word(f":{program}"), *map(systemd_word, rest)])
    kept = [f"Environment={systemd_word(f'{name}={value}')}" for name, value in sorted(entry.environment.items())]
    return "\n".join([
        "[Unit]", f"Description={entry.title.replace('%', '%%')}", "StartLimitIntervalSec=0", "",
        "[Service]", f"ExecStart={words}", *kept, "Restart=on-failure", f"RestartSec={AGAIN}",
        "RestartPreventExitStatus=2", "KillMode=mixed", f"TimeoutStopSec={ENDING}", "",
        "[Install]", "WantedBy=default.target", "",
    ])  # fmt: skip


def _systemd_command(command: tuple[str, ...]) -> tuple[str, ...]:
    """systemd takes no program with a quote or a backslash in its name, but any word after it."""
    return ("/usr/bin/env", *command) if set(command[0]) & set("\"'\\") else command


def systemd_word(text: str) -> str:
    """One word of ExecStart= or Environment=, in double quotes; % is doubled, it would begin a specifier."""
    return f'"{_in_c(text).replace("%", "%%")}"'


def _in_c(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return plain.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


# -- desktops of Linux ---------------------------------------------------------------------------------------------


def desktop_entry(entry: Entry) -> str:
    """An XDG autostart entry: for the window, and for the worker where there is no systemd."""
    prefix = ["env", *(f"{name}={value}" for name, value in sorted(entry.environment.items()))]
    words = [*(prefix if entry.environment else []), *entry.command]
    return "\n".join([
        "[Desktop Entry]", "Type=Application", "Version=1.5", f"Name={_desktop_text(entry.title)}",
        f"Exec={_desktop_text(' '.join(map(_desktop_word, words)))}", "Terminal=false", "NoDisplay=true",
        "StartupNotify=false", f"{KIND}={entry.kind}", "",
    ])  # fmt: skip


def _desktop_word(text: str) -> str:
    """One word of Exec: in double quotes, inside them four characters are escaped, and % is doubled."""
    for special in ("\\", '"', "`", "$"):
        text = text.replace(special, "\\" + special)
    return '"' + text.replace("%", "%%") + '"'


def _desktop_text(text: str) -> str:
    """The file's own escaping, on top of what the words have."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def desktop_kind(text: str) -> Kind | None:
    """Which kind an autostart entry of ours starts; None when it is switched off, or none of ours."""
    lines = dict(line.partition("=")[::2] for line in text.splitlines() if "=" in line)
    if lines.get("Hidden", "").strip() == "true" or lines.get("X-GNOME-Autostart-enabled", "").strip() == "false":
        return None
    return _kind(lines.get(KIND, ""))


# -- macOS ---------------------------------------------------------------------------------------------------------


def launch_agent(entry: Entry) -> bytes:
    """A LaunchAgent. A worker that ended with an error comes back, a window that was closed does not."""
    plan: dict[str, object] = {
        "Label": entry.name, "ProgramArguments": list(entry.command), "RunAtLoad": True,
        "ThrottleInterval": AGAIN, "ExitTimeOut": ENDING,
    }  # fmt: skip
    if entry.environment:
        plan["EnvironmentVariables"] = dict(entry.environment)
    if entry.kind == "worker":
        plan |= {"KeepAlive": {"SuccessfulExit": False}, "ProcessType": "Background"}
    else:
        plan |= {"LimitLoadToSessionType": "Aqua", "ProcessType": "Interactive"}
    return plistlib.dumps(plan, sort_keys=False)


def agent_kind(data: bytes) -> Kind | None:
    """Which kind a LaunchAgent of ours starts; None for a broken one."""
    try:
        return _kind_of(plistlib.loads(data)["ProgramArguments"][-1])
    except (plistlib.InvalidFileException, ValueError, LookupError, TypeError, ElementTree.ParseError):
        return None


# -- Windows -------------------------------------------------------------------------------------------------------


def scheduled_task(entry: Entry, user: str) -> str:
    """A task of the Task Scheduler, started when `user` ("DOMAIN\\name") logs on, with no more rights than theirs."""
    program, *rest = entry.command
    restart = f"<RestartOnFailure><Interval>PT{AGAIN // 60}M</Interval><Count>255</Count></RestartOnFailure>"
    return "\n".join([
        '<?xml version="1.0" encoding="UTF-16"?>', f'<Task version="1.2" xmlns="{TASK}">',
        f"<RegistrationInfo><Description>{escape(entry.title)}</Description></RegistrationInfo>",
        f"<Triggers><LogonTrigger><Enabled>true</Enabled><UserId>{escape(user)}</UserId></LogonTrigger></Triggers>",
        f'<Principals><Principal id="Author"><UserId>{escape(user)}</UserId><LogonType>InteractiveToken</LogonType>'
        "<RunLevel>LeastPrivilege</RunLevel></Principal></Principals>",
        "<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
        "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
        "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>"
        f"<AllowHardTerminate>true</AllowHardTerminate>{restart if entry.kind == 'worker' else ''}"
        "<ExecutionTimeLimit>PT0S</ExecutionTimeLimit><Enabled>true</Enabled></Settings>",
        f'<Actions Context="Author"><Exec><Command>{escape(program)}</Command>'
        f"<Arguments>{escape(windows_words(rest))}</Arguments></Exec></Actions>",
        "</Task>", "",
    ])  # fmt: skip


def windows_words(words: Sequence[str]) -> str:
    """Arguments as Windows programs read them. The scheduler replaces %NAME%; so % stands outside the quotes, and
    what lies between two of them never is a name.
    """
    return " ".join("%".join(_windows_part(part, word) for part in word.split("%")) for word in words)


def _windows_part(part: str, word: str) -> str:
    if "%" not in word:
        return subprocess.list2cmdline([part])
    quoted = subprocess.list2cmdline([part + " "])  # the blank makes it quote, and is taken out again
    inner = quoted[1:-2]
    return f'"{inner}{_backslashes(inner)}"'


def _backslashes(text: str) -> str:
    """Backslashes before a closing quote count twice."""
    return "\\" * (len(text) - len(text.rstrip("\\")))


def task_kind(xml: str) -> Kind | None:
    """Which kind a task starts; None when it is switched off or unreadable."""
    try:
        root = ElementTree.fromstring(xml.partition("?>")[2] or xml)
    except ElementTree.ParseError:
        return None
    space = {"t": TASK}
    if (root.findtext("t:Settings/t:Enabled", "true", space)).strip() == "false":
        return None
    words = root.findtext(".//t:Exec/t:Arguments", "", space).split()
    return _kind_of(words[-1]) if words else None


def task_command(xml: str) -> tuple[str, str]:
    """(program, arguments) of a task; empty where it has none."""
    try:
        root = ElementTree.fromstring(xml.partition("?>")[2] or xml)
    except ElementTree.ParseError:
        return "", ""
    found = [root.findtext(f".//{{{TASK}}}Exec/{{{TASK}}}{name}", "") for name in ("Command", "Arguments")]
    return found[0], found[1]


def _kind_of(last: str) -> Kind | None:
    """The kind of a command line by its last word."""
    return next((kind for kind, end in ENDS.items() if end[-1] == last), None)


def _kind(text: str) -> Kind | None:
    return "worker" if text.strip() == "worker" else "window" if text.strip() == "window" else None
