"""The window: quick frame, panes made when shown, keys that walk, languages and themes that switch while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from studio.core.words import N
from studio.ui.actions import Action
from studio.ui.focus import has_ring
from studio.ui.ground import NARROW_BELOW
from studio.ui.i18n import Language
from studio.ui.pane_spec import PaneSpec
from studio.ui.sheet import Confirm, Sheet, open_sheets
from studio.ui.theme import Theme
from studio.ui.widgets.base import Pane, column, row
from studio.ui.widgets.button import Button
from studio.ui.window import MainWindow
from tests.ui.conftest import MemoryStore


class Sample(Pane):
    """A pane with a list, a main part and an action."""

    def __init__(self, theme: Theme, log: list[str], title: str) -> None:
        super().__init__(theme)
        self.log, self.title = log, title
        self.left, self.right = QWidget(), QWidget()
        self.query, self.text, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.left.setLayout(column(self.query))
        self.right.setLayout(column(self.text, self.note))
        self.setLayout(row(self.left, self.right))
        log.append(f"made {title}")

    def regions(self) -> list[QWidget]:
        return [self.left, self.right]

    def shown(self) -> None:
        self.log.append(f"shown {self.title}")

    def commands(self) -> list[Action]:
        run = lambda: self.log.append(f"new {self.title}")  # noqa: E731
        return [Action("draft.new", N("window", "Draft"), run, "Ctrl+N", "square-pen", keywords="new xj")]


@pytest.fixture
def log() -> list[str]:
    return []


def specs(theme: Theme, log: list[str]) -> list[PaneSpec]:
    return [
        PaneSpec("draft", N("window", "Draft"), "pen-line", lambda: Sample(theme, log, "draft"), keywords="zx"),
        PaneSpec("calendar", N("window", "Calendar"), "calendar-days", lambda: Sample(theme, log, "calendar")),
        PaneSpec("settings", N("window", "Settings"), "settings-2", lambda: Sample(theme, log, "settings"), "Ctrl+,",
                 at_foot=True),
    ]  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, log: list[str], store: MemoryStore) -> Iterator[MainWindow]:
    made = MainWindow(theme, specs(theme, log), store, None, "Mill Street")
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted), qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: log[-1:] == ["shown draft"])
    yield made


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget() or QApplication.activeWindow()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_no_pane_exists_before_the_first_paint(qtbot: QtBot, theme: Theme, log: list[str]) -> None:
    made = MainWindow(theme, specs(theme, log))
    qtbot.addWidget(made)
    assert log == []
    with qtbot.waitSignal(made.painted):
        made.show()
    qtbot.waitUntil(lambda: log == ["made draft", "shown draft"])


def test_panes_are_made_once_and_only_when_shown(qtbot: QtBot, window: MainWindow, log: list[str]) -> None:
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert log == ["made draft", "shown draft", "made calendar", "shown calendar"]
    press(qtbot, Qt.Key.Key_1, CTRL)
    press(qtbot, Qt.Key.Key_2, CTRL)
    assert log[4:] == ["shown draft", "shown calendar"]
    assert window.current == "calendar"


def test_the_rail_chooses_panes(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.pane_shown) as told:
        qtbot.mouseClick(window.rail.buttons["settings"], Qt.MouseButton.LeftButton)
    assert told.args == ["settings"]
    assert window.rail.buttons["settings"].isChecked()
    assert not window.rail.buttons["draft"].isChecked()


def test_settings_have_their_own_key(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_Comma, CTRL)
    assert window.current == "settings"


def test_an_unknown_pane_is_refused(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.show_pane("nowhere")


def test_f6_walks_the_regions_and_remembers(qtbot: QtBot, window: MainWindow) -> None:
    pane = window.pane("draft")
    assert isinstance(pane, Sample)
    pane.note.setFocus()
    seen = []
    for _ in range(4):
        press(qtbot, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        regions = {"rail": window.rail, "left": pane.left, "right": pane.right, "top": window.topbar}
        seen.append(next(name for name, region in regions.items() if region.isAncestorOf(focus)))
    assert seen == ["top", "rail", "left", "right"]
    assert QApplication.focusWidget() is pane.note, "a region is entered where it was left"
    press(qtbot, Qt.Key.Key_F6, SHIFT)
    assert QApplication.focusWidget() is pane.query


def test_the_ring_is_for_keys_only(qtbot: QtBot, window: MainWindow) -> None:
    pane = window.pane("draft")
    assert isinstance(pane, Sample)
    qtbot.mouseClick(pane.query, Qt.MouseButton.LeftButton)
    pane.query.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not has_ring(pane.query)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is pane.text
    assert has_ring(pane.text) and not has_ring(pane.query)
    spot = pane.note.mapTo(window, pane.note.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
    assert QApplication.focusWidget() is pane.note
    assert not has_ring(pane.note) and not has_ring(pane.text)


def test_the_ring_is_two_px_outside(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    pane = window.pane("draft")
    assert isinstance(pane, Sample)
    pane.text.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: has_ring(pane.note))
    corner = pane.note.mapTo(window, pane.note.rect().topLeft())
    image = window.grab().toImage()
    ring = image.pixelColor(corner.x() + 40, corner.y() - 3).name()
    assert ring == theme.color("focus").name()
    gap = image.pixelColor(corner.x() + 40, corner.y() - 1).name()
    assert gap == theme.color("surface").name()


def test_a_new_language_changes_every_word(qtbot: QtBot, window: MainWindow, language: Language) -> None:
    assert window.topbar.field.text() == "Search drafts, commands, accounts…"
    language.set("zh_CN")
    QApplication.processEvents()
    assert window.topbar.field.text() == "搜索稿件、命令、账号…"
    assert window.rail.buttons["draft"].text() == "撰写"
    assert window.windowTitle() == "一稿"
    language.set("zh_TW")
    QApplication.processEvents()
    assert window.topbar.field.text() == "搜尋稿件、指令、帳號…"
    assert window.rail.buttons["calendar"].text() == "日曆"


def test_the_rail_loses_its_names_in_the_smallest_window(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 800)
    assert window.rail.width() == 64
    window.resize(1024, 680)
    assert window.width() < NARROW_BELOW
    assert window.rail.width() == 48
    assert window.rail.buttons["draft"].toolTip().startswith("Draft")


def test_badges_are_read_out(window: MainWindow) -> None:
    window.rail.set_badge("calendar", 2)
    assert window.rail.buttons["calendar"].accessibleName() == "Calendar, 2 need you"


def test_keys_of_the_pane_act_only_in_the_pane(qtbot: QtBot, window: MainWindow, log: list[str]) -> None:
    press(qtbot, Qt.Key.Key_N, CTRL)
    assert log[-1] == "new draft"
    press(qtbot, Qt.Key.Key_2, CTRL)
    press(qtbot, Qt.Key.Key_N, CTRL)
    assert log[-1] == "new calendar"


def test_everything_has_a_name_for_screen_readers(window: MainWindow) -> None:
    controls = [*window.rail.buttons.values(), window.topbar.workspace, window.topbar.field, window.topbar.next,
                window.topbar.bell]  # fmt: skip
    assert all(control.accessibleName() for control in controls)


def test_the_window_comes_back_as_it_was(
    qtbot: QtBot, window: MainWindow, theme: Theme, log: list[str], store: MemoryStore
) -> None:
    window.show_pane("calendar")
    window.close()
    assert store.kept["window/pane"] == "calendar"
    again = MainWindow(theme, specs(theme, log), store)
    qtbot.addWidget(again)
    assert again.current == "calendar"


def test_a_pane_may_object_to_closing(qtbot: QtBot, window: MainWindow) -> None:
    pane = window.pane("draft")
    pane.may_close = lambda: False  # type: ignore[attr-defined]
    assert not window.close()
    pane.may_close = lambda: True  # type: ignore[attr-defined]
    assert window.close()


def test_banners_stack_and_go(window: MainWindow) -> None:
    window.banner.say("read-only", "warn", lambda: "This workspace is open in another window")
    window.banner.say("disk", "bad", lambda: "The disk is full")
    window.banner.say("disk", "bad", lambda: "The disk is still full")
    assert window.banner.keys == ["read-only", "disk"]
    assert window.banner.isVisible()
    window.banner.take_back("read-only")
    window.banner.take_back("disk")
    assert not window.banner.isVisible()


def open_sheet(theme: Theme, window: MainWindow) -> tuple[Sheet, Button, Button]:
    sheet = Sheet(theme, "Publish", width=500)
    first, second = Button(theme, "First"), Button(theme, "Second")
    sheet.body.addWidget(first)
    sheet.body.addWidget(second)
    sheet.open_over(window)
    return sheet, first, second


def test_a_sheet_traps_the_focus_and_gives_it_back(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    pane = window.pane("draft")
    assert isinstance(pane, Sample)
    pane.text.setFocus()
    sheet, first, second = open_sheet(theme, window)
    assert QApplication.focusWidget() is first
    walked = []
    for _ in range(3):
        press(qtbot, Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    assert walked == [second, sheet.cross, first]
    with qtbot.waitSignal(sheet.closed) as told:
        press(qtbot, Qt.Key.Key_Escape)
    assert told.args == ["dismissed"]
    assert QApplication.focusWidget() is pane.text
    assert open_sheets(window) == []


def test_keys_of_the_window_rest_under_a_sheet(qtbot: QtBot, window: MainWindow, theme: Theme, log: list[str]) -> None:
    open_sheet(theme, window)
    before = list(log)
    press(qtbot, Qt.Key.Key_2, CTRL)
    press(qtbot, Qt.Key.Key_N, CTRL)
    assert (window.current, log) == ("draft", before)


def test_a_press_beside_a_sheet_closes_it(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    sheet, *_ = open_sheet(theme, window)
    with qtbot.waitSignal(sheet.closed):
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().bottomLeft())


def test_a_sheet_follows_the_window(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    sheet, *_ = open_sheet(theme, window)
    window.resize(1100, 760)
    assert sheet.size() == window.size()
    middle = sheet.panel.geometry().center().x()
    assert abs(middle - window.width() // 2) <= 1


def ask(theme: Theme, window: MainWindow, answers: list[str]) -> Confirm:
    question = Confirm(theme, "Delete this draft?", "It was never published.",
                       [("keep", "Keep it", "secondary"), ("delete", "Delete", "danger-filled")], "keep")  # fmt: skip
    question.ask(window, answers.append)
    return question


def test_the_safe_answer_is_the_default(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    answers: list[str] = []
    question = ask(theme, window, answers)
    assert QApplication.focusWidget() is question.buttons["keep"]
    press(qtbot, Qt.Key.Key_Return)
    assert answers == ["keep"]


def test_esc_is_the_safe_answer(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    answers: list[str] = []
    ask(theme, window, answers)
    press(qtbot, Qt.Key.Key_Escape)
    assert answers == ["keep"]


def test_the_other_answer_needs_its_own_press(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    answers: list[str] = []
    question = ask(theme, window, answers)
    qtbot.mouseClick(question.buttons["delete"], Qt.MouseButton.LeftButton)
    assert answers == ["delete"]


def test_a_toast_undoes(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[str] = []
    window.toaster.show("Moved to 21:20", lambda: undone.append("moved"))
    toast = window.toaster.toast
    assert toast.isVisible() and toast.accessibleName() == "Moved to 21:20"
    qtbot.mouseClick(toast._link, Qt.MouseButton.LeftButton)
    assert undone == ["moved"]
    assert not toast.isVisible()


def test_f1_lists_the_keys(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, Qt.Key.Key_F1)
    (sheet,) = open_sheets(window)
    names = {label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")}
    assert {"In this pane", "Everywhere", "Draft", "Next part of the window"} <= names


def test_themes_switch_while_the_window_is_open(qtbot: QtBot, qapp: QApplication, window: MainWindow, theme: Theme):
    spot = window.rail.geometry().center()
    assert window.grab().toImage().pixelColor(spot.x(), 400).name() == theme.color("window").name()
    theme.apply(qapp, "dark")
    assert theme.color("window").name() == "#131417"
    assert window.grab().toImage().pixelColor(spot.x(), 400).name() == "#131417"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_everything_to_do_is_in_one_menu(window: MainWindow) -> None:
    texts = [action.text().split("\t") for action in window.menu().actions() if not action.isSeparator()]
    assert texts[0] == ["Draft", "Ctrl+N"], "what the pane offers comes first"
    assert {"Calendar", "Settings", "Find and do…", "Keys of this pane"} <= {name for name, *_ in texts}
    assert ["Find and do…", "Ctrl+K"] in texts


def test_keys_in_the_menu_do_not_act_twice(qtbot: QtBot, window: MainWindow, log: list[str]) -> None:
    window.menu()
    before = len(log)
    press(qtbot, Qt.Key.Key_N, CTRL)
    assert len(log) == before + 1
