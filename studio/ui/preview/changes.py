"""Where two cards look different: only that is painted again while a person types."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from studio.core.card import Box, Card
from studio.ui.preview.reading import Direction, direction, has_turns

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
        return _lines(old, new)
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


def _lines(old: Box, new: Box) -> list[Rect]:
    """The lines that differ, those that follow one another as one place."""
    if new.font is None or not new.lines:
        return [(new.x, new.y, new.w, max(old.h, new.h))]
    before, after, step = _looks(old), _looks(new), new.font.line
    places: list[Rect] = []
    for number, pair in enumerate(zip_longest(before, after)):
        if pair[0] != pair[1]:
            top = new.y + number * step
            last = places[-1] if places else None
            if last is not None and abs(last[1] + last[3] - top) < 1e-6:
                places[-1] = (new.x, last[1], new.w, last[3] + step)
            else:
                places.append((new.x, top, new.w, step))
    return places


LineLook = tuple[str, float, Direction, tuple[tuple[int, int, str, int | None], ...]]


def _looks(box: Box) -> list[LineLook]:
    """Each line's words, width, direction, and its stretches counted from its own start."""
    turns = has_turns(box.text)
    runs = sorted(box.runs, key=lambda run: run.start)
    found: list[LineLook] = []
    for line in box.lines:
        mine = tuple(
            (max(r.start, line.start) - line.start, min(r.end, line.end) - line.start, r.token, r.weight)
            for r in runs if r.start < line.end and r.end > line.start
        )
        way = direction(box.text, line.start) if turns else "ltr"
        found.append((box.text[line.start : line.end], line.width, way, mine))
    return found
