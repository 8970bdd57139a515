"""Several posts let go at once keep to their account's pace."""

from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import Delivery, State
from studio.core.pace import Pace
from studio.services.departures import departures
from studio.services.desk import Desk

NOW = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path):
    opened = Desk.open(tmp_path)
    yield opened
    opened.close()


def missed(desk, number, account=""):
    own = desk.accounts.list()[0]
    return [
        Delivery(f"d{n}", f"p{n}", account or own.id, own.platform, State.MISSED, NOW - timedelta(hours=n))
        for n in range(number)
    ]


def minutes(found):
    return [round((at - NOW).total_seconds() / 60) for at in found.values()]


def test_without_a_pace_they_go_now(desk):
    desk.accounts.set_pace(desk.accounts.list()[0].id, Pace())
    assert minutes(departures(desk.publishing, desk.accounts, missed(desk, 3), NOW)) == [0, 0, 0]


def test_a_gap_spreads_them_and_what_went_before_counts(desk):
    own = desk.accounts.list()[0]
    desk.accounts.set_pace(own.id, Pace(gap=20))
    assert minutes(departures(desk.publishing, desk.accounts, missed(desk, 3), NOW)) == [0, 20, 40]
    desk.workspace.deliveries.add(Delivery(
        "x", "px", own.id, own.platform, State.PUBLISHED, NOW, went=NOW - timedelta(minutes=5)))
    assert minutes(departures(desk.publishing, desk.accounts, missed(desk, 2), NOW)) == [15, 35]


def test_the_daily_cap_leaves_the_rest_for_the_next_day(desk):
    desk.accounts.set_pace(desk.accounts.list()[0].id, Pace(daily=1))
    assert minutes(departures(desk.publishing, desk.accounts, missed(desk, 2), NOW)) == [0, 14 * 60]


def test_an_account_that_is_gone_waits_for_nothing(desk):
    assert minutes(departures(desk.publishing, desk.accounts, missed(desk, 2, "gone"), NOW)) == [0, 0]
