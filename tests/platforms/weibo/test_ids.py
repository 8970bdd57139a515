"""Numbers and their short form, held against the server's own conversions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.platforms import get
from studio.platforms.weibo import ids
from tests.platforms.weibo.desk import Desk
from tests.servers.weibo_state import base62

MIDS = st.integers(1, 10**18)


@given(MIDS)
def test_there_and_back(mid: int) -> None:
    assert ids.long(ids.short(str(mid))) == str(mid)


@given(MIDS)
def test_it_is_as_the_server_does_it(mid: int) -> None:
    assert ids.short(str(mid)) == base62(mid)


@given(st.text(max_size=20))
def test_what_is_no_number_is_none(text: str) -> None:
    assert ids.short(text) == "" or text.isdigit()
    assert ids.long(text) == "" or ids.long(text).isdigit()


def test_the_known_forms() -> None:
    assert ids.short("4885639100630954") == base62(4885639100630954) == "MzVRA2E8G"  # named by a client of others
    assert ids.short("3504803600502730") == "z20XK26My"
    assert ids.long("zzzz-") == ids.long("") == ids.short("12a") == "" and ids.long("ZZZZ") == ""
    assert ids.short("10000000") == "10000" and ids.long("10000") == "10000000"
    assert ids.address("1", "") == ids.address("", "x") == "" and ids.address("1", "x") == "https://weibo.com/1/x"


def test_the_server_converts_both_ways(desk: Desk) -> None:
    receipt = desk.send(desk.post())[3]
    access = desk.access()

    def asked(path: str, **params: str) -> dict[str, str]:
        headers = {"Authorization": f"OAuth2 {desk.token}"}
        return dict(access.transport.request("GET", desk.server.url + path, params=params, headers=headers).data())

    short = ids.short(str(receipt.handle["mid"]))
    assert asked("/2/statuses/querymid.json", id=str(receipt.handle["id"]), type="1") == {"mid": short}
    found = asked("/2/statuses/queryid.json", mid=short, type="1", isBase62="1")
    assert found == {"id": receipt.handle["id"]}


@pytest.mark.parametrize(("pasted", "handle"), [
    ("https://weibo.com/1404376560/z20XK26My", {"uid": "1404376560", "bid": "z20XK26My"}),
    ("https://www.weibo.com/1404376560/z20XK26My?type=comment#_rnd", {"uid": "1404376560", "bid": "z20XK26My"}),
    ("http://weibo.com/1404376560/z20XK26My/", {"uid": "1404376560", "bid": "z20XK26My"}),
    ("https://m.weibo.cn/detail/3504803600502730", {"id": "3504803600502730"}),
    ("https://m.weibo.cn/status/3504803600502730", {"id": "3504803600502730"}),
    ("https://weibo.com/detail/3504803600502730", {"id": "3504803600502730"}),
    ("https://m.weibo.cn/1404376560/3504803600502730", {"uid": "1404376560", "id": "3504803600502730"}),
    ("https://weibo.com/1404376560/3504803600502730", {"uid": "1404376560", "id": "3504803600502730"}),
    ("https://m.weibo.cn/status/z20XK26My", {"bid": "z20XK26My"}),
    ("分享微博 https://weibo.com/1404376560/z20XK26My 快来看", {"uid": "1404376560", "bid": "z20XK26My"}),
])
def test_links_that_are_posts(pasted: str, handle: dict[str, str]) -> None:
    link = get("weibo").link(pasted)
    assert link is not None and dict(link.handle) == handle


@pytest.mark.parametrize("pasted", [
    "", "z20XK26My", "https://weibo.com/", "https://weibo.com/u/1404376560", "https://weibo.com/1404376560",
    "https://weibo.com.evil.cn/1404376560/z20XK26My", "https://example.com/1404376560/z20XK26My",
    "https://weibo.com/1404376560/profile", "https://weibo.com/name/z20XK26My", "https://weibo.com/1404376560/z20-XK26",
])
def test_links_that_are_none(pasted: str) -> None:
    assert get("weibo").link(pasted) is None
