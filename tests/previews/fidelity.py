"""How like each surface is to its platform: `python -m tests.previews.fidelity` prints the score of every one.

The score is the weighted share of reference cases that hold: 35 % places of pictures, 25 % where the text folds, 20 %
elements and their order, 10 % colours, 10 % type. A part that a surface has not is left out of its weights.
"""

from __future__ import annotations

from studio import platforms
from tests.previews.reference import WEIGHTS, every, fidelity, floor


def table() -> list[tuple[str, str, float, float, int]]:
    """(platform, surface, score, floor, how many cases) of every surface that is like another's."""
    cases = every()
    return [
        (p.id, s.id, fidelity(p.id, s.id), floor(p.id, s.id),
         sum((c.platform, c.surface) == (p.id, s.id) for c in cases))
        for p in platforms.every().values() if not p.embedded for s in p.surfaces
    ]


def lines() -> list[str]:
    """The table as it is printed."""
    rows = table()
    head = f"{'platform':<12} {'surface':<12} {'score':>6} {'floor':>6} {'cases':>6}"
    body = [f"{p:<12} {s:<12} {score:>6.3f} {least:>6.1f} {cases:>6}" for p, s, score, least, cases in rows]
    return [head, *body, f"{len(rows)} surfaces, {sum(row[4] for row in rows)} cases; parts: {', '.join(WEIGHTS)}"]


if __name__ == "__main__":
    print(*lines(), sep="\n")
