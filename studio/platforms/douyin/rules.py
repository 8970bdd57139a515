"""What a post may be: counting and checks, by API and by hand. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, Upload, VideoRule
from studio.platforms.checks import other_kinds
from studio.platforms.douyin import facts, options
from studio.platforms.douyin.api import may
from studio.platforms.douyin.login import PUBLISH
from studio.platforms.douyin.text import added, clean_topic, is_topic, lead, sent, topics
from studio.platforms.text import first, unsendable

IMAGE_RULE = ImageRule(most=facts.PAGE_IMAGES, formats=("image/jpeg", "image/png"), bytes=facts.IMAGE_BYTES)
VIDEO_RULE = VideoRule(
    most=Fact(1, facts.UPLOAD, "2026-11-22"), formats=("video/mp4", "video/webm"), bytes=facts.VIDEO_BYTES,
    seconds=facts.SECONDS, advised=Frame(1080, 1920, facts.UPRIGHT), narrowest=Frame(9, 16, facts.UPRIGHT),
    widest=Frame(9, 16, facts.UPRIGHT),
)
UPRIGHT = 9 / 16
SLANT = 0.03  # how far, as a part of it, a shape may be from 9:16 before it is said
ADVISED = (".mp4", ".webm")


def by_api(content: Content) -> bool:
    """Whether the API's rules hold, not those of the creator page."""
    return content.mode == "api"


def clip(content: Content) -> Media | None:
    """Its video, None for pictures."""
    return next((m for m in content.media if m.kind == "video"), None)


def count(content: Content) -> Mapping[str, Count]:
    """Characters: of everything by API; of the title and of text with topics by hand."""
    number, limit = len(sent(content)), facts.TEXT.value
    counts = {"text": Count(number, limit, "character", _over(content, limit) if number > limit else None)}
    if not by_api(content) and (title := content.title.strip()):
        most = title_limit(content).value
        counts["title"] = Count(len(title), most, "character", most if len(title) > most else None)
    return counts


def title_limit(content: Content) -> Fact:
    """Of the creator page's own title field."""
    return facts.TITLE if clip(content) is not None or not content.media else facts.IMAGES_TITLE


def _over(content: Content, limit: int) -> int:
    """Where in the content's own text it is too much."""
    spaces = len(content.text) - len(content.text.lstrip())
    return max(0, min(limit - lead(content) + spaces, len(content.text)))


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    checks = (unsendable, _length, _title, _link, _topics, _media, _number, _clip, _options, _account)
    return first([partial(each, content) for each in checks])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"]
    if number.count <= facts.TEXT.value:
        return []
    return [error("text.too_long", "text", facts.TEXT.source, count=number.count, limit=facts.TEXT.value)]


def _title(content: Content) -> list[Finding]:
    if not (title := content.title.strip()):
        return []
    if by_api(content):
        return [info("douyin.title_in_text", "title", facts.CLIENTS)]
    limit = title_limit(content)
    if len(title) <= limit.value:
        return []
    return [error("title.too_long", "title", limit.source, count=len(title), limit=limit.value)]


def _link(content: Content) -> list[Finding]:
    return [warning("douyin.no_link", "link", facts.PAGE)] if content.link.strip() else []


def _topics(content: Content) -> list[Finding]:
    found = [
        warning("tags.not_one_word", f"tags[{at}]", facts.PAGE, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not is_topic(clean_topic(tag))
    ]
    number, limit = len(topics(content.text)) + len(added(content)), facts.TOPICS
    if number > limit.value:
        found.append(warning("douyin.topics", "tags", limit.source, count=number, limit=limit.value))
    return found


def _media(content: Content) -> list[Finding]:
    """One video, or pictures; never both and never nothing."""
    if not content.media:
        return [error("douyin.no_media", "media", facts.UPLOAD)]
    found = other_kinds(content, facts.UPLOAD)
    kinds = {media.kind for media in content.media}
    return found + ([error("douyin.one_kind", "media", facts.UPLOAD)] if {"image", "video"} <= kinds else [])


def _number(content: Content) -> list[Finding]:
    clips = sum(m.kind == "video" for m in content.media)
    pictures = sum(m.kind == "image" for m in content.media)
    most = facts.API_IMAGES if by_api(content) else facts.PAGE_IMAGES
    found = []
    if clips > 1:
        found.append(error("media.too_many_videos", "media", facts.UPLOAD, count=clips, limit=1))
    if pictures > most.value:
        found.append(error("media.too_many", "media", most.source, count=pictures, limit=most.value))
    return found


def _clip(content: Content) -> list[Finding]:
    if (media := clip(content)) is None:
        return []
    field = f"media[{content.media.index(media)}]"
    return [*_seconds(content, media, field), *_shape(media, field), *_format(media, field)]


def _seconds(content: Content, media: Media, field: str) -> list[Finding]:
    """By hand another limit may hold, which is not known."""
    if media.duration is None or media.duration <= facts.SECONDS.value:
        return []
    minutes, found = facts.SECONDS.value // 60, facts.SECONDS.source
    if by_api(content):
        return [error("douyin.video_too_long", field, found, minutes=minutes)]
    return [warning("douyin.video_long_by_hand", field, found, minutes=minutes)]


def _shape(media: Media, field: str) -> list[Finding]:
    """9:16 is advised, not asked for: anything else is shown with black around it."""
    wide, high = media.width, media.height
    if not wide or not high:
        return []
    found = []
    if abs(wide / high / UPRIGHT - 1) > SLANT:
        found.append(warning("douyin.not_upright", field, facts.UPLOAD, width=wide, height=high))
    if min(wide, high) < facts.SHORT_SIDE.value:
        found.append(warning("douyin.small_video", field, facts.SHORT_SIDE.source, width=wide, height=high))
    return found


def _format(media: Media, field: str) -> list[Finding]:
    ending = "." + media.name.lower().rpartition(".")[2] if "." in media.name else ""
    if not ending or ending in ADVISED:
        return []
    return [warning("douyin.format", field, facts.UPLOAD, name=media.name)]


def _options(content: Content) -> list[Finding]:
    return options.findings(content, sent(content))


def _account(content: Content) -> list[Finding]:
    """What is known of the sign-in: rights that were not given, a refresh token that is dead."""
    if not by_api(content):
        return []
    found = []
    if may(content.identity, PUBLISH) is False:
        found.append(error("douyin.no_capability", "account", facts.OAUTH, scope=PUBLISH))
    if state := content.identity.get("sign_in", ""):
        say = error if state == "over" else warning
        found.append(say("douyin.refresh_dead", "account", facts.OAUTH))
    return found


def unfit(uploads: Sequence[Upload]) -> list[Finding]:
    """Files over the limits, which only their bytes tell."""
    found = []
    for number, upload in enumerate(uploads):
        limit = (facts.VIDEO_BYTES if upload.kind == "video" else facts.IMAGE_BYTES).value
        field = f"media[{number}]"
        if upload.bytes > limit:
            found.append(error("media.too_big", field, facts.UPLOAD, name=upload.name, number=number + 1,
                               bytes=upload.bytes, limit=limit))
        if upload.kind == "video" and (upload.duration or 0) > facts.SECONDS.value:
            found.append(error("douyin.video_too_long", field, facts.UPLOAD, minutes=facts.SECONDS.value // 60))
    return found
