"""A post's HTML back to text, and texts made comparable.

Source: Mastodon source, TextFormatter and simple_format, August 2026: paragraphs are <p>, line breaks <br>, an
address is cut by styles only, so that its whole text is there; a mention is shown without its host, ＃ as #.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from studio.platforms.mastodon.entities import spans

_BREAKS = ("p", "div", "ul", "ol", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(html: str) -> str:
    """The text a person reads in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()


def normal(text: str) -> str:
    """A text as far as the platform shows it: one empty line at most, no spaces at ends, mentions without host,
    hashtags with the narrow #."""
    lines = (line.rstrip() for line in text.replace("\r\n", "\n").replace("\u00a0", " ").split("\n"))
    flat = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    made, at = [], 0
    for span in spans(flat):
        if span.kind != "link":
            shown = f"@{span.value.partition('@')[0]}" if span.kind == "mention" else f"#{span.value}"
            made += [flat[at : span.start], shown]
            at = span.end
    return "".join((*made, flat[at:]))
