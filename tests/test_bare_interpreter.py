"""The rooms without a window, in a bare interpreter: no Qt is loaded, and nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

WALK = """
import importlib, pkgutil, sys
for name in sys.argv[1].split(","):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(package, "__path__", []), name + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def loaded_after_importing(names: str) -> set[str]:
    """The top-level packages loaded after importing `names` (comma-separated) with all their modules."""
    done = subprocess.run([sys.executable, "-c", WALK, names], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_services_and_commands_need_no_qt():
    assert not {"PySide6", "shiboken6"} & loaded_after_importing("studio.services,studio.cli")


def test_importing_the_commands_loads_nothing_heavy():
    heavy = {"av", "moviepy", "numpy", "PIL", "alembic", "httpx"}
    assert not heavy & loaded_after_importing("studio.cli")


def test_the_core_needs_only_the_standard_library():
    loaded = {name for name in loaded_after_importing("studio.core") if not name.startswith("_")}
    assert loaded - set(sys.stdlib_module_names) - loaded_after_importing("json") == {"studio"}
