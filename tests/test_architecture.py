"""The walls of the house: which room may import what. When one of these fails, talk about the design.

Imports are read from the source, those inside functions and under TYPE_CHECKING too.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STUDIO = ROOT / "studio"


@dataclass(frozen=True, slots=True)
class May:
    """What a room may import beside itself and the standard library."""

    rooms: frozenset[str]
    libraries: frozenset[str]


def may(rooms: str = "", libraries: str = "") -> May:
    return May(frozenset(rooms.split()), frozenset(libraries.split()))


TABLE = {
    "core": may(),
    "store": may("core", "sqlalchemy alembic keyring filelock"),
    "media": may("core", "PIL numpy av moviepy pi_heif pysubs2 imageio_ffmpeg cv2"),
    "platforms": may(
        "core", "httpx stamina regex authlib emoji markdown_it nh3 css_inline dateutil"
    ),
    "services": may("core store media platforms", "yaml dateutil platformdirs regex jeepney segno opentimelineio"),
    # jeepney: notices over D-Bus; segno: QR codes
    "cli": may("core services", "click"),
    "ui": may("core services", "PySide6 shiboken6"),
}
FREE = {"app.py", "__init__.py"}  # the composition root joins everything

SOURCES = sorted(STUDIO.rglob("*.py"))
PLATFORMS = frozenset(path.parent.name for path in (STUDIO / "platforms").glob("*/__init__.py"))


def imports(tree: ast.AST, name: str) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import in the file called `name`, relative ones made absolute."""
    package = ["studio", *Path(name).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def wall_sentences(source: str, name: str) -> list[str]:
    """What is wrong with the imports of the file `name` (its path below studio/)."""
    room = Path(name).parts[0]
    if name in FREE or room == "main.py":
        return []
    if room not in TABLE:
        return [f"{name} is in no room; the rooms are {', '.join(TABLE)}"]
    found = [(line, what) for line, what in imports(ast.parse(source), name) if not allowed(room, what)]
    return [f"{name} imports {plain(what)} (line {line})" for line, what in found]


def allowed(room: str, what: str) -> bool:
    """Whether a file of `room` may import the dotted name."""
    first, *rest = what.split(".")
    if first == "studio":
        return bool(rest) and (rest[0] in {room, "__version__"} or rest[0] in TABLE[room].rooms)
    return first in sys.stdlib_module_names or first in TABLE[room].libraries


def plain(what: str) -> str:
    """Our own modules in full, a library by its name."""
    return what if what.startswith("studio") else what.split(".")[0]


def neighbour_sentences(source: str, name: str, platforms: frozenset[str] = PLATFORMS) -> list[str]:
    """Platform folders do not know one another, and nothing outside knows one by name."""
    parts = Path(name).parts
    own = parts[1] if parts[0] == "platforms" and len(parts) > 2 else ""
    found = []
    for line, what in imports(ast.parse(source), name):
        words = what.split(".")
        if words[:2] == ["studio", "platforms"] and len(words) > 2 and words[2] in platforms - {own}:
            found.append(f"{name} imports the platform {words[2]} by name (line {line})")
    return found


def naming_sentences(source: str, name: str, platforms: frozenset[str] = PLATFORMS) -> list[str]:
    """Comparisons with a platform's id outside platforms/: what differs must be declared by the platform."""
    if name.startswith("platforms/"):
        return []
    return [
        f'{name} compares with "{text}" (line {line}): let the platform declare what differs'
        for line, text in compared(ast.parse(source))
        if text in platforms
    ]


def compared(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of every string literal that something is compared with or matched against."""
    for node in ast.walk(tree):
        sides: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        for side in sides:
            inner = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
            for each in inner:
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    yield each.lineno, each.value


def has_mirror(folder: Path) -> bool:
    """Whether tests/ has a folder of tests for this folder of studio/, or files named after it beside."""
    inside = folder.relative_to(STUDIO)
    mirror = ROOT / "tests" / inside
    beside = mirror.parent.glob(f"test_{inside.name}*.py")
    return any(mirror.glob("**/test_*.py")) or any(beside)


def below_studio(path: Path) -> str:
    return path.relative_to(STUDIO).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=below_studio)
def test_walls(path: Path) -> None:
    source, name = path.read_text(encoding="utf-8"), below_studio(path)
    assert [*wall_sentences(source, name), *neighbour_sentences(source, name), *naming_sentences(source, name)] == []


def test_every_room_has_its_tests() -> None:
    folders = {path.parent for path in SOURCES if path.parent != STUDIO and "versions" not in path.parts}
    coded = {folder for folder in folders if any(path.stat().st_size for path in folder.glob("*.py"))}
    missing = sorted(below_studio(folder) for folder in coded if not has_mirror(folder))
    assert [f"studio/{name} has no tests in tests/{name}" for name in missing] == []


def test_the_reader_sees_what_it_should() -> None:
    """The checks above would pass on anything if they were blind."""
    hidden = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from PySide6.QtCore import QObject\n"
    assert wall_sentences(hidden, "core/post.py") == ["core/post.py imports PySide6 (line 3)"]
    inside = "def f():\n    import httpx.auth\n"
    assert wall_sentences(inside, "services/jobs.py") == ["services/jobs.py imports httpx (line 2)"]
    assert wall_sentences("from ..store import tables", "ui/window.py") == [
        "ui/window.py imports studio.store.tables (line 1)"
    ]
    assert wall_sentences("from ..core.post import Post\nimport json\nfrom . import theme", "ui/window.py") == []
    assert wall_sentences("x = 1", "helpers/misc.py") == [
        f"helpers/misc.py is in no room; the rooms are {', '.join(TABLE)}"
    ]


def test_the_reader_knows_a_platform_when_it_sees_one() -> None:
    known = frozenset({"bluesky", "weibo"})
    assert neighbour_sentences("from studio.platforms.weibo import limits", "platforms/bluesky/publish.py", known)
    assert neighbour_sentences("from ..weibo.limits import TEXT", "platforms/bluesky/publish.py", known)
    assert neighbour_sentences("from studio.platforms import bluesky", "services/publishing.py", known)
    assert not neighbour_sentences("from .limits import TEXT", "platforms/bluesky/publish.py", known)
    for line in ('if p.id == "bluesky": pass', 'x = p in ("weibo", "a")', 'match p:\n    case "weibo": pass'):
        assert naming_sentences(line, "ui/draft/pane.py", known), line
        assert not naming_sentences(line, "platforms/base.py", known)
