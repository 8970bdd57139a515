"""What a note may be: limits with their sources, counting, checks. Pure and quick.

The platform publishes none of this; its own page's counters have the last word. CLIENT: clients by others that drive
that page, read in August 2026 (xpzouying/xiaohongshu-mcp, yikart/AiToEarn).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content
from studio.platforms.base import Count, Fact, ImageRule, VideoRule
from studio.platforms.checks import clean_tag, number_of, pictures_or_clip, too_long
from studio.platforms.text import first, unsendable

CLIENT = "clients by others of the creator page, August 2026"
TITLES = f"{CLIENT}: ASCII counts a half, everything else one, over UTF-16 units"
SHAPE = "3:4 is advised for covers, 1080 × 1440: third-party guides, 2026"
PLAIN = "the web client, seen in a clone of March 2025: addresses in a note are plain text"
TITLE = Fact(20, TITLES)
TEXT = Fact(1000, CLIENT)
TAGS = Fact(10, CLIENT)
IMAGES = Fact(18, f"{CLIENT}: 18, in some 9 or 20")
IMAGE_BYTES = Fact(20_000_000, f"{CLIENT}: 20 to 32 MB")
MOST = "images"  # the setting that has the number of pictures
IMAGE_RULE = ImageRule(most=IMAGES, bytes=IMAGE_BYTES)
VIDEO_RULE = VideoRule(most=Fact(1, CLIENT))  # 1 GB is advised only: the page takes more


def most(chosen: str) -> int:
    """The setting as a number of pictures; the usual one when it is none."""
    return number_of(chosen, IMAGES.value)


def image_rule(pictures: int) -> ImageRule:
    """For as many pictures as the account's app takes."""
    return replace(IMAGE_RULE, most=replace(IMAGES, value=pictures))


def _units(char: str) -> int:
    """UTF-16 code units of one character."""
    return 2 if ord(char) > 0xFFFF else 1


def _halves(char: str) -> int:
    """Its weight in a title, in halves."""
    return 1 if char.isascii() else 2 * _units(char)


def _passed(text: str, limit: int, weight: Mapping[str, int]) -> int | None:
    """Where, in Python characters, the weights of `text` pass `limit`; None when they do not."""
    used = 0
    for at, char in enumerate(text):
        used += weight[char]
        if used > limit:
            return at
    return None


def title_count(title: str) -> Count:
    """20 wide or 40 ASCII characters; half a one counts whole."""
    weight = {char: _halves(char) for char in set(title)}
    number = math.ceil(sum(weight[char] for char in title) / 2)
    return Count(number, TITLE.value, "wide character", _passed(title, 2 * TITLE.value, weight))


@lru_cache(maxsize=16)
def text_count(text: str) -> Count:
    """UTF-16 units, as a page's script counts: never fewer than people would."""
    weight = {char: _units(char) for char in set(text)}
    return Count(sum(weight[char] for char in text), TEXT.value, "character", _passed(text, TEXT.value, weight))


def count(content: Content) -> Mapping[str, Count]:
    """Of title and text; the tags are typed into the same field and count with the text."""
    text, whole = content.text, text_count(body(content))
    lead = len(text) - len(text.lstrip())  # spaces that are not handed over
    over = None if whole.over is None else min(whole.over + lead, len(text))
    return {"title": title_count(content.title.strip()), "text": replace(whole, over=over)}


def _fit(content: Content) -> tuple[str, ...]:
    """The tags that can be topics, each once."""
    return tuple(tag for tag in dict.fromkeys(map(clean_tag, content.tags)) if _one_word(tag))


def _one_word(tag: str) -> bool:
    return bool(tag) and not any(char.isspace() or char in "#＃" for char in tag)


def tags(content: Content) -> tuple[str, ...]:
    """The tags that are handed over: one word each, each once, at most ten."""
    return _fit(content)[: TAGS.value]


def tag_line(content: Content) -> str:
    """"#咖啡 #citywalk", "" without tags."""
    return " ".join(f"#{tag}" for tag in tags(content))


def body(content: Content) -> str:
    """What stands under the title of the note: the text, then the tags on a line of their own."""
    return "\n".join(part for part in (content.text.strip(), tag_line(content)) if part)


def check(content: Content, pictures: int) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first. pictures: how many the account's app takes."""
    plain = (unsendable, _length, _media, _kinds, _tags, _link)
    return first([*(partial(each, content) for each in plain), partial(_number, content, pictures)])


def _length(content: Content) -> list[Finding]:
    return too_long(count(content), {"title": TITLE.source, "text": TEXT.source})


def _media(content: Content) -> list[Finding]:
    """A note without media is an article, which its page has another tab for."""
    return [] if content.media else [error("xiaohongshu.needs_media", "media", CLIENT)]


def _number(content: Content, pictures: int) -> list[Finding]:
    number = sum(media.kind == "image" for media in content.media)
    return [error("media.too_many", "media", IMAGES.source, count=number, limit=pictures)] if number > pictures else []


def _kinds(content: Content) -> list[Finding]:
    """One clip, or pictures."""
    return pictures_or_clip(content, CLIENT)


def _tags(content: Content) -> list[Finding]:
    found = [
        warning("xiaohongshu.tag_left_out", f"tags[{at}]", CLIENT, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not _one_word(clean_tag(tag))
    ]
    if (wanted := len(_fit(content))) > TAGS.value:
        found.append(warning("tags.too_many", "tags", TAGS.source, count=wanted, limit=TAGS.value))
    return found


def _link(content: Content) -> list[Finding]:
    return [info("xiaohongshu.no_links", "link", PLAIN)] if content.link.strip() else []
