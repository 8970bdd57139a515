"""Timelines made by dice: cuts, transitions, speeds, transforms, effects, pictures in pictures, words, sound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

from studio.core.curve import Curve, Key
from studio.core.timeline import Clip, Effect, Gap, Item, Source, Timeline, Track, Transform, Transition
from studio.core.title import TextStyle, Title
from studio.core.transitions import TRANSITIONS
from tests.media.video.counters import film, steady

SIZES = ((192, 108), (108, 192), (160, 160), (250, 142))
RATES = tuple(map(Fraction, ("24000/1001", "24", "25", "30000/1001", "30", "60")))
EFFECTS = ("colour", "hue", "look", "vignette", "blur", "sharpen", "mosaic", "flip", "mask", "slow_zoom")
TOLD = {"colorspace": "bt709", "color_range": "tv"}


def films(folder: Path) -> list[Source]:
    """A few numbered films: steady ones at several rates, and one whose rate varies."""
    made = []
    for n, rate in enumerate((Fraction(30), Fraction(24000, 1001), Fraction(60))):
        path = film(folder / f"steady-{n}.mp4", steady(rate, int(rate * 4)), rate=rate, options=TOLD)
        made.append((path, rate))
    times, at, dice = [], Fraction(0), Random(3)
    while at < 4:
        times.append(at)
        at += Fraction(dice.choice((20, 33, 33, 40, 70)), 1000)
    made.append((film(folder / "varying.mp4", times, options=TOLD), Fraction(27)))
    return [Source(f"s{n}", str(path), "video", width=192, height=96, duration=Fraction(4), rate=rate)
            for n, (path, rate) in enumerate(made)]


def timeline(seed: int, sources: list[Source]) -> Timeline:
    """The same seed gives the same timeline, of 1 to 3 s."""
    dice = Random(seed)
    width, height = dice.choice(SIZES)
    rate = dice.choice(RATES)
    tracks = [Track("main", "main", tuple(_main(dice, sources, rate)))]
    length = tracks[0].duration
    if dice.random() < 0.5:
        tracks.append(Track("over", "overlay", (Gap(length / 4), _small(dice, sources, length / 2, (width, height)))))
    if dice.random() < 0.5:
        tracks.append(Track("words", "titles", (Gap(length / 5), _words(dice, length / 2))))
    return Timeline(f"r{seed}", width, height, rate=rate, tracks=tuple(tracks),
                    sources={source.id: source for source in sources}, loudness=None,
                    background=dice.choice(("#000000", "#224466")))


def _main(dice: Random, sources: list[Source], rate: Fraction) -> list[Item]:
    items: list[Item] = []
    for n in range(dice.randint(2, 3)):
        if n and dice.random() < 0.6:
            half = Fraction(dice.randint(2, 5)) / rate
            items.append(Transition(f"x{n}", dice.choice(sorted(TRANSITIONS)), half, half))
        items.append(_clip(dice, f"c{n}", dice.choice(sources), Fraction(dice.randint(14, 24)) / rate))
    return items


def _clip(dice: Random, id: str, source: Source, duration: Fraction) -> Clip:
    speed = dice.choice((Fraction(1),) * 4 + (Fraction(2), Fraction(1, 2), Fraction(3, 2)))
    clip = Clip(id, duration, source=source.id, start=Fraction(dice.randint(250, 1500), 1000), speed=speed,
                reverse=dice.random() < 0.15, fit=dice.choice(("cover", "contain", "fill", "blur")))
    if dice.random() < 0.3:
        moved = Curve(0.0, (Key(Fraction(0), 1.0), Key(duration, dice.choice((1.3, 1.8)), "both")))
        clip = replace(clip, transform=Transform(scale=moved, x=Curve(float(dice.randint(-20, 20)))))
    if dice.random() < 0.4:
        clip = replace(clip, effects=(Effect("e", dice.choice(EFFECTS)),))
    return clip


def _small(dice: Random, sources: list[Source], duration: Fraction, canvas: tuple[int, int]) -> Clip:
    return replace(
        _clip(dice, "small", dice.choice(sources), duration), effects=(), fit="contain",
        transform=Transform(x=Curve(float(canvas[0] // 5)), y=Curve(float(-canvas[1] // 5)), scale=Curve(0.4),
                            rotation=Curve(float(dice.choice((0, 0, 12)))), opacity=Curve(dice.choice((1.0, 0.7)))))


def _words(dice: Random, duration: Fraction) -> Clip:
    style = TextStyle(size=24, place="lower")
    return Clip("words", duration, "title", title=Title(dice.choice(("Hello", "你好，世界", "A\nB")), style,
                enter=dice.choice(("", "fade", "rise")), enter_for=Fraction(1, 5)))
