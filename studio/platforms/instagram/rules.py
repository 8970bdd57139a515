"""What a post may be: limits with their sources, counting, checks. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.checks import not_one_word, other_kinds, undescribed
from studio.platforms.instagram.text import caption, is_tag, people_in, tags_in
from studio.platforms.text import first, unsendable

MEDIA = "Meta, Instagram media reference, read 2026-11-22"
SHAPES = "third-party articles on 3:4 posts, 2025: from 1.91:1 to 3:4"
SEVERAL = "third-party articles, 2024: 20 in the app, 10 by the API"
PLAIN = "the preview tool social-previews and use: addresses in a caption are plain text"
TEXT = Fact(2200, MEDIA)
TAGS, PEOPLE = Fact(30, MEDIA), Fact(20, MEDIA)
FILES = Fact(20, SEVERAL)
SHORTEST, LONGEST = Fact(3, MEDIA), Fact(900, MEDIA)
IMAGE_RULE = ImageRule(
    most=FILES, formats=("image/jpeg", "image/png"), bytes=Fact(8_000_000, MEDIA), alt=Fact(1000, MEDIA),
)
VIDEO_RULE = VideoRule(
    most=FILES, formats=("video/mp4", "video/quicktime"), bytes=Fact(300_000_000, MEDIA), seconds=LONGEST,
    shortest=SHORTEST, narrowest=Frame(1, 100, MEDIA), widest=Frame(10, 1, MEDIA), advised=Frame(1080, 1920, MEDIA),
    rate=Fact(60, MEDIA), bitrate=Fact(25_000_000, MEDIA), codecs=("h264", "hevc"),
)
WIDEST, TALLEST = 1.91, 3 / 4  # width by height of what is shown whole
NEARLY = 0.01


def count(content: Content) -> Mapping[str, Count]:
    """Characters of the whole caption, its tags included; the unit is not documented, so code points."""
    number = len(caption(content))
    if number <= TEXT.value:
        return {"text": Count(number, TEXT.value, "character")}
    lead = len(content.text) - len(content.text.lstrip())
    return {"text": Count(number, TEXT.value, "character", min(lead + TEXT.value, len(content.text)))}


def is_reel(content: Content) -> bool:
    """A clip alone is one."""
    return len(content.media) == 1 and content.media[0].kind == "video"


def ratio(media: Media) -> float | None:
    """Width by height; None when it is unknown."""
    return media.width / media.height if media.width and media.height else None


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    every = (unsendable, _length, _media, _kinds, _clips, _shapes, _alts, _tags, _people, _link, _title)
    return first([partial(each, content) for each in every])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"].count
    return [error("text.too_long", "text", TEXT.source, count=number, limit=TEXT.value)] if number > TEXT.value else []


def _media(content: Content) -> list[Finding]:
    if not content.media:
        return [error("instagram.needs_media", "media", MEDIA)]
    number = len(content.media)
    return [error("media.too_many", "media", SEVERAL, count=number, limit=FILES.value)] if number > FILES.value else []


def _kinds(content: Content) -> list[Finding]:
    return other_kinds(content, MEDIA)


def _clips(content: Content) -> list[Finding]:
    return [
        warning("instagram.clip_length", f"media[{at}]", MEDIA, name=media.name, least=SHORTEST.value,
                minutes=LONGEST.value // 60)
        for at, media in enumerate(content.media)
        if media.kind == "video" and media.duration is not None
        and not SHORTEST.value <= media.duration <= LONGEST.value
    ]


def _shapes(content: Content) -> list[Finding]:
    """The first one rules them all; what is flatter or taller than allowed loses its edges."""
    if not content.media or is_reel(content):
        return []
    shape = ratio(content.media[0])
    cut = shape is not None and not TALLEST - NEARLY <= shape <= WIDEST + NEARLY
    found = [info("instagram.cropped", "media[0]", SHAPES, name=content.media[0].name)] if cut else []
    others = [ratio(media) for media in content.media[1:]]
    if shape is not None and any(other is not None and abs(other - shape) > NEARLY for other in others):
        found.append(info("instagram.first_decides", "media", SHAPES))
    return found


def _alts(content: Content) -> list[Finding]:
    return undescribed(content, MEDIA)


def _tags(content: Content) -> list[Finding]:
    found = not_one_word(content.tags, is_tag, MEDIA)
    if (number := len(tags_in(caption(content)))) > TAGS.value:
        found.append(error("instagram.tags_too_many", "tags", TAGS.source, count=number, limit=TAGS.value))
    return found


def _people(content: Content) -> list[Finding]:
    number = len(people_in(caption(content)))
    if number <= PEOPLE.value:
        return []
    return [error("instagram.people_too_many", "text", PEOPLE.source, count=number, most=PEOPLE.value)]


def _link(content: Content) -> list[Finding]:
    return [info("instagram.no_links", "link", PLAIN)] if content.link.strip() else []


def _title(content: Content) -> list[Finding]:
    return [info("title.not_sent", "title", MEDIA)] if content.title.strip() else []
