"""Which stretches become links, mentions and tags, and where they are in bytes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.platforms.bluesky import facets


def found(text: str) -> list[tuple[str, str, str]]:
    return [(s.kind, s.value, text[s.start : s.end]) for s in facets.spans(text)]


def test_the_vector_of_the_guide() -> None:
    """The guide's own example; offsets recomputed."""
    text = "✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR."
    assert facets.facets(text, {"atproto.com": "did:plc:a"}) == [
        {"index": {"byteStart": 23, "byteEnd": 35},
         "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:a"}]},
        {"index": {"byteStart": 74, "byteEnd": 108},
         "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://en.wikipedia.org/wiki/CBOR"}]},
    ]


@pytest.mark.parametrize(("text", "links"), [
    ("http://a.cn中文", ["http://a.cn"]), ("看https://a.cn/x。", ["https://a.cn/x"]),
    ("https://a.cn/x（好）", ["https://a.cn/x"]), ("(https://a.cn/x)", ["https://a.cn/x"]),
    ("https://en.wikipedia.org/wiki/A_(b)", ["https://en.wikipedia.org/wiki/A_(b)"]),
    ("(see https://en.wikipedia.org/wiki/A_(b)).", ["https://en.wikipedia.org/wiki/A_(b)"]),
    ("https://a.cn/x?y=1&z=%E4%BD%A0#frag, next", ["https://a.cn/x?y=1&z=%E4%BD%A0#frag"]),
    ("https://a.cn/. https://b.cn/!", ["https://a.cn/", "https://b.cn/"]),
    ("https://例子.中国/a 和 https://中文网.com/b", ["https://例子.中国/a", "https://中文网.com/b"]),
    ("HTTPS://A.CN/X", ["HTTPS://A.CN/X"]), ("http://localhost:3000/x", ["http://localhost:3000/x"]),
    ("https:// nothing", []), ("ftp://a.cn", []), ("xhttps://a.cn", []), ("a.cn", []), ("https://-.cn", []),
    (f"https://a.cn/{'x' * 300}", [f"https://a.cn/{'x' * 300}"]),
])
def test_links(text: str, links: list[str]) -> None:
    assert [value for kind, value, shown in found(text) if kind == "link" and shown == value] == links


@pytest.mark.parametrize(("text", "mentions"), [
    ("@mei.test", ["mei.test"]), ("你好@mei.test，", ["mei.test"]), ("(@Mei.Test)", ["mei.test"]),
    ("@mei.test.", ["mei.test"]), ("mail me@mei.test", []), ("@mei", []), ("@mei.1", []), ("＠mei.test", []),
    ("https://a.cn/@mei.test", []), ("@a.b.c-d.e.com!", ["a.b.c-d.e.com"]), ("@@mei.test", []),
])
def test_mentions(text: str, mentions: list[str]) -> None:
    assert [value for kind, value, _ in found(text) if kind == "mention"] == mentions


@pytest.mark.parametrize(("text", "tags"), [
    ("#咖啡", ["咖啡"]), ("＃咖啡 #citywalk", ["咖啡", "citywalk"]), ("#咖啡，走", ["咖啡"]),
    ("今天#咖啡 好", ["咖啡"]),
    ("#话题#后面", ["话题"]), ("#a#b", ["a"]), ("#123", []), ("#2024年", ["2024年"]), ("C#sharp", []), ("#", []),
    ("# x", []), ("#️⃣", []), ("#don't.", ["don't"]), ("#a-b_c!", ["a-b_c"]), (f"#{'长' * 64}", ["长" * 64]),
    (f"#{'长' * 65}", []), ("https://a.cn/#frag", []), ("##x", []), ("&#39;", []), ("#...", []), ("#café ☕", ["café"]),
])
def test_tags(text: str, tags: list[str]) -> None:
    assert [value for kind, value, _ in found(text) if kind == "tag"] == tags


def test_a_mention_nobody_has_stays_plain_text() -> None:
    text = "@gone.test and @mei.test and @gone.test"
    assert facets.handles(text) == ("gone.test", "mei.test")
    assert [f["index"]["byteStart"] for f in facets.facets(text, {"mei.test": "did:plc:m"})] == [15]


def test_a_facet_is_described_in_order() -> None:
    made = facets.facets("#咖啡 then https://example.com/abc", {})
    assert facets.described(made) == "0-7 #咖啡, 13-36 https://example.com/abc"


PIECES = st.sampled_from([
    "https://a.cn/x", "http://b.co", "@mei.test", "@x.y.zz", "#tag", "＃标签", "中文", "👨‍👩‍👧",
    " ", "，", "(", ")", ".", "#", "@", "a", "\n",
])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_facets_never_overlap_and_point_at_what_they_say(text: str) -> None:
    raw, last = text.encode(), 0
    for span, facet in zip(facets.spans(text), facets.facets(text, _Everyone()), strict=True):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert last <= start < end <= len(raw)
        shown = raw[start:end].decode()
        assert shown == text[span.start : span.end]
        assert shown.casefold().endswith(span.value.casefold()) and len(shown) - len(span.value) <= 1
        last = end


class _Everyone(dict[str, str]):
    """Every handle has somebody."""

    def get(self, key: str, default: object = None) -> str:
        return f"did:plc:{key}"


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    spans = facets.spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_megabyte_is_read_in_one_pass() -> None:
    """Twice the text may take a few times as long, not the square of it."""
    assert len(facets.spans("中文 #标签 " * 100_000)) == 100_000
