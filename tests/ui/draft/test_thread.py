"""Replies below the post: written, moved, delayed and taken out by mouse and keys; each one step of undo."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.post import Media, Post, Reply
from studio.ui.draft import edits
from studio.ui.draft.thread import delay_words
from tests.ui.clipping import clipped
from tests.ui.draft.conftest import SKY, sky

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def threaded(stage, enter, *replies):
    sky(stage)
    post = stage.post("Walk", "First")
    stage.desk.posts.save(replace(post, accounts=(stage.practice, SKY), replies=replies))
    pane = enter()
    QTest.qWait(3)
    return pane, pane.editor.fields.replies


def texts(pane):
    return [reply.text for reply in pane.open.post.replies]


def test_the_edits_of_replies():
    post = edits.set_reply(edits.set_reply(Post(), 0, "a"), 1, "b")
    assert [r.text for r in post.replies] == ["a", "b"]
    assert [r.text for r in edits.move_reply(post, 1, 0).replies] == ["b", "a"]
    assert edits.remove_reply(post, 0).replies == (Reply("b"),)
    assert edits.set_reply_delay(post, 1, 5).replies[1] == Reply("b", after=5)
    kept = Post(replies=(Reply("a", (Media("1"),), 3),))
    assert edits.set_reply(kept, 0, "c").replies == (Reply("c", (Media("1"),), 3),)


def test_the_first_letters_in_the_empty_line_make_a_reply(stage, enter):
    pane, thread = threaded(stage, enter)
    assert len(thread.rows) == 1 and not thread.add.isVisible() and not thread.rows[0].counter.isVisible()
    QTest.keyClicks(thread.rows[0].text, "More")
    QTest.qWait(3)
    assert texts(pane) == ["More"] and thread.rows[0].counter.text() == "4 chars" and thread.add.isVisible()
    pane.writing.undo()
    assert pane.open.post.replies == () and thread.rows[0].text.toPlainText() == ""


def test_adding_moving_delaying_and_taking_out(stage, enter):
    pane, thread = threaded(stage, enter, Reply("one"))
    thread.add.click()
    assert thread.rows[1].text.hasFocus() and texts(pane) == ["one"]
    QTest.keyClicks(thread.rows[1].text, "two")
    QTest.keyClick(thread.rows[1].text, Qt.Key.Key_Up, ALT)
    assert texts(pane) == ["two", "one"] and thread.rows[0].text.hasFocus()
    thread.rows[0].down.click()
    assert texts(pane) == ["one", "two"]
    thread.rows[1].delay.set_value("5")
    thread.rows[1].delay.activated.emit(thread.rows[1].delay.currentIndex())
    assert pane.open.post.replies[1].after == 5
    thread.rows[0].out.click()
    assert pane.open.post.replies == (Reply("two", after=5),)
    QTest.keyClick(thread.rows[0].text, Qt.Key.Key_Z, CTRL)
    assert texts(pane) == ["one", "two"]


def test_backspace_in_an_empty_line_takes_it_away(stage, enter):
    pane, thread = threaded(stage, enter, Reply("one"))
    thread.add.click()
    QTest.keyClick(thread.rows[1].text, Qt.Key.Key_Backspace)
    assert len(thread.rows) == 1 and texts(pane) == ["one"]


def test_each_reply_is_counted_by_the_platform_and_its_note_leads_to_it(stage, enter, monkeypatch):
    monkeypatch.setattr(platforms.get("bluesky"), "threads", True)
    pane, thread = threaded(stage, enter, Reply("one"), Reply("x" * 301))
    pane.writing.open_tab(SKY)
    QTest.qWait(3)
    assert [line.counter.text() for line in thread.rows] == ["3 / 300", "301 / 300"]
    assert thread.rows[1].counter.property("tone") == "bad"
    note = next(r for r in pane.editor.remarks() if r.area == "replies" and r.number == 1)
    assert note.note.severity == "error" and "Reply 2" in note.note.detail and note.place is None
    pane.writing.fix(note.note.fixes[0][0], note)
    assert thread.rows[1].text.hasFocus()


def test_where_there_are_no_threads_a_note_says_so(stage, enter, monkeypatch):
    monkeypatch.setattr(platforms.get("practice"), "threads", False)
    pane, _ = threaded(stage, enter)
    pane.writing.open_tab(stage.practice)
    pane.open.edit("x", lambda p: replace(p, replies=(Reply("more"),)))
    QTest.qWait(3)
    assert [r.code for r in pane.editor.remarks() if r.area == "replies"] == ["replies.left_out"]


def test_another_post_shows_its_own_replies(stage, enter):
    pane, thread = threaded(stage, enter, Reply("one"), Reply("two"))
    other = stage.post("Other")
    pane.open_post(other.id)
    QTest.qWait(3)
    assert [line.text.toPlainText() for line in thread.rows] == [""]


def test_delays_in_words(qapp, language):
    assert [delay_words(m) for m in (0, 1, 5, 60, 120, 90, 1440)] == [
        "right after", "after 1 minute", "after 5 minutes", "after 1 hour", "after 2 hours", "after 90 minutes",
        "after 1 day",
    ]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(stage, enter, language, scale):
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    _, thread = threaded(stage, enter, Reply("one"), Reply("two\nlines", after=24 * 60))
    QTest.qWait(5)
    assert clipped(thread) == []
    assert all(line.text.height() >= line.text.sizeHint().height() for line in thread.rows)
    stage.theme.scale = 1.0
    stage.theme.refresh()
