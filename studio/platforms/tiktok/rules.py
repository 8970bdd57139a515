"""What a TikTok post may be: limits with their sources, counting, checks. Pure and quick.

API: TikTok's Content Posting API, read November 2026. A person posts it, so its page's counters have the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.checks import clean_tag, not_one_word, other_kinds, too_long
from studio.platforms.text import TAG_ENDS, first, tag_line, unsendable

API = "TikTok Content Posting API, read November 2026"
CLIENTS = "clients by others and what creators report, 2026"
ADS = "TikTok ads help, sizes of in-feed videos, November 2026"
CAPTION = Fact(2200, f"{API}: 2,200 UTF-16 units; newer apps are said to take 4,000 (nasrtech, 2026)")
CAPTIONS = ("2200", "4000")
LIMIT = "caption"  # the setting that has the most characters of a video's caption
PHOTO_TEXT = Fact(4000, f"{API}: description of photos, UTF-16 units")
PHOTO_TITLE = Fact(90, f"{API}: title of photos, UTF-16 units")
IMAGES = Fact(35, API)
SECONDS = Fact(600, f"{API}: 10 minutes; some accounts may post longer ones by hand")
SHORT_SIDE = Fact(540, f"{ADS}: 9:16 from 540 x 960")
IMAGE_RULE = ImageRule(most=IMAGES, formats=("image/jpeg", "image/webp"), bytes=Fact(20_000_000, API))
VIDEO_RULE = VideoRule(
    most=Fact(1, API), formats=("video/mp4", "video/webm", "video/quicktime"), bytes=Fact(4_000_000_000, API),
    rate=Fact(60, API), advised=Frame(1080, 1920, ADS), codecs=("h264", "hevc"),
)
UPRIGHT, SLANT = 9 / 16, 0.03  # how far, as a part of it, a shape may be from 9:16 before it is said
_MARKED = re.compile(rf"[#＃][^{TAG_ENDS}]+|[@＠][\w.]+")


def marks(text: str) -> Iterator[re.Match[str]]:
    """Tags and people in a text, in order."""
    return _MARKED.finditer(text)


def units(text: str) -> int:
    """UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


def unit_end(text: str, limit: int) -> int | None:
    """Where, in Python characters, `text` passes `limit` UTF-16 units; None when it does not."""
    if units(text) <= limit:
        return None
    used = 0
    for at, char in enumerate(text):
        used += 2 if char > "\uffff" else 1
        if used > limit:
            return at
    return None


def clip(content: Content) -> Media | None:
    """Its video, None for pictures."""
    return next((m for m in content.media if m.kind == "video"), None)


def photos(content: Content) -> bool:
    """Whether it is a post of pictures, which has a title."""
    return clip(content) is None and bool(content.media)


def caption(content: Content) -> str:
    """The text, and behind it those of the tags that are not in it yet."""
    there = {found.group()[1:].casefold() for found in marks(content.text)}
    tags = [tag for tag in content.tags if clean_tag(tag).casefold() not in there and _one_word(tag)]
    return " ".join(part for part in (content.text.strip(), tag_line(tags)) if part)


def _one_word(tag: str) -> bool:
    found = _MARKED.fullmatch(f"#{clean_tag(tag)}")
    return found is not None


def most(content: Content, chosen: str) -> Fact:
    """The most UTF-16 units of its text. chosen: the setting."""
    if photos(content):
        return PHOTO_TEXT
    return replace(CAPTION, value=int(chosen)) if chosen in CAPTIONS else CAPTION


def count(content: Content, chosen: str) -> Mapping[str, Count]:
    """UTF-16 units of the caption with its tags, and of a photo post's title."""
    whole, limit = caption(content), most(content, chosen).value
    over = unit_end(whole, limit)
    lead = len(content.text) - len(content.text.lstrip())  # spaces that are not handed over
    at = None if over is None else min(over + lead, len(content.text))
    made = {"text": Count(units(whole), limit, "character", at)}
    if photos(content) and (title := content.title.strip()):
        made["title"] = Count(units(title), PHOTO_TITLE.value, "character", unit_end(title, PHOTO_TITLE.value))
    return made


def check(content: Content, chosen: str) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first. chosen: the setting."""
    plain = (unsendable, _title, _media, _number, _clip, _tags, _link)
    return first([*(partial(each, content) for each in plain), partial(_length, content, chosen)])


def _length(content: Content, chosen: str) -> list[Finding]:
    sources = {"title": PHOTO_TITLE.source, "text": most(content, chosen).source}
    return too_long(count(content, chosen), sources)


def _title(content: Content) -> list[Finding]:
    """A video has none."""
    lost = content.title.strip() and clip(content) is not None
    return [info("tiktok.no_title", "title", API)] if lost else []


def _media(content: Content) -> list[Finding]:
    """One video, or pictures; never both and never nothing."""
    if not content.media:
        return [error("tiktok.needs_media", "media", API)]
    found = other_kinds(content, API)
    kinds = {media.kind for media in content.media}
    return found + ([error("media.clip_alone", "media", API)] if {"image", "video"} <= kinds else [])


def _number(content: Content) -> list[Finding]:
    clips = sum(m.kind == "video" for m in content.media)
    pictures = sum(m.kind == "image" for m in content.media)
    found = []
    if clips > 1:
        found.append(error("media.too_many_videos", "media", API, count=clips, limit=1))
    if pictures > IMAGES.value:
        found.append(error("media.too_many", "media", IMAGES.source, count=pictures, limit=IMAGES.value))
    return found


def _clip(content: Content) -> list[Finding]:
    """9:16 is advised, not asked for: anything else is shown with black around it."""
    if (media := clip(content)) is None:
        return []
    field, found = f"media[{content.media.index(media)}]", []
    if media.duration is not None and media.duration > SECONDS.value:
        found.append(warning("tiktok.long_video", field, SECONDS.source, minutes=SECONDS.value // 60))
    if media.width and media.height:
        if abs(media.width / media.height / UPRIGHT - 1) > SLANT:
            found.append(warning("tiktok.not_upright", field, ADS, width=media.width, height=media.height))
        if min(media.width, media.height) < SHORT_SIDE.value:
            found.append(warning("tiktok.small_video", field, SHORT_SIDE.source, width=media.width,
                                 height=media.height))
    return found


def _tags(content: Content) -> list[Finding]:
    return not_one_word(content.tags, _one_word, CLIENTS)


def _link(content: Content) -> list[Finding]:
    return [info("tiktok.no_links", "link", CLIENTS)] if content.link.strip() else []
