"""What a post may be on a page: counting and checks. Pure and quick.

By the API a post has 1 to 10 photos or one video of known kinds; by hand Facebook's own page decides on videos. What
follows a post are comments, and by the API those are words only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePath

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, Upload, VideoRule
from studio.platforms.checks import clean_tag, other_kinds, undescribed
from studio.platforms.facebook.message import is_tag, link_in_text, message, passed, units
from studio.platforms.text import first, host, is_address, unsendable

FEED = "Meta, Pages API, page/feed, read 2026-11-22"
PHOTOS = "Meta, page/photos; 4 MB by live error 1366046 where the page says 10 MB, read 2026-11-22"
ATTACHED = "third-party clients, attached_media, read 2026-11-22"
CLIPS = "Meta, Graph API video uploads (older text), read 2026-11-22"
REELS = "Meta, Reels publishing, read 2026-11-22"
COMMENTS = "Meta, Pages API scopes, read 2026-11-22"
TAG = "known from use: a hashtag is one word with a letter"
TEXT = Fact(63_206, "third-party clients, Facebook text length, read 2026-11-22")
IMAGE_RULE = ImageRule(
    most=Fact(10, ATTACHED), formats=("image/jpeg", "image/png"), bytes=Fact(4_000_000, PHOTOS),
)
CONTAINERS = frozenset(
    "3g2 3gp asf avi dat divx dv f4v flv gif m2ts m4v mkv mod mov mp4 mpe mpeg mpg mts nsv ogm ogv qt tod ts vob wmv"
    .split()
)
VIDEO_RULE = VideoRule(
    most=Fact(1, FEED), bytes=Fact(10 << 30, CLIPS), seconds=Fact(4 * 3600, CLIPS),
    formats=("video/mp4", "video/quicktime", "video/x-matroska", "video/x-msvideo", "video/mpeg", "video/x-ms-wmv",
             "video/x-flv", "video/3gpp", "video/3gpp2", "video/ogg", "video/mp2t"),
    narrowest=Frame(9, 16, CLIPS), widest=Frame(16, 9, CLIPS),
)
REEL_RULE = VideoRule(
    most=Fact(1, REELS), seconds=Fact(90, REELS), shortest=Fact(3, REELS), narrowest=Frame(9, 16, REELS),
    widest=Frame(9, 16, REELS), advised=Frame(1080, 1920, REELS), rate=Fact(60, REELS),
    codecs=("h264", "hevc", "vp9", "av1"),
)
SMALLEST = Fact(1024, "Meta, video error codes, 1363022, read 2026-11-22")
REEL_SHORTEST, REEL_LONGEST = Fact(3, REELS), Fact(90, REELS)
REEL_WIDTH, REEL_HEIGHT = Fact(540, REELS), Fact(960, REELS)
TALLEST, WIDEST = 9 / 16, 16 / 9
NEARLY = 0.01  # of a shape: 1080 x 1918 is 9:16
AS = ("video", "reel")
REPLYING, MODERATE = "pages_manage_engagement", "MODERATE"
OWN_HOSTS = ("facebook.com", "fb.com", "fb.watch", "fb.me")


def kind(content: Content) -> str:
    """"feed", "video" or "reel": how it is sent."""
    if not any(m.kind == "video" for m in content.media):
        return "feed"
    return "reel" if chosen(content) == "reel" else "video"


def chosen(content: Content) -> str:
    """What a video shall be: "video" unless a reel is asked for."""
    return str(content.options.get("as") or AS[0])


def count(content: Content) -> Mapping[str, Count]:
    """UTF-16 units of text, link and tags together, as they are sent."""
    whole = message(content)
    number = units(whole)
    if number <= TEXT.value:
        return {"text": Count(number, TEXT.value, "utf16")}
    lead = len(content.text) - len(content.text.lstrip())
    at = passed(whole, TEXT.value) or 0
    return {"text": Count(number, TEXT.value, "utf16", min(lead + at, len(content.text)))}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    always = (unsendable, _length, _empty, _number, _alts, _link, _tags, _title, _as)
    by_api = (_kinds, _clip, _reel, _own_link, _comments)
    found = (*always, *by_api) if content.mode == "api" else always
    return first([partial(each, content) for each in found])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"].count
    return [error("text.too_long", "text", TEXT.source, count=number, limit=TEXT.value)] if number > TEXT.value else []


def _empty(content: Content) -> list[Finding]:
    return [] if message(content) or content.media or content.link else [error("post.empty", "text", FEED)]


def _number(content: Content) -> list[Finding]:
    """More photos than that were not seen to be taken, by hand either."""
    most, photos = IMAGE_RULE.most, sum(m.kind == "image" for m in content.media)
    if photos <= most.value:
        return []
    return [error("media.too_many", "media", most.source, count=photos, limit=most.value)]


def _kinds(content: Content) -> list[Finding]:
    """Photos, or one video."""
    found = other_kinds(content, FEED)
    clips, most = sum(m.kind == "video" for m in content.media), VIDEO_RULE.most.value
    if clips > most:
        found.append(error("media.too_many_videos", "media", FEED, count=clips, limit=most))
    if clips and any(m.kind == "image" for m in content.media):
        found.append(error("facebook.photos_and_video", "media", FEED))
    return found


def _clip(content: Content) -> list[Finding]:
    """Container, length and shape of a video, as far as they are known."""
    found: list[Finding] = []
    for at, media in enumerate(content.media):
        if media.kind != "video":
            continue
        field = f"media[{at}]"
        if not _taken(media.name, kind(content)):
            found.append(error("facebook.video_format", field, CLIPS, name=media.name))
        limit = VIDEO_RULE.seconds
        if limit and media.duration is not None and kind(content) == "video" and media.duration > limit.value:
            found.append(error("facebook.video_long", field, limit.source, name=media.name, minutes=limit.value // 60))
        if kind(content) == "video" and _shape(media, TALLEST, WIDEST):
            found.append(warning("facebook.video_shape", field, CLIPS, name=media.name))
    return found


def _taken(name: str, how: str) -> bool:
    """Whether a file's ending is of a container that is taken; one without an ending is found out later."""
    ending = PurePath(name).suffix.lstrip(".").lower()
    return not ending or ending in ({"mp4", "m4v"} if how == "reel" else CONTAINERS)


def _shape(media: Media, least: float, most: float) -> bool:
    """True when it is known to be taller or wider than that."""
    if not media.width or not media.height:
        return False
    return not least - NEARLY <= media.width / media.height <= most + NEARLY


def _reel(content: Content) -> list[Finding]:
    """9:16, 540 x 960 at least, 3 to 90 seconds."""
    if kind(content) != "reel":
        return []
    at, media = next((n, m) for n, m in enumerate(content.media) if m.kind == "video")
    found, field = [], f"media[{at}]"
    if _shape(media, TALLEST, TALLEST):
        found.append(error("facebook.reel_shape", field, REELS, name=media.name, width=media.width,
                           height=media.height))
    elif media.width and (media.width < REEL_WIDTH.value or media.height < REEL_HEIGHT.value):
        found.append(error("facebook.reel_small", field, REELS, name=media.name, width=media.width,
                           height=media.height))
    if media.duration is not None and not REEL_SHORTEST.value <= media.duration <= REEL_LONGEST.value:
        found.append(error("facebook.reel_length", field, REELS, name=media.name, least=REEL_SHORTEST.value,
                           most=REEL_LONGEST.value, seconds=round(float(media.duration), 1)))
    return found


def _alts(content: Content) -> list[Finding]:
    return undescribed(content, FEED)


def _link(content: Content) -> list[Finding]:
    """It must be one; beside media it becomes a line of the text."""
    if not content.link:
        return []
    if not is_address(content.link):
        return [error("link.unreadable", "link", FEED)]
    if content.link in content.text:
        return [] if link_in_text(content) else [info("link.twice", "link", FEED)]
    return [info("facebook.link_in_text", "link", FEED)] if content.media else []


def _own_link(content: Content) -> list[Finding]:
    """Seen by third-party clients (1609008): a link card of a page of Facebook itself is refused."""
    if not content.link or content.media:
        return []
    where = host(content.link)
    own = any(where == name or where.endswith(f".{name}") for name in OWN_HOSTS)
    return [warning("facebook.own_link", "link", FEED)] if own else []


def _tags(content: Content) -> list[Finding]:
    return [
        warning("tags.not_one_word", f"tags[{at}]", TAG, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not is_tag(clean_tag(tag))
    ]


def _title(content: Content) -> list[Finding]:
    """Only videos and reels have one."""
    if not content.title.strip() or kind(content) != "feed":
        return []
    return [info("title.not_sent", "title", FEED)]


def _as(content: Content) -> list[Finding]:
    if chosen(content) in AS:
        return []
    return [error("facebook.as", "options.as", REELS, value=chosen(content)[:40], choices=", ".join(AS))]


def _comments(content: Content) -> list[Finding]:
    """A comment of the page: words only, and a right of its own."""
    if content.reply and content.media:
        return [error("facebook.comment_media", "media", COMMENTS)]
    granted, tasks = (content.identity.get(name, "").split() for name in ("scopes", "tasks"))
    found = []
    if content.replies and granted and REPLYING not in granted:
        found.append(error("facebook.comment_scope", "account", COMMENTS, scope=REPLYING))
    if content.replies and tasks and MODERATE not in tasks:
        found.append(error("facebook.comment_task", "account", COMMENTS))
    return found


def unfit(content: Content, uploads: Sequence[Upload]) -> list[Finding]:
    """What is wrong with the files as they are sent; `check` has not seen their bytes."""
    found, how = [], kind(content)
    for at, upload in enumerate(uploads):
        field = f"media[{at}]"
        rule = IMAGE_RULE.bytes if upload.kind == "image" else VIDEO_RULE.bytes
        if rule and upload.bytes > rule.value:
            found.append(error("media.too_big", field, rule.source, name=upload.name, number=at + 1,
                               bytes=upload.bytes, limit=rule.value))
        formats = VIDEO_RULE.formats[:1] if how == "reel" else VIDEO_RULE.formats
        if upload.kind == "video" and upload.mime not in formats:
            found.append(error("facebook.video_format", field, CLIPS, name=upload.name))
        if upload.kind == "video" and upload.bytes < SMALLEST.value:
            found.append(error("facebook.video_small", field, SMALLEST.source, name=upload.name))
    return found
