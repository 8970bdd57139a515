"""A post made by hand on the server's own page, and the address that is pasted back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studio.core.errors import Later, NotThere, Refused, SignInAgain
from studio.core.handoff import Link
from studio.core.post import Account, Reply
from tests.platforms.fakes import Offline, access, content, media
from tests.platforms.mastodon.desk import PLATFORM, Desk, codes

HOME = {"server": "https://example.social", "domain": "social.test", "characters": "5000"}


@pytest.mark.parametrize(("pasted", "user", "id"), [
    ("https://example.social/@mei/109302436954721982", "mei", "109302436954721982"),
    ("https://example.social/users/mei/statuses/109302436954721982", "mei", "109302436954721982"),
    ("看 https://example.social/@mei_2/1?x=1#top 吧", "mei_2", "1"), ("https://a.test:3000/@mei/12/", "mei", "12"),
])
def test_what_is_a_post_anywhere(pasted: str, user: str, id: str) -> None:
    link = PLATFORM.link(pasted)
    assert link is not None and link.handle == {"user": user, "id": id}


@pytest.mark.parametrize("pasted", [
    "", "example.social/@mei/1", "https://example.social/@mei", "https://example.social/@mei@other.social/1",
    "https://example.social/@mei/abc", "https://example.social/@mei/1/reblogs", "https://example.com/x",
    "https://example.social/users/mei", "https://example.social/about",
])
def test_what_is_none(pasted: str) -> None:
    assert PLATFORM.link(pasted) is None


def test_what_is_handed_over() -> None:
    what = content(
        "mastodon", "周末", mode="assisted", link="https://a.cn/x", tags=("咖啡",), identity=HOME, title="T",
        options={"spoiler_text": "剧透", "visibility": "private"}, pictures=[media(alt="杯子")],
    )
    handed = PLATFORM.handoff(what)
    assert handed.page == "https://example.social/publish" and handed.files
    (text,) = handed.pieces
    assert (text.name, text.text, text.limit) == ("text", "周末\n\nhttps://a.cn/x\n\n#咖啡", 5000)
    assert text.count == PLATFORM.count(what)["text"].count
    assert [words.zh_TW for words in handed.ticks] == ["內容警告：剧透", "可見範圍：跟隨者", "給每張圖片填上說明文字"]
    poll = replace(what, media=(), options={"poll": {"options": ["茶", "咖啡"]}})
    assert [words.en for words in PLATFORM.handoff(poll).ticks] == ["Poll: 茶 / 咖啡"]
    hidden = replace(what, options={"sensitive": True}, media=(media(alt=""),))
    assert [words.en for words in PLATFORM.handoff(hidden).ticks] == ["Mark the media as sensitive"]
    thread = replace(hidden, options={}, replies=(Reply("二"), Reply(" "), Reply("三")))
    assert [(p.name, p.text) for p in PLATFORM.handoff(thread).pieces][1:] == [("comment", "二\n\n———\n\n三")]
    assert "依次作为回复" in PLATFORM.handoff(thread).ticks[0].zh_CN


@pytest.mark.parametrize(("handle", "page"), [
    ("@mei@Example.social", "https://example.social/publish"), ("mei@a.b.social", "https://a.b.social/publish"),
    ("mei", ""), ("", ""), ("mei@localhost", ""), ("mei@example.social/x", ""), ("two words@x.y", ""),
])
def test_the_server_is_in_the_handle_of_who_never_signed_in(handle: str, page: str) -> None:
    what = content("mastodon", "周末", mode="assisted", handle=handle)
    assert PLATFORM.handoff(what).page == (page or PLATFORM.home)
    relayed = replace(what, identity={"server": "http://127.0.0.1:3000"})
    assert PLATFORM.handoff(relayed).page == PLATFORM.home


def test_by_hand_a_server_that_nobody_asked_may_take_more() -> None:
    pictures = [media(str(n)) for n in range(5)]
    what = content("mastodon", "周" * 501, mode="assisted", pictures=pictures)
    found = [("text.too_long", "text"), ("media.too_many", "media")]
    told = replace(what, identity={"characters": "500", "media": "4"})
    kit, api = replace(what, mode="kit"), replace(what, mode="api")
    for given, severity in ((what, "warning"), (kit, "warning"), (api, "error"), (told, "error")):
        assert [(f.severity, f.code, f.field) for f in PLATFORM.check(given)] == [(severity, *each) for each in found]


# the pasted link -------------------------------------------------------------------------------------------------


def link_of(desk: Desk, **post: Any) -> Link:
    """The address of a post that a person made on the page."""
    given = {"status": "周末好去处 #咖啡", "spoiler_text": "", "visibility": "public", **post}
    status = desk.server.state.publish(post.pop("owner", desk.mei), given, [])
    return Link(f"{desk.server.url}/@mei/{status.id}", {"user": "mei", "id": status.id})


def test_what_was_posted_is_read_and_compared(desk: Desk) -> None:
    what = desk.post("周末好去处 #咖啡", mode="assisted")
    proof = PLATFORM.verify(desk.access(), what, link_of(desk))
    assert proof is not None and proof.whole and proof.url.startswith(desk.server.url)
    assert proof.at is not None and [line.what for line in proof.lines] == ["text", "media"]
    changed = PLATFORM.verify(desk.access(), what, link_of(desk, status="周末好去处 #咖啡！"))
    assert changed is not None and not changed.whole
    asked = replace(what, options={"visibility": "unlisted", "spoiler_text": "剧透"})
    proof = PLATFORM.verify(desk.access(), asked, link_of(desk, spoiler_text="剧透"))
    assert proof is not None and [line.what for line in proof.lines if not line.same] == ["visibility"]


def test_what_is_not_it(desk: Desk) -> None:
    what = desk.post("周末好去处 #咖啡", mode="assisted")
    mine = link_of(desk)
    lin = desk.server.state.person("lin")
    others = [
        link_of(desk, owner=lin), link_of(desk, status="今天不发周末的内容了，明天见。"),
        Link("https://other.social/@mei/" + mine.handle["id"], mine.handle),
    ]
    for link in others:
        with pytest.raises(Refused) as refused:
            PLATFORM.verify(desk.access(), what, link)
        assert codes(refused.value) == ["handoff.not_it"]
    with pytest.raises(NotThere):
        PLATFORM.verify(desk.access(), what, Link(f"{desk.server.url}/@mei/1", {"user": "mei", "id": "1"}))


def test_the_domain_of_the_handle_is_the_servers_too(desk: Desk) -> None:
    mine = link_of(desk)
    by_domain = Link("https://www.social.test/@mei/" + mine.handle["id"], mine.handle)
    assert PLATFORM.verify(desk.access(), desk.post("周末好去处 #咖啡"), by_domain) is not None


def test_without_a_sign_in_nothing_is_asked(desk: Desk) -> None:
    account = Account("a", "mastodon", "assisted", identity=HOME)
    offline = Offline()
    link = PLATFORM.link("https://other.social/@mei/1")
    assert link is not None
    assert PLATFORM.verify(access(account, offline, desk.folder), desk.post(), link) is None and not offline.calls


def test_a_server_that_does_not_answer(desk: Desk) -> None:
    link = link_of(desk)
    desk.server.state.tokens.clear()
    with pytest.raises(SignInAgain):
        PLATFORM.verify(desk.access(), desk.post(), link)
    desk.server.down = True
    with pytest.raises(Later):
        PLATFORM.verify(desk.access(), desk.post(), link)
