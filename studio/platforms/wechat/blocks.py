"""An article as what stands one below the other: paragraphs, headings, quotes, items, code, pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from studio.platforms.wechat.articles import PLACE

_KINDS = {"p": "text", "section": "text", "blockquote": "quote", "pre": "code", "li": "item", "tr": "text"}
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INSIDE = {"quote": ("text",), "item": ("text",)}  # a paragraph in a quote is a quote


@dataclass(frozen=True, slots=True)
class Block:
    """kind: "text", "head", "quote", "item", "code", "image". picture: its number among the article's."""

    kind: str
    text: str = ""
    picture: int = -1


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
        if shown:
            self.blocks.append(Block(kind, shown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._text.append("\n")
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
        elif tag in _KINDS or tag in _HEADS:
            self._flush()
            if len(self._kinds) > 1:
                self._kinds.pop()

    def handle_data(self, data: str) -> None:
        self._text.append(data if self._kinds[-1] == "code" else data.replace("\n", " "))

    def close(self) -> None:
        super().close()
        self._flush()


def blocks(html: str) -> tuple[Block, ...]:
    """Of an article's HTML, in order."""
    parts = _Parts()
    parts.feed(html)
    parts.close()
    return tuple(parts.blocks)
