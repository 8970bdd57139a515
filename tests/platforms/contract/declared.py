"""Declared whole, drawn soundly, and named in its own folder only."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import ModuleType
from typing import Any, get_args

from studio import platforms
from studio.core.card import View
from studio.core.post import Content, Mode
from studio.platforms.base import Fact, Platform
from studio.platforms.logins import CALLBACK
from tests.platforms.contract.cases import DAY, LANGUAGES, ROOT, Case, complete, rule
from tests.platforms.fakes import Ruler, media
from tests.platforms.layouts import assert_sound, geometry


@rule
def it_is_declared_whole(case: Case) -> None:
    platform = case.platform
    assert platform.id in platforms.names() and platforms.get(platform.id) is platform
    assert complete(platform.name) and re.fullmatch("#[0-9a-f]{6}", platform.colour)
    assert set(platform.initial) == set(LANGUAGES) and all(len(i) == 1 for i in platform.initial.values())
    assert platform.modes and set(platform.modes) <= set(get_args(Mode)) and platform.surfaces
    for field in platform.fields:
        assert re.fullmatch("[a-z_]+", field.name) and complete(field.label) and complete(field.help)
        assert not (field.secret and field.default)
    for surface in platform.surfaces:
        assert surface.widths and all(w > 0 for w in surface.widths)
        assert all(surface.label.get(language) for language in LANGUAGES)
    assert platform.embedded or platform.home.startswith("https://")
    assert (case.by_api) or not [f for f in platform.fields if f.required]
    assert platform.browser is None or {f.name for f in platform.fields} >= {CALLBACK.name, *platform.browser.fields}


@rule
def what_is_done_by_hand_is_declared_whole(case: Case) -> None:
    """Where it is composed, what its posts' addresses look like, the sizes of its cover, what can be set."""
    platform = case.platform
    assert not platform.compose or platform.compose.startswith("https://")
    for pattern in platform.links:
        assert "(?P<" in pattern and re.compile(pattern)
    names = [cover.name for cover in platform.covers]
    assert len(names) == len(set(names)) and all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) for name in names)
    for cover in platform.covers:
        assert cover.width > 0 < cover.height and cover.source.strip() and re.fullmatch(DAY, cover.seen)
    by_hand = {"assisted", "kit"} & set(platform.modes)
    assert not by_hand or platform.embedded or platform.links or type(platform).link is not Platform.link


@rule
def what_can_be_set_is_declared_whole(case: Case) -> None:
    platform = case.platform
    names = [setting.name for setting in platform.settings]
    assert len(names) == len(set(names))
    for setting in platform.settings:
        assert len(setting.called) in (0, len(setting.choices)) and all(complete(words) for words in setting.called)
        assert re.fullmatch("[a-z_]+", setting.name) and complete(setting.label) and complete(setting.help)
        assert not setting.choices or setting.default in setting.choices
        assert platform.setting({}, setting.name) == setting.default
        assert platform.setting({f"set.{setting.name}": "other"}, setting.name) == "other"


def facts_of(value: Any, depth: int = 2) -> Iterator[Fact]:
    """Those in a value: itself, or in the fields of a rule or a timer."""
    if isinstance(value, Fact):
        yield value
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from facts_of(getattr(value, field.name, None), depth - 1)


def modules(case: Case) -> list[ModuleType]:
    package = importlib.import_module(f"studio.platforms.{case.platform.id}")
    inner = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package, *(importlib.import_module(found.name) for found in inner)]


@rule
def every_limit_names_its_source_and_day(case: Case) -> None:
    platform = case.platform
    declared = [fact for each in (platform.images, platform.videos, platform.timer) for fact in facts_of(each)]
    assert declared or not (platform.images or platform.videos or platform.timer)
    kept = [fact for module in modules(case) for value in vars(module).values() for fact in facts_of(value)]
    for fact in (*declared, *kept):
        assert fact.value > 0 and fact.source.strip() and re.fullmatch(DAY, fact.seen), fact
    assert platform.timer is None or platform.timer.least.value < platform.timer.most.value


@rule
def its_cards_are_sound_in_every_mode(case: Case) -> None:
    for mode in case.modes:
        what = case.sample(mode, pictures=[media("a"), media("b")] if case.platform.images else [])
        for surface in case.platform.surfaces:
            for width in surface.widths if mode == case.platform.modes[0] else surface.widths[:1]:
                assert_drawn(case, what, surface.id, float(width))


def assert_drawn(case: Case, what: Content, surface: str, width: float) -> None:
    cards = [
        case.platform.layout(what, View(surface, width, theme, language), Ruler())
        for theme in ("light", "dark") for language in LANGUAGES
    ]
    for card in cards:
        assert_sound(card)
        assert (card.platform, card.surface, card.width) == (case.platform.id, surface, width)
        assert re.fullmatch(DAY, card.checked)
    assert geometry(cards[0]) == geometry(cards[3])


@rule
def only_its_own_folder_names_it(case: Case) -> None:
    id = case.platform.id
    asked = rf"""(?:[=!]=|\bin|\bget\(|platform=|\bcase)\s*[(\[{{]?["']{id}["']"""
    named = re.compile(rf"{asked}|platforms\.{id}\b|platforms import .*\b{id}\b")
    guilty = [
        str(path.relative_to(ROOT)) for path in (ROOT / "studio").rglob("*.py")
        if case.folder not in path.parents and named.search(path.read_text("utf-8"))
    ]
    assert guilty == []


@rule
def it_imports_no_other_platform(case: Case) -> None:
    others = "|".join(name for name in platforms.names() if name != case.platform.id)
    for path in case.folder.rglob("*.py"):
        assert not re.search(rf"studio\.platforms\.({others})\b", path.read_text("utf-8")), path
