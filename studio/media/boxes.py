"""Taking the place out of an MP4 or MOV without copying a frame: its boxes of remarks become empty space.

ISO/IEC 14496-12: a file is boxes of a length, a four-letter kind and a body; "free" is space to skip. As no byte
moves, the tables that say where the frames lie stay right.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MIMES = ("video/mp4", "video/quicktime", "audio/mp4")
PIECE = 1024 * 1024
# Where remarks are: of the file, of the film, of one track. "udta" holds the phone's place (a box named "\xa9xyz" or
# "loci"), "meta" Apple's keys, "uuid" Adobe's XMP.
_REMARKS = {
    (): (b"uuid", b"meta", b"udta"),
    (b"moov",): (b"uuid", b"meta", b"udta"),
    (b"moov", b"trak"): (b"meta", b"udta"),
}
_OUTER = {(b"moov",), (b"moov", b"trak")}


class Box(NamedTuple):
    """start: of the box; body: of its body; end: behind it; in bytes from the file's start."""

    kind: bytes
    start: int
    body: int
    end: int


def without_remarks(path: Path) -> Iterator[bytes]:
    """The file's bytes, as long as before, with every box of remarks blanked. ValueError when its boxes are broken."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        blanks = sorted(_remarks(file, (), 0, end), key=lambda box: box.start)
        at = 0
        for box in blanks:
            yield from _copy(file, at, box.start + 4)
            yield b"free"
            yield from _copy(file, box.start + 8, box.body)  # the long form of a length, where it has one
            yield from _zeros(box.end - box.body)
            at = box.end
        yield from _copy(file, at, end)


def _remarks(file: BinaryIO, place: tuple[bytes, ...], at: int, end: int) -> Iterator[Box]:
    for box in _boxes(file, at, end):
        inner = (*place, box.kind)
        if box.kind in _REMARKS[place]:
            yield box
        elif inner in _OUTER:
            yield from _remarks(file, inner, box.body, box.end)


def _boxes(file: BinaryIO, at: int, end: int) -> Iterator[Box]:
    """The boxes between two places of the file."""
    while at + 8 <= end:
        file.seek(at)
        size, kind = struct.unpack(">I4s", file.read(8))
        body = at + 8
        if size == 1:  # longer than 4 GB: the length follows
            size, body = struct.unpack(">Q", file.read(8))[0], at + 16
        stop = end if size == 0 else at + size
        if not body <= stop <= end:
            raise ValueError("a box ends beyond the one it is in")
        yield Box(kind, at, body, stop)
        at = stop


def _copy(file: BinaryIO, at: int, end: int) -> Iterator[bytes]:
    file.seek(at)
    while at < end:
        piece = file.read(min(PIECE, end - at))
        if not piece:
            raise ValueError("ends too early")
        at += len(piece)
        yield piece


def _zeros(count: int) -> Iterator[bytes]:
    for done in range(0, count, PIECE):
        yield bytes(min(PIECE, count - done))
