"""A text in Markdown in pieces that are read one by one: while somebody types, only the piece under their hands is new.

A piece ends at an empty line where nothing is left open: the next line stands at the margin and begins no item and no
quote, and no fence is open (CommonMark 0.31: all else ends at such a line). A text with tags or with references is one
piece, because both reach across.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_REACHES = re.compile(r"<[A-Za-z/!?]|\]:")
_GOES_ON = re.compile(r"[ \t>]|(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_FENCE_INSIDE = re.compile(r"[ \t>*+\-\d.)]*(?:```|~~~)")


def pieces(text: str) -> list[str]:
    """The text again, when they are joined by line breaks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    made: list[list[str]] = [[]]
    for line, begins in _begun(lines):
        if begins is None:
            return ["\n".join(lines)]
        if begins:
            made.append([])
        made[-1].append(line)
    return ["\n".join(piece) for piece in made]


def _begun(lines: list[str]) -> Iterator[tuple[str, bool | None]]:
    """Each line, and whether a piece begins with it; None: the text must stay whole."""
    fence, words, empty = "", False, False  # words: there are some in this piece; empty: the line before was
    for line in lines:
        begins, bare = False, line.strip(" \t")
        if fence:
            ends = len(bare) >= len(fence) and not bare.strip(fence[0])  # at any depth: indented lines are no code here
            fence = "" if ends else fence
        elif bare:
            begins = words and empty and not _GOES_ON.match(line)
            found = _FENCE.match(line)
            fence = (found[1] or found[2]) if found else ""
            if not found and (_FENCE_INSIDE.match(line) or _REACHES.search(line)):
                yield line, None
                return
            words = True
        empty = not bare
        yield line, begins
