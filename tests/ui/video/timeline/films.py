"""Timelines to look at and to edit: a reel of a bakery with every kind of track, and a long one of many clips."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap

from studio.core.curve import Curve
from studio.core.edits.join import join
from studio.core.event import Event
from studio.core.history import History
from studio.core.opentime import Time
from studio.core.timeline import Clip, Gap, Marker, Sound, Source, Timeline, Track, Transform
from studio.core.title import Title
from studio.core.words import Marked
from studio.ui.video.timeline.strips import DrawnStrips, Peaks

F = Fraction


class Paper:
    """A document with its history, as a session is, that keeps a record of its edits."""

    def __init__(self, timeline: Timeline) -> None:
        self.history = History.of(timeline)
        self.changed: Event[[Timeline, Timeline]] = Event()
        self.edits: list[str] = []

    @property
    def timeline(self) -> Timeline:
        return self.history.document

    def edit(self, name: Marked, change: Callable[[Timeline], Timeline], merge: str = "") -> None:
        after = change(self.timeline)
        if after != self.timeline:
            self.edits.append(name.text)
            self._become(self.history.edit(name, after, merge))

    def undo(self) -> None:
        self._become(self.history.undo())

    def redo(self) -> None:
        self._become(self.history.redo())

    def _become(self, history: History[Timeline]) -> None:
        before, self.history = self.timeline, history
        self.changed.emit(before, self.timeline)


def video(id: str, seconds: int, wide: int = 1920, high: int = 1080) -> Source:
    return Source(id, f"/films/{id}.mov", "video", f"{id}.mov", "", "", wide, high, F(seconds), F(30), True)


def sound(id: str, seconds: int) -> Source:
    return Source(id, f"/films/{id}.wav", "audio", f"{id}.wav", duration=F(seconds), sound=True)


def reel() -> Timeline:
    """24 seconds: five clips with two transitions, captions, titles, an overlay, voice and music."""
    videos = [video(name, 12) for name in ("rye-bench", "green-door", "first-cup", "canal-boat", "baker-interview")]
    steam = replace(video("steam-close", 7, 1080, 1920), sound=False)
    sources = {s.id: s for s in (*videos, steam, sound("voice-take-3", 30), sound("walking-home", 151))}
    lengths = [F(157, 30), F(151, 30), F(139, 30), F(157, 30), F(131, 30)]
    main = [Clip(f"m{n}", lengths[n], source=each.id, start=F(2)) for n, each in enumerate(videos)]
    zoomed = Transform(scale=Curve().with_key(F(9, 10), 1.0).with_key(F(37, 10), 1.2))
    main[1] = replace(main[1], transform=zoomed, speed=F(6, 5))
    timeline = Timeline("reel", 1080, 1920, F(30), (
        Track("main", "main", tuple(main)),
        Track("overlay", "overlay", (Gap(F(11)), Clip("o0", F(10, 3), source="steam-close"))),
        Track("titles", "titles", (
            Gap(F(1, 5)), titled("t0", F(7, 2), "Three before nine"), Gap(F(9, 2)), titled("t1", F(19, 6), "Logo"),
            Gap(F(9)), titled("t2", F(115, 30), "Map in the caption"))),
        Track("captions", "captions", captions()),
        Track("voice", "voice", tuple(voice())),
        Track("music", "music", (music(),), duck=True),
    ), sources, name="Three before nine")  # fmt: skip
    timeline = replace(timeline, markers=(Marker(F(5)),), beats=tuple(F(n * 4, 3) for n in range(18)))
    return join(join(timeline, "m0", "crossfade", F(1, 2)), "m2", "crossfade", F(1, 2))


def titled(id: str, seconds: Time, text: str) -> Clip:
    return Clip(id, seconds, kind="title", title=Title(text))


def captions() -> tuple[Clip | Gap, ...]:
    said = (
        "The ovens go on at four.", "By six there is a queue.", "Green Door, since 1961.",
        "You hear it before you taste it.", "Halm does not write it down.", "Nothing else, only rye.",
        "And the one by the canal", "has no name at all.",
    )  # fmt: skip
    items: list[Clip | Gap] = [Gap(F(3, 10))]
    for number, words in enumerate(said):
        items += [titled(f"c{number}", F(5, 2), words), Gap(F(3, 10))]
    return tuple(items[:-1])


def voice() -> list[Clip | Gap]:
    items: list[Clip | Gap] = [Gap(F(3, 10))]
    for number, (start, long) in enumerate(((F(0), F(31, 6)), (F(6), F(27, 5)), (F(12), F(28, 5)), (F(20), F(6)))):
        items += [Clip(f"v{number}", long, source="voice-take-3", start=start), Gap(F(2, 10))]
    return items[:-1]


def music() -> Clip:
    gain = Curve(-6.0)
    points = {F(0): 0.0, F(1, 3): -14.0, F(5): -14.0, F(11, 2): -4.0, F(6): -14.0, F(21): -14.0, F(47, 2): -8.0}
    for at, value in points.items():
        gain = gain.with_key(at, value)
    return Clip("s0", F(726, 30), source="walking-home", start=F(3), sound=Sound(gain, fade_out=F(3, 2)))


def long_film(clips: int = 200, seconds: int = 600) -> Timeline:
    """Many clips on every track."""
    luck = random.Random(7)
    sources = {f"f{n}": video(f"f{n}", 60) for n in range(20)}
    sources |= {"music": sound("music", 700), "talk": sound("talk", 900)}
    each = F(seconds, clips)
    main = tuple(Clip(f"m{n}", each, source=f"f{n % 20}", start=F(luck.randrange(50))) for n in range(clips))
    words: list[Clip | Gap] = []
    spoken: list[Clip | Gap] = []
    for n in range(clips):
        words += [titled(f"c{n}", each * 4 / 5, f"Caption number {n}"), Gap(each / 5)]
        spoken += [Clip(f"v{n}", each * 9 / 10, source="talk", start=each * n), Gap(each / 10)]
    return Timeline("long", 1920, 1080, F(30), (
        Track("main", "main", main), Track("captions", "captions", tuple(words[:-1])),
        Track("voice", "voice", tuple(spoken[:-1])),
        Track("music", "music", (Clip("s0", F(seconds), source="music"),)),
    ), sources, beats=tuple(F(n, 2) for n in range(seconds * 2)))  # fmt: skip


COLOURS = {
    "rye-bench": ("#c99555", "#3f5a63"), "green-door": ("#2c6158", "#f4c978"), "first-cup": ("#f4d9ae", "#b27035"),
    "canal-boat": ("#a9cfd4", "#e6ded0"), "baker-interview": ("#a6d3cb", "#2b4257"),
    "steam-close": ("#662d20", "#e4b96a"),
}  # fmt: skip


def drawn() -> DrawnStrips:
    """Strips of simple pictures that change with time, and wave forms of a spoken rhythm."""
    return DrawnStrips(_picture, _wave)


def _picture(source: Source, time: Time) -> QPixmap:
    high = 96
    wide = round(high * source.width / source.height) if source.height else 170
    pixmap = QPixmap(wide, high)
    one, two = COLOURS.get(source.id, ("#5a7d8c", "#d7c29a"))
    painter = QPainter(pixmap)
    sky = QLinearGradient(0, 0, 0, high)
    sky.setColorAt(0, QColor(one))
    sky.setColorAt(1, QColor(one).darker(120))
    painter.fillRect(pixmap.rect(), sky)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(two))
    painter.setPen(QColor(two))
    x = wide * (0.3 + 0.05 * float(time))
    painter.drawEllipse(QPointF(x, high * 0.5), high * 0.22, high * 0.22)
    painter.fillRect(QRectF(0, high * 0.78, wide, high), QColor(two).darker(150))
    painter.end()
    return pixmap


@cache
def _wave_of(name: str, long: int) -> Peaks:
    luck = random.Random(name)
    spoken = name.startswith(("voice", "talk"))
    data = bytearray()
    for n in range(long):
        slow = abs(math.sin(n / (47 if spoken else 220))) ** (2 if spoken else 0.6)
        data.append(int(255 * min(1.0, (0.12 + 0.88 * slow) * luck.uniform(0.35, 1.0) * (0.95 if spoken else 0.7))))
    return Peaks(50, bytes(data))


def _wave(source: Source) -> Peaks:
    return _wave_of(source.id, int((source.duration or F(10)) * 50))
