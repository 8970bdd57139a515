"""Makes both locks anew from pyproject.toml: `python tools/lock.py [--upgrade]`.

Pins are kept unless `--upgrade` is given or pyproject.toml no longer allows them. uv does the
resolving, for every system and Python at once; it is installed under build/ when it is not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header", "--quiet"]


def uv() -> str:
    """The uv on the PATH, or one installed for this checkout alone."""
    own = ROOT / "build" / "uv"
    found = shutil.which("uv", path=f"{os.environ.get('PATH', '')}{os.pathsep}{own / 'bin'}")
    if found:
        return found
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(own), "uv"], check=True)
    return str(own / "bin" / "uv")


def main(arguments: list[str]) -> int:
    """Compile the lock of everything first, then the run-time lock with the same pins."""
    compile_ = [uv(), "pip", "compile", "pyproject.toml", *OPTIONS, *arguments]
    subprocess.run([*compile_, "--extra", "dev", "-o", "requirements-dev.lock"], cwd=ROOT, check=True)
    subprocess.run([*compile_, "-c", "requirements-dev.lock", "-o", "requirements.lock"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
