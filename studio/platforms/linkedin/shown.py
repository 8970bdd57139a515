"""The text as the feed shows it, and how long ago it was posted. Recalled, to be measured on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from studio.core.card import Run
from studio.platforms.bare import stretches
from studio.platforms.linkedin.spec import px, word
from studio.platforms.moments import DAY, HOUR, MINUTE, age, counted

SHORT = "https://lnkd.in/…"
_MARKS = re.compile(r"(?<![\w#＃&])[#＃](?P<tag>\w*[^\W\d_]\w*)|(?<![\w@])@(?P<name>\w[\w.\-]*)")
_WEEK, _MONTH, _YEAR = 7 * DAY, 30 * DAY, 365 * DAY
_STEPS = (("years", _YEAR), ("months", _MONTH), ("weeks", _WEEK), ("days", DAY), ("hours", HOUR), ("minutes", MINUTE))


def shown_text(text: str) -> tuple[str, tuple[Run, ...]]:
    """Addresses short, names without @, tags and names bold, all of them coloured."""
    made, runs, length = [], [], 0
    for piece, run in _pieces(text):
        if run is not None:
            runs.append(Run(length, length + len(piece), run.token, run.weight))
        made.append(piece)
        length += len(piece)
    return "".join(made), tuple(runs)


def _pieces(text: str) -> Iterator[tuple[str, Run | None]]:
    """What stands there, piece by piece; a run for those that are marked (its place is not used)."""
    for stretch, address in stretches(text):
        if address:
            yield (SHORT if len(address) > px("address.longest") else address), Run(0, 1)
            continue
        at = 0
        for found in _MARKS.finditer(stretch):
            yield stretch[at : found.start()], None
            yield (found["name"] or found[0]), Run(0, 1, "link", 600)
            at = found.end()
        yield stretch[at:], None


def stamp(posted: datetime | None, now: datetime | None, language: str) -> str:
    """"now", "5m", "2h", "3d", "1w", "4mo", "1yr"."""
    said = counted(age(posted, now) or 0.0, _STEPS, lambda name: word(name, language))
    return said or word("now", language)
