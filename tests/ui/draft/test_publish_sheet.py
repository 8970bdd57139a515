"""The publish sheet, used as people use it, on a real workspace: what goes, what stays out, and that it says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.delivery import State
from studio.core.finding import error
from studio.core.pace import Pace
from studio.core.post import Reply
from studio.platforms.base import Fact, Timer
from studio.ui.draft.publish_sheet import PublishSheet
from studio.ui.sheet import open_sheets
from tests.ui.clipping import clipped
from tests.ui.draft.conftest import SKY, sky

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def two(stage, enter):
    """A pane with a post for the practice account and for Bluesky."""
    sky(stage)
    post = stage.post("Weekend", "Three small shops.")
    stage.desk.posts.save(replace(post, accounts=(stage.practice, SKY)))
    pane = enter()
    QTest.qWait(3)
    return pane


def opened(pane, stage, mode="time"):
    (pane.way_out.publish if mode == "now" else pane.way_out.schedule)()
    return next(s for s in open_sheets(stage.window) if isinstance(s, PublishSheet))


def heads(sheet):
    return {group for group, head in sheet.heads.items() if head.isVisible()}


def on(sheet, year, month, day, clock, zone):
    """That day and time there, whether it has passed or not."""
    sheet.when.date.setMinimumDate(QDate(2020, 1, 1))
    sheet.when.zone.addItem(zone, zone)
    sheet.when.zone.set_value(zone)
    sheet.when.date.setDate(QDate(year, month, day))
    sheet.when.time.setTime(QTime.fromString(clock, "HH:mm"))
    sheet.refresh()


def test_the_keys_open_it_now_or_at_a_time_and_ctrl_enter_does_it(stage, two):
    sheet = opened(two, stage, "now")
    assert sheet.now and sheet.button.text() == "Publish 2 now" and not sheet.when.isVisible()
    sheet.close_with("kept")
    sheet = opened(two, stage)
    assert not sheet.now and sheet.button.text() == "Schedule 2" and sheet.when.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.settle()
    found = stage.desk.publishing.list()
    assert [d.state for d in found] == [State.SCHEDULED] * 2 and not open_sheets(stage.window)


def test_one_sentence_says_what_goes_what_stays_out_and_how_long_the_computer_is_needed(stage, two):
    two.open.edit("x", lambda p: replace(p, text="word " * 100))
    sheet = opened(two, stage)
    assert heads(sheet) == {"auto", "out"}
    assert sheet.what.text() == "1 goes out by itself, Bluesky stays out"
    assert sheet.means.text().startswith("Keep this computer on at") and "twice" in sheet.means.text()
    row = sheet.row_of(SKY)
    assert not row.check.isEnabled() and not row.ticked and row.sum.said.tone == "bad"
    row.sum.link.click()  # cut it
    QTest.qWait(3)
    assert sheet.isVisible() and heads(sheet) == {"auto"} and sheet.button.text() == "Schedule 2"
    assert len(two.open.post.text) == 500 and two.writing.tab == SKY


def test_what_the_person_unticks_stays_in_its_place_and_out_of_the_sentence(stage, two):
    sheet = opened(two, stage)
    sheet.row_of(SKY).check.click()
    assert heads(sheet) == {"auto"} and sheet.button.text() == "Schedule 1"
    assert sheet.what.text() == "1 goes out by itself, Bluesky stays out"
    sheet.row_of(stage.practice).check.click()
    assert not sheet.button.isEnabled() and sheet.button.toolTip() == "Tick at least one account"


def test_an_account_may_have_its_own_time_and_goes_back_to_the_sheets(stage, two):
    sheet = opened(two, stage)
    sheet.when.date.setDate(sheet.when.date.date().addDays(2))
    sheet.when.time.setTime(QTime(9, 0))
    own = sheet.row_of(SKY).time
    own.set_own(QTime(10, 20))
    assert own.own and own.back.isVisible() and "from 09:00 to 10:20" in sheet.means.text()
    sheet.when.time.setTime(QTime(9, 30))
    assert own.field.time() == QTime(10, 20) and sheet.row_of(stage.practice).time.field.time() == QTime(9, 30)
    own.reset()
    assert not own.own and own.field.time() == QTime(9, 30)
    own.set_own(QTime(10, 20))
    sheet.button.click()
    at = {d.account: d.at.astimezone(sheet.when.tz).strftime("%H:%M") for d in stage.desk.publishing.list()}
    assert at == {stage.practice: "09:30", SKY: "10:20"}


def test_a_time_that_comes_twice_is_asked_about_and_one_that_does_not_exist_is_said(stage, two):
    sheet = opened(two, stage)
    on(sheet, 2027, 10, 31, "02:30", "Europe/Berlin")
    assert "twice" in sheet.when.words.text() and sheet.when.which.isVisible()
    first = sheet.when.at(QTime(2, 30))
    sheet.when.which._buttons["second"].click()
    assert sheet.when.at(QTime(2, 30)) - first == timedelta(hours=1)
    on(sheet, 2027, 3, 28, "02:30", "Europe/Berlin")
    assert "does not exist" in sheet.when.words.text() and "03:30" in sheet.when.words.text()
    assert not sheet.when.which.isVisible()
    on(sheet, 2027, 3, 29, "02:30", "Europe/Berlin")
    assert sheet.when.words.text() == ""


def test_the_late_policy_with_its_minutes(stage, two):
    sheet = opened(two, stage)
    sheet.late.minutes.setValue(45)
    sheet.button.click()
    assert {str(d.late) for d in stage.desk.publishing.list()} == {"post:45m"}


@pytest.fixture
def timed(monkeypatch, stage):
    """Bluesky as if it had a timer of its own: from 10 minutes to 75 days ahead."""
    timer = Timer(Fact(600, "a test"), Fact(75 * 24 * 3600, "a test"))
    monkeypatch.setattr(platforms.get("bluesky"), "timer", timer)
    return timer


def test_a_platform_with_a_clock_of_its_own_may_send_it_and_the_sheet_says_which_clock_fires(stage, timed, two):
    sheet = opened(two, stage)
    row = sheet.row_of(SKY)
    assert row.clock.isVisible() and not sheet.row_of(stage.practice).clock.isVisible()
    row.clock.click()
    assert row.sum.said.icon == "server" and "lid closed" in row.sum.said.text
    assert sheet.heads["auto"].note.accessibleName() == "This computer must be on, except for Bluesky"
    sheet.row_of(stage.practice).check.click()
    assert "own clocks" in sheet.means.text()
    row.sum.link.click()
    assert not row.ahead and "Keep this computer on" in sheet.means.text()
    row.clock.click()
    sheet.button.click()
    assert [(d.account, d.clock) for d in stage.desk.publishing.list()] == [(SKY, "platform")]


def test_too_soon_for_the_platforms_clock_says_why(stage, timed, two):
    sheet = opened(two, stage)
    row = sheet.row_of(SKY)
    row.clock.click()
    soon = datetime.now(UTC) + timedelta(minutes=5)
    on(sheet, soon.year, soon.month, soon.day, soon.strftime("%H:%M"), "UTC")
    assert not row.ahead and not row.clock.isEnabled() and "10 minutes to 75 days" in row.clock.toolTip()


def test_a_hold_stops_now_and_offers_to_resume(stage, two):
    stage.desk.holds.hold("moving house")
    sheet = opened(two, stage, "now")
    assert heads(sheet) == {"out"} and not sheet.button.isEnabled()
    row = sheet.rows[0]
    assert "moving house" in row.sum.said.text and row.sum.link.text() == "Resume"
    row.sum.link.click()
    assert stage.desk.holds.active() == [] and heads(sheet) == {"auto"} and sheet.button.isEnabled()


def test_a_hold_of_one_account_is_said_when_scheduling_but_does_not_forbid_it(stage, two):
    stage.desk.holds.hold("appeal", account=SKY)
    sheet = opened(two, stage)
    assert heads(sheet) == {"auto"} and "appeal" in sheet.row_of(SKY).sum.said.text
    assert sheet.row_of(stage.practice).sum.said.tone == "good"


def test_what_waits_in_the_calendar_is_not_scheduled_twice_and_can_be_taken_off(stage, two):
    at = datetime.now(UTC) + timedelta(days=2)
    planned = stage.desk.calendar.schedule(two.open.post.id, SKY, at)
    sheet = opened(two, stage)
    row = sheet.row_of(SKY)
    assert heads(sheet) == {"auto", "out"} and row.sum.said.text.startswith("Planned for")
    row.sum.link.click()
    stage.settle()
    assert stage.desk.publishing.get(planned.id).state is State.CANCELLED and heads(sheet) == {"auto"}


def test_now_says_that_what_was_planned_goes_instead(stage, two):
    stage.desk.calendar.schedule(two.open.post.id, SKY, datetime.now(UTC) + timedelta(days=2))
    sheet = opened(two, stage, "now")
    assert "it goes now instead" in sheet.row_of(SKY).sum.said.text and sheet.row_of(SKY).ticked


def test_a_login_that_ended_stands_in_the_way_with_its_fix(stage, two, qtbot):
    found = (error("login.expired", "account"),)
    stage.desk.workspace.accounts.set_health(SKY, datetime.now(UTC), found)
    sheet = opened(two, stage)
    row = sheet.row_of(SKY)
    assert heads(sheet) == {"auto", "out"} and row.sum.link.text() == "Open accounts"
    with qtbot.waitSignal(two.accounts_asked):
        row.sum.link.click()
    assert not sheet.isVisible()


def test_what_is_refused_stays_with_its_reason(stage, two, monkeypatch):
    sheet = opened(two, stage)
    stage.desk.calendar.schedule(two.open.post.id, SKY, datetime.now(UTC) + timedelta(days=2))
    monkeypatch.setattr(sheet, "refresh", lambda: None)  # it has not heard of it yet
    sheet.button.click()
    monkeypatch.undo()
    assert sheet.isVisible() and "already on its way" in sheet.means.text()
    sheet.refresh()
    assert not sheet.row_of(SKY).ticked


@pytest.fixture
def slow(stage, two):
    """Something went to the practice account just now, and it keeps a gap of an hour."""
    stage.desk.accounts.set_pace(stage.practice, Pace(gap=60))
    now = datetime.now(UTC)
    stage.stored(stage.post("Before", "Another thing."), now, State.PUBLISHED, went=now)
    return two


def test_the_pace_is_said_with_how_long_the_computer_is_needed_and_may_be_overridden(stage, slow):
    sheet = opened(slow, stage, "now")
    row = sheet.row_of(stage.practice)
    assert row.sum.said.tone == "warn" and row.sum.link.text() == "Do not wait"
    assert "the last goes about" in sheet.means.text()
    row.sum.link.click()
    assert row.sum.said.text.startswith("Goes at once") and sheet.means.text().startswith("Starts now; keep")
    row.sum.link.click()
    assert not row.hurry and row.sum.link.text() == "Do not wait"
    sheet.row_of(SKY).check.click()
    sheet.button.click()
    stage.settle()
    QTest.qWait(20)
    waiting = next(r for r in slow.results.results() if r.delivery.account == stage.practice)
    assert waiting.delivery.state is State.DUE and waiting.waits and waiting.when
    slow.way_out._act("hurry", waiting.delivery.id)
    stage.settle()
    assert stage.desk.publishing.get(waiting.delivery.id).state is State.PUBLISHED


def test_without_waiting_it_goes_at_once(stage, slow):
    sheet = opened(slow, stage, "now")
    sheet.row_of(SKY).check.click()
    sheet.row_of(stage.practice).sum.link.click()
    sheet.button.click()
    stage.settle()
    assert [d.state for d in stage.desk.publishing.list(post=slow.open.post.id)] == [State.PUBLISHED]


def test_replies_that_wait_keep_the_computer_on_longer(stage, two, monkeypatch):
    monkeypatch.setattr(platforms.get("practice"), "threads", True)
    two.open.edit("x", lambda p: replace(p, replies=(Reply("more", after=30), Reply("last", after=60))))
    sheet = opened(two, stage)
    on(sheet, 2027, 5, 5, "10:00", "UTC")
    assert "from 10:00 to 11:30" in sheet.means.text()
    on(sheet, 2027, 5, 5, "23:00", "UTC")
    assert sheet.means.text().startswith("Keep this computer on from Wed 5 May, 23:00 to Thu 6 May, 00:30.")


def test_save_as_draft_keeps_everything(stage, two):
    sheet = opened(two, stage)
    sheet.keep.click()
    assert not sheet.isVisible() and stage.desk.publishing.list() == []


def test_rows_name_their_replies(stage, two, monkeypatch):
    monkeypatch.setattr(platforms.get("bluesky"), "threads", True)
    monkeypatch.setattr(platforms.get("practice"), "threads", False)
    two.open.edit("x", lambda p: replace(p, replies=(Reply("more"), Reply("and more"))))
    sheet = opened(two, stage)
    assert "2 replies" in sheet.row_of(SKY).sum.accessibleName()
    assert "replies" not in sheet.row_of(stage.practice).sum.accessibleName().split(".")[0]


def test_tab_walks_the_rows_as_they_stand(stage, two):
    two.open.edit("x", lambda p: replace(p, accounts=(SKY, stage.practice), text="word " * 100))
    sheet = opened(two, stage)
    assert sheet._order.index(sheet.row_of(stage.practice)) < sheet._order.index(sheet.row_of(SKY))
    places = [w for w in sheet.lines.inner.children() if w in sheet.rows]
    assert places == [sheet.row_of(stage.practice), sheet.row_of(SKY)]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(stage, two, timed, language, scale):
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    two.open.edit("x", lambda p: replace(p, title="老城南的三家小店 " * 12))
    for mode in ("now", "time"):
        sheet = opened(two, stage, mode)
        QTest.qWait(5)
        assert clipped(sheet) == []
        sheet.close_with("kept")
    stage.theme.scale = 1.0
    stage.theme.refresh()


def test_an_open_sheet_asks_whether_it_could_go_out(stage, two, monkeypatch):
    """What only the network can tell is said before anything is promised."""
    asked = []

    def findings(post, account):
        asked.append(account.id)
        return (error("account.closed", "account", reason="suspended"),)

    monkeypatch.setattr(stage.desk.before, "findings", findings)
    sheet = opened(two, stage)
    stage.settle()
    assert asked == [SKY], "the practice account needs no network"
    assert sheet.row_of(SKY).line.blocked and heads(sheet) == {"auto", "out"}
    assert sheet.what.text() == "1 goes out by itself, Bluesky stays out"


def test_offline_the_sheet_says_nothing_of_it(stage, two, monkeypatch):
    def findings(post, account):
        raise OSError("no network")

    monkeypatch.setattr(stage.desk.before, "findings", findings)
    sheet = opened(two, stage)
    stage.settle()
    assert not sheet.row_of(SKY).line.blocked and heads(sheet) == {"auto"}
