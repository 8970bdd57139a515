"""Draws the sample pictures and the sample clip of assets/samples/: `python -m tools.make_samples`.

Everything is drawn here, from shapes; the same script gives the same pictures.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 1200  # px of a finished picture
FINE = 3  # drawn so many times larger, then shrunk: smooth edges
OUT = Path(__file__).parent.parent / "assets" / "samples"
Colour = str
Point = tuple[float, float]


class Canvas:
    """A picture drawn in units of the finished one, FINE times larger inside."""

    def __init__(self, top: Colour, bottom: Colour) -> None:
        ramp = Image.linear_gradient("L").resize((SIDE * FINE, SIDE * FINE))
        whole = (SIDE * FINE, SIDE * FINE)
        self.image = Image.composite(Image.new("RGB", whole, bottom), Image.new("RGB", whole, top), ramp)
        self.draw = ImageDraw.Draw(self.image)

    def box(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        at = tuple(round(v * FINE) for v in (x, y, x + w, y + h))
        self.draw.rounded_rectangle(at, radius * FINE, fill=fill)

    def disc(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self.draw.ellipse(tuple(round(v * FINE) for v in (x - rx, y - ry, x + rx, y + ry)), fill=fill)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([(x * FINE, y * FINE) for x, y in points], fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        self.draw.line([(x * FINE, y * FINE) for x, y in points], fill=fill, width=round(width * FINE), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, width / 2, fill)

    def ring(self, x: float, y: float, r: float, fill: Colour, width: float) -> None:
        at = tuple(round(v * FINE) for v in (x - r, y - r, x + r, y + r))
        self.draw.ellipse(at, outline=fill, width=round(width * FINE))

    def glow(self, paint: Callable[[Canvas], None], strength: float, blur: float = 0) -> None:
        """Lays what `paint` draws (white on black) over the picture as light of that strength."""
        layer = Canvas("#000000", "#000000")
        paint(layer)
        mask = layer.image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur))
        mask = mask.point([round(v * strength) for v in range(256)]).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, "#fff3d6"), mask=mask)

    def done(self) -> Image.Image:
        return self.image.resize((SIDE, SIDE), Image.Resampling.BOX)


def curve(start: Point, bend: Point, end: Point, steps: int = 24) -> list[Point]:
    """A quadratic Bezier curve as points."""
    parts = [n / steps for n in range(steps + 1)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * (1 - t) * t * bend[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * (1 - t) * t * bend[1] + t * t * end[1],
        )
        for t in parts
    ]


# --- the avenue -------------------------------------------------------------------------------------------------


def avenue() -> Image.Image:
    """Plane trees in November, a path, someone on a bicycle."""
    c, dice = Canvas("#fdeccb", "#fbd79a"), random.Random(11)
    c.disc(600, 560, 250, 250, "#fff4d8")
    c.disc(600, 560, 170, 170, "#fffaea")
    for x, h, tone in ((-60, 150, "#f2c283"), (230, 110, "#f0bd7c"), (760, 120, "#f0bd7c"), (960, 170, "#f2c283")):
        c.box(x, 690 - h, 300, h + 40, tone, 18)
    c.box(0, 690, SIDE, SIDE - 690, "#eaa95a")
    c.shape([(0, 760), (540, 700), (560, 700), (200, SIDE), (0, SIDE)], "#dd9347")
    c.shape([(SIDE, 760), (660, 700), (640, 700), (1000, SIDE), (SIDE, SIDE)], "#dd9347")
    c.shape([(548, 698), (652, 698), (1010, SIDE), (190, SIDE)], "#f8dfb2")
    c.shape([(585, 698), (615, 698), (700, SIDE), (500, SIDE)], "#fce9c6")
    for depth in (0.22, 0.34, 0.52, 0.78, 1.15):
        for side in (-1, 1):
            _tree(c, 600 + side * 520 * depth, 700 + 330 * depth, depth, dice)
    _canopy(c, dice)
    _fallen(c, dice)
    _cyclist(c, 610, 905, 1.0)
    return c.done()


def _tree(c: Canvas, x: float, foot: float, scale: float, dice: random.Random) -> None:
    wide, high = 62 * scale, 900 * scale
    bark = ("#7a4a2b", "#85522f", "#6d4126")[dice.randrange(3)]
    c.disc(x, foot, wide * 1.5, 14 * scale, "#c98040")
    right = [(x + wide / 3, foot - high), (x + wide / 2, foot)]
    c.shape([(x - wide / 2, foot), (x - wide / 3, foot - high), *right], bark)
    c.shape([(x + wide * 0.12, foot), (x + wide * 0.1, foot - high), *right], "#5e3720")
    for side in (-1, 1):
        bend = curve((x, foot - high * 0.5), (x + side * 40 * scale, foot - high * 0.62),
                     (x + side * 150 * scale, foot - high * 0.78))
        c.line(bend, bark, 20 * scale)
    for _ in range(26):
        angle, away = dice.uniform(0, math.tau), dice.uniform(0.1, 1.0)
        r = dice.uniform(46, 92) * scale
        cx = x + math.cos(angle) * away * 230 * scale
        cy = foot - high * 0.86 + math.sin(angle) * away * 170 * scale
        c.disc(cx, cy, r, r * 0.9, dice.choice(("#f4a63a", "#ee8b2c", "#f7bc55", "#e5761f", "#f29a33")))


def _canopy(c: Canvas, dice: random.Random) -> None:
    """Leaves of the nearest branches along the upper edge."""
    for n in range(80):
        x = n / 79 * 1320 - 60
        y = 30 + dice.uniform(-60, 60) + 130 * abs(x - 600) / 600
        r = dice.uniform(36, 84)
        c.disc(x, y, r, r * 0.88, dice.choice(("#e8832a", "#f3a23a", "#dd6b1c", "#f7b850", "#ee9230")))


def _fallen(c: Canvas, dice: random.Random) -> None:
    for _ in range(170):
        y = 720 + 470 * dice.random() ** 0.8
        near = (y - 690) / 500
        x, r = dice.uniform(0, SIDE), 3 + 9 * near
        c.disc(x, y, r, r * 0.5, dice.choice(("#c9661d", "#f0a03c", "#b9561a", "#f6c063")))
    for _ in range(26):
        x, y, r = dice.uniform(60, 1140), dice.uniform(260, 760), dice.uniform(5, 9)
        c.disc(x, y, r, r * 0.6, dice.choice(("#e5761f", "#d9641a", "#f29a33")))


def _cyclist(c: Canvas, x: float, y: float, s: float) -> None:
    dark, red, skin = "#33404f", "#d8472f", "#f3c7a1"
    c.disc(x, y + 62 * s, 120 * s, 12 * s, "#e3bd83")
    for dx in (-66, 66):
        c.ring(x + dx * s, y + 8 * s, 50 * s, dark, 7 * s)
        c.disc(x + dx * s, y + 8 * s, 7 * s, 7 * s, dark)
    frame = [(x - 66 * s, y + 8 * s), (x - 24 * s, y - 58 * s), (x + 46 * s, y - 58 * s), (x + 4 * s, y + 10 * s),
             (x - 66 * s, y + 8 * s)]
    c.line(frame, red, 9 * s)
    c.line([(x - 28 * s, y - 76 * s), (x + 4 * s, y + 10 * s)], red, 9 * s)
    c.line([(x + 66 * s, y + 8 * s), (x + 42 * s, y - 88 * s), (x + 66 * s, y - 96 * s)], dark, 8 * s)
    c.line([(x - 46 * s, y - 80 * s), (x - 12 * s, y - 80 * s)], dark, 13 * s)
    c.line([(x - 26 * s, y - 92 * s), (x + 20 * s, y - 50 * s), (x + 8 * s, y + 20 * s)], "#3d5a80", 24 * s)
    c.line([(x + 8 * s, y + 22 * s), (x + 24 * s, y + 24 * s)], dark, 14 * s)
    body = [(x - 46 * s, y - 92 * s), (x - 20 * s, y - 186 * s), (x + 22 * s, y - 190 * s), (x + 2 * s, y - 88 * s)]
    c.shape(body, "#4f7cac")
    c.disc(x + 2 * s, y - 184 * s, 24 * s, 18 * s, "#4f7cac")
    c.line(curve((x + 4 * s, y - 176 * s), (x + 30 * s, y - 130 * s), (x + 62 * s, y - 100 * s)), "#45709d", 18 * s)
    c.disc(x + 62 * s, y - 99 * s, 10 * s, 10 * s, skin)
    c.line(curve((x - 8 * s, y - 200 * s), (x - 60 * s, y - 196 * s), (x - 86 * s, y - 174 * s)), red, 16 * s)
    c.line([(x - 6 * s, y - 198 * s), (x + 20 * s, y - 198 * s)], red, 18 * s)
    c.disc(x + 10 * s, y - 230 * s, 27 * s, 29 * s, skin)
    c.disc(x + 4 * s, y - 242 * s, 30 * s, 22 * s, "#2f2a2a")
    c.disc(x - 18 * s, y - 230 * s, 12 * s, 20 * s, "#2f2a2a")


# --- the cup ----------------------------------------------------------------------------------------------------


def cup() -> Image.Image:
    """A cup by the window at ten in the morning."""
    c = Canvas("#d9aa78", "#c98f59")
    _window_light(c)
    c.box(0, 800, SIDE, 400, "#8c5a35")
    c.box(0, 800, SIDE, 14, "#a56d43")
    for y, x0, x1 in ((880, 60, 420), (960, 700, 1120), (1060, 120, 560), (1130, 640, 1000), (910, 820, 1180)):
        c.line(curve((x0, y), ((x0 + x1) / 2, y - 12), (x1, y)), "#7d4f2e", 5)
    c.glow(lambda g: g.shape([(430, 800), (1010, 800), (1200, 1010), (1200, 1200), (700, 1200)], "#ffffff"), 0.16, 8)
    _book(c)
    _saucer_and_cup(c)
    _steam(c)
    _leaf_twig(c)
    return c.done()


def _window_light(c: Canvas) -> None:
    def beams(g: Canvas) -> None:
        for x in (60, 330):
            g.shape([(x + 120, 0), (x + 330, 0), (x + 750, 800), (x + 480, 800)], "#ffffff")

    c.glow(beams, 0.34, 5)
    c.glow(lambda g: g.disc(420, 80, 520, 420, "#ffffff"), 0.20, 120)


def _saucer_and_cup(c: Canvas) -> None:
    c.disc(560, 1005, 392, 66, "#6f4526")
    c.disc(550, 975, 380, 78, "#e9dcc9")
    c.disc(550, 962, 380, 76, "#fffaf0")
    c.disc(550, 964, 250, 46, "#e6d8c3")
    c.ring(835, 735, 104, "#efe3d0", 40)
    c.ring(835, 735, 104, "#fffaf0", 28)
    left = curve((285, 590), (290, 900), (465, 960))
    right = curve((635, 960), (810, 900), (815, 590))
    c.shape([*left, *right], "#fffaf0")
    shade = [*curve((640, 590), (720, 860), (560, 962)), *curve((635, 960), (810, 900), (815, 590))]
    c.shape(shade, "#f0e3cf")
    c.shape([*curve((300, 700), (550, 760), (803, 700)), *curve((797, 735), (550, 796), (306, 735))], "#d8472f")
    c.disc(550, 590, 265, 66, "#fffdf8")
    c.disc(550, 594, 238, 54, "#5a3219")
    c.disc(550, 600, 226, 46, "#7a4724")
    _rosetta(c)


def _rosetta(c: Canvas) -> None:
    """A heart of milk, seen flat."""
    c.disc(512, 592, 58, 20, "#f6e2c4")
    c.disc(588, 592, 58, 20, "#f6e2c4")
    c.shape([(456, 596), (644, 596), (550, 636)], "#f6e2c4")


def _steam(c: Canvas) -> None:
    def wisps(g: Canvas) -> None:
        for x, high, lean in ((455, 250, -30), (550, 320, 34), (640, 230, -26)):
            lower = curve((x, 540), (x + 70, 540 - high * 0.3), (x, 540 - high * 0.55))
            upper = curve((x, 540 - high * 0.55), (x - 70, 540 - high * 0.8), (x + lean, 540 - high))
            g.line([*lower, *upper], "#ffffff", 26)

    c.glow(wisps, 0.55, 9)


def _book(c: Canvas) -> None:
    c.shape([(818, 1040), (1130, 960), (1200, 1010), (1200, 1085), (900, 1160)], "#6f4526")
    c.shape([(806, 1010), (1120, 930), (1200, 985), (1200, 1040), (890, 1120)], "#fff6e4")
    c.shape([(800, 985), (1110, 905), (1200, 965), (1200, 1010), (884, 1090)], "#2f6f62")
    c.shape([(800, 985), (884, 1090), (884, 1112), (800, 1008)], "#24584d")
    c.shape([(905, 1000), (1070, 958), (1100, 982), (932, 1026)], "#f3d9a4")


def _leaf_twig(c: Canvas) -> None:
    stem = curve((90, 1070), (200, 1010), (250, 1085))
    c.line(stem, "#8a4a1f", 7)
    for x, y, turn, tone in ((96, 1062, 150, "#e5761f"), (178, 1030, 250, "#f4a63a"), (252, 1088, 40, "#d9641a")):
        _leaf(c, x, y, turn, 74, tone)


def _leaf(c: Canvas, x: float, y: float, turn: float, size: float, fill: Colour) -> None:
    a = math.radians(turn)
    tip = (x + math.cos(a) * size, y + math.sin(a) * size * 0.7)
    side = (math.cos(a + 1.57) * size * 0.55, math.sin(a + 1.57) * size * 0.4)
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    up = curve((x, y), (middle[0] + side[0], middle[1] + side[1]), tip)
    down = curve(tip, (middle[0] - side[0], middle[1] - side[1]), (x, y))
    c.shape([*up, *down], fill)
    c.line([(x, y), tip], "#a8541c", 3)


# --- the bookshop -----------------------------------------------------------------------------------------------

SPINES = ("#d8472f", "#2f6f62", "#f3b24a", "#35507a", "#f4ead7", "#8c3b2e", "#6b9080", "#e08a3c", "#5b4a72", "#c9d6c5")


def bookshop() -> Image.Image:
    """Shelves, a lamp, someone who has forgotten the time."""
    c, dice = Canvas("#4a2f22", "#3a241a"), random.Random(4)
    for row in range(5):
        _shelf(c, 24 + row * 210, dice)
    c.glow(lambda g: g.disc(600, 330, 470, 400, "#ffffff"), 0.22, 130)
    _lamp(c)
    _reader(c)
    _piles(c)
    return c.done()


def _shelf(c: Canvas, top: float, dice: random.Random) -> None:
    high = 190.0
    c.box(0, top, SIDE, high, "#2b1a12")
    x = 12.0
    while x < SIDE - 20:
        wide = dice.uniform(26, 58)
        if dice.random() < 0.09:
            x += dice.uniform(18, 46)
            continue
        _spine(c, x, top + high, wide, dice)
        x += wide + 3
    c.box(0, top + high, SIDE, 20, "#7a4d31")
    c.box(0, top + high, SIDE, 6, "#966341")


def _spine(c: Canvas, x: float, foot: float, wide: float, dice: random.Random) -> None:
    high, fill = dice.uniform(118, 172), dice.choice(SPINES)
    c.box(x, foot - high, wide, high, fill, 4)
    band = "#f7e6c4" if fill != "#f4ead7" else "#b0603a"
    style = dice.randrange(3)
    if style == 0:
        c.box(x + 5, foot - high + 20, wide - 10, 7, band)
        c.box(x + 5, foot - 34, wide - 10, 7, band)
    elif style == 1:
        c.box(x + wide * 0.28, foot - high * 0.75, wide * 0.44, high * 0.38, band, 3)


def _lamp(c: Canvas) -> None:
    c.glow(lambda g: g.shape([(500, 260), (700, 260), (1010, 860), (190, 860)], "#ffffff"), 0.20, 28)
    c.line([(600, 0), (600, 150)], "#1f1510", 8)
    c.shape([*curve((470, 262), (490, 140), (600, 140)), *curve((600, 140), (710, 140), (730, 262))], "#f3b24a")
    c.shape([*curve((600, 140), (710, 140), (730, 262)), (640, 262)], "#dd9535")
    c.disc(600, 262, 130, 20, "#fff1c9")


def _reader(c: Canvas) -> None:
    c.disc(600, 1215, 390, 330, "#e9e2d0")
    c.disc(600, 1240, 330, 300, "#f7f1e3")
    c.box(548, 800, 104, 130, "#e9b48c", 40)
    c.shape([*curve((470, 925), (600, 985), (730, 925)), (700, 880), (500, 880)], "#f7f1e3")
    c.disc(600, 735, 128, 146, "#f3c7a1")
    c.disc(600, 656, 146, 104, "#2c2220")
    c.shape([(456, 660), (470, 770), (492, 720), (520, 668)], "#2c2220")
    c.shape([(744, 660), (730, 770), (708, 720), (680, 668)], "#2c2220")
    for x in (548, 652):
        c.line(curve((x - 26, 762), (x, 776), (x + 26, 762)), "#4a342c", 7)
        c.disc(x, 806, 24, 13, "#f0ae8c")
    c.line(curve((580, 826), (600, 838), (620, 826)), "#b25b45", 7)
    _open_book(c)


def _open_book(c: Canvas) -> None:
    c.shape([*curve((336, 985), (480, 950), (600, 1010)), (600, 1170), *curve((600, 1170), (470, 1110), (320, 1150))],
            "#c23a2b")
    c.shape([*curve((864, 985), (720, 950), (600, 1010)), (600, 1170), *curve((600, 1170), (730, 1110), (880, 1150))],
            "#a93024")
    c.line([(600, 1010), (600, 1168)], "#8c241b", 6)
    for x, y in ((350, 1075), (850, 1075)):
        c.disc(x, y, 46, 34, "#f3c7a1")
    c.box(418, 1030, 100, 12, "#e9a79c", 6)
    c.box(690, 1030, 90, 12, "#d98a7e", 6)


def _piles(c: Canvas) -> None:
    left, right = ("#35507a", "#f3b24a", "#6b9080", "#d8472f"), ("#5b4a72", "#e08a3c", "#2f6f62")
    for x, wide, tones in ((20, 240, left), (955, 230, right)):
        for n, tone in enumerate(tones):
            shift = (0, 18, -8, 10)[n]
            c.box(x + shift, 1150 - n * 52, wide, 50, tone, 8)
            c.box(x + shift + 10, 1160 - n * 52, 16, 30, "#f7e6c4", 4)


# --- the clip ---------------------------------------------------------------------------------------------------

CLIP = (720, 1280)
RATE = 24


def clip(pictures: Sequence[Image.Image], out: Path, seconds: int = 3) -> None:
    """A slow pan over the drawings, one after the other with short dissolves, and a soft chord."""
    with av.open(str(out), "w", options={"movflags": "+faststart"}) as file:
        video = file.add_stream("libx264", RATE, options={"crf": "27", "preset": "slow", "threads": "1"})
        video.width, video.height, video.pix_fmt = *CLIP, "yuv420p"
        sound = file.add_stream("aac", 44_100, layout="mono")
        sound.bit_rate = 64_000
        for n in range(seconds * RATE):
            frame = av.VideoFrame.from_ndarray(np.asarray(_moment(pictures, n / (seconds * RATE))), format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, RATE)
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        for block in _chord(seconds):
            file.mux(sound.encode(block))
        file.mux(sound.encode(None))


def _moment(pictures: Sequence[Image.Image], at: float) -> Image.Image:
    """The frame at 0..1 of the clip."""
    place = at * len(pictures)
    number, inside = int(place), place - int(place)
    frame = _pan(pictures[number], inside, number)
    fade = max(0.0, (inside - 0.75) / 0.25)
    if fade and number + 1 < len(pictures):
        frame = Image.blend(frame, _pan(pictures[number + 1], 0.0, number + 1), fade * fade * (3 - 2 * fade))
    return frame


def _pan(picture: Image.Image, inside: float, number: int) -> Image.Image:
    """A 9:16 window that drifts sideways and comes a little closer."""
    high = SIDE * (0.98 - 0.05 * inside)
    wide = high * CLIP[0] / CLIP[1]
    drift = (inside - 0.5) * 60 * (1 if number % 2 == 0 else -1)
    left, top = (SIDE - wide) / 2 + drift, (SIDE - high) / 2
    return picture.resize(CLIP, Image.Resampling.LANCZOS, box=(left, top, left + wide, top + high))


def _chord(seconds: int) -> list[av.AudioFrame]:
    """C, E, G and the octave one after the other, plucked, in mono floats."""
    t = np.arange(seconds * 44_100) / 44_100
    wave = np.zeros_like(t)
    for n, pitch in enumerate((261.63, 329.63, 392.00, 523.25, 392.00, 329.63)):
        late = np.clip(t - n * 0.45, 0, None)
        pluck = np.exp(-late * 3.2) * np.minimum(late * 200, 1)  # 0 until it is this note's turn
        wave += np.sin(math.tau * pitch * late) * pluck
    wave *= 0.22 * np.minimum(1, (seconds - t) * 4)
    frames = []
    for start in range(0, len(wave), 1024):
        frame = av.AudioFrame.from_ndarray(wave[None, start : start + 1024].astype(np.float32), "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 44_100, start, Fraction(1, 44_100)
        frames.append(frame)
    return frames


def main() -> None:
    """Draws everything into assets/samples/ and says how large each file is."""
    OUT.mkdir(parents=True, exist_ok=True)
    drawn = {"avenue.jpg": avenue(), "cafe.jpg": cup(), "bookshop.jpg": bookshop()}
    for name, picture in drawn.items():
        picture.save(OUT / name, "JPEG", quality=86, optimize=True, progressive=True)
    clip(list(drawn.values()), OUT / "walk.mp4")
    for file in sorted(OUT.iterdir()):
        print(f"{file.name:16} {file.stat().st_size / 1000:6.0f} kB")


if __name__ == "__main__":
    main()
