"""A card's colours, and what of it is to be painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from studio.core.card import Card

Exposed = Sequence[QRectF] | None
"""Places in px of the card; None: all of it."""
FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "card": ("card", "surface", "background"),
    "line": ("line", "border"),
    "fill": ("fill", "line"),
    "text": ("text",),
}


def colour(card: Card, token: str, kind: str) -> QColor:
    """The card's colour for a token; where it declares none, that of the kind of box, then grey."""
    if token.startswith("#"):
        return ink(token)
    for name in (token, *FALLBACK.get(kind, (kind,))):
        if name in card.tokens:
            return ink(card.tokens[name])
    return QColor("#808080")


@lru_cache(maxsize=512)
def ink(written: str) -> QColor:
    """"#rrggbb", or "#rrggbbaa" with the opacity last as style sheets have it (Qt has it first). Not to be changed."""
    return QColor(f"#{written[7:]}{written[1:7]}") if len(written) == 9 else QColor(written)


def touches(exposed: Exposed, rect: QRectF) -> bool:
    """Whether some of `rect`, or what is drawn a px beyond it, is to be painted."""
    if exposed is None:
        return True
    wider = rect.adjusted(-1, -1, 1, 1)
    if len(exposed) == 1:  # asked for each line of each card: mostly there is one place
        return exposed[0].intersects(wider)
    return any(place.intersects(wider) for place in exposed)
