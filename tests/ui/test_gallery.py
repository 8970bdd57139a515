"""Every control in three languages, two themes and two text scales: kept as pictures, and nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.i18n import Language
from studio.ui.theme import Theme
from tests.ui.clipping import clipped
from tests.ui.gallery import TEXTS, gallery


def test_the_three_galleries_say_the_same() -> None:
    assert TEXTS["en"].keys() == TEXTS["zh_CN"].keys() == TEXTS["zh_TW"].keys()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("code", ["en", "zh_CN", "zh_TW"])
def test_nothing_is_cut(
    qtbot: QtBot, qapp: QApplication, theme: Theme, language: Language, picture: Callable[[QWidget, str], Path],
    code: str, mode: str, scale: float,
) -> None:  # fmt: skip
    language.set(code)
    theme.scale = scale
    theme.apply(qapp, mode)  # type: ignore[arg-type]
    sheet = gallery(theme)
    qtbot.addWidget(sheet)
    sheet.resize(sheet.sizeHint().expandedTo(sheet.minimumSizeHint()))
    sheet.show()
    QApplication.processEvents()
    picture(sheet, f"gallery-{code}-{mode}-{round(scale * 100)}")
    assert clipped(sheet) == []


def test_cut_words_are_found(qtbot: QtBot, theme: Theme) -> None:
    sheet = gallery(theme)
    qtbot.addWidget(sheet)
    sheet.show()
    label = next(child for child in sheet.findChildren(QLabel) if child.text() == TEXTS["en"]["title"])
    label.setMaximumWidth(40)
    QApplication.processEvents()
    assert len(clipped(sheet)) == 1
