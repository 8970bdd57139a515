"""A thread's words: what is handed over, how they are counted, and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from studio.core.card import Run
from studio.core.post import Content
from studio.platforms.bare import stretches
from studio.platforms.checks import clean_tag
from studio.platforms.parts import Fact

TOPIC = Fact(50, "Meta, Threads posts: topic_tag, read 2026-11-22")

_TAG = re.compile(r"(?<![\w&/#＃])[#＃]([^\s#＃.&,!?;:()，。、！？；：（）“”「」]+)")
_PERSON = re.compile(r"(?<![\w@./])@[A-Za-z0-9_](?:[A-Za-z0-9._]*[A-Za-z0-9_])?")
_MAYBE = re.compile("[\u00a9\u00ae\u200d\u203c-\u3299\U0001f000-\U0001faff\U000e0020-\U000e007f\ufe0f]")


@lru_cache(maxsize=1)
def _emoji() -> Any:
    """One emoji with its joiners, skins and selectors; flags; keycaps."""
    import regex

    one = r"(?:\p{Emoji_Presentation}|\p{Extended_Pictographic})(?:\ufe0f|\p{Emoji_Modifier}|[\U000e0020-\U000e007f])*"
    return regex.compile(
        rf"\p{{Regional_Indicator}}{{2}}|[0-9#*]\ufe0f?\u20e3|{one}(?:\u200d{one})*")


def emoji_in(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each emoji."""
    if _MAYBE.search(text):
        yield from (found.span() for found in _emoji().finditer(text))


def weights(text: str) -> list[int]:
    """How much each character counts: 1, but an emoji the length of its UTF-8, on its first character."""
    made = [1] * len(text)
    for start, end in emoji_in(text):
        made[start:end] = [len(text[start:end].encode("utf-8", "surrogatepass")), *[0] * (end - start - 1)]
    return made


def is_topic(tag: str) -> bool:
    """1 to 50 characters without "." and "&"; spaces are fine."""
    return 1 <= len(tag) <= TOPIC.value and not set(tag) & set(".&\n")


def topic_in(text: str) -> re.Match[str] | None:
    """The first tag of a text, outside of addresses: only one becomes a topic."""
    at = 0
    for piece, address in stretches(text):
        found = None if address else _TAG.search(text, at, at + len(piece))
        if found:
            return found
        at += len(piece)
    return None


def topic(content: Content) -> str:
    """The post's topic where its text has none: the first of its tags that can be one, "" without."""
    if topic_in(content.text):
        return ""
    return next((tag for tag in map(clean_tag, content.tags) if is_topic(tag)), "")


def message(content: Content) -> str:
    """Text and, where it is not in it, the link: both are written into one box."""
    link = content.link.strip()
    parts = (content.text.strip(), "" if link and link in content.text else link)
    return "\n\n".join(part for part in parts if part)


def links_in(text: str) -> list[str]:
    """Every address written out in full."""
    return [address for _, address in stretches(text) if address]


def short(address: str, most: int) -> str:
    """As it is shown: without its beginning, cut with "…"."""
    bare = address.partition("://")[2].removeprefix("www.") or address
    return bare if len(bare) <= most else bare[: most - 1] + "…"


def shown(text: str, most: int) -> tuple[str, tuple[Run, ...]]:
    """The text with its topic without "#" and its addresses short; topic, addresses and people in the link colour."""
    made: list[str] = []
    runs: list[Run] = []
    length = 0
    found = topic_in(text)
    for start, end, said in _pieces(text, most, found.span() if found else None):
        if said is None:
            runs += [Run(length + m.start(), length + m.end()) for m in _PERSON.finditer(text[start:end])]
            said = text[start:end]
        else:
            runs.append(Run(length, length + len(said)))
        made.append(said)
        length += len(said)
    return "".join(made), tuple(runs)


def _pieces(text: str, most: int, topic: tuple[int, int] | None) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, what is shown instead or None) one after the other, over the whole text."""
    at = 0
    for piece, address in stretches(text):
        end = at + len(piece)
        if address:
            yield at, end, short(address, most)
        elif topic is not None and at <= topic[0] < end:
            stop = min(topic[1], end)
            yield from ((at, topic[0], None), (topic[0], stop, text[topic[0] + 1 : stop]), (stop, end, None))
        else:
            yield at, end, None
        at = end
