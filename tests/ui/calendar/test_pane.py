"""The Calendar pane on a real workspace: seeing, dragging, scheduling, and what one can do with a delivery."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from studio.core.delivery import Delivery, State
from studio.core.finding import error
from studio.ui.calendar.chooser import Chooser
from studio.ui.calendar.delivery import DeliveryPopover
from studio.ui.calendar.paint import describe
from studio.ui.calendar.pane import CalendarPane
from studio.ui.calendar.popover import DayPopover
from studio.ui.sheet import Confirm
from studio.ui.trust import read
from studio.ui.widgets.marks import ToneChip
from tests.ui.desks import Stage, carry, let_go, mouse, press, soon

SHANGHAI = ZoneInfo("Asia/Shanghai")


def opened(stage: Stage, width: int = 1280) -> CalendarPane:
    pane = CalendarPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane, width)
    stage.settle()
    return pane


def look_at(pane: CalendarPane, delivery: Delivery) -> date:
    """Turn to the month of a delivery; gives its day."""
    day = delivery.at.astimezone(pane.view.zone).date()
    pane.show_month(day)
    return day


def middle(pane: CalendarPane, name: str) -> QPoint:
    rect = pane.view.area(name)
    assert not rect.isEmpty(), name
    return rect.center()


def below(pane: CalendarPane, day: date) -> QPoint:
    """A point of a day where no chip is."""
    rect = pane.view.area(f"day:{day}")
    return QPoint(rect.center().x(), rect.bottom() - 4)


def free_day(pane: CalendarPane, day: date) -> date:
    """Another later day of the same grid (the day before, at the end of it)."""
    shown = [d for week in pane.view.weeks for d in week]
    return day + timedelta(days=1) if day + timedelta(days=1) in shown else day - timedelta(days=1)


def panel(pane: CalendarPane, kind: type) -> object:
    found = [each for each in pane.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, found
    return found[0]


def test_deliveries_stand_on_their_day_in_the_zone_of_the_setting(stage):
    late = stage.scheduled(stage.post("Late walk"), soon(hour=20))  # 04:00 of the next day in Shanghai
    pane = opened(stage)
    day = look_at(pane, late)
    assert day == late.at.date() + timedelta(days=1)
    item = pane.view.item(late.id)
    assert (item.day, item.clock, item.title) == (day, "04:00", "Late walk")
    assert pane.view.area(f"day:{day}").contains(pane.view.area(f"chip:{late.id}"))
    stage.desk.settings.set("zone", "America/New_York")
    stage.settle()
    assert pane.view.item(late.id).day == late.at.astimezone(ZoneInfo("America/New_York")).date()


def test_a_chip_dragged_to_another_day_keeps_its_time_and_can_be_undone(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    day = look_at(pane, delivery)
    to = free_day(pane, day)
    start, end = middle(pane, f"chip:{delivery.id}"), below(pane, to)
    carry(pane.view, start, start + QPoint(3, 0))
    assert not pane.view.dragging
    mouse(pane.view, QEvent.Type.MouseMove, start + QPoint(9, 2))
    assert pane.view.dragging
    mouse(pane.view, QEvent.Type.MouseMove, end)
    let_go(pane.view, end)
    stage.settle()
    moved = stage.desk.publishing.get(delivery.id)
    assert moved.at.astimezone(SHANGHAI).date() == to
    assert moved.at.astimezone(SHANGHAI).time() == delivery.at.astimezone(SHANGHAI).time()
    assert pane.view.item(delivery.id).day == to
    stage.toaster.toast._link.click()
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).at == delivery.at


def test_a_past_day_refuses_and_says_so_while_dragging(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(1))
    pane = opened(stage)
    day = look_at(pane, delivery)
    past = next((d for week in pane.view.weeks for d in week if d < pane.view.today), None)
    if past is None:  # the first day of a month that begins a week
        pane.step(-1)
        pytest.skip("no past day is shown today")
    start = middle(pane, f"chip:{delivery.id}")
    carry(pane.view, start, start + QPoint(10, 0), below(pane, past))
    assert pane.view.cursor().shape() == Qt.CursorShape.ForbiddenCursor
    assert "passed" in pane.view._held.sentence
    let_go(pane.view, below(pane, past))
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).at == delivery.at
    assert pane.view.item(delivery.id).day == day and not pane.view.dragging


def test_esc_puts_a_carried_chip_back(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    to = free_day(pane, look_at(pane, delivery))
    start = middle(pane, f"chip:{delivery.id}")
    carry(pane.view, start, start + QPoint(10, 0), below(pane, to))
    press(pane.view, Qt.Key.Key_Escape)
    let_go(pane.view, below(pane, to))
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).at == delivery.at


def test_the_keyboard_twin_moves_with_m_arrows_and_enter(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    day = look_at(pane, delivery)
    pane.view.setFocus()
    pane.view.go_to(day)
    press(pane.view, Qt.Key.Key_Return)
    assert pane.view.chosen == delivery.id and "Road book" in pane.view.accessibleName()
    press(pane.view, Qt.Key.Key_M)
    assert pane.view.dragging
    press(pane.view, Qt.Key.Key_Right)
    press(pane.view, Qt.Key.Key_Down)
    press(pane.view, Qt.Key.Key_Return)
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).at == delivery.at + timedelta(days=8)
    assert pane.view.at_day == day + timedelta(days=8)


def test_keys_can_give_up_a_move_and_published_ones_stay(stage):
    kept = stage.scheduled(stage.post("Kept"), soon(4))
    gone = stage.stored(stage.post("Gone"), soon(4, 6), State.PUBLISHED)
    pane = opened(stage)
    day = look_at(pane, kept)
    pane.view.setFocus()
    pane.view.go_to(day)
    press(pane.view, Qt.Key.Key_Return)
    press(pane.view, Qt.Key.Key_M)
    press(pane.view, Qt.Key.Key_Down)
    press(pane.view, Qt.Key.Key_Escape)
    assert not pane.view.dragging and pane.view.at_day == day
    pane.view.go_to(day)
    press(pane.view, Qt.Key.Key_Return)
    press(pane.view, Qt.Key.Key_Down)
    assert pane.view.chosen == gone.id
    press(pane.view, Qt.Key.Key_M)
    assert not pane.view.dragging and pane.problem.isVisible()
    assert stage.desk.publishing.get(kept.id).at == kept.at


def test_time_of_day_is_kept_over_the_change_of_summer_time(stage):
    stage.desk.settings.set("zone", "Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    year = datetime.now(UTC).year + 1
    change = max(d for d in (date(year, 3, n) for n in range(25, 32)) if d.isoweekday() == 7)
    before = datetime(year, 3, change.day - 1, 12, 0, tzinfo=berlin)
    delivery = stage.scheduled(stage.post("Spring"), before.astimezone(UTC), "Europe/Berlin")
    pane = opened(stage)
    look_at(pane, delivery)
    start = middle(pane, f"chip:{delivery.id}")
    carry(pane.view, start, start + QPoint(10, 0), below(pane, change))
    let_go(pane.view, below(pane, change))
    stage.settle()
    moved = stage.desk.publishing.get(delivery.id).at
    assert moved - delivery.at == timedelta(hours=23)
    assert f"{moved.astimezone(berlin):%H:%M}" == "12:00"


def test_a_draft_dropped_on_a_day_is_scheduled_at_nine(stage):
    post = stage.post("Window plants")
    pane = opened(stage, 1500)
    assert pane.side.isVisible()
    day = pane.view.today + timedelta(days=1)
    pane.show_month(day)
    tray = pane.tray
    at = tray.visualRect(tray.rows.index(0)).center()
    there = tray.viewport().mapFromGlobal(pane.view.mapToGlobal(below(pane, day)))
    carry(tray.viewport(), at, at + QPoint(10, 0), there)
    assert pane.ghost.isVisible()
    let_go(tray.viewport(), there)
    assert not pane.ghost.isVisible()
    chooser = panel(pane, Chooser)
    assert chooser.title.toolTip() in ("", "Window plants") and chooser.accounts == (stage.practice,)
    assert f"{chooser.at.astimezone(SHANGHAI):%H:%M}" == "09:00"
    chooser.confirm.click()
    stage.settle()
    [delivery] = stage.desk.publishing.list(post=post.id)
    assert delivery.state is State.SCHEDULED and delivery.zone == "Asia/Shanghai"
    assert delivery.at.astimezone(SHANGHAI).date() == day
    assert not any(each.isVisible() for each in pane.window().findChildren(Chooser))
    assert tray.rows.rows == () and pane.view.item(delivery.id) is not None


def test_a_draft_is_carried_by_keys_too(stage):
    stage.post("Window plants")
    pane = opened(stage, 1500)
    pane.view.go_to(pane.view.today)
    pane.tray.setCurrentIndex(pane.tray.rows.index(0))
    press(pane.tray, Qt.Key.Key_M)
    assert pane.view.dragging
    press(pane.view, Qt.Key.Key_Down)
    press(pane.view, Qt.Key.Key_Return)
    chooser = panel(pane, Chooser)
    assert chooser.at.astimezone(SHANGHAI).date() == pane.view.today + timedelta(days=7)


def test_a_double_click_on_a_day_offers_the_waiting_drafts(stage):
    first, second = stage.post("One"), stage.post("Two")
    pane = opened(stage)
    day = pane.view.today + timedelta(days=2)
    pane.show_month(day)
    mouse(pane.view, QEvent.Type.MouseButtonDblClick, below(pane, day))
    chooser = panel(pane, Chooser)
    assert {chooser.drafts.itemData(n) for n in range(chooser.drafts.count())} == {first.id, second.id}
    chooser.drafts.chosen.emit(first.id)
    chooser.confirm.click()
    stage.settle()
    assert len(stage.desk.publishing.list(post=first.id)) == 1
    assert stage.desk.publishing.list(post=second.id) == []


def test_what_blocks_a_draft_is_said_at_its_account(stage):
    post = stage.desk.posts.create(title="", text="", accounts=(stage.practice,))
    assert stage.desk.checks.findings(post, stage.desk.accounts.get(stage.practice))
    pane = opened(stage)
    pane.schedule_on(pane.view.today + timedelta(days=1), post.id)
    chooser = panel(pane, Chooser)
    [check] = chooser.checks.values()
    assert not check.isEnabled() and check.toolTip() and not chooser.confirm.isEnabled()


def test_a_refused_time_is_said_in_the_panel_and_nothing_is_kept(stage):
    post = stage.post("Road book")
    pane = opened(stage)
    pane.schedule_on(pane.view.today, post.id)
    chooser = panel(pane, Chooser)
    chooser.date.setDate(chooser.date.date().addDays(-3))
    chooser.confirm.click()
    stage.settle()
    assert chooser.isVisible() and chooser.problem.isVisible() and chooser.confirm.isEnabled()
    assert stage.desk.publishing.list(post=post.id) == []


def test_a_click_opens_the_delivery_and_its_safe_action_opens_the_post(stage, qtbot):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    look_at(pane, delivery)
    at = middle(pane, f"chip:{delivery.id}")
    carry(pane.view, at)
    let_go(pane.view, at)
    popover = panel(pane, DeliveryPopover)
    assert list(popover.buttons) == ["open", "time", "cancel"]
    assert popover.accessibleName() == "Road book"
    with qtbot.waitSignal(pane.open_post) as told:
        popover.buttons["open"].click()
    assert told.args == [delivery.post]


def test_esc_closes_a_panel_and_gives_the_focus_back(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    look_at(pane, delivery)
    stage.window.activateWindow()
    pane.view.setFocus()
    pane.open_delivery(delivery.id)
    popover = panel(pane, DeliveryPopover)
    press(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible() and pane.view.hasFocus()


def test_taking_off_cancels_and_the_chip_shows_it(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    look_at(pane, delivery)
    pane.open_delivery(delivery.id)
    panel(pane, DeliveryPopover).buttons["cancel"].click()
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).state is State.CANCELLED
    assert pane.view.item(delivery.id).state is State.CANCELLED


def test_another_time_from_the_panel(stage):
    delivery = stage.scheduled(stage.post("Road book"), soon(4))
    pane = opened(stage)
    look_at(pane, delivery)
    pane.open_delivery(delivery.id)
    panel(pane, DeliveryPopover).buttons["time"].click()
    chooser = panel(pane, Chooser)
    chooser.time.setTime(chooser.time.time().addSecs(45 * 60))
    chooser.confirm.click()
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).at == delivery.at + timedelta(minutes=45)
    assert pane.popover is None


def test_a_missed_one_is_sent_now_and_shows_its_proof(stage):
    delivery = stage.stored(stage.post("Missed walk"), datetime.now(UTC) - timedelta(hours=2), State.MISSED,
                            error=(error("delivery.missed", "delivery"),))
    pane = opened(stage)
    look_at(pane, delivery)
    pane.open_delivery(delivery.id)
    popover = panel(pane, DeliveryPopover)
    assert next(iter(popover.buttons)) == "send"
    popover.buttons["send"].click()
    stage.settle()
    sent = stage.desk.publishing.get(delivery.id)
    assert sent.state is State.PUBLISHED and sent.proof is not None and sent.proof.whole
    shown = panel(pane, DeliveryPopover)
    assert next(iter(shown.buttons)) == "see" and shown.delivery.url == sent.url


def test_what_waits_for_the_hand_is_started_from_its_panel(stage):
    delivery = stage.stored(stage.post("By hand"), datetime.now(UTC) - timedelta(minutes=5), State.WAITING)
    pane = opened(stage)
    look_at(pane, delivery)
    pane.open_delivery(delivery.id)
    popover, asked = panel(pane, DeliveryPopover), []
    pane.hand_asked.connect(asked.append)
    assert next(iter(popover.buttons)) == "hand"
    popover.buttons["hand"].click()
    assert asked == [delivery.id] and pane.popover is None


def test_an_unconfirmed_one_offers_only_a_look_first(stage):
    delivery = stage.stored(stage.post("Unsure"), datetime.now(UTC) - timedelta(hours=1), State.UNCONFIRMED,
                            error=(error("delivery.unconfirmed", "delivery"),))
    pane = opened(stage)
    look_at(pane, delivery)
    pane.open_delivery(delivery.id)
    assert "again" not in panel(pane, DeliveryPopover).buttons
    pane.open_delivery(delivery.id, looked=True)
    popover = panel(pane, DeliveryPopover)
    assert next(iter(popover.buttons)) == "look"
    popover.buttons["again"].click()
    question = panel(pane, Confirm)
    question.buttons["keep"].click()
    stage.settle()
    assert stage.desk.publishing.get(delivery.id).state is State.UNCONFIRMED


def test_more_opens_the_whole_day(stage):
    at = soon(4, 1)
    made = [stage.scheduled(stage.post(f"Post {n}"), at + timedelta(minutes=n * 10)) for n in range(14)]
    pane = opened(stage)
    day = look_at(pane, made[0])
    cell = pane.view.plan().cell(day)
    assert cell.hidden == 14 - len(cell.chips) and cell.hidden > 0
    spot = middle(pane, f"more:{day}")
    carry(pane.view, spot)
    let_go(pane.view, spot)
    whole = panel(pane, DayPopover)
    whole.opened.emit(made[-1].id)
    assert panel(pane, DeliveryPopover).delivery.id == made[-1].id


def test_a_full_month_becomes_ticks(stage):
    post = stage.post("Daily")
    at = soon(4, 0)
    for n in range(100):
        stage.stored(post, at + timedelta(minutes=n), State.SCHEDULED)
    pane = opened(stage)
    look_at(pane, stage.desk.publishing.list(post=post.id)[0])
    assert pane.view.plan().ticks
    assert {round(chip.rect.width()) for cell in pane.view.plan().cells for chip in cell.chips} == {6}


def test_what_a_worker_changes_is_seen(stage):
    post = stage.post("From a worker")
    at = soon(4)
    pane = opened(stage)
    pane.show_month(at.astimezone(SHANGHAI).date())
    worker = threading.Thread(target=stage.scheduled, args=(post, at))
    worker.start()
    worker.join()
    QTest.qWait(50)
    [delivery] = stage.desk.publishing.list(post=post.id)
    assert pane.view.item(delivery.id) is not None


def test_words_change_with_the_language(stage):
    pane = opened(stage)
    stage.speak("zh_CN")
    today = pane.view.today
    assert pane.title.text() == f"{today.year} 年 {today.month} 月"
    assert pane.today.text() == "今天"
    stage.speak("zh_TW")
    assert pane.tray_title.text() == "待排程"


def test_months_turn_by_keys_and_buttons(stage):
    pane = opened(stage)
    here = pane.view.month
    pane.onward.click()
    assert pane.view.month > here
    pane.view.setFocus()
    press(pane.view, Qt.Key.Key_PageUp)
    assert pane.view.month == here
    press(pane.view, Qt.Key.Key_PageDown)
    press(pane.view, Qt.Key.Key_T)
    assert pane.view.month == here and pane.view.at_day == pane.view.today


@pytest.mark.parametrize("count", [0, 3])
def test_the_tray_says_what_to_do(stage, count):
    for n in range(count):
        stage.post(f"Draft {n}")
    pane = opened(stage, 1500)
    assert pane.none.isVisible() == (count == 0) and pane.hint.isVisible() == (count > 0)
    assert pane.count.text() == str(count)


def test_the_calendar_shows_whose_clock_fires(stage):
    pane = opened(stage)
    post, at = stage.post("Ahead"), soon()
    there = stage.stored(post, at, State.SCHEDULED, clock="platform")
    here = stage.stored(stage.post("Here"), at + timedelta(hours=1), State.SCHEDULED)
    stage.settle()
    look_at(pane, there)
    assert pane.view.item(there.id).there and not pane.view.item(here.id).there
    assert "own clock" in describe(stage.theme, pane.view.item(there.id))
    pane.open_delivery(there.id)
    chips = [c.accessibleName() for c in pane.popover.findChildren(ToneChip)]
    assert chips == ["Practice account’s own clock"]
    pane.open_delivery(here.id)
    assert [c.accessibleName() for c in pane.popover.findChildren(ToneChip)] == ["This computer’s clock"]


def test_the_facts_over_the_month_lead_to_what_they_are_about(stage, qtbot):
    pane = opened(stage)
    planned = stage.stored(stage.post("Soon"), datetime.now(UTC) + timedelta(minutes=20), State.SCHEDULED)
    stage.stored(stage.post("Failed"), datetime.now(UTC) - timedelta(hours=1), State.FAILED)
    pane.show_known(read(stage.desk))
    assert [fact.target for fact in pane.strip.facts()] == ["delivery", "outbox", ""]
    pane.strip.acted.emit("delivery", (planned.id,))
    assert pane.popover.delivery.id == planned.id
    with qtbot.waitSignal(pane.followed) as told:
        pane.strip.acted.emit("outbox", ("x",))
    assert told.args == ["outbox", ("x",)]
    stage.speak("zh_CN")
    assert any("失败" in fact.title for fact in pane.strip.facts())
