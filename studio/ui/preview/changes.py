"""Where two cards look different: only that is painted again while a person types."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from studio.core.card import Box, Card

Rect = tuple[float, float, float, float]
"""x, y, w, h in px of the card."""
MOST: Final = 24
"""Places from which on one rectangle around all of them costs less."""


def changed(old: Card | None, new: Card) -> Sequence[Rect] | None:
    """The places where `new` looks other than `old`; none at all when both look the same; None: everywhere."""
    if old is None or (old.width, old.theme) != (new.width, new.theme) or old.tokens != new.tokens:
        return None
    places = [place for pair in zip_longest(old.boxes, new.boxes) for place in _between(*pair)]
    return places if len(places) <= MOST else [around(places)]


def around(places: Sequence[Rect]) -> Rect:
    """The smallest place that holds all of them."""
    left, top = min(p[0] for p in places), min(p[1] for p in places)
    right, bottom = max(p[0] + p[2] for p in places), max(p[1] + p[3] for p in places)
    return (left, top, right - left, bottom - top)


def _between(old: Box | None, new: Box | None) -> list[Rect]:
    if old is new or old == new:
        return []
    if old is None or new is None:
        return [_place(box) for box in (old, new) if box is not None]
    if _is_ground(old, new):
        return [_edge(old, new)]
    if new.kind == "text" and _stands(old, new):
        return [_lines(old, new)]
    return [_place(old), _place(new)]


def _place(box: Box) -> Rect:
    return (box.x, box.y, box.w, box.h)


def _is_ground(old: Box, new: Box) -> bool:
    """A plain ground that only grew or shrank at its lower edge."""
    same = (old.kind, old.token, old.radius, old.x, old.y, old.w) == (
        new.kind, new.token, new.radius, new.x, new.y, new.w)
    return same and new.kind in ("card", "fill") and not (old.text or new.text)


def _edge(old: Box, new: Box) -> Rect:
    top = min(old.y + old.h, new.y + new.h) - new.radius - 1
    return (new.x, top, new.w, max(old.y + old.h, new.y + new.h) - top)


def _stands(old: Box, new: Box) -> bool:
    """The words stand where they stood, in the same letters."""
    return (old.kind, old.x, old.y, old.w, old.font, old.token, old.align) == (
        new.kind, new.x, new.y, new.w, new.font, new.token, new.align)


def _lines(old: Box, new: Box) -> Rect:
    """From the first line that differs on."""
    tall = max(old.h, new.h)
    if new.font is None:
        return (new.x, new.y, new.w, tall)
    top = _same_lines(old, new) * new.font.line
    return (new.x, new.y + top, new.w, max(0.0, tall - top))


def _same_lines(old: Box, new: Box) -> int:
    """How many lines at the beginning look the same in both."""
    first = min((run.start for run in set(old.runs) ^ set(new.runs)), default=len(new.text) + 1)
    same = 0
    for one, other in zip(old.lines, new.lines, strict=False):
        if one != other or other.end > first or old.text[one.start : one.end] != new.text[other.start : other.end]:
            break
        same += 1
    return same
