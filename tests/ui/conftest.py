"""What every test of the window shares: resources, languages, a theme without motion."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.i18n import Language
from studio.ui.resources import ROOT, Resources, prepare
from studio.ui.sweeper import Sweeper
from studio.ui.theme import Theme

OUT = ROOT / "tests" / "out"


class MemoryStore:
    """A settings store that forgets when the test ends."""

    def __init__(self) -> None:
        self.kept: dict[str, object] = {}

    def get(self, key: str, default: object) -> object:
        return self.kept.get(key, default)

    def set(self, key: str, value: object) -> None:
        self.kept[key] = value


@pytest.fixture(scope="module", autouse=True)
def sweeper(qapp: QApplication) -> Iterator[None]:
    """As in the studio: what is left of a window is not taken apart in a worker's thread. Other rooms' tests collect
    as ever."""
    made = Sweeper()
    yield
    made.deleteLater()
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def resources() -> Resources:
    prepare()
    return Resources()


@pytest.fixture(scope="session")
def look(qapp: QApplication, resources: Resources) -> Theme:
    """The one theme of the process, as in the studio: an application takes one style in its life."""
    return Theme(resources, Language(resources))


@pytest.fixture
def language(look: Theme) -> Iterator[Language]:
    look.language.set("en")
    yield look.language
    look.language.set("en")


@pytest.fixture
def theme(qapp: QApplication, look: Theme, language: Language) -> Iterator[Theme]:
    """Light, English, 100 %, comfortable, no motion."""
    look.motion, look.compact, look.scale = False, False, 1.0
    look.apply(qapp, "light")
    yield look


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def picture() -> Callable[[QWidget, str], Path]:
    """Keep a picture of a widget in tests/out for people to look at."""

    def save(widget: QWidget, name: str) -> Path:
        OUT.mkdir(exist_ok=True)
        path = OUT / f"{name}.png"
        assert widget.grab().save(str(path))
        return path

    return save
