"""What a person is handed when a platform takes a post from their hand only: texts to copy, files, a page to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.core.words import Words

PieceName = Literal["title", "text", "digest", "author", "tags", "link", "comment"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to copy. html: the same as rich text, "" for none. count, limit: its length as the platform counts."""

    name: PieceName
    text: str
    html: str = ""
    count: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class HandOff:
    """How one post gets onto a platform by hand.

    page    the address where it is composed, opened in the person's own browser
    pieces  in the order that page asks for them, empty ones left out
    files   True when the post's files are dropped in there
    ticks   what to choose there before pressing its button
    draft   True: it lies there as a draft already; only its button is left to press
    scan    an address for the phone, shown as a QR code; "" for none
    """

    page: str
    pieces: tuple[Piece, ...] = ()
    files: bool = False
    ticks: tuple[Words, ...] = ()
    draft: bool = False
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address that is of the form the platform gives its posts. handle: the ids in it."""

    url: str
    handle: Mapping[str, Any] = field(default_factory=dict)
