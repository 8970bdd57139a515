"""What a post may be on its account's server: counting and checks. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content
from studio.platforms.base import Count, Fact, ImageRule, VideoRule
from studio.platforms.checks import clean_tag
from studio.platforms.mastodon import limits as limits_of
from studio.platforms.mastodon import options
from studio.platforms.mastodon.entities import body, is_tag, length, passed
from studio.platforms.mastodon.limits import Limits
from studio.platforms.text import first, graphemes, is_address, unsendable

STATUS = "Mastodon documentation, statuses#create, read 2026-07"
ATTACH = "Mastodon source, PostStatusService.validate_media!, August 2026"
TAG = "Mastodon source, Tag::Naming, August 2026"
KINDS = ("image", "video", "audio")
# What every server takes; more formats are made into the first.
IMAGE_RULE = ImageRule(
    most=limits_of.MEDIA, formats=("image/jpeg", "image/png", "image/gif", "image/webp"),
    bytes=limits_of.IMAGE_BYTES, pixels=limits_of.PIXELS, animated=True, alt=limits_of.DESCRIPTION,
)
VIDEO_RULE = VideoRule(
    most=Fact(1, ATTACH, "2026-11-22"), formats=("video/mp4", "video/webm", "video/quicktime"),
    bytes=limits_of.VIDEO_BYTES, rate=limits_of.VIDEO_RATE, pixels=limits_of.VIDEO_PIXELS,
)


def image_rule(identity: Mapping[str, str]) -> ImageRule:
    """With the account's server's own size limit."""
    limits = limits_of.of(identity)
    most, size = Fact(limits.media, limits.source), Fact(limits.image_bytes, limits.source)
    return replace(IMAGE_RULE, most=most, bytes=size)


def video_rule(identity: Mapping[str, str]) -> VideoRule:
    """With the account's server's own size limit."""
    limits = limits_of.of(identity)
    return replace(VIDEO_RULE, bytes=Fact(limits.video_bytes, limits.source))


def _warned(content: Content) -> int:
    """Graphemes of the content warning, which count with the text."""
    return graphemes(options.warning_text(content))


def count(content: Content) -> Mapping[str, Count]:
    """Graphemes of warning, text, link and tags together, addresses at their fixed length."""
    limits = limits_of.of(content.identity)
    whole, warned = body(content), _warned(content)
    number = warned + length(whole, limits.url)
    if number <= limits.characters:
        return {"text": Count(number, limits.characters, "grapheme")}
    at = passed(whole, max(0, limits.characters - warned), limits.url) or 0
    lead = len(content.text) - len(content.text.lstrip())
    return {"text": Count(number, limits.characters, "grapheme", min(lead + at, len(content.text)))}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    limits = limits_of.of(content.identity)
    plain = (unsendable, _length, _empty, _kinds, _link, _tags, _title)
    own = (_number, _alts, options.findings)
    return first([*(partial(each, content) for each in plain), *(partial(each, content, limits) for each in own)])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"]
    if number.limit is None or number.count <= number.limit:
        return []
    limits = limits_of.of(content.identity)
    found = error("text.too_long", "text", limits.source, count=number.count, limit=number.limit)
    return [_if_known(found, content, limits)]


def _if_known(found: Finding, content: Content, limits: Limits) -> Finding:
    """By hand, on a server that nobody asked: it may well take more than most do."""
    return found if limits.own or content.mode == "api" else replace(found, severity="warning")


def _empty(content: Content) -> list[Finding]:
    if body(content) or content.media or options.warning_text(content):
        return []
    return [error("post.empty", "text", STATUS)]


def _number(content: Content, limits: Limits) -> list[Finding]:
    number = len(content.media)
    if number <= limits.media:
        return []
    found = error("media.too_many", "media", limits.source, count=number, limit=limits.media)
    return [_if_known(found, content, limits)]


def _kinds(content: Content) -> list[Finding]:
    """A clip or a sound stands alone; that rule is Mastodon's own, other software may be freer."""
    found = [
        error("media.kind_not_supported", f"media[{at}]", STATUS, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind not in KINDS
    ]
    moving = sum(media.kind in ("video", "audio") for media in content.media)
    version = content.identity.get("version", "")
    if moving and len(content.media) > 1 and (not version or limits_of.software(version) == "mastodon"):
        found.append(error("media.clip_alone", "media", ATTACH))
    return found


def _alts(content: Content, limits: Limits) -> list[Finding]:
    found = []
    for at, media in enumerate(content.media):
        field, number = f"media[{at}].alt", at + 1
        if media.kind == "image" and not media.alt.strip():
            found.append(warning("media.no_alt", field, STATUS, name=media.name, number=number))
        elif (size := len(media.alt)) > limits.description:
            found.append(error("media.alt_too_long", field, limits.source, number=number, count=size,
                               limit=limits.description))
    return found


def _link(content: Content) -> list[Finding]:
    if content.link and not is_address(content.link):
        return [error("link.unreadable", "link", STATUS)]
    return []


def _tags(content: Content) -> list[Finding]:
    return [
        warning("tags.not_one_word", f"tags[{at}]", TAG, tag=tag[:80])
        for at, tag in enumerate(content.tags) if not is_tag(clean_tag(tag))
    ]


def _title(content: Content) -> list[Finding]:
    return [info("title.not_sent", "title", STATUS)] if content.title.strip() else []
