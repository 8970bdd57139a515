"""`python -m benchmarks [NAME ...]`: measures, prints a table, writes benchmarks/out/DATE.json.

Without names everything is measured. Figures compare within one run on one machine only.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import Result

NAMES = ("start", "commands", "photos", "keystrokes", "scheduler", "sending", "upload", "article", "reel", "smartcopy",
         "longline", "scrub", "playback", "tracks", "effects", "previews")
OUT = Path(__file__).parent / "out"


def main(names: list[str]) -> int:
    """Measure and report; 1 when a promise was not kept."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}.", file=sys.stderr)
        return 2
    results: list[Result] = []
    for name in names or NAMES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        results += importlib.import_module(f"benchmarks.{name}").measure()
    print(table(results))
    print(f"\nwritten to {write(results)}")
    return 0 if all(kept(result, results) for result in results) else 1


def ratio(result: Result, results: list[Result]) -> float | None:
    """The median beside that of the result it is compared with."""
    others = [each for each in results if each.group == result.group and each.name == result.against]
    return result.median / others[0].median if others else None


def kept(result: Result, results: list[Result]) -> bool:
    """Whether what was promised of this result holds."""
    if result.most is None:
        return True
    found = ratio(result, results) if result.against else result.median
    return found is not None and found <= result.most


def table(results: list[Result]) -> str:
    """The results for people."""
    lines = []
    group = ""
    for result in results:
        if result.group != group:
            lines += ["", result.group]
            group = result.group
        lines.append(f"  {result.name:44} {figure(result):>14}  {verdict(result, results)}".rstrip())
    return "\n".join(lines)


def figure(result: Result) -> str:
    """The median with its unit."""
    return f"{result.median:.3f} {result.unit}" if result.unit == "s" else f"{result.median:.2f} {result.unit}"


def verdict(result: Result, results: list[Result]) -> str:
    """What it is compared with, and whether the promise holds."""
    word = "kept" if kept(result, results) else "NOT KEPT"
    found = ratio(result, results)
    if found is not None:
        promise = f" (promised: at most {result.most:.1f}x, {word})" if result.most is not None else ""
        return f"{found:.2f}x {result.against}{promise}"
    return f"(promised: at most {result.most:g} {result.unit}, {word})" if result.most is not None else ""


def write(results: list[Result]) -> Path:
    """Everything that was measured, as JSON."""
    OUT.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    path = OUT / f"{now:%Y%m%dT%H%M%SZ}.json"
    machine = {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
    rows = [
        {**asdict(each), "median": each.median, "ratio": ratio(each, results), "kept": kept(each, results)}
        for each in results
    ]
    document = {"at": now.isoformat(timespec="seconds"), "machine": machine, "results": rows}
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
