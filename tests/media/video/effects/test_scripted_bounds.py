"""MoviePy's effects with any values: a picture always, and no effect that fails."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.curve import Curve, Key
from studio.core.effects import EffectSpec, Field, scripted
from studio.core.finding import Finding
from studio.core.timeline import Clip, Effect, Param, Source, Timeline, Track, Transition
from studio.media.video.compositor import Compositor
from studio.media.video.sources import described
from tests.media import make
from tests.media.video import films
from tests.media.video.scripted.test_baking import picture

NATIVE = [spec for spec in scripted.EFFECTS if spec.domain == "picture" and spec.engine == "native"]
SIZE = (64, 48)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    """A film, a see-through picture and one of a single pixel."""
    folder = tmp_path_factory.mktemp("sources")
    found = (
        films.film(folder / "moving.mkv", [picture(n) for n in range(10)], fmt="yuv420p"),
        described(make.save(make.cutout(61, 37), folder / "cut.png")),
        described(make.save(make.photo(1, 1), folder / "dot.png")),
    )
    return {source.id: source for source in found}


def some(field: Field, dice: random.Random) -> Param:
    """A value that is allowed: often a bound, sometimes one that moves, sometimes wilder than the field says."""
    if field.kind == "switch":
        return dice.random() < 0.5
    if field.kind == "choice":
        return dice.choice([value for value, _ in field.choices])
    if field.kind == "color":
        return dice.choice(["#000000", "#ffffff", "#12ab9f", "#12ab9f80"] + ([""] if field.default == "" else []))
    least, most = field.least or 0.0, field.most if field.most is not None else 1000.0
    near = (least, most, float(field.default), dice.uniform(least, most), dice.uniform(0, 90), most * 9, -1e9)
    if field.keyed and dice.random() < 0.3:
        return Curve(keys=(Key(Fraction(0), dice.choice(near)), Key(Fraction(1, 2), dice.choice(near))))
    return Curve(dice.choice(near))


def any_effect(spec: EffectSpec, dice: random.Random, id: str) -> Effect:
    chosen = [field for field in spec.fields if dice.random() < 0.8]
    return Effect(id, spec.name, {field.name: some(field, dice) for field in chosen})


@pytest.mark.parametrize("spec", NATIVE, ids=lambda spec: spec.name)
def test_each_with_any_values(spec: EffectSpec, sources: dict[str, Source]) -> None:
    dice = random.Random(spec.name)
    for source in sources.values():
        for nth in range(3):
            effect = any_effect(spec, dice, f"{nth}")
            assert troubles(sources, (effect,), source, dice) == [], effect


def test_several_together_and_within_transitions(sources: dict[str, Source]) -> None:
    dice = random.Random(5)
    for nth in range(12):
        effects = tuple(any_effect(dice.choice(NATIVE), dice, f"{nth}.{n}") for n in range(dice.randint(2, 4)))
        assert troubles(sources, effects, dice.choice(list(sources.values())), dice) == [], effects


def troubles(
    sources: dict[str, Source], effects: tuple[Effect, ...], source: Source, dice: random.Random
) -> list[Finding]:
    """What failed while a clip with these effects was drawn at a few moments."""
    one = Clip("a", Fraction(1, 2), source=source.id, effects=effects, reverse=dice.random() < 0.2)
    two = Clip("b", Fraction(1, 2), source=source.id, effects=effects)
    join = Transition("x", "crossfade", Fraction(1, 10), Fraction(1, 10))
    timeline = Timeline("t", *SIZE, Fraction(10), (Track("m", "main", (one, join, two)),), sources)
    found: list[Finding] = []
    compositor = Compositor(lambda each: Path(each.path), troubled=found.append)
    try:
        for t in (Fraction(0), Fraction(2, 5), Fraction(1, 2), Fraction(9, 10)):
            frame = np.asarray(compositor.picture(timeline, t, dice.choice([SIZE, (32, 24), (30, 52)])))
            assert frame.shape[2] == 3
    finally:
        compositor.close()
    return found
