"""Where things are on this machine: the workspace when none is named, the samples, the clock's zone."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_HERE = Path(__file__).resolve().parent.parent


def default_workspace() -> Path:
    """The platform's own data folder for Yigao; not made by this call."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Yigao", appauthor=False))


def has_workspace(folder: Path) -> bool:
    """Whether there is a workspace. At login a drive may not be there yet, and nothing must be made in its place."""
    from studio.store.opening import NAME

    return (folder / NAME).is_file()


def samples() -> Path:
    """The bundled sample posts and pictures."""
    beside = _HERE.parent / "assets" / "samples"
    return beside if beside.is_dir() else Path(sys.prefix) / "share" / "yigao" / "samples"


def system_zone() -> str:
    """The IANA name of this computer's time zone, "UTC" when the system does not say."""
    named = (os.environ.get("TZ", "").lstrip(":"), _linked(Path("/etc/localtime")), _written(Path("/etc/timezone")))
    return next((name for name in (*named, _by_offset()) if name and known_zone(name)), "UTC")


def chosen_zone(setting: object) -> str:
    """The zone that the setting "zone" means: its own name, or the computer's for "system" and anything unknown."""
    name = str(setting)
    return name if name not in ("", "system") and known_zone(name) else system_zone()


def known_zone(name: str) -> bool:
    """True when there is an IANA zone of that name here."""
    from studio.core.errors import Refused
    from studio.core.slot import zone

    try:
        zone(name)
    except Refused:
        return False
    return True


def _linked(path: Path) -> str:
    """Most systems link /etc/localtime into the zone database."""
    try:
        return os.path.realpath(path).partition("zoneinfo/")[2] if path.is_symlink() else ""
    except OSError:
        return ""


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        return ""


def _by_offset() -> str:
    """Windows names zones its own way; without summer time and with whole hours the offset says the same."""
    hours, rest = divmod(-time.timezone, 3600)
    return f"Etc/GMT{-hours:+d}" if not rest and not time.daylight and hours else ""
