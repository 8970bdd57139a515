"""What a message in a channel may be: limits with their sources, counting, checks. Pure and quick."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info
from studio.core.post import Content
from studio.platforms.base import Count, Fact, ImageRule, VideoRule
from studio.platforms.checks import missing_tags, no_address, not_one_word, number_of, other_kinds, typed
from studio.platforms.telegram.entities import end_of, marked, tapped, units
from studio.platforms.text import first, unsendable

API = "Telegram Bot API documentation, version 10.1"
APP = "Telegram's apps, as known from use"
TEXT = Fact(4096, f"{API}: after the entities are parsed")
CAPTION = Fact(1024, API)
LONG = Fact(2048, f"{APP}: with Premium")
MEDIA = Fact(10, f"{API}, sendMediaGroup")
IMAGE_RULE = ImageRule(most=MEDIA, formats=("image/jpeg", "image/png"), bytes=Fact(10_000_000, API))
VIDEO_RULE = VideoRule(most=MEDIA, bytes=Fact(2_000_000_000, APP))
CAPTIONS = "caption"  # the setting that has the longest caption


def longest(chosen: str) -> int:
    """The setting as a number of units; the usual one when it is none."""
    return number_of(chosen, CAPTION.value)


def is_channel(name: str) -> bool:
    """True for the public name of a channel."""
    return re.fullmatch(r"[A-Za-z]\w{3,31}", name, re.ASCII) is not None


def is_tag(tag: str) -> bool:
    found = tapped(f"#{tag}")
    return len(found) == 1 and found[0].kind == "tag" and found[0].end == len(tag) + 1


def body(content: Content) -> str:
    """What is typed: the text, then the tags and the link that are not in it yet, each on its own line."""
    shown = (t.value[1:] for t in tapped(content.text) if t.kind == "tag")
    return typed(content, missing_tags(content.tags, shown, is_tag))


def page_address(content: Content) -> str:
    """The address whose page is shown below the text: the first one; none beside media."""
    if content.media:
        return ""
    found = next((t.value for t in tapped(body(content)) if t.kind == "link"), "")
    return found if not found or "://" in found else f"https://{found}"


def limit(content: Content, caption: int) -> Fact:
    """Of a message, or of the caption that media have."""
    if not content.media:
        return TEXT
    return CAPTION if caption == CAPTION.value else Fact(caption, LONG.source)


def count(content: Content, caption: int) -> Mapping[str, Count]:
    """UTF-16 units without the signs of bold and the like; tags and link stand in the text here."""
    message, most = marked(body(content)), limit(content, caption).value
    lead, over = len(content.text) - len(content.text.lstrip()), end_of(message.text, most)
    place = None if over is None else min(message.places[over] + lead, len(content.text))
    return {"text": Count(units(message.text), most, "character", place)}


def check(content: Content, caption: int) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first. caption: units that the account may write below media."""
    plain = (unsendable, _empty, _number, _kinds, _link, _tags, _title)
    return first([partial(_length, content, caption), *(partial(each, content) for each in plain)])


def _length(content: Content, caption: int) -> list[Finding]:
    most, number = limit(content, caption), units(marked(body(content)).text)
    if number <= most.value:
        return []
    return [error("text.too_long", "text", most.source, count=number, limit=most.value)]


def _empty(content: Content) -> list[Finding]:
    return [] if body(content) or content.media else [error("post.empty", "text", API)]


def _number(content: Content) -> list[Finding]:
    number = len(content.media)
    return [error("media.too_many", "media", MEDIA.source, count=number, limit=MEDIA.value)] if (
        number > MEDIA.value) else []


def _kinds(content: Content) -> list[Finding]:
    """Pictures and clips may be mixed."""
    return other_kinds(content, API)


def _link(content: Content) -> list[Finding]:
    return no_address(content, API)


def _tags(content: Content) -> list[Finding]:
    return not_one_word(content.tags, is_tag, API)


def _title(content: Content) -> list[Finding]:
    """It names the page below the text, and only there."""
    return [info("title.not_sent", "title", API)] if content.title.strip() and not page_address(content) else []
