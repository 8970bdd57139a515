"""Addresses inside plain text, for platforms that link what is written out in full."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ADDRESS = re.compile(
    r"(?<![a-z0-9_@/.+-])https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?"
    r"(?:[/?#][a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?",
    re.IGNORECASE | re.ASCII,
)
_CLOSERS = {")": "(", "]": "["}


def trimmed(address: str) -> str:
    """Without the sentence's own punctuation and a bracket that was opened before the address."""
    while address:
        last = address[-1]
        unpaired = last in _CLOSERS and address.count(last) > address.count(_CLOSERS[last])
        if last not in ".,;:!?'*_~" and not unpaired:
            break
        address = address[:-1]
    return address


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """`text` in pieces, each with its address or ""; joined, the pieces are `text` again."""
    at = 0
    for found in _ADDRESS.finditer(text):
        address = trimmed(found[0])
        if found.start() > at:
            yield text[at : found.start()], ""
        yield address, address
        at = found.start() + len(address)
    if at < len(text):
        yield text[at:], ""
