"""MoviePy's vocabulary: nothing of it is missing, and a new release that adds to it is noticed."""

from __future__ import annotations

import inspect
from types import ModuleType

import moviepy.audio.fx
import moviepy.video.fx
import pytest

from studio.core.effects import EFFECTS, scripted
from studio.core.effects.spec import EffectSpec

MODULES = {"picture": moviepy.video.fx, "sound": moviepy.audio.fx}
CLASSES = [(domain, name) for domain, module in MODULES.items() for name in module.__all__]


def of(moviepy: str) -> EffectSpec:
    return next(spec for spec in scripted.EFFECTS if spec.moviepy == moviepy)


@pytest.mark.parametrize(("domain", "name"), CLASSES, ids=[name for _, name in CLASSES])
def test_each_class_of_moviepy_is_an_effect_with_a_field_for_each_parameter(domain: str, name: str) -> None:
    module: ModuleType = MODULES[domain]
    parameters = list(inspect.signature(getattr(module, name).__init__).parameters)[1:]
    spec = of(name)
    assert list(dict.fromkeys(field.name.split(".")[0] for field in spec.fields)) == parameters
    assert spec.domain == domain
    assert EFFECTS[spec.name] is spec


def test_there_is_no_effect_that_moviepy_does_not_have() -> None:
    assert sorted(spec.moviepy for spec in scripted.EFFECTS) == sorted(name for _, name in CLASSES)


@pytest.mark.parametrize("spec", scripted.EFFECTS, ids=lambda spec: spec.name)
def test_defaults_are_within_their_bounds_and_names_are_in_three_languages(spec: EffectSpec) -> None:
    for field in spec.fields:
        assert field.label.en and field.label.zh_CN and field.label.zh_TW
        if field.numeric:
            assert field.least is not None and field.most is not None
            assert field.least <= float(field.default) <= field.most
        if field.kind == "choice":
            assert field.default in [value for value, _ in field.choices]
    assert spec.label.en and spec.label.zh_CN and spec.label.zh_TW


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_two_effects_of_a_kind_are_called_alike(language: str) -> None:
    names = [(spec.domain, spec.label.say(language)) for spec in EFFECTS.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
