"""What the machine itself must have: shared libraries, fonts and, for the tests, some programs.

Each need is checked by using it (loading the library, asking fontconfig for a glyph), because
package names differ between systems. What is missing is installed with apt where that is possible
and allowed (root, or sudo without a password), and named otherwise. Standard library only.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

TRY_AGAIN_AFTER = 24 * 3600  # seconds before apt is asked again for what it could not give

# The libraries that PySide6's wheels link to and do not carry (`objdump -p` over libqxcb.so,
# libQt6Gui.so.6 and the plugins beside them, PySide6 6.12), and the Debian package of each.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Patterns for fontconfig. U+1F9CB (bubble tea) in colour: plain text fonts carry some older emoji.
FONTS = {
    "a font for simplified Chinese": (":lang=zh-cn", "fonts-noto-cjk"),
    "a font for traditional Chinese": (":lang=zh-tw", "fonts-noto-cjk"),
    "a colour emoji font": (":color=true:charset=1f9cb", "fonts-noto-color-emoji"),
}

TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-run-session": "dbus",
    "dbus-send": "dbus",
}
BENCH_PROGRAMS = {"vipsthumbnail": "libvips-tools", "melt": "melt"}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the machine must have: what to call it, how to see it, the Debian package with it."""

    name: str
    there: Callable[[], bool]
    package: str


def provide(purpose: str, notes: Path) -> list[str]:
    """Install or name what is missing for `run`, `test` or `bench`.

    Returns the names still missing; that is no error, because much works without them. `notes` is a
    folder to remember a vain attempt in, so that the next set-up is quick.
    """
    if not sys.platform.startswith("linux"):
        return []
    missing = [need for need in needs(purpose) if not need.there()]
    if missing and not tried_lately(notes, missing):
        install(sorted({need.package for need in missing}))
        missing = [need for need in missing if not need.there()]
        remember(notes, missing)
    if missing:
        name(missing)
    return [need.name for need in missing]


def needs(purpose: str) -> list[Need]:
    """Everything the purpose needs from the machine."""
    found = [Need(soname, partial(loads, soname), package) for soname, package in LIBRARIES.items()]
    found += [Need(what, partial(has_font, pattern), package) for what, (pattern, package) in FONTS.items()]
    if purpose in ("test", "bench"):
        found += programs(TEST_PROGRAMS) + node_build_needs()
    if purpose == "bench":
        found += programs(BENCH_PROGRAMS)
    return found


def programs(wanted: dict[str, str]) -> list[Need]:
    """Needs for programs on the PATH."""
    return [Need(name, partial(on_path, name), package) for name, package in wanted.items()]


def on_path(program: str) -> bool:
    """Whether the program can be started by name."""
    return shutil.which(program) is not None


def node_build_needs() -> list[Need]:
    """Where Node is there, the tests build a server that compiles SQLite for it."""
    if shutil.which("node") is None:
        return []
    headers = Need("the headers of Node", lambda: node_headers() is not None, "libnode-dev")
    return [*programs({"npm": "npm", "g++": "g++", "make": "make"}), headers]


def node_headers() -> Path | None:
    """The folder whose include/node/node.h belongs to the Node on the PATH, or None."""
    node = shutil.which("node")
    if node is None:
        return None
    prefix = Path(node).resolve().parent.parent
    return prefix if (prefix / "include" / "node" / "node.h").is_file() else None


def loads(soname: str) -> bool:
    """Whether the dynamic linker finds the library."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font(pattern: str) -> bool:
    """Whether fontconfig knows a font for the pattern; False too when fc-list is not there."""
    try:
        listed = subprocess.run(["fc-list", pattern, "family"], capture_output=True, text=True)
    except FileNotFoundError:
        return False
    return bool(listed.stdout.strip())


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages if this machine has apt and lets us; returns whether all went in."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    if any(package.startswith("fonts-") for package in packages):
        packages = [*packages, "fontconfig"]
    print(f"Installing with apt: {' '.join(packages)} ...", file=sys.stderr, flush=True)
    apt(prefix, "update")
    if apt(prefix, "install", *packages):
        return True
    return all([apt(prefix, "install", package) for package in packages])  # one unknown name stops a joint install


def apt_prefix() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo where it asks nothing, else None (not allowed)."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["env"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n", "env"]
    return None


def apt(prefix: Sequence[str], *arguments: str) -> bool:
    """Run apt-get without questions; its output is shown only when it fails."""
    options = ["-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    command = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", *options, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0


def tried_lately(notes: Path, missing: Sequence[Need]) -> bool:
    """Whether apt was asked for these same things within a day, in vain."""
    try:
        note = json.loads((notes / ".system.json").read_text())
    except (OSError, ValueError):
        return False
    fresh = time.time() - float(note["at"]) < TRY_AGAIN_AFTER
    return fresh and {need.name for need in missing} <= set(note["missing"])


def remember(notes: Path, missing: Sequence[Need]) -> None:
    """Write down what apt could not give."""
    notes.mkdir(exist_ok=True)
    note = {"at": time.time(), "missing": [need.name for need in missing]}
    (notes / ".system.json").write_text(json.dumps(note))


def name(missing: Sequence[Need]) -> None:
    """Tell the person what is missing and what Debian calls it."""
    print("This machine lacks some things; parts of the studio or its tests may not work:", file=sys.stderr)
    for need in missing:
        print(f"  {need.name} (Debian, Ubuntu: {need.package})", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(1 if provide(sys.argv[1] if len(sys.argv) > 1 else "run", Path("build")) else 0)
