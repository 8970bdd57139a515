"""One post, sent, repeated, lost and found, and its review, against the contract server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import ByHand, Later, NotThere, Refused, SignInAgain, Uncertain, Unstaged
from studio.platforms.transport import Transport
from tests.platforms.douyin.desk import PLATFORM, TEXT, Desk, clip, codes, photo
from tests.servers.douyin import Douyin
from tests.servers.douyin_state import ALL

WITHOUT = {scope: [s for s in ALL if s != scope] for scope in ALL}


def test_the_whole_way_of_a_video(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    what = desk.post("看 @小林 的店", uploads, title="周末", tags=("咖啡", "citywalk"), options={
        "cover_tsp": "3.5", "at_users": {"小林": "open-lin", "nobody": "x"}})
    publisher, plan, _, receipt = desk.send(what, uploads)
    work = next(iter(server.state.works.values()))
    assert work.asked["text"] == "周末\n看 @小林 的店 #咖啡 #citywalk"
    assert (work.asked["cover_tsp"], work.asked["at_users"]) == (3.5, ["open-lin"])
    assert "private_status" not in work.asked
    assert receipt.url == f"https://www.douyin.com/video/{work.video_id}" and not receipt.done
    done = publisher.check(receipt)
    assert done.done and done.url == receipt.url
    proof = publisher.read_back(what, uploads, plan, done)
    assert proof.whole and proof.url == receipt.url and proof.at == desk.clock.at, proof
    assert [line.what for line in proof.lines] == ["text", "media", "visibility"]


@pytest.mark.parametrize("address", ["", "note"])
def test_the_whole_way_of_pictures(desk: Desk, server: Douyin, tmp_path: Path, address: str) -> None:
    desk.sign_in(**({"set.note_address": address} if address else {}))
    uploads = [photo(tmp_path, n) for n in range(3)]
    publisher, plan, handles, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    work = next(iter(server.state.works.values()))
    assert work.asked["image_list"] == [handle["id"] for handle in handles] and work.kind == 2
    assert receipt.url == f"https://www.douyin.com/{address or 'video'}/{work.video_id}"
    assert publisher.read_back(desk.post(), uploads, plan, publisher.check(receipt)).whole


def test_the_token_goes_in_a_header_and_our_names_stay_here(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    desk.send(desk.post(TEXT, uploads), uploads)
    assert {seen.style for seen in server.seen} == {"header"}
    assert {seen.query.get("open_id") for seen in server.seen} == {desk.mei.open_id}
    assert all("access_token" not in seen.query for seen in server.seen)
    name, kind, size = server.calls("upload_video")[0].files["video"]
    assert (name, kind, size) == ("1.mp4", "video/mp4", uploads[0].bytes)


def test_numbers_that_come_as_text(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.strings = True
    server.state.review = 1
    uploads = [clip(tmp_path)]
    publisher, plan, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    assert not publisher.check(receipt).done
    done = publisher.check(receipt)
    assert done.done and publisher.read_back(desk.post(TEXT, uploads), uploads, plan, done).whole
    desk.secrets["access_token"] = "act.gone"
    with pytest.raises(Refused) as refused:
        server.fault("create_video", "2100005")
        desk.send(desk.post(TEXT, uploads), uploads)
    assert codes(refused.value) == ["platform.refused"]


# review -----------------------------------------------------------------------------------------------------------


def test_it_is_not_called_published_before_its_review_is_over(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.state.review = 2
    uploads = [clip(tmp_path)]
    publisher, plan, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    with pytest.raises(NotThere):
        publisher.read_back(desk.post(TEXT, uploads), uploads, plan, receipt)
    first = publisher.check(receipt)
    assert not first.done and publisher.check(first).done


def test_a_review_that_never_ends(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.state.review = None
    uploads = [clip(tmp_path)]
    publisher, _, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    for _ in range(5):
        receipt = publisher.check(receipt)
        assert not receipt.done


def test_a_review_that_ends_badly_says_so(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    server.state.verdict = 2
    uploads = [clip(tmp_path)]
    publisher, _, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    with pytest.raises(Refused) as refused:
        publisher.check(receipt)
    assert codes(refused.value) == ["douyin.not_suitable"]


@pytest.mark.parametrize(("chosen", "status"), [("private", 1), ("friends", 2)])
def test_other_than_public_is_asked_for_and_checked(
    desk: Desk, server: Douyin, tmp_path: Path, chosen: str, status: int
) -> None:
    uploads = [clip(tmp_path)]
    what = desk.post(TEXT, uploads, options={"visibility": chosen})
    publisher, plan, _, receipt = desk.send(what, uploads)
    work = next(iter(server.state.works.values()))
    assert work.asked["private_status"] == status
    assert publisher.read_back(what, uploads, plan, publisher.check(receipt)).whole
    work.status = 5  # Douyin did not honour it
    proof = publisher.read_back(what, uploads, plan, receipt)
    assert not proof.whole and proof.lines[-1].found == "public"


def test_one_that_was_deleted_is_not_there(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher, _, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    server.state.works.clear()
    with pytest.raises(NotThere):
        publisher.check(receipt)


@pytest.mark.parametrize("scope", ["video.data.bind", "video.list.bind"])
@pytest.mark.parametrize("known", [True, False])
def test_one_of_the_two_rights_is_enough_to_read(
    desk: Desk, server: Douyin, tmp_path: Path, scope: str, known: bool
) -> None:
    desk.sign_in(WITHOUT[scope])
    if not known:
        desk.account.identity.pop("scopes")  # type: ignore[attr-defined]
    uploads = [clip(tmp_path)]
    publisher, plan, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    assert publisher.readable
    assert publisher.read_back(desk.post(TEXT, uploads), uploads, plan, publisher.check(receipt)).whole


def test_without_either_a_person_says_that_it_is_there(desk: Desk, tmp_path: Path) -> None:
    desk.sign_in(["user_info", "video.create.bind"])
    uploads = [clip(tmp_path)]
    publisher, plan, handles, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    assert not publisher.readable and receipt.done and receipt.url
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["delivery.cannot_look"]


# lost answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "garbage"])
def test_a_lost_answer_is_uncertain_and_found_again(
    desk: Desk, server: Douyin, tmp_path: Path, fault: str
) -> None:
    uploads = [clip(tmp_path)]
    desk.send(desk.post(TEXT, uploads), uploads)  # the same text, before
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.fault("create_video", fault)
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    found = desk.publisher().look(plan, handles)
    assert found is not None and found.handle["item_id"] == list(server.state.works)[-1]
    assert len(server.state.works) == 2


@pytest.mark.parametrize("fault", ["drop_before", "5xx_before", "2100004"])
def test_what_may_have_been_done_is_uncertain_and_not_there(
    desk: Desk, server: Douyin, tmp_path: Path, fault: str
) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.fault("create_video", fault)
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    assert publisher.look(plan, handles) is None and server.state.texts() == []


def test_an_answer_that_comes_too_late_is_uncertain(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    class Impatient(Transport):
        def request(self, method: str, url: str, **more: Any) -> Any:
            return super().request(method, url, **{**more, "timeout": 0.3 if "create_video" in url else 30})

    publisher = PLATFORM.publisher(replace(desk.access(), transport=Impatient(server.url, attempts=1)))
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.fault("create_video", "slow_after")
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    server.held.set()
    assert desk.publisher().look(plan, handles) is not None


@pytest.mark.parametrize("pictures", [False, True])
def test_a_platform_that_says_less_is_understood(desk: Desk, server: Douyin, tmp_path: Path, pictures: bool) -> None:
    server.state.bare, server.state.review = True, 1
    uploads = [photo(tmp_path)] if pictures else [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.fault("/create_", "drop_after")
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    found = publisher.look(plan, handles)
    assert found is not None and not found.done and found.handle["kind"] == ("images" if pictures else "video")
    assert publisher.read_back(desk.post(TEXT, uploads), uploads, plan, publisher.check(found)).whole


def test_two_that_could_be_it_are_asked_about(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    for _ in range(2):
        server.state.put(desk.mei, {"text": TEXT}, 4)
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["publish.several"]


def test_of_another_kind_or_text_it_is_not_ours(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.state.put(desk.mei, {"text": TEXT}, 2)
    server.state.put(desk.mei, {"text": TEXT + "。"}, 4)
    pinned = server.state.put(desk.mei, {"text": TEXT}, 4)
    pinned.top, pinned.made = True, desk.clock.at.replace(year=2025)
    assert publisher.look(plan, handles) is None


def test_it_is_found_behind_many(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    ours = server.state.put(desk.mei, {"text": TEXT}, 4)
    for number in range(45):
        server.state.put(desk.mei, {"text": f"{number}"}, 4)
    found = publisher.look(plan, handles)
    assert found is not None and found.handle["item_id"] == ours.item_id


def test_without_a_list_what_was_uploaded_may_still_tell(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    desk.sign_in(WITHOUT["video.list.bind"])
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["delivery.cannot_look"]
    made = server.state.put(desk.mei, {"text": TEXT}, 4)
    made.video_id = handles[0]["id"]
    found = publisher.look(plan, handles)
    assert found is not None and found.handle["item_id"] == made.item_id
    assert found.url.startswith("https://www.iesdouyin.com/")  # no number to make a lasting address of


# refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "problem", "said"), [
    ("2114007", Later, "douyin.quota"), ("2190001", Later, "douyin.quota"), ("28003018", Later, "douyin.too_often"),
    ("28001052", Later, "douyin.slow_down"), ("2114005", Refused, "account.closed"),
    ("2100007", ByHand, "douyin.not_permitted"), ("2190004", ByHand, "douyin.not_permitted"),
    ("28001018", ByHand, "douyin.not_permitted"), ("2190003", SignInAgain, "douyin.not_granted"),
    ("2190015", Refused, "douyin.app"), ("10017", Refused, "douyin.app"), ("2190007", Unstaged, "douyin.upload_gone"),
    ("2113001", Refused, "platform.refused"), ("99999", Refused, "platform.refused"),
])  # fmt: skip
def test_a_refused_post_says_what_to_do(
    desk: Desk, server: Douyin, tmp_path: Path, code: str, problem: type[Exception], said: str
) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.fault("create_video", code)
    with pytest.raises(problem) as refused:
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    assert codes(refused.value) == [said] and server.state.texts() == []
    assert desk.secrets["access_token"] not in str(refused.value.findings)  # type: ignore[attr-defined]


def test_a_days_quota_lasts_until_midnight_in_china(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    desk.mei.left = 0
    uploads = [clip(tmp_path)]
    with pytest.raises(Later) as later:
        desk.send(desk.post(TEXT, uploads), uploads)
    assert later.value.after == (24 - 17.5) * 3600  # it is half past five in the afternoon there


def test_a_banned_person(desk: Desk, tmp_path: Path) -> None:
    desk.mei.banned = True
    uploads = [clip(tmp_path)]
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(TEXT, uploads), uploads)
    assert codes(refused.value) == ["account.closed"]


def test_an_upload_serves_one_post(desk: Desk, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher, plan, handles, _ = desk.send(desk.post(TEXT, uploads), uploads)
    with pytest.raises(Unstaged):
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)


def test_what_was_uploaded_long_ago_goes_up_anew(desk: Desk, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    desk.clock.on(hours=21)
    with pytest.raises(Unstaged):
        publisher.ready(plan, handles)


@pytest.mark.parametrize("what", ["sixteen minutes", "too big", "no scope", "dead"])
def test_what_is_known_to_be_wrong_is_not_even_uploaded(
    desk: Desk, server: Douyin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from studio.platforms.base import Fact
    from studio.platforms.douyin import facts

    uploads = [clip(tmp_path, seconds=960 if what == "sixteen minutes" else 12)]
    if what == "too big":
        monkeypatch.setattr(facts, "VIDEO_BYTES", Fact(1000, "test"))
    if what == "no scope":
        desk.sign_in(WITHOUT["video.create.bind"])
    if what == "dead":
        desk.sign_in(sign_in="over")
    with pytest.raises(Refused) as refused:
        desk.publisher().plan(desk.post(TEXT, uploads), uploads)
    assert set(codes(refused.value)) == {{
        "sixteen minutes": "douyin.video_too_long", "too big": "media.too_big", "no scope": "douyin.no_capability",
        "dead": "douyin.refresh_dead",
    }[what]}
    assert server.seen == []


# tokens -----------------------------------------------------------------------------------------------------------


def test_a_token_that_is_over_is_refreshed_once_and_kept(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    old, last = desk.secrets["access_token"], desk.secrets["refresh_ends"]
    server.state.expire()
    publisher, plan, _, receipt = desk.send(desk.post(TEXT, uploads), uploads)
    assert publisher.read_back(desk.post(TEXT, uploads), uploads, plan, publisher.check(receipt)).whole
    assert desk.secrets["access_token"] != old and desk.secrets["refresh_ends"] == last
    assert len(server.calls("refresh_token")) == 1 and len(desk.saved.secrets) == 1
    assert server.calls("refresh_token")[0].given["client_key"] == desk.app.key


def test_one_that_ends_in_a_minute_is_refreshed_before_it_is_used(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    desk.clock.on(days=14, hours=23, minutes=59)
    desk.send(desk.post(TEXT, uploads), uploads)
    assert server.seen[0].path == "/oauth/refresh_token/" and len(server.calls("refresh_token")) == 1


def test_one_that_is_over_in_the_middle_of_the_visible_request(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.state.expire()
    assert publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles).handle["item_id"]
    assert len(server.state.works) == 1


def test_a_refresh_that_is_lost_is_no_lost_post(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post(TEXT, uploads), uploads)
    server.state.expire()
    server.fault("refresh_token", "drop_after")
    with pytest.raises(Later) as later:
        publisher.commit(desk.post(TEXT, uploads), uploads, plan, handles)
    assert not isinstance(later.value, Uncertain) and server.state.texts() == []


def test_a_dead_refresh_token_asks_for_a_new_sign_in(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    server.state.expire()
    server.state.refreshes.clear()
    with pytest.raises(SignInAgain) as over:
        desk.send(desk.post(TEXT, uploads), uploads)
    assert codes(over.value) == ["douyin.refresh_dead"] and desk.learnt["sign_in"] == "over"


def test_a_token_that_no_refresh_helps(desk: Desk, server: Douyin, tmp_path: Path) -> None:
    uploads = [clip(tmp_path)]
    server.fault("upload_video", "2190008", times=2)
    with pytest.raises(SignInAgain) as over:
        desk.send(desk.post(TEXT, uploads), uploads)
    assert codes(over.value) == ["login.expired"] and len(server.calls("refresh_token")) == 1
