"""The text as X shows it: short addresses, none at the end when it made the card, the rest of a long one hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.core.card import Run
from studio.platforms.folding import safe_end
from studio.platforms.twitter.entities import links, spans
from studio.platforms.twitter.spec import px
from studio.platforms.twitter.weights import fits

_PROTOCOL = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """text, and its coloured stretches; folded: some of the post is behind "show more"."""

    text: str
    runs: tuple[Run, ...] = ()
    folded: bool = False


def short_address(address: str) -> str:
    """Without protocol, and cut."""
    rest, most = _PROTOCOL.sub("", address, count=1), int(px("address.shown"))
    return rest if len(rest) <= most else rest[:most] + "…"


def without_card(text: str) -> str:
    """Without an address at its very end: the card stands for it."""
    found = links(text)
    if found and not text[found[-1].end :].strip():
        return text[: found[-1].start].rstrip()
    return text


def shown(text: str, token: str, *, card: bool, whole: bool) -> Shown:
    """card: its last address is a card. whole: nothing is folded. token: of what is coloured."""
    kept = without_card(text) if card else text
    end = None if whole else fits(kept, int(px("fold.weight")))
    folded = end is not None
    if end is not None:
        stretches = [(s.start, s.end) for s in spans(kept)]
        kept = kept[: safe_end(kept, end, stretches) or safe_end(kept, end, ())]
    made, runs, at, length = [], [], 0, 0
    for span in spans(kept):
        piece = short_address(span.value) if span.kind == "link" else kept[span.start : span.end]
        length += span.start - at
        made += [kept[at : span.start], piece]
        runs.append(Run(length, length + len(piece), token))
        length, at = length + len(piece), span.end
    return Shown("".join((*made, kept[at:])), tuple(runs), folded)
