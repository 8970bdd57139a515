"""Where the studio's own files are: icons, fonts, style sheet, translations.

Set-up compiles `resources.qrc` into `studio/ui/yigao.rcc`, which Qt maps into memory. A checkout that was never
set up makes it at the first start; where that is impossible the same files are read from `assets/`.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QFile, QIODevice, QResource

_HERE = Path(__file__).resolve().parent
ROOT = _HERE.parent.parent
RCC = _HERE / "yigao.rcc"
BUILD = ROOT / "tools" / "build.py"
ASSETS = ROOT / "assets"
PREFIX = ":/yigao"


def prepare(rcc: Path = RCC, build: Path = BUILD) -> None:
    """Compile the resources when they were never compiled (people who use pip and no make)."""
    if not rcc.exists() and build.exists():
        import subprocess
        import sys

        subprocess.run([sys.executable, str(build)], check=False)


class Resources:
    """Answers "where is this asset?" for the compiled file or the source tree.

    `Resources()` registers the compiled file once per process; building it twice is harmless.
    """

    def __init__(self, rcc: Path = RCC, assets: Path = ASSETS) -> None:
        use_tree = os.environ.get("YIGAO_ASSETS") == "tree"
        self.compiled = not use_tree and rcc.exists() and QResource.registerResource(str(rcc))
        self._assets = assets

    def path(self, name: str) -> str:
        """Path Qt can open for `name`, such as `icons/send.svg` (inside the compiled file, or on disk)."""
        return f"{PREFIX}/{name}" if self.compiled else str(self._assets / name)

    def read(self, name: str) -> bytes:
        """The bytes of one asset; FileNotFoundError when there is none."""
        file = QFile(self.path(name))
        if not file.open(QIODevice.OpenModeFlag.ReadOnly):
            raise FileNotFoundError(name)
        data = bytes(file.readAll().data())
        file.close()
        return data
