"""Numbers and comments, and the answers to them."""

from __future__ import annotations

from typing import Any

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, NotThere, Refused, SignInAgain, Uncertain
from studio.core.insight import Metric
from studio.platforms.weibo.insights import WeiboInsights
from tests.platforms.weibo.desk import PLATFORM, TEXT, Desk, codes
from tests.servers.weibo_state import base62


def sent(desk: Desk, number: int = 1) -> Receipt:
    return desk.send(desk.post(f"{number} {TEXT}"))[3]


def insights(desk: Desk) -> WeiboInsights:
    found = PLATFORM.insights(desk.access())
    assert isinstance(found, WeiboInsights)
    return found


def comment(desk: Desk, text: str, parent: str = "") -> str:
    """By somebody else."""
    holder = desk.server.state.tokens[desk.token]
    form = {"id": str(desk.last().id), "comment": text, **({"cid": parent} if parent else {})}
    made = desk.server.state.comment(holder, form)
    made.user = desk.server.state.user("路人")
    return str(made.id)


@pytest.mark.parametrize("strings", [False, True])
def test_numbers(desk: Desk, strings: bool) -> None:
    receipt = sent(desk)
    comment(desk, "好")
    desk.server.strings = strings
    assert insights(desk).metrics(receipt) == (
        Metric("shares", 2.0, "reposts"), Metric("comments", 1.0, "comments"), Metric("likes", 3.0, "attitudes"),
    )


def test_many_posts_are_one_call(desk: Desk) -> None:
    posts = [str(sent(desk, n).handle["id"]) for n in range(3)]
    before = len(desk.server.calls())
    found = insights(desk).many([*posts, "3504803600509999"])
    assert list(found) == posts and len(desk.server.calls()) == before + 1
    desk.server.state.statuses.clear()
    assert insights(desk).many(posts) == {}
    with pytest.raises(NotThere):
        insights(desk).metrics(Receipt("", {"id": posts[0]}))


@pytest.mark.parametrize("strings", [False, True])
def test_comments_page_by_page(desk: Desk, strings: bool) -> None:
    receipt = sent(desk)
    made = [comment(desk, f"评论 {n}") for n in range(53)]
    desk.server.strings = strings
    first = insights(desk).comments(receipt)
    assert [c.id for c in first.items] == made[:2:-1] and first.after == "2"
    assert (first.items[0].author, first.items[0].text, first.items[0].at) == ("路人", "评论 52", desk.clock.at)
    last = insights(desk).comments(receipt, first.after)
    assert [c.id for c in last.items] == made[2::-1] and last.after == ""


def test_an_answer_stands_below_its_comment(desk: Desk) -> None:
    receipt = sent(desk)
    above = comment(desk, "几点开门？")
    made = insights(desk).reply(receipt, above, " 十点 ")
    found = insights(desk).comments(receipt).items[0]
    assert (found.id, found.text, found.parent, found.mine) == (made, "十点", above, True)


def test_a_pasted_link_has_numbers_as_well(desk: Desk) -> None:
    sent(desk)
    link = PLATFORM.link(f"https://weibo.com/{desk.mei.uid}/{base62(desk.last().mid)}")
    assert link is not None
    assert insights(desk).metrics(Receipt(link.url, link.handle))
    with pytest.raises(Refused) as refused:
        insights(desk).metrics(Receipt("", {"bid": "---"}))
    assert codes(refused.value) == ["handoff.not_it"]


@pytest.mark.parametrize("fault", ["drop_after", "5xx_before", "html_after"])
def test_an_answer_without_an_answer_is_uncertain(desk: Desk, fault: Any) -> None:
    receipt, above = sent(desk), comment(desk, "几点开门？")
    desk.server.fault(fault, only="comments/reply")
    with pytest.raises(Uncertain):
        insights(desk).reply(receipt, above, "十点")


def test_answers_that_cannot_be(desk: Desk) -> None:
    receipt, above = sent(desk), comment(desk, "几点开门？")
    for text, code in (("周" * 141, "weibo.too_long"), (" ", "post.empty")):
        with pytest.raises(Refused) as refused:
            insights(desk).reply(receipt, above, text)
        assert codes(refused.value) == [code]
    with pytest.raises(Refused) as refused:
        insights(desk).reply(receipt, "1", "十点")
    assert codes(refused.value) == ["weibo.comment_gone"]
    desk.server.state.comments_closed = True
    with pytest.raises(Refused) as refused:
        insights(desk).reply(receipt, above, "十点")
    assert codes(refused.value) == ["weibo.comments_closed"] and len(desk.server.state.comments) == 1


def test_reads_that_fail_are_typed(desk: Desk) -> None:
    receipt = sent(desk)
    for code, kind in ((10023, Later), (10001, Later), (21332, SignInAgain), (10014, Refused), (20101, NotThere)):
        desk.server.fault("error", only="statuses/count", code=code)
        with pytest.raises(kind):
            insights(desk).metrics(receipt)
    desk.server.fault("html_before", only="comments/show", times=3)
    with pytest.raises(Later):
        insights(desk).comments(receipt)
