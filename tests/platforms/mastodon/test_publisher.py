"""One post, sent, repeated, lost and found, against the contract server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import Later, NotThere, Refused, SignInAgain, Uncertain, Unstaged
from studio.platforms.base import Held
from tests.platforms.fakes import content, unheld
from tests.platforms.mastodon.desk import POST, Desk, clip, codes, photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon


def test_the_whole_way(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path, 1), photo(tmp_path, 2, (48, 64), "第二张")]
    what = desk.post("周末好去处 #咖啡\n\n看 https://example.com/a?b=1 和 @mei@social.test & <b>", uploads,
                     options={"visibility": "unlisted", "spoiler_text": "剧透", "language": "zh-CN"})
    publisher, plan, handles, receipt = desk.send(what, uploads)
    assert publisher.ready(plan, handles) is None
    status = desk.server.posts()[0]
    assert receipt.url == f"{desk.server.url}/@mei/{status.id}" and receipt.done and not receipt.held
    proof = publisher.read_back(what, uploads, plan, receipt)
    assert proof.whole and proof.at == desk.clock.at and proof.url == receipt.url, proof
    assert [line.what for line in proof.lines] == [
        "text", "warning", "visibility", "media", "media:1", "alt:1", "media:2", "alt:2",
    ]
    assert [line.sent for line in proof.lines if line.what.startswith("media:")] == ["image 64x48", "image 48x64"]
    assert status.params["language"] == "zh-CN" and status.params["sensitive"] is True
    assert [f.description for f in status.files] == ["阳光下的杯子", "第二张"]


def test_bodies_are_json_and_carry_a_key_and_a_name(desk: Desk, server: Mastodon) -> None:
    server.state.form_drops_files = True
    seen: list[dict[str, str]] = []
    kept = server.state.post
    server.state.post = lambda *a: (seen.append({"form": str(a[3]), "key": a[2]}), kept(*a))[1]  # type: ignore[method-assign]
    _, plan, _, _ = desk.send(desk.post())
    assert seen == [{"form": "False", "key": plan["key"]}] and len(plan["key"]) >= 16


def test_the_point_that_must_stay_visible(desk: Desk, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    for point, sent in (((0.5, 0.5), (0, 0)), ((0.0, 0.0), (-1, 1)), ((1.0, 0.75), (1, -0.5))):
        desk.send(desk.post(f"{point}", [upload], focus=point), [upload])
        assert desk.server.posts()[-1].files[0].focus == sent
    desk.send(desk.post("none", [upload]), [upload])
    assert desk.server.posts()[-1].files[0].focus is None


def test_the_name_of_a_file_stays_here(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    raw: list[bytes] = []
    kept = server.state.attach
    server.state.attach = lambda *a: (raw.append(a[2]), kept(*a))[1]  # type: ignore[method-assign]
    desk.send(desk.post("x", [upload]), [upload])
    assert raw == [upload.path.read_bytes()]


def test_a_poll(desk: Desk) -> None:
    what = desk.post("茶还是咖啡", options={"poll": {"options": ["茶", "咖啡"], "expires_in": 3600, "multiple": True}})
    publisher, plan, _, receipt = desk.send(what)
    assert desk.server.posts()[0].params["poll"] == {
        "options": ["茶", "咖啡"], "expires_in": 3600, "multiple": True, "hide_totals": False,
    }
    proof = publisher.read_back(what, [], plan, receipt)
    assert proof.whole and proof.lines[-1].what == "poll" and proof.lines[-1].found == "茶 / 咖啡"


def test_a_warning_without_a_text_is_the_text(desk: Desk) -> None:
    what = desk.post("", options={"spoiler_text": "只有标题"})
    publisher, plan, _, receipt = desk.send(what)
    assert desk.texts() == ["只有标题"] and publisher.read_back(what, [], plan, receipt).whole


def test_a_link_of_a_thread_answers_the_one_before(desk: Desk) -> None:
    first = desk.send(desk.post("一"))[3]
    parent = {"root": first.handle, "parent": first.handle}
    what = desk.post("二")
    publisher, plan, _, receipt = desk.send(what, reply_to=parent)
    assert desk.server.posts()[1].params["in_reply_to_id"] == first.handle["id"]
    proof = publisher.read_back(what, [], plan, receipt)
    assert proof.whole and proof.lines[-1].what == "reply"
    desk.server.state.statuses.clear()
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("三"), reply_to=parent)
    assert codes(refused.value) == ["publish.parent_gone"]


# files -----------------------------------------------------------------------------------------------------------


def test_a_clip_is_waited_for(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    server.state.slow = 3.0
    upload = clip(tmp_path)
    what = desk.post("clip", [upload])
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what, [upload])
    assert handles[0]["ready"] is False and publisher.ready(plan, handles) == 1.5
    with pytest.raises(Later) as later:
        publisher.commit(what, [upload], plan, handles)
    assert codes(later.value) == ["delivery.still_digesting"] and desk.texts() == []
    desk.clock.on(seconds=3)
    assert publisher.ready(plan, handles) is None
    receipt = publisher.commit(what, [upload], plan, handles)
    assert publisher.read_back(what, [upload], plan, receipt).whole


def test_a_clip_that_is_never_processed(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    server.state.processing_fails = True
    upload = clip(tmp_path)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post("clip", [upload]), [upload])
    with pytest.raises(Refused) as refused:
        publisher.ready(plan, handles)
    assert codes(refused.value) == ["media.not_processed"]


def test_what_was_uploaded_is_not_sent_again(desk: Desk, tmp_path: Path) -> None:
    upload, kept = photo(tmp_path), {}
    publisher = desk.publisher()
    plan = publisher.plan(desk.post("x", [upload]), [upload])
    first = publisher.stage(0, upload, plan, Held({}, kept.update))
    assert desk.publisher().stage(0, upload, plan, Held(kept, kept.update)) == first
    assert len(desk.server.state.files) == 1
    desk.server.state.files.clear()
    assert desk.publisher().stage(0, upload, plan, Held(kept, kept.update)) != first
    assert len(desk.server.state.files) == 1


def test_a_file_that_is_gone_there(desk: Desk, tmp_path: Path) -> None:
    upload = clip(tmp_path)
    desk.server.state.slow = 3.0
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post("x", [upload]), [upload])
    desk.server.state.files.clear()
    with pytest.raises(Unstaged) as gone:
        publisher.ready(plan, handles)
    assert codes(gone.value) == ["media.gone_there"]


def test_what_lay_there_for_long_is_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post("x", [upload]), [upload])
    desk.server.seen.clear()
    assert publisher.ready(plan, handles) is None and desk.server.seen == []
    desk.clock.on(hours=13)
    assert publisher.ready(plan, handles) is None and len(desk.server.seen) == 1
    desk.server.state.files.clear()
    with pytest.raises(Unstaged):
        desk.publisher().ready(plan, handles)


def test_files_that_are_not_taken(desk: Desk, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    upload.path.write_bytes(b"no picture at all" * 200)
    publisher = desk.publisher()
    with pytest.raises(Refused) as refused:
        desk.staged(publisher, desk.post("x", [upload]), [upload])
    assert codes(refused.value) == ["platform.refused"]
    assert "content type" in str(refused.value.findings[0].values["reason"])
    small = Desk(desk.server, desk.clock, tmp_path, image_bytes="100")
    with pytest.raises(Refused) as refused:
        small.publisher().plan(small.post("x", [photo(tmp_path, 2)]), [photo(tmp_path, 2)])
    assert codes(refused.value) == ["media.too_big"]


@pytest.mark.parametrize(("status", "body", "kind", "code"), [
    (413, b"<html>too large</html>", Refused, "media.too_big_for_server"),
    (500, {"error": "Error processing thumbnail for uploaded media"}, Refused, "media.not_processed"),
    (502, b"<html></html>", Later, "net.server_fault"), (401, {"error": "bad token"}, SignInAgain, ""),
    (429, {"error": "Too many requests"}, Later, "net.rate_limited_unknown"),
])
def test_uploads_that_fail(
    desk: Desk, proxy: FaultProxy, tmp_path: Path, status: int, body: Any, kind: type[Exception], code: str
) -> None:
    upload = photo(tmp_path)
    publisher = desk.publisher(url=proxy.url)
    plan = publisher.plan(desk.post("x", [upload]), [upload])
    proxy.answer(status, body, only="^POST /api/v2/media")
    with pytest.raises(kind) as raised:
        publisher.stage(0, upload, plan, unheld())
    assert not isinstance(raised.value, Uncertain) and (not code or codes(raised.value) == [code])


# lost and found --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["lose_reply", "cut_down", "502", "garbage", "html", "no id"])
@pytest.mark.parametrize("files", [0, 2])
def test_a_lost_answer_is_uncertain_and_found_by_looking(
    desk: Desk, proxy: FaultProxy, tmp_path: Path, fault: str, files: int
) -> None:
    uploads = [photo(tmp_path, n + 1) for n in range(files)]
    what = desk.post("一样的话 @mei@social.test", uploads)
    desk.send(desk.post("something else"))
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, what, uploads)
    {
        "lose_reply": lambda: proxy.lose_reply(only=POST), "cut_down": lambda: proxy.cut_down(40, only=POST),
        "502": lambda: proxy.html(502, only=POST, deliver=True),
        "garbage": lambda: proxy.garbage(only=POST, deliver=True),
        "html": lambda: proxy.html(200, only=POST, deliver=True),
        "no id": lambda: proxy.change(lambda status, data: (status, {"ok": True}), only=POST),
    }[fault]()
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    assert len(desk.texts()) == 2
    found = desk.publisher(url=proxy.url).look(plan, handles)
    assert found is not None and found.handle["id"] == desk.server.posts()[1].id
    again = desk.publisher(url=proxy.url).commit(what, uploads, plan, handles)
    assert again == found and len(desk.texts()) == 2
    assert desk.publisher().read_back(what, uploads, plan, found).whole


def test_what_never_arrived_is_not_found(desk: Desk, proxy: FaultProxy) -> None:
    what = desk.post()
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, what)
    proxy.refuse(only=POST)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, handles)
    assert publisher.look(plan, handles) is None
    publisher.commit(what, [], plan, handles)
    assert len(desk.texts()) == 1


@pytest.mark.parametrize("version", ["4.6.0", "4.6.5"])
def test_a_repeat_that_answers_500_is_uncertain_not_failed(desk: Desk, version: str) -> None:
    desk.server.state.version, desk.server.state.replay_500 = version, True
    broken = Desk(desk.server, desk.clock, desk.folder, version=version)
    what = broken.post()
    publisher, plan, handles, receipt = broken.send(what)
    assert not publisher.idempotent
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, handles)
    assert publisher.look(plan, handles) == receipt and len(broken.texts()) == 1


def test_who_may_be_asked_again_by_itself(desk: Desk) -> None:
    assert desk.publisher().idempotent
    assert not desk.publisher(at=desk.clock.at + timedelta(hours=1)).idempotent
    other = Desk(desk.server, desk.clock, desk.folder, version="2.7.2 (compatible; Akkoma 3.13.2)")
    assert not other.publisher().idempotent


def test_a_key_is_worth_an_hour_so_an_old_one_looks_first(desk: Desk) -> None:
    what = desk.post()
    publisher, plan, handles, receipt = desk.send(what)
    desk.clock.on(hours=2)
    assert publisher.commit(what, [], plan, handles) == receipt and len(desk.texts()) == 1


def test_a_server_that_ignores_keys_is_not_asked_twice(desk: Desk, server: Mastodon) -> None:
    server.state.ignores_keys = True
    what = desk.post()
    publisher, plan, handles, receipt = desk.send(what)
    assert publisher.look(plan, handles) == receipt


def test_the_same_text_written_by_hand_before_is_not_ours(desk: Desk) -> None:
    what = desk.post("晚安")
    desk.send(what)
    desk.clock.on(hours=1)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what)
    assert publisher.look(plan, handles) is None
    desk.server.state.statuses.clear()  # without a newest post, time decides
    fresh = desk.publisher()
    plan, handles = desk.staged(fresh, what)
    assert plan["since"] == "" and fresh.look(plan, handles) is None
    desk.clock.on(minutes=-10)
    desk.send(what)
    desk.clock.on(minutes=10)
    assert fresh.look(plan, handles) is None
    mine = fresh.commit(what, [], plan, handles)
    assert fresh.look(plan, handles) == mine


def test_a_clock_that_is_wrong_does_not_hide_a_post(desk: Desk) -> None:
    desk.send(desk.post("before"))
    desk.clock.ours = timedelta(hours=3)
    publisher, plan, handles, receipt = desk.send(desk.post())
    assert publisher.look(plan, handles) == receipt


def test_two_that_look_the_same_are_asked_about(desk: Desk) -> None:
    what = desk.post("hello")
    desk.send(desk.post("before"))
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what)
    desk.send(what)
    desk.send(what)
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["publish.several"] and refused.value.findings[0].values["count"] == 2


def test_a_file_of_ours_tells_two_alike_apart(desk: Desk, tmp_path: Path) -> None:
    upload = photo(tmp_path)
    what = desk.post("hello", [upload])
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what, [upload])
    desk.send(desk.post("hello"))
    mine = publisher.commit(what, [upload], plan, handles)
    assert publisher.look(plan, handles) == mine
    with pytest.raises(Uncertain):  # without the key the server says "already attached": it went through before
        publisher.commit(what, [upload], {**plan, "key": "another"}, handles)


def test_a_post_among_many_is_found(desk: Desk) -> None:
    desk.send(desk.post("before"))
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post("mine"))
    desk.send(desk.post("mine"))
    for number in range(90):
        desk.server.state.publish(desk.mei, {"status": f"{number}", "spoiler_text": "", "visibility": "public"}, [])
    assert publisher.look(plan, handles) is not None
    assert sum("/statuses" in e.path and e.method == "GET" for e in desk.exchanges) >= 4


@pytest.mark.parametrize("status", [500, 503])
def test_looking_while_the_server_is_down_is_later(desk: Desk, proxy: FaultProxy, status: int) -> None:
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    proxy.html(status, only="^GET ", times=9)
    with pytest.raises(Later) as later:
        publisher.look(plan, handles)
    assert not isinstance(later.value, NotThere)


# refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "body", "kind", "code"), [
    (401, {"error": "The access token is invalid"}, SignInAgain, "login.expired"),
    (403, {"error": "This action is outside the authorized scopes"}, Refused, "account.not_allowed"),
    (422, {"error": "Validation failed: Text character limit of 500 exceeded"}, Refused, "platform.refused"),
    (422, {"error": "Cannot attach files that have not finished processing. Try again in a moment!"}, Later,
     "delivery.still_digesting"),
    (429, {"error": "Too many requests"}, Later, "net.rate_limited"),
    (404, {"error": "Record not found"}, Uncertain, "net.server_fault"),
    (404, b"<html></html>", Uncertain, "net.server_fault"), (403, b"<html>firewall</html>", Uncertain, ""),
    (500, {"error": "This page is not correct"}, Uncertain, "net.server_fault"),
    (503, {"error": "There was a temporary problem serving your request, please try again"}, Uncertain, ""),
    (504, b"<html></html>", Uncertain, ""), (418, b"", Uncertain, ""),
])
def test_what_each_answer_means(
    desk: Desk, proxy: FaultProxy, status: int, body: Any, kind: type[Exception], code: str
) -> None:
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    reset = {"X-RateLimit-Reset": "2099-01-01T00:00:00.123456Z"} if status == 429 else {}
    proxy.answer(status, body, reset, only=POST)
    with pytest.raises(kind) as raised:
        publisher.commit(desk.post(), [], plan, handles)
    assert not code or codes(raised.value) == [code]
    assert desk.token not in str(raised.value) and desk.texts() == []


def test_a_rate_limit_says_until_when(desk: Desk, server: Mastodon) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    from datetime import UTC, datetime

    server.limit(POST, datetime.now(UTC) + timedelta(seconds=90))
    with pytest.raises(Later) as later:
        publisher.commit(desk.post(), [], plan, handles)
    assert later.value.after is not None and 80 < later.value.after <= 90


def test_the_servers_own_words_are_asked_for_in_english(desk: Desk) -> None:
    seen: list[str] = []
    desk.exchanges.clear()
    publisher = desk.publisher()
    request = publisher._access.transport.request  # type: ignore[attr-defined]
    publisher._access.transport.request = lambda m, u, **k: (seen.append(f"{m} {k['params']}"), request(m, u, **k))[1]  # type: ignore[attr-defined]
    plan, handles = desk.staged(publisher, desk.post())
    publisher.commit(desk.post(), [], plan, handles)
    assert seen[-1] == "POST {'lang': 'en'}"


def test_what_blocks_is_refused_before_anything_is_sent(desk: Desk, server: Mastodon) -> None:
    with pytest.raises(Refused):
        desk.publisher().plan(content("mastodon", "x" * 501), [])
    assert server.seen == []
    big = Desk(server, desk.clock, desk.folder, characters="5000")
    server.state.characters = 5000
    big.send(big.post("周" * 5000))
    assert len(desk.texts()) == 1


def test_without_a_token_one_signs_in_again(desk: Desk, server: Mastodon) -> None:
    with pytest.raises(SignInAgain):
        desk.publisher(secrets={}).plan(desk.post(), [])
    assert server.seen == []


def test_a_server_that_is_down(desk: Desk, server: Mastodon) -> None:
    server.down = True
    with pytest.raises(Later):
        desk.publisher().plan(desk.post(), [])
