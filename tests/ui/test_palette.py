"""Ctrl+K: finds by name, initials and keyword, keeps the caret in the field, does what is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.core.words import N
from studio.ui.actions import Action
from studio.ui.i18n import Language
from studio.ui.palette import Hit, Palette, search
from studio.ui.theme import Theme


def actions(log: list[str]) -> list[Action]:
    def note(word: str):
        return lambda: log.append(word)

    return [
        Action("go.calendar", N("window", "Calendar"), note("calendar"), "Ctrl+2", "calendar-days", keywords="rl rili"),
        Action("jobs.cancel", N("jobs", "Cancel this job"), note("cancel"), enabled_when=lambda: False),
        Action("keys", N("window", "Keys of this pane"), note("keys"), "F1", "keyboard"),
    ]


def finder(log: list[str]):
    def find(query: str) -> list[Hit]:
        return [
            Hit("post.1", "冬日路书", lambda: log.append("post"), "draft", "file-pen-line"),
            Hit("account.1", "Mill Street", lambda: log.append("account"), "account", disc=("B", "#1185E0")),
        ]

    return find


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def palette(qtbot: QtBot, theme: Theme, log: list[str]) -> Palette:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made = Palette(theme, lambda: actions(log), [finder(log)])
    made.open_over(window)
    window.kept = made  # type: ignore[attr-defined]
    made.host = window  # type: ignore[attr-defined]
    return made


def titles(hits: list[Hit]) -> list[str]:
    return [hit.title for hit in hits]


def test_actions_come_before_drafts_before_accounts(language: Language, log: list[str]) -> None:
    found = titles(search("", actions(log), [finder(log)]))
    assert found == ["Calendar", "Keys of this pane", "冬日路书", "Mill Street"]


def test_what_cannot_be_done_is_not_offered(language: Language, log: list[str]) -> None:
    assert search("cancel", actions(log), []) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("rili", "Calendar"), ("drls", "冬日路书"), ("lushu", None), ("mill", "Mill Street"), (">cal", "Calendar"),
     ("@mill", "Mill Street"), (">mill", None), ("@cal", None), ("#dr", "冬日路书")],
)  # fmt: skip
def test_finding(language: Language, log: list[str], typed: str, found: str | None) -> None:
    assert titles(search(typed, actions(log), [finder(log)])) == ([found] if found else [])


def test_english_names_are_found_in_chinese(language: Language, log: list[str]) -> None:
    language.set("zh_CN")
    assert titles(search("calendar", actions(log), [])) == ["日历"]


def test_keys_move_and_do(qtbot: QtBot, palette: Palette, log: list[str]) -> None:
    assert QApplication.focusWidget() is palette.field
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert log == ["keys"]
    assert not palette.isVisible()


def test_up_from_the_first_goes_to_the_last(qtbot: QtBot, palette: Palette, log: list[str]) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert log == ["account"]


def test_typing_narrows_and_the_first_is_chosen(qtbot: QtBot, palette: Palette, log: list[str]) -> None:
    qtbot.keyClicks(palette.field, "key")
    assert titles(palette.hits) == ["Keys of this pane"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert log == ["keys"]


def test_nothing_found_repeats_the_words(qtbot: QtBot, palette: Palette, log: list[str]) -> None:
    qtbot.keyClicks(palette.field, "zebra")
    assert palette.hits == []
    assert palette._nothing.text() == "Nothing found for “zebra”"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert log == []
    assert palette.isVisible()


def test_esc_leaves(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_a_click_does(qtbot: QtBot, palette: Palette, log: list[str]) -> None:
    row = palette.list.visualRect(palette.list.model().index(3, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert log == ["account"]


def test_tab_stays_inside(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is palette.field
    assert palette.list.currentIndex().row() == 1
