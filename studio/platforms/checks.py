"""Checks that many platforms make of a post, each with the platform's own source. Pure and quick."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from studio.core.finding import Finding, error, warning
from studio.core.post import Content
from studio.platforms.parts import Count
from studio.platforms.text import clean_tag as clean_tag
from studio.platforms.text import is_address


def missing_tags(tags: Iterable[str], shown: Iterable[str], fits: Callable[[str], bool]) -> list[str]:
    """Those that do not stand in a text yet, clean, each once. shown: the text's own; fits: whether it can be a tag."""
    there = {tag.casefold() for tag in shown}
    return [tag for tag in dict.fromkeys(map(clean_tag, tags)) if fits(tag) and tag.casefold() not in there]


def typed(content: Content, tags: Iterable[str]) -> str:
    """What is typed where there is one field: the text, these tags, and the link that is not in it, each apart."""
    link = content.link.strip()
    parts = (content.text.strip(), " ".join(f"#{tag}" for tag in tags), "" if link in content.text else link)
    return "\n\n".join(part for part in parts if part)


def too_long(counts: Mapping[str, Count], sources: Mapping[str, str]) -> list[Finding]:
    """One for each field that is over its limit. sources: field -> where its limit was read."""
    return [
        error(f"{field}.too_long", field, sources[field], count=number.count, limit=number.limit)
        for field, number in counts.items() if number.limit is not None and number.count > number.limit
    ]


def number_of(chosen: str, usual: int) -> int:
    """A setting as a number above 0; `usual` when it is none."""
    return int(chosen) if chosen.isascii() and chosen.isdigit() and int(chosen) else usual


def other_kinds(content: Content, source: str) -> list[Finding]:
    """One for each file that is neither a picture nor a clip."""
    return [
        error("media.kind_not_supported", f"media[{at}]", source, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind not in ("image", "video")
    ]


def pictures_or_clip(content: Content, source: str) -> list[Finding]:
    """Pictures, or one clip without any."""
    kinds, found = [media.kind for media in content.media], other_kinds(content, source)
    if (clips := kinds.count("video")) > 1:
        return [*found, error("media.too_many_videos", "media", source, count=clips, limit=1)]
    return [*found, error("media.clip_alone", "media", source)] if clips and "image" in kinds else found


def undescribed(content: Content, source: str) -> list[Finding]:
    """One for each picture that says nothing to people who cannot see it."""
    return [
        warning("media.no_alt", f"media[{at}].alt", source, name=media.name, number=at + 1)
        for at, media in enumerate(content.media) if media.kind == "image" and not media.alt.strip()
    ]


def no_address(content: Content, source: str) -> list[Finding]:
    """The link that is no web address."""
    link = content.link.strip()
    return [error("link.unreadable", "link", source)] if link and not is_address(link) else []


def not_one_word(tags: Iterable[str], fits: Callable[[str], bool], source: str) -> list[Finding]:
    """One for each tag that is left out; an empty one is none. fits: says of a clean one whether it is a tag."""
    return [
        warning("tags.not_one_word", f"tags[{at}]", source, tag=tag[:80])
        for at, tag in enumerate(tags) if (word := clean_tag(tag)) and not fits(word)
    ]
