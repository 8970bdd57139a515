"""The profile-grid planner: a drag changes times only when one says so, by mouse and by keys."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.delivery import State
from studio.platforms.base import Profile
from studio.ui.calendar.pane import CalendarPane
from studio.ui.calendar.planner import PlannerSheet
from tests.ui.desks import Stage, carry, let_go, mouse


@pytest.fixture
def sheet(stage: Stage, monkeypatch):
    """Four scheduled posts and one that is there, in three columns."""
    monkeypatch.setattr(type(platforms.get("practice")), "profile", Profile(3, 0.75, 1, "our own"))
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    stage.stored(stage.post("There"), start - timedelta(days=9), State.PUBLISHED)
    for n in range(4):
        stage.scheduled(stage.post(f"Post {n}"), start + timedelta(days=n))
    stage.post("A draft")
    return opened(stage)


def opened(stage: Stage) -> PlannerSheet:
    pane = CalendarPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane)
    stage.settle()
    pane.plan_grid()
    QTest.qWait(20)
    (made,) = stage.window.findChildren(PlannerSheet)
    return made


def headings(sheet: PlannerSheet) -> list[str]:
    return [cell.heading for cell in sheet.view.cells]


def drag(sheet: PlannerSheet, take: int, put: int) -> None:
    start, end = (sheet.view.area(n).center() for n in (take, put))
    between = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
    carry(sheet.view, start, between, end)
    let_go(sheet.view, end)


def test_the_next_posts_stand_before_what_is_there(sheet):
    assert headings(sheet) == ["Post 3", "Post 2", "Post 1", "Post 0", "There"]
    assert not sheet.apply.isEnabled() and not sheet.reset.isEnabled()
    assert sheet.view.area(3).top() > sheet.view.area(0).bottom() and sheet.view.area(1).left() > 0


def test_a_drag_changes_times_only_when_one_says_so(stage, sheet):
    before = {d.post: d.at for d in stage.desk.publishing.list()}
    drag(sheet, 0, 2)
    assert headings(sheet) == ["Post 2", "Post 1", "Post 3", "Post 0", "There"]
    assert {d.post: d.at for d in stage.desk.publishing.list()} == before
    assert sheet.apply.isEnabled() and "3" in sheet.apply.text()
    sheet.apply.click()
    stage.settle()
    after = {d.post: d.at for d in stage.desk.publishing.list()}
    assert sorted(after.values()) == sorted(before.values()) and after != before
    newest = max(stage.desk.publishing.list(states=[State.SCHEDULED]), key=lambda d: d.at)
    assert stage.desk.posts.get(newest.post).heading == "Post 2"


def test_it_can_be_undone(stage, sheet):
    before = {d.post: d.at for d in stage.desk.publishing.list()}
    drag(sheet, 3, 0)
    sheet.apply.click()
    stage.settle()
    stage.toaster.toast._link.click()
    stage.settle()
    assert {d.post: d.at for d in stage.desk.publishing.list()} == before


def test_what_is_there_can_not_be_taken(sheet):
    drag(sheet, 4, 0)
    assert headings(sheet)[-1] == "There" and not sheet.apply.isEnabled()


def test_keys_do_what_the_mouse_does(sheet):
    view = sheet.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_M)
    assert view.carrying and "Post 2" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert headings(sheet)[:2] == ["Post 2", "Post 3"] and "1" in view.accessibleName()
    QTest.keyClick(view, Qt.Key.Key_M)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert headings(sheet)[:2] == ["Post 2", "Post 3"] and sheet.isVisible() and not view.carrying
    sheet.reset.click()
    assert headings(sheet)[:2] == ["Post 3", "Post 2"]


def test_a_draft_is_only_tried(stage, sheet):
    draft = next(row.post for row in sheet.tray.rows.rows if row.heading == "A draft")
    sheet.try_draft(draft)
    assert headings(sheet)[0] == "A draft" and not sheet.apply.isEnabled() and sheet.reset.isEnabled()
    drag(sheet, 0, 2)
    assert headings(sheet)[2] == "A draft" and sheet.changes() == ()
    sheet.view.setFocus()
    QTest.keyClick(sheet.view, Qt.Key.Key_Delete)
    assert "A draft" not in headings(sheet)
    assert len(stage.desk.publishing.list()) == 5


@pytest.mark.parametrize("by", ["keys", "mouse"])
def test_a_draft_that_is_in_hand_may_be_taken_out(stage, sheet, by):
    sheet.try_draft(next(row.post for row in sheet.tray.rows.rows if row.heading == "A draft"))
    view = sheet.view
    view.setFocus()
    if by == "keys":
        QTest.keyClick(view, Qt.Key.Key_M)
    else:
        carry(view, view.area(0).center(), view.area(1).center())
    assert view.carrying
    QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.qWait(20)
    assert "A draft" not in headings(sheet) and not view.carrying
    carry(view, view.area(4).center())
    let_go(view, view.area(4).center())
    assert headings(sheet)[0] == "Post 3" and not sheet.changes()


def test_esc_ends_a_drag_for_good(sheet):
    view = sheet.view
    carry(view, view.area(0).center(), view.area(1).center())
    QTest.keyClick(view, Qt.Key.Key_Escape)
    mouse(view, QEvent.Type.MouseMove, view.area(2).center())
    assert not view.carrying and sheet.isVisible()
    let_go(view, view.area(2).center())
    assert headings(sheet)[0] == "Post 3"


def test_a_draft_before_nine_hides_the_last_until_it_is_taken_out(stage, sheet):
    for n in range(4, 9):
        stage.scheduled(stage.post(f"Post {n}"), datetime.now(UTC) + timedelta(days=n, hours=30))
    sheet.reload()
    before, size = headings(sheet), sheet.view.size()
    drag(sheet, 8, 0)
    sheet.try_draft(next(row.post for row in sheet.tray.rows.rows if row.heading == "A draft"))
    assert sheet.view.size() == size and len({at for _, at in sheet.changes()}) == 9
    sheet.view.setFocus()
    for _ in range(12):
        QTest.keyClick(sheet.view, Qt.Key.Key_Right)
    assert sheet.view.at == 8
    sheet.view.at = 0
    QTest.keyClick(sheet.view, Qt.Key.Key_Delete)
    assert headings(sheet) == [before[8], *before[:8]]


def test_a_draft_that_is_gone_is_said(stage, sheet):
    draft = next(row.post for row in sheet.tray.rows.rows if row.heading == "A draft")
    stage.desk.posts.delete(draft)
    sheet.try_draft(draft)
    assert sheet.problem.isVisible() and "A draft" not in headings(sheet)


def test_an_account_with_nothing_to_show_says_so_and_is_not_the_first(stage, monkeypatch):
    monkeypatch.setattr(type(platforms.get("practice")), "profile", Profile(3, 0.75, 1, "our own"))
    stage.desk.accounts.add("instagram", {}, name="A mill", mode="kit")
    stage.scheduled(stage.post("Post"), datetime.now(UTC) + timedelta(days=1))
    sheet = opened(stage)
    assert headings(sheet) == ["Post"] and sheet.tray.accessibleName() == "Try a draft"
    (empty,) = [account for account in sheet._accounts if account.platform == "instagram"]
    sheet._show_account(empty)
    assert "yet" in sheet.said.text() and "A mill" in sheet.chooser.accessibleName()


def test_without_such_an_account_it_says_so(stage):
    sheet = opened(stage)
    assert sheet.none.isVisible() and not sheet.view.isVisible() and not sheet.chooser.isVisible()


def test_every_word_changes_with_the_language(stage, sheet):
    stage.speak("zh_CN")
    assert sheet.title.text() == "主页排布" and sheet.reset.text() == "还原"
    stage.speak("zh_TW")
    assert sheet.title.text() == "主頁排版"
