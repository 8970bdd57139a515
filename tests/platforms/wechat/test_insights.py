"""Numbers by the new names and the old, comments, and answers to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, Refused, Uncertain
from studio.core.insight import Comment
from studio.platforms.base import Insights
from tests.platforms.wechat.desk import PLATFORM, Clock, Desk, codes
from tests.servers.wechat import WeChat


def insights(desk: Desk) -> Insights:
    found = PLATFORM.insights(desk.access())
    assert found is not None
    return found


@pytest.fixture
def receipt(desk: Desk) -> Receipt:
    publisher, *_, sent = desk.send(desk.post())
    return desk.done(publisher, sent)


def numbers(desk: Desk, receipt: Receipt) -> dict[str, float]:
    return {metric.name: metric.value for metric in insights(desk).metrics(receipt)}


def test_numbers_are_those_of_the_last_whole_day(desk: Desk, clock: Clock, receipt: Receipt) -> None:
    clock.on(days=3)
    assert numbers(desk, receipt) == {"readers": 30.0, "shares": 3.0}


def test_the_old_name_is_asked_where_the_new_one_gives_nothing(
    desk: Desk, server: WeChat, clock: Clock, receipt: Receipt
) -> None:
    clock.on(days=2)
    server.state.new_statistics = False
    assert numbers(desk, receipt) == {"views": 50.0, "readers": 40.0, "shares": 4.0, "saves": 2.0, "reach": 261917.0}
    assert server.asked("/datacube/getarticletotaldetail") == 1


def test_numbers_as_texts_are_numbers(desk: Desk, server: WeChat, clock: Clock, receipt: Receipt) -> None:
    clock.on(days=1)
    server.state.strings = True
    assert numbers(desk, receipt) == {"readers": 10.0, "shares": 1.0}


def test_on_its_first_day_nothing_is_counted(desk: Desk, receipt: Receipt, server: WeChat) -> None:
    with pytest.raises(Later) as later:
        insights(desk).metrics(receipt)
    assert codes(later.value) == ["wechat.not_counted_yet"] and server.asked("/datacube/getarticletotaldetail") == 0


def test_a_day_that_is_not_ready_is_later(desk: Desk, server: WeChat, clock: Clock, receipt: Receipt) -> None:
    clock.on(days=1)
    server.state.ready_day = False
    with pytest.raises(Later) as later:
        insights(desk).metrics(receipt)
    assert codes(later.value) == ["wechat.not_counted_yet"]


def test_an_account_that_gets_no_numbers_is_told(desk: Desk, server: WeChat, clock: Clock, receipt: Receipt) -> None:
    clock.on(days=1)
    server.state.verified = False
    with pytest.raises(Refused) as refused:
        insights(desk).metrics(receipt)
    assert codes(refused.value) == ["wechat.not_allowed"]


@pytest.mark.parametrize("handle", [{}, {"key": "abc"}, {"at": "2026-11-20T09:00:00+00:00"}])
def test_an_article_without_its_number_is_told(desk: Desk, handle: dict[str, str]) -> None:
    for ask in (insights(desk).metrics, insights(desk).comments):
        with pytest.raises(Refused) as refused:
            ask(Receipt("https://mp.weixin.qq.com/s/abc", handle))
        assert codes(refused.value) == ["wechat.no_number"]


def test_an_article_that_was_looked_up_is_known_by_its_title_from_the_next_day_on(
    desk: Desk, server: WeChat, clock: Clock
) -> None:
    publisher, _, plan, handles, _ = desk.send(desk.post())
    server.state.finish()
    found = publisher.look(plan, handles)
    assert found is not None and "msg_data_id" not in found.handle
    with pytest.raises(Later):
        insights(desk).comments(found)
    say(server, 1)
    clock.on(days=1)
    assert [c.id for c in insights(desk).comments(found).items] == ["1"]
    assert numbers(desk, found)["readers"] == 10
    twin = replace(next(iter(server.state.published.values())), number=1)
    server.state.published["twin"] = twin
    with pytest.raises(Refused) as refused:
        insights(desk).comments(found)
    assert codes(refused.value) == ["wechat.no_number"], "two of one title on one day"


# -- comments ----------------------------------------------------------------------------------------------------


def say(server: WeChat, number: int, **more: Any) -> None:
    published = next(iter(server.state.published.values()))
    published.comments.append({
        "user_comment_id": number, "openid": f"o{number}", "create_time": 1500000000 + number,
        "content": f"留言 {number}", "comment_type": 0, **more})


def test_comments_come_with_the_answer_as_an_object_or_a_list(desk: Desk, server: WeChat, receipt: Receipt) -> None:
    say(server, 1, reply={"content": "谢谢", "create_time": 1500000100})
    say(server, 2, reply=[{"content": "好", "create_time": "1500000200"}])
    say(server, 3)
    page = insights(desk).comments(receipt)
    assert page.after == "" and [c.id for c in page.items] == ["1", "1.reply", "2", "2.reply", "3"]
    assert page.items[0] == Comment("1", "o1", "留言 1", datetime.fromtimestamp(1500000001, UTC), replies=1)
    assert page.items[3].mine and page.items[3].parent == "2" and page.items[3].text == "好"
    assert server.given["/cgi-bin/comment/list"][-1]["index"] == 0


def test_many_comments_come_in_pages(desk: Desk, server: WeChat, receipt: Receipt) -> None:
    for number in range(1, 61):
        say(server, number)
    first = insights(desk).comments(receipt)
    rest = insights(desk).comments(receipt, first.after)
    assert (len(first.items), first.after, len(rest.items), rest.after) == (49, "49", 11, "")


def test_an_article_without_comments_has_none(desk: Desk, receipt: Receipt) -> None:
    assert insights(desk).comments(receipt).items == ()
    strange = Receipt("", {**receipt.handle, "msg_data_id": "1"})
    assert insights(desk).comments(strange).items == ()


def test_an_account_without_comments_is_told(desk: Desk, server: WeChat, receipt: Receipt) -> None:
    server.state.comments_open = False
    with pytest.raises(Refused) as refused:
        insights(desk).comments(receipt)
    assert codes(refused.value) == ["wechat.no_comments"]


def test_a_comment_is_answered_once(desk: Desk, server: WeChat, receipt: Receipt) -> None:
    say(server, 7)
    assert insights(desk).reply(receipt, "7", "谢谢！") == "7.reply"
    assert insights(desk).comments(receipt).items[1].text == "谢谢！"
    with pytest.raises(Refused) as refused:
        insights(desk).reply(receipt, "7", "再谢")
    assert codes(refused.value) == ["wechat.replied"]
    for id in ("8", "nonsense"):
        with pytest.raises(Refused) as gone:
            insights(desk).reply(receipt, id, "谢")
        assert codes(gone.value) == ["wechat.comment_gone"]
    server.assert_raw()


def test_an_answer_that_got_lost_is_unknown(desk: Desk, server: WeChat, receipt: Receipt) -> None:
    say(server, 7)
    server.fail("drop_after", "/cgi-bin/comment/reply/add")
    with pytest.raises(Uncertain):
        insights(desk).reply(receipt, "7", "谢谢")
    assert server.asked("/cgi-bin/comment/reply/add") == 1
