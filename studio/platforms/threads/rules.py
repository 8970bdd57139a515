"""What a post may be: limits with their sources, counting, checks. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import accumulate

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.checks import clean_tag, no_address, other_kinds, undescribed
from studio.platforms.text import first, unsendable
from studio.platforms.threads.text import is_topic, links_in, message, topic, topic_in, weights

POSTS = "Meta, Threads posts, read 2026-11-22"
EMOJI = "Meta, Threads posts: an emoji counts the bytes of its UTF-8, read 2026-11-22"
TEXT = Fact(500, EMOJI)
FILES, LINKS = Fact(20, POSTS), Fact(5, POSTS)
LONGEST = Fact(300, POSTS)
IMAGE_RULE = ImageRule(
    most=FILES, formats=("image/jpeg", "image/png"), bytes=Fact(8_000_000, POSTS), alt=Fact(1000, POSTS),
)
VIDEO_RULE = VideoRule(
    most=FILES, formats=("video/mp4", "video/quicktime"), bytes=Fact(1_000_000_000, POSTS), seconds=LONGEST,
    rate=Fact(60, POSTS), bitrate=Fact(100_000_000, POSTS), advised=Frame(1080, 1920, POSTS),
    codecs=("h264", "hevc"),
)


def count(content: Content) -> Mapping[str, Count]:
    """Characters of text and link, an emoji by its bytes."""
    text = message(content)
    totals = list(accumulate(weights(text)))
    number = totals[-1] if totals else 0
    if number <= TEXT.value:
        return {"text": Count(number, TEXT.value, "character")}
    lead = len(content.text) - len(content.text.lstrip())
    at = next(place for place, total in enumerate(totals) if total > TEXT.value)
    return {"text": Count(number, TEXT.value, "character", min(lead + at, len(content.text)))}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    every = (unsendable, _length, _empty, _files, _kinds, _clips, _alts, _links, _link, _tags, _title)
    return first([partial(each, content) for each in every])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"].count
    return [error("text.too_long", "text", TEXT.source, count=number, limit=TEXT.value)] if number > TEXT.value else []


def _empty(content: Content) -> list[Finding]:
    return [] if message(content) or content.media else [error("post.empty", "text", POSTS)]


def _files(content: Content) -> list[Finding]:
    number = len(content.media)
    return [error("media.too_many", "media", POSTS, count=number, limit=FILES.value)] if number > FILES.value else []


def _kinds(content: Content) -> list[Finding]:
    return other_kinds(content, POSTS)


def _clips(content: Content) -> list[Finding]:
    return [
        warning("threads.clip_long", f"media[{at}]", LONGEST.source, name=media.name, minutes=LONGEST.value // 60)
        for at, media in enumerate(content.media)
        if media.kind == "video" and media.duration is not None and media.duration > LONGEST.value
    ]


def _alts(content: Content) -> list[Finding]:
    return undescribed(content, POSTS)


def _links(content: Content) -> list[Finding]:
    number = len(set(links_in(message(content))))
    return [error("threads.links_too_many", "text", POSTS, count=number, most=LINKS.value)] if (
        number > LINKS.value) else []


def _link(content: Content) -> list[Finding]:
    return no_address(content, POSTS)


def _tags(content: Content) -> list[Finding]:
    """One topic: that of the text, else the first tag; the others are left out."""
    found = [
        warning("threads.no_topic", f"tags[{at}]", POSTS, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not is_topic(clean_tag(tag))
    ]
    used = topic(content)
    left = [tag for tag in dict.fromkeys(map(clean_tag, content.tags)) if is_topic(tag) and tag != used]
    inside = topic_in(content.text)
    left = [tag for tag in left if inside is None or tag.casefold() != inside[1].casefold()]
    if left:
        found.append(info("threads.one_topic", "tags", POSTS, count=len(left)))
    return found


def _title(content: Content) -> list[Finding]:
    return [info("title.not_sent", "title", POSTS)] if content.title.strip() else []
