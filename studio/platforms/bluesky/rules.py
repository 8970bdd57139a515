"""What a Bluesky post may be: limits with their sources, counting, checks. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, ImageRule
from studio.platforms.bluesky import facets
from studio.platforms.checks import clean_tag, missing_tags
from studio.platforms.text import byte_end, first, grapheme_end, graphemes, is_address, unsendable, utf8

POST = "atproto lexicon app.bsky.feed.post, read 2026-08"
IMAGES = "atproto lexicon app.bsky.embed.images, read 2026-08"
TAGS_MOST = Fact(8, POST)
GRAPHEMES = Fact(300, POST)
BYTES = Fact(3000, POST)
IMAGE_RULE = ImageRule(
    most=Fact(4, IMAGES), formats=("image/jpeg", "image/png", "image/webp"), bytes=Fact(2_000_000, IMAGES),
)


def count(content: Content) -> Mapping[str, Count]:
    """Graphemes of the text; bytes when those are what is over."""
    text, number = content.text, graphemes(content.text)
    size = len(utf8(text))
    if size > BYTES.value and number <= GRAPHEMES.value:
        return {"text": Count(size, BYTES.value, "byte", byte_end(text, BYTES.value))}
    over = grapheme_end(text, GRAPHEMES.value) if number > GRAPHEMES.value else None
    return {"text": Count(number, GRAPHEMES.value, "grapheme", over)}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    checks = (unsendable, _length, _empty, _media, _alts, _link, _tags, _title)
    return first([partial(each, content) for each in checks])


def _length(content: Content) -> list[Finding]:
    found, number, size = [], graphemes(content.text), len(utf8(content.text))
    if number > GRAPHEMES.value:
        found.append(error("text.too_long", "text", GRAPHEMES.source, count=number, limit=GRAPHEMES.value))
    if size > BYTES.value:
        found.append(error("text.too_many_bytes", "text", BYTES.source, count=size, limit=BYTES.value))
    return found


def _empty(content: Content) -> list[Finding]:
    if content.text.strip() or content.media or content.link:
        return []
    return [error("post.empty", "text", POST)]


def pictures(content: Content) -> tuple[Media, ...]:
    """What would be sent of its media."""
    return tuple(m for m in content.media if m.kind == "image")


def _media(content: Content) -> list[Finding]:
    most, found = IMAGE_RULE.most, []
    if (number := len(pictures(content))) > most.value:
        found.append(error("media.too_many", "media", most.source, count=number, limit=most.value))
    for at, media in enumerate(content.media):
        if media.kind == "video":
            found.append(error("media.video_not_supported", f"media[{at}]", name=media.name, number=at + 1))
        elif media.kind != "image":
            found.append(error("media.kind_not_supported", f"media[{at}]", IMAGES, name=media.name, number=at + 1))
    return found


def _alts(content: Content) -> list[Finding]:
    return [
        warning("media.no_alt", f"media[{at}].alt", IMAGES, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind == "image" and not media.alt.strip()
    ]


def _link(content: Content) -> list[Finding]:
    if not content.link:
        return []
    if not is_address(content.link):
        return [error("link.unreadable", "link", POST)]
    if content.media and content.link not in content.text:
        return [warning("link.not_in_text", "link", POST)]
    return []


def hidden_tags(content: Content) -> tuple[str, ...]:
    """Tags that go into the record beside the text: those that do not stand in it, each once, at most eight."""
    return tuple(missing_tags(content.tags, facets.tags(content.text), facets.is_tag)[: TAGS_MOST.value])


def _tags(content: Content) -> list[Finding]:
    found = []
    wanted = [tag for tag in content.tags if clean_tag(tag)]
    if len(wanted) > TAGS_MOST.value:
        found.append(warning("tags.too_many", "tags", POST, count=len(wanted), limit=TAGS_MOST.value))
    for at, tag in enumerate(content.tags):
        if not facets.is_tag(clean_tag(tag)):
            found.append(warning("tags.unfit", f"tags[{at}]", POST, tag=tag[:80]))
    return found


def _title(content: Content) -> list[Finding]:
    """A post has no title; it is used for the link card, and only there."""
    if content.title.strip() and not (content.link and not content.media):
        return [info("title.not_sent", "title", POST)]
    return []
