"""Starting at login: the worker, or the window in the tray. What counts is what the system says, not what was wished.

Each system has its own way, and Linux two: a user unit of systemd for the worker, an XDG autostart entry for the
window, and for the worker too where no systemd runs for the user. A way either has its entry whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from studio.core.errors import Refused
from studio.core.finding import Finding, error, info, warning
from studio.services import startup_files as files
from studio.services.startup_files import Entry, Kind
from studio.services.system_tool import Answer, Run, run

Mode = Literal["off", "worker", "window"]
MODES: tuple[Mode, ...] = ("off", "worker", "window")
KEPT = ("PYTHON_KEYRING_BACKEND",)  # of our own environment, what the program needs at the next login too
_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Found:
    """mode: what the system starts at login. findings: what is wrong with it, or good to know."""

    mode: Mode
    findings: tuple[Finding, ...] = ()


class Way(Protocol):
    """One system's own means. `put` and `drop` raise Refused with what the system said, and change nothing then."""

    kinds: tuple[Kind, ...]

    def usable(self) -> bool: ...

    def put(self, entry: Entry) -> None: ...

    def drop(self, name: str) -> None: ...

    def found(self, entry: Entry) -> tuple[Kind | None, bool]:
        """(which kind the system starts, whether it is exactly this command); `entry` is one of that name."""


class Startup:
    """The entry of one workspace. `ways` in the order of preference; each kind goes the first usable way."""

    def __init__(self, folder: Path, ways: Sequence[Way] | None = None, program: Sequence[str] | None = None) -> None:
        self._folder = Path(os.path.abspath(folder))
        self._ways = tuple(ways) if ways is not None else own_ways()
        self._program = tuple(program or own_program())

    def entry(self, kind: Kind) -> Entry:
        """What is written for that kind."""
        command = (*self._program, "--workspace", str(self._folder), *files.ENDS[kind])
        kept = {name: os.environ[name] for name in KEPT if os.environ.get(name)}
        return Entry(kind, self._folder, command, kept)

    def state(self) -> Found:
        """What the system starts at login now. Asks the system; may take a moment."""
        for way in self._ways:
            kind, same = way.found(self.entry(way.kinds[0]))
            if kind is not None:
                same = same or way.found(self.entry(kind))[1]
                return Found(kind, () if same else (warning("startup.other_program", "startup"),))
        return Found("off")

    def set(self, mode: Mode) -> Found:
        """Changes what is started at login. Refused when the system says no; then everything is as it was."""
        chosen = None if mode == "off" else self._way(mode)
        if chosen is not None and mode != "off":
            chosen.put(self.entry(mode))
        self._drop_others(chosen)
        later = isinstance(chosen, Autostart) and mode == "worker"
        return Found(mode, (info("startup.from_next_login", "startup"),) if later else ())

    def _drop_others(self, chosen: Way | None) -> None:
        name = files.entry_name(self._folder)
        with _undone(lambda: chosen.drop(name) if chosen is not None else None):
            for way in self._ways:
                if way is not chosen:
                    way.drop(name)

    def _way(self, kind: Kind) -> Way:
        for way in self._ways:
            if kind in way.kinds and way.usable():
                return way
        raise Refused(error("startup.no_way", "startup"))


# -- the program ---------------------------------------------------------------------------------------------------


def own_program(root: Path = _ROOT, executable: str = "", frozen: bool | None = None) -> tuple[str, ...]:
    """The words that start this very program: a packaged one, a checkout, or an installed package."""
    python = executable or sys.executable
    if getattr(sys, "frozen", False) if frozen is None else frozen:
        return (python,)
    main = root / "main.py"
    quiet = _without_console(Path(python))
    if main.is_file():
        return (quiet, str(main))
    script = Path(python).with_name("yigao.exe" if python.lower().endswith(".exe") else "yigao")
    if script.is_file():
        return (str(script),)
    return (quiet, "-c", "from studio.app import main; raise SystemExit(main())")


def _without_console(python: Path) -> str:
    """On Windows pythonw.exe: python.exe would open a black window at every login."""
    quiet = python.with_name("pythonw.exe")
    return str(quiet) if python.name.lower() == "python.exe" and quiet.is_file() else str(python)


# -- telling the system --------------------------------------------------------------------------------------------


def own_ways(environment: Mapping[str, str] | None = None, system: str = sys.platform) -> tuple[Way, ...]:
    """The ways of this computer."""
    known = os.environ if environment is None else environment
    if system == "win32":
        return (Tasks(f"{known.get('USERDOMAIN', '')}\\{known.get('USERNAME', '')}".lstrip("\\")),)
    if system == "darwin":
        return (Launchd(Path.home() / "Library" / "LaunchAgents"),)
    config = Path(known.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return (Systemd(config / "systemd" / "user"), Autostart(config / "autostart"))


class Systemd:
    """A user unit; started at once, so that it need not wait for the next login."""

    kinds: tuple[Kind, ...] = ("worker",)

    def __init__(self, folder: Path, run: Run = run) -> None:
        self._folder, self._run = folder, run

    def usable(self) -> bool:
        """True when a systemd runs for this person, not merely on this computer."""
        return self._run(["systemctl", "--user", "show-environment"]).status == 0

    def put(self, entry: Entry) -> None:
        path = self._path(entry.name)
        before = _bytes(path)
        _write(path, files.systemd_unit(entry).encode("utf-8", "surrogateescape"))
        with _undone(lambda: self._restore(path, before)):
            self._ask("daemon-reload")
            self._ask("enable", path.name)
            self._ask("restart", path.name)

    def drop(self, name: str) -> None:
        path = self._path(name)
        if _bytes(path) is None:
            return
        if self.usable():
            self._ask("disable", "--now", path.name)
        _remove(path)
        _remove(self._folder / "default.target.wants" / path.name)
        if self.usable():
            self._ask("daemon-reload")

    def found(self, entry: Entry) -> tuple[Kind | None, bool]:
        path = self._path(entry.name)
        there = _bytes(path)
        if there is None:
            return None, False
        asked = self._run(["systemctl", "--user", "is-enabled", path.name])
        linked = (self._folder / "default.target.wants" / path.name).is_symlink()
        enabled = asked.out.strip() == "enabled" if asked.out.strip() else linked
        same = there == files.systemd_unit(entry).encode("utf-8", "surrogateescape")
        return ("worker", same) if enabled else (None, False)

    def _ask(self, *words: str) -> None:
        _expect(self._run(["systemctl", "--user", *words]), "systemctl")

    def _restore(self, path: Path, before: bytes | None) -> None:
        if before is None:
            self._run(["systemctl", "--user", "disable", "--now", path.name])
            _remove(path)
        else:
            _write(path, before)
        self._run(["systemctl", "--user", "daemon-reload"])

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.service"


class Autostart:
    """An XDG autostart entry; every Linux desktop reads them at login."""

    kinds: tuple[Kind, ...] = ("window", "worker")

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def usable(self) -> bool:
        """Always: a desktop that comes later reads it too."""
        return True

    def put(self, entry: Entry) -> None:
        _write(self._path(entry.name), files.desktop_entry(entry).encode("utf-8", "surrogateescape"))

    def drop(self, name: str) -> None:
        _remove(self._path(name))

    def found(self, entry: Entry) -> tuple[Kind | None, bool]:
        there = _bytes(self._path(entry.name))
        if there is None:
            return None, False
        same = there == files.desktop_entry(entry).encode("utf-8", "surrogateescape")
        return files.desktop_kind(there.decode("utf-8", "replace")), same

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.desktop"


class Launchd:
    """A LaunchAgent of macOS, loaded into the person's own domain at once."""

    kinds: tuple[Kind, ...] = ("worker", "window")

    def __init__(self, folder: Path, run: Run = run, uid: int | None = None) -> None:
        self._folder, self._run = folder, run
        self._domain = f"gui/{os.getuid() if uid is None and sys.platform != 'win32' else uid}"

    def usable(self) -> bool:
        """Every macOS has it."""
        return True

    def put(self, entry: Entry) -> None:
        path = self._path(entry.name)
        before = _bytes(path)
        _write(path, files.launch_agent(entry))
        with _undone(lambda: self._restore(path, before)):
            if before is not None:
                self._run(["launchctl", "bootout", f"{self._domain}/{entry.name}"])  # it may not be loaded
            if entry.kind == "worker":  # the window that asks for this is open already: it waits for the next login
                _expect(self._run(["launchctl", "bootstrap", self._domain, str(path)]), "launchctl")

    def drop(self, name: str) -> None:
        if _bytes(self._path(name)) is not None:
            _remove(self._path(name))
            self._run(["launchctl", "bootout", f"{self._domain}/{name}"])  # it may not be loaded

    def found(self, entry: Entry) -> tuple[Kind | None, bool]:
        there = _bytes(self._path(entry.name))
        if there is None or self._switched_off(entry.name):
            return None, False
        return files.agent_kind(there), there == files.launch_agent(entry)

    def _switched_off(self, name: str) -> bool:
        """People can switch an agent off in the system's settings; the file stays."""
        asked = self._run(["launchctl", "print-disabled", self._domain])
        return any(f'"{name}"' in line and ("=> disabled" in line or "=> true" in line)
                   for line in asked.out.splitlines())

    def _restore(self, path: Path, before: bytes | None) -> None:
        _remove(path) if before is None else _write(path, before)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.plist"


class Tasks:
    """A task of the Windows Task Scheduler, in a folder of our own."""

    kinds: tuple[Kind, ...] = ("worker", "window")

    def __init__(self, user: str, run: Run = run) -> None:
        self._user, self._run = user, run

    def usable(self) -> bool:
        """Every Windows has it; a policy that forbids it is told by `put`."""
        return True

    def put(self, entry: Entry) -> None:
        """The scheduler takes the task whole or refuses it; /F replaces an older one."""
        with tempfile.TemporaryDirectory(prefix="yigao-") as folder:
            path = Path(folder) / "task.xml"
            path.write_bytes(files.scheduled_task(entry, self._user).encode("utf-16"))
            made = self._run(["schtasks", "/Create", "/TN", _task(entry.name), "/XML", str(path), "/F"])
        _expect(made, "schtasks")
        if entry.kind == "worker":
            self._run(["schtasks", "/Run", "/TN", _task(entry.name)])

    def drop(self, name: str) -> None:
        if self._run(["schtasks", "/Query", "/TN", _task(name)]).status == 0:
            self._run(["schtasks", "/End", "/TN", _task(name)])
            _expect(self._run(["schtasks", "/Delete", "/TN", _task(name), "/F"]), "schtasks")

    def found(self, entry: Entry) -> tuple[Kind | None, bool]:
        asked = self._run(["schtasks", "/Query", "/TN", _task(entry.name), "/XML"])
        if asked.status:
            return None, False
        wanted = (entry.command[0], files.windows_words(entry.command[1:]))
        shown = files.task_command(asked.out)
        return files.task_kind(asked.out), all(_plain(a) == _plain(b) for a, b in zip(shown, wanted, strict=True))


def _plain(text: str) -> str:
    """Without what schtasks shows as question marks where the console has no letter for it."""
    return "".join(c for c in text if c.isascii() and c != "?")


def _task(name: str) -> str:
    return f"\\Yigao\\{name}"


def _expect(answer: Answer, tool: str) -> None:
    """Refused with the tool's own words, which name the unit and the fault."""
    if answer.status:
        lines = (answer.err or answer.out).strip().splitlines()
        reason = lines[-1][:200] if lines else str(answer.status)
        raise Refused(error("startup.refused", "startup", tool=tool, reason=reason))


@contextlib.contextmanager
def _undone(undo: Callable[[], object]) -> Iterator[None]:
    """Inside, a refusal takes back what was done before it."""
    try:
        yield
    except Refused:
        undo()
        raise


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all. Refused when the place cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as fault:
        with contextlib.suppress(OSError):
            part.unlink()
        raise Refused(_unwritable(path, fault)) from fault


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as fault:
        raise Refused(_unwritable(path, fault)) from fault


def _unwritable(path: Path, fault: OSError) -> Finding:
    return error("startup.unwritable", "startup", file=str(path), reason=fault.strerror or type(fault).__name__)
