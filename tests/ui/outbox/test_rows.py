"""The list's lines: groups, states and times, on the clock of a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio.core.delivery import Delivery, Proof, State
from studio.services.outbox import Item, Page
from studio.ui.outbox.rows import (
    Arranger,
    Progress,
    group_words,
    pace_words,
    short_day,
    shown_state,
    state_words,
    ticks,
)

S = State
NOW = datetime(2026, 12, 9, 10, tzinfo=UTC)  # 18:00 in Shanghai


def item(state, hours, title="Paper", **more):
    return Item(Delivery(id=f"{state}{hours}", state=state, at=NOW + timedelta(hours=hours), **more), title, "")


def arranged(page, language="en"):
    return Arranger({}, ZoneInfo("Asia/Shanghai"), language, NOW, {}).lines(page)


def shape(lines):
    return [line.row.id if line.row else f"[{line.group}{line.hidden or ''}]" for line in lines]


def test_days_begin_at_midnight_of_the_zone(theme):
    page = Page(rest=(item(S.PUBLISHED, -17), item(S.PUBLISHED, -19)))  # 01:00 today, 23:00 yesterday
    assert shape(arranged(page)) == ["[today]", "published-17", "[2026-12-08]", "published-19"]


def test_today_has_what_is_sent_then_what_comes_then_what_is_over(theme):
    page = Page(ahead=(item(S.SCHEDULED, 1), item(S.SCHEDULED, 20)),
                rest=(item(S.PUBLISHED, -1), item(S.STAGING, -2), item(S.DUE, -3)), hidden=7)  # fmt: skip
    assert shape(arranged(page)) == [
        "[today]", "staging-2", "due-3", "scheduled1", "published-1", "[ahead]", "scheduled20", "[ahead7]"]


def test_groups_are_called_by_their_day(theme, language):
    assert [group_words(key, date(2026, 12, 9), "en") for key in ("needs", "2026-12-08", "2026-12-01")] == [
        "Needs you", "Yesterday", "Tue 1 Dec"]
    language.set("zh_CN")
    assert group_words("2026-12-01", date(2026, 12, 9), "zh_CN") == "12 月 1 日 周二"
    assert short_day(date(2026, 12, 1), "zh_CN") == "12 月 1 日"


def test_urgent_rows_say_their_day_when_it_is_not_today(theme):
    lines = arranged(Page(failed=(item(S.FAILED, -1), item(S.FAILED, -40))))
    assert [line.row.when for line in lines if line.row] == ["17:00", "8 Dec"]


@pytest.mark.parametrize(
    ("delivery", "progress", "shown", "words"),
    [
        (Delivery(state=S.STAGING), Progress(2, 6), "sending", "Uploading 3 of 6"),
        (Delivery(state=S.STAGING), Progress(6, 6), "sending", "Uploading 6 of 6"),
        (Delivery(state=S.COMMITTING), Progress(), "sending", "Publishing"),
        (Delivery(state=S.SCHEDULED, at=NOW + timedelta(minutes=59)), Progress(), "due", "Due in 59 min"),
        (Delivery(state=S.SCHEDULED, at=NOW + timedelta(minutes=61)), Progress(), "scheduled", "Scheduled"),
        (Delivery(state=S.SCHEDULED, at=NOW + timedelta(minutes=5)), Progress(held=True), "held", "On hold"),
        (Delivery(state=S.DUE), Progress(until=NOW + timedelta(minutes=4), why="gap"), "due", "Waits 4 min: pace"),
        (Delivery(state=S.DUE), Progress(until=NOW - timedelta(minutes=4), why="gap"), "due", "Due"),
        (Delivery(state=S.HANDED_OVER), Progress(), "waiting", "Needs you"),
        (Delivery(state=S.HANDED_OVER, proof=Proof("u", None)), Progress(), "published", "Published"),
    ],
)
def test_a_state_in_words(theme, delivery, progress, shown, words):
    assert shown_state(delivery, NOW, progress.held) == shown
    assert state_words(delivery, NOW, pace_words(progress)) == words


def test_only_words_that_count_need_the_clock(theme):
    rows = [line.row for line in arranged(Page(
        ahead=(item(S.SCHEDULED, 0.5), item(S.SCHEDULED, 5)), rest=(item(S.PUBLISHED, -1), item(S.STAGING, -2))))
        if line.row]  # fmt: skip
    assert {row.id for row in rows if ticks(row, NOW)} == {"scheduled0.5", "staging-2"}
