"""How the text of a dynamic is drawn: topics between two signs, people, and a chip in place of an address."""

from __future__ import annotations

import re

from studio.platforms import chips
from studio.platforms.bilibili.spec import px
from studio.platforms.chips import Span

ICONS = {"link": "link-2"}
MARKS = re.compile(r"(?P<topic>#[^@#\n]+#)|(?P<mention>@[-_a-zA-Z0-9\u4e00-\u9fa5]+)")


def shown(text: str, title: str) -> tuple[str, tuple[Span, ...]]:
    """The text as it is drawn, `title` in place of each address, and what is blue in it."""
    return chips.shown(text, chips.chip(title, int(px("chip.most"))), MARKS)
