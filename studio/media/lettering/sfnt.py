"""What is inside a font file: names, weights, and which characters it has. OpenType and TrueType, collections too.

Only the few tables that choosing a font needs are read; FreeType (through Pillow) draws. A file that is broken or none
gives nothing and raises nothing: a machine's font folders are full of surprises.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

COLLECTION, KINDS = b"ttcf", (b"\0\1\0\0", b"OTTO", b"true")
COLOURED = (b"CBDT", b"sbix", b"COLR", b"SVG ")
BITMAPS = (b"CBDT", b"sbix")
FAMILY, TYPOGRAPHIC = 1, 16
MOST_FACES, MOST_TABLES, MOST_BYTES = 64, 256, 16_000_000


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file. families: its names in every language, lower case; weight: 100 to 900.

    name                 the family as it is shown, in English where it has an English name
    lightest, heaviest   what a variable font can be set to; the same as `weight` where it is none
    coloured             its glyphs have colours of their own; strikes: they are pictures of fixed sizes
    """

    path: str
    index: int
    families: frozenset[str]
    weight: int = 400
    italic: bool = False
    lightest: int = 400
    heaviest: int = 400
    variable: bool = False
    coloured: bool = False
    strikes: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Code points as ranges: firsts[i] to lasts[i], both in."""

    firsts: array[int]
    lasts: array[int]

    def has(self, code: int) -> bool:
        at = bisect_right(self.firsts, code) - 1
        return at >= 0 and code <= self.lasts[at]


NOTHING = Coverage(array("I"), array("I"))


class Broken(ValueError):
    """Not a font, or not one that can be read."""


def faces(path: Path) -> list[Face]:
    """The faces in a file; none when it cannot be read."""
    try:
        with path.open("rb") as file:
            return [_face(path, index, file, offset) for index, offset in enumerate(_offsets(file))]
    except (OSError, Broken, struct.error):
        return []


def coverage(face: Face) -> Coverage:
    """The characters a face has a glyph for."""
    try:
        with Path(face.path).open("rb") as file:
            return _coverage(_table(file, _directory(file, _offsets(file)[face.index]), b"cmap"))
    except (OSError, Broken, struct.error, IndexError):
        return NOTHING


def _offsets(file: BinaryIO) -> list[int]:
    head = _read(file, 0, 12)
    if head[:4] in KINDS:
        return [0]
    if head[:4] != COLLECTION:
        raise Broken
    number = min(struct.unpack(">L", head[8:12])[0], MOST_FACES)
    return list(struct.unpack(f">{number}L", _read(file, 12, 4 * number)))


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    data = file.read(size) if size <= MOST_BYTES else b""
    if len(data) != size:
        raise Broken
    return data


def _directory(file: BinaryIO, offset: int) -> dict[bytes, tuple[int, int]]:
    """Tables by tag: where they lie and how long they are."""
    head = _read(file, offset, 12)
    number = struct.unpack(">H", head[4:6])[0]
    if head[:4] not in KINDS or number > MOST_TABLES:
        raise Broken
    rows = struct.iter_unpack(">4sLLL", _read(file, offset + 12, 16 * number))
    return {tag: (start, size) for tag, _, start, size in rows}


def _table(file: BinaryIO, directory: dict[bytes, tuple[int, int]], tag: bytes) -> bytes:
    return _read(file, *directory[tag]) if tag in directory else b""


def _face(path: Path, index: int, file: BinaryIO, offset: int) -> Face:
    directory = _directory(file, offset)
    os2 = _table(file, directory, b"OS/2")
    weight = struct.unpack(">H", os2[4:6])[0] if len(os2) >= 6 else 400
    italic = bool(len(os2) >= 64 and struct.unpack(">H", os2[62:64])[0] & 1)
    axis = _weight_axis(_table(file, directory, b"fvar"))
    lightest, heaviest = axis or (weight, weight)
    names = list(_families(_table(file, directory, b"name")))
    shown = next((name for _, english, name in sorted(names, reverse=True) if english), names[0][2] if names else "")
    return Face(
        str(path), index, frozenset(name.lower() for _, _, name in names), weight, italic, lightest, heaviest,
        b"fvar" in directory, any(tag in directory for tag in COLOURED), any(tag in directory for tag in BITMAPS),
        shown,
    )


def _weight_axis(fvar: bytes) -> tuple[int, int] | None:
    if len(fvar) < 16:
        return None
    start, _, number, size = struct.unpack(">4H", fvar[4:12])
    for at in range(start, start + number * size, max(size, 1)):
        tag, least, _, most = struct.unpack(">4s3l", fvar[at : at + 16])
        if tag == b"wght":
            return least >> 16, most >> 16
    return None


def _families(name: bytes) -> Iterator[tuple[int, bool, str]]:
    """(kind of name, whether it is English, the name): the typographic family has all weights under one name."""
    if len(name) < 6:
        return
    _, number, storage = struct.unpack(">3H", name[:6])
    for platform, _, language, kind, size, start in struct.iter_unpack(">6H", name[6 : 6 + 12 * number]):
        if kind in (FAMILY, TYPOGRAPHIC):
            raw = name[storage + start : storage + start + size]
            text = raw.decode("mac_roman" if platform == 1 else "utf-16-be", "ignore").strip("\0 ")
            if text:
                yield kind, language == (0 if platform == 1 else 0x409), text


def _coverage(cmap: bytes) -> Coverage:
    subtables = {}
    for platform, encoding, start in struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * struct.unpack(">H", cmap[2:4])[0]]):
        if platform == 0 or (platform == 3 and encoding in (0, 1, 10)):
            subtables[struct.unpack(">H", cmap[start : start + 2])[0]] = start
    if 12 in subtables:
        return _groups(cmap[subtables[12] :])
    return _segments(cmap[subtables[4] :]) if 4 in subtables else NOTHING


def _groups(table: bytes) -> Coverage:
    """Format 12: ranges of code points that map to ranges of glyphs."""
    number = struct.unpack(">L", table[12:16])[0]
    ranges = [(first, last) for first, last, glyph in struct.iter_unpack(">3L", table[16 : 16 + 12 * number])]
    return _packed(ranges)


def _segments(table: bytes) -> Coverage:
    """Format 4: segments of the basic plane; in those with a list of glyphs some may be missing."""
    count = struct.unpack(">H", table[6:8])[0] // 2
    lasts, firsts, deltas, offsets = (
        struct.unpack(f">{count}H", table[at : at + 2 * count])
        for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)
    )
    ranges = []
    for number, (first, last, delta, offset) in enumerate(zip(firsts, lasts, deltas, offsets, strict=True)):
        if offset:
            start = 16 + 6 * count + 2 * number + offset
            ranges += _listed(first, last, table[start : start + 2 * (last - first + 1)])
        elif (first + delta) & 0xFFFF or first != last:
            ranges.append((first, last))
    return _packed([(first, last) for first, last in ranges if first != 0xFFFF])


def _listed(first: int, last: int, glyphs: bytes) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    listed = struct.iter_unpack(">H", glyphs[: len(glyphs) & ~1])
    for code, (glyph,) in zip(range(first, last + 1), listed, strict=False):
        if glyph and found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        elif glyph:
            found.append((code, code))
    return found


def _packed(ranges: list[tuple[int, int]]) -> Coverage:
    ranges.sort()
    return Coverage(array("I", (first for first, _ in ranges)), array("I", (last for _, last in ranges)))
