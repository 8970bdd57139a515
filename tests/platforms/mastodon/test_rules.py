from __future__ import annotations

from typing import Any

import pytest

from studio.core.finding import Finding
from studio.core.post import Content
from studio.platforms.mastodon import limits, rules
from studio.platforms.mastodon.entities import body, is_tag, length, passed, spans
from tests.platforms.fakes import content, media

BIG = {"characters": "5000", "media": "16", "url": "23", "version": "4.5.2"}


def post(text: str = "hello", **more: Any) -> Content:
    return content("mastodon", text, **more)


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in rules.check(of)]


def only(of: Content, code: str) -> Finding:
    return next(f for f in rules.check(of) if f.code == code)


def test_a_good_post_has_no_findings() -> None:
    assert codes(post("周末 #咖啡 https://a.cn", pictures=[media()] * 4, tags=("citywalk",))) == []
    assert codes(post("x" * 500)) == []


def test_five_hundred_graphemes() -> None:
    family = "👨‍👩‍👧"
    count = rules.count(post("周" * 501))["text"]
    assert (count.count, count.limit, count.unit, count.over) == (501, 500, "grapheme", 500)
    assert rules.count(post(family * 500))["text"].over is None
    assert only(post("周" * 501), "text.too_long").values == {"count": 501, "limit": 500}


@pytest.mark.parametrize(("text", "counted"), [
    ("https://example.com/" + "a" * 200, 23), ("http://a.cn", 23), ("看https://example.com/a?b=1 好", 26),
    ("(https://example.com/a_(b))", 25), ("https://example.com/a.", 24), ("example.com", 11),
    ("ftp://example.com", 17), ("https://localhost/x", 19), ("https://münchen.de/straße", 23),
    ("https://例子.中国/路径", 23), ("https://a.cn https://b.cn", 47), ("x@https://a.cn", 14),
    ("@mei@example.social", 4), ("@mei", 4), ("hi @mei@a.b.social, you", 12), ("mail me@example.com", 19),
    ("@mei@example.social@x", 6), ("https://example.social/@mei", 23), ("https://a.cn?x=@y", 23),
    ("#tag#tag", 8), ("", 0),
])
def test_addresses_and_mentions_count_as_the_server_counts_them(text: str, counted: int) -> None:
    assert length(text, 23) == counted


def test_where_the_limit_is_passed() -> None:
    link = "https://example.com/" + "a" * 100
    assert passed("ab " + link + " cdef", 28, 23) == 3 + len(link) + 2
    assert passed("ab " + link, 10, 23) == 3
    assert passed("@mei@example.social xyz", 5, 23) == len("@mei@example.social ")
    assert passed("short", 10, 23) is None
    assert rules.count(post("  " + "周" * 501))["text"].over == 502


def test_the_warning_counts_with_the_text() -> None:
    warned = {"spoiler_text": "剧透" * 10}
    assert rules.count(post("x" * 480, options=warned))["text"].count == 500
    assert codes(post("x" * 481, options=warned)) == [("error", "text.too_long", "text")]
    assert rules.count(post("x" * 481, options=warned))["text"].over == 480


def test_a_server_has_limits_of_its_own() -> None:
    pictures = [media(str(n)) for n in range(16)]
    assert codes(post("周" * 5000, pictures=pictures, identity=BIG)) == []
    over = post("周" * 5001, pictures=[*pictures, media("17")], identity=BIG)
    assert codes(over) == [("error", "text.too_long", "text"), ("error", "media.too_many", "media")]
    assert "own answer" in only(over, "text.too_long").source
    small = {"characters": "140", "url": "10"}
    assert rules.count(post("https://example.com/" + "a" * 99, identity=small))["text"].count == 10


def test_media() -> None:
    assert codes(post(pictures=[media()] * 5)) == [("error", "media.too_many", "media")]
    assert codes(post(pictures=[media("a.mp4", kind="video")])) == []
    mixed = [media(), media("b.mp4", kind="video")]
    assert codes(post(pictures=mixed)) == [("error", "media.clip_alone", "media")]
    assert codes(post(pictures=mixed, identity={"version": "0.17.1"})) == []
    assert codes(post(pictures=[media("c.pdf", kind="other")])) == [("error", "media.kind_not_supported", "media[0]")]
    assert codes(post(pictures=[media(alt="x"), media(alt=" ")])) == [("warning", "media.no_alt", "media[1].alt")]
    assert codes(post(pictures=[media(alt="x" * 1501)])) == [("error", "media.alt_too_long", "media[0].alt")]


def test_what_has_no_field_stands_in_the_text() -> None:
    of = post(" in #Coffee \n", link="https://a.cn/x", tags=("coffee", "#citywalk", "citywalk", "＃周末", "two words"))
    assert body(of) == "in #Coffee\n\nhttps://a.cn/x\n\n#citywalk #周末"
    assert codes(of) == [("warning", "tags.not_one_word", "tags[4]")]
    assert body(post("see https://a.cn/x", link="https://a.cn/x")) == "see https://a.cn/x"
    assert codes(post(link="a.cn")) == [("error", "link.unreadable", "link")]
    assert codes(post(title="T")) == [("info", "title.not_sent", "title")]


def test_empty() -> None:
    assert codes(post(" \n")) == [("error", "post.empty", "text")]
    assert codes(post("", pictures=[media()])) == [] and codes(post("", link="https://a.cn")) == []
    assert codes(post("", options={"spoiler_text": "CW"})) == []


@pytest.mark.parametrize(("tag", "fits"), [
    ("咖啡", True), ("city_walk", True), ("2026", False), ("2026年", True), ("a b", False), ("", False), ("a-b", False),
    ("a·b", True), ("·", False), ("été", True),
])
def test_tags(tag: str, fits: bool) -> None:
    assert is_tag(tag) is fits


def test_what_is_linked() -> None:
    text = "看https://a.cn/x。 #咖啡 ＃周末 a#no @mei@b.social 1#2 #1"
    assert [(s.kind, s.value) for s in spans(text)] == [
        ("link", "https://a.cn/x。"), ("tag", "咖啡"), ("tag", "周末"), ("mention", "mei@b.social"),
    ]


def poll(**more: Any) -> dict[str, object]:
    return {"poll": {"options": ["茶", "咖啡"], **more}}


@pytest.mark.parametrize(("options", "code"), [
    (poll(), ""), (poll(expires_in=300), ""), (poll(expires_in="86400"), ""),
    (poll(options=["one"]), "poll.options"), (poll(options=["1", "2", "3", "4", "5"]), "poll.options"),
    (poll(options=["a", "a"]), "poll.same"), (poll(options=["a", " "]), "poll.same"),
    (poll(options=["a", "x" * 51]), "poll.option_long"), (poll(expires_in=299), "poll.time"),
    (poll(expires_in=2_629_747), "poll.time"), (poll(expires_in="soon"), "poll.time"),
    ({"poll": "tea?"}, "poll.unreadable"), (poll(options="ab"), "poll.options"),
    ({"visibility": "friends"}, "options.visibility"), ({"visibility": "direct"}, ""),
    (poll(options=["\ud800", "b"]), "text.surrogates"), ({"spoiler_text": "\udc00"}, "text.surrogates"),
])
def test_options(options: dict[str, object], code: str) -> None:
    assert [c for _, c, _ in codes(post(options=options))] == ([code] if code else [])


def test_a_poll_and_media_exclude_one_another() -> None:
    assert codes(post(pictures=[media()], options=poll())) == [("error", "poll.with_media", "media")]


@pytest.mark.parametrize(("version", "name", "keys"), [
    ("4.5.2", "mastodon", True), ("4.6.0", "mastodon", False), ("4.6.5", "mastodon", False),
    ("4.6.3+glitch", "mastodon", False), ("4.6.6", "mastodon", True), ("4.7.0-alpha.1", "mastodon", True),
    ("4.3.0+glitch", "mastodon", True), ("2.7.2 (compatible; Akkoma 3.13.2)", "akkoma", False),
    ("3.5.3 (compatible; Pixelfed 0.12.4)", "pixelfed", False), ("0.17.1+git-abc", "other", False),
    ("", "other", False), ("nonsense", "other", False),
])
def test_who_honours_a_key(version: str, name: str, keys: bool) -> None:
    assert limits.software(version) == name and limits.honours_keys({"version": version}) is keys


def test_limits_as_servers_say_them() -> None:
    assert limits.of({}) == limits.Limits() and not limits.of({}).own
    said = limits.of_instance({"configuration": {
        "statuses": {"max_characters": "5000", "max_media_attachments": 16},
        "media_attachments": {"image_size_limit": -1, "video_size_limit": None}, "polls": "odd",
    }})
    assert said == {"characters": "5000", "media": "16"}
    assert limits.of(said).characters == 5000 and limits.of(said).own
    pleroma = limits.of_instance({"max_toot_chars": 5000, "configuration": None})
    assert pleroma == {"characters": "5000"}
    assert limits.of({"characters": "lots", "media": "0"}) == limits.Limits()
