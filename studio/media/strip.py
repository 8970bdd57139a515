"""Taking metadata out of a picture without touching a pixel: the file's parts are copied or left out, never re-coded.

What is kept: the pixels, the colour profile, transparency, the timing of an animation and, in a JPEG, the orientation.
What goes: EXIF (place, serial numbers, maker notes, the old thumbnail inside), XMP, IPTC, comments, and whatever lies
behind the picture's end (a phone's "live" clip, a second picture, a depth map).
"""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

Cleaner = Callable[["Bytes", int], Iterator[bytes]]
Bytes = bytes | mmap.mmap

# ITU T.81 B.1.1.5: inside a scan only stuffed zeros (FF00) and restarts (FFD0..D7) follow an FF.
_SCAN_END = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean(path: Path, mime: str, turned: int = 1) -> Iterator[bytes]:
    """The file's bytes without metadata, piece by piece; `turned` is the EXIF orientation a JPEG keeps.

    ValueError when the file is not what its type says (truncated, broken); KeyError for a type not in CLEANERS.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        try:
            yield from CLEANERS[mime](data, turned)
        except (IndexError, struct.error) as fault:
            raise ValueError(f"{mime} ends too early") from fault


def _jpeg(data: Bytes, turned: int) -> Iterator[bytes]:
    """ITU T.81 annex B."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no SOI")
    yield b"\xff\xd8"
    at, told = 2, turned == 1
    while True:
        marker, at, end = _segment(data, at)
        if not told and marker != 0xE0:
            yield _orientation_segment(turned)
            told = True
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        if _jpeg_keeps(marker, data[at + 4 : at + 18]):
            yield data[at:end]
        at = end
        if marker == 0xDA:
            found = _SCAN_END.search(data, at)
            if found is None:
                raise ValueError("no EOI")
            yield data[at : found.start()]
            at = found.start()


def _segment(data: Bytes, at: int) -> tuple[int, int, int]:
    """Marker, start and end of the segment at `at`, past any fill bytes."""
    if data[at] != 0xFF:
        raise ValueError("no marker")
    while data[at + 1] == 0xFF:
        at += 1
    marker = data[at + 1]
    if marker == 0xD9 or marker == 0x01 or 0xD0 <= marker <= 0xD7:
        return marker, at, at + 2
    end = at + 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    if end > len(data):
        raise ValueError("segment beyond the end")
    return marker, at, end


def _jpeg_keeps(marker: int, head: bytes) -> bool:
    if marker == 0xFE:  # a comment
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    # Application data that says how the colours are meant; all the rest is about the photo, not of it.
    return (
        (marker == 0xE0 and head.startswith(b"JFIF\0") and head[12:14] == b"\0\0")
        or (marker == 0xE2 and head.startswith(b"ICC_PROFILE\0"))
        or (marker == 0xEE and head.startswith(b"Adobe"))
    )


def _orientation_segment(turned: int) -> bytes:
    """An APP1 with one EXIF entry, the orientation (EXIF 2.32, 4.6.4)."""
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(data: Bytes, turned: int) -> Iterator[bytes]:
    """PNG 3rd edition, 5.3."""
    yield data[:8]
    at = 8
    while True:
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        end = at + 12 + length
        if end > len(data):
            raise ValueError("chunk beyond the end")
        if kind in _PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(data: Bytes, turned: int) -> Iterator[bytes]:
    """RFC 9649, section 2."""
    kept = list(_webp_chunks(data))
    size = 4 + sum(len(chunk) for chunk in kept)
    yield b"RIFF" + struct.pack("<I", size) + b"WEBP"
    yield from kept


def _webp_chunks(data: Bytes) -> Iterator[bytes]:
    at, stop = 12, 8 + struct.unpack("<I", data[4:8])[0]
    if stop > len(data):
        raise ValueError("ends too early")
    while at + 8 <= stop:
        kind, length = struct.unpack("<4sI", data[at : at + 8])
        end = at + 8 + length + length % 2
        if kind in _WEBP_KEPT:
            chunk = data[at:end]
            # The header's bits for EXIF (0x08) and XMP (0x04) must not promise what is gone.
            yield chunk[:8] + bytes([chunk[8] & ~0x0C]) + chunk[9:] if kind == b"VP8X" else chunk
        at = end


def _gif(data: Bytes, turned: int) -> Iterator[bytes]:
    """GIF89a, appendix A."""
    at = 13 + _colours(data[10])
    yield data[:at]
    while True:
        start = data[at]
        if start == 0x3B:
            yield b";"
            return
        if start == 0x2C:
            end = _blocks_end(data, at + 11 + _colours(data[at + 9]))
        elif start == 0x21:
            end = _blocks_end(data, at + 2)
        else:
            raise ValueError("unknown block")
        if start == 0x2C or data[at + 1] == 0xF9 or data[at + 3 : at + 14] in _GIF_LOOPS:
            yield data[at:end]
        at = end


def _colours(flags: int) -> int:
    """Bytes of the colour table these flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: Bytes, at: int) -> int:
    """Past a chain of sub-blocks, each a length byte and so many bytes, closed by 0."""
    while data[at]:
        at += 1 + data[at]
    return at + 1


CLEANERS: dict[str, Cleaner] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp, "image/gif": _gif}
