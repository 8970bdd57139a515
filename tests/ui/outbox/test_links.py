"""The way to a story from elsewhere: the calendar's panel, a draft's results, the bell, the trust line, the badge."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.delivery import State
from studio.ui.calendar.delivery import DeliveryPopover
from studio.ui.calendar.pane import CalendarPane
from studio.ui.start import Studio


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    made = Studio(qapp, tmp_path / "w", "en")
    made.window.show()
    qtbot.waitUntil(lambda: made.desk is not None, timeout=30_000)
    qtbot.waitUntil(lambda: made._joined.ready, timeout=30_000)
    yield made
    made.language.set("en")
    made.window.close()
    made.close()
    made.window.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: the next test has other platforms


def published(window):
    post = window.desk.posts.list()[0]
    return window.desk.publishing.publish(post.id, window.desk.accounts.list()[0].id)


def shows(qtbot, window, delivery):
    qtbot.waitUntil(
        lambda: window.window.current == "outbox" and window.window.pane("outbox").opened is not None
        and window.window.pane("outbox").opened.item.delivery.id == delivery.id, timeout=30_000)  # fmt: skip


def test_the_calendars_panel_leads_to_the_story(stage):
    at = datetime.now(UTC) + timedelta(days=1)
    delivery = stage.scheduled(stage.post("Cup"), at)
    pane = CalendarPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane)
    stage.settle()
    pane.show_month(delivery.at.astimezone(pane.view.zone).date())
    followed = []
    pane.followed.connect(lambda target, ids: followed.append((target, tuple(ids))))
    pane.open_delivery(delivery.id)
    panel = next(p for p in pane.window().findChildren(DeliveryPopover) if p.isVisible())
    panel.story.click()
    assert followed == [("outbox", (delivery.id,))]


def test_a_drafts_results_lead_to_the_story(window, qtbot):
    delivery = published(window)
    pane = window.window.pane("draft")
    qtbot.waitUntil(lambda: pane._laid, timeout=30_000)
    pane.open_post(delivery.post)
    pane.results.acted.emit("story", delivery.id)
    shows(qtbot, window, delivery)


def test_the_bell_and_the_trust_line_lead_to_the_story(window, qtbot):
    delivery = published(window)
    window.window.topbar.bell_asked.emit()
    popup = QApplication.activePopupWidget()
    popup.actions()[0].trigger()
    popup.close()
    shows(qtbot, window, delivery)
    window.window.show_pane("draft")
    window._joined.follow("outbox", (delivery.id,))
    shows(qtbot, window, delivery)


def test_the_rail_counts_what_needs_the_person_and_says_so(window, qtbot):
    button = window.window.rail.buttons["outbox"]
    assert (button.badge, button.accessibleName()) == (0, "Outbox")
    post = window.desk.posts.list()[0]
    from studio.core.delivery import Delivery

    for n in range(2):
        made = window.desk.workspace.deliveries.add(Delivery(
            post=post.id, account=window.desk.accounts.list()[0].id, platform="practice", state=State.FAILED,
            at=datetime.now(UTC) - timedelta(hours=n)))
        window.desk.publishing.changed.emit(made)
    qtbot.waitUntil(lambda: button.badge == 2, timeout=30_000)
    assert button.accessibleName() == "Outbox, 2 need you"
    window.language.set("zh_CN")
    QTest.qWait(5)
    assert button.accessibleName() == "发件, 2 件等你处理"


def test_where_to_go_from_the_outbox(window, qtbot):
    pane = window.window.pane("outbox")
    for signal, where in ((pane.accounts_asked, "accounts"), (pane.calendar_asked, "calendar"),
                          (pane.drafts_asked, "draft")):  # fmt: skip
        signal.emit()
        assert window.window.current == where
    window.window.show_pane("outbox")
    pane.open_post.emit(window.desk.posts.list()[0].id)
    assert window.window.current == "draft"


