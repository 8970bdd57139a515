"""Compiles what the window needs: translations, then `resources.qrc` into `studio/ui/rc_resources.py`.

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
STAMP = "build/resources.stamp"
GENERATED = (".qm", ".ts")  # made by tools/i18n.py from the word tables, so never an input


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
    if stamped[0] == seen and (root / OUTPUT).is_file():
        return
    content = digest(root)
    if stamped[1] != content or not outputs_there(root):
        translate(root)
        compile_resources(root)
    write_stamp(root, seen, content)


def referenced(root: Path) -> list[Path]:
    """The files named in resources.qrc."""
    text = (root / "resources.qrc").read_text(encoding="utf-8")
    return [root / name.strip() for name in re.findall(r"<file[^>]*>([^<]+)</file>", text)]


def inputs(root: Path) -> list[Path]:
    """Every hand-written file that the resources are made from."""
    words = sorted((root / "assets" / "i18n" / "words").glob("*.tsv"))
    named = [path for path in referenced(root) if path.suffix not in GENERATED]
    own = [root / "resources.qrc", root / "tools" / "i18n.py", root / "tools" / "build.py"]
    return [path for path in own + named + words if path.is_file()]


def glance(root: Path) -> str:
    """Names, sizes and times of the inputs: quick, and enough to see that nothing was touched."""
    seen = [(str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in inputs(root)]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def digest(root: Path) -> str:
    """The contents of the inputs: a fresh checkout changes every time stamp but no content."""
    total = hashlib.sha256()
    for path in inputs(root):
        total.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def outputs_there(root: Path) -> bool:
    """Whether the compiled file and everything that went into it exist."""
    return (root / OUTPUT).is_file() and all(path.is_file() for path in referenced(root))


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
    absent = [str(path.relative_to(root)) for path in referenced(root) if not path.is_file()]
    if absent:
        raise BuildError(f"resources.qrc names files that are not there: {', '.join(absent)}")
    code = execute([str(rcc()), "-g", "python", str(root / "resources.qrc")], root)
    replace(root / OUTPUT, code)


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
