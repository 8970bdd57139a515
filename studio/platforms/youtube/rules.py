"""What a video on YouTube may be: limits with their sources, counting, checks. Pure and quick.

The files of a post are its video and, if there is a picture, its thumbnail. API: YouTube Data API v3 and its help, as
quoted by clients, read November 2026. A person posts it, so the upload page's counters have the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.checks import no_address, other_kinds, too_long
from studio.platforms.text import TAG_ENDS, byte_end, first, is_address, unsendable, utf8

API = "YouTube Data API v3, as quoted by clients, read November 2026"
HELP = "YouTube help, known from use; to be checked there"
TITLE = Fact(100, f"{API}: 100 characters")
TEXT = Fact(5000, f"{API}: description of 5,000 bytes of UTF-8")
TAGS = Fact(500, f"{HELP}: 500 characters in all, a tag with a space counts two more")
SECONDS = Fact(43_200, f"{API}: 12 hours")
UNVERIFIED = Fact(900, f"{API}: 15 minutes for channels that are not verified")
SHORT = Fact(180, f"{HELP}: a Short is upright or square, 3 minutes at most")
THUMB = "YouTube Data API v3, thumbnails.set: 2 MB; 1280 x 720 is advised"
IMAGE_RULE = ImageRule(most=Fact(1, THUMB), bytes=Fact(2_000_000, THUMB))
VIDEO_RULE = VideoRule(
    most=Fact(1, API), formats=("video/mp4", "video/quicktime", "video/webm"), bytes=Fact(256_000_000_000, API),
    seconds=SECONDS, advised=Frame(1920, 1080, HELP), codecs=("h264", "hevc", "vp9"),
)
SHORTS_RULE = VideoRule(
    most=Fact(1, API), formats=VIDEO_RULE.formats, bytes=VIDEO_RULE.bytes, seconds=SHORT,
    widest=Frame(1, 1, HELP), advised=Frame(1080, 1920, HELP), codecs=VIDEO_RULE.codecs,
)
_TAG = re.compile(rf"(?<![\w&])[#＃][^{TAG_ENDS}]+")


def clip(content: Content) -> Media | None:
    """Its video."""
    return next((m for m in content.media if m.kind == "video"), None)


def thumbnail(content: Content) -> Media | None:
    """What stands for the video: a picture beside it, else the video's own; None without a video."""
    picture = next((m for m in content.media if m.kind == "image"), None)
    video = clip(content)
    return None if video is None else picture or video


def is_short(media: Media) -> bool:
    """Whether YouTube makes a Short of it, as far as is known of it."""
    upright = media.width <= media.height if media.width and media.height else False
    return upright and (media.duration is None or media.duration <= SHORT.value)


def description(content: Content) -> str:
    """The text, and the link on a line of its own below it where it is not in it."""
    text, link = content.text.strip(), content.link.strip()
    wanted = is_address(link) and link not in text
    return "\n\n".join(part for part in (text, link if wanted else "") if part)


def hashtags(text: str) -> Iterator[re.Match[str]]:
    """The hashtags in a description."""
    return _TAG.finditer(text)


def tags(content: Content) -> tuple[str, ...]:
    """The tags for the page's own field, each once, without # and commas."""
    clean = (tag.strip().lstrip("#＃").replace(",", " ").strip() for tag in content.tags)
    return tuple(dict.fromkeys(tag for tag in clean if tag))


def tags_length(found: tuple[str, ...]) -> int:
    """As YouTube counts them: with a comma between two, and quotes around one that has a space."""
    return sum(len(tag) + (2 if " " in tag else 0) for tag in found) + max(0, len(found) - 1)


def count(content: Content) -> Mapping[str, Count]:
    """The title in characters, the description in bytes."""
    whole, title = description(content), content.title.strip()
    over = byte_end(whole, TEXT.value)
    lead = len(content.text) - len(content.text.lstrip())  # spaces that are not handed over
    at = None if over is None else min(over + lead, len(content.text))
    return {
        "title": Count(len(title), TITLE.value, "character", TITLE.value if len(title) > TITLE.value else None),
        "text": Count(len(utf8(whole)), TEXT.value, "byte", at),
    }


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    checks = (unsendable, _title, _length, _brackets, _media, _video, _tags, _link)
    return first([partial(each, content) for each in checks])


def _title(content: Content) -> list[Finding]:
    return [] if content.title.strip() else [error("youtube.needs_title", "title", API)]


def _length(content: Content) -> list[Finding]:
    return too_long(count(content), {"title": TITLE.source, "text": TEXT.source})


def _brackets(content: Content) -> list[Finding]:
    fields = {"title": content.title, "text": content.text}
    return [
        error("youtube.brackets", field, API) for field, text in fields.items() if "<" in text or ">" in text
    ]


def _media(content: Content) -> list[Finding]:
    """One video, and a picture for its thumbnail if one likes."""
    kinds = [media.kind for media in content.media]
    found = other_kinds(content, API)
    if "video" not in kinds:
        found.append(error("youtube.needs_video", "media", API))
    if (clips := kinds.count("video")) > 1:
        found.append(error("media.too_many_videos", "media", API, count=clips, limit=1))
    if (pictures := kinds.count("image")) > 1:
        found.append(error("youtube.thumbnails", "media", THUMB, count=pictures))
    return found


def _video(content: Content) -> list[Finding]:
    if (media := clip(content)) is None:
        return []
    field = f"media[{content.media.index(media)}]"
    found = [info("youtube.short", field, SHORT.source)] if is_short(media) else []
    seconds = media.duration or 0
    if seconds > SECONDS.value:
        return [*found, error("youtube.too_long_video", field, SECONDS.source, hours=SECONDS.value // 3600)]
    if seconds > UNVERIFIED.value:
        minutes = UNVERIFIED.value // 60
        found.append(warning("youtube.long_video", field, UNVERIFIED.source, minutes=minutes))
    return found


def _tags(content: Content) -> list[Finding]:
    if (number := tags_length(tags(content))) <= TAGS.value:
        return []
    return [warning("youtube.tags", "tags", TAGS.source, count=number, limit=TAGS.value)]


def _link(content: Content) -> list[Finding]:
    """What is no address does not go into the description."""
    return no_address(content, API)
