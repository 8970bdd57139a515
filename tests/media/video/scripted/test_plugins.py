"""Effects of others: they run, and one that raises is a sentence, never a crash."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from moviepy.Effect import Effect as MoviePyEffect

from studio.core import effects
from studio.core.curve import Curve
from studio.core.effects import EffectSpec, Field
from studio.core.errors import Refused
from studio.core.timeline import Effect, Source
from studio.core.words import Words
from studio.media.video.scripted import plugins
from studio.media.video.scripted.baking import bake, baked
from tests.media.video import films
from tests.media.video.scripted.test_baking import SIZE, line, picture, shown, where

LABEL = Words("Red only", "只留红色", "只留紅色")


class RedOnly(MoviePyEffect):
    """Somebody's effect. share: of the red that stays."""

    def __init__(self, share: float) -> None:
        self.share = share

    def apply(self, clip: Any) -> Any:
        return clip.image_transform(lambda rgb: (rgb * np.array([self.share, 0, 0])).astype(np.uint8))


class Raises(MoviePyEffect):
    """when: "made", "applied" or the second in which it raises."""

    def __init__(self, when: str | float) -> None:
        if when == "made":
            raise RuntimeError("not today")
        self.when = when

    def apply(self, clip: Any) -> Any:
        if self.when == "applied":
            raise ZeroDivisionError("by nothing")

        def frame(get: Any, t: float) -> Any:
            if t >= float(self.when):
                raise KeyError("gone")
            return get(t)
        return clip.transform(frame)


class Odd(MoviePyEffect):
    """Gives what no film can show."""

    def __init__(self, what: Any) -> None:
        self.what = what

    def apply(self, clip: Any) -> Any:
        return clip.image_transform(lambda rgb: self.what)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return films.film(tmp_path / "moving.mkv", [picture(n) for n in range(6)], fmt="yuv420p")


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """What a test adds is gone after it."""
    before = dict(effects._ALL)
    yield
    effects._ALL.clear()
    effects._ALL.update(before)
    plugins._FACTORIES.clear()


def spec(name: str, *fields: Field) -> EffectSpec:
    return EffectSpec(name, LABEL, "picture", "moviepy", fields, "baked")


def test_it_is_listed_and_runs_with_its_own_parameters(source: Source, tmp_path: Path) -> None:
    share = Field("share", Words("Share", "比例", "比例"), "number", 1.0, 0.0, 1.0)
    plugins.register(spec("red_only", share), lambda values: RedOnly(**values))
    assert effects.spec("red_only").label is LABEL
    timeline = line(source, Effect("e", "red_only", {"share": Curve(0.5)}), seconds=0.5)
    bake(timeline, "c", where, tmp_path / "cache")
    seen, plain = shown(baked(timeline, where, tmp_path / "cache"), 0.2), shown(line(source, seconds=0.5), 0.2)
    assert abs(seen[..., 0].mean() - plain[..., 0].mean() / 2) < 8 and seen[..., 2].mean() < 20


@pytest.mark.parametrize("when", ["made", "applied", 0.0, 0.2])
def test_one_that_raises_is_refused_in_words_and_leaves_no_file(
    when: str | float, source: Source, tmp_path: Path
) -> None:
    plugins.register(spec("raises"), lambda values: Raises(when))
    with pytest.raises(Refused) as refused:
        bake(line(source, Effect("e", "raises"), seconds=0.5), "c", where, tmp_path / "cache")
    [finding] = refused.value.findings
    assert finding.code == "video.effect_failed" and "Error" in str(finding.values["reason"])
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("what", [
    None, np.zeros((0, 0, 3)), "text", np.zeros((4, 4, 3, 2)), np.full((64, 96, 3), np.nan), np.zeros((64, 96)),
    np.full((31, 33, 3), 1e9), np.zeros((64, 96, 1)), np.zeros(5),
], ids=["None", "empty", "text", "4-D", "nan", "grey", "huge", "one channel", "1-D"])
def test_pictures_that_are_none_are_shown_or_refused(what: Any, source: Source, tmp_path: Path) -> None:
    plugins.register(spec("odd"), lambda values: Odd(what))
    timeline = line(source, Effect("e", "odd"), seconds=0.2)
    try:
        bake(timeline, "c", where, tmp_path / "cache")
    except Refused as refused:
        assert refused.findings[0].code == "video.effect_failed"
        assert list((tmp_path / "cache").iterdir()) == []
    else:
        assert shown(baked(timeline, where, tmp_path / "cache"), 0.1).shape == (SIZE[1], SIZE[0], 3)


def test_a_name_is_given_once_and_only_baked_ones_are_taken() -> None:
    plugins.register(spec("mine"), lambda values: RedOnly(1.0))
    for twice in (spec("mine"), spec("moviepy.Crop")):
        with pytest.raises(Refused) as refused:
            plugins.register(twice, lambda values: RedOnly(1.0))
        assert refused.value.findings[0].code == "video.effect_twice"
    with pytest.raises(Refused) as refused:
        plugins.register(EffectSpec("quick", LABEL, "picture", "moviepy"), lambda values: RedOnly(1.0))
    assert refused.value.findings[0].code == "video.effect_native"


def add() -> None:
    plugins.register(spec("by_entry_point"), lambda values: RedOnly(1.0))


def broken() -> None:
    raise OSError("half installed")


def test_installed_ones_are_found_and_a_broken_one_is_a_remark(monkeypatch: pytest.MonkeyPatch) -> None:
    here = "tests.media.video.scripted.test_plugins"
    points = [EntryPoint("good", f"{here}:add", plugins.GROUP), EntryPoint("bad", f"{here}:broken", plugins.GROUP),
              EntryPoint("gone", f"{here}:not_there", plugins.GROUP)]
    monkeypatch.setattr(plugins, "entry_points", lambda group: points if group == plugins.GROUP else [])
    found = plugins.load()
    assert [(finding.code, finding.values["name"], finding.blocks) for finding in found] == [
        ("video.plugin_broken", "bad", False), ("video.plugin_broken", "gone", False)]
    assert "by_entry_point" in effects.EFFECTS


def test_without_any_nothing_is_said() -> None:
    assert plugins.load() == ()


def test_an_effect_that_nobody_knows_any_more_is_played_without(source: Source, tmp_path: Path) -> None:
    timeline = line(source, Effect("e", "of a plug-in that was taken out"), seconds=0.4)
    assert baked(timeline, where, tmp_path) is timeline
    assert shown(timeline, 0.1).shape == (SIZE[1], SIZE[0], 3)
    assert timeline.duration == Fraction(2, 5)
