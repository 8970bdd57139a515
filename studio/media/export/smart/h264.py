"""As much of H.264's bit stream as is needed to put packets of two encoders into one track.

Sources: ISO/IEC 14496-15 (avcC, length-prefixed units), ITU-T H.264 7.3 (units, parameter sets, Exp-Golomb codes).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

IDR, SPS, PPS = 5, 7, 8
SLICES = (1, 2, 3, 4, 5)
WITH_CHROMA = (100, 110, 122, 144)  # profiles whose avcC says more at its end
IDS = range(1, 32)


@dataclass(frozen=True, slots=True)
class Config:
    """An avcC. head: its version, profile, compatibility and level; tail: what follows the parameter sets."""

    head: bytes
    sps: tuple[bytes, ...]
    pps: tuple[bytes, ...]
    tail: bytes = b""

    @property
    def ids(self) -> frozenset[int]:
        """Numbers of parameter sets that are taken."""
        return frozenset(map(sps_id, self.sps)) | frozenset(map(pps_id, self.pps))

    def joined(self, sps: tuple[bytes, ...], pps: tuple[bytes, ...]) -> Config:
        """With the parameter sets of another encoder beside its own."""
        return Config(self.head, (*self.sps, *sps), (*self.pps, *pps), self.tail)

    def data(self) -> bytes:
        """The box's body, for packets whose units have 4 bytes of length."""
        def listed(units: tuple[bytes, ...]) -> bytes:
            return b"".join(struct.pack(">H", len(unit)) + unit for unit in units)

        return (self.head + b"\xff" + bytes([0xE0 | len(self.sps)]) + listed(self.sps)
                + bytes([len(self.pps)]) + listed(self.pps) + self.tail)


def config(extradata: bytes) -> Config | None:
    """What an avcC says; None when it is none, is broken, or its units have another length than 4 bytes."""
    if len(extradata) < 7 or extradata[0] != 1 or extradata[4] & 3 != 3:
        return None
    try:
        sps, at = _sets(extradata, 6, extradata[5] & 31)
        pps, at = _sets(extradata, at + 1, extradata[at])
    except (IndexError, struct.error, ValueError):
        return None
    tail = extradata[at:] if extradata[1] in WITH_CHROMA else b""
    return Config(extradata[:4], sps, pps, tail) if sps and pps else None


def _sets(data: bytes, at: int, count: int) -> tuple[tuple[bytes, ...], int]:
    found = []
    for _ in range(count):
        (length,) = struct.unpack_from(">H", data, at)
        if not length or at + 2 + length > len(data):
            raise ValueError
        found.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    return tuple(found), at


def units(packet: bytes) -> Iterator[bytes]:
    """The units of a packet with 4 bytes of length before each. ValueError when it is broken."""
    at = 0
    while at < len(packet):
        length = int.from_bytes(packet[at : at + 4])
        if at + 4 + length > len(packet):
            raise ValueError(length)
        if length:
            yield packet[at + 4 : at + 4 + length]
        at += 4 + length


def kind(unit: bytes) -> int:
    return unit[0] & 31


def begins_anew(packet: bytes) -> bool:
    """Whether a packet is an IDR picture: nothing after it leans on anything before it."""
    try:
        return next((kind(unit) for unit in units(packet) if kind(unit) in SLICES), 0) == IDR
    except ValueError:
        return False


def split(stream: bytes) -> list[bytes]:
    """The units of a byte stream with start codes (Annex B)."""
    found, at = [], stream.find(b"\0\0\1")
    while at >= 0:
        begin = at + 3
        at = stream.find(b"\0\0\1", begin)
        unit = stream[begin : at if at >= 0 else len(stream)].rstrip(b"\0")
        if unit:
            found.append(unit)
    return found


def prefixed(stream: bytes) -> bytes:
    """A byte stream with start codes as a packet of MP4; its parameter sets are left out."""
    return b"".join(
        struct.pack(">I", len(unit)) + unit for unit in split(stream) if kind(unit) not in (SPS, PPS)
    )


def sps_id(unit: bytes) -> int:
    """The number of a sequence parameter set."""
    return _golomb(_plain(unit[4:24]), 0)[0]


def pps_id(unit: bytes) -> int:
    """The number of a picture parameter set."""
    return _golomb(_plain(unit[1:21]), 0)[0]


def _plain(data: bytes) -> bytes:
    """Without the bytes that keep start codes from appearing."""
    return data.replace(b"\0\0\3", b"\0\0")


def _golomb(data: bytes, bit: int) -> tuple[int, int]:
    """An unsigned Exp-Golomb number at a bit, and where it ends."""
    number = int.from_bytes(data)
    length = len(data) * 8
    zeros = 0
    while bit + zeros < length and not number >> (length - 1 - bit - zeros) & 1:
        zeros += 1
    end = bit + 2 * zeros + 1
    value = number >> max(0, length - end) & ((1 << (zeros + 1)) - 1)
    return value - 1, end
