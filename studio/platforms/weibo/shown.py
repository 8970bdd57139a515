"""How a post's text is drawn: chips in place of addresses, coloured topics and people, and where it is folded.

Sources: previews 6.2. The replica in YYKit's demo for topics, people and titles of pages; m.weibo.cn's answers for
"...全文".
"""

from __future__ import annotations

import re

from studio.platforms import chips
from studio.platforms.chips import ICON, Span
from studio.platforms.folding import safe_end
from studio.platforms.weibo import text as words
from studio.platforms.weibo.spec import px

ICONS = {"link": "link-2", "super": "diamond"}
MARKS = re.compile(
    r"(?P<super>#[^@#\n\[\]]+\[超话\]#)|(?P<topic>#[^@#\n]+#)|(?P<mention>@[-_a-zA-Z0-9\u4e00-\u9fa5]+)"
)


def fold(text: str, most: int, each: int | None) -> int | None:
    """Where `text` is cut when Weibo counts more than `most` characters in it; None when it is shown whole."""
    at = words.passed(text, most, each)
    if at is None:
        return None
    return safe_end(text, at, chips.whole(text, MARKS)) or safe_end(text, at, ())


def without_card(text: str, link: str) -> str:
    """An address at the very end that became the card is not repeated."""
    link = link.strip()
    return text[: -len(link)].rstrip() if link and text.endswith(link) else text


def shown(text: str, title: str) -> tuple[str, tuple[Span, ...]]:
    """As a feed shows it, a chip with `title` in place of each address, and what is coloured in it."""
    return chips.shown(text, chips.chip(title, int(px("chip.most"))), MARKS, {"super": _super})


def _super(topic: str) -> str:
    """A super topic loses its signs and has an icon."""
    return f"{ICON}{topic[1:-5]}超话"
