"""What a message may be, and what a person gets into their hands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from studio.core.post import Account, Content
from studio.platforms import get
from studio.platforms.telegram import rules
from tests.platforms.fakes import content, media
from tests.platforms.layouts import TEXTS

CHANNEL = get("telegram")


def post(text: str = "hello", **more: Any) -> Content:
    return content("telegram", text, **{"mode": "assisted", **more})


def codes(of: Content) -> list[tuple[str, str, str]]:
    return [(f.severity, f.code, f.field) for f in CHANNEL.check(of)]


def test_a_message_and_a_caption_have_their_own_limits() -> None:
    assert codes(post("周" * 4096)) == [] and codes(post("周" * 4097)) == [("error", "text.too_long", "text")]
    assert codes(post("周" * 1024, pictures=[media()])) == []
    assert codes(post("周" * 1025, pictures=[media()])) == [("error", "text.too_long", "text")]
    assert codes(post("周" * 2048, pictures=[media()], identity={"set.caption": "2048"})) == []
    assert CHANNEL.count(post("👍" * 2049))["text"].count == 4098
    assert CHANNEL.count(post(" 👍" + "周" * 4096))["text"].over == 4096


def test_signs_are_not_counted() -> None:
    count = CHANNEL.count(post("**" + "周" * 4096 + "**a"))["text"]
    assert (count.count, count.over) == (4097, 4100)


@given(TEXTS)
def test_where_the_limit_is_passed(text: str) -> None:
    count = CHANNEL.count(post(text * 30, pictures=[media()]))["text"]
    assert (count.over is None) is (count.count <= 1024) and (count.over or 0) <= len(text * 30)


def test_tags_and_link_stand_in_the_message() -> None:
    what = post("去了 #咖啡", tags=("咖啡", "citywalk", "two words"), link="https://example.com/a", title="标题")
    assert rules.body(what) == "去了 #咖啡\n\n#citywalk\n\nhttps://example.com/a"
    assert codes(what) == [("warning", "tags.not_one_word", "tags[2]")]
    assert rules.page_address(what) == "https://example.com/a" and rules.page_address(post("a.com/x")) == "https://a.com/x"


def test_what_it_is_made_of() -> None:
    clip = media("a.mp4", kind="video")
    assert codes(post(pictures=[media(), clip])) == [] == codes(post("", pictures=[clip]))
    assert codes(post(pictures=[media(str(n)) for n in range(11)])) == [("error", "media.too_many", "media")]
    assert codes(post(pictures=[media("a.mp3", kind="audio")])) == [("error", "media.kind_not_supported", "media[0]")]
    assert codes(post(link="nonsense")) == [("error", "link.unreadable", "link")]
    assert codes(post(title="标题")) == [("info", "title.not_sent", "title")]
    assert codes(post(" ")) == [("error", "post.empty", "text")]


def test_what_a_person_gets() -> None:
    handed = CHANNEL.handoff(post(pictures=[media("a"), media("b")]))
    assert [(p.name, p.count, p.limit) for p in handed.pieces] == [("text", 5, 1024)] and handed.files
    assert len(handed.ticks) == 3 and len(CHANNEL.handoff(post()).ticks) == 1


@pytest.mark.parametrize(("handle", "page"), [
    ("@mei_cafe", "https://t.me/s/mei_cafe"), ("", CHANNEL.home), ("a b", CHANNEL.home), ("梅梅梅梅", CHANNEL.home),
])
def test_where_the_channel_is_read(handle: str, page: str, tmp_path) -> None:
    assert CHANNEL.page(Account("a", "telegram", "assisted", handle=handle), tmp_path) == page


@pytest.mark.parametrize("pasted", [
    "https://t.me/mei_cafe", "https://t.me/joinchat/AbC", "https://t.me.example.com/mei_cafe/1", "https://t.me/a/1",
])
def test_what_is_no_message(pasted: str) -> None:
    assert CHANNEL.link(pasted) is None
