"""Any post a person, a file or a fault can make."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import strategies as st

from studio.core.post import Media, Override, Post, Reply

# Every code point, lone surrogates and NUL too, with what tends to break things made likely.
TRICKY = ["\ud800", "\udfff\ud800", "\x00", "\u200d", "\u202e", "👩‍👩‍👧‍👦", "e\u0301", "ﷺ", "𠮷"]
TRICKY += ['"', "'", "%", "_", "\\", "*", "中文"]


def joined(parts: list[str]) -> str:
    """The parts as one text. Two surrogates that meet are the character they spell: JSON knows them no other way."""
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


texts = st.lists(st.text(st.characters(), max_size=20) | st.sampled_from(TRICKY), max_size=6).map(joined)
ids = st.text("0123456789abcdef", min_size=1, max_size=64)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))
numbers = st.integers(-(2**70), 2**70)

media = st.builds(
    Media, media=ids, kind=st.sampled_from(["image", "video", "audio", "other"]), name=texts, alt=texts,
    width=st.integers(0, 10**6), height=st.integers(0, 10**6),
    duration=st.none() | st.fractions(Fraction(0), Fraction(10**5)),
    focus=st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)), keep_metadata=st.booleans(),
)
several = st.lists(media, max_size=4).map(tuple)
tags = st.lists(texts, max_size=3).map(tuple)
overrides = st.builds(
    Override, title=st.none() | texts, text=st.none() | texts, media=st.none() | several, link=st.none() | texts,
    tags=st.none() | tags, base=texts,
)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(texts, v, max_size=3), max_leaves=6,
)
replies = st.builds(Reply, text=texts, media=several, after=st.integers(0, 10**6))
posts = st.builds(
    Post, title=texts, text=texts, media=several, link=texts, tags=tags, language=texts,
    overrides=st.dictionaries(texts, overrides, max_size=3),
    options=st.dictionaries(texts, st.dictionaries(texts, values, max_size=3), max_size=2),
    accounts=st.lists(texts, max_size=3).map(tuple), replies=st.lists(replies, max_size=2).map(tuple),
    created=moments, updated=moments,
)
