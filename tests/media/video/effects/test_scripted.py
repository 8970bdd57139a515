"""MoviePy's effects drawn by the engine, held to MoviePy's own pictures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import av
import numpy as np
import pytest
from moviepy import VideoClip
from numpy.typing import NDArray

from studio.core.curve import Curve
from studio.core.effects import EFFECTS, scripted
from studio.core.finding import Finding
from studio.core.timeline import Effect
from studio.media.video.acting import Acting
from studio.media.video.chain import ENDING, TAGGED, Chains
from studio.media.video.effects import Moment, native
from studio.media.video.scripted.vocabulary import Around, moviepy_effect
from tests.media import make
from tests.media.ssim import ssim

Pixels = NDArray[np.uint8]
WIDTH, HEIGHT, DURATION = 192, 128, Fraction(2)

# what is held to MoviePy: (effect, its parameters, the moment)
CASES: list[tuple[str, Mapping[str, float | str | bool], float]] = [
    ("BlackAndWhite", {}, 0.0),
    ("BlackAndWhite", {"RGB": "CRT_phosphor"}, 0.0),
    ("BlackAndWhite", {"RGB": "own", "RGB.red": 0.2, "RGB.green": 0.9, "RGB.blue": 0.1}, 0.0),
    ("BlackAndWhite", {"RGB": "own", "RGB.red": 0.1, "RGB.green": 0.3, "RGB.blue": 0.2, "preserve_luminosity": False},
     0.0),
    ("InvertColors", {}, 0.0),
    ("GammaCorrection", {"gamma": 0.5}, 0.0),
    ("GammaCorrection", {"gamma": 2.2}, 0.0),
    ("LumContrast", {"lum": 30.0, "contrast": 0.6, "contrast_threshold": 100.0}, 0.0),
    ("LumContrast", {"lum": -40.0, "contrast": -0.5}, 0.0),
    ("MultiplyColor", {"factor": 0.6}, 0.0),
    ("MultiplyColor", {"factor": 1.5}, 0.0),
    ("MultiplyColor", {"factor": 7.0}, 0.0),
    ("MultiplyColor", {"factor": 0.0}, 0.0),
    ("LumContrast", {"contrast": -1.0}, 0.0),
    ("LumContrast", {"lum": 90.0, "contrast": 2.5}, 0.0),
    ("LumContrast", {"lum": -120.0}, 0.0),
    ("GammaCorrection", {"gamma": 0.2}, 0.0),
    ("Painting", {}, 0.0),
    ("Painting", {"saturation": 0.9, "black": 0.01}, 0.0),
    ("Crop", {"x1": 20.0, "y1": 12.0, "x2": 150.0, "y2": 100.0}, 0.0),
    ("Crop", {"x1": 31.0, "width": 77.0, "y2": 90.0, "height": 51.0}, 0.0),
    ("Crop", {"x_center": 90.0, "y_center": 60.0, "width": 100.0, "height": 80.0}, 0.0),
    ("Crop", {"width": 64.0}, 0.0),
    ("EvenSize", {}, 0.0),
    ("Margin", {"margin_size": 9.0, "color": "#c02080"}, 0.0),
    ("Margin", {"left": 5.0, "top": 3.0, "right": 12.0, "bottom": 8.0, "color": "#20c0ff"}, 0.0),
    ("MirrorX", {}, 0.0),
    ("MirrorX", {"apply_to": "none"}, 0.0),
    ("MirrorY", {}, 0.0),
    ("Rotate", {"angle": 90.0}, 0.0),
    ("Rotate", {"angle": -90.0}, 0.0),
    ("Rotate", {"angle": 180.0}, 0.0),
    ("Rotate", {"angle": 17.0}, 0.0),
    ("Rotate", {"angle": 0.6, "unit": "rad", "expand": False, "resample": "bilinear"}, 0.0),
    ("Rotate", {"angle": 30.0, "center.x": 20.0, "center.y": 30.0, "translate.x": 9.0, "bg_color": "#3060c0"}, 0.0),
    ("Rotate", {"angle": -40.0, "center.x": 150.0, "center.y": 100.0, "expand": False}, 0.0),
    ("Rotate", {"angle": 5.0, "translate.x": 21.0, "translate.y": -13.0, "expand": False}, 0.0),
    ("Rotate", {"angle": 120.0, "expand": False}, 0.0),
    ("Rotate", {"angle": 270.0, "resample": "nearest"}, 0.0),
    ("HeadBlur", {"fx": 90.0, "fy": 60.0, "radius": 40.0}, 0.0),
    ("HeadBlur", {"fx": 4.0, "fy": 120.0, "radius": 30.0, "intensity": 6.0}, 0.0),
    ("Scroll", {"w": 100.0, "h": 80.0, "x_speed": 30.0, "y_speed": 12.0, "x_start": 5.0}, 1.2),
    ("Scroll", {"w": 150.0, "x_speed": 100.0}, 1.5),
    ("FadeIn", {"duration": 1.0}, 0.3),
    ("FadeIn", {"duration": 1.0, "initial_color": "#ff8040"}, 0.6),
    ("FadeOut", {"duration": 1.0, "final_color": "#ffffff"}, 1.6),
    ("FadeOut", {"duration": 0.5}, 0.2),
]


def effect(name: str, params: Mapping[str, float | str | bool]) -> Effect:
    made = {key: value if isinstance(value, str | bool) else Curve(value) for key, value in params.items()}
    return Effect("e", f"moviepy.{name}", made)


def as_frame(chains: Chains, rgb: Pixels) -> av.VideoFrame:
    """A picture as the engine has it: 4:2:0, limited bt709."""
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgb), format="rgb24")
    return chains.run("made", [*ENDING[:1], ("format", "yuv420p")], frame)


def photo_frame(chains: Chains, size: tuple[int, int] = (WIDTH, HEIGHT)) -> av.VideoFrame:
    return as_frame(chains, np.asarray(make.photo(*size)))


def seen(chains: Chains, frame: av.VideoFrame) -> Pixels:
    """The frame as RGBA."""
    return np.asarray(chains.run("seen", [TAGGED, ("format", "rgba")], frame).to_ndarray(), np.uint8)


def ours(chains: Chains, frame: av.VideoFrame, one: Effect, at: float) -> Pixels:
    troubles: list[Finding] = []
    moment = Moment(Fraction(at).limit_denominator(1000), DURATION, frame.width, frame.height)
    acting = Acting(chains, troubles.append)
    for early in (True, False):
        frame = acting.run(early, frame, [TAGGED], acting.plan([one], moment, early))
    assert not troubles
    return seen(chains, frame)


def theirs(picture: Pixels, one: Effect, at: float) -> Pixels:
    height, width = picture.shape[:2]
    clip = VideoClip(lambda t: picture[..., :3].copy(), duration=float(DURATION)).with_fps(30)
    made = clip.with_effects([moviepy_effect(one, Around((width, height), DURATION), Fraction(at))])
    got: Pixels = np.clip(made.get_frame(at), 0, 255).astype(np.uint8)
    return got


@pytest.mark.parametrize(("name", "params", "at"), CASES, ids=[f"{n}-{name}" for n, (name, _, _) in enumerate(CASES)])
def test_the_picture_is_moviepys(name: str, params: Mapping[str, float | str | bool], at: float) -> None:
    chains, one = Chains(), effect(name, params)
    frame = photo_frame(chains)
    mine, other = ours(chains, frame, one, at), theirs(seen(chains, frame), one, at)
    assert mine.shape[:2] == other.shape[:2]
    assert ssim(mine, other) >= 0.98
    canvas = seen(chains, as_frame(chains, other))  # with as much of its colours as a film keeps
    assert np.abs(mine[..., :3].astype(int) - canvas[..., :3]).mean() < 3
    assert (mine[..., 3] == 255).all()


def test_an_odd_picture_is_made_even_as_moviepy_does() -> None:
    chains = Chains()
    frame = photo_frame(chains, (121, 87))
    mine = ours(chains, frame, effect("EvenSize", {}), 0)
    assert mine.shape[:2] == (86, 120)
    assert ssim(mine, theirs(seen(chains, frame), effect("EvenSize", {}), 0)) >= 0.98


def test_a_colour_becomes_as_clear_as_in_moviepys_mask() -> None:
    chains = Chains()
    one = effect("MaskColor", {"color": "#e61414", "threshold": 90.0, "stiffness": 4.0})
    frame = photo_frame(chains)
    picture = seen(chains, frame)
    clip = VideoClip(lambda t: picture[..., :3].astype(float), duration=1.0)
    mask = clip.with_effects([moviepy_effect(one, Around((WIDTH, HEIGHT), DURATION))]).mask.get_frame(0)
    assert np.abs(ours(chains, frame, one, 0)[..., 3] - 255 * mask).max() <= 2


def test_a_margin_may_be_see_through() -> None:
    chains = Chains()
    made = ours(chains, photo_frame(chains), effect("Margin", {"margin_size": 10.0, "opacity": 0.5}), 0)
    assert made.shape[:2] == (HEIGHT + 20, WIDTH + 20)
    assert abs(int(made[2, 2, 3]) - 128) <= 1 and made[20, 20, 3] == 255


def test_only_the_picture_is_mirrored_when_that_is_asked() -> None:
    chains = Chains()
    rgba = np.asarray(make.cutout(120, 80))
    frame = chains.run("made", [*ENDING[:1], ("format", "yuva420p")], av.VideoFrame.from_ndarray(rgba, format="rgba"))
    upside = ours(chains, frame, effect("MirrorY", {}), 0)
    kept = ours(chains, frame, effect("MirrorY", {"apply_to": "none"}), 0)
    assert np.array_equal(upside[..., 3], rgba[::-1, :, 3])
    assert np.array_equal(kept[..., 3], rgba[..., 3])


def test_every_effect_that_says_it_is_native_is_drawn_by_the_engine() -> None:
    for spec in scripted.EFFECTS:
        if spec.domain == "picture":
            assert (native(spec.name) is not None) == (spec.engine == "native"), spec.name
            assert EFFECTS[spec.name] is spec
