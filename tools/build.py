"""Makes translations and resources when an input changed, and byte code: the last step of set-up.

`ensure(root)` asks tools/i18n.py to make `studio/ui/yigao.rcc`; it costs about a millisecond when
nothing changed. Standard library only.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

OUTPUT = "studio/ui/yigao.rcc"
STAMP = "build/resources.stamp"
FOLDERS = ("assets/icons", "assets/fonts", "assets/theme", "assets/i18n/words")
MAKER = "tools/i18n.py"


class BuildError(Exception):
    """The resources cannot be made; the text says why."""


def ensure(root: Path) -> None:
    """Make the resources of the checkout `root` if an input changed since they were made.

    Raises BuildError when that fails. The stamp is written last, so an interrupted build is repeated.
    """
    if not (root / MAKER).is_file():
        return
    seen, stamped = glance(root), read_stamp(root)
    if stamped[0] == seen and (root / OUTPUT).is_file():
        return
    content = digest(root)
    if stamped[1] != content or not (root / OUTPUT).is_file():
        make(root)
    write_stamp(root, seen, content)


def inputs(root: Path) -> list[str]:
    """Every file that the resources are made from, as paths below `root`."""
    folders = [folder for folder in FOLDERS if (root / folder).is_dir()]
    return [MAKER, *(f"{folder}/{name}" for folder in folders for name in sorted(os.listdir(root / folder)))]


def glance(root: Path) -> str:
    """Names, sizes and times of the inputs: quick, and enough to see that nothing was touched."""
    found = ((name, os.stat(f"{root}/{name}")) for name in inputs(root))
    seen = [f"{name} {stat.st_mtime_ns} {stat.st_size}" for name, stat in found]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def digest(root: Path) -> str:
    """The contents of the inputs: a fresh checkout changes every time but no content."""
    total = hashlib.sha256()
    for name in inputs(root):
        content = (root / name).read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def read_stamp(root: Path) -> tuple[str, str]:
    """(glance, digest) of the last build; empty strings when there was none."""
    try:
        first, second = (root / STAMP).read_text().split()
    except (OSError, ValueError):
        return "", ""
    return first, second


def write_stamp(root: Path, seen: str, content: str) -> None:
    """Remember this build; the file is replaced whole."""
    stamp = root / STAMP
    stamp.parent.mkdir(exist_ok=True)
    handle, part = tempfile.mkstemp(dir=stamp.parent, prefix=stamp.name, suffix=".part")
    with os.fdopen(handle, "w") as file:
        file.write(f"{seen}\n{content}\n")
    os.replace(part, stamp)


def make(root: Path) -> None:
    """Run tools/i18n.py; BuildError with its own words when it fails."""
    done = subprocess.run([sys.executable, str(root / MAKER)], cwd=root, capture_output=True, text=True)
    if done.returncode or not (root / OUTPUT).is_file():
        raise BuildError(f"{MAKER} did not make {OUTPUT}: {(done.stderr or done.stdout).strip()}")


def main() -> int:
    """Build, then compile byte code, so that the first start is as quick as any other."""
    root = Path(__file__).resolve().parent.parent
    try:
        ensure(root)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    compileall.compile_dir(str(root / "studio"), quiet=2)
    compileall.compile_file(str(root / "main.py"), quiet=2)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
