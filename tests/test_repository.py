"""Nothing committed gives away a secret or a home folder, or ties the project to one mirror."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MIRRORS = ("pypi" + ".org", "python" + "hosted", "npm" + "js.", "deb." + "debian")  # cut, or this file would be found
FORBIDDEN = {
    "a home folder": re.compile(r"(?<![\w.~])/(?:home|Users)/[a-z][\w.-]*/|(?<![\w.])/ro{2}t/", re.ASCII),
    "a package registry's address": re.compile("|".join(re.escape(host) for host in MIRRORS)),
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE " + "KEY-----"),
    "a signed token": re.compile(r"\beyJ[\w-]{16,}\.eyJ[\w-]{16,}\.[\w-]{16,}"),
    "an access key": re.compile(r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|xox[baprs]-[\w-]{20,})\b"),
}


def committed() -> list[Path]:
    """The files git knows."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def findings(text: str) -> list[str]:
    """What of FORBIDDEN the text holds."""
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_nothing_committed_is_private():
    texts = ((path, path.read_bytes().decode("utf-8", errors="ignore")) for path in committed())
    found = [f"{path.relative_to(ROOT)} holds {what}" for path, text in texts for what in findings(text)]
    assert found == []


def test_the_search_finds_what_it_is_for():
    assert findings("see /home/" + "mei/notes.txt") == ["a home folder"]
    assert findings("https://" + MIRRORS[0] + "/simple") == ["a package registry's address"]
    assert findings("eyJ" + "a" * 20 + ".eyJ" + "b" * 20 + "." + "c" * 20) == ["a signed token"]
    assert findings("~/notes, $HOME/notes, assets/home/x") == []
