"""Names for things: short, sortable by time, unique without a server."""

from __future__ import annotations

import os
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u


def _encode(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def new_id() -> str:
    """16 characters: 9 of milliseconds since 1970 (good to the year 3084), 7 random."""
    random = int.from_bytes(os.urandom(5), "big") >> 5
    return _encode(time.time_ns() // 1_000_000, 9) + _encode(random, 7)
