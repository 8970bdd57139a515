"""The contract server of Facebook itself: what it refuses, in which words, and what breaks by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.servers.facebook import Facebook
from tests.servers.facebook_bodies import as_texts, asked
from tests.servers.facebook_doors import SUCCESS, Page, Person

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 2000


class Bench:
    """A server with one page, and somebody who calls it."""

    def __init__(self) -> None:
        self.at = START
        self.server = Facebook(lambda: self.at)
        state = self.server.state
        self.mei: Person = state.person("Mei")
        self.page: Page = state.page(self.mei, "Bookshop", "bookshop")
        self.token, self.client = state.token(self.mei, self.page), httpx.Client(timeout=5)

    def close(self) -> None:
        self.client.close()
        self.server.close()

    def call(self, method: str, path: str, token: str = "", **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or self.token}", **more.pop("headers", {})}
        return self.client.request(method, f"{self.server.url}/v25.0/{path}", headers=headers, **more)

    def feed(self, **form: str) -> httpx.Response:
        return self.call("POST", f"{self.page.id}/feed", data=form)

    def photo(self, raw: bytes = JPEG, **form: str) -> httpx.Response:
        files = {"source": ("1.jpg", raw, "image/jpeg")}
        return self.call("POST", f"{self.page.id}/photos", data={"published": "false", **form}, files=files)

    def reel(self) -> str:
        """Sent, not finished."""
        path = f"{self.page.id}/video_reels"
        made = self.call("POST", path, data={"upload_phase": "start"}).json()
        headers = {"Authorization": f"OAuth {self.token}", "offset": "0", "file_size": "2000"}
        assert self.client.post(made["upload_url"], content=b"x" * 2000, headers=headers).json() == {"success": True}
        return str(made["video_id"])

    def finish(self, video: str, **form: str) -> httpx.Response:
        asked = {"upload_phase": "finish", "video_id": video, "video_state": "PUBLISHED", **form}
        return self.call("POST", f"{self.page.id}/video_reels", data=asked)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.close()


def code(answer: httpx.Response) -> tuple[int, int]:
    told = answer.json()["error"]
    assert answer.status_code == 400 and told["fbtrace_id"] and "is_transient" in told
    return told["code"], told.get("error_subcode", 0)


def test_a_path_without_a_version_is_none(bench: Bench) -> None:
    answer = bench.client.get(f"{bench.server.url}/me", headers={"Authorization": f"Bearer {bench.token}"})
    assert code(answer) == (2500, 0) and code(bench.call("GET", "nowhere")) == (2500, 0)


def test_a_token_of_another_kind_is_a_permission_error(bench: Bench) -> None:
    state = bench.server.state
    other = state.page(bench.mei, "Other")
    for token in (state.token(bench.mei), state.token(bench.mei, other), state.token(bench.mei, bench.page, ())):
        assert code(bench.call("POST", f"{bench.page.id}/feed", token, data={"message": "hi"})) == (200, 0)
    analyst = state.person("Tom")
    analyst.roles[bench.page.id] = ("ANALYZE",)
    seen = state.token(analyst, bench.page)
    assert code(bench.call("POST", f"{bench.page.id}/feed", seen, data={"message": "hi"})) == (200, 0)
    assert bench.server.posts(bench.page.id) == []


def test_tokens_end_for_a_reason(bench: Bench) -> None:
    state = bench.server.state
    assert code(bench.call("GET", "me", "EAABnone")) == (190, 0)
    short = state.token(bench.mei, bench.page, lasts=timedelta(hours=1))
    bench.at += timedelta(hours=2)
    assert code(bench.call("GET", "me", short)) == (190, 463)
    state.over(bench.token, 460)
    assert code(bench.call("GET", "me")) == (190, 460)
    bench.mei.checkpointed = True
    assert code(bench.call("GET", "me")) == (190, 459)


@pytest.mark.parametrize(("form", "told"), [
    ({}, (100, 0)), ({"message": "x" * 63_207}, (100, 0)), ({"link": "nonsense"}, (100, 2061006)),
    ({"message": "a", "published": "false"}, (100, 0)),
    ({"message": "a", "scheduled_publish_time": str(int(START.timestamp()) + 3600)}, (100, 0)),
    ({"message": "a", "published": "false", "scheduled_publish_time": str(int(START.timestamp()) + 599)}, (100, 0)),
    ({"message": "a", "published": "false", "scheduled_publish_time": str(int(START.timestamp()) + 76 * 86400)},
     (100, 0)),
    ({"message": "a", "attached_media": '[{"media_fbid":"5"}]'}, (100, 0)),
])
def test_what_a_post_must_not_be(bench: Bench, form: dict[str, str], told: tuple[int, int]) -> None:
    assert code(bench.feed(**form)) == told and bench.server.posts(bench.page.id) == []


def test_the_same_as_the_last_post_only(bench: Bench) -> None:
    assert bench.feed(message="a").json()["id"].startswith(f"{bench.page.id}_")
    assert code(bench.feed(message="a")) == (506, 1455006)
    bench.at += timedelta(seconds=1)
    assert bench.feed(message="b").status_code == 200
    bench.at += timedelta(seconds=1)
    assert bench.feed(message="a").status_code == 200


def test_photos_are_used_once_and_kept_a_day(bench: Bench) -> None:
    one, two = (bench.photo().json() for _ in range(2))
    assert set(one) == {"id"}
    attached = {"attached_media[0]": json.dumps({"media_fbid": one["id"]})}
    assert bench.feed(**attached).status_code == 200
    assert code(bench.feed(message="again", **attached)) == (100, 1366051)
    bench.at += timedelta(hours=25)
    gone = {"attached_media[0]": json.dumps({"media_fbid": two["id"]})}
    assert code(bench.feed(**gone)) == (100, 0) and code(bench.call("GET", two["id"])) == (100, 0)


def test_a_scheduled_post_wants_temporary_photos(bench: Bench) -> None:
    at = {"published": "false", "scheduled_publish_time": str(int(START.timestamp()) + 3600)}
    for temporary, status in (("false", 400), ("true", 200)):
        id = bench.photo(temporary=temporary).json()["id"]
        answer = bench.feed(**at, **{"attached_media[0]": json.dumps({"media_fbid": id})})
        assert answer.status_code == status


@pytest.mark.parametrize(("raw", "told"), [
    (b"", (100, 0)), (b"text", (324, 0)), (b"GIF89a" + b"x", (100, 1366046)),
    (b"\xff\xd8\xff" + b"x" * (4 << 20), (100, 1366046)),
])
def test_what_a_photo_must_be(bench: Bench, raw: bytes, told: tuple[int, int]) -> None:
    assert code(bench.photo(raw)) == told


def test_a_published_photo_is_a_post(bench: Bench) -> None:
    made = bench.photo(published="true", caption="hi").json()
    assert [p.id for p in bench.server.posts(bench.page.id)] == [made["post_id"]]


def test_offsets_are_texts_and_wrong_ones_are_told(bench: Bench) -> None:
    path, bench.server.state.piece = f"{bench.page.id}/videos", 1000
    began = bench.call("POST", path, data={"upload_phase": "start", "file_size": "2500"}).json()
    assert (began["start_offset"], began["end_offset"]) == ("0", "1000")
    session = {"upload_session_id": began["upload_session_id"]}

    def transfer(offset: int, raw: bytes) -> httpx.Response:
        form = {"upload_phase": "transfer", "start_offset": str(offset), **session}
        return bench.call("POST", path, data=form, files={"video_file_chunk": ("1", raw)})

    assert transfer(0, b"\r\n--x" * 200).json() == {"start_offset": "1000", "end_offset": "2000"}
    wrong = transfer(500, b"x")
    assert code(wrong) == (6000, 1363037)
    assert wrong.json()["error"]["error_data"] == {"start_offset": "1000", "end_offset": "2000"}
    assert code(bench.call("POST", path, data={"upload_phase": "finish", **session})) == (6000, 1363033)
    assert code(bench.call("POST", path, data={"upload_phase": "finish", "upload_session_id": "9"})) == (100, 0)
    assert code(bench.call("POST", path, data={"upload_phase": "start", "file_size": "9"})) == (100, 1363022)


def test_rupload_has_a_form_of_its_own(bench: Bench) -> None:
    made = bench.call("POST", f"{bench.page.id}/video_reels", data={"upload_phase": "start"}).json()
    signed = {"Authorization": f"OAuth {bench.token}", "file_size": "100"}

    def told(**headers: str) -> str:
        answer = bench.client.post(made["upload_url"], content=b"x" * 50, headers={**signed, **headers})
        return str(answer.json()["debug_info"]["type"])

    assert told() == "ProcessingFailedError" and told(offset="7") == "OffsetInvalidError"
    assert told(offset="0") == "PartialRequestError"
    status = bench.call("GET", made["video_id"], params={"fields": "status"}).json()["status"]
    assert status["uploading_phase"] == {"status": "in_progress", "bytes_transfered": 50}
    bearer = {"Authorization": f"Bearer {bench.token}", "offset": "50", "file_size": "100"}
    assert code(bench.client.post(made["upload_url"], content=b"x" * 50, headers=bearer)) == (190, 0)


def test_thirty_reels_a_day(bench: Bench) -> None:
    for _ in range(30):
        assert bench.finish(bench.reel()).json() == {"success": True}
    last = bench.reel()
    assert code(bench.finish(last)) == (613, 0)
    bench.at += timedelta(hours=25)
    assert bench.finish(last).status_code == 200 and len(bench.call(
        "GET", f"{bench.page.id}/video_reels").json()["data"]) == 25


def test_a_video_is_live_when_it_is_processed(bench: Bench) -> None:
    bench.server.state.slow = 60
    video = bench.reel()

    def told() -> Any:
        return bench.call("GET", video, params={"fields": "status"}).json()["status"]

    assert "publish_status" not in told()["publishing_phase"]
    bench.finish(video)
    assert told()["processing_phase"]["status"] == "in_progress"
    bench.at += timedelta(seconds=61)
    assert told()["publishing_phase"]["status"] == "complete" and told()["video_status"] == "ready"


def test_comments_want_words_and_the_right(bench: Bench) -> None:
    post = bench.feed(message="a").json()["id"]
    assert code(bench.call("POST", f"{post}/comments", data={"message": " "})) == (100, 0)
    made = bench.call("POST", f"{post}/comments", data={"message": "hi"}).json()["id"]
    assert made.startswith(post.partition("_")[2])
    assert bench.call("GET", f"{post}/comments", bench.server.state.token(bench.mei)).json() == {"data": []}
    bare = bench.server.state.token(bench.mei, bench.page, ("pages_manage_posts",))
    assert code(bench.call("POST", f"{post}/comments", bare, data={"message": "hi"})) == (200, 0)


def test_fields_and_metrics_that_do_not_exist(bench: Bench) -> None:
    post = bench.feed(message="a").json()["id"]
    assert code(bench.call("GET", post, params={"fields": "impressions"})) == (100, 0)
    assert code(bench.call("GET", f"{post}/insights", params={"metric": "post_impressions"})) == (100, 0)
    bare = bench.server.state.token(bench.mei, bench.page, ("pages_read_engagement",))
    assert code(bench.call("GET", f"{post}/insights", bare, params={"metric": "post_clicks"})) == (10, 0)


def test_the_dialog_sends_nobody_to_another_address(bench: Bench) -> None:
    url = f"{bench.server.url}/v25.0/dialog/oauth"
    asked = {"client_id": "77", "redirect_uri": SUCCESS, "state": "s", "scope": "pages_show_list"}
    denied = httpx.get(url, params=asked)
    assert denied.status_code == 302 and "error=access_denied" in denied.headers["Location"]
    bench.server.consents = bench.mei
    back = httpx.get(url, params=asked).headers["Location"]
    assert back.startswith(SUCCESS) and "state=s" in back and back.endswith("#_=_")
    for wrong in ({"redirect_uri": "https://evil.example"}, {"client_id": "1"}, {"scope": "everything"}):
        assert httpx.get(url, params={**asked, **wrong}).status_code == 400


@pytest.mark.parametrize(("fault", "posts"), [("drop_before", 0), ("drop_after", 1)])
def test_connections_that_end(bench: Bench, fault: str, posts: int) -> None:
    bench.server.fault(fault, only="/feed")
    with pytest.raises(httpx.TransportError):
        bench.feed(message="a")
    assert len(bench.server.posts(bench.page.id)) == posts


@pytest.mark.parametrize(("fault", "status", "posts"), [
    ("5xx_after", 502, 1), ("unavailable", 502, 0), ("transient", 400, 0), ("transient_after", 500, 1),
    ("rate_limited", 400, 0), ("blocked", 400, 0), ("success_false", 200, 0),
])
def test_answers_that_say_something_else(bench: Bench, fault: str, status: int, posts: int) -> None:
    bench.server.fault(fault, only="/feed", amount=4, skip=1)
    bench.call("GET", f"{bench.page.id}/feed")
    answer = bench.feed(message="a")
    assert answer.status_code == status and len(bench.server.posts(bench.page.id)) == posts
    if fault == "rate_limited":
        usage = json.loads(answer.headers["X-Business-Use-Case-Usage"])
        assert usage[bench.page.id][0]["estimated_time_to_regain_access"] == 4
    assert bench.feed(message="b").status_code == 200


def test_an_answer_that_comes_too_late(bench: Bench) -> None:
    bench.server.fault("slow_after", only="/feed", amount=0.4)
    with pytest.raises(httpx.ReadTimeout):
        bench.call("POST", f"{bench.page.id}/feed", data={"message": "a"}, timeout=0.1)
    assert len(bench.server.posts(bench.page.id)) == 1


def test_a_listing_has_pages(bench: Bench) -> None:
    for number in range(7):
        bench.at += timedelta(seconds=1)
        bench.server.state.by_hand(bench.page, str(number))
    asked = {"fields": "message", "limit": "3"}
    one = bench.call("GET", f"{bench.page.id}/feed", params=asked).json()
    assert [p["message"] for p in one["data"]] == ["6", "5", "4"] and one["paging"]["next"]
    last = bench.call("GET", f"{bench.page.id}/feed", params={**asked, "after": "6"}).json()
    assert [p["message"] for p in last["data"]] == ["0"] and "next" not in last["paging"]


def test_fields_are_read_at_their_top(bench: Bench) -> None:
    assert asked("id, comments.limit(0).summary(true),attachments{media_type,subattachments{a,b}},x") == [
        "id", "comments.limit(0).summary(true)", "attachments{media_type,subattachments{a,b}}", "x"]
    assert as_texts({"a": 1, "b": [True, 2.5, "x", None]}) == {"a": "1", "b": [True, "2.5", "x", None]}
