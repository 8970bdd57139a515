"""The sheets of a project: a new one, another name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.ui.i18n import tr
from studio.ui.sheet import Sheet
from studio.ui.widgets.base import row
from studio.ui.widgets.button import Button
from studio.ui.widgets.choice import Combo, Segments
from studio.ui.widgets.field import Field, Form

if TYPE_CHECKING:
    from studio.ui.theme import Theme

SIZES = {"9:16": (1080, 1920), "16:9": (1920, 1080), "1:1": (1080, 1080), "3:4": (1080, 1440), "4:5": (1080, 1350)}
RATES = {
    "24": Fraction(24), "25": Fraction(25), "29.97": Fraction(30000, 1001), "30": Fraction(30), "50": Fraction(50),
    "60": Fraction(60),
}  # fmt: skip


class NewVideo(Sheet):
    """made(name, width, height, rate): the person wants it."""

    made = Signal(str, int, int, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, tr("video", "New video"), width=480)
        self.name, self.shape = Field(theme), Segments(theme, [(key, key) for key in SIZES])
        self.rate = Combo(theme, [(key, tr("video", "{rate} frames a second", rate=key)) for key in RATES])
        self.rate.set_value("30")
        self.name.setPlaceholderText(tr("video", "Untitled video"))
        form = Form()
        form.add(tr("video", "Name"), self.name)
        form.add(tr("video", "Shape"), self.shape)
        form.add(tr("video", "Frame rate"), self.rate)
        holder = QWidget()
        holder.setLayout(form)
        self.set_body(holder)
        self.set_footer(_foot(self, theme, tr("video", "Create"), self.finish))

    def finish(self) -> None:
        """Make it as it is filled in."""
        width, height = SIZES[self.shape.value]
        self.made.emit(self.name.text().strip(), width, height, RATES[self.rate.value])
        self.close_with("made")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes it."""
        _enter(event, self.finish) or super().keyPressEvent(event)


class Rename(Sheet):
    """named(str): the new name."""

    named = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, tr("video", "Rename video"), width=440)
        self.name = Field(theme)
        self.name.setText(name)
        self.name.selectAll()
        self.name.setAccessibleName(tr("video", "Name"))
        self.set_body(self.name)
        self.set_footer(_foot(self, theme, tr("video", "Rename"), self.rename))

    def rename(self) -> None:
        self.named.emit(self.name.text().strip())
        self.close_with("named")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter renames."""
        _enter(event, self.rename) or super().keyPressEvent(event)


def _foot(sheet: Sheet, theme: Theme, words: str, run: object) -> QWidget:
    cancel, do = Button(theme, tr("video", "Cancel"), "secondary"), Button(theme, words, "primary")
    cancel.clicked.connect(lambda: sheet.close_with("dismissed"))
    do.clicked.connect(run)
    holder = QWidget()
    holder.setLayout(row(None, cancel, do))
    return holder


def _enter(event: QKeyEvent, run: object) -> bool:
    from PySide6.QtCore import Qt

    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    assert callable(run)
    run()
    event.accept()
    return True
