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
from studio.platforms.checks import clean_tag, no_address, not_one_word, other_kinds, undescribed
from studio.platforms.text import first, unsendable

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
    found = other_kinds(content, NOTES)
    if len(content.media) > 1 and any(media.kind == "video" for media in content.media):
        found.append(error("media.clip_alone", "media", NOTES))
    return found


def _alts(content: Content) -> list[Finding]:
    return undescribed(content, NOTES)


def _link(content: Content) -> list[Finding]:
    link, wrong = content.link.strip(), no_address(content, NOTES)
    hidden = bool(link and content.media) and link not in content.text
    return wrong or ([warning("link.not_in_text", "link", NOTES)] if hidden else [])


def _tags(content: Content) -> list[Finding]:
    return not_one_word(content.tags, lambda tag: _TAG.fullmatch(tag) is not None, NOTES)


def _title(content: Content) -> list[Finding]:
    """It names the link card, and only there."""
    return [info("title.not_sent", "title", NOTES)] if content.title.strip() and not card_address(content) else []
