"""The text of a caption file, whatever it was written in: nobody says, so it is told by what makes sense."""

from __future__ import annotations

import codecs

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)
OLD = ("gb18030", "big5", "shift_jis")
LOOKED_AT = 20_000  # characters that are weighed


def decoded(data: bytes) -> str:
    """The text of the bytes. Never fails: what makes no sense in any encoding is Western Europe's."""
    for bom, name in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    if (wide := _without_bom(data)) is not None:
        return wide
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _old(data)


def _without_bom(data: bytes) -> str | None:
    """UTF-16 by its zeros: captions are full of digits, and every other byte of those is one."""
    head = data[:2000]
    if head.count(0) < len(head) / 8:
        return None
    little = head[1::2].count(0) >= head[::2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", "replace")


def _old(data: bytes) -> str:
    """An encoding from before Unicode: the one in which most characters are such as people use."""
    best, text = 0.5, data.decode("cp1252", "replace")
    for name in OLD:
        try:
            tried = data.decode(name)
        except UnicodeDecodeError:
            continue
        if (score := _sense(tried)) > best:
            best, text = score, tried
    return text


def _sense(text: str) -> float:
    """The part of the characters beyond ASCII that are common."""
    beyond = [char for char in text[:LOOKED_AT] if char > "\x7f"]
    return sum(_common(char) for char in beyond) / len(beyond) if beyond else 0.0


def _common(char: str) -> bool:
    """Kana, full-width punctuation, or of the first (frequent) half of GB 2312 or Big5."""
    if "\u3000" <= char <= "\u30ff" or "\uff01" <= char <= "\uff5e" or char in "“”‘’…—·":
        return True
    return _leads(char, "gb2312", range(0xB0, 0xD8)) or _leads(char, "big5", range(0xA4, 0xC7))


def _leads(char: str, codec: str, first: range) -> bool:
    try:
        encoded = char.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and encoded[0] in first
