"""What a post may be, and what a person gets into their hands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from studio.core.post import Content
from studio.platforms import get
from studio.platforms.linkedin import rules
from tests.platforms.fakes import content, media
from tests.platforms.layouts import TEXTS

POST = get("linkedin")


def post(text: str = "hello", **more: Any) -> Content:
    return content("linkedin", text, **{"mode": "assisted", **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in POST.check(of)]


def test_tags_stand_in_the_text_and_the_link_does_not() -> None:
    what = post("去了旧书店 #咖啡", tags=("咖啡", "citywalk", "two words"), link="https://example.com/a")
    assert rules.body(what) == "去了旧书店 #咖啡\n\n#citywalk"
    assert POST.count(what)["text"].count == len(rules.body(what))
    assert codes(what) == [("warning", "tags.not_one_word", "tags[2]")]


def test_three_thousand_characters() -> None:
    assert codes(post("周" * 3000)) == [] and codes(post("周" * 3001)) == [("error", "text.too_long", "text")]
    assert POST.count(post(" " + "周" * 3001))["text"].over == 3001
    assert POST.count(post("周" * 2999, tags=("ab",)))["text"].over == 2999


@given(TEXTS)
def test_where_the_limit_is_passed_is_in_the_text(text: str) -> None:
    count = POST.count(post(text * 9, tags=("咖啡",)))["text"]
    assert (count.over is None) is (count.count <= 3000) and (count.over or 0) <= len(text * 9)


def test_media() -> None:
    clip = media("a.mp4", kind="video")
    assert codes(post(pictures=[media(str(n)) for n in range(20)])) == [] == codes(post("", pictures=[clip]))
    assert codes(post(pictures=[media(str(n)) for n in range(21)])) == [("error", "media.too_many", "media")]
    assert codes(post(pictures=[media(), clip])) == [("error", "media.clip_alone", "media")]
    assert codes(post(pictures=[media("a.mp3", kind="audio")])) == [("error", "media.kind_not_supported", "media[0]")]
    assert codes(post(pictures=[media(alt="")])) == [("warning", "media.no_alt", "media[0].alt")]


def test_link_and_title() -> None:
    assert codes(post(link="nonsense")) == [("error", "link.unreadable", "link")]
    assert codes(post(link="https://a.cn", pictures=[media()])) == [("warning", "link.not_in_text", "link")]
    assert codes(post(title="标题")) == [("info", "title.not_sent", "title")]
    assert codes(post(title="标题", link="https://a.cn")) == [] == codes(post("", link="https://a.cn"))
    assert rules.card_address(post("看 https://b.cn/x 吧")) == "https://b.cn/x"
    assert codes(post(" ")) == [("error", "post.empty", "text")]


def test_what_a_person_gets() -> None:
    handed = POST.handoff(post("你好 @梅", tags=("咖啡",), link="https://a.cn"))
    assert [(p.name, p.text, p.limit) for p in handed.pieces] == [
        ("text", "你好 @梅\n\n#咖啡", 3000), ("link", "https://a.cn", None)]
    assert len(handed.ticks) == 2 and not handed.files and handed.page.startswith("https://www.linkedin.com/feed/")
    assert len(POST.handoff(post(pictures=[media()])).ticks) == 1


@pytest.mark.parametrize("pasted", [
    "https://www.linkedin.com/in/mei", "https://www.linkedin.com/feed/", "https://linkedin.com.example.com/posts/a-1",
    "https://www.linkedin.com/posts/mei-activity-12", "https://lnkd.in/gAbC123",
])
def test_what_is_no_post(pasted: str) -> None:
    assert POST.link(pasted) is None
