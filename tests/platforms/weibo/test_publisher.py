"""One post, sent, lost and found, against the contract server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studio.core.errors import ByHand, Later, NotThere, Refused, SignInAgain, Uncertain
from studio.platforms.base import Upload
from studio.platforms.transport import Response
from studio.platforms.weibo import ids
from studio.platforms.weibo.errors import trouble
from tests.platforms.fakes import upload
from tests.platforms.weibo.desk import SHARE, TEXT, Desk, codes, photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.weibo_state import PICTURE_BELOW, base62


def test_the_whole_way(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path)]
    what = desk.post(TEXT, uploads)
    publisher, plan, handles, receipt = desk.send(what, uploads)
    status = desk.last()
    assert desk.texts() == [TEXT] and status.picture == uploads[0].path.read_bytes()
    assert publisher.look(plan, handles) == receipt
    assert receipt.url == f"https://weibo.com/{desk.mei.uid}/{base62(status.mid)}"
    assert receipt.handle == {"id": str(status.id), "mid": str(status.mid), "uid": desk.mei.uid}
    proof = publisher.read_back(what, uploads, plan, receipt)
    assert proof.whole and proof.at == desk.clock.at and proof.url == receipt.url, proof
    assert [line.what for line in proof.lines] == ["text", "media", "visibility"]


def test_numbers_may_be_texts(desk: Desk) -> None:
    desk.server.strings = True
    what = desk.post()
    publisher, plan, _, receipt = desk.send(what)
    assert publisher.read_back(what, [], plan, receipt).whole
    with pytest.raises(Refused) as refused:
        desk.send(what)
    assert codes(refused.value) == ["weibo.duplicate"]


def test_the_text_has_its_topics_and_link(desk: Desk) -> None:
    desk.server.state.filters_topics = ""
    what = desk.post("旧书店 #咖啡#", tags=("咖啡", "周末"), link="https://example.com/map")
    publisher, plan, _, receipt = desk.send(what)
    assert desk.texts() == ["旧书店 #咖啡# #周末# https://example.com/map"]
    assert publisher.read_back(what, [], plan, receipt).whole


@pytest.mark.parametrize("how", ["whole", "signs"])
def test_a_filtered_topic_is_found_and_told(desk: Desk, how: str) -> None:
    desk.server.state.filters_topics = how
    what = desk.post("旧书店 #咖啡# https://example.com/a")
    publisher, plan, handles, receipt = desk.send(what)
    assert publisher.look(plan, handles) == receipt
    proof = publisher.read_back(what, [], plan, receipt)
    assert [line.what for line in proof.lines if not line.same] == ["text"]


def test_short_addresses_and_entities_come_back_as_ours(desk: Desk) -> None:
    desk.server.state.escapes = True
    what = desk.post("一 <b> & 二 https://example.com/long/path?x=1&y=2 和 https://elsewhere.cn/a 。\n\n尾")
    publisher, plan, handles, receipt = desk.send(what)
    assert "t.cn" in desk.last().text and "&lt;" in desk.last().text
    assert publisher.look(plan, handles) == receipt and publisher.read_back(what, [], plan, receipt).whole


def test_the_calls_of_a_post_are_few(desk: Desk, tmp_path: Path) -> None:
    for number, most in ((1, 4), (2, 3)):
        what, before = desk.post(f"{number} {TEXT}"), len(desk.server.calls())
        publisher, plan, _, receipt = desk.send(what)
        publisher.read_back(what, [], plan, receipt)
        assert len(desk.server.calls()) - before == most
    assert desk.identity["base62"] == "ours"


def test_the_server_has_the_last_word_on_the_address(desk: Desk, proxy: FaultProxy) -> None:
    proxy.change(lambda status, data: (status, {"mid": "OtHeRwIsE"}), only="querymid")
    what = desk.post()
    publisher, plan, _, receipt = desk.send(what, url=proxy.url)
    assert publisher.read_back(what, [], plan, receipt).url.endswith("/OtHeRwIsE") and "base62" not in desk.identity
    desk.server.fault("error", only="querymid", code=10014)
    again = publisher.read_back(what, [], plan, receipt)
    assert again.url == receipt.url and ids.long(again.url.rpartition("/")[2]) == receipt.handle["mid"]


def test_no_address_carries_the_token_or_the_name_of_a_file(desk: Desk, tmp_path: Path) -> None:
    raw = photo(tmp_path, 7)
    desk.send(desk.post(TEXT, [raw]), [raw])
    assert all(desk.token not in e.path for e in desk.exchanges)
    assert all(desk.token not in str(form) for _, form in desk.server.forms)
    assert "photo7" not in str(desk.server.forms)


def test_the_ip_goes_along_only_when_it_is_set(desk: Desk) -> None:
    desk.send(desk.post())
    assert "rip" not in desk.server.forms[-1][1]
    desk.identity["set.rip"] = "203.0.113.9"
    desk.send(desk.post(f"2 {TEXT}"))
    assert desk.server.forms[-1][1]["rip"] == "203.0.113.9"


def test_an_app_that_is_not_reviewed_shows_its_posts_to_nobody(desk: Desk) -> None:
    desk.app.reviewed = False
    desk.app.testers.add(desk.mei.uid)
    what = desk.post()
    publisher, plan, _, receipt = desk.send(what)
    proof = publisher.read_back(what, [], plan, receipt)
    assert not proof.whole and desk.identity["reviewed"] == "no"
    assert [(line.what, line.found) for line in proof.lines if not line.same] == [("visibility", "test accounts only")]
    desk.app.reviewed = True
    assert publisher.read_back(what, [], plan, receipt).whole and desk.identity["reviewed"] == "yes"


def test_a_post_that_is_gone_is_not_there(desk: Desk) -> None:
    what = desk.post()
    publisher, plan, _, receipt = desk.send(what)
    desk.server.state.statuses.clear()
    with pytest.raises(NotThere) as gone:
        publisher.read_back(what, [], plan, receipt)
    assert gone.value.findings[0].values["key"] == receipt.handle["id"]


# pictures --------------------------------------------------------------------------------------------------------


def test_a_picture_is_read_while_it_is_sent(desk: Desk, tmp_path: Path) -> None:
    raw = photo(tmp_path)
    with raw.path.open("ab") as file:
        file.write(b"\0" * (PICTURE_BELOW - 1 - raw.bytes))
    full = upload(raw.path)
    desk.send(desk.post(TEXT, [full]), [full])
    assert len(desk.last().picture) == PICTURE_BELOW - 1


def test_five_megabytes_are_too_much(desk: Desk, tmp_path: Path) -> None:
    raw = photo(tmp_path)
    with raw.path.open("ab") as file:
        file.write(b"\0" * (PICTURE_BELOW - raw.bytes))
    full = upload(raw.path)
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(TEXT, [full]), [full])
    assert codes(refused.value) == ["media.too_big"] and desk.server.seen == []


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_other_kinds_that_are_taken(desk: Desk, tmp_path: Path, kind: str) -> None:
    raw = photo(tmp_path, kind=kind)
    desk.send(desk.post(TEXT, [raw]), [raw])
    assert desk.last().picture == raw.path.read_bytes()


def test_what_is_no_picture_is_refused_here_and_there(desk: Desk, tmp_path: Path) -> None:
    raw = photo(tmp_path, kind="WEBP")
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(TEXT, [raw]), [raw])
    assert codes(refused.value) == ["weibo.picture_kind"] and desk.server.seen == []
    lies = upload(raw.path, mime="image/jpeg")
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(TEXT, [lies]), [lies])
    assert codes(refused.value) == ["weibo.picture_kind"] and desk.texts() == []


def test_a_file_that_is_gone_is_refused(desk: Desk, tmp_path: Path) -> None:
    raw = photo(tmp_path)
    publisher = desk.publisher()
    what = desk.post(TEXT, [raw])
    plan, handles = desk.staged(publisher, what, [raw])
    raw.path.unlink()
    with pytest.raises(Refused) as refused:
        publisher.commit(what, [raw], plan, handles)
    assert codes(refused.value) == ["media.missing"] and desk.texts() == []


def test_only_the_first_of_several_goes_along(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path, 1), photo(tmp_path, 2)]
    what = desk.post(TEXT, uploads)
    publisher, plan, _, receipt = desk.send(what, uploads)
    assert desk.last().picture == uploads[0].path.read_bytes()
    assert publisher.read_back(what, uploads, plan, receipt).whole


# lost and found --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "html_after", "drop_before", "5xx_before", "html_before"])
@pytest.mark.parametrize("files", [0, 1])
def test_a_lost_answer_is_uncertain_and_looked_for(desk: Desk, tmp_path: Path, fault: Any, files: int) -> None:
    uploads = [photo(tmp_path)][:files]
    desk.send(desk.post(f"before {TEXT}"))
    what = desk.post(TEXT, uploads)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, what, uploads)
    desk.server.fault(fault, only=SHARE)
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    arrived = fault.endswith("after")
    found = desk.publisher().look(plan, handles)
    assert (found is not None) == arrived and len(desk.texts()) == 1 + arrived
    if found is not None:
        assert found.handle["id"] == str(desk.last().id)
        assert desk.publisher().read_back(what, uploads, plan, found).whole


@pytest.mark.parametrize("fault", ["cut_down", "garbage", "no id", "huge"])
def test_an_answer_that_cannot_be_read_is_uncertain(desk: Desk, proxy: FaultProxy, fault: str) -> None:
    {
        "cut_down": lambda: proxy.cut_down(40, only="share"),
        "garbage": lambda: proxy.garbage(only="share", deliver=True),
        "no id": lambda: proxy.change(lambda status, data: (status, {"ok": 1}), only="share"),
        "huge": lambda: proxy.huge(only="share", deliver=True),
    }[fault]()
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(), [], plan, handles)
    assert desk.publisher().look(plan, handles) is not None and len(desk.texts()) == 1


@pytest.mark.parametrize(("status", "body"), [
    (502, {"error": "Bad Gateway", "error_code": 50200}), (200, {"error": "?", "error_code": "E-1"}),
    (500, {"error_code": None}),
])
def test_an_error_that_says_nothing_known_of_the_post_is_uncertain(
    desk: Desk, proxy: FaultProxy, status: int, body: dict[str, object]
) -> None:
    """A relay's fault in Weibo's form, or a code that is no number: the post is there all the same."""
    proxy.change(lambda _status, _data: (status, body), only="share")
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(), [], plan, handles)
    assert desk.publisher().look(plan, handles) is not None and len(desk.texts()) == 1


def test_no_secret_is_in_what_weibo_said_and_no_word_is_taken_for_one() -> None:
    secrets = {"access_token": "2.00abcDEF", "app_secret": "s3cret", "by": "token", "ends": "2026-12-01T00:00:00+00:00"}
    body = b'{"error": "bad token 2.00abcDEF of s3cret", "error_code": 20020}'
    problem = trouble(Response(400, {}, body, "https://api.weibo.com/x"), secrets)
    assert problem.findings[0].values["reason"] == "bad token … of … (20020)"


@pytest.mark.parametrize("zero", [0, "0"])
def test_an_answer_that_says_there_is_no_error_is_good(desk: Desk, proxy: FaultProxy, zero: object) -> None:
    proxy.change(lambda status, data: (status, {**data, "error_code": zero, "error": ""}), only="share")
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    assert publisher.commit(desk.post(), [], plan, handles).handle["id"] == str(desk.last().id)


def test_published_but_slow_is_looked_for(desk: Desk) -> None:
    desk.server.state.lagging, desk.server.state.lag = True, 90.0
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    with pytest.raises(Uncertain) as unsure:
        publisher.commit(desk.post(), [], plan, handles)
    assert codes(unsure.value) == ["weibo.busy"] and publisher.look(plan, handles) is None
    desk.clock.on(seconds=100)
    assert publisher.look(plan, handles) is not None and len(desk.texts()) == 1


@pytest.mark.parametrize("code", [10001, 10002, 10003, 10009, 10010, 10011])
def test_a_fault_of_theirs_is_uncertain_in_a_post_and_later_in_a_read(desk: Desk, code: int) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    desk.server.fault("error", only=SHARE, code=code)
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(), [], plan, handles)
    desk.server.fault("error", only="user_timeline", code=code)
    with pytest.raises(Later) as later:
        publisher.look(plan, handles)
    assert not isinstance(later.value, NotThere)


def test_the_same_text_twice_is_refused_in_words(desk: Desk) -> None:
    desk.send(desk.post())
    desk.clock.on(minutes=5)
    with pytest.raises(Refused) as refused:
        desk.send(desk.post())
    assert codes(refused.value) == ["weibo.duplicate"] and len(desk.texts()) == 1


@pytest.mark.parametrize("code", [20017, 20019, 20111])
def test_a_duplicate_after_a_lost_answer_is_looked_for(desk: Desk, code: int) -> None:
    """The listing lagged, so it seemed not to be there; a person sent it again, and Weibo said it has it."""
    desk.server.state.lag = 120.0
    first = desk.publisher()
    plan, handles = desk.staged(first, desk.post())
    desk.server.fault("drop_after", only=SHARE)
    with pytest.raises(Uncertain):
        first.commit(desk.post(), [], plan, handles)
    assert first.look(plan, handles) is None
    desk.clock.on(minutes=1)
    second = desk.publisher()
    again, handles = desk.staged(second, desk.post())
    if code != 20019:
        desk.server.fault("error", only=SHARE, code=code)
    with pytest.raises(Uncertain):
        second.commit(desk.post(), [], again, handles)
    desk.clock.on(minutes=2)
    found = desk.publisher().look(again, handles)
    assert found is not None and found.handle["id"] == str(desk.last().id) and len(desk.texts()) == 1
    with pytest.raises(Refused):  # once it was found, the same text is a duplicate like any other
        desk.send(desk.post())


def test_a_killed_try_is_remembered_as_well(desk: Desk) -> None:
    """Before the request goes out, the account knows of it."""
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    known: list[str] = []
    kept = desk.server.state.share
    desk.server.state.share = lambda *a: (known.append(desk.identity["unsure"]), kept(*a))[1]  # type: ignore[method-assign]
    publisher.commit(desk.post(), [], plan, handles)
    assert known and known[0] and desk.identity["unsure"] == ""


def test_an_unanswered_try_is_forgotten_after_two_days(desk: Desk) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    desk.server.fault("drop_before", only=SHARE)
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(), [], plan, handles)
    assert desk.publisher().plan(desk.post(), [])["again"] is True
    desk.clock.on(hours=49)
    assert desk.publisher().plan(desk.post(), [])["again"] is False


def test_other_posts_and_refusals_leave_an_unanswered_try_remembered(desk: Desk) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    desk.server.fault("drop_after", only=SHARE)
    with pytest.raises(Uncertain):
        publisher.commit(desk.post(), [], plan, handles)
    desk.send(desk.post(f"2 {TEXT}"))
    again, handles = desk.staged(desk.publisher(), desk.post())
    assert again["again"] is True and (again["begun"], again["since"]) == (plan["begun"], plan["since"])
    desk.server.fault("error", only=SHARE, code=20016)
    with pytest.raises(Later):
        desk.publisher().commit(desk.post(), [], again, handles)
    assert desk.publisher().plan(desk.post(), [])["again"] is True
    assert desk.publisher().look(again, handles) is not None
    assert desk.publisher().plan(desk.post(), [])["again"] is False and desk.identity["unsure"] == ""


def test_only_so_many_tries_are_remembered(desk: Desk) -> None:
    for number in range(12):
        publisher = desk.publisher()
        plan, handles = desk.staged(publisher, desk.post(f"{number} {TEXT}"))
        desk.server.fault("drop_before", only=SHARE)
        with pytest.raises(Uncertain):
            publisher.commit(desk.post(), [], plan, handles)
    known = [desk.publisher().plan(desk.post(f"{n} {TEXT}"), [])["again"] for n in range(12)]
    assert known == [False] * 4 + [True] * 8


def test_what_was_there_before_is_never_ours(desk: Desk) -> None:
    desk.send(desk.post())
    desk.clock.on(hours=2)
    desk.clock.ours = timedelta(hours=-3)  # a wrong clock hides nothing and invents nothing
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    assert publisher.look(plan, handles) is None
    mine = publisher.commit(desk.post(), [], plan, handles)
    assert publisher.look(plan, handles) == mine


def test_the_very_first_post_is_found_whatever_our_clock_says(desk: Desk) -> None:
    desk.clock.ours = timedelta(hours=5)
    publisher, plan, handles, receipt = desk.send(desk.post())
    assert plan["since"] == "0" and publisher.look(plan, handles) == receipt


def test_where_the_timeline_is_closed_time_decides(desk: Desk) -> None:
    desk.server.fault("error", only="user_timeline", code=10014)
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    assert plan["since"] == ""
    mine = publisher.commit(desk.post(), [], plan, handles)
    assert publisher.look(plan, handles) == mine
    desk.clock.on(hours=1)
    later = {**plan, "begun": desk.clock.at.isoformat()}
    assert publisher.look(later, handles) is None


def test_five_newer_posts_hide_an_older_one(desk: Desk) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    publisher.commit(desk.post(), [], plan, handles)
    for number in range(4):
        desk.send(desk.post(f"{number} {TEXT}"))
    assert publisher.look(plan, handles) is not None
    desk.send(desk.post(f"4 {TEXT}"))
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["weibo.look_short"]


# refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "kind", "said"), [
    (10004, Refused, "weibo.ip_limited"), (10005, ByHand, "weibo.not_permitted"),
    (10012, ByHand, "weibo.not_permitted"), (10013, ByHand, "weibo.not_permitted"),
    (10014, ByHand, "weibo.not_permitted"), (10006, Refused, "platform.refused"), (10008, Refused, "platform.refused"),
    (10016, Refused, "platform.refused"), (10018, Refused, "platform.refused"), (10020, Refused, "platform.refused"),
    (10022, Later, "weibo.rate"), (10023, Later, "weibo.rate"), (10024, Later, "weibo.rate"),
    (20003, Refused, "platform.refused"), (20005, Refused, "weibo.picture_kind"),
    (20006, Refused, "weibo.picture_size"), (20007, Refused, "platform.refused"), (20008, Refused, "post.empty"),
    (20012, Refused, "weibo.too_long_there"), (20013, Refused, "weibo.too_long_there"),
    (20014, Refused, "platform.refused"), (20015, Refused, "weibo.account_blocked"), (20016, Later, "weibo.rate"),
    (20017, Refused, "weibo.duplicate"), (20018, Refused, "weibo.rejected"), (20020, Refused, "weibo.rejected"),
    (20021, Refused, "weibo.rejected"), (20022, ByHand, "weibo.human"), (20031, ByHand, "weibo.human"),
    (20111, Refused, "weibo.duplicate"), (21301, SignInAgain, "login.expired"), (21315, SignInAgain, "login.expired"),
    (21316, SignInAgain, "login.expired"), (21317, SignInAgain, "login.expired"),
    (21319, SignInAgain, "login.expired"), (21321, Refused, "weibo.unreviewed"),
    (21327, SignInAgain, "login.expired"), (21332, SignInAgain, "login.expired"), (21602, Refused, "weibo.rejected"),
    (99999, Refused, "platform.refused"),
])  # fmt: skip
@pytest.mark.parametrize("strings", [False, True])
def test_what_each_code_means(desk: Desk, code: int, kind: type[Exception], said: str, strings: bool) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    desk.server.strings = strings
    desk.server.fault("error", only=SHARE, code=code, status=400)
    with pytest.raises(kind) as raised:
        publisher.commit(desk.post(), [], plan, handles)
    assert codes(raised.value) == [said] and type(raised.value) is kind
    assert desk.texts() == [] and desk.token not in str(raised.value.findings)  # type: ignore[attr-defined]
    assert desk.identity["unsure"] == ""


def test_an_error_under_a_good_status_is_one(desk: Desk) -> None:
    publisher = desk.publisher()
    plan, handles = desk.staged(publisher, desk.post())
    desk.server.fault("error", only=SHARE, code=20021, status=200)
    with pytest.raises(Refused) as refused:
        publisher.commit(desk.post(), [], plan, handles)
    assert codes(refused.value) == ["weibo.rejected"]


@pytest.mark.parametrize(("status", "kind", "code"), [
    (401, SignInAgain, "login.expired"), (403, Uncertain, "net.server_fault"), (404, Uncertain, "net.server_fault"),
    (429, Later, "net.rate_limited_unknown"), (500, Uncertain, "net.server_fault"),
])  # fmt: skip
def test_a_page_in_the_way(desk: Desk, proxy: FaultProxy, status: int, kind: type[Exception], code: str) -> None:
    publisher = desk.publisher(url=proxy.url)
    plan, handles = desk.staged(publisher, desk.post())
    proxy.html(status, only="share")
    with pytest.raises(kind) as raised:
        publisher.commit(desk.post(), [], plan, handles)
    assert codes(raised.value) == [code]


def test_both_safe_domain_refusals_are_told_apart(desk: Desk) -> None:
    desk.identity["safe_domain"] = "other.cn"
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("看 https://www.other.cn/a"))
    assert codes(refused.value) == ["weibo.domain_missing_there"]
    desk.app.domain = ""
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("看 https://www.other.cn/a"))
    assert codes(refused.value) == ["weibo.domain_not_bound"] and desk.texts() == []


def test_what_the_checks_find_is_never_sent(desk: Desk) -> None:
    for text, code in (("没有网址", "weibo.no_safe_address"), ("周" * 131 + " https://example.com", "weibo.too_long")):
        with pytest.raises(Refused) as refused:
            desk.publisher().plan(desk.post(text), [])
        assert codes(refused.value) == [code]
    assert desk.server.seen == []


@pytest.mark.parametrize("state", ["expired", "revoked", "none", "unreviewed"])
def test_a_token_that_is_not_taken(desk: Desk, state: str) -> None:
    publisher = desk.publisher(secrets={} if state == "none" else None)
    if state == "expired":
        desk.clock.on(days=8)
    if state == "revoked":
        desk.server.state.tokens[desk.token].refused = 21316
    if state == "unreviewed":
        desk.app.reviewed = False
    made = {"text": TEXT, "begun": desk.clock.at.isoformat(), "since": "", "again": False}
    with pytest.raises(Refused if state == "unreviewed" else SignInAgain) as raised:
        publisher.commit(desk.post(), [], made, [])
    expected = "weibo.unreviewed" if state == "unreviewed" else "login.expired"
    assert desk.texts() == [] and codes(raised.value) == [expected]


def test_the_limits_of_the_hour_and_the_day(desk: Desk) -> None:
    for number in range(30):
        desk.server.state.share(desk.server.state.tokens[desk.token], f"{number} {TEXT}", None)
    with pytest.raises(Later) as later:
        desk.send(desk.post())
    assert codes(later.value) == ["weibo.rate"] and later.value.after == 600
    desk.clock.on(hours=2)
    for _ in range(100):
        desk.server.state.calls.append((desk.mei.uid, "x", desk.clock.at))
    publisher = desk.publisher()
    with pytest.raises(Later) as later:
        publisher.plan(desk.post(), [])
    assert later.value.after == 3600
    desk.clock.on(days=1)
    desk.send(desk.post())
    assert len(desk.texts()) == 31


# comments --------------------------------------------------------------------------------------------------------


PICTURE = Upload(Path("/nowhere.jpg"), "image/jpeg", 1, "", 1, 1, "", "a.jpg")


def thread(desk: Desk) -> dict[str, Any]:
    """A live post as what a link of its thread answers."""
    root = desk.send(desk.post())[3]
    return {"root": root.handle, "parent": root.handle}


def test_a_reply_is_a_comment_below_the_post(desk: Desk) -> None:
    above = thread(desk)
    what = desk.post("路线在这里")
    publisher, plan, _, receipt = desk.send(what, reply_to=above)
    made = desk.server.state.comments[0]
    assert (made.text, made.status, made.parent) == ("路线在这里", desk.last(), None)
    assert receipt.handle == {**above["root"], "comment": str(made.id)}
    assert receipt.url.startswith(f"https://weibo.com/{desk.mei.uid}/")
    proof = publisher.read_back(what, [], plan, receipt)
    assert proof.whole and [line.what for line in proof.lines] == ["text"]
    second = desk.send(desk.post("第二条"), reply_to={**above, "parent": receipt.handle})
    assert len(desk.server.state.comments) == 2 and second[1]["since"] == str(made.id)
    desk.server.state.comments.clear()
    with pytest.raises(NotThere):
        publisher.read_back(what, [], plan, receipt)


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "5xx_after"])
def test_a_lost_comment_is_looked_for(desk: Desk, fault: Any) -> None:
    above = thread(desk)
    publisher = desk.publisher(reply_to=above)
    plan, handles = desk.staged(publisher, desk.post("评论"))
    desk.server.fault(fault, only="comments/create")
    with pytest.raises(Uncertain):
        publisher.commit(desk.post("评论"), [], plan, handles)
    found = desk.publisher(reply_to=above).look(plan, handles)
    assert (found is not None) == fault.endswith("after") == bool(desk.server.state.comments)


def test_a_comment_of_somebody_else_is_not_ours(desk: Desk) -> None:
    above = thread(desk)
    publisher = desk.publisher(reply_to=above)
    plan, handles = desk.staged(publisher, desk.post("评论"))
    other = desk.server.state.user("other")
    holder = desk.server.state.tokens[desk.token]
    desk.server.state.comment(holder, {"id": above["root"]["id"], "comment": "评论"}).user = other
    assert publisher.look(plan, handles) is None


def test_comments_that_cannot_be(desk: Desk) -> None:
    above = thread(desk)
    for text, code in (("周" * 141, "weibo.too_long"), ("", "post.empty")):
        with pytest.raises(Refused) as refused:
            desk.publisher(reply_to=above).plan(desk.post(text), [])
        assert codes(refused.value) == [code]
    with pytest.raises(Refused) as refused:
        desk.publisher(reply_to=above).plan(desk.post("图", [PICTURE]), [])
    assert codes(refused.value) == ["weibo.comment_media"]
    desk.server.state.comments_closed = True
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("评论"), reply_to=above)
    assert codes(refused.value) == ["weibo.comments_closed"]
    desk.server.state.statuses.clear()
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("评论"), reply_to=above)
    assert codes(refused.value) == ["publish.parent_gone"] and desk.server.state.comments == []
