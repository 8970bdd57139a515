"""By hand: what is copied, what is ticked, a draft that lies there, and the link that comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from studio.core.errors import Refused
from studio.core.handoff import HandOff, Link
from tests.platforms.fakes import content, media
from tests.platforms.wechat.desk import PLATFORM, Desk, codes
from tests.servers.wechat import WeChat

LONG = (
    "https://mp.weixin.qq.com/s?__biz=MzA4MDEyMzQ1Ng==&mid=2650177669&idx=1&sn=0a1b2c&chksm=88&scene=27#wechat_redirect"
)


def handed(text: str = "甲 ![](b.jpg)\n\n**乙**", made: Any = None, **more: Any) -> HandOff:
    pictures = [media("a.jpg"), media("b.jpg")]
    what = content("wechat", text, pictures=pictures, mode="assisted", **{"title": "周末", **more})
    return PLATFORM.handoff(what, made)


def test_everything_is_laid_ready_in_the_order_of_the_editor() -> None:
    options = {"author": "梅", "digest": "两段", "open_comment": True, "fans_only": "yes"}
    found = handed(options=options, link="https://example.com/a")
    assert [piece.name for piece in found.pieces] == ["title", "author", "text", "digest", "link"]
    text = found.pieces[2]
    assert text.html.index("[02 b.jpg]") < text.html.index("<strong>乙</strong>") < text.html.index("[01 a.jpg]")
    assert "yigao" not in text.html and text.text == "甲 [02 b.jpg]\n乙\n[01 a.jpg]"
    assert found.files and not found.draft and found.page == "https://mp.weixin.qq.com"
    assert (found.pieces[0].count, found.pieces[0].limit) == (2, 64)
    assert len(found.ticks) == 4 and all(tick.en and tick.zh_CN and tick.zh_TW for tick in found.ticks)


def test_what_is_empty_is_left_out_and_code_never_gets_onto_the_clipboard() -> None:
    found = handed("<script>x()</script>\n\n甲 [x](javascript:y)")
    assert [piece.name for piece in found.pieces] == ["title", "text"]
    assert not re.search("script|javascript", found.pieces[1].html)


def test_an_image_post_is_title_text_and_files() -> None:
    found = handed("咖啡 **x**", options={"type": "image"})
    assert [(p.name, p.text, p.html) for p in found.pieces] == [("title", "周末", ""), ("text", "咖啡 **x**", "")]
    assert found.pieces[0].limit == 32 and found.files


def test_a_draft_that_lies_there_needs_its_button_only() -> None:
    found = handed(made={"media_id": "abc"})
    assert found.draft and found.pieces == () and not found.files and len(found.ticks) == 2


@pytest.mark.parametrize(("pasted", "handle"), [
    ("https://mp.weixin.qq.com/s/Abc_dEF-123456", {"key": "Abc_dEF-123456"}),
    (f"看看这篇 {LONG}", {"biz": "MzA4MDEyMzQ1Ng%3D%3D", "mid": "2650177669", "idx": "1", "sn": "0a1b2c"}),
    ("http://mp.weixin.qq.com/s?__biz=abc&mid=1&idx=2", {"biz": "abc", "mid": "1", "idx": "2"}),
])
def test_links_of_articles_are_recognised(pasted: str, handle: dict[str, str]) -> None:
    found = PLATFORM.link(pasted)
    assert found is not None and found.handle == handle and "chksm" not in found.url
    assert found.url.startswith("https://mp.weixin.qq.com/s")


@pytest.mark.parametrize("pasted", [
    "https://mp.weixin.qq.com/", "https://mp.weixin.qq.com/s?mid=1", "https://example.com/s/Abc_dEF-123456",
    "https://mp.weixin.qq.com.example.com/s/Abc_dEF-123456", "nonsense", "",
])
def test_other_links_are_not(pasted: str) -> None:
    assert PLATFORM.link(pasted) is None


# -- is it the one that was handed over? -------------------------------------------------------------------------


def published(desk: Desk, **more: Any) -> Link:
    publisher, *_, receipt = desk.send(desk.post(**more))
    found = PLATFORM.link(desk.done(publisher, receipt).url)
    assert found is not None
    return found


def test_the_right_article_is_proved(desk: Desk) -> None:
    link = published(desk)
    proof = PLATFORM.verify(desk.access(), desk.post(), link)
    assert proof is not None and proof.whole and {line.what for line in proof.lines} >= {"title", "text"}


def test_another_article_is_not_taken(desk: Desk) -> None:
    link = published(desk)
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), desk.post(title="另一篇"), link)
    assert codes(refused.value) == ["handoff.not_it"]


def test_where_it_cannot_be_read_nobody_says_anything(desk: Desk, server: WeChat) -> None:
    link = published(desk)
    assert PLATFORM.verify(desk.access(secrets={}), desk.post(), link) is None
    unknown = PLATFORM.link("https://mp.weixin.qq.com/s/Abc_dEF-123456")
    assert unknown is not None and PLATFORM.verify(desk.access(), desk.post(), unknown) is None
    server.state.verified = False
    assert PLATFORM.verify(desk.access(), desk.post(), link) is None
