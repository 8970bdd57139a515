"""The contract server before an independent client (wechatpy), and what our adapter made, read by that client.

So the server and the adapter are not wrong together. The client knows the platform's own host only: an adapter of its
HTTP library sends everything to the loopback instead. Drafts, publishing and comments are newer than it, so they go
through its general calls.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

from tests.platforms.wechat.desk import Clock, Desk
from tests.servers.wechat import WeChat

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of that library's own while it is imported
    from wechatpy import WeChatClient  # type: ignore[import-untyped]
    from wechatpy.exceptions import (  # type: ignore[import-untyped]
        APILimitedException,
        WeChatClientException,
    )


class Loopback(HTTPAdapter):
    """Sends what is meant for the platform to the server of the test."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.there = urlsplit(url)

    def send(self, request: requests.PreparedRequest, **more: Any) -> requests.Response:  # type: ignore[override]
        parts = urlsplit(str(request.url))
        assert parts.netloc == "api.weixin.qq.com"
        request.url = urlunsplit((self.there.scheme, self.there.netloc, parts.path, parts.query, ""))
        return super().send(request, **more)


@pytest.fixture
def client(server: WeChat) -> Iterator[Any]:
    made = WeChatClient(server.state.app_id, server.state.secret)
    made._http.mount("https://", Loopback(server.url))
    yield made
    made._http.close()


def picture(folder: Path, size: tuple[int, int] = (900, 383)) -> BytesIO:
    """A JPEG with a name, as the client wants it."""
    from PIL import Image

    made = BytesIO()
    Image.new("RGB", size, "teal").save(made, "JPEG")
    made.seek(0)
    made.name = "photo.jpg"
    return made


def article(cover: str, **more: Any) -> dict[str, Any]:
    return {"title": "周末好去处", "content": "<p>旧书店</p>", "thumb_media_id": cover, **more}


def test_it_gets_a_token_and_is_refused_with_a_wrong_secret(client: Any, server: WeChat) -> None:
    told = client.fetch_access_token()
    assert told["expires_in"] == 7200 and client.access_token == told["access_token"]
    client.secret = "wrong"
    with pytest.raises(WeChatClientException) as refused:
        client.fetch_access_token()
    assert refused.value.errcode == 40125
    client.secret = server.state.secret
    server.state.listed = set()
    with pytest.raises(WeChatClientException) as address:
        client.fetch_access_token()
    assert address.value.errcode == 40164 and "203.0.113.7" in address.value.errmsg


def test_it_renews_a_stale_token_by_itself(client: Any, server: WeChat) -> None:
    client.fetch_access_token()
    server.state.expire_token(42001)
    assert client.get("material/get_materialcount")["image_count"] == 0
    assert server.asked("/cgi-bin/material/get_materialcount") == 2


def test_pictures_go_up(client: Any, server: WeChat, tmp_path: Path) -> None:
    assert client.media.upload_image(picture(tmp_path)).startswith("http://mmbiz.qpic.cn/")
    made = client.material.add("image", picture(tmp_path))
    assert made["media_id"] in server.state.materials
    with pytest.raises(WeChatClientException) as kind:
        client.media.upload_image(BytesIO(b"GIF89a"))
    assert kind.value.errcode in (40005, 41005)
    big = BytesIO(b"\xff\xd8\xff" + b"\0" * (1 << 20))
    big.name = "big.jpg"
    with pytest.raises(WeChatClientException) as size:
        client.media.upload_image(big)
    assert size.value.errcode == 40009


def test_a_draft_is_made_published_and_read(client: Any, server: WeChat, tmp_path: Path) -> None:
    cover = client.material.add("image", picture(tmp_path))["media_id"]
    content = '<p>甲<img src="https://example.com/x.png"><img src="http://mmbiz.qpic.cn/a/0"></p>'
    draft = client.post("draft/add", data={"articles": [article(cover, content=content)]})["media_id"]
    assert client.get("draft/count")["total_count"] == 1
    there = client.post("draft/get", data={"media_id": draft})["news_item"][0]
    assert there["content"] == '<p>甲<img src="http://mmbiz.qpic.cn/a/0"></p>'
    assert server.state.stripped == ["https://example.com/x.png"], "foreign pictures go without a word"
    job = client.post("freepublish/submit", data={"media_id": draft})
    states = [client.post("freepublish/get", data={"publish_id": job["publish_id"]}) for _ in range(2)]
    assert [s["publish_status"] for s in states] == [1, 0]
    done = client.post("freepublish/getarticle", data={"article_id": states[1]["article_id"]})
    assert done["news_item"][0]["title"] == "周末好去处" and done["news_item"][0]["digest"] == "甲"
    assert client.get("draft/count")["total_count"] == 0
    listed = client.post("freepublish/batchget", data={"offset": 0, "count": 20, "no_content": 1})
    assert listed["total_count"] == 1 and listed["item"][0]["article_id"] == states[1]["article_id"]
    server.assert_raw()


@pytest.mark.parametrize(("change", "code"), [
    ({"title": "题" * 65}, 45003), ({"digest": "摘" * 129}, 45004), ({"content": "周" * 20_000}, 45002),
    ({"content": "<p><a href=\"javascript:x\">甲</a></p>"}, 45166), ({"thumb_media_id": "none"}, 40007),
    ({"pic_crop_1_1": "0_0_1_1.0000001"}, 47001), ({"pic_crop_235_1": "1_0_0_1"}, 47001),
])
def test_what_the_platform_refuses_is_refused(
    client: Any, tmp_path: Path, change: dict[str, str], code: int
) -> None:
    cover = client.material.add("image", picture(tmp_path))["media_id"]
    with pytest.raises(WeChatClientException) as refused:
        client.post("draft/add", data={"articles": [article(cover, **change)]})
    assert refused.value.errcode == code


@pytest.mark.parametrize("empty", [{}, {"articles": []}, {"articles": "x"}])
def test_a_draft_without_articles_is_refused(client: Any, empty: dict[str, Any]) -> None:
    with pytest.raises(WeChatClientException) as refused:
        client.post("draft/add", data=empty)
    assert refused.value.errcode == 44003


def test_an_unverified_account_and_a_used_up_quota(client: Any, server: WeChat) -> None:
    server.state.verified = False
    with pytest.raises(WeChatClientException) as refused:
        client.post("freepublish/batchget", data={"offset": 0, "count": 1})
    assert refused.value.errcode == 48001 and "rid: " in refused.value.errmsg
    server.state.quota["/cgi-bin/draft/count"] = 0
    with pytest.raises(APILimitedException):
        client.get("draft/count")


def test_escapes_are_noticed(client: Any, server: WeChat) -> None:
    with pytest.raises(WeChatClientException):
        client.post("draft/add", data=b'{"articles": [{"title": "\\u5468"}]}')
    with pytest.raises(AssertionError):
        server.assert_raw()


def test_it_reads_what_our_adapter_published(client: Any, server: WeChat, desk: Desk, clock: Clock) -> None:
    publisher, *_, receipt = desk.send(desk.post("甲\n\n**乙**", 2, options={"author": "梅"}))
    receipt = desk.done(publisher, receipt)
    found = client.post("freepublish/getarticle", data={"article_id": receipt.handle["article_id"]})["news_item"][0]
    assert found["title"] == "周末好去处" and found["author"] == "梅" and found["content"].count("<img") == 2
    assert "<strong>乙</strong>" in found["content"] and found["url"] == receipt.url
    clock.on(days=2)
    rows = client.datacube.get_article_total("2026-11-24", "2026-11-24")
    assert rows[0]["msgid"] == f"{receipt.handle['msg_data_id']}_1" and len(rows[0]["details"]) == 2
    asked = {"msg_data_id": int(receipt.handle["msg_data_id"]), "index": 0, "begin": 0, "count": 10, "type": 0}
    assert client.post("comment/list", data=asked)["total"] == 0
    with pytest.raises(WeChatClientException) as index:
        client.post("comment/list", data={**asked, "index": 1})
    assert index.value.errcode == 88001, "places are counted from 0 here"
