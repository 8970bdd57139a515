"""Effects of installed packages are known to commands; one that breaks is said and stops nothing."""

from __future__ import annotations

import importlib.metadata

import pytest

from studio.core import effects
from studio.core.effects import EffectSpec
from studio.core.words import Words
from studio.media.video.scripted import plugins
from studio.services.videos.plugging import load_plugins


class Point:
    def __init__(self, name, bring):
        self.name, self._bring = name, bring

    def load(self):
        return self._bring


@pytest.fixture
def brought(monkeypatch):
    """brought(*points): the installed packages have these entry points."""
    def bring(*points):
        load_plugins.cache_clear()
        monkeypatch.setattr(plugins, "entry_points", lambda group: points)

    yield bring
    load_plugins.cache_clear()


def test_they_are_listed_and_what_breaks_is_said(brought, monkeypatch):
    monkeypatch.setattr(effects, "EFFECTS", dict(effects.EFFECTS))
    monkeypatch.setattr(plugins, "_FACTORIES", {})

    def good():
        plugins.register(EffectSpec("sepia", Words("Sepia", "怀旧", "懷舊"), "picture", "moviepy", (), "baked"), dict)

    def bad():
        raise RuntimeError("no licence")

    brought(Point("good", good), Point("bad", bad))
    [finding] = load_plugins()
    assert finding.code == "video.plugin_broken" and finding.values["name"] == "bad"
    assert load_plugins() == (finding,), "asked once a run"


def test_there_are_none_here():
    assert list(importlib.metadata.entry_points(group=plugins.GROUP)) == []
