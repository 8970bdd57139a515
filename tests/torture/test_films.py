"""Films of every kind with bytes changed, cut out or cut off: a picture on the canvas or a sentence, and nothing else.

`make torture` makes 2,000 of them; `--runs=N` sets another number.
"""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.errors import Refused
from studio.core.timeline import Clip, Source, Timeline, Track
from studio.media.video.compositor import Compositor
from tests.media.video.counters import film, steady
from tests.media.video.test_bad_films import mutated, proxied, survives
from tests.media.video.test_odd_films import KINDS

RATE = Fraction(25)
SEE_THROUGH = {
    "VP9 with alpha": (".webm", "libvpx-vp9", "yuva420p"), "ProRes 4444": (".mov", "prores_ks", "yuva444p10le"),
    "PNG in QuickTime": (".mov", "png", "rgba"), "10 bits": (".mkv", "ffv1", "yuv422p10le"),
}
NAMED = {
    "", "media.unreadable", "media.no_picture", "media.empty", "video.codec_unknown", "video.proxy_see_through",
    "video.proxy_failed",
}


def films(folder: Path) -> list[bytes]:
    """A short one of every kind."""
    found = []
    for suffix, codec, options in KINDS.values():
        pixels = {"prores_ks": "yuv422p10le", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
        found.append(film(folder / f"film{suffix}", steady(RATE, 30), rate=RATE, tick=1 / RATE, codec=codec, gop=12,
                          pixels=pixels, options=options, size=(96, 48)).read_bytes())
    for suffix, codec, pixels in SEE_THROUGH.values():
        found.append(film(folder / f"film{suffix}", steady(RATE, 15), rate=RATE, tick=1 / RATE, codec=codec, gop=12,
                          pixels=pixels, size=(96, 48)).read_bytes())
    return found


def drawn(path: Path) -> str:
    """Draws a timeline of the film; the code it is refused with, "" when there is a picture."""
    clip = Clip("clip", Fraction(2), source="film")
    timeline = Timeline("t", 192, 108, tracks=(Track("main", "main", (clip,)),),
                        sources={"film": Source("film", str(path), "video")})
    compositor = Compositor(lambda source: path)
    try:
        for s in (0, 1, Fraction(1, 2), Fraction(4, 3), Fraction(1, 3)):
            assert compositor.frame(timeline, Fraction(s)).width == 192
    except Refused as refused:
        return refused.findings[0].code
    finally:
        compositor.close()
    return ""


def test_any_damage_gives_a_picture_or_a_sentence(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    dice, whole, outcomes = random.Random(11), films(tmp_path), Counter[str]()
    for n in range(int(pytestconfig.getoption("--runs"))):
        path = tmp_path / f"damaged{n}"
        path.write_bytes(mutated(dice.choice(whole), dice))
        outcomes.update(outcome(path) for outcome in (survives, drawn, proxied))
        path.unlink()
    print(dict(outcomes))
    assert set(outcomes) <= NAMED
    assert outcomes[""] > outcomes.total() // 4
