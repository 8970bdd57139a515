"""By hand: what is copied, where it is posted, and the link that comes back."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from studio.core.errors import Later, NotThere, Refused
from studio.core.handoff import HandOff, Link
from studio.core.post import Content, Reply
from tests.platforms.fakes import content, media
from tests.platforms.weibo.desk import PLATFORM, Desk, codes, photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.weibo_state import base62


def handed(text: str = "周末", **more: Any) -> HandOff:
    return PLATFORM.handoff(content("weibo", text, mode="assisted", **more))


def test_pictures_go_into_the_composer() -> None:
    off = handed("九宫格", tags=("咖啡",), pictures=[media(f"{n}.jpg") for n in range(9)])
    assert (off.page, off.files, off.scan, off.draft) == ("https://weibo.com", True, "", False)
    assert [(p.name, p.text, p.count, p.limit) for p in off.pieces] == [("text", "九宫格 #咖啡#", 7, 2000)]
    assert len(off.ticks) == 1 and all(word.en and word.zh_CN and word.zh_TW for word in off.ticks)


def test_a_clip_has_its_title_first() -> None:
    off = handed("看", title="十秒的街", pictures=[media("a.mp4", kind="video")])
    assert [(p.name, p.text, p.limit) for p in off.pieces] == [("title", "十秒的街", 30), ("text", "看", 2000)]


def test_comments_are_copied_as_well() -> None:
    off = handed("看", replies=(Reply("第一条评论"), Reply(""), Reply(" 第二条 ")))
    assert [(p.name, p.text) for p in off.pieces] == [("text", "看"), ("comment", "第一条评论\n\n第二条")]
    assert len(off.ticks) == 2


def test_a_text_alone_opens_the_share_page_filled_in() -> None:
    off = handed("看地图", link="https://example.com/map?a=1&b=2", identity={"app_key": "123"})
    parts = urlsplit(off.page)
    assert (parts.netloc, parts.path, off.files) == ("service.weibo.com", "/share/share.php", False)
    assert parse_qs(parts.query) == {
        "title": ["看地图"], "url": ["https://example.com/map?a=1&b=2"], "appkey": ["123"], "language": ["zh_cn"],
    }
    assert off.pieces[0].text == "看地图 https://example.com/map?a=1&b=2"
    assert handed("看" * 141).page == "https://weibo.com" == handed("").page


# the link --------------------------------------------------------------------------------------------------------


def posted(desk: Desk, text: str, picture: bool = False) -> Link:
    """Somebody posted it by hand, and copied its address."""
    raw = photo(desk.folder).path.read_bytes() if picture else None
    status = desk.server.state.share(desk.server.state.tokens[desk.token], text, raw, free=True)
    link = PLATFORM.link(f"https://weibo.com/{desk.mei.uid}/{base62(status.mid)}")
    assert link is not None
    return link


def by_hand(text: str, **more: Any) -> Content:
    return content("weibo", text, mode="assisted", **more)


def test_a_link_is_read_and_compared(desk: Desk) -> None:
    link = posted(desk, "旧书店的二楼", picture=True)
    proof = PLATFORM.verify(desk.access(), by_hand("旧书店的二楼", pictures=[media()]), link)
    assert proof is not None and proof.whole and proof.url == link.url and proof.at == desk.clock.at
    id = f"https://m.weibo.cn/detail/{desk.last().id}"
    other = PLATFORM.link(id)
    assert other is not None
    again = PLATFORM.verify(desk.access(), by_hand("旧书店的二楼"), other)
    assert again is not None and [line.what for line in again.lines if not line.same] == ["media"]


def test_a_word_that_was_changed_while_pasting_is_told(desk: Desk) -> None:
    link = posted(desk, "旧书店的二楼，一下午的太阳")
    proof = PLATFORM.verify(desk.access(), by_hand("旧书店的二楼，一下午的阳光"), link)
    assert proof is not None and not proof.whole


def test_links_that_are_not_it(desk: Desk) -> None:
    link = posted(desk, "完全不同的一段话，说的是别的事情")
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand("周末好去处：旧书店的二楼"), link)
    assert codes(refused.value) == ["handoff.not_it"]
    theirs = PLATFORM.link("https://weibo.com/1404376560/z20XK26My")
    assert theirs is not None
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand("x"), theirs)
    assert codes(refused.value) == ["handoff.not_it"]
    desk.last().user = desk.server.state.user("somebody")
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(), by_hand("完全不同"), link)
    assert codes(refused.value) == ["handoff.not_it"]


def test_the_same_words_of_somebody_else_are_not_it(desk: Desk, proxy: FaultProxy) -> None:
    """An app with more permissions may be shown what others wrote."""
    posted(desk, "旧书店的二楼")
    link = PLATFORM.link(f"https://m.weibo.cn/detail/{desk.last().id}")
    assert link is not None
    theirs = {"id": 1404376560, "idstr": "1404376560"}
    proxy.change(lambda status, data: (status, {**data, "user": theirs}), only="statuses/show")
    with pytest.raises(Refused) as refused:
        PLATFORM.verify(desk.access(url=proxy.url), by_hand("旧书店的二楼"), link)
    assert codes(refused.value) == ["handoff.not_it"]


def test_a_post_that_is_not_there(desk: Desk) -> None:
    link = posted(desk, "很快就删")
    desk.server.state.statuses.clear()
    with pytest.raises(NotThere):
        PLATFORM.verify(desk.access(), by_hand("很快就删"), link)


def test_where_nobody_is_signed_in_a_persons_word_stands(desk: Desk) -> None:
    link = posted(desk, "看")
    assert PLATFORM.verify(desk.access(secrets={}), by_hand("别的"), link) is None
    desk.server.fault("error", only="statuses/show", code=10014)
    assert PLATFORM.verify(desk.access(), by_hand("看"), link) is None
    desk.server.fault("5xx_before", only="statuses/show", times=3)
    with pytest.raises(Later):
        PLATFORM.verify(desk.access(), by_hand("看"), link)


def test_a_long_text_is_known_by_its_beginning(desk: Desk) -> None:
    text = "很长的一段话，" * 40
    link = posted(desk, "占位")
    desk.last().text = text[:140] + "...全文"
    proof = PLATFORM.verify(desk.access(), by_hand(text), link)
    assert proof is not None and proof.whole


def test_pictures_alone_get_a_text_of_weibos_own(desk: Desk) -> None:
    link = posted(desk, "分享图片", picture=True)
    proof = PLATFORM.verify(desk.access(), by_hand("", pictures=[media()]), link)
    assert proof is not None
