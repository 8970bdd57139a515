"""Looking at a preview on a real phone: which phones, and what the QR code holds. Nothing is ever served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urlsplit

from studio.platforms.text import grapheme_cut

Holds = Literal["address", "text", "part", "nothing"]
MOST_BYTES: Final = 600
"""Of text in a code: version 17 or so, which a phone still reads off a screen at arm's length."""
LONGEST: Final = 1000  # characters of an address
LONGEST_INSIDE: Final = 2000  # bytes with the names in it, nine for each Chinese character; no code holds 2,400
NAME: Final = "{name}"


@dataclass(frozen=True, slots=True)
class Phone:
    """width and height of its screen in logical px; density: device px for each of them."""

    id: str
    width: int
    height: int
    density: float

    @property
    def pixels(self) -> tuple[int, int]:
        """Its screen in device px."""
        return round(self.width * self.density), round(self.height * self.density)


PHONES: Final = (
    Phone("375", 375, 667, 2), Phone("390", 390, 844, 3), Phone("393", 393, 852, 3), Phone("412", 412, 915, 2.625),
    Phone("414", 414, 896, 3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code and what is in it.

    rows    True for dark, with the quiet zone; empty when there is nothing to hold
    holds   "address" of the file, the whole "text" of the post, its beginning ("part"), or "nothing"
    """

    rows: tuple[tuple[bool, ...], ...]
    holds: Holds
    inside: str


def is_address(text: str) -> bool:
    """Whether it can be opened by a phone: http or https, with a host, of a sane length."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= LONGEST and not text.split()[1:]


def place_of(address: str, name: str) -> str:
    """The address with the file's name where it says {name}."""
    return address.strip().replace(NAME, quote(name))


def code_for(address: str, name: str, text: str) -> Code:
    """address: where the person's own cloud folder shows the file, "" when they gave none; name: of the file.

    Without an address that can be opened: as much of the post's text as a phone can read.
    """
    inside = place_of(address, name)
    if is_address(address) and len(inside.encode("utf-8", "replace")) <= LONGEST_INSIDE:
        return Code(_rows(inside), "address", inside)
    whole = text.strip()
    if not whole:
        return Code((), "nothing", "")
    inside = fitting(whole)
    return Code(_rows(inside), "text" if inside == whole else "part", inside)


def fitting(text: str, most: int = MOST_BYTES) -> str:
    """The beginning of `text` that takes at most so many bytes of UTF-8, cut at a grapheme."""
    if len(text.encode("utf-8", "replace")) <= most:
        return text
    kept = len(text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore"))
    return text[: grapheme_cut(text, kept)].rstrip()


def _rows(text: str) -> tuple[tuple[bool, ...], ...]:
    import segno

    made = segno.make(text.encode("utf-8", "replace").decode(), micro=False, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in made.matrix_iter(border=4))
