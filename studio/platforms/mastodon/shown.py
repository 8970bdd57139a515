"""The text as the web interface shows it: short addresses, mentions without host, hashtags at the end as chips."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studio.core.card import Run
from studio.platforms.mastodon.entities import spans, tags
from studio.platforms.mastodon.spec import px

_PREFIX = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


def short_address(address: str) -> str:
    """Without protocol and www, 30 characters and "…"."""
    rest, most = _PREFIX.sub("", address, count=1), int(px("address.shown"))
    return rest if len(rest) <= most else rest[:most] + "…"


def shown_text(text: str) -> tuple[str, tuple[Run, ...]]:
    """What stands there, with its links, mentions and tags. More than one empty line is one."""
    text = re.sub(r"\n{3,}", "\n\n", text)
    made, runs, at, length = [], [], 0, 0
    for span in spans(text):
        shown = text[span.start : span.end]
        if span.kind == "link":
            shown = short_address(span.value)
        elif span.kind == "mention":
            shown = "@" + span.value.partition("@")[0]
        length += span.start - at
        made += [text[at : span.start], shown]
        runs.append(Run(length, length + len(shown)))
        length, at = length + len(shown), span.end
    return "".join((*made, text[at:])), tuple(runs)


@dataclass(frozen=True, slots=True)
class Parted:
    """The text without its last line of hashtags, and those."""

    text: str
    chips: tuple[str, ...] = ()


def parted(text: str, has_media: bool) -> Parted:
    """A last line of nothing but hashtags becomes chips; each once, and not those that stand in the text.

    Not when the whole post is such a line and has no media.
    """
    head, _, last = text.rpartition("\n")
    words, found = last.split(), tags(last)
    if not found or len(words) != len(found) or not (head.strip() or has_media):
        return Parted(text)
    before = {_same(tag) for tag in tags(head)}
    chips = {_same(tag): tag for tag in reversed(found)}
    return Parted(head.rstrip(), tuple(tag for key, tag in reversed(chips.items()) if key not in before))


def _same(tag: str) -> str:
    return unicodedata.normalize("NFKC", tag).casefold()
