"""The review: what did not go out is listed by account; nothing goes by itself, and several keep their pace."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest

from studio.core.clock import Jump
from studio.core.delivery import Delivery, State
from studio.core.finding import error
from studio.core.pace import Pace
from studio.core.post import Account
from studio.ui.review import ReviewSheet, waiting
from studio.ui.review_rows import next_day
from studio.ui.sheet import open_sheets
from tests.ui.clipping import clipped
from tests.ui.desks import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
LATE = error("delivery.missed", "delivery")


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    made.window.resize(1280, 800)
    made.window.show()
    yield made
    made.close()


@pytest.fixture
def three(stage):
    """Three of the practice account, missed some hours ago."""
    now = datetime.now(UTC)
    return [
        stage.stored(stage.post(f"Post {n}"), now - timedelta(hours=n + 1), State.MISSED, error=(LATE,))
        for n in range(3)
    ]


def opened(stage):
    sheet = ReviewSheet(stage.theme, stage.desk, stage.bridge)
    sheet.open_over(stage.window)
    return sheet


def states(stage, deliveries):
    return [stage.desk.publishing.get(d.id).state for d in deliveries]


def test_it_starts_with_later_and_does_nothing_by_itself(stage, three):
    assert waiting(stage.desk)
    sheet = opened(stage)
    assert sheet.title.text() == "3 posts did not go out" and [r.answer for r in sheet.rows] == ["later"] * 3
    assert sheet.rows[0].below.accessibleName().endswith("Missed")
    assert not sheet.button.isEnabled() and sheet.what.text() == "Nothing happens yet"
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.settle()
    assert sheet.isVisible() and states(stage, three) == [State.MISSED] * 3


def test_each_may_be_sent_moved_or_left_out_in_one_go(stage, three):
    sheet = opened(stage)
    oldest, middle, newest = sheet.rows
    oldest.answer_with("send")
    middle.answer_with("time")
    middle.date.setDate(QDate.currentDate().addDays(2))
    middle.time.setTime(QTime(9, 15))
    newest.answer_with("out")
    assert sheet.what.text() == "1 goes out now, 1 gets a new time, 1 is left out"
    at = middle.at
    sheet.button.click()
    stage.settle()
    assert not open_sheets(stage.window)
    assert states(stage, [r.entry.delivery for r in (oldest, middle, newest)]) == [
        State.PUBLISHED, State.SCHEDULED, State.CANCELLED]
    assert stage.desk.publishing.get(middle.entry.delivery.id).at == at
    assert not waiting(stage.desk)


def test_several_keep_the_pace_and_it_says_when_each_goes(stage, three):
    stage.desk.accounts.set_pace(stage.practice, Pace(gap=30))
    sheet = opened(stage)
    sheet.heads[0].links["send"].click()
    words = [line.below.accessibleName() for line in sheet.rows]
    assert words[0] == "Goes right away" and all(w.startswith("Goes about") for w in words[1:])
    assert "the last goes about" in sheet.means.text()
    sheet.button.click()
    stage.settle()
    assert sorted(states(stage, three)) == [State.DUE, State.DUE, State.PUBLISHED]
    waits = [stage.desk.outlook.waits(stage.desk.publishing.get(d.id)) for d in three]
    assert sum(w is not None and w.until > datetime.now(UTC) + timedelta(minutes=20) for w in waits) == 2


def test_decide_later_leaves_them_and_does_not_ask_at_the_next_start_again(stage, three):
    sheet = opened(stage)
    sheet.later.click()
    assert states(stage, three) == [State.MISSED] * 3
    assert waiting(stage.desk) and not waiting(stage.desk, new=True)
    stage.stored(stage.post("Another"), datetime.now(UTC) - timedelta(hours=1), State.MISSED)
    assert waiting(stage.desk, new=True)


def test_what_a_hold_stopped_is_asked_about_too(stage):
    stage.stored(stage.post("Held"), datetime.now(UTC) - timedelta(hours=1), State.HELD)
    stage.stored(stage.post("Not yet"), datetime.now(UTC) + timedelta(hours=1), State.HELD)
    sheet = opened(stage)
    assert [line.heading.accessibleName() for line in sheet.rows] == ["Held"]
    assert sheet.rows[0].below.accessibleName().endswith("Held")


def test_by_account_with_its_own_group_actions(stage, three):
    stage.desk.workspace.accounts.save(Account("sky", "bluesky", name="Mill Street"))
    for number in range(2):
        stage.desk.workspace.deliveries.add(Delivery(
            post=stage.post(f"Sky {number}").id, account="sky", platform="bluesky", state=State.MISSED,
            at=datetime.now(UTC) - timedelta(days=1, minutes=number), error=(LATE,)))
    sheet = opened(stage)
    assert len(sheet.heads) == 2 and len(sheet.rows) == 5
    sheet.heads[0].links["out"].click()
    assert [line.answer for line in sheet.rows] == ["out", "out", "later", "later", "later"]


def test_what_was_decided_elsewhere_goes_and_the_other_answers_stay(stage, three):
    sheet = opened(stage)
    sheet.rows[0].answer_with("out")
    gone = sheet.rows[2].entry.delivery
    stage.desk.publishing.cancel(gone.id)
    QTest.qWait(20)
    assert len(sheet.rows) == 2 and [line.answer for line in sheet.rows] == ["out", "later"]


def test_what_is_refused_stays_with_its_reason(stage, three):
    sheet = opened(stage)
    mine = sheet.rows[0].entry.delivery
    stage.desk.workspace.deliveries.add(Delivery(
        post=mine.post, account=mine.account, platform=mine.platform, state=State.SCHEDULED,
        at=datetime.now(UTC) + timedelta(days=1)))
    sheet.rows[0].answer_with("time")
    sheet.button.click()
    assert sheet.isVisible() and "already on its way" in sheet.rows[0].below.accessibleName()


@pytest.mark.parametrize(("at", "now", "day"), [
    ((20, 0), (9, 0), 24), ((9, 0), (20, 0), 25), ((20, 0), (19, 57), 25), ((20, 57), (23, 58), 25),
    ((0, 1), (23, 58), 25),
])  # fmt: skip
def test_the_proposed_day_is_still_to_come_around_midnight_too(at, now, day):
    proposed = next_day(datetime(2026, 11, 20, *at), datetime(2026, 11, 24, *now))
    assert proposed.day == day


def test_a_time_that_passed_cannot_be_chosen(stage, three):
    sheet = opened(stage)
    line = sheet.rows[0]
    line.answer_with("time")
    assert line.at > datetime.now(UTC) and sheet.button.isEnabled()
    line.date.setMinimumDate(QDate(2020, 1, 1))
    line.date.setDate(QDate(2020, 1, 1))
    assert not sheet.button.isEnabled() and "passed" in sheet.button.toolTip()


def test_a_clock_that_was_set_back_is_said_once(stage):
    stage.desk.outlook.saw(datetime.now(UTC), Jump(timedelta(hours=3), "back"))
    assert waiting(stage.desk)
    sheet = opened(stage)
    assert sheet.title.text() == "The clock was changed" and "was set back" in sheet.clock.note.sentence
    sheet.clock.fixed.emit("seen")
    assert not open_sheets(stage.window) and not waiting(stage.desk)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(stage, three, language, scale):
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    sheet = opened(stage)
    sheet.rows[0].answer_with("time")
    sheet.rows[1].answer_with("send")
    QTest.qWait(5)
    assert clipped(sheet) == []
    stage.theme.scale = 1.0
    stage.theme.refresh()
