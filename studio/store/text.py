"""Text on its way into a database column: JSON for documents, cleaned text for what is shown or searched."""

from __future__ import annotations

import json
import re
from typing import Any

_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def clean(text: str) -> str:
    """`text` with lone surrogates and NUL (which no database keeps) as U+FFFD. Documents keep the exact text."""
    return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def shorten(text: str, most: int) -> str:
    """One line of at most `most` characters: white space joined, cut with an ellipsis."""
    line = " ".join(clean(text[: most * 20]).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def dump(value: Any) -> str:
    """JSON in pure ASCII, so that any Python text comes back exactly, lone surrogates too."""
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def load(text: str) -> Any:
    """The reverse of `dump`."""
    return json.loads(text)
