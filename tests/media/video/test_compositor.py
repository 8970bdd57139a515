"""What a timeline looks like at a moment, held to plain statements of what it means."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.curve import Curve
from studio.core.errors import Refused
from studio.core.timeline import Clip, Effect, Gap, Source, Timeline, Transform, Transition
from studio.core.title import TextStyle, Title
from studio.media.video.picture import planes, yuv_of
from tests.media.video.films import clip, composer, counted, drawn, film, luma, overlay, plain, solid, timeline

HALF = Fraction(1, 2)


def test_nothing_is_the_background() -> None:
    y, u, v = drawn(timeline(background="#3366cc"))
    assert [set(np.unique(plane)) for plane in (y, u, v)] == [{part} for part in yuv_of("#3366cc")]


def test_a_cut_changes_the_picture_at_its_frame(tmp_path: Path) -> None:
    one, two = (film(tmp_path / f"{name}.mkv", counted(10)) for name in "ab")
    line = timeline(clip(one, 0.5, start=Fraction(3, 10)), Gap(Fraction(1, 10)), clip(two, 0.4), sources=[one, two])
    shades = [round((int(drawn(line, n / 10)[0][0, 0]) - 16) * 255 / 219) for n in range(10)]
    assert shades == pytest.approx([50, 60, 70, 80, 90, 0, 20, 30, 40, 50], abs=1)


def test_backwards_shows_the_same_frames_the_other_way(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mkv", counted(8))
    line = timeline(clip(source, 0.5, start=Fraction(1, 10), reverse=True), sources=[source])
    shades = [round((int(drawn(line, n / 10)[0][0, 0]) - 16) * 255 / 219) for n in range(5)]
    assert shades == pytest.approx([70, 60, 50, 40, 30], abs=1)


def test_twice_the_speed_shows_every_other_frame(tmp_path: Path) -> None:
    source = film(tmp_path / "a.mkv", counted(8))
    line = timeline(clip(source, 0.4, speed=Fraction(2)), sources=[source])
    shades = [round((int(drawn(line, n / 10)[0][0, 0]) - 16) * 255 / 219) for n in range(4)]
    assert shades == pytest.approx([20, 40, 60, 80], abs=1)


@pytest.mark.parametrize("t", [0.5, 0.7, 0.9])
def test_a_crossfade_is_the_mean_by_progress(t: float) -> None:
    line = timeline(solid("#204060"), Transition("x", "crossfade", HALF, Fraction(0)), solid("#e0c0a0"))
    part = (t - 0.5) / 0.5
    for plane, one, two in zip(drawn(line, t), yuv_of("#204060"), yuv_of("#e0c0a0"), strict=True):
        assert int(plane[5, 5]) == pytest.approx(one + (two - one) * part, abs=1)


def test_random_access_is_the_same_as_playing(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    noise = [rng.integers(0, 255, (48, 64, 3), dtype=np.uint8) for _ in range(20)]
    source = film(tmp_path / "a.mkv", noise)
    line = timeline(clip(source, 1, id="1"), Transition("x", "crossfade", HALF, HALF),
                    clip(source, 1, id="2", start=Fraction(1, 2)), sources=[source])
    one, two = composer(), composer()
    played = [[plane.copy() for plane in planes(one.frame(line, Fraction(n, 10)))] for n in range(20)]
    for n in np.random.default_rng(4).permutation(20):
        again = planes(two.frame(line, Fraction(int(n), 10)))
        assert all((a == b).all() for a, b in zip(played[n], again, strict=True)), n
    one.close()
    two.close()


def test_contain_leaves_the_background_free(tmp_path: Path) -> None:
    source = film(tmp_path / "wide.mkv", [plain((255, 255, 255), (64, 16))])
    y, _, _ = drawn(timeline(clip(source, fit="contain"), sources=[source], background="#000000"))
    assert set(np.unique(y[:16])) == {16} and set(np.unique(y[16:32])) == {235} and set(np.unique(y[32:])) == {16}


def test_cover_fills_and_cuts_evenly_at_both_sides(tmp_path: Path) -> None:
    picture = plain((0, 0, 0), (128, 48))
    picture[:, 32:96] = 255
    source = film(tmp_path / "wide.mkv", [picture])
    y, _, _ = drawn(timeline(clip(source), sources=[source]))
    assert (y == 235).all()


def test_a_picture_in_picture_lies_where_it_is_put() -> None:
    small = solid("#ffffff", transform=Transform(x=Curve(16), y=Curve(-12), scale=Curve(0.25)))
    y, _, _ = drawn(timeline(solid("#000000"), above=[overlay(small)]))
    wanted = np.full((48, 64), 16)
    wanted[6:18, 40:56] = 235  # 16 x 12 about (48, 12)
    assert (y == wanted).all()


def test_opacity_is_a_mean() -> None:
    above = [overlay(solid("#ffffff", transform=Transform(opacity=Curve(0.5))))]
    y, _, _ = drawn(timeline(solid("#000000"), above=above))
    assert int(y[0, 0]) == pytest.approx((16 + 235) / 2, abs=1)


def test_words_touch_only_their_rectangle() -> None:
    title = Clip("t", Fraction(1), "title", title=Title("Hi", TextStyle(size=12, shadow="")))
    y, u, _ = drawn(timeline(solid("#808080"), above=[overlay(title, role="titles")]))
    ground = luma("#808080")
    assert (y[:10] == ground).all() and (y[:, :10] == ground).all() and y.max() > 220 and (u == 128).all()


def test_what_is_covered_is_not_even_opened() -> None:
    gone = Source("gone", "/nowhere/film.mp4", "video", width=64, height=48)
    y, _, _ = drawn(timeline(clip(gone), sources=[gone], above=[overlay(solid("#ffffff"))]))
    assert (y == 235).all()


def test_one_adjustment_goes_over_into_another() -> None:
    grey = Effect("e", "colour", {"saturation": Curve(-100.0)})
    adjust = [Clip(name, Fraction(1), "adjustment", effects=effects) for name, effects in (("a", (grey,)), ("b", ()))]
    above = [overlay(adjust[0], Transition("x", "wipe", HALF, HALF), adjust[1])]
    line = timeline(solid("#ff0000", 2), above=above)
    vivid, shades = yuv_of("#ff0000")[2], [int(drawn(line, t)[2][0, 0]) for t in (0.2, 0.75, 1.0, 1.25, 1.8)]
    assert shades == pytest.approx([128 + (vivid - 128) * part for part in (0, 0.25, 0.5, 0.75, 1)], abs=1)


def test_there_is_no_picture_of_nothing() -> None:
    with pytest.raises(ValueError, match="0 x 20"):
        composer().frame(timeline(), Fraction(0), (0, 20))


def test_a_missing_source_is_refused_or_grey() -> None:
    gone = Source("gone", "/nowhere/film.mp4", "video", width=64, height=48)
    line = timeline(clip(gone), sources=[gone])
    with pytest.raises(Refused):
        drawn(line)
    told: list[str] = []
    y, _, _ = drawn(line, lenient=True, troubled=lambda finding: told.append(finding.code))
    assert set(np.unique(y)) == {luma("#3a3a3a")} and told == ["video.source_missing"]


def test_an_odd_canvas_is_drawn_one_larger() -> None:
    frame = composer().frame(Timeline("t", 63, 47), Fraction(0))
    assert (frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range) == (
        64, 48, "yuv420p", 1, 1)
    assert composer().picture(Timeline("t", 63, 47), Fraction(0)).size == (63, 47)
