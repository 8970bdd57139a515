"""Installs the modules of a small Node server from its committed lock, once per lock and Node version."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from tests.servers.pds import CACHE, INSTALLED_FROM, NoPds, node_major


@dataclass(frozen=True)
class Modules:
    """name: in the cache. source: the folder of the lock. called: how messages name it. missing: what is raised."""

    name: str
    source: Path
    called: str
    missing: type[Exception]
    options: tuple[str, ...] = ()

    def installed(self) -> Path:
        """The folder with node_modules, made on first use."""
        try:
            target = CACHE / f"{self.name}-node{node_major()}-{self.lock_key()}"
        except NoPds as missing:
            raise self.missing(str(missing).replace("The PDS", f"The {self.called}")) from None
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"):
            if not (target / ".whole").exists():
                self.install(target)
        return target

    def install(self, target: Path) -> None:
        """Install from scratch: what an interrupted install left behind is thrown away."""
        npm = shutil.which("npm")
        if npm is None:
            raise self.missing(f"The {self.called} cannot be installed here; missing: npm.")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for name in INSTALLED_FROM:
            shutil.copyfile(self.source / name, target / name)
        command = [npm, "ci", "--loglevel=error", "--ignore-scripts", *self.options]
        done = subprocess.run(command, cwd=target, env=dict(os.environ), capture_output=True, text=True)
        if done.returncode:
            raise self.missing(f"npm could not install the {self.called}: {(done.stderr or done.stdout)[-2000:]}")
        (target / ".whole").touch()

    def lock_key(self) -> str:
        """Changes with every file the install is made from."""
        digest = hashlib.sha256()
        for name in INSTALLED_FROM:
            digest.update((self.source / name).read_bytes())
        return digest.hexdigest()[:12]
