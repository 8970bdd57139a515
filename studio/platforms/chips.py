"""Text with chips in it: an icon and words in place of an address, and stretches that are coloured. Pure.

An icon is drawn over a letter that is not seen, one em wide, so that the text breaks around it as around letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from studio.core.card import Font, Line, Rule, Run
from studio.platforms.bare import stretches
from studio.platforms.boxes import Cut, Sheet
from studio.platforms.folding import Stretch

ICON = "〓"  # stands for what has no letter; a space would hang over the end of a line
CLEAR = "clear"  # the colour token it is drawn in: none
LINK = "link"  # the kind of an address
FACE = "face"  # the kind of a code that is drawn as a small picture; its icon has the colour token "face"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch text[start:end] that is drawn in its own way. kind: "link", or a group of the platform's pattern."""

    start: int
    end: int
    kind: str


def chip(title: str, most: int) -> str:
    """Room for an icon, then the title, cut with "…" after `most` characters."""
    return ICON + (title if len(title) <= most else title[:most] + "…")


def whole(text: str, marks: re.Pattern[str]) -> list[Stretch]:
    """What must not be cut in `text` as it was written: addresses and what `marks` finds, in order."""
    found, at = [], 0
    for piece, address in stretches(text):
        if address:
            found.append((at, at + len(piece)))
        else:
            found += [(at + mark.start(), at + mark.end()) for mark in marks.finditer(piece)]
        at += len(piece)
    return found


def shown(
    text: str, address: str | None, marks: re.Pattern[str], drawn: Mapping[str, Callable[[str], str]] | None = None
) -> tuple[str, tuple[Span, ...]]:
    """The text as it is drawn, and its spans in order.

    address   the chip in place of every address; None: addresses are plain text, in which nothing is marked
    marks     finds what is coloured; the name of the group that matched is its kind
    drawn     what stands in place of a mark of some kind; the others stay as they are
    """
    made: list[str] = []
    spans: list[Span] = []
    at = 0
    for piece, found in stretches(text):
        one = (piece, "") if address is None else (address, LINK)
        parts = [one] if found else _parts(piece, marks, drawn or {})
        for part, kind in parts:
            if kind:
                spans.append(Span(at, at + len(part), kind))
            made.append(part)
            at += len(part)
    return "".join(made), tuple(spans)


def _parts(
    text: str, marks: re.Pattern[str], drawn: Mapping[str, Callable[[str], str]]
) -> list[tuple[str, str]]:
    """(what is drawn, its kind or "") in order."""
    parts, at = [], 0
    for found in marks.finditer(text):
        kind = found.lastgroup or ""
        parts += [(text[at : found.start()], ""), (drawn.get(kind, str)(found[0]), kind)]
        at = found.end()
    return [*parts, (text[at:], "")]


def face(code: str) -> str:
    """What stands in place of the code of a face ("[doge]"): room for its picture."""
    return ICON


def runs(spans: Sequence[Span], token: str, icons: Collection[str] = ()) -> list[Run]:
    """All of them in one colour, and the letter below an icon in none. icons: the kinds that begin with one."""
    made = []
    for span in spans:
        start = span.start + (1 if span.kind in icons else 0)
        made += [Run(a, b, t) for a, b, t in ((span.start, start, CLEAR), (start, span.end, token)) if a < b]
    return made


def put_icons(
    sheet: Sheet, cut: Cut, font: Font, spans: Sequence[Span], icons: Mapping[str, str], at: tuple[float, float],
    within: float, *, token: str = "link", rule: Rule | None = None, part: float = 1.0,
) -> None:
    """The icons of chips in laid-out text, as "link.icon:1"; the sheet's height stays.

    icons    kind of a span -> its icon
    at       top left of the text; within: the width of the card, which no icon leaves
    part     size of an icon, in sizes of the font
    """
    kept, side = sheet.y, font.size * part
    here = [span for span in spans if span.kind in icons and span.start < len(cut.text)]
    for number, span in enumerate(here, start=1):
        row, line = _line_of(cut.lines, span.start)
        x = at[0] + sheet.metrics.advance(cut.text[line.start : span.start], font)
        sheet.y = at[1] + row * font.line + (font.line - side) / 2
        sheet.put("icon", f"{span.kind}.icon:{number}", max(0.0, min(x, within - side)), side, side,
                  icon=icons[span.kind], token=FACE if span.kind == FACE else token, rule=rule)
    sheet.y = kept


def _line_of(lines: Sequence[Line], at: int) -> tuple[int, Line]:
    """The line a character stands on, and its number."""
    number = next((n for n, line in enumerate(lines) if line.start <= at < line.end), len(lines) - 1)
    return number, lines[number]
