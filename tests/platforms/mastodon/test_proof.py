"""What was sent beside what the server has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import NotThere
from studio.platforms.mastodon.markup import normal, text_of
from tests.platforms.mastodon.desk import POST, Desk, photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon
from tests.servers.mastodon_text import dressed


def test_what_the_server_changed_is_seen(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path, 1), photo(tmp_path, 2)]
    what = desk.post("hello", uploads, options={"spoiler_text": "CW"})
    publisher, plan, _, receipt = desk.send(what, uploads)
    status = desk.server.posts()[0]
    status.params.update(status="changed", visibility="unlisted", spoiler_text="")
    status.files[0].description, status.files[1].width = "", 10
    proof = publisher.read_back(what, uploads, plan, receipt)
    assert [line.what for line in proof.lines if not line.same] == ["text", "warning", "visibility", "alt:1", "media:2"]


def test_a_post_without_its_files_is_not_whole(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    server.state.drops_files = True
    uploads = [photo(tmp_path)]
    what = desk.post("x", uploads)
    publisher, plan, _, receipt = desk.send(what, uploads)
    assert not publisher.read_back(what, uploads, plan, receipt).whole


def test_dressed_up_text_is_compared_by_its_source(desk: Desk, server: Mastodon) -> None:
    what = desk.post("**fat** text")
    publisher, plan, _, receipt = desk.send(what)
    server.state.html = lambda status: "<p><strong>fat</strong> text</p>"  # type: ignore[method-assign]
    assert publisher.read_back(what, [], plan, receipt).whole


def test_where_no_size_is_told_the_bytes_are_compared(desk: Desk, proxy: FaultProxy, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    what = desk.post("x", [upload])
    _, plan, _, receipt = desk.send(what, [upload])
    file = desk.server.posts()[0].files[0]

    def unmeasured(status: int, data: Any) -> tuple[int, Any]:
        data["media_attachments"][0]["meta"] = None
        return status, data

    for body, same in ((upload.path.read_bytes(), True), (b"other", False)):
        file.body = body
        proxy.change(unmeasured, only="^GET /api/v1/statuses")
        proof = desk.publisher(url=proxy.url).read_back(what, [upload], plan, receipt)
        assert [line.same for line in proof.lines if line.what == "media:1"] == [same]


def test_a_post_that_is_not_there_yet(desk: Desk) -> None:
    publisher, plan, _, receipt = desk.send(desk.post())
    desk.server.state.statuses.clear()
    with pytest.raises(NotThere):
        publisher.read_back(desk.post(), [], plan, receipt)


def test_numbers_as_text_and_fields_nobody_knows(desk: Desk, proxy: FaultProxy) -> None:
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    proxy.change(lambda s, d: (s, {**d, "id": int(d["id"]), "new": [1]}), only=POST)
    receipt = publisher.commit(desk.post(), [], plan, handles)
    assert receipt.handle["id"] == desk.server.posts()[0].id


@pytest.mark.parametrize("text", [
    "一行", "两行\n第二行", "段落\n\n段落", "太多空行\n\n\n\n之后", "  spaces  \n at ends ",
    "a & b < c > \"d\" 'e'", "&amp;",
    "看 https://www.example.com/a/very/long/path/that/is/cut?x=1&y=2#z 好", "#咖啡 ＃周末 #1",
    "@mei @mei@social.test @gone@a.b",
    "👨‍👩‍👧 é مرحبا", "tab\there", "https://a.cn/x。",
])
def test_what_is_read_is_what_was_written(text: str) -> None:
    html = dressed(text.strip(), "https://social.test", ("mei",))
    assert normal(text_of(html)) == normal(text)


def test_texts_that_differ_stay_different() -> None:
    assert normal("a\nb") != normal("a b") and normal("a\n\nb") != normal("a\nb")
    assert normal("@mei@x.y hi") == normal("@mei hi") != normal("@may hi")
