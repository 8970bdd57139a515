"""Reference cases: what a surface must look like, worked out from its sources and not from our spec.

A file `cases/PLATFORM.py` has `CASES`, a list of `Case`, and `WITHOUT`, the parts that a surface has not (a thumbnail
folds nothing). Measured with `Ruler`: a wide character is one em, every other one half. The score of a surface is the
weighted share of its cases that hold (`fidelity`); a case that is nearly right counts in part.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from studio import platforms
from studio.core.card import Box, Card, View
from studio.core.post import Content, Media
from tests.platforms.fakes import Ruler, content

Part = Literal["media", "fold", "structure", "colour", "metrics"]
WEIGHTS: Mapping[Part, float] = {"media": 0.35, "fold": 0.25, "structure": 0.2, "colour": 0.1, "metrics": 0.1}
#: Where a case was read. A key alone: seen there; "D" before it: worked out from what was seen; "R": known from use,
#: to be measured. Each name says what it is; `docs/preview-sources.md` has them in full.
KEYS = frozenset(
    "MA BS BSG TG TGW TGD WXP WXC WXB WXE WU DM YY WBM WBH WBV TK TKD TKF TKI CL ZY RT TT TH XD LBF LBX LBI LBT LBY "
    "SK2 SP PZ MX TP BD YO RM TTA GAD IGH SHO IMF BC SC SR WER CP AW ESP PT BT SK BP PK IGB AIB NR NC DC NB YG AT XHM "
    "XW XC PP YR NT R".split()
)
#: Sources that are the real client's own code, or its vendor's own page.
REAL = frozenset("MA BS BSG TG WXP WXC WU RT TT TH XD IGH GAD TTA".split())


@dataclass(frozen=True, slots=True)
class Check:
    """score: 1 when the card is as it must be, less when it is near, 0 when it is wrong; says: what was expected."""

    says: str
    score: Callable[[Card, Content], float]


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that must hold of one surface.

    given   what the post is: `text`, `title`, `media`, `link`, `tags`, `options`, `mode` ... as `fakes.content` has it
    view    what is asked for besides the surface: `width`, `theme`, `language`, `text`, `unfolded`, `page`, ...
    """

    name: str
    platform: str
    surface: str
    part: Part
    source: str
    check: Check
    given: Mapping[str, Any] = field(default_factory=dict)
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.platform}-{self.surface}-{self.part}-{self.name}"

    def content(self) -> Content:
        given = dict(self.given)
        text, pictures = given.pop("text", ""), given.pop("media", ())
        return content(self.platform, text, **{"pictures": pictures, **given})

    def card(self) -> Card:
        declared = platforms.get(self.platform)
        widths = next(s.widths for s in declared.surfaces if s.id == self.surface)
        view = View(self.surface, **{"width": float(widths[0]), **self.view})
        return declared.layout(self.content(), view, Ruler())

    def score(self) -> float:
        """0..1."""
        return self.check.score(self.card(), self.content())


def cases_of(platform: str, surface: str = "", **always: Any) -> Callable[..., Case]:
    """Makes the cases of a platform: `case(name, part, source, check, surface=..., view=..., **given)`.

    surface   that of a case which names none; always: what every post of them is given, unless a case says otherwise
    """

    def case(
        name: str, part: Part, source: str, check: Check, surface: str = surface,
        view: Mapping[str, Any] | None = None, **given: Any,
    ) -> Case:
        return Case(name, platform, surface, part, source, check, {**always, **given}, view or {})

    return case


# what is given ---------------------------------------------------------------------------------------------------


def shot(ratio: float, kind: str = "image", **more: Any) -> Media:
    """A picture 1200 px wide with that ratio of width to height; a video with `kind`."""
    return Media(f"m{ratio:g}", kind, "a.jpg", 1200, round(1200 / ratio), **more)  # type: ignore[arg-type]


def shots(*ratios: float) -> tuple[Media, ...]:
    """Pictures, each with an id of its own."""
    return tuple(
        Media(f"m{n}", "image", f"{n}.jpg", 1200, round(1200 / ratio)) for n, ratio in enumerate(ratios, start=1)
    )


# checks ----------------------------------------------------------------------------------------------------------


def named(card: Card, name: str) -> Box:
    """The box of that name; KeyError when there is none."""
    for box in card.boxes:
        if box.name == name:
            return box
    raise KeyError(f"no {name!r} among {[box.name for box in card.boxes]}")


def _near(got: Sequence[float], wanted: Sequence[float | None], tolerance: float) -> float:
    off = [abs(g - w) for g, w in zip(got, wanted, strict=True) if w is not None]
    return sum(1.0 if each <= tolerance else max(0.0, 1 - each / 20) for each in off) / len(off)


def places(wanted: Sequence[tuple[float, float, float, float]], stem: str = "image:", tolerance: float = 1.0) -> Check:
    """Places (x, y, w, h) of all boxes whose name begins so, from the top left corner of the first of them."""

    def score(card: Card, _: Content) -> float:
        got = [b for b in card.boxes if b.name.startswith(stem)]
        if len(got) != len(wanted):
            return 0.0
        x, y = got[0].x, got[0].y
        return sum(
            _near((b.x - x, b.y - y, b.w, b.h), place, tolerance) for b, place in zip(got, wanted, strict=True)
        ) / len(wanted)

    return Check(f"{stem}* at {wanted}", score)


def place(
    name: str, x: float | None = None, y: float | None = None, w: float | None = None, h: float | None = None,
    tolerance: float = 1.0,
) -> Check:
    """Where one box is, from the card's top left; None: not looked at."""

    def score(card: Card, _: Content) -> float:
        box = named(card, name)
        return _near((box.x, box.y, box.w, box.h), (x, y, w, h), tolerance)

    return Check(f"{name} at {(x, y, w, h)}", score)


def crop(name: str, wanted: tuple[float, float, float, float], tolerance: float = 0.005) -> Check:
    """Which part of the picture is shown, 0..1."""

    def score(card: Card, _: Content) -> float:
        return float(all(abs(a - b) <= tolerance for a, b in zip(named(card, name).crop or (), wanted, strict=True)))

    return Check(f"{name} shows {wanted}", score)


def order(wanted: Sequence[str], stem: str = "") -> Check:
    """The boxes with these names, by their place (left to right in a row, else top to bottom), come in this order."""

    def score(card: Card, _: Content) -> float:
        got = [b for b in card.boxes if (b.name.startswith(stem) if stem else b.name in wanted)]
        across, down = (max(at, default=0.0) - min(at, default=0.0) for at in ([b.x for b in got], [b.y for b in got]))
        got.sort(key=lambda b: b.x if across > down else b.y)
        return float([b.name for b in got] == list(wanted))

    return Check(f"in order {list(wanted)}", score)


def beside(names: Sequence[str], down: bool = False) -> Check:
    """Each of these boxes stands right of (with `down`: below) the one before it."""

    def score(card: Card, _: Content) -> float:
        at = [named(card, name) for name in names]
        pairs = list(pairwise(at))
        return sum((a.y < b.y) if down else (a.x < b.x) for a, b in pairs) / len(pairs)

    return Check(f"{'down' if down else 'across'}: {list(names)}", score)


def font(name: str, size: float, line: float | None = None, weight: int | None = None) -> Check:
    """What a box is written with."""

    def score(card: Card, _: Content) -> float:
        got = named(card, name).font
        assert got is not None
        right = [got.size == size, line is None or abs(got.line - line) < 0.06, weight in (None, got.weight)]
        return sum(right) / len(right)

    return Check(f"{name} in {size}/{line} {weight}", score)


def ink(token_or_box: str, wanted: str) -> Check:
    """The colour of a token of that name, else that of the box of that name."""

    def score(card: Card, _: Content) -> float:
        token = token_or_box if token_or_box in card.tokens else named(card, token_or_box).token
        return float(card.tokens[token].lower() == wanted.lower())

    return Check(f"{token_or_box} is {wanted}", score)


def folds(name: str, lines: int | None = None, ends: str = "", shown: int | None = None) -> Check:
    """The box folds: after so many lines, with these last words, after so many characters of the post's text."""

    def score(card: Card, what: Content) -> float:
        box = named(card, name)
        kept = len(box.text) - len(ends)
        right = [
            box.folded, lines is None or len(box.lines) == lines, box.text.endswith(ends),
            shown is None or kept == shown,
        ]
        return sum(right) / len(right) if box.folded else 0.0

    return Check(f"{name} folds after {lines} lines, {shown} characters, with {ends!r}", score)


def whole(name: str, lines: int | None = None) -> Check:
    """The box shows all of its text, in so many lines."""

    def score(card: Card, _: Content) -> float:
        box = named(card, name)
        return float(not box.folded and lines in (None, len(box.lines)))

    return Check(f"{name} whole, {lines} lines", score)


def says(name: str, wanted: str) -> Check:
    """The words of a box."""
    return Check(f"{name} says {wanted!r}", lambda card, _: float(named(card, name).text == wanted))


def has(*names: str) -> Check:
    """There are boxes of these names."""

    def score(card: Card, _: Content) -> float:
        there = {box.name for box in card.boxes}
        return sum(name in there for name in names) / len(names)

    return Check(f"has {names}", score)


def lacks(*stems: str) -> Check:
    """No box's name begins so."""

    def score(card: Card, _: Content) -> float:
        return float(not [box.name for box in card.boxes if box.name.startswith(stems)])

    return Check(f"has none of {stems}", score)


def tall(height: float, tolerance: float = 1.0) -> Check:
    """The height of the card."""
    return Check(f"{height} tall", lambda card, _: _near((card.height,), (height,), tolerance))


def counts(name: str, number: int, limit: int | None = None) -> Check:
    """What the platform counts of a field."""

    def score(card: Card, what: Content) -> float:
        got = platforms.get(card.platform).count(what)[name]
        return float(got.count == number and limit in (None, got.limit))

    return Check(f"{name} counts {number} of {limit}", score)


def equal(what: str, got: Callable[[Card], Any], wanted: Any, tolerance: float = 0.0) -> Check:
    """Anything else: a number within `tolerance`, or whatever is equal."""

    def score(card: Card, _: Content) -> float:
        found = got(card)
        return float(abs(found - wanted) <= tolerance if tolerance else found == wanted)

    return Check(f"{what} is {wanted!r}", score)


# all of them -----------------------------------------------------------------------------------------------------


@cache
def modules() -> Mapping[str, Any]:
    """Platform id -> its file of cases."""
    from tests.previews import cases

    return {m.name: importlib.import_module(f"tests.previews.cases.{m.name}")
            for m in pkgutil.iter_modules(cases.__path__)}


def every() -> list[Case]:
    """All cases of all platforms."""
    return [case for module in modules().values() for case in module.CASES]


def without(platform: str, surface: str) -> tuple[Part, ...]:
    """The parts that this surface has not."""
    return tuple(getattr(modules().get(platform), "WITHOUT", {}).get(surface, ()))


def fidelity(platform: str, surface: str) -> float:
    """0..1, over the parts that this surface has."""
    mine = [case for case in every() if (case.platform, case.surface) == (platform, surface)]
    parts = {part: [case.score() for case in mine if case.part == part] for part in WEIGHTS}
    held = {part: sum(scores) / len(scores) for part, scores in parts.items() if scores}
    return sum(WEIGHTS[p] * score for p, score in held.items()) / sum(WEIGHTS[p] for p in held) if held else 0.0


def floor(platform: str, surface: str) -> float:
    """0.9 where most of its cases come from a real client, 0.7 elsewhere."""
    mine = [case.source.split()[-1] for case in every() if (case.platform, case.surface) == (platform, surface)]
    return 0.9 if mine and sum(key in REAL for key in mine) * 2 > len(mine) else 0.7
