"""Where a text is cut when the rest goes behind "show more", for platforms that fold by laid-out lines.

The cut is a prefix at a grapheme, never inside an address, a tag or a mention; the label stands on the last line that
is shown, and the text backs off until there is room for it. Offsets are Python characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.core.card import Font, Line, Metrics, Run
from studio.platforms.bare import stretches
from studio.platforms.boxes import Cut
from studio.platforms.text import TAG_ENDS, grapheme_cut

Stretch = tuple[int, int]
# Tags and mentions as writers end them: with a space or with what goes on with the sentence. Beyond the longest there
# are, a text without spaces is no tag any more.
_WHOLE = re.compile(rf"[#＃][^{TAG_ENDS}]{{1,50}}[#＃]?|@[\w.\-]{{0,29}}\w")


@dataclass(frozen=True, slots=True)
class Fold:
    """cut: what is shown, with the label; kept: how many characters of the text that is; label: where it stands."""

    cut: Cut
    kept: int
    label: Stretch | None = None

    def runs(self, own: Sequence[Run], token: str = "muted", weight: int | None = None) -> list[Run]:
        """`own` runs of the whole text as far as they are shown, and one for the label."""
        shown = [Run(r.start, min(r.end, self.kept), r.token, r.weight) for r in own if r.start < self.kept]
        if self.label is not None:
            shown.append(Run(*self.label, token, weight))  # type: ignore[arg-type]
        return shown


def whole_stretches(text: str) -> list[Stretch]:
    """What must not be cut: addresses, tags and mentions, in order, apart from one another."""
    found, at = [], 0
    for piece, address in stretches(text):
        if address:
            found.append((at, at + len(piece)))
        at += len(piece)
    found += [found_.span() for found_ in _WHOLE.finditer(text)]
    kept: list[Stretch] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def safe_end(text: str, end: int, whole: Sequence[Stretch]) -> int:
    """The last place not after `end` where the text may be cut; without the white space before it."""
    end = grapheme_cut(text, end)
    end = next((start for start, stop in whole if start < end < stop), end)
    return len(text[:end].rstrip())


def fold_lines(
    text: str, font: Font, width: float, most: int, more: str, metrics: Metrics, *, lead: str = "… ",
    whole: Sequence[Stretch] | None = None,
) -> Fold:
    """`text` in `width` px, at most `most` lines; when there are more, `lead` and `more` end the last one.

    whole    what must not be cut; None: `whole_stretches`. One that alone fills every line is cut all the same.
    """
    lines = first_lines(text, font, width, most, metrics)
    if len(lines) <= most:
        return Fold(Cut(text, lines), len(text))
    given = whole_stretches(text) if whole is None else whole
    end = lines[most - 1].end
    return _fitted(text, font, width, lines[:most], lead + more, metrics, safe_end(text, end, given), given) or _fitted(
        text, font, width, lines[:most], lead + more, metrics, safe_end(text, end, ()), ()
    ) or _bare(lead + more, font, metrics)


def first_lines(text: str, font: Font, width: float, most: int, metrics: Metrics) -> tuple[Line, ...]:
    """The lines of `text`, or of a long one more than `most` of the first: where they break is not up to the rest.

    Only its beginning is laid out: as many characters as lines of the narrowest letters could hold.
    """
    room = int(4 * most * width / font.size)
    if len(text) > 2 * room:
        lines = metrics.lines(text[: grapheme_cut(text, room)], font, width)
        if len(lines) > most + 1:  # the last one may have become another than in the whole text
            return lines[:-1]
    return metrics.lines(text, font, width)


def clip_lines(
    text: str, font: Font, width: float, most: int, metrics: Metrics, whole: Sequence[Stretch] | None = None
) -> Cut:
    """`text` in `width` px, at most `most` lines of it, for platforms whose label stands below the text.

    whole    as for `fold_lines`; what is cut in two by the last line's end is left out, unless nothing else would stay
    """
    lines = metrics.lines(text, font, width)
    if len(lines) <= most:
        return Cut(text, lines)
    given = whole_stretches(text) if whole is None else whole
    end = lines[most - 1].end
    kept = next((start for start, stop in given if start < end < stop), end) or end
    kept = grapheme_cut(text, kept)
    shown = [line for line in lines[:most] if line.start < kept or line.end <= kept]
    last = shown[-1]
    if last.end > kept:
        shown[-1] = Line(last.start, kept, metrics.advance(text[last.start : kept], font))
    return Cut(text[: shown[-1].end], tuple(shown), folded=True)  # without a line break before what was left out


def fold_at(text: str, end: int, font: Font, width: float, more: str, metrics: Metrics, *, lead: str = "…") -> Fold:
    """`text` cut at character `end` by the platform's own count, and the label right after it, wherever that is."""
    if end >= len(text):
        return Fold(Cut(text, metrics.lines(text, font, width)), len(text))
    kept = safe_end(text, end, whole_stretches(text)) or safe_end(text, end, ())
    tail = lead + more
    shown = text[:kept] + tail
    label = (kept + len(lead), len(shown))
    return Fold(Cut(shown, metrics.lines(shown, font, width), folded=True), kept, label)


def _fitted(
    text: str, font: Font, width: float, lines: Sequence[Line], tail: str, metrics: Metrics, end: int,
    whole: Sequence[Stretch],
) -> Fold | None:
    """The longest prefix up to `end` whose last line has room for `tail`; None when nothing of the text is left."""
    while end > 0:
        number = next(n for n in range(len(lines) - 1, -1, -1) if lines[n].start < end or n == 0)
        last = lines[number]
        if metrics.advance(text[last.start : end] + tail, font) <= width:
            return _folded(text, font, lines[:number], last.start, end, tail, metrics)
        if number + 1 < len(lines):  # what came after was too long to be cut: its line is free for the label
            kept = Line(last.start, end, metrics.advance(text[last.start : end], font))
            return _folded(text, font, (*lines[:number], kept), end, end, tail, metrics)
        end = _shorter(text, font, width, last.start, end, tail, metrics, whole)
    return None


def _shorter(
    text: str, font: Font, width: float, start: int, end: int, tail: str, metrics: Metrics, whole: Sequence[Stretch]
) -> int:
    """The next place to try: the longest on this line that has room, or the end of the line before it."""
    low, high = start, end - 1
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.advance(text[start:middle].rstrip() + tail, font) <= width:
            low = middle
        else:
            high = middle - 1
    return safe_end(text, low, whole)


def _folded(
    text: str, font: Font, before: Sequence[Line], start: int, end: int, tail: str, metrics: Metrics
) -> Fold:
    shown = text[:end] + tail
    last = Line(start, len(shown), metrics.advance(shown[start:], font))
    label = (end + len(tail) - len(tail.lstrip("… .")), len(shown))
    return Fold(Cut(shown, (*before, last), folded=True), end, label)


def _bare(tail: str, font: Font, metrics: Metrics) -> Fold:
    """Nothing fits beside the label: the label alone."""
    cut = Cut(tail, (Line(0, len(tail), metrics.advance(tail, font)),), folded=True)
    return Fold(cut, 0, (len(tail) - len(tail.lstrip("… .")), len(tail)))
