"""How long things are. The list is printed at the end of a whole run: to talk about, not to forbid."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEDIAN_BELOW = 10  # lines, the docstring not counted


def sources() -> list[Path]:
    """The hand-written files of the studio."""
    return sorted((ROOT / "studio").rglob("*.py"))


def file_lengths() -> list[tuple[int, str]]:
    """(lines, path) of each file."""
    return [(len(path.read_bytes().splitlines()), str(path.relative_to(ROOT))) for path in sources()]


def function_lengths() -> list[tuple[int, str]]:
    """(lines without the docstring, path:line name) of each function and method."""
    found = []
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.append((length(node), f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"))
    return found


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def report() -> list[str]:
    """The five longest files and functions, in words."""
    found = []
    for what, lengths in (("files", file_lengths()), ("functions", function_lengths())):
        found.append(f"The five longest {what} (median {statistics.median(size for size, _ in lengths):.0f} lines):")
        found += [f"  {size:4}  {name}" for size, name in sorted(lengths, reverse=True)[:5]]
    return found


def test_most_functions_are_short():
    assert statistics.median(size for size, _ in function_lengths()) < MEDIAN_BELOW
