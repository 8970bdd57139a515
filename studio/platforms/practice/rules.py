"""What the practice account takes: generous, but with limits, so that one can practise with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content
from studio.platforms.base import Count, Fact, ImageRule, VideoRule
from studio.platforms.checks import too_long
from studio.platforms.text import first, grapheme_end, graphemes, is_address, unsendable

OURS = "practice account: our own choice"
TEXT = Fact(2000, OURS, "2026-11-24")
TITLE = Fact(120, OURS, "2026-11-24")
MEDIA = Fact(18, OURS, "2026-11-24")
# Everything a browser shows by itself goes out as it is.
IMAGE_RULE = ImageRule(
    most=MEDIA, formats=("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"), animated=True,
)
VIDEO_RULE = VideoRule(most=Fact(4, OURS, "2026-11-24"), formats=("video/mp4", "video/webm", "video/quicktime"))


def _count(text: str, limit: Fact) -> Count:
    number = graphemes(text)
    return Count(number, limit.value, "grapheme", grapheme_end(text, limit.value) if number > limit.value else None)


def count(content: Content) -> Mapping[str, Count]:
    """Graphemes of text and title."""
    return {"text": _count(content.text, TEXT), "title": _count(content.title, TITLE)}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    return first([partial(each, content) for each in (unsendable, _length, _empty, _media, _alts, _link)])


def _length(content: Content) -> list[Finding]:
    counts = count(content)
    return too_long(counts, dict.fromkeys(counts, OURS))


def _empty(content: Content) -> list[Finding]:
    if content.text.strip() or content.title.strip() or content.media or content.link:
        return []
    return [error("post.empty", "text", OURS)]


def _media(content: Content) -> list[Finding]:
    found, videos = [], sum(m.kind == "video" for m in content.media)
    if len(content.media) > MEDIA.value:
        found.append(error("media.too_many", "media", OURS, count=len(content.media), limit=MEDIA.value))
    if videos > VIDEO_RULE.most.value:
        found.append(error("media.too_many_videos", "media", OURS, count=videos, limit=VIDEO_RULE.most.value))
    for at, media in enumerate(content.media):
        if media.kind not in ("image", "video"):
            found.append(error("media.kind_not_supported", f"media[{at}]", OURS, name=media.name, number=at + 1))
    return found


def _alts(content: Content) -> list[Finding]:
    return [
        warning("media.no_alt", f"media[{at}].alt", OURS, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind == "image" and not media.alt.strip()
    ]


def _link(content: Content) -> list[Finding]:
    if content.link and not is_address(content.link):
        return [error("link.unreadable", "link", OURS)]
    if content.link and content.link in content.text:
        return [info("link.twice", "link", OURS)]
    return []
