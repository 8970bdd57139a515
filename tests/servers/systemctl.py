"""A Linux home with a systemctl of its own: it makes and removes the links, and writes down every call."""

from __future__ import annotations

import os
import sys

from studio.services.startup import Startup, own_ways

PROGRAM = ("/usr/bin/python3", "/opt/yigao/main.py")
# The file `refuse` beside the log holds a word that it fails at.
SYSTEMCTL = """#!{python}
import os, sys
from pathlib import Path
log, words = Path({log!r}), sys.argv[1:]
with log.open("a") as file:
    file.write(" ".join(words) + "\\n")
units = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"
wanted = log.with_name("refuse")
if wanted.exists() and wanted.read_text() in words:
    sys.exit("Failed to do it: " + words[-1] + " is not for you")
link = units / "default.target.wants" / words[-1]
if "enable" in words:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(units / words[-1])
elif "disable" in words:
    link.unlink(missing_ok=True)
elif "is-enabled" in words:
    print("enabled" if link.is_symlink() else "disabled")
    sys.exit(0 if link.is_symlink() else 1)
"""


class Machine:
    """A Linux home with a recording systemctl on PATH."""

    def __init__(self, folder, monkeypatch):
        self.config, self.log, self._refuse = folder / "config", folder / "calls", folder / "refuse"
        tools = folder / "bin"
        tools.mkdir()
        tool = tools / "systemctl"
        tool.write_text(SYSTEMCTL.format(python=sys.executable, log=str(self.log)))
        tool.chmod(0o755)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(self.config))
        monkeypatch.setenv("PATH", str(tools) + os.pathsep + os.environ["PATH"])
        self.workspace = folder / "100% 稿件 $x"

    @property
    def calls(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def refuse(self, word):
        self._refuse.write_text(word)

    def startup(self, workspace=None):
        return Startup(workspace or self.workspace, own_ways(system="linux"), PROGRAM)

    @property
    def written(self):
        return sorted(p.relative_to(self.config).as_posix() for p in self.config.rglob("*") if not p.is_dir())
