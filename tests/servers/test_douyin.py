"""The contract server itself: what it refuses, how it answers, in both styles and at both addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.servers.douyin import FAULTS, V1, Douyin
from tests.servers.douyin_state import ALL, App, Person

MP4 = ("a.mp4", b"\x00\x00\x00\x18ftypisom" + b"x" * 90, "video/mp4")


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


class Client:
    """A plain client of its own making: no line of ours is between it and the server. style: where the token goes."""

    def __init__(self, server: Douyin, person: Person, scopes: Any = ALL, style: str = "header") -> None:
        self.server, self.person, self.style = server, person, style
        self.access, self.refresh = server.state.grant(person, scopes)

    def ask(self, method: str, path: str, params: dict[str, Any] | None = None, **more: Any) -> Any:
        asked = {"open_id": self.person.open_id, **(params or {})}
        headers = {"access-token": self.access} if self.style == "header" else {}
        if self.style == "query":
            asked["access_token"] = self.access
        answer = httpx.request(method, f"{self.server.url}{path}", params=asked, headers=headers, **more)
        assert answer.status_code == 200
        return answer.json()

    def code(self, *args: Any, **more: Any) -> int:
        """The error of an answer, which stands in both places."""
        found = self.ask(*args, **more)
        assert found["data"]["error_code"] == found["extra"]["error_code"]
        return int(found["data"]["error_code"])

    def video(self) -> str:
        return str(self.ask("POST", f"{V1}/upload_video/", files={"video": MP4})["data"]["video"]["video_id"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[Douyin]:
    with Douyin(clock) as running:
        running.state.app()
        yield running


@pytest.fixture
def mei(server: Douyin) -> Person:
    return server.state.person("梅")


@pytest.fixture
def client(server: Douyin, mei: Person) -> Client:
    return Client(server, mei)


def app(server: Douyin) -> App:
    return next(iter(server.state.apps.values()))


def form(server: Douyin, path: str, **values: str) -> Any:
    return httpx.post(f"{server.url}/oauth/{path}/", data=values).json()


# both styles, both addresses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["header", "query"])
@pytest.mark.parametrize(("upload", "create"), [
    (f"{V1}/upload_video/", f"{V1}/create_video/"), ("/video/upload/", "/video/create/"),
])
def test_a_video_by_either_style_and_address(
    server: Douyin, mei: Person, style: str, upload: str, create: str
) -> None:
    client = Client(server, mei, style=style)
    video = client.ask("POST", upload, files={"video": MP4})["data"]["video"]
    assert (video["width"], video["height"]) == (720, 1280) and server.state.sizes == [len(MP4[1])]
    made = client.ask("POST", create, json={"video_id": video["video_id"], "text": "好"})
    assert made["data"]["error_code"] == 0 and made["data"]["item_id"].startswith("@") and "logid" in made["extra"]
    assert server.seen[-1].style == style


def test_a_body_may_be_json_or_a_form(server: Douyin, mei: Person) -> None:
    asked = {"client_key": app(server).key, "client_secret": app(server).secret, "grant_type": "client_credential"}
    for more in ({"data": asked}, {"json": asked}):
        answer = httpx.post(f"{server.url}/oauth/client_token/", **more).json()  # type: ignore[arg-type]
        assert answer["message"] == "success" and answer["data"]["expires_in"] == 7200


def test_numbers_can_be_texts(server: Douyin, client: Client) -> None:
    server.strings = True
    found = client.ask("POST", f"{V1}/upload_video/", files={"video": MP4})
    assert found["data"]["error_code"] == "0" and found["data"]["video"]["width"] == "720"


# who may come in --------------------------------------------------------------------------------------------------


def test_the_way_through_the_page(server: Douyin, mei: Person, clock: Clock) -> None:
    asked = {"client_key": app(server).key, "response_type": "code", "scope": "user_info", "state": "s",
             "redirect_uri": app(server).redirect, "optionalScope": "video.data.bind,1,video.list.bind,0"}
    page = f"{server.url}/platform/oauth/connect/"
    assert httpx.get(page, params=asked).json()["data"]["error_code"] == 10002  # nobody agreed
    server.consents = mei
    back = dict(parse_qsl(urlsplit(httpx.get(page, params=asked).headers["Location"]).query))
    assert back["state"] == "s"
    given = {"client_key": app(server).key, "client_secret": app(server).secret, "code": back["code"],
             "grant_type": "authorization_code"}
    found = form(server, "access_token", **given)["data"]
    assert (found["expires_in"], found["refresh_expires_in"]) == (1_296_000, 2_592_000)
    assert found["scope"] == "user_info,video.data.bind" and found["open_id"] == mei.open_id
    assert form(server, "access_token", **given)["data"]["error_code"] == 10007
    late = dict(parse_qsl(urlsplit(httpx.get(page, params=asked).headers["Location"]).query))
    clock.at += timedelta(minutes=11)
    assert form(server, "access_token", **{**given, "code": late["code"]})["data"]["error_code"] == 10007


@pytest.mark.parametrize(("change", "code"), [
    ({"redirect_uri": "https://studio.example/other"}, 10006), ({"scope": "user_info,fans.list"}, 10004),
    ({"client_key": "aw0"}, 10003), ({"optionalScope": "video.data.bind,yes"}, 10002),
])
def test_the_page_refuses(server: Douyin, mei: Person, change: dict[str, str], code: int) -> None:
    server.consents = mei
    asked = {"client_key": app(server).key, "response_type": "code", "scope": "user_info",
             "redirect_uri": app(server).redirect, **change}
    found = httpx.get(f"{server.url}/platform/oauth/connect/", params=asked).json()
    assert found["data"]["error_code"] == code


@pytest.mark.parametrize(("values", "code"), [
    ({}, 10005), ({"client_key": "aw0", "client_secret": "x"}, 10003),
    ({"client_secret": "x"}, 10013), ({"grant_type": "password"}, 10002),
])
def test_an_app_that_is_wrong(server: Douyin, values: dict[str, str], code: int) -> None:
    known = {"client_key": app(server).key, "client_secret": app(server).secret, "code": "c"} if values else {}
    assert form(server, "access_token", **{**known, **values})["data"]["error_code"] == code


def test_a_refresh_keeps_the_end_and_a_renewal_moves_it_five_times(
    server: Douyin, client: Client, clock: Clock
) -> None:
    key = app(server).key
    clock.at += timedelta(days=20)
    told = form(server, "refresh_token", client_key=key, grant_type="refresh_token", refresh_token=client.refresh)
    assert told["data"]["refresh_expires_in"] == 10 * 86_400 and told["data"]["expires_in"] == 15 * 86_400
    token = client.refresh
    for _ in range(5):
        token = form(server, "renew_refresh_token", client_key=key, refresh_token=token)["data"]["refresh_token"]
    assert form(server, "renew_refresh_token", client_key=key, refresh_token=token)["data"]["error_code"] == 10020
    clock.at += timedelta(days=31)
    dead = form(server, "refresh_token", client_key=key, grant_type="refresh_token", refresh_token=token)
    assert dead["data"]["error_code"] == 10010


def test_a_call_is_for_who_may(server: Douyin, mei: Person, clock: Clock) -> None:
    listing = ("GET", f"{V1}/video_list/", {"cursor": "0", "count": "10"})
    assert Client(server, mei).code(*listing) == 0
    assert Client(server, mei, ["user_info"]).code(*listing) == 2190003
    assert Client(server, mei, style="none").code(*listing) == 2190002
    other = Client(server, server.state.person("别人"))
    assert other.code("GET", f"{V1}/video_list/", {"count": "10", "open_id": mei.open_id}) == 2190015
    app(server).scopes = ("user_info",)
    assert Client(server, mei).code(*listing) == 2190004
    old = Client(server, mei)
    clock.at += timedelta(days=16)
    assert old.code(*listing) == 2190008


def test_userinfo(server: Douyin, client: Client, mei: Person) -> None:
    found = form(server, "userinfo", access_token=client.access, open_id=mei.open_id)["data"]
    assert found["nickname"] == "梅" and found["e_account_role"] == ""
    assert form(server, "userinfo", access_token="act.x", open_id=mei.open_id)["data"]["error_code"] == 2190002


def test_an_unknown_address_answers_in_the_new_form(server: Douyin) -> None:
    found = httpx.get(f"{server.url}/api/nothing/").json()
    assert found["err_no"] == 28001017 and found["data"] is None


# files and works --------------------------------------------------------------------------------------------------


def part(client: Client, upload: str, number: object, size: int = 5 << 20) -> int:
    return client.code("POST", f"{V1}/upload_video_part/", {"upload_id": upload, "part_number": str(number)},
                       files={"video": ("1.mp4", b"x" * size, "video/mp4")})


def begun(client: Client) -> str:
    return str(client.ask("POST", f"{V1}/init_video_part_upload/")["data"]["upload_id"])


def test_parts_are_numbered_from_one_and_none_is_missing(server: Douyin, client: Client) -> None:
    upload = begun(client)
    assert part(client, upload, 0) == 2100005 and part(client, upload, "x") == 2100005
    assert part(client, upload, 1) == 0 and part(client, upload, 3) == 0
    done = ("POST", f"{V1}/complete_video_part_upload/", {"upload_id": upload})
    assert client.code(*done) == 2100005
    assert part(client, upload, 2) == 0
    found = client.ask(*done)
    assert found["data"]["video"]["video_id"] in server.state.videos and server.state.sizes == [15 << 20]
    assert client.code(*done) == 2100005  # it is over


def test_small_parts_and_old_uploads(server: Douyin, client: Client, clock: Clock) -> None:
    upload = begun(client)
    assert part(client, upload, 1, 4 << 20) == 0
    assert client.code("POST", f"{V1}/complete_video_part_upload/", {"upload_id": upload}) == 2100005
    assert part(client, upload, 1) == 0
    clock.at += timedelta(hours=2, seconds=1)
    assert part(client, upload, 2) == 2100005


def test_a_file_must_be_one(server: Douyin, client: Client) -> None:
    assert client.code("POST", f"{V1}/upload_video/", files={"image": MP4}) == 2100005
    assert client.code("POST", f"{V1}/upload_video/", content=b"x") == 2100005
    assert client.code("POST", f"{V1}/upload_image/", files={"image": ("a.jpg", b"", "image/jpeg")}) == 2190005
    server.state.long_videos = True
    assert client.code("POST", f"{V1}/upload_video/", files={"video": MP4}) == 2190006


def test_an_upload_serves_one_post(client: Client) -> None:
    video = client.video()
    make = ("POST", f"{V1}/create_video/")
    assert client.code(*make, json={"video_id": video, "text": "好"}) == 0
    assert client.code(*make, json={"video_id": video, "text": "好"}) == 2190007
    assert client.code(*make, json={"video_id": "v0", "text": "好"}) == 2190007


@pytest.mark.parametrize(("more", "code"), [
    ({"text": "字" * 1001}, 2100005), ({"text": "字" * 1000}, 0), ({"cover_tsp": "x"}, 2100005),
    ({"text": "好", "at_users": ["o"]}, 2100005), ({"text": "@小林 好", "at_users": ["o"]}, 0),
])
def test_what_a_video_may_have(client: Client, more: dict[str, Any], code: int) -> None:
    assert client.code("POST", f"{V1}/create_video/", json={"video_id": client.video(), **more}) == code


def test_pictures(server: Douyin, client: Client) -> None:
    def picture() -> str:
        found = client.ask("POST", f"{V1}/upload_image/", files={"image": ("a.jpg", b"\xff\xd8", "image/jpeg")})
        return str(found["data"]["image"]["image_id"])

    make, one = ("POST", f"{V1}/create_image_text/"), picture()
    assert client.code(*make, json={"image_list": [], "text": "好"}) == 2100005
    assert client.code(*make, json={"image_list": ["@x"], "text": "好"}) == 2100005
    assert client.code(*make, json={"image_list": [one], "text": "好"}) == 0
    assert client.code(*make, json={"image_list": [one], "text": "好"}) == 2100005
    assert client.code(*make, json={"image_list": [picture() for _ in range(31)], "text": "好"}) == 2100005
    assert [work.kind for work in server.state.works.values()] == [2]


def test_todays_posts_and_banned_people(client: Client, mei: Person) -> None:
    mei.left = 1
    make = ("POST", f"{V1}/create_video/")
    assert client.code(*make, json={"video_id": client.video()}) == 0
    assert client.code(*make, json={"video_id": client.video()}) == 2114007
    mei.banned = True
    assert client.code(*make, json={"video_id": client.video()}) == 2114005


@pytest.mark.parametrize(("verdict", "private", "ends"), [(5, 0, 5), (2, 0, 2), (5, 1, 7), (5, 2, 6)])
def test_a_review_goes_by_looks(server: Douyin, client: Client, verdict: int, private: int, ends: int) -> None:
    server.state.review, server.state.verdict = 2, verdict
    made = client.ask("POST", f"{V1}/create_video/", json={"video_id": client.video(), "private_status": private})
    seen = []
    for _ in range(4):
        item = client.ask("POST", f"{V1}/video_data/", json={"item_ids": [made["data"]["item_id"]]})["data"]["list"][0]
        seen.append((item["video_status"], item["is_reviewed"]))
    assert seen == [(4, False), (4, False), (ends, True), (ends, True)]


def test_works_are_listed_page_by_page_and_only_ones_own(server: Douyin, client: Client, mei: Person) -> None:
    for number in range(25):
        server.state.put(mei, {"text": f"{number}"}, 4)
    server.state.put(server.state.person("别人"), {"text": "x"}, 4)
    next(iter(server.state.works.values())).top = True
    first = client.ask("GET", f"{V1}/video_list/", {"cursor": "0", "count": "20"})["data"]
    rest = client.ask("GET", f"{V1}/video_list/", {"cursor": first["cursor"], "count": "20"})["data"]
    assert first["has_more"] is True and rest["has_more"] is False
    titles = [item["title"] for item in (*first["list"], *rest["list"])]
    assert titles == ["0", *(str(n) for n in range(24, 0, -1))]
    assert client.code("GET", f"{V1}/video_list/", {"cursor": "0", "count": "21"}) == 2100005
    everything = {"item_ids": list(server.state.works)}
    assert len(client.ask("POST", f"{V1}/video_data/", json=everything)["data"]["list"]) == 25
    assert client.code("POST", f"{V1}/video_data/", json={"item_ids": ["a"], "video_ids": ["b"]}) == 2100005


def test_a_work_is_deleted_by_its_owner(server: Douyin, client: Client, mei: Person) -> None:
    work = server.state.put(mei, {"text": "好"}, 4)
    other = Client(server, server.state.person("别人"))
    assert other.code("POST", "/video/delete/", json={"item_id": work.item_id}) == 2111007
    assert client.code("POST", "/video/delete/", json={"item_id": work.item_id}) == 0 and not server.state.works


# numbers, shares, faults ------------------------------------------------------------------------------------------


def test_numbers_come_the_next_day_for_thirty(server: Douyin, client: Client, mei: Person, clock: Clock) -> None:
    work = server.state.put(mei, {"text": "好"}, 4)
    work.counts["play_count"] = 201
    base = ("GET", "/data/external/item/base/", {"item_id": work.item_id})
    assert client.ask(*base)["data"]["result"] == {}
    clock.at += timedelta(days=1)
    assert client.ask(*base)["data"]["result"]["total_play"] == 201
    days = client.ask("GET", "/data/external/item/play/", {"item_id": work.item_id, "date_type": "7"})["data"]
    assert sum(int(day["play"]) for day in days["result_list"]) == 201
    assert client.code("GET", "/data/external/item/play/", {"item_id": work.item_id, "date_type": "8"}) == 2100005
    clock.at += timedelta(days=30)
    client = Client(server, mei)
    assert client.ask(*base)["data"]["result"] == {}


def test_a_share_needs_the_apps_own_token(server: Douyin, clock: Clock) -> None:
    token = form(server, "client_token", client_key=app(server).key, client_secret=app(server).secret,
                 grant_type="client_credential")["data"]["access_token"]
    headers = {"access-token": token}
    ticket = httpx.get(f"{server.url}/open/getticket/", headers=headers).json()["data"]["ticket"]
    share = httpx.get(f"{server.url}/share-id/", params={"access_token": token}).json()["data"]["share_id"]
    assert ticket in server.state.tickets and server.state.shares[share] == ""
    asked = {"client_ticket": ticket, "expire_at": clock.at.timestamp() + 60, "video_path": "https://x.test/a.mp4",
             "state": share}
    url = f"{server.url}/api/douyin/v1/schema/get_share/"
    good = httpx.post(url, json=asked, headers=headers).json()
    assert good["err_no"] == 0 and good["data"]["schema"].startswith("snssdk1128://")
    for bad in ({"client_ticket": "x"}, {"expire_at": 1}, {"video_path": "file:///a"}):
        assert httpx.post(url, json={**asked, **bad}, headers=headers).json()["err_no"] == 28001007
    with pytest.raises(AssertionError, match="signature"):
        server.state.scan(f"snssdk1128://openplatform/share?share_type=h5&client_key={app(server).key}&nonce_str=n"
                          f"&timestamp=1&signature=wrong&state={share}", server.state.person("x"))
    clock.at += timedelta(hours=3)
    assert httpx.get(f"{server.url}/open/getticket/", headers=headers).json()["data"]["error_code"] == 2190008


@pytest.mark.parametrize("kind", [*FAULTS, "2100004"])
def test_faults_by_name(server: Douyin, client: Client, kind: str) -> None:
    server.fault("create_video", kind, skip=1)
    videos = [client.video(), client.video()]
    assert client.code("POST", f"{V1}/create_video/", json={"video_id": videos[0]}) == 0
    url, headers = f"{server.url}{V1}/create_video/", {"access-token": client.access}
    said: object
    try:
        answer = httpx.post(url, params={"open_id": client.person.open_id}, headers=headers,
                            json={"video_id": videos[1]}, timeout=0.5)
        said = answer.status_code if answer.status_code != 200 else answer.content[:1]
    except httpx.HTTPError as broken:
        said = type(broken).__name__
    server.held.set()
    assert said == {
        "drop_before": "RemoteProtocolError", "drop_after": "RemoteProtocolError", "slow_after": "ReadTimeout",
        "5xx_before": 502, "5xx_after": 504, "429": 429, "garbage": b"\x00",
    }.get(kind, b"{")
    done = kind in ("drop_after", "slow_after", "5xx_after", "garbage")
    assert len(server.state.works) == 1 + done
    assert [seen.path for seen in server.calls("create_video")] == [f"{V1}/create_video/"] * 2
