"""From the panes to the window and back: it comes when a person asks for it, and goes with the studio."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio import platforms
from studio.core.delivery import State
from studio.core.finding import blocking
from studio.core.post import Account, Post, resolve
from studio.ui.draft.publish_sheet import PublishSheet
from studio.ui.sheet import open_sheets
from studio.ui.start import Studio

HAND = "hand"


@pytest.fixture
def studio(qtbot, qapp, tmp_path):
    """The whole studio, with an account that goes by hand on some real platform that takes a text alone."""
    made = Studio(qapp, tmp_path / "w", "en")
    made.window.show()
    qtbot.waitUntil(lambda: made.desk is not None and made._joined.ready, timeout=30_000)
    made.desk.workspace.accounts.save(next(filter(takes_text, map(by_hand, platforms.names()))))
    yield made
    made.language.set("en")
    made.window.close()
    made.close()
    made.window.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete


def by_hand(platform):
    return Account(HAND, platform, mode="assisted", name="Old Town Walks")


def takes_text(account):
    declared = platforms.get(account.platform)
    return "assisted" in declared.modes and not blocking(declared.check(resolve(Post(text="One boat."), account)))


def windows(studio):
    return studio._joined._handing.windows if studio._joined._handing is not None else {}


def draft(studio):
    post = studio.desk.posts.create(title="Ferry", text="One boat.", accounts=(HAND,))
    studio._joined.open_post(post.id)
    return post


def test_what_is_published_now_opens_its_window(studio, qtbot):
    draft(studio)
    studio.window.pane("draft").way_out.publish()
    sheet = next(s for s in open_sheets(studio.window) if isinstance(s, PublishSheet))
    assert sheet.button.text() == "Publish 1 now"
    sheet.button.click()
    qtbot.waitUntil(lambda: len(windows(studio)) == 1, timeout=30_000)
    [delivery] = windows(studio)
    assert studio.desk.publishing.get(delivery).state is State.WAITING


def test_what_falls_due_by_itself_opens_nothing_until_start_is_pressed(studio, qtbot):
    post = draft(studio)
    delivery = studio.desk.publishing.publish(post.id, HAND)
    QTest.qWait(300)
    assert windows(studio) == {}
    studio._joined.open_delivery(delivery.id)
    outbox = studio.window.pane("outbox")
    qtbot.waitUntil(lambda: "start" in outbox.story.box.controls, timeout=30_000)
    outbox.story.box.controls["start"].click()
    qtbot.waitUntil(lambda: list(windows(studio)) == [delivery.id], timeout=30_000)


def test_its_last_words_are_a_toast_of_the_studio(studio, qtbot):
    post = draft(studio)
    delivery = studio.desk.publishing.publish(post.id, HAND)
    studio._joined.post_by_hand(delivery.id)
    qtbot.waitUntil(lambda: len(windows(studio)) == 1, timeout=30_000)
    windows(studio)[delivery.id].later(10)
    qtbot.waitUntil(lambda: windows(studio) == {}, timeout=30_000)
    assert studio.window.toaster.toast.isVisible()


def test_it_goes_with_the_studio(studio, qtbot):
    post = draft(studio)
    studio._joined.post_by_hand(studio.desk.publishing.publish(post.id, HAND).id)
    qtbot.waitUntil(lambda: len(windows(studio)) == 1, timeout=30_000)
    [window] = windows(studio).values()
    studio._joined.close()
    assert not window.isVisible() and windows(studio) == {}
