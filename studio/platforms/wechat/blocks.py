"""An article as what stands one below the other: paragraphs, headings, quotes, items, code, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from studio.platforms.wechat.cleaning import PLACE

_KINDS = {"p": "text", "section": "text", "blockquote": "quote", "pre": "code", "li": "item", "tr": "text"}
_BOLD, _PLAIN = "\ue000", "\ue001"  # stand around bold words until spaces are put right
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INSIDE = {"quote": ("text",), "item": ("text",)}  # a paragraph in a quote is a quote


@dataclass(frozen=True, slots=True)
class Block:
    """kind: "text", "head", "quote", "item", "code", "image". picture: its number among the article's.

    bold   stretches (start, end) of the text
    """

    kind: str
    text: str = ""
    picture: int = -1
    bold: tuple[tuple[int, int], ...] = ()


class _Parts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._kinds = ["text"]
        self._text: list[str] = []

    def _flush(self) -> None:
        text, kind = "".join(self._text), self._kinds[-1]
        self._text.clear()
        shown = text.strip("\n") if kind == "code" else "\n".join(" ".join(t.split()) for t in text.split("\n")).strip()
        if shown.strip(f"{_BOLD}{_PLAIN}"):
            self.blocks.append(_marked(kind, shown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append("\n")
        elif tag in ("strong", "b"):
            self._text.append(_BOLD)
        elif tag == "img":
            self._flush()
            found = re.fullmatch(rf"{PLACE}(\d+)", dict(attrs).get("src") or "")
            self.blocks.append(Block("image", picture=int(found[1]) if found else -1))
        elif tag in _KINDS or tag in _HEADS:
            self._flush()
            kind = _KINDS.get(tag, "head")
            self._kinds.append(self._kinds[-1] if kind in _INSIDE.get(self._kinds[-1], ()) else kind)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._text.append("  ")
        elif tag in ("strong", "b"):
            self._text.append(_PLAIN)
        elif tag in _KINDS or tag in _HEADS:
            self._flush()
            if len(self._kinds) > 1:
                self._kinds.pop()

    def handle_data(self, data: str) -> None:
        clean = data.replace(_BOLD, "").replace(_PLAIN, "")
        self._text.append(clean if self._kinds[-1] == "code" else clean.replace("\n", " "))

    def close(self) -> None:
        super().close()
        self._flush()


def _marked(kind: str, text: str) -> Block:
    """The marks as stretches; one that was not ended in this block goes to its end."""
    made, bold, begun = "", [], -1
    for piece in re.split(f"([{_BOLD}{_PLAIN}])", text):
        if piece == _BOLD:
            begun = len(made)
        elif piece == _PLAIN:
            bold += [(begun, len(made))] if 0 <= begun < len(made) else []
            begun = -1
        else:
            made += piece
    bold += [(begun, len(made))] if 0 <= begun < len(made) else []
    return Block(kind, made, bold=tuple(bold))


def blocks(html: str) -> tuple[Block, ...]:
    """Of an article's HTML, in order."""
    parts = _Parts()
    parts.feed(html)
    parts.close()
    return tuple(parts.blocks)
