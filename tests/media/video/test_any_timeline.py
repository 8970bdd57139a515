"""Whatever a timeline holds: it is drawn, without a fault, the same each time and alike at any size."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from studio.core.curve import Curve, Key
from studio.core.effects import EFFECTS, Field
from studio.core.effects.picture import EFFECTS as OURS
from studio.core.finding import Finding
from studio.core.timeline import (
    Clip,
    ClipKind,
    Effect,
    Fit,
    Gap,
    Item,
    Source,
    Timeline,
    Track,
    Transform,
    Transition,
)
from studio.core.title import TextStyle, Title
from studio.core.transitions import TRANSITIONS
from studio.media.video.compositor import Compositor
from studio.media.video.picture import planes
from studio.media.video.sources import described
from tests.media.video.films import composer, film

QUIET = [spec for spec in OURS if spec.name != "lut"]
COLOURS = ("#d02020", "#20d060", "#2040d0", "#ffffff", "#00000080")

KINDS: list[ClipKind] = ["media", "media", "media", "solid", "title", "adjustment"]
FITS: list[Fit] = ["cover", "contain", "fill", "blur"]
SPEEDS = [Fraction(1), Fraction(1, 2), Fraction(5, 2), Fraction(1, 3)]


def fractions(least: str, most: str) -> st.SearchStrategy[Fraction]:
    return st.fractions(Fraction(least), Fraction(most), max_denominator=30)


@st.composite
def curves(draw: st.DrawFn, least: float, most: float) -> Curve:
    values = st.floats(least, most, allow_nan=False)
    if draw(st.booleans()):
        return Curve(draw(values))
    times = sorted(draw(st.sets(fractions("0", "2"), min_size=1, max_size=3)))
    eases = st.sampled_from(["linear", "hold", "in", "out", "both"])
    return Curve(0.0, tuple(Key(at, draw(values), draw(eases)) for at in times))  # type: ignore[arg-type]


def _param(field: Field) -> st.SearchStrategy[Any]:
    if field.kind == "switch":
        return st.booleans()
    if field.kind == "choice":
        return st.sampled_from([value for value, _ in field.choices])
    if field.kind == "color":
        return st.sampled_from(COLOURS)
    return curves(field.least if field.least is not None else -50, field.most if field.most is not None else 50)


@st.composite
def effects(draw: st.DrawFn) -> Effect:
    spec = draw(st.sampled_from(QUIET))
    params = {field.name: draw(_param(field)) for field in spec.fields if draw(st.booleans())}
    return Effect(f"e{draw(st.integers(0, 10**9))}", spec.name, params)


@st.composite
def clips(draw: st.DrawFn, sources: list[str]) -> Clip:
    transform = Transform() if draw(st.booleans()) else Transform(
        draw(curves(-80, 80)), draw(curves(-80, 80)), draw(curves(0, 3)), draw(curves(-400, 400)), draw(curves(0, 1)))
    return Clip(
        f"c{draw(st.integers(0, 10**9))}", draw(fractions("1/5", "1")), draw(st.sampled_from(KINDS)),
        draw(st.sampled_from(sources)), draw(fractions("0", "1")), draw(st.sampled_from(SPEEDS)), draw(st.booleans()),
        fit=draw(st.sampled_from(FITS)), title=Title(draw(st.sampled_from(["Hi", "你好\n世界"])), TextStyle(size=20)),
        color=draw(st.sampled_from(COLOURS)), transform=transform,
        effects=tuple(draw(st.lists(effects(), max_size=2))),
    )


@st.composite
def tracks(draw: st.DrawFn, number: int, sources: list[str]) -> Track:
    items: list[Item] = []
    for nth in range(draw(st.integers(1, 3))):
        one = draw(clips(sources))
        if items and isinstance(items[-1], Clip) and draw(st.booleans()):
            half = min(items[-1].duration, one.duration) / 4
            kind = draw(st.sampled_from([*TRANSITIONS, "unknown"]))
            fields = TRANSITIONS[kind].fields if kind in TRANSITIONS else ()
            params = {field.name: draw(_param(field)) for field in fields}
            items.append(Transition(f"x{number}{nth}", kind, half, half, params))
        elif draw(st.booleans()):
            items.append(Gap(Fraction(1, 10)))
        items.append(one)
    return Track(f"t{number}", "main" if not number else "overlay", tuple(items), hidden=draw(st.integers(0, 9)) == 0)


@st.composite
def timelines(draw: st.DrawFn, sources: dict[str, Source]) -> Timeline:
    side = st.integers(1, 48).map(lambda half: 2 * half)
    lines = tuple(draw(tracks(number, list(sources))) for number in range(draw(st.integers(1, 3))))
    rate = draw(st.sampled_from([Fraction(10), Fraction(30), Fraction(30000, 1001)]))
    return Timeline("t", draw(side), draw(side), rate, lines, sources, background=draw(st.sampled_from(COLOURS)))


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    folder = tmp_path_factory.mktemp("media")
    rng = np.random.default_rng(7)
    noise = [rng.integers(0, 255, (36, 64, 3), dtype=np.uint8) for _ in range(12)]
    tall = [np.full((70, 30, 3), 20 * n, np.uint8) for n in range(10)]
    Image.new("RGBA", (33, 21), (200, 90, 10, 120)).save(folder / "logo.png")
    Image.new("L", (1, 1), 200).save(folder / "dot.png")
    made = [film(folder / "noise.mkv", noise, fmt="yuv420p"), film(folder / "tall.mkv", tall),
            described(folder / "logo.png", id="logo"), described(folder / "dot.png", id="dot")]
    return {source.id: source for source in made}


@pytest.fixture(scope="module")
def told() -> list[Finding]:
    return []


@pytest.fixture(scope="module")
def one(told: list[Finding]) -> Iterator[Compositor]:
    made = composer(troubled=told.append)
    yield made
    made.close()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_it_is_drawn_and_the_same_each_time(
    data: st.DataObject, sources: dict[str, Source], one: Compositor, told: list[Finding]
) -> None:
    told.clear()
    line = data.draw(timelines(sources))
    moments = [data.draw(fractions("0", "3")) for _ in range(3)]
    first = [_drawn(one, line, t) for t in moments]
    assert told == []
    fresh = composer()
    again = [_drawn(fresh, line, t) for t in reversed(moments)][::-1]
    fresh.close()
    assert all((a == b).all() for x, y in zip(first, again, strict=True) for a, b in zip(x, y, strict=True))
    assert all(frame[0].shape == (line.height, line.width) for frame in first)


def _drawn(one: Compositor, line: Timeline, t: Fraction) -> list[np.ndarray[Any, Any]]:
    return [plane.copy() for plane in planes(one.frame(line, t))]


def test_every_effect_is_tried() -> None:
    assert {spec.name for spec in QUIET} | {"lut"} <= set(EFFECTS)
