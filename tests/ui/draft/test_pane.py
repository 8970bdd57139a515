"""The Draft pane, used as people use it: keys and mouse on a real workspace."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from studio.core.delivery import State
from studio.core.words import Marked
from studio.ui.draft.difference import Difference
from studio.ui.draft.measure import keystrokes
from studio.ui.draft.publish_sheet import PublishSheet
from studio.ui.sheet import Confirm, open_sheets
from tests.ui.desks import soon
from tests.ui.draft.conftest import SKY, picture, sky, wait_ready

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NAME = Marked("draft", "Write")


def turn(stage):
    """What was asked for in this turn of the event loop happens."""
    for _ in range(3):
        QTest.qWait(1)


def sheet_of(stage, kind):
    return next(s for s in open_sheets(stage.window) if isinstance(s, kind))


def test_an_empty_workspace_shows_three_steps_and_three_doors(stage, enter):
    pane = enter()
    assert pane.pages.currentWidget() is pane.first
    pane.first.doors[0].used.emit()
    turn(stage)
    assert pane.open is not None and pane.open.post.accounts == (stage.practice,)
    assert pane.pages.currentIndex() == 0 and pane.editor.title.hasFocus()


def test_the_sample_opens_from_the_first_page(stage, enter):
    pane = enter()
    pane.first.steps[0].button.click()
    stage.settle()
    turn(stage)
    assert len(pane.open.post.media) == 3 and pane.open.post.accounts == (stage.practice,)
    assert pane.bar.ready


def test_the_newest_post_opens_and_what_is_typed_is_saved(stage, enter):
    stage.post("Older")
    newest = stage.post("Newest", "Text")
    pane = enter()
    turn(stage)
    assert pane.open.post.id == newest.id and pane.editor.text.text() == "Text"
    pane.editor.text.set_caret(4)
    QTest.keyClicks(pane.editor.text, " more")
    QTest.keyClicks(pane.editor.title, "!")
    assert pane.may_close()
    kept = stage.desk.posts.get(newest.id)
    assert kept.text == "Text more" and kept.title == "!Newest"
    assert pane.editor.saved.words == "Saved"


def test_typing_is_one_step_of_undo(stage, enter):
    stage.post("One", "a")
    pane = enter()
    turn(stage)
    QTest.keyClicks(pane.editor.text, "bcd")
    QTest.keyClick(pane.editor.text, Qt.Key.Key_Z, CTRL)
    assert pane.editor.text.text() == "a" == pane.open.post.text
    QTest.keyClick(pane.editor.text, Qt.Key.Key_Z, CTRL | SHIFT)
    assert pane.editor.text.text() == "bcda"


def test_each_account_has_its_own_text_counter_and_dot(stage, enter):
    sky(stage)
    post = stage.post("Both", "base text")
    stage.desk.posts.save(replace(post, accounts=(stage.practice, SKY)))
    pane = enter()
    turn(stage)
    names = [tab.tab for tab in pane.editor.tabs.tabs()]
    assert [t.name for t in names] == ["Base", "Practice account", "Bluesky"]
    assert names[2].count == "9/300" and not names[2].differs
    pane.editor.tabs.tabs()[2].click()
    QTest.keyClicks(pane.editor.text, "my ")
    turn(stage)
    assert pane.editor.tabs.tabs()[2].tab.differs and pane.editor.tabs.tabs()[2].tab.count == "12/300"
    assert pane.open.post.text == "base text"
    pane.writing.open_tab("")
    assert pane.editor.text.text() == "base text"


def test_an_outdated_version_shows_its_strip_until_it_is_compared(stage, enter):
    sky(stage)
    post = stage.post("Both", "base")
    stage.desk.posts.save(replace(post, accounts=(SKY,)))
    pane = enter()
    turn(stage)
    pane.writing.open_tab(SKY)
    QTest.keyClicks(pane.editor.text, "my ")
    pane.writing.open_tab("")
    QTest.keyClicks(pane.editor.text, "new ")
    pane.writing.open_tab(SKY)
    turn(stage)
    assert pane.editor.drift.isVisible()
    pane.editor.drift.difference.click()
    sheet = sheet_of(stage, Difference)
    sheet.kept.emit()
    sheet.close_with("kept")
    turn(stage)
    assert not pane.editor.drift.isVisible() and pane.editor.text.text() == "my base"
    pane.writing.reset()
    turn(stage)
    assert pane.editor.text.text() == "new base" and pane.open.post.overrides == {}


def test_too_long_for_one_account_blocks_that_one_and_its_note_can_cut_it(stage, enter):
    sky(stage)
    post = stage.post("Long", "word " * 100)
    stage.desk.posts.save(replace(post, accounts=(stage.practice, SKY)))
    pane = enter()
    turn(stage)
    assert [v.account.id for v in pane.bar.ready] == [stage.practice]
    assert pane.bar.publish.text() == "Publish to 1"
    assert "Bluesky" in pane.bar.line.words.accessibleName()
    pane.bar._discs[1].click()
    turn(stage)
    assert pane.writing.tab == SKY and pane.editor.text.extraSelections()
    note = next(r for r in pane.editor.remarks() if r.code == "text.too_long")
    pane.writing.walk(1)
    pane.writing.fix(note.note.fixes[0][0], note)
    turn(stage)
    assert len(pane.open.post.text) == 500 and len(pane.editor.text.text()) <= 300
    assert len(pane.bar.ready) == 2 and pane.bar.publish.text() == "Publish to 2"
    pane.writing.undo()
    assert len(pane.editor.text.text()) == 500


def drop(pane, stage, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    pane.editor.dropEvent(event)
    stage.settle()


def test_files_dropped_on_the_editor_join_the_strip_and_bad_ones_say_why(stage, enter, tmp_path):
    stage.post("Pictures")
    pane = enter()
    turn(stage)
    bad = tmp_path / "empty.jpg"
    bad.write_bytes(b"")
    drop(pane, stage, picture(tmp_path / "a.png"), bad, picture(tmp_path / "b.png", "#3366aa"))
    turn(stage)
    assert [m.name for m in pane.open.post.media] == ["a.png", "b.png"]
    assert stage.toaster.toast.isVisible() and "empty.jpg" in stage.toaster.toast.accessibleName()
    codes = [r.code for r in pane.editor.remarks()]
    assert codes.count("media.no_alt") == 2
    pane.writing.undo()
    assert pane.open.post.media == ()


def test_alt_text_is_written_in_place_and_the_note_goes(stage, enter, tmp_path):
    stage.post("Pictures")
    pane = enter()
    turn(stage)
    drop(pane, stage, picture(tmp_path / "a.png"))
    turn(stage)
    note = next(r for r in pane.editor.remarks() if r.area == "media")
    pane.writing.fix(note.note.fixes[0][0], note)
    assert pane.writing.alt.isVisible()
    QTest.keyClicks(pane.writing.alt.lines, "A cup")
    QTest.keyClick(pane.writing.alt.lines, Qt.Key.Key_Return)
    turn(stage)
    assert not pane.writing.alt.isVisible()
    assert pane.open.post.media[0].alt == "A cup"
    assert not [r for r in pane.editor.remarks() if r.area == "media"]


def test_publishing_reads_back_and_a_second_send_asks_first(stage, enter):
    stage.post("Out", "Going out")
    pane = enter()
    turn(stage)
    pane.bar.publish.click()
    sheet_of(stage, PublishSheet).button.click()
    stage.settle()
    turn(stage)
    result = pane.results.results()[0]
    assert result.delivery.state is State.PUBLISHED and result.delivery.proof.whole and result.delivery.url
    assert pane.results.isVisible()
    pane.bar.publish.click()
    sheet = sheet_of(stage, PublishSheet)
    assert not sheet.button.isEnabled() and sheet.going().number == 0
    sheet.rows[0].check.click()
    sheet.button.click()
    QTest.keyClick(sheet_of(stage, Confirm), Qt.Key.Key_Escape)
    stage.settle()
    assert len(stage.desk.publishing.list()) == 1 and sheet.isVisible()
    sheet.button.click()
    sheet_of(stage, Confirm).buttons["again"].click()
    stage.settle()
    turn(stage)
    assert len(stage.desk.publishing.list(states=[State.PUBLISHED])) == 2


def test_nothing_can_be_published_without_an_account_and_the_button_says_so(stage, enter):
    stage.desk.posts.create(title="Nowhere", text="x")
    pane = enter()
    turn(stage)
    assert not pane.bar.publish.isEnabled() and "account" in pane.bar.publish.toolTip()
    pane.way_out.choose_accounts()
    menu = next(m for m in pane.findChildren(QMenu) if m.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    turn(stage)
    assert pane.open.post.accounts == (stage.practice,) and pane.bar.publish.isEnabled()


def test_scheduling_for_the_ticked_accounts(stage, enter):
    post = stage.post("Later", "Soon")
    pane = enter()
    turn(stage)
    pane.bar.schedule.click()
    sheet = sheet_of(stage, PublishSheet)
    sheet.when.date.setDate(sheet.when.date.date().addDays(2))
    sheet.when.zone.set_value("UTC")
    sheet.late.radios["ask"].setChecked(True)
    assert sheet.button.isEnabled() and sheet.button.text() == "Schedule 1"
    at = sheet.when.at(sheet.when.time.time())
    sheet.button.click()
    stage.settle()
    turn(stage)
    made = stage.desk.publishing.list(post=post.id)[0]
    assert (made.state, made.at, made.late.rule, made.zone) == (State.SCHEDULED, at, "ask", "UTC")
    assert pane.results.results()[0].delivery.id == made.id
    pane.way_out._act("cancel", made.id)
    stage.settle()
    assert stage.desk.publishing.get(made.id).state is State.CANCELLED
    stage.toaster.toast._undone()
    assert stage.desk.publishing.get(made.id).state is State.SCHEDULED


def test_the_list_s_times_are_in_the_zone_of_the_settings(stage, enter):
    stage.desk.settings.set("zone", "Asia/Tokyo")
    stage.scheduled(stage.post("Tea"), soon(hour=4))
    pane = enter()
    row = next(item.row for item in pane.list.model.items() if item.row)
    assert pane.list._when(row).endswith("13:00")


def test_a_time_that_passed_cannot_be_chosen(stage, enter):
    stage.post("Later", "Soon")
    pane = enter()
    turn(stage)
    pane.way_out.schedule()
    sheet = sheet_of(stage, PublishSheet)
    sheet.when.date.setMinimumDate(sheet.when.date.date().addDays(-9))
    sheet.when.date.setDate(sheet.when.date.date().addDays(-2))
    assert not sheet.button.isEnabled() and "passed" in sheet.button.toolTip()
    sheet.close_with("dismissed")


def test_delete_asks_and_can_be_taken_back(stage, enter):
    keep, gone = stage.post("Keep"), stage.post("Gone")
    pane = enter()
    turn(stage)
    pane.shelf.delete()
    sheet_of(stage, Confirm).buttons["delete"].click()
    stage.settle()
    turn(stage)
    assert [r.id for r in stage.desk.posts.list()] == [keep.id]
    assert pane.open is not None and pane.open.post.id == keep.id
    stage.toaster.toast._undone()
    stage.settle()
    assert stage.desk.posts.get(gone.id).title == "Gone" and pane.open.post.id == gone.id


def test_duplicate_opens_the_copy(stage, enter):
    post = stage.post("Twice", "same")
    pane = enter()
    turn(stage)
    pane.shelf.duplicate()
    stage.settle()
    assert pane.open.post.id != post.id and pane.open.post.text == "same" and stage.desk.posts.count() == 2


def test_search_finds_and_says_when_it_does_not(stage, enter):
    stage.post("Bakery", "rye and cardamom")
    stage.post("老城南", "梧桐黄透了")
    pane = enter()
    turn(stage)
    pane.list.search.setText("梧桐")
    pane.list.search.searched.emit("梧桐")
    stage.settle()
    assert [i.row.heading for i in pane.list.model.items() if i.row] == ["老城南"]
    pane.list.search.setText("nothing like this")
    pane.list.reload()
    stage.settle()
    assert pane.list.pages.currentWidget() is pane.list.none
    pane.list.none.acted.emit()
    stage.settle()
    assert pane.list.model.rowCount() == 3 and not pane.list.filtered


def test_only_posts_in_one_state(stage, enter):
    stage.post("Draft")
    out = stage.post("Out")
    stage.desk.publishing.publish(out.id, stage.practice)
    pane = enter()
    turn(stage)
    pane.list.set_state(State.PUBLISHED)
    stage.settle()
    assert [i.row.id for i in pane.list.model.items() if i.row] == [out.id]


def test_a_keystroke_reaches_counters_and_previews(stage, enter):
    stage.post("Typing", "x")
    pane = enter()
    turn(stage)
    assert len(keystrokes(pane, 12)) == 12
    frame = pane.preview.frames()[0]
    body = next(b for b in frame.canvas.card.boxes if b.name == "body")
    assert body.text == pane.open.post.text and len(body.text) == 13
    assert pane.editor.tabs.tabs()[1].tab.count.startswith("13/")


def test_a_megabyte_is_pasted_checked_beside_the_window_and_saved(stage, enter):
    post = stage.post("Huge", "")
    pane = enter()
    turn(stage)
    data = QMimeData()
    data.setText("一行文字，第二句。\n" * 100_000)
    pane.editor.text.insertFromMimeData(data)
    for _ in range(3000):
        QTest.qWait(10)
        if pane.writing.snapshot.post is pane.open.post:
            break
    assert pane.editor.tabs.tabs()[1].tab.tone == "bad" and not pane.bar.ready
    assert pane.may_close() and len(stage.desk.posts.get(post.id).text) == 1_000_000


def test_the_language_changes_while_a_post_is_open(stage, enter):
    stage.post("Words", "text")
    pane = enter()
    turn(stage)
    stage.language.set("zh_TW")
    turn(stage)
    assert pane.bar.publish.text() == "發布到 1 個" and pane.editor.tabs.tabs()[0].tab.name == "基稿"


def test_saving_that_fails_keeps_the_text_and_says_so(stage, enter, qtbot, monkeypatch):
    stage.post("Trouble", "a")
    pane = enter()
    turn(stage)

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(stage.desk.posts, "save", full)
        with qtbot.waitSignal(pane.troubled) as told:
            QTest.keyClicks(pane.editor.text, "b")
        assert told.args[0].code == "save.failed" and pane.editor.saved.words == "Not saved"
        other = stage.desk.workspace.posts
        assert not pane._let_go() and pane.editor.text.text() == "ba" and other.count() == 1
    assert pane.may_close()
    qtbot.waitUntil(lambda: pane.editor.saved.words == "Saved")


def test_every_command_is_named_in_three_languages_and_has_its_own_key(stage, enter):
    pane = enter()
    actions = pane.commands()
    keys = [a.shortcut for a in actions if a.shortcut]
    assert len(keys) == len(set(keys)) and len(actions) >= 15


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_notes_stand_beside_the_text_or_below_their_field(stage, enter, tmp_path, width):
    stage.post("Pictures")
    pane = enter()
    stage.window.resize(width, 800)
    turn(stage)
    drop(pane, stage, picture(tmp_path / "a.png"))
    turn(stage)
    beside = pane.editor.beside
    assert pane.editor.margin.isVisible() == beside
    holder = pane.editor.margin if beside else pane.editor.fields.notes["media"]
    assert holder.placed() and holder.placed()[0].remark.code == "media.no_alt"
    if beside:
        strip = pane.editor.fields.strip.mapTo(pane.editor, QPoint(0, 0)).y()
        assert abs(holder.y() + holder.placed()[0].rect.y() - strip) < 80


def test_read_only_says_why_and_changes_nothing(stage, qapp, tmp_path):
    from studio.services.desk import Desk
    from studio.ui.draft.pane import DraftPane

    stage.post("Shown", "only")
    first = Desk.open(stage.desk.folder, window=True)
    second = Desk.open(stage.desk.folder, window=True)
    pane = DraftPane(stage.theme, second, stage.bridge, stage.toaster)
    pane.resize(1280, 800)
    pane.show()
    pane.shown()
    stage.settle()
    wait_ready(pane)
    turn(stage)
    QTest.keyClicks(pane.editor.text, "no")
    assert pane.editor.text.text() == "only" and pane.editor.saved.words == "Read only"
    assert not pane.bar.publish.isEnabled() and "window" in pane.bar.publish.toolTip()
    pane.close_down()
    pane.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    second.close()
    first.close()
