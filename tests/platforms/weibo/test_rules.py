"""Counting as Weibo counts, and what is found before anything is scheduled."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.finding import blocking
from studio.platforms import get
from studio.platforms.weibo import rules
from studio.platforms.weibo import text as words
from tests.platforms.fakes import content, media
from tests.platforms.weibo.desk import START, Desk
from tests.servers.weibo_state import State

PLATFORM = get("weibo")
SAFE = {"safe_domain": "example.com"}
URL = "https://example.com/a"
TEXTS = st.lists(st.sampled_from([
    "周", "末", "a", "Z", " ", "9", "é", "😀", "👨‍👩‍👧", "，", "#咖啡#", " https://example.com/a?b=1 ",
    " http://t.cn/x ", "\n", "@梅",
]), max_size=90).map("".join)


def found(text: str = "", *, safe: bool = True, **more: Any) -> list[str]:
    return [f.code for f in PLATFORM.check(content("weibo", text, identity=SAFE if safe else {}, **more))]


def size(text: str, **more: Any) -> int:
    return PLATFORM.count(content("weibo", text, **more))["text"].count


# counting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "counted"), [
    ("", 0), ("周", 1), ("ab", 1), ("a", 1), ("abc", 2), ("周a", 2), ("😀", 2), ("é", 1), ("周 末", 3),
    (URL, 10), ("http://a.cn", 10), (f"周{URL}", 11), (f"看 {URL}", 12), (f"{URL} https://example.com/b", 21),
])
def test_what_counts_how_much(text: str, counted: int) -> None:
    assert size(text) == counted


@given(TEXTS)
def test_it_never_counts_less_than_the_server(text: str) -> None:
    """Both with an address as ten, and as it is written."""
    state, whole = State(lambda: START), text.strip()
    assert words.length(whole, 10) >= state.counted(whole)
    state.full_addresses = True
    assert words.length(whole, None) >= state.counted(whole)


@given(TEXTS, st.integers(1, 60))
def test_what_stands_before_the_limit_fits(text: str, limit: int) -> None:
    at = words.passed(text, limit, None)
    assert (at is None) == (words.length(text, None) <= limit)
    if at is not None:
        assert words.length(text[:at], None) <= limit < words.length(text[: at + 1], None)


def test_140_passes_and_141_is_found(desk: Desk) -> None:
    """Here and at the server, by the API."""
    tail = f" {URL}"  # half, and ten
    fits, over = "周" * 129 + "a" + tail, "周" * 130 + tail
    assert (size(fits), size(over)) == (140, 141)
    assert found(fits) == [] and found(over)[0] == "weibo.too_long"
    desk.send(desk.post(fits))
    assert desk.texts() == [fits] and desk.server.state.counted(over) == 141
    first = PLATFORM.check(content("weibo", over, identity=SAFE))[0]
    assert (first.values, first.field, first.source) == ({"count": 141, "limit": 140}, "text", rules.SHARE)


def test_what_an_address_counts_can_be_set() -> None:
    long = "https://example.com/" + "x" * 80
    for setting, counted in (("", 10), ("10", 10), ("20", 20), ("full", 50)):
        identity = {**SAFE, **({"set.address": setting} if setting else {})}
        assert size(long, identity=identity) == counted


def test_where_it_passes_is_told_in_the_text_as_written() -> None:
    text = "  " + "周" * 150
    counted = PLATFORM.count(content("weibo", text))["text"]
    assert (counted.count, counted.limit, counted.over) == (150, 140, 142)
    counted = PLATFORM.count(content("weibo", "周" * 138, link=URL))["text"]
    assert counted.over == 138  # the link is over, behind the end of the text


def test_by_hand_two_thousand_fit() -> None:
    assert found("周" * 2000, mode="assisted") == [] and found("周" * 2001, mode="kit") == ["weibo.too_long"]


# the safe domain -------------------------------------------------------------------------------------------------


def test_a_post_needs_an_address_on_the_safe_domain() -> None:
    assert found(f"看 {URL}") == found("看 http://www.example.com") == found("看", link="https://a.example.com/x") == []
    for text in ("没有网址", "看 https://elsewhere.cn", "看 https://notexample.com", "看 https://example.com.cn/"):
        finding = PLATFORM.check(content("weibo", text, identity=SAFE))[0]
        assert finding.code == "weibo.no_safe_address" and finding.blocks
        assert finding.values == {"domain": "example.com", "address": "https://example.com/"}


def test_where_the_domain_is_not_known_any_address_may_do() -> None:
    assert found("没有网址", safe=False) == ["weibo.no_address"]
    assert found(f"看 {URL}", safe=False) == ["weibo.safe_domain_unknown"]
    assert not blocking(PLATFORM.check(content("weibo", f"看 {URL}")))


@pytest.mark.parametrize(("typed", "domain"), [
    ("example.com", "example.com"), ("https://www.Example.com/x", "www.example.com"), (" a.cn ", "a.cn"), ("", ""),
    ("localhost", ""), ("a b.cn", ""), ("http://[", ""), ("a.cn:8080", "a.cn"),
])
def test_a_domain_as_people_type_it(typed: str, domain: str) -> None:
    assert words.domain_of(typed) == domain


def test_by_hand_no_address_is_needed() -> None:
    assert found("没有网址", mode="assisted") == found("没有网址", mode="kit") == []


# what goes along -------------------------------------------------------------------------------------------------


def test_by_the_api_one_picture_goes_and_the_others_are_told_of() -> None:
    pictures = [media(f"{n}.jpg") for n in range(9)]
    what = content("weibo", f"九宫格 {URL}", pictures=pictures, identity=SAFE)
    findings = PLATFORM.check(what)
    assert [(f.code, f.severity, dict(f.values)) for f in findings] == [
        ("weibo.pictures_left_out", "warning", {"count": 8, "number": 9}),
    ]
    wanted = PLATFORM.wants(what)
    assert [w.media for w in wanted] == pictures[:1] and wanted[0].rule is rules.IMAGE_RULE


def test_by_hand_eighteen_go_in_their_order() -> None:
    pictures = [media(f"{n}.jpg") for n in range(18)]
    what = content("weibo", "图", pictures=pictures, mode="assisted")
    assert PLATFORM.check(what) == () and [w.media for w in PLATFORM.wants(what)] == pictures
    for mode in ("api", "assisted"):
        more = content("weibo", f"图 {URL}", pictures=[*pictures, media("18.jpg")], mode=mode, identity=SAFE)
        assert "media.too_many" in [f.code for f in blocking(PLATFORM.check(more))]


def test_a_clip_goes_by_hand_only() -> None:
    clip = media("clip.mp4", kind="video")
    finding = PLATFORM.check(content("weibo", f"看 {URL}", pictures=[clip], identity=SAFE))[0]
    assert (finding.code, finding.field, finding.blocks) == ("weibo.video_by_hand", "media[0]", True)
    by_hand = content("weibo", "看", pictures=[clip], mode="assisted")
    assert PLATFORM.check(by_hand) == () and [(w.media, w.rule) for w in PLATFORM.wants(by_hand)] == [(clip, None)]
    assert found("看", pictures=[clip, media("2.mp4", kind="video")], mode="assisted") == ["media.too_many_videos"]
    assert found("看", pictures=[clip, media()], mode="assisted") == ["media.clip_alone"]
    assert found("看", pictures=[media(kind="audio")], mode="assisted") == ["media.kind_not_supported"]


def test_the_title_of_a_clip_has_thirty_characters() -> None:
    clip = [media("clip.mp4", kind="video")]
    assert found("看", title="三" * 30, pictures=clip, mode="assisted") == []
    assert found("看", title="三" * 31, pictures=clip, mode="assisted") == ["title.too_long"]
    assert found("看", title="标题", mode="assisted") == ["title.not_sent"]
    counted = PLATFORM.count(content("weibo", "看", title="三" * 31, pictures=clip, mode="assisted"))["title"]
    assert (counted.count, counted.limit, counted.over) == (31, 30, 30)


def test_topics_are_warned_of_by_the_api_only() -> None:
    assert found(f"#咖啡# {URL}") == ["weibo.topics_filtered"] == found(f"看 {URL}", tags=("咖啡",))
    assert found(f"#咖啡 {URL}") == [] == found("#咖啡#", mode="assisted")


@pytest.mark.parametrize(("text", "tags", "link", "whole"), [
    (" 看 ", (), "", "看"), ("看", ("咖啡", "#周末#", "咖啡", "a#b"), "", "看 #咖啡##周末#"),
    ("看 #咖啡#", ("咖啡",), URL, f"看 #咖啡# {URL}"), (f"看 {URL}", (), URL, f"看 {URL}"), ("", (), URL, URL),
    ("一\r\n二", (), "", "一\n二"),
])
def test_the_whole_text(text: str, tags: tuple[str, ...], link: str, whole: str) -> None:
    assert words.body(content("weibo", text, tags=tags, link=link)) == whole


def test_odds_and_ends() -> None:
    assert found("") == ["post.empty"] and found("", pictures=[media()], mode="assisted") == []
    assert found("", pictures=[media()]) == ["post.empty"]
    assert "link.unreadable" in found("看", link="nonsense")
    assert found(f"看 {URL}", safe=False)[-1:] == ["weibo.safe_domain_unknown"]
    told = PLATFORM.check(content("weibo", f"看 {URL}", identity={**SAFE, "set.rip": "home", "reviewed": "no"}))
    assert [f.code for f in told] == ["weibo.rip", "weibo.test_only"]
    assert rules.rip({"set.rip": " 2001:db8::1 "}) == "2001:db8::1" and rules.rip({}) == ""


def test_the_pace_keeps_within_what_weibo_allows() -> None:
    assert (PLATFORM.pace.daily, rules.CALLS_A_DAY.value, rules.POSTS_AN_HOUR.value) == (20, 100, 30)
    assert PLATFORM.pace.daily * rules.CALLS_OF_A_POST <= rules.CALLS_A_DAY.value


def test_a_reply_is_bound_to_the_rules_of_comments() -> None:
    assert found("没有网址", reply=True) == [] and found("周" * 141, reply=True) == ["weibo.too_long"]
    assert found("周" * 141, reply=True, mode="assisted") == ["weibo.too_long"]
    assert found("图", reply=True, pictures=[media()]) == ["weibo.comment_media"]
    assert found("图", reply=True, pictures=[media()], mode="assisted") == []
    assert PLATFORM.wants(content("weibo", "图", reply=True, pictures=[media()])) == ()


# comparing -------------------------------------------------------------------------------------------------------


@given(TEXTS)
def test_what_the_server_keeps_is_the_same_text(text: str) -> None:
    for how in ("", "whole", "signs"):
        state = State(lambda: START)
        state.filters_topics, state.escapes = how, True
        assert words.same(text.strip(), state.kept(text.strip()))


@pytest.mark.parametrize(("sent", "back", "same"), [
    (f"一 {URL}", "一 http://t.cn/A6abcdef", True), (f"一 {URL}", "一 http://b.cn/x", False),
    (f"一 {URL}", "一", False), ("一  二", "一 二", True), ("一\n\n二", "一\n二", True), ("一", "二", False),
    (f"看 {URL} " + "x" * 150, "看 http://t.cn/A6abcdef " + "x" * 50 + "...全文： http://m.weibo.cn/1/2", True),
    ("x" * 150, "x" * 140 + "...全文", True), ("x" * 150, "y" * 140 + "...全文", False), ("a &lt; b", "a < b", True),
])
def test_the_same_text_or_another(sent: str, back: str, same: bool) -> None:
    assert words.same(sent, back) is same
