"""Where a line may end, and where it does: 避头尾 for Chinese, whole words for Latin, lines of about one length."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.core.evenly import even, filled
from studio.media.lettering.clusters import emoji

# GB/T 15834 and JIS X 4051: what must not begin a line, what must not end one, what is not torn in two.
NOT_FIRST = frozenset("，。！？；：、）》」』】〕〉”’～·％%‰℃°,.!?;:)]}>»›ー々〻"
                      "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ゛゜ヽヾゝゞ")
NOT_LAST = frozenset("（《「『【〔〈“‘([{<«‹￥$€£#＃")
TOGETHER = frozenset("…—⋯")
SPACES = frozenset(" \t\u3000\u2002\u2003\u2009")
HYPHENS = frozenset("-\u2010\u2013\u2014/")
CLAUSES = frozenset("，。！？；：、,.!?;:…")
MANY = 200  # pieces that are weighed against one another
FREE = "\u200b"


@dataclass(frozen=True, slots=True)
class Atom:
    """What is not broken: clusters first to last (out), `width` wide, with `gap` of blank behind it.

    closes: a clause ends with it.
    """

    first: int
    last: int
    width: float
    gap: float = 0.0
    closes: bool = False


Measure = Callable[[int, int], float]


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two clusters."""
    if after in SPACES or after in NOT_FIRST:
        return False
    if before in SPACES or before == FREE:
        return True
    if before in NOT_LAST or (before in TOGETHER and after == before):
        return False
    if before in HYPHENS and after[0].isalpha():
        return True
    return _ideographic(before) or _ideographic(after)


def _ideographic(cluster: str) -> bool:
    first = cluster[0]
    wide = "\u2e80" <= first <= "\u9fff" or "\uf900" <= first <= "\ufaff" or "\uff01" <= first <= "\uff60"
    return wide or ord(first) >= 0x20000 or emoji(cluster)


def atoms(clusters: Sequence[str], measure: Measure, limit: float) -> list[Atom]:
    """The unbreakable pieces of a paragraph; one wider than `limit` is cut wherever it must be."""
    found: list[Atom] = []
    first = 0
    for last in range(1, len(clusters) + 1):
        if last == len(clusters) or may_break(clusters[last - 1], clusters[last]):
            found += _fitting(_atom(clusters, measure, first, last), measure, limit)
            first = last
    return found


def _atom(clusters: Sequence[str], measure: Measure, first: int, last: int) -> Atom:
    ink = last
    while ink > first and clusters[ink - 1] in SPACES:
        ink -= 1
    width = measure(first, ink)
    closes = ink > first and clusters[ink - 1] in CLAUSES
    return Atom(first, last, width, measure(first, last) - width if ink < last else 0.0, closes)


def _fitting(atom: Atom, measure: Measure, limit: float) -> list[Atom]:
    if atom.width <= limit or atom.last - atom.first == 1:
        return [atom]
    return [Atom(at, at + 1, measure(at, at + 1)) for at in range(atom.first, atom.last)]


def balanced(atoms: Sequence[Atom], limit: float) -> list[tuple[int, int]]:
    """As few lines as `limit` needs, those as even as they can be, and rather broken where a clause ends."""
    greedy = filled(atoms, limit)
    if len(greedy) < 2 or len(atoms) > MANY:
        return greedy
    return even(atoms, limit, len(greedy)) or greedy
