"""What came of a post: numbers under their present names, comments, answers of the page."""

from __future__ import annotations

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, Refused, SignInAgain, Uncertain
from studio.platforms.base import Insights
from tests.platforms.facebook.desk import COMMENTS, PLATFORM, Clock, Desk, clip, codes
from tests.servers.facebook import Facebook


def insights(desk: Desk) -> Insights:
    found = PLATFORM.insights(desk.access())
    assert found is not None
    return found


def named(desk: Desk, receipt: Receipt) -> dict[str, float]:
    return {metric.name: metric.value for metric in insights(desk).metrics(receipt)}


@pytest.fixture
def live(desk: Desk) -> Receipt:
    return desk.send(desk.post())[3]


def test_the_names_that_still_exist(desk: Desk, server: Facebook, live: Receipt) -> None:
    server.state.comment(live.handle["object"], "99", "Tom", "好")
    told = insights(desk).metrics(live)
    assert {m.name: (m.value, m.own) for m in told} == {
        "views": (120, "post_media_view"), "reach": (80, "post_total_media_view_unique"), "clicks": (7, "post_clicks"),
        "reactions": (6, "post_reactions_by_type_total"), "comments": (1, "comments"), "shares": (3, "shares"),
    }
    assert not [path for _, path in server.seen if "impressions" in path]


def test_without_the_right_there_are_the_cheap_ones(desk: Desk, server: Facebook, live: Receipt) -> None:
    desk.secrets = {"access_token": server.state.token(desk.mei, desk.page, ("pages_read_engagement",))}
    assert named(desk, live) == {"comments": 0, "reactions": 6}


def test_numbers_may_come_as_text(desk: Desk, server: Facebook, live: Receipt) -> None:
    server.texts = True
    assert named(desk, live)["views"] == 120 and named(desk, live)["reactions"] == 6


def test_a_reel_has_none_of_a_post(desk: Desk) -> None:
    file = clip(desk.folder, tall=True)
    publisher, _, _, receipt = desk.send(desk.post(uploads=[file], options={"as": "reel"}), [file])
    live = publisher.check(receipt)
    assert named(desk, live) == {"views": 31, "comments": 0, "likes": 5}
    link = PLATFORM.link(live.url)
    assert link is not None and named(desk, Receipt(link.url, link.handle)) == named(desk, live)
    assert insights(desk).comments(Receipt(link.url, link.handle)).items == ()


@pytest.mark.parametrize("handle", ["page", "plain", "video", "pfbid"])
def test_a_pasted_address_is_as_good(desk: Desk, server: Facebook, live: Receipt, handle: str) -> None:
    page, number = str(live.handle["post"]).split("_")
    if handle == "video":
        file = clip(desk.folder)
        publisher, _, _, receipt = desk.send(desk.post("片子", uploads=[file]), [file])
        video = str(publisher.check(receipt).handle["video"])
        assert named(desk, Receipt(f"https://www.facebook.com/watch?v={video}", {"video": video}))["views"] == 120
        return
    address = {
        "page": f"https://www.facebook.com/{page}_{number}", "plain": f"https://m.facebook.com/bookshop/posts/{number}",
        "pfbid": live.url,
    }[handle]
    link = PLATFORM.link(address)
    assert link is not None and named(desk, Receipt(link.url, link.handle))["views"] == 120


def test_an_address_the_api_cannot_follow(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        insights(desk).metrics(Receipt("https://fb.watch/abc", {"share": "abc"}))
    assert codes(refused.value) == ["facebook.link_unreadable"]


def test_comments_and_answers_page_by_page(desk: Desk, server: Facebook, clock: Clock, live: Receipt) -> None:
    object_, state = str(live.handle["object"]), server.state
    first = state.comment(object_, "99", "Tom", "几点开门？")
    clock.on(seconds=1)
    answer = state.comment(first.id, desk.page.id, desk.page.name, "十点")
    for number in range(60):
        clock.on(seconds=1)
        state.comment(object_, "", "", f"{number}")
    one = insights(desk).comments(live)
    assert len(one.items) == 50 and one.after
    tom, ours, nobody = one.items[:3]
    assert (tom.author, tom.text, tom.mine, tom.parent) == ("Tom", "几点开门？", False, "")
    assert (tom.likes, tom.replies) == (2, 1)
    assert (ours.id, ours.mine, ours.parent) == (answer.id, True, first.id)
    assert (nobody.author, nobody.mine) == ("", False)
    two = insights(desk).comments(live, one.after)
    assert [c.text for c in two.items] == [f"{n}" for n in range(48, 60)] and two.after == ""


def test_an_answer_of_the_page(desk: Desk, server: Facebook, live: Receipt) -> None:
    question = server.state.comment(str(live.handle["object"]), "99", "Tom", "几点开门？")
    id = insights(desk).reply(live, question.id, "十点")
    made = server.state.comments[id]
    assert (made.message, made.parent, made.author) == ("十点", question.id, desk.page.id)


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after"])
def test_a_lost_answer_is_looked_for_once(desk: Desk, server: Facebook, live: Receipt, fault: str) -> None:
    question = server.state.comment(str(live.handle["object"]), "99", "Tom", "几点开门？")
    server.fault(fault, only=COMMENTS)
    id = insights(desk).reply(live, question.id, "十点")
    assert server.state.comments[id].message == "十点" and len(server.state.comments) == 2


def test_what_cannot_be_found_is_uncertain(desk: Desk, server: Facebook, live: Receipt) -> None:
    question = server.state.comment(str(live.handle["object"]), "99", "Tom", "几点开门？")
    server.fault("drop_before", only=COMMENTS)
    with pytest.raises(Uncertain):
        insights(desk).reply(live, question.id, "十点")
    server.fault("rate_limited", only=COMMENTS, amount=2)
    with pytest.raises(Later):
        insights(desk).reply(live, question.id, "十点")
    del server.state.comments[question.id]
    with pytest.raises(Refused) as gone:
        insights(desk).reply(live, question.id, "十点")
    assert codes(gone.value) == ["publish.parent_gone"]


def test_without_a_sign_in_it_says_so(desk: Desk) -> None:
    desk.secrets = {}
    with pytest.raises(SignInAgain):
        insights(desk).metrics(Receipt("", {"object": "1"}))
