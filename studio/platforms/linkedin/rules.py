"""What a post on LinkedIn may be: limits with their sources, counting, checks. Pure and quick.

NOTES: notes and clients by others that quote LinkedIn's documentation, read in August 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content
from studio.platforms.bare import stretches
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.text import first, is_address, unsendable

NOTES = "notes and clients by others that quote LinkedIn's documentation, August 2026"
TEXT = Fact(3000, f"{NOTES}; @automattic/social-previews 3.3.8")
MEDIA = Fact(20, NOTES)
PIXELS = Fact(36_152_319, "LinkedIn, Images API page, 2026")
IMAGE_RULE = ImageRule(most=MEDIA, formats=("image/jpeg", "image/png", "image/gif"), pixels=PIXELS, animated=True)
VIDEO_RULE = VideoRule(
    most=Fact(1, NOTES), bytes=Fact(500_000_000, NOTES), seconds=Fact(1800, NOTES), shortest=Fact(3, NOTES),
    narrowest=Frame(5, 12, NOTES), widest=Frame(12, 5, NOTES),
)
_TAG = re.compile(r"\w*[^\W\d_]\w*")


def clean_tag(tag: str) -> str:
    return tag.strip().lstrip("#＃").strip()


def body(content: Content) -> str:
    """What stands in the post: the text, then the tags that are not in it yet. The link is a card."""
    text = content.text.strip()
    wanted = dict.fromkeys(clean_tag(tag) for tag in content.tags)
    missing = [tag for tag in wanted if _TAG.fullmatch(tag) and not _stands(tag, text)]
    return "\n\n".join(part for part in (text, " ".join(f"#{tag}" for tag in missing)) if part)


def _stands(tag: str, text: str) -> bool:
    return re.search(rf"[#＃]{re.escape(tag)}(?!\w)", text, re.IGNORECASE) is not None


def card_address(content: Content) -> str:
    """The address that makes the card: the link, else the first in the text; none beside media."""
    if content.media:
        return ""
    return content.link.strip() or next((address for _, address in stretches(content.text) if address), "")


def count(content: Content) -> Mapping[str, Count]:
    """Characters of the text with its tags."""
    whole, text = body(content), content.text
    lead = len(text) - len(text.lstrip())
    over = min(TEXT.value + lead, len(text)) if len(whole) > TEXT.value else None
    return {"text": Count(len(whole), TEXT.value, "character", over)}


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    checks = (unsendable, _length, _empty, _number, _kinds, _alts, _link, _tags, _title)
    return first([partial(each, content) for each in checks])


def _length(content: Content) -> list[Finding]:
    number = len(body(content))
    found = error("text.too_long", "text", TEXT.source, count=number, limit=TEXT.value)
    return [found] if number > TEXT.value else []


def _empty(content: Content) -> list[Finding]:
    return [] if body(content) or content.media or content.link.strip() else [error("post.empty", "text", NOTES)]


def _number(content: Content) -> list[Finding]:
    number = len(content.media)
    return [error("media.too_many", "media", NOTES, count=number, limit=MEDIA.value)] if number > MEDIA.value else []


def _kinds(content: Content) -> list[Finding]:
    """Pictures, or one clip."""
    found = [
        error("media.kind_not_supported", f"media[{at}]", NOTES, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind not in ("image", "video")
    ]
    if len(content.media) > 1 and any(media.kind == "video" for media in content.media):
        found.append(error("media.clip_alone", "media", NOTES))
    return found


def _alts(content: Content) -> list[Finding]:
    return [
        warning("media.no_alt", f"media[{at}].alt", NOTES, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind == "image" and not media.alt.strip()
    ]


def _link(content: Content) -> list[Finding]:
    link = content.link.strip()
    if link and not is_address(link):
        return [error("link.unreadable", "link", NOTES)]
    if link and content.media and link not in content.text:
        return [warning("link.not_in_text", "link", NOTES)]
    return []


def _tags(content: Content) -> list[Finding]:
    return [
        warning("tags.not_one_word", f"tags[{at}]", NOTES, tag=tag[:80])
        for at, tag in enumerate(content.tags) if clean_tag(tag) and not _TAG.fullmatch(clean_tag(tag))
    ]


def _title(content: Content) -> list[Finding]:
    """It names the link card, and only there."""
    return [info("title.not_sent", "title", NOTES)] if content.title.strip() and not card_address(content) else []
