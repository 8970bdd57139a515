"""Numbers and comments, against the contract server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Refused, Uncertain
from studio.platforms.base import Insights
from tests.platforms.douyin.desk import PLATFORM, TEXT, Desk, codes
from tests.platforms.fakes import Offline, access
from tests.servers.douyin import Douyin, comment
from tests.servers.douyin_state import Work

COUNTS = {"play_count": 1200, "digg_count": 30, "comment_count": 4, "share_count": 5, "download_count": 2,
          "forward_count": 9}


@pytest.fixture
def work(desk: Desk, server: Douyin) -> Work:
    made = server.state.put(desk.mei, {"text": TEXT}, 4)
    made.counts.update(COUNTS)
    return made


def insights(desk: Desk) -> Insights:
    found = PLATFORM.insights(desk.access())
    assert found is not None
    return found


def receipt(work: Work) -> Receipt:
    return Receipt("", {"item_id": work.item_id, "video_id": work.video_id})


def told(desk: Desk, of: Receipt) -> Mapping[str, tuple[float, str]]:
    return {m.name: (m.value, m.own) for m in insights(desk).metrics(of)}


def test_the_works_own_statistics(desk: Desk, server: Douyin, work: Work) -> None:
    assert told(desk, receipt(work)) == {
        "views": (1200, "play_count"), "likes": (30, "digg_count"), "comments": (4, "comment_count"),
        "shares": (5, "share_count"), "downloads": (2, "download_count"),
    }
    assert [seen.path for seen in server.seen] == ["/api/douyin/v1/video/video_data/"]


def test_of_a_pasted_link(desk: Desk, work: Work) -> None:
    link = PLATFORM.link(f"https://www.douyin.com/video/{work.video_id}")
    assert link is not None and told(desk, Receipt(link.url, link.handle))["views"] == (1200, "play_count")
    for handle in ({"video_id": "7215132967188979999"}, {"code": "iRNBho6u"}):
        with pytest.raises(Refused) as refused:
            insights(desk).comments(Receipt("", handle))
        assert codes(refused.value) == ["douyin.not_found"]
    with pytest.raises(Refused):
        insights(desk).metrics(Receipt("", {"code": "iRNBho6u"}))


def test_the_numbers_of_thirty_days(desk: Desk, server: Douyin, work: Work) -> None:
    desk.sign_in(["user_info", "data.external.item"])
    assert told(desk, receipt(work)) == {}  # the first come the next day
    desk.clock.on(days=2)
    assert told(desk, receipt(work)) == {
        "views": (1200, "total_play"), "likes": (30, "total_like"), "comments": (4, "total_comment"),
        "shares": (5, "total_share"),
    }


def test_by_day_where_there_is_no_total(desk: Desk, server: Douyin, work: Work) -> None:
    desk.sign_in(["user_info", "data.external.item"])
    desk.clock.on(days=2)
    server.fault("item/base", "28001018")
    server.strings = True
    assert told(desk, receipt(work))["views"] == (1200, "play")
    assert {seen.query["date_type"] for seen in server.calls("external/item/play")} == {"30"}


def test_without_rights_it_says_which(desk: Desk, server: Douyin, work: Work) -> None:
    desk.sign_in(["user_info", "video.create.bind"])
    with pytest.raises(Refused) as refused:
        insights(desk).metrics(receipt(work))
    assert codes(refused.value) == ["douyin.no_numbers"]
    with pytest.raises(Refused) as refused:
        insights(desk).comments(receipt(work))
    assert codes(refused.value) == ["douyin.no_comments"] and server.seen == []


def test_nobody_is_signed_in(desk: Desk, tmp_path: Any) -> None:
    assert PLATFORM.insights(access(desk.account, Offline(), tmp_path)) is None


# comments ---------------------------------------------------------------------------------------------------------


def test_comments_with_their_answers(desk: Desk, server: Douyin, work: Work) -> None:
    first = comment(server, work, "o-lin", "小林", "在哪条街")
    server.strings = True
    assert insights(desk).reply(receipt(work), first, "长乐路").startswith("@")
    page = insights(desk).comments(receipt(work))
    assert [(c.author, c.text, c.mine, c.parent, c.replies) for c in page.items] == [
        ("小林", "在哪条街", False, "", 1), ("梅 Mei", "长乐路", True, first, 0)]
    assert page.after == "" and page.items[0].at == desk.clock.at


@pytest.mark.parametrize("strings", [False, True])
def test_pages_of_comments(desk: Desk, server: Douyin, work: Work, strings: bool) -> None:
    server.strings = strings
    for number in range(45):
        comment(server, work, "o", "小林", f"{number}")
    read, after, pages = [], "", 0
    while pages < 5:
        page = insights(desk).comments(receipt(work), after)
        read += [c.text for c in page.items]
        pages, after = pages + 1, page.after
        if not after:
            break
    assert read == [str(n) for n in range(45)] and pages == 3


def test_the_calls_of_enterprise_accounts(desk: Desk, server: Douyin, work: Work) -> None:
    desk.sign_in(**{"set.comments": "enterprise"})
    comment(server, work, "o", "小林", "好")
    assert [c.text for c in insights(desk).comments(receipt(work)).items] == ["好"]
    assert server.seen[-1].path == "/video/comment/list/"


def test_an_answer_that_is_refused(desk: Desk, server: Douyin, work: Work) -> None:
    first = comment(server, work, "o", "小林", "好")
    for text, to in (("敏感", first), ("好", "@nobody")):
        with pytest.raises(Refused) as refused:
            insights(desk).reply(receipt(work), to, text)
        assert codes(refused.value) == ["platform.refused"]
    assert len(work.comments) == 1


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after", "garbage"])
def test_an_answer_that_is_lost_is_uncertain(desk: Desk, server: Douyin, work: Work, fault: str) -> None:
    first = comment(server, work, "o", "小林", "好")
    server.fault("comment/reply", fault)
    with pytest.raises(Uncertain):
        insights(desk).reply(receipt(work), first, "谢谢")
    assert len(work.comments) == 2


def test_after_a_month_the_statistics_are_still_there(desk: Desk, work: Work) -> None:
    desk.clock.on(days=40)
    work.made -= timedelta(days=40)
    desk.sign_in()
    assert told(desk, receipt(work))["views"] == (1200, "play_count")
