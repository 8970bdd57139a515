"""Compiles what the window needs: translations, then `resources.qrc`.

rcc's usual Python output would hold the fonts as a literal of 40 MB, read and kept at every start.
So the resources go into a binary file that Qt maps into memory, and `studio/ui/rc_resources.py` is
a module of three lines that registers it: importing it is all that a user of `:/` paths does.

`ensure(root)` is called by set-up, and by the window when the compiled file is missing (people who
use `pip install .` and no make). It costs a few milliseconds when nothing changed. Standard library,
and the `rcc` that lies in the PySide6 package.
"""

from __future__ import annotations

import compileall
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

OUTPUT = "studio/ui/rc_resources.py"
BINARY = "studio/ui/rc_resources.rcc"
STAMP = "build/resources.stamp"
GENERATED = (".qm", ".ts")  # made by tools/i18n.py from the word tables, so never an input

LOADER = """# Made by tools/build.py from resources.qrc. Import it to use `:/` paths.
from pathlib import Path

from PySide6.QtCore import QResource

QResource.registerResource(str(Path(__file__).with_suffix(".rcc")))
"""


class BuildError(Exception):
    """The resources cannot be made; the text says why in one sentence."""


def ensure(root: Path) -> None:
    """Make translations and resources if an input changed since they were made.

    `root` is the checkout. Raises BuildError when rcc or the translations fail. Two callers at once
    do no harm: outputs are replaced whole.
    """
    if not (root / "resources.qrc").is_file():
        return
    seen = glance(root)
    stamped = read_stamp(root)
    if stamped[0] == seen and (root / OUTPUT).is_file() and (root / BINARY).is_file():
        return
    content = digest(root)
    if stamped[1] != content or not outputs_there(root):
        translate(root)
        compile_resources(root)
    write_stamp(root, seen, content)


def referenced(root: Path) -> list[str]:
    """The files named in resources.qrc, as paths below `root`."""
    text = (root / "resources.qrc").read_text(encoding="utf-8")
    return re.findall(r"<file[^>]*>\s*([^<]+?)\s*</file>", text)


def inputs(root: Path) -> list[str]:
    """Every hand-written file that the resources are made from, as paths below `root`."""
    words = root / "assets" / "i18n" / "words"
    tables = [f"assets/i18n/words/{name}" for name in sorted(os.listdir(words))] if words.is_dir() else []
    named = [name for name in referenced(root) if not name.endswith(GENERATED)]
    return ["resources.qrc", "tools/i18n.py", "tools/build.py", *named, *tables]


def glance(root: Path) -> str:
    """Names, sizes and times of the inputs: quick, and enough to see that nothing was touched."""
    seen = [f"{name} {time_and_size(f'{root}/{name}')}" for name in inputs(root)]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def time_and_size(path: str) -> str:
    """Of a file; empty when there is none."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"


def digest(root: Path) -> str:
    """The contents of the inputs: a fresh checkout changes every time stamp but no content."""
    total = hashlib.sha256()
    for name in inputs(root):
        content = (root / name).read_bytes() if (root / name).is_file() else b""
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def outputs_there(root: Path) -> bool:
    """Whether the compiled files and everything that went into them exist."""
    return all((root / name).is_file() for name in (OUTPUT, BINARY, *referenced(root)))


def read_stamp(root: Path) -> tuple[str, str]:
    """(glance, digest) of the last build; empty strings when there was none."""
    try:
        first, second = (root / STAMP).read_text().split()
    except (OSError, ValueError):
        return "", ""
    return first, second


def write_stamp(root: Path, seen: str, content: str) -> None:
    """Remember this build."""
    (root / STAMP).parent.mkdir(exist_ok=True)
    replace(root / STAMP, f"{seen}\n{content}\n".encode())


def translate(root: Path) -> None:
    """Make the translation files from the word tables."""
    if (root / "tools" / "i18n.py").is_file():
        execute([sys.executable, str(root / "tools" / "i18n.py")], root)


def compile_resources(root: Path) -> None:
    """Run rcc over resources.qrc."""
    absent = [name for name in referenced(root) if not (root / name).is_file()]
    if absent:
        raise BuildError(f"resources.qrc names files that are not there: {', '.join(absent)}")
    # Not compressed: what lies plain in the file is mapped, and costs nothing until it is used.
    replace(root / BINARY, execute([str(rcc()), "--binary", "--no-compress", str(root / "resources.qrc")], root))
    replace(root / OUTPUT, LOADER.encode())


def rcc() -> Path:
    """The resource compiler inside the PySide6 package: its place differs by system."""
    spec = importlib.util.find_spec("PySide6")
    folders = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    for folder in folders:
        for name in ("Qt/libexec/rcc", "rcc.exe", "rcc"):
            if (folder / name).is_file():
                return folder / name
    raise BuildError("PySide6 with its rcc is not installed; run `pip install .` first.")


def execute(command: list[str], root: Path) -> bytes:
    """Run a tool and return what it printed; BuildError with its own words when it fails."""
    done = subprocess.run(command, cwd=root, capture_output=True)
    if done.returncode:
        words = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise BuildError(f"{Path(command[-1]).name} failed: {words}")
    return done.stdout


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(name, 0o644)
    os.replace(name, path)


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
