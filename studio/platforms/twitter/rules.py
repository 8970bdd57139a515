"""What a post on X may be: limits with their sources, counting, checks. Pure and quick."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Fact, Frame, ImageRule, VideoRule
from studio.platforms.checks import missing_tags, no_address, not_one_word, number_of, other_kinds, typed
from studio.platforms.text import first, unsendable
from studio.platforms.twitter.entities import is_tag, links, spans
from studio.platforms.twitter.weights import INVALID, fits, weight

COUNTING = "twitter-text, configuration 3: weights, addresses 23, emoji 2"
API = "X API documentation, media and posts, read 2026-08"
USE = "known from use; the page has the last word"
TEXT = Fact(280, COUNTING)
LONG = Fact(25_000, USE)
MEDIA = Fact(4, API)
ALT = Fact(1000, API)
CASH = Fact(1, "X refuses a second cashtag; clients by others, 2026")
IMAGE_RULE = ImageRule(
    most=MEDIA, formats=("image/jpeg", "image/png", "image/webp", "image/gif"), bytes=Fact(5_000_000, API),
    animated=True, alt=ALT,
)
VIDEO_RULE = VideoRule(
    most=Fact(1, API), bytes=Fact(512_000_000, API), seconds=Fact(140, API), narrowest=Frame(1, 3, API),
    widest=Frame(3, 1, API), rate=Fact(60, API),
)
PREMIUM = "length"  # the setting that has the longest text


def longest(chosen: str) -> int:
    """The setting as a number of characters; the usual one when it is none."""
    return number_of(chosen, TEXT.value)


def body(content: Content) -> str:
    """What is posted: the text, then the tags and the link that are not in it yet, each on its own line."""
    shown = (span.value for span in spans(content.text) if span.kind == "tag")
    return typed(content, missing_tags(content.tags, shown, is_tag))


def card_address(content: Content) -> str:
    """The address that makes the card: the last one, when there are no media."""
    found = () if content.media else links(body(content))
    return found[-1].value if found else ""


def count(content: Content, limit: int) -> Mapping[str, Count]:
    """Of all that is posted: tags and link stand in the text here."""
    whole, text = body(content), content.text
    lead = len(text) - len(text.lstrip())
    over = fits(whole, limit)
    return {
        "text": Count(weight(whole), limit, "character", None if over is None else min(over + lead, len(text)))
    }


def check(content: Content, limit: int) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first. limit: of the account's text."""
    plain = (unsendable, _empty, _invalid, _media, _kinds, _alts, _clips, _link, _tags, _cash, _title)
    return first([partial(_length, content, limit), *(partial(each, content) for each in plain)])


def _length(content: Content, limit: int) -> list[Finding]:
    number = weight(body(content))
    return [error("text.too_long", "text", COUNTING, count=number, limit=limit)] if number > limit else []


def _empty(content: Content) -> list[Finding]:
    return [] if body(content) or content.media else [error("post.empty", "text", API)]


def _invalid(content: Content) -> list[Finding]:
    at = min((content.text.find(char) for char in INVALID if char in content.text), default=-1)
    return [] if at < 0 else [error("twitter.refused_character", "text", COUNTING, at=at + 1,
                                    char=f"U+{ord(content.text[at]):04X}")]


def _media(content: Content) -> list[Finding]:
    number = len(content.media)
    return [error("media.too_many", "media", API, count=number, limit=MEDIA.value)] if number > MEDIA.value else []


def moving(media: Media) -> bool:
    """A GIF, which plays by itself and stands alone."""
    return media.kind == "image" and media.name.lower().endswith(".gif")


def _kinds(content: Content) -> list[Finding]:
    """Four pictures, one GIF, or one clip."""
    found = other_kinds(content, API)
    if len(content.media) > 1 and any(media.kind == "video" or moving(media) for media in content.media):
        found.append(error("media.clip_alone", "media", API))
    return found


def _alts(content: Content) -> list[Finding]:
    found = []
    for at, media in enumerate(content.media):
        if media.kind == "image" and not media.alt.strip():
            found.append(warning("media.no_alt", f"media[{at}].alt", API, name=media.name, number=at + 1))
        elif len(media.alt) > ALT.value:
            found.append(error("media.alt_too_long", f"media[{at}].alt", API, number=at + 1, count=len(media.alt),
                               limit=ALT.value))
    return found


def _clips(content: Content) -> list[Finding]:
    most = VIDEO_RULE.seconds
    assert most is not None
    return [
        warning("twitter.clip_long", f"media[{at}]", most.source, name=media.name, seconds=round(float(media.duration)),
                limit=most.value)
        for at, media in enumerate(content.media)
        if media.kind == "video" and media.duration is not None and media.duration > most.value
    ]


def _link(content: Content) -> list[Finding]:
    return no_address(content, COUNTING)


def _tags(content: Content) -> list[Finding]:
    return not_one_word(content.tags, is_tag, COUNTING)


def _cash(content: Content) -> list[Finding]:
    number = sum(span.kind == "cash" for span in spans(body(content)))
    return [] if number <= CASH.value else [warning("twitter.cashtags", "text", CASH.source, count=number)]


def _title(content: Content) -> list[Finding]:
    """It names the link card, and only there."""
    return [info("title.not_sent", "title", API)] if content.title.strip() and not card_address(content) else []
