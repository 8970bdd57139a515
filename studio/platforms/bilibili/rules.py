"""What a video or a dynamic may be: limits with their sources, counting, checks. Pure and quick.

A post with a clip is a video (稿件), with a title and a description; any other is a dynamic (动态). OPEN: the open
platform's own documents, for enterprises, as others recorded them in July 2026; the creator page takes the same files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, ImageRule, VideoRule
from studio.platforms.checks import no_address, number_of, pictures_or_clip, too_long
from studio.platforms.text import first, unsendable

OPEN = "open.bilibili.com documents, as recorded by others in July 2026"
CLIENT = "clients by others of the creator page, August 2026"
BOT = "a forwarder by others that posts dynamics, read in November 2026"
KNOWN = "known from use; the page's own counter has the last word"
TITLE = Fact(80, f"{OPEN}; {CLIENT}")
ABOUT = Fact(250, f"{OPEN}; {CLIENT}; some sections take 2000")
TEXT = Fact(1000, BOT)
TAGS = Fact(10, KNOWN)
TAG_LETTERS = Fact(200, f"{OPEN}: all tags together, with commas between them")
IMAGES = Fact(9, "replica of the app by others: three rows of three")
IMAGE_RULE = ImageRule(
    most=IMAGES, formats=("image/jpeg", "image/png", "image/gif", "image/webp"), animated=True,
)  # fmt: skip
VIDEO_RULE = VideoRule(
    most=Fact(1, OPEN), formats=("video/mp4", "video/x-flv"), bytes=Fact(4_000_000_000, f"{OPEN}: 4 GB"),
    seconds=Fact(5 * 3600 - 1, f"{OPEN}: under 5 hours"), pixels=Fact(4096 * 4096, OPEN), rate=Fact(120, OPEN),
    bitrate=Fact(60_000_000, OPEN),
)  # fmt: skip
COVER = f"{OPEN}: 1146 × 717 is advised, 960 × 600 the least"
UPLOAD = "https://member.bilibili.com/platform/upload/video/frame"
DYNAMICS = "https://t.bilibili.com"
LONGER = "about"  # the setting that has the length of a description


def clip(content: Content) -> Media | None:
    """Its video, None for a dynamic."""
    return next((media for media in content.media if media.kind == "video"), None)


def about(chosen: str) -> int:
    """The setting as a number of characters; the usual one when it is none."""
    return number_of(chosen, ABOUT.value)


# what goes over -------------------------------------------------------------------------------------------------


def _clean(tag: str) -> str:
    return tag.strip().strip("#＃").strip()


def _fit(content: Content) -> tuple[str, ...]:
    """The tags that can be one, each once."""
    return tuple(tag for tag in dict.fromkeys(map(_clean, content.tags)) if _is_tag(tag))


def _is_tag(tag: str) -> bool:
    return bool(tag) and not any(char in "#＃,，\n" for char in tag)


def tags(content: Content) -> tuple[str, ...]:
    """Those that are handed over: at most ten, 200 characters with the commas between them."""
    kept: list[str] = []
    for tag in _fit(content)[: TAGS.value]:
        if len(",".join([*kept, tag])) <= TAG_LETTERS.value:
            kept.append(tag)
    return tuple(kept)


def body(content: Content) -> str:
    """A video's description: text and link. A dynamic has its topics in the text, each between two signs."""
    text, link = content.text.replace("\r\n", "\n").strip(), content.link.strip()
    topics = "" if clip(content) else " ".join(f"#{tag}#" for tag in tags(content) if f"#{tag}#" not in text)
    parts = (text, topics, link if link not in text else "")
    return "\n".join(part for part in parts if part)


# counting --------------------------------------------------------------------------------------------------------


def _count(text: str, limit: int) -> Count:
    return Count(len(text), limit, "character", limit if len(text) > limit else None)


def count(content: Content, about: int) -> Mapping[str, Count]:
    """Of title and text; topics and link stand in the same field as the text. about: the most of a description."""
    whole = _count(body(content), about if clip(content) else TEXT.value)
    lead = len(content.text) - len(content.text.lstrip())  # spaces that are not handed over
    over = None if whole.over is None else min(whole.over + lead, len(content.text))
    counted = {"text": replace(whole, over=over)}
    if clip(content):
        counted["title"] = _count(content.title.strip(), TITLE.value)
    return counted


# checks ----------------------------------------------------------------------------------------------------------


def check(content: Content, about: int) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first. about: the most characters of a description."""
    plain = (unsendable, _empty, _title, _media, _kinds, _tags, _link)
    return first([*(partial(each, content) for each in plain), partial(_length, content, about)])


def _length(content: Content, about: int) -> list[Finding]:
    sources = {"title": TITLE.source, "text": (ABOUT if clip(content) else TEXT).source}
    return too_long(count(content, about), sources)


def _empty(content: Content) -> list[Finding]:
    return [] if content.media or body(content) else [error("post.empty", "text", KNOWN)]


def _title(content: Content) -> list[Finding]:
    """A video has one; a dynamic needs none."""
    there = bool(content.title.strip())
    if clip(content):
        return [] if there else [error("bilibili.needs_title", "title", OPEN)]
    return [info("title.not_sent", "title", KNOWN)] if there else []


def _media(content: Content) -> list[Finding]:
    number = sum(media.kind == "image" for media in content.media)
    if number <= IMAGES.value:
        return []
    return [error("media.too_many", "media", IMAGES.source, count=number, limit=IMAGES.value)]


def _kinds(content: Content) -> list[Finding]:
    """One clip, or pictures."""
    return pictures_or_clip(content, OPEN)


def _tags(content: Content) -> list[Finding]:
    found = [
        warning("bilibili.tag_left_out", f"tags[{at}]", KNOWN, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not _is_tag(_clean(tag))
    ]
    wanted, kept = _fit(content), tags(content)
    if len(kept) < len(wanted):
        found.append(warning("tags.too_many", "tags", f"{TAGS.source}; {TAG_LETTERS.source}", count=len(wanted),
                             limit=len(kept)))
    return found


def _link(content: Content) -> list[Finding]:
    """Nobody can tap an address of elsewhere in a description."""
    plain = [info("bilibili.plain_link", "link", KNOWN)] if content.link.strip() and clip(content) else []
    return no_address(content, KNOWN) or plain
