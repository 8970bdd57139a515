"""Posting by hand: what a person gets to copy, and the address that comes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from studio.core.errors import NotThere, Refused
from studio.core.handoff import Link
from studio.core.post import Reply
from studio.platforms.facebook.seek import bare
from tests.platforms.facebook.desk import PLATFORM, TEXT, Desk, clip, codes, photo
from tests.servers.facebook import Facebook

PAGE = {"id": "1122", "username": "bookshop"}


def test_what_is_copied_in_the_order_it_is_needed(desk: Desk) -> None:
    file = photo(desk.folder)
    what = desk.post(uploads=[file], link="https://a.cn/x", mode="assisted", identity=PAGE,
                     replies=(Reply("第一条"), Reply("第二条")))
    handed = PLATFORM.handoff(what)
    assert handed.page == "https://www.facebook.com/bookshop" and handed.files and not handed.draft
    assert [(p.name, p.text) for p in handed.pieces] == [
        ("text", f"{TEXT}\n\nhttps://a.cn/x"), ("comment", "第一条\n\n———\n\n第二条")]
    assert handed.pieces[0].limit == 63_206 and handed.pieces[0].count == len(handed.pieces[0].text)
    assert len(handed.ticks) == 2 and "page" in handed.ticks[0].say("en")


def test_a_reel_says_so_and_an_unknown_page_is_the_site(desk: Desk) -> None:
    file = clip(desk.folder, tall=True)
    handed = PLATFORM.handoff(desk.post(uploads=[file], title="散步", options={"as": "reel"}, mode="kit"))
    assert [p.name for p in handed.pieces] == ["title", "text"] and handed.page == "https://www.facebook.com/"
    assert any("Reel" in tick.say("en") for tick in handed.ticks)
    assert PLATFORM.handoff(desk.post("", mode="kit")).pieces == ()


@pytest.mark.parametrize("address", [
    "https://www.facebook.com/", "https://www.facebook.com/bookshop", "https://www.facebook.com/bookshop/posts/",
    "https://www.facebook.com/login.php?id=1", "https://facebook.com.example.com/1_2", "https://notfacebook.com/1_2",
    "https://www.facebook.com/permalink.php?story_fbid=12", "https://www.facebook.com/bookshop/about",
])
def test_what_is_no_post(address: str) -> None:
    assert PLATFORM.link(address) is None


def verified(desk: Desk, address: str, text: str = TEXT, **more: Any) -> Any:
    link = PLATFORM.link(address)
    assert link is not None
    return PLATFORM.verify(desk.access(), desk.post(text, mode="assisted", **more), link)


@pytest.fixture
def there(desk: Desk, server: Facebook) -> Iterator[str]:
    yield server.state.by_hand(desk.page, TEXT).id


def test_a_pasted_address_is_read_and_compared(desk: Desk, server: Facebook, there: str) -> None:
    number = there.split("_")[1]
    for address in (f"https://www.facebook.com/{there}", f"https://m.facebook.com/bookshop/posts/{number}?mibextid=x"):
        proof = verified(desk, address)
        assert proof.whole and proof.url == f"https://www.facebook.com/bookshop/posts/{number}"


def test_an_id_of_the_site_is_found_by_its_address(desk: Desk, server: Facebook, there: str) -> None:
    from tests.servers import facebook_bodies

    usual = facebook_bodies.post
    pasted = "https://www.facebook.com/bookshop/posts/pfbid02AbC"
    try:
        facebook_bodies.post = lambda state, made, fields: {
            **usual(state, made, fields), "permalink_url": f"{pasted}?locale=x"}
        assert verified(desk, f"{pasted}?__cft__=1").whole
        with pytest.raises(NotThere):
            verified(desk, "https://www.facebook.com/bookshop/posts/pfbid0Other")
    finally:
        facebook_bodies.post = usual


def test_a_text_that_was_touched_up_shows_and_another_is_not_it(desk: Desk, server: Facebook, there: str) -> None:
    address = f"https://www.facebook.com/{there}"
    touched = verified(desk, address, TEXT.replace("周末", "这周末"))
    assert not touched.whole and touched.lines[0].found == TEXT
    with pytest.raises(Refused) as other:
        verified(desk, address, "完全不同的一段话，讲的是别的事情")
    assert codes(other.value) == ["handoff.not_it"]


def test_a_post_of_somebody_else_is_not_it(desk: Desk, server: Facebook) -> None:
    tom = server.state.person("Tom")
    other = server.state.page(tom, "Other")
    post = server.state.by_hand(other, TEXT)
    with pytest.raises(NotThere):  # this token does not even see it
        verified(desk, f"https://www.facebook.com/{post.id}")
    post.page = desk.page.id
    server.state.pages[desk.page.id], kept = other, server.state.pages[desk.page.id]
    try:
        with pytest.raises(Refused) as refused:
            verified(desk, f"https://www.facebook.com/{post.id}")
    finally:
        server.state.pages[desk.page.id] = kept
    assert codes(refused.value) == ["handoff.not_it"]


def test_a_video_by_hand(desk: Desk) -> None:
    file = clip(desk.folder, tall=True)
    publisher, _, _, receipt = desk.send(desk.post(uploads=[file], options={"as": "reel"}), [file])
    video = publisher.check(receipt).handle["video"]
    assert verified(desk, f"https://www.facebook.com/reel/{video}", uploads=[file]).whole


def test_what_the_api_cannot_follow_is_not_claimed(desk: Desk, server: Facebook) -> None:
    assert verified(desk, "https://www.facebook.com/share/p/1AbC/") is None
    desk.secrets = {}
    assert PLATFORM.verify(desk.access(), desk.post(), Link("https://www.facebook.com/1_2", {"post": "1_2"})) is None
    assert server.seen == []


@pytest.mark.parametrize(("url", "leads"), [
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.cn%2Fx%3Fb%3D1&h=AT0", "https://a.cn/x?b=1"),
    ("https://a.cn/?u=https://b.cn", "https://a.cn/?u=https://b.cn"), ("https://[bad", "https://[bad"),
])
def test_facebooks_own_address_around_a_link(url: str, leads: str) -> None:
    assert bare(url) == leads
