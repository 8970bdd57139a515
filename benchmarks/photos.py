"""Importing 1,000 JPEG photos beside vipsthumbnail over the same files.

The import copies, hashes, probes and writes a thumbnail and a row for each; vipsthumbnail writes the
thumbnail only. Both have the same files in the page cache, the same size to make, and the same cores.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks import workspace
from benchmarks.measure import Result, in_turn, seconds

GROUP = "import 1,000 JPEG photos"


def measure(runs: int = 3) -> list[Result]:
    """At least as fast was promised."""
    folder = workspace.photos()
    files = sorted(folder.glob("*.jpg"))
    measured = {"yigao": lambda: import_all(files)}
    if shutil.which("vipsthumbnail"):
        measured = {"vips": lambda: thumbnails(files), **measured}
    found = in_turn(runs, **measured)
    results = [Result(GROUP, "vipsthumbnail", found["vips"])] if "vips" in found else []
    against, most = ("vipsthumbnail", 1.0) if "vips" in found else ("", None)
    return [*results, Result(GROUP, "library import", found["yigao"], against=against, most=most)]


def import_all(files: list[Path]) -> float:
    """Seconds until every photo is in the library of a new workspace, thumbnail and all."""
    from studio.services.desk import Desk

    with tempfile.TemporaryDirectory(dir=workspace.FOLDER) as folder:
        desk = Desk.open(Path(folder) / "workspace")
        start = time.perf_counter()
        added = desk.library.add(files)
        spent = time.perf_counter() - start
        whole = [one for one in added if one.asset is not None and desk.library.cached_thumbnail(one.asset.id)]
        desk.close()
    if len(whole) != len(files):
        raise RuntimeError(f"{len(files) - len(whole)} photos were not imported whole")
    return spent


def thumbnails(files: list[Path]) -> float:
    """Seconds that vipsthumbnail takes for the same thumbnails."""
    with tempfile.TemporaryDirectory(dir=workspace.FOLDER) as folder:
        target = f"{folder}{os.sep}%s.jpg[Q=85]"
        return seconds(["vipsthumbnail", "--size", "240x240", "-o", target, *files])
