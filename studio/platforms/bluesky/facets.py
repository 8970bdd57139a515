"""Links, mentions and tags inside a post's text, and their facets by UTF-8 byte offsets.

Bluesky leaves it to the client which stretches are links. We follow its app where it is clear, and
think of writers who put no spaces between words: Chinese may stand right before and after a link.

Source: atproto lexicon app.bsky.richtext.facet and its guide "Links, mentions, and rich text", read 2026-08.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

from studio.platforms.bare import trimmed
from studio.platforms.text import graphemes, utf8

TAG_GRAPHEMES, TAG_BYTES = 64, 640  # lexicon app.bsky.richtext.facet#tag
Kind = Literal["link", "mention", "tag"]


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] is a link (value: its address), a mention (the handle) or a tag (without #)."""

    kind: Kind
    start: int
    end: int
    value: str


@cache
def _patterns() -> tuple[Any, Any, Any]:
    import regex

    label = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    # An ASCII host ends where ASCII ends; a host that begins in another script may have more of it.
    ascii_host = rf"(?:localhost|{label}(?:\.{label})+)"
    other_host = r"(?=[^\x00-\x7f])(?:[\p{L}\p{N}-]+\.)+(?:[a-z]{2,}|中国|中國|公司|网络|網絡|香港|台灣|台湾|みんな|рф)"
    link = regex.compile(
        rf"(?<![a-z0-9_@/.+-])https?://(?:{ascii_host}|{other_host})(?::\d{{1,5}})?"
        r"(?:[/?#][a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*)?",
        regex.IGNORECASE,
    )
    mention = regex.compile(
        rf"(?<![a-z0-9_@/.+-])@((?:{label}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?)(?![a-z0-9@])", regex.IGNORECASE
    )
    # A tag ends at white space, at punctuation (joiners inside a word apart) and at the # that closes #话题#.
    inside = r"(?:[^\s\p{P}#＃\u00ad\u200a-\u200d\u2060\u20e2]|[_\-'’·・.&])"
    tag = regex.compile(rf"(?<![a-z0-9_&/#＃])[#＃](?!\ufe0f)({inside}+)[#＃]?", regex.IGNORECASE)
    return link, mention, tag


def _links(text: str) -> list[Span]:
    spans = []
    for found in _patterns()[0].finditer(text):
        address = trimmed(found[0])
        spans.append(Span("link", found.start(), found.start() + len(address), address))
    return spans


def _mentions(text: str) -> list[Span]:
    return [Span("mention", m.start(), m.end(), m[1].lower()) for m in _patterns()[1].finditer(text)]


def is_tag(tag: str) -> bool:
    """True when it may stand in a record: not only digits, at most 64 graphemes and 640 bytes."""
    return bool(tag) and not tag.isdecimal() and graphemes(tag) <= TAG_GRAPHEMES and len(utf8(tag)) <= TAG_BYTES


def _tags(text: str) -> list[Span]:
    spans = []
    for found in _patterns()[2].finditer(text):
        tag = found[1].rstrip("_-'’·・.&")
        if is_tag(tag):
            spans.append(Span("tag", found.start(), found.start(1) + len(tag), tag))
    return spans


@lru_cache(maxsize=16)
def spans(text: str) -> tuple[Span, ...]:
    """All of them in order; none overlaps another (a link wins over what stands inside it)."""
    taken: list[Span] = []
    for found in (_links(text), _mentions(text), _tags(text)):
        taken = list(_merged(taken, found))
    return tuple(taken)


def _merged(kept: Sequence[Span], more: Sequence[Span]) -> Iterator[Span]:
    """Both in order, without those of `more` that touch one of `kept`; each of the two is in order."""
    at, end = 0, 0
    for span in more:
        while at < len(kept) and kept[at].start < span.end:
            yield kept[at]
            end = kept[at].end
            at += 1
        if span.start >= end:
            yield span
    yield from kept[at:]


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str] | None:
    if span.kind == "link":
        return {"$type": "app.bsky.richtext.facet#link", "uri": span.value}
    if span.kind == "tag":
        return {"$type": "app.bsky.richtext.facet#tag", "tag": span.value}
    did = dids.get(span.value)
    return {"$type": "app.bsky.richtext.facet#mention", "did": did} if did else None


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """Facets of `text`. dids: handle -> DID; a mention whose handle is not there stays plain text."""
    made = []
    for span in spans(text):
        if feature := _feature(span, dids):
            start = len(utf8(text[: span.start]))
            end = start + len(utf8(text[span.start : span.end]))
            made.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
    return made


def handles(text: str) -> tuple[str, ...]:
    """The handles mentioned in `text`, each once, in order."""
    return tuple(dict.fromkeys(span.value for span in spans(text) if span.kind == "mention"))


def tags(text: str) -> tuple[str, ...]:
    """The tags in `text`, without #, in order."""
    return tuple(span.value for span in spans(text) if span.kind == "tag")


def described(found: Sequence[Mapping[str, Any]]) -> str:
    """Facets as one line for a person: "0-14 #咖啡, 20-40 https://..."."""
    lines = []
    for facet in found:
        index, features = facet.get("index", {}), facet.get("features", [])
        what = " ".join(_named(feature) for feature in features)
        lines.append((index.get("byteStart", 0), f"{index.get('byteStart')}-{index.get('byteEnd')} {what}"))
    return ", ".join(line for _, line in sorted(lines))


def _named(feature: Mapping[str, Any]) -> str:
    if "tag" in feature:
        return f"#{feature['tag']}"
    return str(feature.get("uri") or f"@{feature.get('did')}")
