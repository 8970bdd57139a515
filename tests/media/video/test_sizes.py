"""A small preview looks like the large export made small."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageFilter

from studio.core.curve import Curve, Key
from studio.core.timeline import Clip, Effect, Timeline, Transform
from studio.core.title import TextStyle, Title
from tests.media import make
from tests.media.ssim import ssim
from tests.media.video.films import clip, composer, film, overlay, timeline

LARGE, SMALL = (360, 640), (180, 320)
RISE = Curve(0, (Key(Fraction(0), 1.0), Key(Fraction(1), 1.6)))
CASES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "contained": {"fit": "contain"}, "blurred behind": {"fit": "blur"},
    "moved": {"fit": "contain", "transform": Transform(Curve(40.0), Curve(-90.0), Curve(0.7), Curve(25.0))},
    "slow zoom": {"transform": Transform(scale=RISE)},
    "blur": {"effects": (Effect("e", "blur", {"radius": Curve(10.0)}),)},
    "motion blur": {"effects": (Effect("e", "motion_blur", {"radius": Curve(14.0), "angle": Curve(30.0)}),)},
    "mosaic": {"effects": (Effect("e", "mosaic", {"size": Curve(24.0)}),)},
    "vignette": {"effects": (Effect("e", "vignette", {"amount": Curve(90.0)}),)},
    "mask": {"effects": (Effect("e", "mask", {"feather": Curve(10.0), "width": Curve(60.0)}),)},
    "look": {"effects": (Effect("e", "look", {"name": "teal"}),)},
    "crop and shake": {"effects": (Effect("e", "crop", {"left": Curve(20.0)}), Effect("f", "shake"))},
    "sharpen": {"effects": (Effect("e", "sharpen", {"amount": Curve(30.0)}),)},
}


def line(tmp_path: Path, **more: Any) -> Timeline:
    picture = make.photo(640, 360).filter(ImageFilter.GaussianBlur(3))
    source = film(tmp_path / "photo.mkv", [np.asarray(picture)] * 10, fmt="yuv420p")
    words = Clip("t", Fraction(1), "title", title=Title("Hello 你好", TextStyle(size=40, place="lower")))
    return timeline(clip(source, **more), sources=[source], size=LARGE, above=[overlay(words, role="titles")],
                    background="#405060")


@pytest.mark.parametrize("case", CASES)
def test_half_the_size_is_the_same_picture(tmp_path: Path, case: str) -> None:
    one = composer()
    shown = line(tmp_path, **CASES[case])
    large, small = (one.picture(shown, Fraction(3, 10), size) for size in (LARGE, SMALL))
    one.close()
    reduced = large.resize(SMALL, Image.Resampling.BOX)
    assert ssim(np.asarray(reduced), np.asarray(small)) >= 0.97
