"""The engine's own effects against plain statements of what they mean."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from studio.core.curve import Curve, Key
from studio.core.effects import EFFECTS, picture
from studio.core.errors import Refused
from studio.core.finding import Finding
from studio.core.timeline import Effect, Timeline
from studio.media.video.effects import Native, native, natives, plug, unplug
from studio.media.video.effects.colour import LOOKS, escaped
from studio.media.video.picture import yuv_of
from tests.media.video.films import clip, drawn, film, luma, overlay, plain, solid, timeline

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Plane = NDArray[np.uint8]


def fx(effect: str, **params: Any) -> Effect:
    return Effect(f"fx {effect}", effect, {
        key: Curve(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
        for key, value in params.items()})


def over(effect: Effect, color: str = "#d02020", **more: Any) -> tuple[Plane, ...]:
    """A red surface with the effect over a blue one."""
    return drawn(timeline(solid("#2020d0"), above=[overlay(solid(color, effects=(effect,)))]), **more)


def noisy(tmp_path: Path, *effects: Effect, size: tuple[int, int] = (64, 48), **more: Any) -> Timeline:
    """Soft waves with a sharp edge in the middle."""
    y, x = np.mgrid[0:48, 0:64]
    waves = 120 + 50 * np.sin(x / 5) * np.cos(y / 7)
    waves[:, 32:] += 60
    pixels = np.repeat(np.clip(waves, 0, 255).astype(np.uint8)[..., None], 3, axis=2)
    source = film(tmp_path / f"{len(list(tmp_path.iterdir()))}.mkv", [pixels] * 5)
    return timeline(clip(source, 0.5, effects=effects, **more), sources=[source], size=size)


@pytest.mark.parametrize("name", [spec.name for spec in picture.EFFECTS])
def test_every_one_is_drawn_as_it_comes(tmp_path: Path, name: str) -> None:
    told: list[Finding] = []
    once, again = (drawn(noisy(tmp_path, fx(name)), 0.3, troubled=told.append) for _ in range(2))
    assert told == [] and native(name) is not None
    assert all((a == b).all() for a, b in zip(once, again, strict=True))


@pytest.mark.parametrize("name", ["colour", "hue", "vignette", "grain", "blur", "motion_blur", "sharpen",
                                  "denoise_picture", "lut", "look"])
def test_what_is_set_to_nothing_changes_nothing(tmp_path: Path, name: str) -> None:
    zero = {field.name: 0 for field in EFFECTS[name].fields if field.numeric and (field.least or 0) <= 0}
    bare, same = drawn(noisy(tmp_path)), drawn(noisy(tmp_path, fx(name, **zero)))
    assert all(np.abs(a.astype(int) - b).max() <= 1 for a, b in zip(bare, same, strict=True))


def test_brightness_contrast_and_saturation_do_as_they_say(tmp_path: Path) -> None:
    y, u, v = over(fx("colour"), "#808080")
    assert over(fx("colour", brightness=50), "#808080")[0].mean() > y.mean() + 30
    assert over(fx("colour", exposure=-1), "#808080")[0].mean() < y.mean() - 20
    grey = over(fx("colour", saturation=-100), "#d02020")
    assert (grey[1] == 128).all() and (grey[2] == 128).all() and abs(int(grey[0][0, 0]) - luma("#d02020")) <= 1
    warm = over(fx("colour", temperature=100), "#808080")
    assert warm[1].mean() < u.mean() - 10 and warm[2].mean() > v.mean() + 10
    flat, steep = (drawn(noisy(tmp_path, fx("colour", contrast=by)))[0].std() for by in (-60, 60))
    assert flat < drawn(noisy(tmp_path))[0].std() < steep


def test_black_and_white_stay_what_they_are_whatever_the_tint() -> None:
    for name in LOOKS:
        if name not in ("faded", "vintage", "sepia"):  # these lift black on purpose
            for color in ("#000000", "#ffffff"):
                y, u, v = over(fx("look", name=name), color)
                assert abs(int(y[0, 0]) - luma(color)) <= 1 and u[0, 0] == v[0, 0] == 128, (name, color)


def test_half_the_strength_is_half_way(tmp_path: Path) -> None:
    none, half, full = (over(fx("look", name="noir", strength=part))[1].mean() for part in (0, 50, 100))
    assert half == pytest.approx((none + full) / 2, abs=1)


def cube(path: Path) -> Path:
    """A table that makes everything blue: red and green go, blue stays."""
    rows = [f"0 0 {b / 1:.1f}" for b in range(2) for _g in range(2) for _r in range(2)]
    path.write_text("LUT_3D_SIZE 2\n" + "\n".join(rows) + "\n")
    return path


@pytest.mark.parametrize("name", ["plain.cube", "it's: [odd], 色 表;.cube"])
def test_a_table_of_colours_is_looked_up(tmp_path: Path, name: str) -> None:
    found = over(fx("lut", file=str(cube(tmp_path / name))), "#ff00ff")
    assert [int(plane[0, 0]) for plane in found] == pytest.approx(list(yuv_of("#0000ff")), abs=2)
    half = over(fx("lut", file=str(tmp_path / name), strength=50), "#ff00ff")
    assert int(half[0][0, 0]) == pytest.approx((luma("#0000ff") + luma("#ff00ff")) / 2, abs=2)


def test_a_table_that_is_gone_or_broken_is_told_once_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.cube").write_text("LUT_3D_SIZE 2\nnonsense\n")
    for name, code in (("gone.cube", "video.lut_missing"), ("broken.cube", "video.effect_failed")):
        told: list[Finding] = []
        found = over(fx("lut", file=str(tmp_path / name)), troubled=told.append)
        assert [finding.code for finding in told] == [code] and found[0][0, 0] == luma("#d02020")


def test_signs_of_filters_in_a_name_mean_nothing() -> None:
    assert escaped("a:b'c,d[e];f\\") == "a\\:b\\'c\\,d\\[e\\]\\;f\\\\"


def test_a_blur_is_softer_the_wider_and_the_same_at_any_size(tmp_path: Path) -> None:
    def edge(radius: float, size: tuple[int, int]) -> float:
        y = drawn(noisy(tmp_path, fx("blur", radius=radius)), 0, size)[0]
        by = size[0] // 64
        return float(np.abs(np.diff(y[:, :: by].astype(int), axis=1)).max())

    assert edge(8, (64, 48)) < edge(3, (64, 48)) < edge(0, (64, 48))
    assert edge(8, (64, 48)) == pytest.approx(edge(8, (256, 192)), abs=4)


def test_mosaic_makes_squares_of_one_shade(tmp_path: Path) -> None:
    y = drawn(noisy(tmp_path, fx("mosaic", size=16)))[0]
    assert all((y[r : r + 16, c : c + 16] == y[r, c]).all() for r in range(0, 48, 16) for c in range(0, 64, 16))


def test_noise_gets_less_and_the_edge_stays(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    pixels = np.full((48, 64, 3), 60, np.uint8) + rng.integers(0, 24, (48, 64, 1), np.uint8)
    pixels[:, 32:] += 120
    source = film(tmp_path / "n.mkv", [pixels])
    for method in ("quick", "thorough"):
        line = timeline(clip(source, effects=(fx("denoise_picture", amount=100, method=method),)), sources=[source])
        y = drawn(line)[0].astype(int)
        assert y[8:40, 4:28].std() < 4 and abs(y[:, 36:].mean() - y[:, :28].mean()) > 90


def test_grain_is_another_in_each_frame(tmp_path: Path) -> None:
    line = noisy(tmp_path, fx("grain", amount=60))
    one, two, again = (drawn(line, t)[0] for t in (0.1, 0.2, 0.1))
    assert (one != two).any() and (one == again).all() and (one != drawn(noisy(tmp_path), 0.1)[0]).any()


def test_a_vignette_darkens_the_corners_that_are_seen(tmp_path: Path) -> None:
    white = film(tmp_path / "wide.mkv", [plain((255, 255, 255), (128, 48))])
    rim = fx("vignette", amount=100, size=80)
    y = drawn(timeline(clip(white, effects=(rim,)), sources=[white]))[0]
    assert y[24, 32] == 235 and max(int(y[r, c]) for r in (0, 47) for c in (0, 63)) < 160


def test_a_crop_leaves_a_part_which_fills_the_canvas(tmp_path: Path) -> None:
    pixels = plain((0, 0, 0))
    pixels[:, 32:] = 255
    source = film(tmp_path / "a.mkv", [pixels])
    y = drawn(timeline(clip(source, fit="fill", effects=(fx("crop", left=50),)), sources=[source]))[0]
    assert (y > 230).all()
    nothing, told = fx("crop", left=95, right=95, top=95, bottom=95), list[Finding]()
    for effects in ((nothing,), (nothing, nothing), (fx("turn"), nothing), (nothing, fx("turn"))):
        drawn(timeline(clip(source, effects=effects), sources=[source]), troubled=told.append)
    assert told == []


def test_a_flip_and_a_turn(tmp_path: Path) -> None:
    pixels = plain((0, 0, 0), (64, 64))
    pixels[:32, :32] = 255  # top left
    source = film(tmp_path / "a.mkv", [pixels])
    corners = {"top left": (8, 8), "top right": (8, 56), "bottom left": (56, 8), "bottom right": (56, 56)}

    def bright(effect: Effect) -> list[str]:
        y = drawn(timeline(clip(source, effects=(effect,)), sources=[source], size=(64, 64)))[0]
        return [name for name, place in corners.items() if y[place] > 200]

    assert bright(fx("flip")) == ["top right"] and bright(fx("flip", across=False, over=True)) == ["bottom left"]
    assert [bright(fx("turn", by=by)) for by in ("90", "180", "270")] == [
        ["top right"], ["bottom right"], ["bottom left"]]


def test_a_mask_shows_what_is_inside() -> None:
    red, blue = luma("#d02020"), luma("#2020d0")
    y = over(fx("mask", shape="rectangle", width=50, height=50))[0]
    wanted = np.full((48, 64), blue)
    wanted[12:36, 16:48] = red
    assert (y == wanted).all()
    assert (over(fx("mask", shape="rectangle", width=50, height=50, invert=True))[0] == red + blue - wanted).all()
    round_ = over(fx("mask", shape="ellipse", width=100, height=100))[0]
    assert round_[24, 32] == red and round_[0, 0] == blue and round_[1, 32] == red
    soft = over(fx("mask", shape="rectangle", width=50, height=50, feather=50))[0]
    assert soft[24, 32] == red and len(np.unique(soft)) > 8
    cut = over(fx("mask", shape="rectangle", width=100, height=100, radius=100))[0]
    assert cut[0, 0] == blue and cut[24, 0] == red


def test_a_mask_of_a_picture_that_reaches_beyond_the_canvas_counts_what_is_seen(tmp_path: Path) -> None:
    white = film(tmp_path / "wide.mkv", [plain((255, 255, 255), (128, 48))])
    half = fx("mask", shape="rectangle", width=50, height=100)
    y = drawn(timeline(clip(white, effects=(half,)), sources=[white]))[0]
    assert (y[:, 18:46] == 235).all() and (y[:, :14] == 16).all() and (y[:, 50:] == 16).all()


def test_the_green_of_a_screen_goes_and_the_rest_stays() -> None:
    key = fx("chroma_key", color="#00ff00", softness=0)
    assert over(key, "#00ff00")[0][5, 5] == luma("#2020d0")
    assert over(key, "#d02020")[0][5, 5] == luma("#d02020")
    dim = fx("chroma_key", color="#00ff00", similarity=40)
    assert over(key, "#208040")[0][5, 5] == luma("#208040") and over(dim, "#208040")[0][5, 5] == luma("#2020d0")


def test_shine_of_the_screen_is_taken_from_what_stands_before_it() -> None:
    plain_, less = (over(fx("chroma_key", similarity=5, despill=by), "#90b090") for by in (0, 100))
    assert abs(less[2].mean() - 128) < abs(plain_[2].mean() - 128)


def test_what_is_dark_goes() -> None:
    key = fx("luma_key", threshold=0, tolerance=20)
    assert over(key, "#000000")[0][5, 5] == luma("#2020d0") and over(key, "#c0c0c0")[0][5, 5] == luma("#c0c0c0")


def test_a_slow_zoom_grows_about_its_point(tmp_path: Path) -> None:
    pixels = plain((0, 0, 0))
    pixels[22:26, 30:34] = 255
    source = film(tmp_path / "a.mkv", [pixels] * 10)
    line = timeline(clip(source, effects=(fx("slow_zoom", **{"from": 100, "to": 300}),)), sources=[source])
    bright = [(drawn(line, t)[0] > 125).sum() for t in (0, 0.5, 0.9)]
    assert bright[0] == 16 and bright[0] < bright[1] < bright[2]


def test_key_frames_of_a_parameter_are_followed() -> None:
    growing = Curve(0.0, (Key(Fraction(0), 0.0), Key(Fraction(1), 100.0)))
    line = timeline(solid("#d02020", effects=(Effect("e", "look", {"name": "noir", "strength": growing}),)))
    shades = [drawn(line, t)[2].mean() for t in (0, 0.3, 0.6, 0.9)]
    assert shades == sorted(shades, reverse=True) and shades[0] > shades[-1] + 50


def test_one_that_is_switched_off_is_not_drawn() -> None:
    off = Effect("e", "look", {"name": "noir"}, enabled=False)
    assert over(off)[2][0, 0] == yuv_of("#d02020")[2]


def _raises(*args: Any) -> Any:
    raise RuntimeError("a plug-in's own fault")


def _refused(*args: Any) -> Any:
    raise Refused(Finding("video.effect_file"))


BROKEN = {
    "steps": Native(steps=_raises), "pixels": Native(pixels=_raises), "planes": Native(planes=_raises),
    "mask": Native(mask=_raises), "lay": Native(lay=_raises), "time": Native(time=_raises),
    "early": Native(steps=_raises, early=True), "unknown filter": Native(steps=lambda *_: [("nosuchfilter", "")]),
    "nonsense": Native(steps=lambda *_: [("scale", "minus one")]),
    "a mask of another size": Native(mask=lambda *_: np.zeros((3, 3), np.uint8)),
    "no picture": Native(pixels=lambda rgba, *_: rgba[:0]), "words": Native(pixels=lambda *_: "red"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("kind", BROKEN)
def test_one_that_raises_is_left_out_and_told_once(tmp_path: Path, kind: str) -> None:
    source = film(tmp_path / "red.mkv", [plain((208, 32, 32))])
    told: list[Finding] = []
    plug("broken", BROKEN[kind])
    try:
        for effects in ((fx("broken"),), (fx("flip"), fx("hue", angle=0), fx("broken"), fx("blur"))):
            told.clear()
            line = timeline(clip(source, effects=effects), sources=[source], background="#00ff00")
            found = drawn(line, troubled=told.append)[0]
            assert np.abs(found.astype(int) - luma("#d02020")).max() <= 1
            assert [(finding.code, finding.severity) for finding in told] == [("video.effect_failed", "warning")]
    finally:
        unplug("broken")


def test_what_it_says_itself_is_told_as_it_is() -> None:
    told: list[Finding] = []
    plug("broken", Native(steps=_refused))
    try:
        drawn(timeline(solid("#d02020", effects=(fx("broken"),))), troubled=told.append)
    finally:
        unplug("broken")
    assert [finding.code for finding in told] == ["video.effect_file"]


def test_every_native_effect_of_pictures_has_a_drawing() -> None:
    missing = [name for name, spec in EFFECTS.items()
               if spec.domain == "picture" and spec.engine == "native" and name not in natives()]
    assert missing == []
