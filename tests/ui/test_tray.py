"""The tray: its icon, its menu, and what closing the window means."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from studio.core.delivery import State
from studio.core.finding import error
from studio.core.words import Marked
from studio.services.notifiers import Shown
from studio.ui import background as background_module
from studio.ui.background import Background, FromTray
from studio.ui.closing import due_soon, way_out
from studio.ui.sheet import Confirm
from studio.ui.tray import Tray
from studio.ui.tray_icon import SIZES, tray_icon, tray_pixmap
from studio.ui.window import MainWindow
from tests.ui.desks import Stage


class Recorder:
    def __init__(self):
        self.shown = []

    def show(self, notice):
        self.shown.append(notice)
        return True

    def service(self):
        return "recorder"

    def close(self):
        return


@pytest.fixture
def stage(qapp, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def tray(stage, monkeypatch):
    made = Tray(stage.theme, stage.desk, stage.bridge, stage.window)
    monkeypatch.setattr(made.icon, "show", lambda: None)  # off screen Qt has no panel to show it in
    made.show()
    yield made
    made.close()


def words(tray):
    return [action.text() for action in tray.menu.actions() if not action.isSeparator()]


def press(tray, text):
    next(action for action in tray.menu.actions() if action.text() == text).trigger()


def now(**ahead):
    return datetime.now(UTC) + timedelta(**ahead)


# -- the icon --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_each_mark_is_told_apart_at_every_size(theme, size):
    drawn = [bytes(tray_pixmap(theme, mark, size).toImage().constBits())
             for mark in ("idle", "sending", "held", "needs_you")]
    assert len(set(drawn)) == 4
    assert tray_icon(theme, "idle").availableSizes()


def test_the_ring_round_the_badge_is_clear(theme):
    image = tray_pixmap(theme, "needs_you", 64).toImage()
    side = 0.52 * 64
    ring = int(64 - side - 2)
    assert image.pixelColor(ring, 64 - int(side / 2)).alpha() < 40
    assert image.pixelColor(10, 10).alpha() == 255


# -- the menu --------------------------------------------------------------------------------------------------------


def test_with_nothing_planned_the_menu_says_so(tray):
    assert words(tray) == ["Nothing is scheduled", "Open Yigao", "Hold everything", "Quit Yigao"]
    assert not tray.menu.actions()[0].isEnabled() and tray.mark == "idle"


def test_what_goes_next_leads_to_the_calendar(stage, tray, qtbot):
    stage.desk.settings.set("zone", "UTC")
    at = now(days=3).replace(hour=9, minute=5)
    stage.scheduled(stage.post("Tom & Jerry " + "x" * 60), at)
    qtbot.waitUntil(lambda: "09:05" in words(tray)[0])
    assert "Tom && Jerry" in words(tray)[0] and words(tray)[0].endswith("…") and "Next" in tray.icon.toolTip()
    with qtbot.waitSignal(tray.opened) as asked:
        tray.menu.actions()[0].trigger()
    assert asked.args == ["calendar"]


@pytest.mark.parametrize(
    ("state", "mark"),
    [(State.FAILED, "needs_you"), (State.UNCONFIRMED, "needs_you"), (State.WAITING, "needs_you"),
     (State.MISSED, "needs_you"), (State.STAGING, "sending"), (State.PUBLISHED, "idle"), (State.CANCELLED, "idle")],
)
def test_the_icon_says_how_things_are(stage, tray, state, mark):
    stage.stored(stage.post("A"), now(), state)
    tray.refresh()
    assert tray.mark == mark
    assert ("1 needs you" in words(tray)) == (mark == "needs_you")


def test_a_look_up_that_comes_by_itself_asks_nobody(stage, tray):
    stage.stored(stage.post("A"), now(), State.UNCONFIRMED, wake=now(seconds=30))
    tray.refresh()
    assert tray.mark == "idle"


def test_an_account_that_was_signed_out_is_in_the_menu(stage, tray, qtbot):
    stage.desk.workspace.accounts.set_health(stage.practice, now(), (error("login.expired", "account"),))
    tray.refresh()
    assert tray.mark == "needs_you" and "1 account needs to sign in again" in words(tray)
    with qtbot.waitSignal(tray.opened) as asked:
        press(tray, "1 account needs to sign in again")
    assert asked.args == ["accounts"]


def test_an_icon_that_nobody_sees_asks_nothing(stage, tray, qtbot, monkeypatch):
    tray.hide()
    monkeypatch.setattr(tray, "refresh", lambda: pytest.fail("it was drawn"))
    stage.scheduled(stage.post("A"), now(days=3))
    qtbot.wait(500)
    assert not tray._pause.isActive()


def test_hold_and_resume_from_the_tray(stage, tray, qtbot):
    press(tray, "Hold everything")
    stage.settle()
    [hold] = stage.desk.holds.active()
    assert hold.scope == "" and hold.reason == "Held from the tray"
    qtbot.waitUntil(lambda: "Resume publishing" in words(tray))
    assert tray.mark == "held" and "hold" in tray.icon.toolTip()
    press(tray, "Resume publishing")
    stage.settle()
    assert stage.desk.holds.active() == []
    qtbot.waitUntil(lambda: "Hold everything" in words(tray))


def test_open_and_quit(stage, tray, qtbot):
    with qtbot.waitSignal(tray.opened) as asked:
        press(tray, "Open Yigao")
    assert asked.args == [""]
    with qtbot.waitSignal(tray.opened):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(tray.left):
        press(tray, "Quit Yigao")


@pytest.mark.parametrize(("code", "last"), [("zh_CN", "退出一稿"), ("zh_TW", "結束一稿")])
def test_the_menu_speaks(stage, tray, qtbot, code, last):
    stage.speak(code)
    qtbot.waitUntil(lambda: words(tray)[-1] == last)


# -- closing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "soon", "tray", "worker", "way"),
    [
        ("ask", 0, True, False, "quit"), ("ask", 2, True, False, "ask"), ("ask", 2, False, False, "warn"),
        ("ask", 2, True, True, "quit"), ("ask", 2, False, True, "quit"),
        ("tray", 0, True, False, "tray"), ("tray", 2, True, True, "tray"), ("tray", 2, False, False, "warn"),
        ("tray", 0, False, False, "quit"), ("tray", 2, False, True, "quit"),
        ("quit", 9, True, False, "quit"), ("quit", 9, False, False, "quit"),
    ],
)
def test_what_closing_means(setting, soon, tray, worker, way):
    assert way_out(setting, soon, tray, worker) == way


def test_what_is_due_soon(stage):
    assert due_soon(stage.desk) == 0
    stage.scheduled(stage.post("A"), now(hours=3))
    stage.scheduled(stage.post("B"), now(days=3))
    stage.stored(stage.post("C"), now(), State.STAGING)
    stage.stored(stage.post("D"), now(hours=1), State.SCHEDULED, clock="platform", handles={"receipt": {}})
    assert due_soon(stage.desk) == 2


@pytest.fixture
def closing(stage, store, monkeypatch, qtbot):
    """A window with the tray that this test says there is."""
    there = {"tray": True}
    monkeypatch.setattr(background_module, "tray_available", lambda: there["tray"])
    from PySide6.QtWidgets import QWidget

    from studio.ui.pane_spec import PaneSpec

    panes = [PaneSpec(id, Marked("window", id), "pen-line", QWidget) for id in ("draft", "calendar", "settings")]
    window = MainWindow(stage.theme, panes, settings=store, bridge=stage.bridge, workspace="w")
    made = Background(stage.theme, stage.language, window, stage.bridge, stage.desk)
    made.begin(Recorder())
    made.there, made.window = there, window
    made.said = []
    monkeypatch.setattr(made.tray.icon, "show", lambda: None)  # off screen Qt has no panel to show it in
    monkeypatch.setattr(made.tray.icon, "showMessage", lambda *words: made.said.append(words[:2]))
    window.show()
    qtbot.waitUntil(lambda: window.isVisible())
    yield made
    made.close()
    QApplication.setQuitOnLastWindowClosed(True)
    window.close()
    window.deleteLater()


def sheets(window):
    return [sheet for sheet in window.findChildren(Confirm) if sheet.isVisible()]


def test_with_nothing_due_closing_ends(closing):
    assert closing.window.close() and not closing.hidden


def test_in_the_tray_the_window_is_hidden_and_comes_back(stage, closing, qtbot):
    stage.desk.settings.set("closing", "tray")
    qtbot.waitUntil(lambda: closing.notifier.visible)
    assert not closing.window.close() and not closing.window.isVisible() and closing.hidden
    assert not QApplication.quitOnLastWindowClosed()
    assert [words[0] for words in closing.said] == ["Yigao keeps publishing"]
    closing.tray.opened.emit("settings")
    assert closing.window.isVisible() and not closing.hidden and closing.window.current == "settings"
    assert QApplication.quitOnLastWindowClosed()
    closing.window.close()
    assert len(closing.said) == 1, "where the window went is said once"


def test_when_posts_are_due_it_asks_once_in_words(stage, closing, qtbot):
    stage.scheduled(stage.post("A"), now(hours=3))
    assert not closing.window.close()
    [sheet] = sheets(closing.window)
    assert sheet.title.text() == "1 post is due within a day" and sheet.buttons["tray"].hasFocus()
    sheet.buttons["tray"].click()
    qtbot.waitUntil(lambda: closing.hidden)
    assert stage.desk.settings.get("closing") == "tray" and not closing.window.isVisible()


def test_the_answer_to_quit_is_kept_too(stage, closing, qtbot):
    stage.scheduled(stage.post("A"), now(hours=3))
    closing.window.close()
    sheets(closing.window)[0].buttons["quit"].click()
    qtbot.waitUntil(lambda: not closing.window.isVisible())
    assert stage.desk.settings.get("closing") == "quit" and not closing.hidden


def test_escape_is_no_answer(stage, closing):
    stage.scheduled(stage.post("A"), now(hours=3))
    closing.window.close()
    sheets(closing.window)[0].close_with("dismissed")
    assert closing.window.isVisible() and stage.desk.settings.get("closing") == "ask"


@pytest.mark.parametrize("setting", ["ask", "tray"])
def test_without_a_tray_it_warns(stage, closing, qtbot, setting):
    closing.there["tray"] = False
    stage.desk.settings.set("closing", setting)
    stage.scheduled(stage.post("A"), now(hours=3))
    closing.window.close()
    [sheet] = sheets(closing.window)
    assert set(sheet.buttons) == {"stay", "settings", "quit"} and closing.window.isVisible()
    sheet.buttons["settings"].click()
    assert closing.window.current == "settings" and stage.desk.settings.get("closing") == setting
    qtbot.waitUntil(lambda: not sheets(closing.window))
    closing.window.close()
    sheets(closing.window)[0].buttons["quit"].click()
    qtbot.waitUntil(lambda: not closing.window.isVisible())


def test_when_the_session_ends_nothing_is_asked(stage, closing, monkeypatch):
    stage.scheduled(stage.post("A"), now(hours=3))
    monkeypatch.setattr(QApplication, "isSavingSession", lambda self: True)
    event = QCloseEvent()
    closing.window.closeEvent(event)
    assert event.isAccepted() and event.type() == QEvent.Type.Close and not sheets(closing.window)


def test_quit_from_the_tray_ends_it(stage, closing, monkeypatch):
    stage.desk.settings.set("closing", "tray")
    closing.window.close()
    ended = []
    monkeypatch.setattr(background_module.QGuiApplication, "quit", lambda: ended.append(True))
    closing.tray.left.emit()
    assert ended == [True] and not closing.window.isVisible()


def test_a_second_start_brings_the_window_up(stage, closing):
    stage.desk.settings.set("closing", "tray")
    closing.window.close()
    assert not closing.window.isVisible()
    closing.door.knocked.emit()
    assert closing.window.isVisible()


def test_what_came_from_the_tray_goes_back_there(stage, closing):
    closing.window.hide()
    closing.start_hidden()
    closing.open()
    assert closing.window.isVisible() and not closing.window.close() and closing.hidden
    closing.open()
    stage.desk.settings.set("closing", "quit")
    assert closing.window.close()


def test_at_login_it_waits_for_the_tray_and_then_shows_the_window(stage, closing, monkeypatch):
    monkeypatch.setattr(background_module, "TRAY_EVERY_MS", 0)
    closing.window.hide()
    closing.there["tray"] = False
    closing._looks = 2
    closing.start_hidden()
    assert closing.hidden and not closing.window.isVisible()
    QApplication.processEvents()
    QApplication.processEvents()
    QApplication.processEvents()
    assert closing.window.isMinimized() and not closing.hidden


def test_notices_come_out_of_the_icon_while_it_is_there(stage, tray, qtbot, monkeypatch):
    said, otherwise = [], Recorder()
    monkeypatch.setattr(tray, "say", lambda *words: said.append(words))
    speaking = FromTray(tray, otherwise)
    speaking.show(Shown("Published", "A"))
    assert otherwise.shown == [Shown("Published", "A")] and speaking.service() == "recorder"
    speaking.visible = True
    speaking.show(Shown("Missed", "B"))
    qtbot.waitUntil(lambda: bool(said))
    assert said == [("Missed", "B")] and len(otherwise.shown) == 1
