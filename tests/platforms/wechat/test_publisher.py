"""One article on its way: pictures, draft, the visible request, states, look-ups, proof."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.core.errors import ByHand, Later, NotThere, Refused, Rejected, SignInAgain, Uncertain, Unstaged
from studio.platforms.wechat.publisher import crop
from tests.platforms.wechat.desk import ADD, SUBMIT, Clock, Desk, Memory, codes
from tests.servers.faultproxy import FaultProxy
from tests.servers.wechat import WeChat

GET = "/cgi-bin/freepublish/get"


def article(server: WeChat, at: int = -1) -> dict[str, Any]:
    """What came as a draft."""
    found: dict[str, Any] = server.given[ADD][at]["articles"][0]
    return found


def test_an_article_is_published_and_proved(desk: Desk, server: WeChat) -> None:
    options = {"author": "梅", "digest": "两段话", "open_comment": True}
    what = desk.post("# 头\n\n**粗** ![](photo2.jpg)\n\n尾", 2, link="https://example.com/a?b=1", options=options)
    publisher, uploads, plan, _, receipt = desk.send(what)
    assert not receipt.done and receipt.url == "" and receipt.handle["publish_id"] and receipt.handle["msg_data_id"]
    assert desk.titles() == []
    receipt = desk.done(publisher, receipt)
    assert receipt.url.startswith("https://mp.weixin.qq.com/s?__biz=") and desk.titles() == ["周末好去处"]
    proof = publisher.read_back(what, uploads, plan, receipt)
    assert proof.whole and {line.what for line in proof.lines} == {"title", "digest", "author", "text", "media"}
    assert next(line for line in proof.lines if line.what == "media").sent == "2"
    sent = article(server)
    assert sent["need_open_comment"] == 1 and sent["only_fans_can_comment"] == 0
    assert (sent["author"], sent["content_source_url"]) == ("梅", "https://example.com/a?b=1")
    assert server.state.stripped == [] and len(server.state.stored) == 3
    server.assert_raw()


def test_pictures_are_where_the_text_names_them_and_the_rest_follows(desk: Desk, server: WeChat) -> None:
    desk.send(desk.post("甲\n\n![二](photo2.jpg)\n\n乙", 3))
    html = article(server)["content"]
    places = [server.state.stored.index(_hash(desk, n)) for n in (2, 1, 3)]
    addresses = re.findall(r'src="([^"]+)"', html)
    assert len(addresses) == 3 and places == [1, 0, 3] and all("mmbiz.qpic.cn" in a for a in addresses)
    assert html.index("甲") < html.index(addresses[0]) < html.index("乙") < html.index(addresses[1])


def _hash(desk: Desk, number: int) -> str:
    import hashlib

    return hashlib.sha256((desk.folder / f"photo{number}.jpg").read_bytes()).hexdigest()


def test_the_cover_is_chosen_and_both_crops_follow_the_focal_point(desk: Desk, server: WeChat) -> None:
    pictures = [desk.picture(1), replace(desk.picture(2, (2000, 1000)), focus=(0.9, 0.5))]
    desk.send(desk.post(pictures=pictures, options={"cover": "photo2.jpg"}))
    sent = article(server)
    cover = server.state.materials[sent["thumb_media_id"]]
    assert cover.sha256 == _hash(desk, 2)
    assert sent["pic_crop_235_1"] == "0_0.074444_1_0.925556"
    assert sent["pic_crop_1_1"] == "0.5_0_1_1"
    assert sent["content"].count("<img") == 1, "a chosen cover is not shown again by itself"


@given(st.integers(1, 9000), st.integers(1, 9000), st.tuples(st.floats(0, 1), st.floats(0, 1)) | st.none())
def test_a_crop_is_always_one_that_is_taken(width: int, height: int, focus: Any) -> None:
    for shape in ((900, 383), (1, 1)):
        x1, y1, x2, y2 = (float(part) for part in crop(width, height, *shape, focus).split("_"))
        assert 0 <= x1 < x2 <= 1 and 0 <= y1 < y2 <= 1
        wide, high = (x2 - x1) * width, (y2 - y1) * height
        assert wide / high == pytest.approx(shape[0] / shape[1], rel=0.05, abs=0.05) or min(wide, high) < 1


def test_an_image_post_has_its_pictures_in_order_and_plain_text(desk: Desk, server: WeChat) -> None:
    what = desk.post("咖啡 & <3", 3, options={"type": "image"})
    publisher, uploads, plan, _, receipt = desk.send(what)
    sent = article(server)
    slides = [slide["image_media_id"] for slide in sent["image_info"]["image_list"]]
    assert [server.state.materials[id].sha256 for id in slides] == [_hash(desk, n) for n in (1, 2, 3)]
    assert sent["article_type"] == "newspic" and sent["content"] == "咖啡 & <3" and "thumb_media_id" not in sent
    assert publisher.read_back(what, uploads, plan, desk.done(publisher, receipt)).whole


def test_pictures_outside_are_uploaded_like_the_others(desk: Desk, server: WeChat) -> None:
    desk.picture(7)
    desk.send(desk.post("![](https://example.com/photo7.jpg)", pictures=[]))
    sent = article(server)
    assert sent["content"].count("mmbiz.qpic.cn") == 1 and server.state.stripped == []
    assert server.state.materials[sent["thumb_media_id"]].sha256 == _hash(desk, 7)


def test_animations_go_through_the_library_where_somebody_wants_that(desk: Desk, server: WeChat) -> None:
    from PIL import Image

    from tests.platforms.fakes import media

    Image.new("P", (1200, 900)).save(desk.folder / "a.gif")
    desk.identity["set.animations"] = "moving"
    desk.send(desk.post("![](a.gif)", [desk.picture(1), media("a.gif")]))
    assert server.asked("/cgi-bin/media/uploadimg") == 1 and server.asked("/cgi-bin/material/add_material") == 2
    assert "mmbiz_gif" in article(server)["content"]


# -- token -------------------------------------------------------------------------------------------------------


def test_one_token_serves_until_a_minute_before_its_end(desk: Desk, server: WeChat, clock: Clock) -> None:
    desk.send(desk.post(pictures=2))
    assert server.asked("/cgi-bin/stable_token") == 1 and desk.secrets["access_token"] in server.state.tokens
    clock.on(seconds=7200 - 61)
    desk.publisher().stage(0, desk.upload(_wants(desk)[0]), {}, Memory().held())
    assert server.asked("/cgi-bin/stable_token") == 1
    clock.on(seconds=2)
    desk.publisher().stage(0, desk.upload(_wants(desk)[0]), {}, Memory().held())
    assert server.asked("/cgi-bin/stable_token") == 2


def _wants(desk: Desk) -> Any:
    from tests.platforms.wechat.desk import PLATFORM

    return PLATFORM.wants(desk.post())


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_stale_token_is_renewed_and_the_call_made_once_more(desk: Desk, server: WeChat, code: int) -> None:
    publisher = desk.publisher()
    uploads, plan, handles = desk.staged(publisher, desk.post())
    server.state.expire_token(code)
    receipt = publisher.commit(desk.post(), uploads, plan, handles)
    assert receipt.handle["publish_id"] and server.asked(SUBMIT) == 2 and len(server.state.jobs) == 1
    assert desk.saved.secrets[-1]["access_token"] == desk.secrets["access_token"]


def test_a_token_that_stays_refused_is_forced_once_and_then_left(desk: Desk, server: WeChat) -> None:
    publisher = desk.publisher()
    uploads, plan, handles = desk.staged(publisher, desk.post())
    server.state.codes[SUBMIT] = [40001, 40001, 40001]
    with pytest.raises(Later) as later:
        publisher.commit(desk.post(), uploads, plan, handles)
    assert codes(later.value) == ["wechat.token_refused"] and server.asked(SUBMIT) == 2
    assert [given["force_refresh"] for given in server.given["/cgi-bin/stable_token"]] == [False, False, True]


def test_a_secret_that_was_changed_asks_for_a_new_sign_in(desk: Desk, server: WeChat) -> None:
    server.state.secret = "another-secret-altogether"
    with pytest.raises(SignInAgain) as again:
        desk.send(desk.post())
    assert codes(again.value) == ["wechat.secret"] and "s3cret" not in repr(again.value.findings)


def test_an_account_without_secrets_must_sign_in(desk: Desk) -> None:
    desk.secrets = {"app_id": "", "app_secret": ""}
    with pytest.raises(SignInAgain):
        desk.send(desk.post())


# -- what goes wrong before anything is visible ------------------------------------------------------------------


def test_an_address_that_is_not_listed_is_named(desk: Desk, server: WeChat) -> None:
    server.state.listed = {"198.51.100.1"}
    with pytest.raises(Refused) as refused:
        desk.send(desk.post())
    found = refused.value.findings[0]
    assert found.code == "wechat.address" and found.values["address"] == "203.0.113.7" and found.values["rid"]


@pytest.mark.parametrize(("path", "code", "kind", "name"), [
    ("/cgi-bin/media/uploadimg", 45009, Later, "wechat.quota_day"),
    ("/cgi-bin/media/uploadimg", 45011, Later, "wechat.quota_minute"),
    ("/cgi-bin/media/uploadimg", -1, Later, "wechat.busy"),
    ("/cgi-bin/media/uploadimg", 40009, Refused, "wechat.file_refused"),
    ("/cgi-bin/material/add_material", 45101, Later, "wechat.library_full"),
    (ADD, 45002, Refused, "wechat.content_refused"), (ADD, 45166, Refused, "wechat.link_refused"),
    (ADD, 45003, Refused, "wechat.title_refused"), (ADD, 48001, Refused, "wechat.not_allowed"),
    (ADD, 44003, Refused, "wechat.refused"), (ADD, 50002, Refused, "wechat.limited"),
])
def test_errors_before_are_typed_and_nothing_is_unknown(
    desk: Desk, server: WeChat, path: str, code: int, kind: type[Exception], name: str
) -> None:
    server.state.codes[path] = [code]
    with pytest.raises(kind) as problem:
        desk.send(desk.post())
    found = problem.value.findings[0]  # type: ignore[attr-defined]
    assert found.code == name and found.values["error"] == str(code) and not isinstance(problem.value, Uncertain)
    assert server.asked(SUBMIT) == 0


def test_codes_as_texts_are_codes_all_the_same(desk: Desk, server: WeChat) -> None:
    server.state.strings = True
    what = desk.post()
    publisher, uploads, plan, _, receipt = desk.send(what)
    assert publisher.read_back(what, uploads, plan, desk.done(publisher, receipt)).whole
    server.state.codes["/cgi-bin/media/uploadimg"] = [45009]
    with pytest.raises(Later):
        desk.send(desk.post())


def test_a_picture_that_is_up_is_not_sent_again(desk: Desk, server: WeChat) -> None:
    memory, upload = Memory(), desk.upload(_wants(desk)[1])
    first = desk.publisher().stage(1, upload, {}, memory.held())
    assert desk.publisher().stage(1, upload, {}, memory.held()) == first and len(server.state.stored) == 1


def test_a_cut_upload_is_later(desk: Desk, server: WeChat) -> None:
    server.fail("drop_after", "/cgi-bin/media/uploadimg")
    with pytest.raises(Later):
        desk.send(desk.post())


def test_a_draft_whose_answer_was_lost_is_found_and_not_made_twice(desk: Desk, server: WeChat) -> None:
    what, publisher = desk.post(), desk.publisher()
    server.fail("drop_after", ADD)
    uploads = [desk.upload(want) for want in _wants(desk)]
    plan = publisher.plan(what, uploads)
    handles = [publisher.stage(n, u, plan, Memory().held()) for n, u in enumerate(uploads)]
    with pytest.raises(Later):
        publisher.contain(what, uploads, plan, handles, desk.draft.held())
    made = desk.publisher().contain(what, uploads, plan, handles, desk.draft.held())
    assert made is not None and made["media_id"] == next(iter(server.state.drafts)) and len(server.state.drafts) == 1
    assert desk.publisher().contain(what, uploads, plan, handles, desk.draft.held()) == made
    assert server.asked(ADD) == 1


def test_another_draft_with_the_same_title_is_not_taken_for_ours(desk: Desk, server: WeChat) -> None:
    desk.staged(desk.publisher(), desk.post())
    desk.draft = Memory()
    desk.draft.kept.append({"asked": True})
    desk.staged(desk.publisher(), desk.post())
    assert len(server.state.drafts) == 2


def test_too_much_for_the_platform_is_refused_before_anything_is_sent(desk: Desk, server: WeChat) -> None:
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("周" * 20_000))
    assert "text.too_long" in codes(refused.value) and server.seen == []


# -- the visible request -----------------------------------------------------------------------------------------


def test_an_account_that_may_not_publish_leaves_the_draft_to_a_person(desk: Desk, server: WeChat) -> None:
    server.state.verified = False
    with pytest.raises(ByHand) as by_hand:
        desk.send(desk.post())
    assert codes(by_hand.value) == ["wechat.no_publish"] and desk.learnt["publish"] == "no"
    assert len(server.state.drafts) == 1


def test_what_was_learnt_is_not_asked_again(desk: Desk, server: WeChat) -> None:
    desk.identity["publish"] = "no"
    publisher = desk.publisher()
    _, plan, handles = desk.staged(publisher, desk.post())
    with pytest.raises(ByHand):
        publisher.ready(plan, handles)
    assert server.asked(SUBMIT) == 0 and len(server.state.drafts) == 1


@pytest.mark.parametrize(("code", "kind", "name"), [
    (53503, ByHand, "wechat.draft_unfit"), (53504, ByHand, "wechat.page_only"), (53505, ByHand, "wechat.save_first"),
    (53500, Refused, "wechat.banned"), (53501, Later, "wechat.too_often"), (45009, Later, "wechat.quota_day"),
    (45028, Later, "wechat.quota_mass"), (-1, Uncertain, "wechat.busy"), (40164, Refused, "wechat.address"),
])
def test_each_answer_to_the_visible_request_has_its_type(
    desk: Desk, server: WeChat, code: int, kind: type[Exception], name: str
) -> None:
    server.state.codes[SUBMIT] = [code]
    with pytest.raises(kind) as problem:
        desk.send(desk.post())
    assert codes(problem.value) == [name]


def test_a_draft_that_was_made_just_now_is_not_asked_for(desk: Desk, server: WeChat, clock: Clock) -> None:
    publisher = desk.publisher()
    _, plan, handles = desk.staged(publisher, desk.post())
    assert publisher.ready(plan, handles) is None and server.asked("/cgi-bin/draft/get") == 0
    clock.on(minutes=1)
    assert publisher.ready(plan, handles) is None and server.asked("/cgi-bin/draft/get") == 1


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after"])
def test_a_lost_answer_is_uncertain_and_found(desk: Desk, server: WeChat, fault: str) -> None:
    server.fail(fault, SUBMIT)
    what, publisher = desk.post(), desk.publisher()
    uploads, plan, handles = desk.staged(publisher, what)
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    assert publisher.look(plan, handles) is None, "the job is under way, and the draft still there"
    server.state.finish()
    found = publisher.look(plan, handles)
    assert found is not None and found.done and found.url.startswith("https://mp.weixin.qq.com/s?")
    assert publisher.read_back(what, uploads, plan, found).whole and server.asked(SUBMIT) == 1


def test_a_request_that_never_arrived_is_uncertain_and_not_there(desk: Desk, server: WeChat) -> None:
    server.fail("drop_before", SUBMIT)
    what, publisher = desk.post(), desk.publisher()
    uploads, plan, handles = desk.staged(publisher, what)
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    assert publisher.look(plan, handles) is None and desk.titles() == []


def test_a_draft_that_left_the_box_without_an_article_is_on_its_way(desk: Desk, server: WeChat) -> None:
    publisher = desk.publisher()
    _, plan, handles = desk.staged(publisher, desk.post())
    server.state.drafts.clear()
    with pytest.raises(Later) as later:
        publisher.look(plan, handles)
    assert codes(later.value) == ["wechat.on_its_way"]


def test_a_token_that_cannot_be_had_leaves_nothing_unknown(desk: Desk, server: WeChat, clock: Clock) -> None:
    publisher = desk.publisher()
    uploads, plan, handles = desk.staged(publisher, desk.post())
    clock.on(hours=3)
    server.fail("drop_before", "/cgi-bin/stable_token")
    with pytest.raises(Later) as later:
        publisher.commit(desk.post(), uploads, plan, handles)
    assert not isinstance(later.value, Uncertain) and server.asked(SUBMIT) == 0


def test_an_older_article_with_the_same_title_is_not_taken_for_ours(desk: Desk, server: WeChat, clock: Clock) -> None:
    first = desk.send(desk.post())
    desk.done(first[0], first[4])
    clock.on(hours=1)
    desk.draft = Memory()
    publisher = desk.publisher()
    _, plan, handles = desk.staged(publisher, desk.post())
    assert publisher.look(plan, handles) is None
    for published in server.state.published.values():
        published.article["thumb_media_id"] = ""  # where the platform does not tell it
    assert publisher.look(plan, handles) is None


def test_two_that_could_be_it_are_told(desk: Desk, server: WeChat) -> None:
    publisher, _, plan, handles, _ = desk.send(desk.post())
    server.state.finish()
    twin = next(iter(server.state.published.values()))
    server.state.published["twin"] = replace(twin, id="twin")
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["publish.several"]


def test_a_draft_that_was_deleted_is_made_anew(desk: Desk, server: WeChat) -> None:
    what, publisher = desk.post(), desk.publisher()
    uploads, plan, handles = desk.staged(publisher, what)
    server.state.drafts.clear()
    with pytest.raises(Unstaged):
        publisher.commit(what, uploads, plan, handles)


def test_a_draft_of_an_earlier_try_is_looked_for_before_it_is_published(
    desk: Desk, server: WeChat, clock: Clock
) -> None:
    publisher = desk.publisher()
    _, plan, handles = desk.staged(publisher, desk.post())
    clock.on(minutes=5)
    assert publisher.ready(plan, handles) is None
    server.state.drafts.clear()
    with pytest.raises(Unstaged):
        publisher.ready(plan, handles)
    server.state.verified = False
    desk.identity["publish"] = "no"
    with pytest.raises(Unstaged):
        desk.publisher().ready(plan, handles)


def test_a_draft_that_somebody_published_meanwhile_is_adopted(desk: Desk, server: WeChat) -> None:
    what = desk.post()
    publisher, uploads, plan, handles, _ = desk.send(what)
    server.state.finish()
    again = publisher.commit(what, uploads, plan, handles)
    assert again.done and again.url and len(server.state.published) == 1


# -- after it ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "name"), [
    (2, "wechat.original_failed"), (3, "wechat.failed_there"), (4, "wechat.review_refused"), (5, "wechat.removed"),
    (6, "wechat.blocked"),
])
def test_every_way_it_can_end_is_told(desk: Desk, server: WeChat, state: int, name: str) -> None:
    server.state.outcome, server.state.polls = state, 2
    publisher, *_, receipt = desk.send(desk.post())
    receipt = publisher.check(publisher.check(receipt))
    assert not receipt.done
    with pytest.raises(Rejected) as rejected:
        publisher.check(receipt)
    assert codes(rejected.value) == [name]


def test_a_job_that_is_not_known_is_not_there(desk: Desk, server: WeChat) -> None:
    publisher, *_, receipt = desk.send(desk.post())
    server.state.jobs.clear()
    with pytest.raises(NotThere):
        publisher.check(receipt)


def test_what_was_changed_or_lost_over_there_is_told(desk: Desk, server: WeChat) -> None:
    what = desk.post("甲\n\n乙", 2)
    publisher, uploads, plan, _, receipt = desk.send(what)
    receipt = desk.done(publisher, receipt)
    there = next(iter(server.state.published.values()))
    there.article["content"] = "<p>甲</p>"
    lines = {line.what: line for line in publisher.read_back(what, uploads, plan, receipt).lines}
    assert not lines["text"].same and (lines["media"].sent, lines["media"].found) == ("2", "0")
    there.deleted = True
    with pytest.raises(NotThere):
        publisher.read_back(what, uploads, plan, receipt)
    server.state.published.clear()
    with pytest.raises(NotThere):
        publisher.read_back(what, uploads, plan, receipt)


def test_no_secret_is_in_what_the_journal_gets(desk: Desk, proxy: FaultProxy) -> None:
    desk.send(desk.post(), proxy.url)
    said = repr(desk.exchanges)
    assert desk.exchanges and desk.secrets["access_token"] not in said and desk.secrets["app_secret"] not in said
