"""What this machine lacks, and whether a workspace is whole. Looks only; repairs nothing."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.errors import Problem
from studio.core.finding import Finding, Value, error, info, warning
from studio.services import places

if TYPE_CHECKING:
    from studio.store.workspace import Workspace

LIBRARIES = ("pyside6", "sqlalchemy", "alembic", "pillow", "av", "httpx", "keyring", "click", "pyyaml", "tzdata")
LITTLE_SPACE = 500 << 20  # bytes; a clip and its backup do not fit in less
OLD_BACKUP = timedelta(days=7)
# Files whose presence says that Chinese can be shown; our own interface font covers it inside the window.
_CJK = ("noto", "cjk", "wqy", "source-han", "sourcehan", "pingfang", "msyh", "msjh", "simsun", "heiti", "songti")


@dataclass(frozen=True, slots=True)
class Examined:
    """facts: what was found, by name. findings: what is wrong or missing."""

    facts: Mapping[str, Value]
    findings: tuple[Finding, ...]


def examine(folder: Path, *, deep: bool = False) -> Examined:
    """Looks at the machine and, when it is there, at the workspace in `folder`.

    deep   also reads the whole database and hashes every library file
    """
    facts: dict[str, Value] = {}
    findings: list[Finding] = []
    for look in (_python, _libraries, _keychain, _notices, _fonts, _search, _clock):
        findings += look(facts)
    findings += _startup(facts, folder)
    findings += _disk(facts, folder)
    findings += _workspace(facts, folder, deep)
    return Examined(facts, tuple(findings))


def _python(facts: dict[str, Value]) -> list[Finding]:
    facts["system"] = platform.platform()
    facts["python"] = platform.python_version()
    return [] if sys.version_info >= (3, 11) else [error("doctor.python", "python", found=platform.python_version())]


def _libraries(facts: dict[str, Value]) -> list[Finding]:
    missing = []
    for name in LIBRARIES:
        try:
            facts[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            facts[name] = None
            missing.append(error("doctor.library", name, name=name))
    return missing


def _keychain(facts: dict[str, Value]) -> list[Finding]:
    """A warning only: writing, previews and the practice account need no keychain."""
    from studio.store.vault import Vault

    vault = Vault()
    found = [replace(f, severity="warning") for f in vault.check()]
    with contextlib.suppress(Problem):
        facts["keychain"] = vault.name()
    facts.setdefault("keychain", None)
    return found


def _notices(facts: dict[str, Value]) -> list[Finding]:
    """Without a service the rest works as before; it is only said nowhere."""
    from studio.services.notifiers import own_notifier

    notifier = own_notifier()
    facts["notifications"] = notifier.service() or None
    notifier.close()
    return [] if facts["notifications"] else [info("doctor.no_notices", "notices")]


def _startup(facts: dict[str, Value], folder: Path) -> list[Finding]:
    """What the system starts at login for this workspace, and whether it is this program."""
    from studio.services.startup import Startup

    found = Startup(folder).state()
    facts["at login"] = None if found.mode == "off" else found.mode
    return list(found.findings)


def _fonts(facts: dict[str, Value]) -> list[Finding]:
    """Fonts for Chinese in other programs' files (clips, exported pages); the window brings its own."""
    name = _chinese_font()
    facts["chinese font"] = name
    return [] if name else [info("doctor.no_chinese_font", "fonts")]


def _chinese_font() -> str | None:
    if shutil.which("fc-match"):
        done = subprocess.run(["fc-match", "-f", "%{family}", ":lang=zh-cn"], capture_output=True, text=True)
        family = done.stdout.strip().split(",")[0]
        return family if any(part in family.lower().replace(" ", "") for part in (*_CJK, "han")) else None
    homes = (Path("/System/Library/Fonts"), Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts")
    files = (f.name for home in homes if home.is_dir() for f in home.iterdir())
    return next((name for name in files if any(part in name.lower() for part in _CJK)), None)


def _search(facts: dict[str, Value]) -> list[Finding]:
    facts["sqlite"] = sqlite3.sqlite_version
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
        except sqlite3.OperationalError:
            facts["full-text search"] = False
            return [error("doctor.no_search", "sqlite", found=sqlite3.sqlite_version)]
    facts["full-text search"] = True
    return []


def _clock(facts: dict[str, Value]) -> list[Finding]:
    facts["time zone"] = places.system_zone()
    if not places.known_zone("Asia/Shanghai"):
        return [error("doctor.no_zones", "clock")]
    year = datetime.now(UTC).year
    return [] if year >= 2025 else [error("doctor.clock", "clock", year=year)]


def _disk(facts: dict[str, Value], folder: Path) -> list[Finding]:
    there = next(p for p in (folder.absolute(), *folder.absolute().parents) if p.exists())
    free = shutil.disk_usage(there).free
    facts["free space"] = free
    megabytes = free >> 20
    return [] if free >= LITTLE_SPACE else [warning("doctor.little_space", "disk", megabytes=megabytes)]


def _workspace(facts: dict[str, Value], folder: Path, deep: bool) -> list[Finding]:
    from studio.store.workspace import NAME, Workspace

    facts["workspace"] = str(folder)
    if not (folder / NAME).exists():
        facts["posts"] = None
        return [] if not folder.exists() or folder.is_dir() else [error("workspace.not_a_folder", "workspace",
                                                                        folder=str(folder))]
    try:
        with contextlib.closing(Workspace.open(folder, read_only=True)) as workspace:
            return _inside(facts, workspace, deep)
    except Problem as problem:
        return list(problem.findings)


def _inside(facts: dict[str, Value], workspace: Workspace, deep: bool) -> list[Finding]:
    from studio.store import opening

    facts["posts"] = workspace.posts.count()
    facts["library files"] = workspace.assets.count()
    blocked = opening.why_not_writable(workspace.folder)
    facts["can be written"] = blocked is None
    looks: tuple[Callable[[], list[Finding]], ...] = (
        lambda: [blocked] if blocked else [], lambda: _backups(facts, workspace), lambda: _files(workspace, deep),
        lambda: list(workspace.check()) if deep else [],
    )
    return [finding for look in looks for finding in look()]


def _backups(facts: dict[str, Value], workspace: Workspace) -> list[Finding]:
    made = workspace.backups.list()
    facts["last backup"] = made[0].at.isoformat(timespec="seconds") if made else None
    if not facts["posts"]:
        return []
    if not made:
        return [info("doctor.no_backup", "backups")]
    days = (datetime.now(UTC) - made[0].at).days
    return [info("doctor.old_backup", "backups", days=days)] if days >= OLD_BACKUP.days else []


def _files(workspace: Workspace, deep: bool) -> list[Finding]:
    """Library files that are gone; with `deep` also those whose bytes changed."""
    found: list[Finding] = []
    for asset in workspace.assets.list():
        if deep:
            broken = workspace.files.verify(asset.id)
            found += [replace(f, values={**f.values, "name": asset.name}) for f in broken]
        elif not workspace.files.has(asset.id):
            found.append(error("media.missing", "media", name=asset.name))
    return found
