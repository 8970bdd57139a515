from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Reply
from studio.platforms import bare, text
from tests.platforms.fakes import content, media

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(("written", "number"), [
    ("", 0), ("abc", 3), ("a\r\nb", 3), ("周末去哪儿", 5), (FAMILY, 1), ("🇨🇳🇹🇼", 2),
    ("é", 1), ("e\u0301", 1), ("👍🏽", 1),
    ("ก็", 1), ("\u200f", 1), ("a\ud800b", 3),
])
def test_what_a_person_would_count(written: str, number: int) -> None:
    assert text.graphemes(written) == number


def test_where_a_limit_is_passed() -> None:
    assert text.grapheme_end(FAMILY * 3, 2) == 2 * len(FAMILY)
    assert text.grapheme_end("abc", 3) is None and text.grapheme_end(FAMILY, 1) is None
    assert text.byte_end("周末好", 6) == 2 and text.byte_end("周末好", 7) == 2
    assert text.byte_end("周末好", 9) is None and text.byte_end("\ud800周", 3) == 1


@given(st.text(max_size=60), st.integers(0, 70))
def test_a_cut_is_a_prefix_at_a_grapheme(written: str, at: int) -> None:
    cut = text.grapheme_cut(written, at)
    assert 0 <= cut <= max(at, 0) or cut == len(written) <= at
    assert text.graphemes(written[:cut]) + text.graphemes(written[cut:]) == text.graphemes(written)


@given(st.text(max_size=400))
def test_counting_by_parts_agrees(written: str) -> None:
    number = text.graphemes(written)
    assert text.grapheme_end(written, number) is None
    if number:
        end = text.grapheme_end(written, number - 1)
        assert end is not None and text.graphemes(written[:end]) == number - 1


def test_what_cannot_be_sent_is_found_in_every_field() -> None:
    found = text.unsendable(content(
        "x", "ok \ud83d", title="a\x00b", link="https://a.cn/\udc00", tags=("fine", "\ud800"),
        pictures=[media(alt="tab\tand\nline"), media(alt="\x9b")],
    ))
    assert [(f.code, f.severity, f.field, f.values.get("at")) for f in found] == [
        ("text.controls", "warning", "title", 2), ("text.surrogates", "error", "text", 4),
        ("text.surrogates", "error", "link", 14), ("text.surrogates", "error", "tags[1]", 1),
        ("text.controls", "warning", "media[1].alt", 1),
    ]


@pytest.mark.parametrize("written", [
    f"{FAMILY} ok", "مرحبا \u202babc\u202c \u200f", "ไทย\u200bคำ", "a\u200db", "a\tb\r\nc",
])
def test_joiners_and_directions_are_left_alone(written: str) -> None:
    assert text.unsendable(content("x", written)) == []


@pytest.mark.parametrize(("link", "good"), [
    ("https://a.cn", True), ("http://localhost:3000/x?y#z", True), ("https://例子.中国/路", True), ("a.cn", False),
    ("javascript:alert(1)", False), ("https://", False), ("https://a b.cn", False),
    ("https://[x", False), ("ftp://a.cn", False),
])
def test_what_is_an_address(link: str, good: bool) -> None:
    assert text.is_address(link) is good


@pytest.mark.parametrize(("written", "pieces"), [
    ("看http://a.cn中文", [("看", ""), ("http://a.cn", "http://a.cn"), ("中文", "")]),
    ("(https://a.cn/b_(c)).", [("(", ""), ("https://a.cn/b_(c)", "https://a.cn/b_(c)"), (").", "")]),
    ("none", [("none", "")]), ("", []),
])
def test_addresses_in_plain_text(written: str, pieces: list[tuple[str, str]]) -> None:
    assert list(bare.stretches(written)) == pieces


@given(st.text(alphabet="ab中。.:/)(?# \nhttps", max_size=60))
def test_pieces_join_to_the_text(written: str) -> None:
    assert "".join(part for part, _ in bare.stretches(written)) == written


def test_texts_to_copy() -> None:
    assert text.tag_line(("#咖啡", " citywalk ", "＃咖啡", "", "#")) == "#咖啡 #citywalk"
    assert text.following((Reply("二\n"), Reply(" "), Reply("三"))) == "二\n\n———\n\n三"
    assert text.following(()) == text.tag_line(()) == ""


@pytest.mark.parametrize(("name", "letter"), [
    (" mei ", "M"), ("@mei", "M"), ("梅", "梅"), ("", ""), ("  ", ""), ("🇨🇳 China", "🇨🇳"), ("👨‍👩‍👧 Family", "👨‍👩‍👧"),
    ("e\u0301cole", "E\u0301"), ("ßen", "ß"), ("مي", "م"),
])
def test_the_letter_of_a_name_is_all_of_its_first_character(name: str, letter: str) -> None:
    assert text.initial(name) == letter
