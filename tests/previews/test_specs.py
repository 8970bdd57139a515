"""No number, word or colour of a preview is there without a source, and no number stands in a layout itself."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from studio import platforms
from studio.core.card import View
from studio.platforms.base import Profile
from studio.platforms.boxes import Ink, Label, Value
from tests.platforms.fakes import Ruler
from tests.previews.samples import everything

ROOT = Path(platforms.__file__).parent
COLOUR = re.compile(r"#[0-9a-f]{6}([0-9a-f]{2})?")
UNSEEN = re.compile(r"recalled|known from use|to be measured|to be checked|own wording|by others")
PLAIN = {0, 1, 2, 3, 4, -1, 0.5, 400, 500, 600, 700}  # counts, halves and weights; the rest belongs to a spec
SHARED = ("bars", "captions", "corners", "folding", "grids", "screens")
LAYOUTS = sorted([*ROOT.glob("*/layout*.py"), *(ROOT / f"{name}.py" for name in SHARED)])


def spec_modules() -> Iterator[ModuleType]:
    """`spec*.py` of every platform."""
    for folder in platforms.every():
        for found in pkgutil.iter_modules([str(ROOT / folder)]):
            if found.name.startswith("spec"):
                yield importlib.import_module(f"studio.platforms.{folder}.{found.name}")


def declared(module: ModuleType) -> Iterator[tuple[str, Value | Label | Ink]]:
    """Everything in a module's tables, by where it stands."""
    for name, thing in vars(module).items():
        if isinstance(thing, Mapping):
            for key, each in thing.items():
                if isinstance(each, Value | Label | Ink):
                    yield f"{module.__name__}.{name}[{key}]", each


ALL = [pair for module in spec_modules() for pair in declared(module)]


def faults(each: Value | Label | Ink | Profile) -> list[str]:
    """What is wrong with where it comes from."""
    found = []
    if len(each.source.strip()) < 4:
        found.append("no source")
    if each.confidence not in ("seen", "third-party", "recalled"):
        found.append("no confidence")
    if each.confidence == "seen" and UNSEEN.search(each.source):
        found.append("surer than its source")
    try:
        if date.fromisoformat(each.seen) > date.today():
            found.append("read in the future")
    except ValueError:
        found.append("no day")
    return found


@pytest.mark.parametrize(("where", "each"), ALL, ids=[where for where, _ in ALL])
def test_it_says_where_it_was_read(where: str, each: Value | Label | Ink) -> None:
    assert faults(each) == []
    if isinstance(each, Label):
        assert each.en and each.zh_CN and each.zh_TW
    if isinstance(each, Ink):
        assert COLOUR.fullmatch(each.light) and COLOUR.fullmatch(each.dark)


@pytest.mark.parametrize("bad", [
    Value(1, ""), Value(1, "  "), Value(1, "seen there", seen="lately"), Value(1, "seen there", seen="2999-01-01"),
    Value(1, "seen there", "sure"),  # type: ignore[arg-type]
    Value(1, "the site; the half of it known from use"),
])
def test_the_lint_bites(bad: Value) -> None:
    assert faults(bad)


def numbers(code: str) -> list[float]:
    """The numbers that stand in a program's text, apart from plain ones."""
    return [
        node.value for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value not in PLAIN
    ]


@pytest.mark.parametrize("path", LAYOUTS, ids=[str(path.relative_to(ROOT)) for path in LAYOUTS])
def test_no_number_stands_in_a_layout(path: Path) -> None:
    assert numbers(path.read_text(encoding="utf-8")) == []


def test_that_lint_bites_too() -> None:
    assert numbers("x = 12\ny = w / 2 + 0.5\nz = [1, 7][0]") == [12, 7]


def test_every_grid_says_where_it_was_read() -> None:
    assert not [(p.id, faults(p.profile)) for p in platforms.every().values() if p.profile and faults(p.profile)]


SURFACES = [(p.id, s.id) for p in platforms.every().values() for s in p.surfaces]


@pytest.mark.parametrize(("platform", "surface"), SURFACES)
def test_every_box_names_its_rule(platform: str, surface: str) -> None:
    """So that whoever hovers over it learns why it is there."""
    of: Any = platforms.get(platform)
    width = float(next(s.widths[0] for s in of.surfaces if s.id == surface))
    boxes = [box for what in everything(platform) for box in of.layout(what, View(surface, width), Ruler()).boxes]
    assert boxes and not {box.name for box in boxes if box.rule is None}


def asked_for(folder: Path) -> list[re.Pattern[str]]:
    """The names that a platform's code asks its tables for, as they stand there; {...} is anything."""
    found = []
    for path in folder.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        of_spec = path.name.startswith("spec")
        asked = re.findall(r'SPEC\["([^"]+)"\]', code) if of_spec else []
        for written in [*asked, *re.findall(r'"([^"\n]*)"', code[code.find("TABLE ="):] if of_spec else code)]:
            parts = re.split(r"\{[^}]*\}", written)
            if any(parts):
                found.append(re.compile(".*".join(map(re.escape, parts))))
    return found


@pytest.mark.parametrize("module", list(spec_modules()), ids=lambda module: module.__name__.split(".")[2])
def test_no_number_is_there_for_nothing(module: ModuleType) -> None:
    asked = asked_for(Path(module.__file__ or "").parent)
    assert not [key for key in module.SPEC if not any(name.fullmatch(key) for name in asked)]
