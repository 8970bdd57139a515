"""The contract server before an independent client (Meta's own SDK), and what our adapter made, read by that client.

So the server and the adapter are not wrong together. The SDK calls https hosts; here each call goes to loopback.
"""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

from studio.core.delivery import Receipt
from studio.platforms import get
from tests.platforms.facebook.desk import TEXT, VIDEOS, Desk, clip, photo
from tests.servers.facebook import Facebook


def sdk(module: str) -> Any:
    """A module of the SDK, which has no types."""
    return importlib.import_module(f"facebook_business.{module}")


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of that library's own while it is imported
    import requests

    video_uploader = sdk("video_uploader")
    AdVideo, Comment = sdk("adobjects.advideo").AdVideo, sdk("adobjects.comment").Comment
    Page, PagePost = sdk("adobjects.page").Page, sdk("adobjects.pagepost").PagePost
    Photo, User = sdk("adobjects.photo").Photo, sdk("adobjects.user").User
    FacebookAdsApi, FacebookSession = sdk("api").FacebookAdsApi, sdk("session").FacebookSession
    FacebookRequestError = sdk("exceptions").FacebookRequestError

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")


class Loopback(requests.adapters.HTTPAdapter):
    """Its hosts are one server here, and its videos of advertisers are videos of a page: the phases are the same."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.here = urlsplit(url)
        self.hosts: list[str] = []

    def send(self, request: Any, *args: Any, **more: Any) -> Any:
        parts = urlsplit(request.url)
        self.hosts.append(str(parts.hostname))
        path = parts.path.replace("/advideos", "/videos")
        request.url = urlunsplit((self.here.scheme, self.here.netloc, path, parts.query, ""))
        return super().send(request, *args, **more)


class Client:
    """The SDK, signed in with one token. app_secret: it then proves itself with each call."""

    def __init__(self, url: str, token: str, app_secret: str | None = None) -> None:
        self.session = FacebookSession(app_id="77", app_secret=app_secret, access_token=token)
        self.loopback = Loopback(url)
        for scheme in ("https://", "http://"):
            self.session.requests.mount(scheme, self.loopback)
        self.api = FacebookAdsApi(self.session, api_version="v25.0")

    def close(self) -> None:
        self.session.requests.close()


@pytest.fixture
def client(desk: Desk, server: Facebook) -> Iterator[Client]:
    made = Client(server.url, desk.token, server.state.secret)
    yield made
    made.close()


def page_of(desk: Desk, client: Client) -> Any:
    return Page(desk.page.id, api=client.api)


def stage(page: Any, path: Path, **params: Any) -> str:
    request = page.create_photo(params={"published": False, **params}, pending=True)
    return str(request.add_file(str(path)).execute()["id"])


# the server, by the SDK ----------------------------------------------------------------------------------------------


def test_photos_unpublished_then_one_post(desk: Desk, server: Facebook, client: Client) -> None:
    page = page_of(desk, client)
    ids = [stage(page, photo(desk.folder, n).path, alt_text_custom=f"第 {n} 张") for n in range(3)]
    assert desk.texts() == []
    made = page.create_feed(params={"message": TEXT, "attached_media": [{"media_fbid": id} for id in ids]})
    post = PagePost(made["id"], api=client.api).api_get(fields=["message", "attachments", "is_published"])
    assert post["message"] == TEXT and post["is_published"] and desk.texts() == [TEXT]
    assert len(post["attachments"]["data"][0]["subattachments"]["data"]) == 3
    assert Photo(ids[1], api=client.api).api_get(fields=["alt_text_custom"])["alt_text_custom"] == "第 1 张"
    assert set(client.loopback.hosts) == {"graph.facebook.com"}


def test_a_wrong_proof_and_a_used_photo_are_refused(desk: Desk, server: Facebook, client: Client) -> None:
    page = page_of(desk, client)
    id = stage(page, photo(desk.folder).path)
    page.create_feed(params={"message": "1", "attached_media": [{"media_fbid": id}]})
    with pytest.raises(FacebookRequestError) as used:
        page.create_feed(params={"message": "2", "attached_media": [{"media_fbid": id}]})
    assert used.value.api_error_subcode() == 1366051
    with pytest.raises(FacebookRequestError) as twice:
        page.create_feed(params={"message": "1"})
    assert (twice.value.api_error_code(), twice.value.api_error_subcode()) == (506, 1455006)
    other = Client(server.url, desk.token, "not-the-secret")
    try:
        with pytest.raises(FacebookRequestError) as unproved:
            page_of(desk, other).api_get(fields=["name"])
    finally:
        other.close()
    assert unproved.value.api_error_code() == 104


def test_a_post_for_later_and_its_list(desk: Desk, server: Facebook, client: Client) -> None:
    page, at = page_of(desk, client), int(server.state.now().timestamp()) + 3600
    id = stage(page, photo(desk.folder).path, temporary=True)
    made = page.create_feed(params={
        "message": TEXT, "attached_media": [{"media_fbid": id}], "published": False, "scheduled_publish_time": at,
        "unpublished_content_type": "SCHEDULED",
    })
    waiting = page.get_scheduled_posts(fields=["message", "scheduled_publish_time"])
    assert [(p["id"], p["scheduled_publish_time"]) for p in waiting] == [(made["id"], at)] and desk.texts() == []
    PagePost(made["id"], api=client.api).api_delete()
    assert list(page.get_scheduled_posts(fields=["message"])) == []


@pytest.mark.parametrize("fault", ["", "transient", "transient_after"])
def test_its_uploader_sends_a_video_whatever_happens_on_the_way(
    desk: Desk, server: Facebook, client: Client, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """transient_after: what arrived is sent again, and 1363037 tells the SDK where to go on."""
    monkeypatch.setattr(video_uploader.time, "sleep", lambda seconds: None)
    server.state.piece = 2000
    if fault:
        server.fault(fault, only=VIDEOS, skip=2)
    file = clip(desk.folder, 9000)
    video = AdVideo(parent_id=desk.page.id, api=client.api)
    video[AdVideo.Field.filepath] = str(file.path)
    made = video.remote_create()
    kept = server.state.videos[made["id"]]
    assert bytes(kept.body) == file.path.read_bytes() and set(client.loopback.hosts) == {"graph-video.facebook.com"}
    status = video_uploader.VideoEncodingStatusChecker.getStatus(client.api, made["id"])
    assert status["video_status"] == "ready" and len(server.posts(desk.page.id)) == 1


def test_comments_and_insights(desk: Desk, server: Facebook, client: Client) -> None:
    made = page_of(desk, client).create_feed(params={"message": TEXT})
    post = PagePost(made["id"], api=client.api)
    first = post.create_comment(params={"message": "第一条"})
    Comment(first["id"], api=client.api).create_comment(params={"message": "回复"})
    told = list(post.get_comments(fields=["message", "from", "parent"], params={"filter": "stream"}))
    assert [c["message"] for c in told] == ["第一条", "回复"] and told[1]["parent"]["id"] == first["id"]
    names = ["post_media_view", "post_reactions_by_type_total"]
    found = list(post.get_insights(params={"metric": names, "period": "lifetime"}))
    assert [i["name"] for i in found] == names and found[0]["values"] == [{"value": 120}]
    with pytest.raises(FacebookRequestError) as gone:  # removed in June 2026
        post.get_insights(params={"metric": ["post_impressions"]})
    assert gone.value.api_error_code() == 100


def test_a_persons_token_lists_pages_and_may_not_post(desk: Desk, server: Facebook) -> None:
    made = Client(server.url, server.state.token(desk.mei))
    try:
        accounts = list(User("me", api=made.api).get_accounts(fields=["name", "access_token", "tasks"]))
        assert [a["name"] for a in accounts] == [desk.page.name] and "CREATE_CONTENT" in accounts[0]["tasks"]
        with pytest.raises(FacebookRequestError) as refused:
            page_of(desk, made).create_feed(params={"message": TEXT})
    finally:
        made.close()
    assert 200 <= int(refused.value.api_error_code()) <= 299


# what our adapter made, by the SDK -----------------------------------------------------------------------------------


def test_our_post_is_read_by_it(desk: Desk, client: Client) -> None:
    files = [photo(desk.folder, n, alt=f"第 {n} 张") for n in range(2)]
    receipt = desk.send(desk.post(uploads=files), files)[3]
    post = PagePost(receipt.handle["post"], api=client.api).api_get(fields=["message", "permalink_url", "from"])
    assert post["message"] == TEXT and post["permalink_url"] == receipt.url and post["from"]["id"] == desk.page.id
    kept = [Photo(id, api=client.api).api_get(fields=["alt_text_custom"]) for id in receipt.handle["photos"]]
    assert [p["alt_text_custom"] for p in kept] == ["第 0 张", "第 1 张"]


def test_our_video_and_our_comment_are_read_by_it(desk: Desk, server: Facebook, client: Client) -> None:
    file = clip(desk.folder)
    publisher, _, _, receipt = desk.send(desk.post(uploads=[file], title="散步"), [file])
    live = publisher.check(receipt)
    video = AdVideo(live.handle["video"], api=client.api).api_get(fields=["title", "description", "post_id"])
    assert (video["title"], video["description"]) == ("散步", TEXT) and live.handle["post"] == video["post_id"]
    comment = desk.send(desk.post("第一条"), reply_to={"root": live.handle, "parent": live.handle})[3]
    told = PagePost(live.handle["object"], api=client.api).get_comments(fields=["message"])
    assert [(c["id"], c["message"]) for c in told] == [(comment.handle["comment"], "第一条")]


def test_its_post_is_read_by_us(desk: Desk, client: Client) -> None:
    made = page_of(desk, client).create_feed(params={"message": TEXT})
    insights = get("facebook").insights(desk.access())
    assert insights is not None
    PagePost(made["id"], api=client.api).create_comment(params={"message": "第一条"})
    receipt = Receipt("", {"object": made["id"]})
    assert {m.name: m.value for m in insights.metrics(receipt)}["comments"] == 1
    assert [(c.text, c.mine) for c in insights.comments(receipt).items] == [("第一条", True)]
