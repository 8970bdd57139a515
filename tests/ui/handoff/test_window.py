"""The hand-off window as a person uses it: each step does what it says, is remembered, and the link is believed as
far as it was checked and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.delivery import State
from studio.core.errors import Later, Refused
from studio.core.finding import error
from studio.ui.focus import tab_chain
from studio.ui.handoff.bodies import CopyBody, DeedBody, FilesBody, TickBody
from studio.ui.handoff.corner import corner_from
from studio.ui.handoff.frame import PINNED, PLACE
from studio.ui.handoff.parts import Code, copy_piece
from studio.ui.widgets.button import Button
from tests.ui.clipping import clipped
from tests.ui.desks import carry
from tests.ui.handoff.conftest import MORE, PAGE, TICK, media, opened, post, waiting

LINK = "https://www.fake.example/video/7301"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(stage, handing, tmp_path):
    """Of a post with three pictures that waits for the person."""
    return opened(stage, handing, waiting(stage, post(stage, media=media(stage, tmp_path, 3))))


def row(window, kind):
    return next(line for line, shown in zip(window.rows, window.shown, strict=True) if shown.kind == kind)


def kept(stage, window):
    """The steps that the workspace remembers."""
    stage.settle()
    return stage.desk.by_hand.sheet(window.id).done


def state(stage, window):
    return stage.desk.publishing.get(window.id)


def paste(window, text):
    """As a person pastes."""
    QGuiApplication.clipboard().setText(text)
    window.paste.field.setFocus()
    QTest.keyClick(window.paste.field, Qt.Key.Key_V, CTRL)


# -- the list --------------------------------------------------------------------------------------------------


def test_it_shows_the_post_and_opens_the_first_step_only(window):
    assert window.windowTitle() == "Post to Douyin" and window.head.title.rest == "1 of 6"
    assert window.post.title.accessibleName() == "Sunset from the ferry pier"
    assert window.post.kind.accessibleName() == "Old Town Walks · 3 pictures"
    assert window.post.when.text().endswith("right on time")
    assert [line.open for line in window.rows] == [True, False, False, False, False, False]
    assert window.paste.field.isVisible() and not window.paste.paste.isVisible()


def test_it_stays_on_top_until_it_is_unpinned_and_remembers_that(stage, handing, window):
    on_top = Qt.WindowType.WindowStaysOnTopHint
    assert window.windowFlags() & on_top and window.windowHandle().flags() & on_top
    window.head.pin.click()
    assert not window.windowHandle().flags() & on_top and window.isVisible()
    assert stage.desk.settings.view(PINNED, True) is False
    window.close()
    again = opened(stage, handing, state(stage, window))
    assert not again.pinned and not again.head.pin.isChecked() and not again.windowFlags() & on_top


def test_opening_the_page_goes_through_the_door_and_is_ticked(stage, handing, window):
    row(window, "open").body.button.click()
    assert handing.urls == [PAGE]
    assert kept(stage, window) == {"open"} and window.head.title.rest == "2 of 6"
    assert [line.open for line in window.rows][:2] == [False, True]


def test_the_files_are_dragged_out_in_their_order(stage, window):
    window.do("open")
    body = row(window, "files").body
    assert isinstance(body, FilesBody)
    dragged = []

    def drop(drag):
        dragged.append([url.toLocalFile() for url in drag.mimeData().urls()])
        return Qt.DropAction.CopyAction

    body.strip.run_drag = drop
    carry(body.strip, QPoint(10, 10), QPoint(14, 10), QPoint(60, 40))
    assert dragged == [[str(file) for file in window.sheet.files]]
    assert [file.name for file in window.sheet.files] == sorted(file.name for file in window.sheet.files)
    assert "files" in kept(stage, window)


def test_a_drag_that_was_let_go_over_nothing_ticks_nothing(stage, window):
    window.do("open")
    strip = row(window, "files").body.strip
    strip.run_drag = lambda drag: Qt.DropAction.IgnoreAction
    carry(strip, QPoint(10, 10), QPoint(60, 40))
    assert "files" not in kept(stage, window)


def test_the_keyboard_takes_the_files_along_too(window):
    window.do("open")
    body = row(window, "files").body
    QTest.keyClick(body.strip, Qt.Key.Key_C, CTRL)
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in urls] == [str(file) for file in window.sheet.files]
    assert "clipboard" in body.words.text()


def test_the_folder_is_opened_from_the_step_and_from_the_foot(stage, handing, window):
    window.footer.open.click()
    assert handing.urls[0].startswith("file:") and handing.urls[0].endswith(window.sheet.folder.name)
    assert kept(stage, window) == frozenset()
    window.do("files")
    assert handing.urls[1] == handing.urls[0] and kept(stage, window) == {"files"}


def test_copied_texts_say_so_for_a_moment_and_stay_ticked(stage, window):
    window.done.update(("open", "files"))
    window.say_again()
    body = row(window, "copy").body
    assert isinstance(body, CopyBody)
    title, text = body.lines["copy:title"].button, body.lines["copy:text"].button
    assert title.kind == "primary" and text.kind == "secondary"
    title.click()
    assert QGuiApplication.clipboard().text() == "Sunset from the ferry pier"
    assert title.text() == "Copied" and title.copied and (title.kind, text.kind) == ("secondary", "primary")
    title._timer.timeout.emit()
    assert title.text() == "Copy title" and title.copied
    text.click()
    assert {"copy:title", "copy:text"} <= kept(stage, window) and not row(window, "copy").open


def test_rich_text_is_copied_as_both(stage, handing, fake):
    fake.html = "<p><b>One</b> boat</p>"
    made = opened(stage, handing, waiting(stage))
    copy_piece(next(piece for piece in made.sheet.handoff.pieces if piece.name == "text"))
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.html() == fake.html and mime.text() == "One boat, two piers, forty slow minutes."


def test_a_text_over_its_limit_shows_by_how_much(stage, handing):
    made = opened(stage, handing, waiting(stage, post(stage, "A very long title " * 3)))
    box = row(made, "copy").body.lines["copy:title"].box
    assert box.over and "/30" in box.accessibleDescription()


def test_several_choices_are_one_step_with_a_box_each(stage, handing, fake):
    fake.ticks = (TICK, MORE)
    made = opened(stage, handing, waiting(stage))
    line = row(made, "tick")
    made.open_step(made.rows.index(line))
    assert isinstance(line.body, TickBody) and len(line.body.boxes) == 2
    line.body.boxes["tick:1"].click()
    assert kept(stage, made) == {"tick:1"}
    line.body.boxes["tick:1"].click()
    assert kept(stage, made) == frozenset()


def test_a_code_for_the_phone_is_drawn_whole_and_black_on_white(stage, handing, fake):
    fake.scan = "fake://share?id=1"
    made = opened(stage, handing, waiting(stage))
    assert made.sheet.steps[0] == "scan"
    code = row(made, "scan").body.findChild(Code)
    image, rows = code.grab().toImage(), made._desk.by_hand.qr(fake.scan)
    scale = image.width() / len(rows)
    for y, line in enumerate(rows):
        for x, dark in enumerate(line):
            seen = image.pixelColor(round((x + 0.5) * scale), round((y + 0.5) * scale)).lightness()
            assert (seen < 100) == dark


def test_what_was_ticked_by_mistake_is_taken_back(stage, window):
    window.do("open")
    window.open_step(0)
    body = row(window, "open").body
    assert isinstance(body, DeedBody) and body.other.text() == "Not done yet"
    body.other.click()
    assert kept(stage, window) == frozenset() and window.head.title.rest == "1 of 6"


def test_everything_is_remembered_when_it_is_opened_again(stage, handing, window):
    window.do("open")
    window.do("files")
    stage.settle()
    window.close()
    stage.settle()
    again = opened(stage, handing, state(stage, window))
    assert again.done == {"open", "files"} and again.head.title.rest == "3 of 6"


# -- the link --------------------------------------------------------------------------------------------------


def test_a_pasted_link_is_looked_up_at_once_and_read_back(stage, fake, window):
    fake.found = "One boat, two piers, forty slow minutes."
    paste(window, f"Look what I posted! {LINK} copy this")
    stage.settle()
    assert state(stage, window).state is State.PUBLISHED and state(stage, window).url.endswith("/video/7301")
    assert window.outcome.title.text() == "It is live" and "all the same" in window.outcome.sentence.text()
    assert not window.area.isVisible() and not window.footer.isVisible() and window.head.progress.fraction == 1


def test_differences_are_said(stage, fake, window):
    fake.found = "Something else"
    paste(window, LINK)
    stage.settle()
    assert window.outcome.sentence.text().startswith("Read back: 1 point differs")


def test_a_link_that_cannot_be_read_counts_by_its_form_and_says_so(stage, window):
    paste(window, LINK)
    stage.settle()
    assert state(stage, window).state is State.HANDED_OVER and state(stage, window).proof is not None
    assert window.outcome.title.text() == "The link is kept"
    assert "nothing was compared" in window.outcome.sentence.text()


def test_half_an_address_that_is_typed_is_not_looked_up(stage, window):
    window.paste.field.setFocus()
    QTest.keyClicks(window.paste.field, LINK)
    stage.settle()
    assert state(stage, window).state is State.WAITING and not window.paste.words.isVisible()
    QTest.keyClick(window.paste.field, Qt.Key.Key_Return)
    stage.settle()
    assert state(stage, window).state is State.HANDED_OVER


def test_what_an_input_method_writes_at_once_is_not_taken_for_a_paste(stage, window):
    QGuiApplication.clipboard().setText("something else")
    window.paste.field.setFocus()
    event = QInputMethodEvent()
    event.setCommitString("我发好了呀")
    QApplication.sendEvent(window.paste.field, event)
    stage.settle()
    assert window.paste.field.text() == "我发好了呀" and not window.paste.words.isVisible()


def test_a_strange_link_is_refused_in_words_and_kept_only_when_the_person_says_so(stage, window):
    paste(window, "https://elsewhere.example/1")
    stage.settle()
    assert "does not look like a post on Douyin" in window.paste.words.text() and window.paste.keep.isVisible()
    assert state(stage, window).state is State.WAITING and window.paste.field.property("tone") == "bad"
    window.paste.keep.click()
    stage.settle()
    found = state(stage, window)
    assert found.state is State.HANDED_OVER and found.proof is None and found.url == "https://elsewhere.example/1"
    assert window.outcome.title.text() == "Kept on your word"


def test_no_address_at_all_cannot_be_kept(stage, window):
    paste(window, "just some words")
    stage.settle()
    assert "no address" in window.paste.words.text() and not window.paste.keep.isVisible()


def test_somebody_elses_post_is_refused_but_the_person_may_insist(stage, fake, window, monkeypatch):
    def verify(access, content, link):
        raise Refused(error("handoff.not_it", "link"))

    monkeypatch.setattr(fake, "verify", verify)
    paste(window, LINK)
    stage.settle()
    assert "another post" in window.paste.words.text() and window.paste.keep.isVisible()


def test_while_it_is_looked_up_nothing_can_be_asked_twice(stage, window, monkeypatch):
    asked = []
    monkeypatch.setattr(stage.desk.by_hand, "paste", lambda id, text, anyway=False: asked.append(text) or _later())
    paste(window, LINK)
    assert window.paste.busy and window.paste.field.isReadOnly() and window.paste.arc.isVisible()
    window.check(LINK)
    stage.settle()
    assert len(asked) == 1
    assert not window.paste.busy and window.paste.again.isVisible() and not window.paste.keep.isVisible()
    window.paste.again.click()
    stage.settle()
    assert len(asked) == 2


def _later():
    raise Later(error("net.down", "account", host="fake.example"))


def test_the_button_pastes_for_those_without_keys(stage, window):
    for step in window.sheet.steps[:-1]:
        window.tick(step, True)
    assert window.paste.paste.isVisible() and window.head.title.rest == "6 of 6"
    QGuiApplication.clipboard().clear()
    window.paste.paste.click()
    assert "Nothing is on the clipboard" in window.paste.words.text()
    QGuiApplication.clipboard().setText(LINK)
    window.paste.paste.click()
    stage.settle()
    assert state(stage, window).state is State.HANDED_OVER


def test_the_post_is_opened_and_the_window_closed_from_the_end(stage, handing, window):
    paste(window, LINK)
    stage.settle()
    window.outcome.see.click()
    assert handing.urls == ["https://www.fake.example/video/7301"]
    window.outcome.close_it.click()
    assert window.id not in handing.windows


# -- the foot --------------------------------------------------------------------------------------------------


def test_later_keeps_it_waiting_tells_when_and_closes(stage, handing, window):
    menu = window.footer.later_menu()
    assert [action.text() for action in menu.actions()] == ["In 10 minutes", "In 30 minutes", "In 60 minutes"]
    menu.actions()[1].trigger()
    stage.settle()
    found = state(stage, window)
    assert found.state is State.WAITING and found.wake is not None
    assert handing.words == ["You are reminded in 30 minutes"] and window.id not in handing.windows


def test_it_did_not_work_asks_why_in_place_and_keeps_the_reason(stage, handing, window):
    window.footer.failing.click()
    assert window.footer.asking and not window.footer.open.isVisible()
    QTest.keyClick(window.footer.reason, Qt.Key.Key_Escape)
    assert not window.footer.asking and state(stage, window).state is State.WAITING
    window.footer.failing.click()
    window.footer.reason.setText("The page refused it")
    window.footer.give_up.click()
    stage.settle()
    found = state(stage, window)
    assert found.state is State.FAILED and found.error[0].values["reason"] == "The page refused it"
    assert window.id not in handing.windows and "failed" in handing.words[0]


def test_a_refusal_of_the_workspace_is_said_in_the_window(stage, window, monkeypatch):
    monkeypatch.setattr(stage.desk.by_hand, "later", lambda id, minutes: _later())
    window.later(10)
    stage.settle()
    assert window.problem.isVisible() and window.footer.remind.isEnabled()


# -- elsewhere -------------------------------------------------------------------------------------------------


def test_what_is_confirmed_elsewhere_is_said_here(stage, window):
    stage.desk.by_hand.paste(window.id, LINK)
    stage.settle()
    assert window.outcome.isVisible() and window.outcome.title.text() == "The link is kept"


def test_what_is_taken_off_elsewhere_closes(stage, handing, window):
    stage.desk.publishing.cancel(window.id)
    stage.settle()
    assert window.id not in handing.windows


def test_a_delivery_that_does_not_wait_opens_nothing_and_says_why(stage, handing):
    delivery = waiting(stage)
    stage.desk.publishing.cancel(delivery.id)
    handing.open(delivery.id)
    stage.settle()
    assert handing.windows == {} and len(handing.words) == 1


def test_what_was_published_together_comes_one_after_the_other(stage, handing):
    first, second = waiting(stage, post(stage, "One")), waiting(stage, post(stage, "Two"))
    handing.open(first.id, wait=True)
    handing.open(second.id, wait=True)
    stage.settle()
    assert list(handing.windows) == [first.id]
    handing.windows[first.id].close()
    stage.settle()
    assert list(handing.windows) == [second.id]


def test_nothing_opens_by_itself(stage, handing):
    waiting(stage)
    stage.settle()
    assert handing.windows == {}


# -- small -----------------------------------------------------------------------------------------------------


def test_the_bar_has_the_next_steps_one_button_and_goes_on_by_it(stage, handing, window):
    tall = window.inner().height()
    window.head.shrink.click()
    assert window.inner().height() - 2 <= stage.theme.px(56) < tall and window.bar.isVisible()
    assert window.bar.title.accessibleName() == "Next: open the creator page"
    assert window.bar.below.rest == " · 1 of 6"
    said = []
    for _ in range(5):
        said.append(window.bar.button.text())
        window.bar.button.click()
    assert said == ["Open the page", "Open folder", "Copy title", "Copy text", "It is chosen"]
    assert len(handing.urls) == 2 and QGuiApplication.clipboard().text().startswith("One boat")
    assert window.bar.button.text() == "I pressed it"


def test_the_bar_pastes_the_link_and_opens_to_say_what_came_of_it(stage, window):
    for step in window.sheet.steps[:-1]:
        window.tick(step, True)
    window.shrink(True)
    QGuiApplication.clipboard().setText("https://elsewhere.example/1")
    window.bar.button.click()
    stage.settle()
    assert not window.small and window.paste.keep.isVisible()


def test_it_shrinks_into_its_corner_and_is_found_there_again(stage, handing, window):
    room = window._room()
    window.move(room.left() + 40, room.top() + 30)
    window._settled.timeout.emit()
    place = corner_from(stage.desk.settings.view(PLACE, None))
    assert (place.left, place.top, place.dx, place.dy) == (True, True, 40, 30)
    window.shrink(True)
    assert window.inner().translated(window.pos()).topLeft() == room.topLeft() + QPoint(40, 30)
    window.close()
    again = opened(stage, handing, state(stage, window))
    assert again.small and again.pos() == room.topLeft() + QPoint(40, 30)


# -- keys and words --------------------------------------------------------------------------------------------


def test_the_keyboard_reaches_everything_and_everything_has_a_name(window):
    chain = tab_chain(window)
    wanted = [window.head.pin, window.head.shrink, window.head.cross, row(window, "open").body.button,
              window.paste.field, window.footer.open, window.footer.remind, window.footer.failing]  # fmt: skip
    assert all(widget in chain for widget in (*wanted, *(line.head for line in window.rows)))
    assert all(widget.accessibleName() or getattr(widget, "text", str)() for widget in chain), chain
    assert window.rows[0].head.accessibleName() == "1. Open the creator page, next"


def test_tab_goes_from_a_step_into_what_does_it(window):
    window.activateWindow()
    window.rows[0].head.setFocus(Qt.FocusReason.TabFocusReason)
    walked = []
    for _ in range(4):
        window.focusNextPrevChild(True)
        walked.append(window.focusWidget())
    body = window.rows[0].body
    assert walked == [body.button, body.other, window.rows[1].head, window.rows[2].head]


def test_enter_opens_a_step_and_esc_steps_out(window):
    head = row(window, "copy").head
    head.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(head, Qt.Key.Key_Space)
    assert row(window, "copy").open and not row(window, "open").open
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert row(window, "open").open and not window.small
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.small and window.isVisible()


def test_only_one_button_is_filled_at_any_time(stage, window):
    for step in (None, *window.sheet.steps[:-1]):
        if step is not None:
            window.tick(step, True)
        QTest.qWait(1)
        filled = [b for b in window.findChildren(Button) if b.kind == "primary" and b.isVisible()]
        assert len(filled) == 1, (step, [b.text() for b in filled])


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(stage, handing, fake, tmp_path, language, scale):
    fake.ticks, fake.scan = (TICK, MORE), "fake://share"
    made = opened(stage, handing, waiting(stage, post(stage, media=media(stage, tmp_path, 3)), timedelta(hours=30)))
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    for number in range(len(made.rows)):
        made._chosen = number
        made.say_again()
        QTest.qWait(2)
        assert clipped(made) == []
    made.footer.ask(True)
    made.paste.say("Something that takes a whole line of words, and then another one to be sure", "bad", True, True)
    QTest.qWait(2)
    assert clipped(made) == []
    made.finish(stage.desk.by_hand.paste(made.id, LINK))
    QTest.qWait(2)
    assert clipped(made) == []
    stage.theme.scale = 1.0
    stage.theme.refresh()


def test_another_look_is_measured_in_the_same_turn(stage, window):
    stage.theme.apply(stage.app, "dark")
    first = window.rows[0]
    assert first.height() == first.layout().heightForWidth(first.width()) and clipped(window) == []
    stage.theme.apply(stage.app, "light")


def test_another_language_is_taken_up_while_it_is_open(stage, window):
    window.do("open")
    stage.speak("zh_CN")
    assert window.windowTitle() == "发到抖音" and window.head.title.rest == "2 / 6"
    assert window.rows[0].head.accessibleName() == "1. 打开创作页面, 已完成"
    assert row(window, "files").body.button.text() == "打开文件夹"


def test_pictures_of_it_in_every_form(stage, handing, window, picture):
    for mode in ("light", "dark"):
        stage.theme.apply(stage.app, mode)
        QTest.qWait(2)
        assert picture(window, f"handoff-{mode}").stat().st_size > 2000
    stage.theme.apply(stage.app, "light")
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
