"""What a post may be, counted as Threads counts, and what a person gets into their hands."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.post import Content, Reply
from studio.platforms import get
from studio.platforms.threads import text
from tests.platforms.fakes import content, media

THREADS = get("threads")


def post(said: str = "周末好去处", **more: Any) -> Content:
    return content("threads", said, **{"mode": "assisted", **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in THREADS.check(of)]


@pytest.mark.parametrize(("said", "number"), [
    ("", 0), ("周末", 2), ("abc", 3), ("é", 1), ("e\u0301", 2), ("👍", 4), ("👍🏽", 8), ("❤️", 6), ("👨‍👩‍👧", 18),
    ("🇨🇳", 8), ("1️⃣", 7), ("1", 1), ("☕ok", 5), ("©", 2), ("℃", 1), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 28),
])
def test_an_emoji_counts_its_bytes(said: str, number: int) -> None:
    assert THREADS.count(post(said))["text"].count == number


@given(st.text(max_size=30))
def test_plain_text_counts_its_characters(said: str) -> None:
    assert sum(text.weights(said)) >= len(said) or any(True for _ in text.emoji_in(said))
    assert len(text.weights(said)) == len(said)


def test_500_with_the_link() -> None:
    assert codes(post("周" * 500)) == []
    long = THREADS.count(post("  " + "周" * 501))["text"]
    assert (long.count, long.limit, long.over) == (501, 500, 502)
    assert THREADS.count(post("周" * 480, link="https://example.com"))["text"].count == 480 + 2 + 19
    assert codes(post("周" * 480, link="https://example.com")) == [("error", "text.too_long", "text")]
    assert THREADS.count(post("👍" * 126))["text"].over == 125


def test_files() -> None:
    files = [media(str(n)) for n in range(21)]
    assert codes(post(pictures=files[:20])) == [] and codes(post("", pictures=files[:1])) == []
    assert ("error", "media.too_many", "media") in codes(post(pictures=files))
    assert codes(post("")) == [("error", "post.empty", "text")]
    clip = media("a.mp4", 1080, 1920, kind="video", duration=Fraction(301))
    assert codes(post(pictures=[clip])) == [("warning", "threads.clip_long", "media[0]")]


def test_at_most_five_links() -> None:
    said = " ".join(f"https://a{n}.cn" for n in range(5))
    assert codes(post(said)) == [] and codes(post(said, link="https://a0.cn")) == []
    assert codes(post(said, link="https://b.cn")) == [("error", "threads.links_too_many", "text")]
    assert codes(post(link="nonsense")) == [("error", "link.unreadable", "link")]


def test_one_topic() -> None:
    assert codes(post(tags=("slow travel",))) == [] and text.topic(post(tags=("slow travel",))) == "slow travel"
    assert codes(post(tags=("咖啡", "茶"))) == [("info", "threads.one_topic", "tags")]
    assert codes(post("去 #咖啡 吧", tags=("咖啡",))) == [] and text.topic(post("去 #咖啡 吧", tags=("茶",))) == ""
    assert codes(post(tags=("a.b", ""))) == [
        ("warning", "threads.no_topic", "tags[0]"), ("warning", "threads.no_topic", "tags[1]")]


def test_what_is_handed_over() -> None:
    what = post(" 周末 ", tags=("#slow travel", "x"), link="https://a.cn", pictures=[media("1"), media("2")],
                replies=(Reply("第二段"),))
    handed = THREADS.handoff(what)
    assert handed.page == "https://www.threads.com/" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [
        ("text", "周末\n\nhttps://a.cn", 16, 500), ("tags", "slow travel", 0, None), ("comment", "第二段", 0, None)]
    assert [words.en.split()[0] for words in handed.ticks] == ["Write", "Drop", "Add", "Add"]
    assert THREADS.handoff(post("x")).ticks == ()


@pytest.mark.parametrize("pasted", [
    "", "https://www.threads.com/@mei.test", "https://www.threads.com/", "https://threads.com.example.com/t/DB4xYz_-9aQ",
    "https://www.threads.com/@mei.test/post/", "https://www.threads.com/search?q=x",
])
def test_what_is_no_post(pasted: str) -> None:
    assert THREADS.link(pasted) is None


def test_how_it_is_shown() -> None:
    said, runs = text.shown("见 @mei.li #咖啡 https://www.example.com/a-very-long-path mail@a.cn #茶", 20)
    assert said == "见 @mei.li 咖啡 example.com/a-very-… mail@a.cn #茶"
    assert [said[r.start : r.end] for r in runs] == ["@mei.li", "咖啡", "example.com/a-very-…"]


@given(st.lists(st.sampled_from(["#咖啡 ", "@mei ", "https://a.cn/x ", "周末", "\n", "#", "👍", "word "]), max_size=20))
def test_what_is_shown_has_its_links_in_order(pieces: list[str]) -> None:
    said, runs = text.shown("".join(pieces), 28)
    places = [at for run in runs for at in (run.start, run.end)]
    assert places == sorted(places) and all(0 <= at <= len(said) for at in places)
    assert all(run.start < run.end for run in runs)
