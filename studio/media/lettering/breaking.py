"""Where a line may end, and where it does: 避头尾 for Chinese, whole words for Latin, lines of about one length."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from studio.media.lettering.clusters import emoji

# GB/T 15834 and JIS X 4051: what must not begin a line, what must not end one, what is not torn in two.
NOT_FIRST = frozenset("，。！？；：、）》」』】〕〉”’～·％%‰℃°,.!?;:)]}>»›ー々〻"
                      "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ゛゜ヽヾゝゞ")
NOT_LAST = frozenset("（《「『【〔〈“‘([{<«‹￥$€£#＃")
TOGETHER = frozenset("…—⋯")
SPACES = frozenset(" \t\u3000\u2002\u2003\u2009")
HYPHENS = frozenset("-\u2010\u2013\u2014/")
CLAUSES = frozenset("，。！？；：、,.!?;:…")
CLAUSE = 0.13  # how much unevenness a break behind one of them is worth
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


Rows = tuple[tuple[int, int], ...]
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


def lines(atoms: Sequence[Atom], limit: float) -> list[tuple[int, int]]:
    """Ranges of atoms, each as long as fits into `limit`; at least one atom each."""
    found: list[tuple[int, int]] = []
    first, width = 0, 0.0
    for at, atom in enumerate(atoms):
        if at > first and width + atom.width > limit:
            found.append((first, at))
            first, width = at, 0.0
        width += atom.width + atom.gap
    return [*found, (first, len(atoms))] if atoms else []


def balanced(atoms: Sequence[Atom], limit: float) -> list[tuple[int, int]]:
    """As few lines as `limit` needs, those as even as they can be, and rather broken where a clause ends."""
    greedy = lines(atoms, limit)
    if len(greedy) < 2 or len(atoms) > MANY:
        return greedy
    return _cheapest(atoms, limit, len(greedy)) or greedy


def _cheapest(atoms: Sequence[Atom], limit: float, number: int) -> list[tuple[int, int]]:
    """That many lines whose distances from an even length, squared, are least in all; worked out line by line."""
    target = width(atoms) / number
    # where the lines so far may end: what they cost, and which they are
    ends: dict[int, tuple[float, Rows]] = {0: (0.0, ())}
    for _ in range(number):
        found: dict[int, tuple[float, Rows]] = {}
        for first, (before, rows) in ends.items():
            for last, cost in _line_ends(atoms, first, limit, target):
                if last not in found or before + cost < found[last][0]:
                    found[last] = before + cost, (*rows, (first, last))
        ends = found
    return list(ends[len(atoms)][1]) if len(atoms) in ends else []


def _line_ends(atoms: Sequence[Atom], first: int, limit: float, target: float) -> Iterator[tuple[int, float]]:
    """Where a line that begins with `first` may end, and what that costs."""
    wide = 0.0
    for last in range(first + 1, len(atoms) + 1):
        atom = atoms[last - 1]
        if last > first + 1 and wide + atom.width > limit:
            return
        bonus = CLAUSE if atom.closes and last < len(atoms) else 0.0
        yield last, ((wide + atom.width - target) / limit) ** 2 - bonus
        wide += atom.width + atom.gap


def width(atoms: Sequence[Atom]) -> float:
    """How wide a line of them is; blank at its end does not count."""
    return sum(atom.width + atom.gap for atom in atoms) - (atoms[-1].gap if atoms else 0.0)
