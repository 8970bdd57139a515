"""Presets: their sizes, rates, limits, and that what is kept comes back equal."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core import export
from studio.core.errors import Refused
from studio.core.timeline import Clip, Timeline, Track
from studio.core.words import Words


def timeline(seconds: Fraction = Fraction(10), **more: object) -> Timeline:
    clip = Clip("c", seconds, "solid")
    return Timeline("t", tracks=(Track("m", "main", (clip,)),), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("preset", export.PRESETS, ids=lambda preset: preset.id)
def test_every_preset_holds_what_its_container_takes_and_comes_back_from_json(preset: export.Preset) -> None:
    assert export.check(preset, timeline()) == ()
    assert export.from_json(export.to_json(preset)) == preset


@given(st.integers(1, 8000), st.integers(1, 8000), st.integers(0, 2000), st.integers(0, 2000))
def test_a_size_is_even_inside_the_box_and_keeps_the_shape(width: int, height: int, most: int, tall: int) -> None:
    preset = replace(export.USUAL, width=most, height=tall)
    found = export.size(preset, timeline(width=width, height=height))
    assert all(length >= 2 and length % 2 == 0 for length in found)
    assert found[0] <= max(2, (most or width) + 1) and found[1] <= max(2, (tall or height) + 1)
    assert abs(found[0] * height - found[1] * width) <= 2 * (width + height)


@given(st.fractions(Fraction(1, 100), 100), st.sampled_from(["24000/1001", "24", "25", "30000/1001", "60"]))
def test_a_preset_of_another_rate_has_every_moment_and_none_beyond_the_end(seconds: Fraction, rate: str) -> None:
    preset, line = replace(export.USUAL, rate=Fraction(rate), exact_rate=True), timeline(seconds)
    count = export.frames(preset, line)
    assert export.moment(preset, line, count - 1) < seconds <= export.moment(preset, line, count)


def test_a_rate_is_a_limit_unless_it_is_asked_for() -> None:
    fewer, more = Fraction(25), Fraction(60)
    assert export.rate(replace(export.USUAL, rate=fewer), timeline()) == fewer
    assert export.rate(replace(export.USUAL, rate=more), timeline()) == 30
    assert export.rate(replace(export.USUAL, rate=more, exact_rate=True), timeline()) == more


def codes(preset: export.Preset, line: Timeline) -> list[str]:
    return [finding.code for finding in export.check(preset, line)]


def test_limits_are_said_before_anything_is_made() -> None:
    strict = replace(export.USUAL, seconds=Fraction(5), shortest=Fraction(3), narrowest=Fraction(9, 16),
                     widest=Fraction(9, 16), sources={"seconds": "the rules, read 2026-11-30"})
    assert codes(strict, timeline(Fraction(5))) == []
    assert codes(strict, timeline(Fraction(2))) == ["video.export_short"]
    assert codes(strict, timeline(width=1920, height=1080)) == ["video.export_long", "video.export_shape"]
    assert export.check(strict, timeline())[0].source == "the rules, read 2026-11-30"
    assert codes(strict, Timeline("t")) == ["video.export_empty"]
    assert codes(replace(strict, container="webm"), timeline(Fraction(4))) == ["video.preset_mix"]


@pytest.mark.parametrize("change", [
    {"kind": "post"}, {"schema": "1"}, {"schema": 2}, {"container": "exe"}, {"video": "prores"}, {"quality": 90},
    {"rate": "1/0"}, {"label": ["one"]}, {"bytes": -1}, {"nonsense": 1}, {"width": "wide"},
])
def test_a_preset_that_makes_no_sense_is_refused_in_words(change: dict[str, object]) -> None:
    with pytest.raises(Refused):
        export.from_json({**export.to_json(export.USUAL), **change})


def test_an_unknown_preset_is_named() -> None:
    assert export.preset("gif").container == "gif"
    with pytest.raises(Refused):
        export.preset("betamax")
    assert export.Preset("x", Words("X", "X", "X")).ending == ".mp4"
    assert export.preset("png").ending == ""
