"""What does each step: buttons, texts to copy, files to drag out, a code to scan."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from studio.ui.handoff import steps
from studio.ui.handoff.parts import Code, FileStrip, PieceLine
from studio.ui.handoff.steps import Row
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.outbox.flow import flow
from studio.ui.widgets.base import column, name
from studio.ui.widgets.base import row as row_of
from studio.ui.widgets.button import Button, Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.services.byhand import HandSheet
    from studio.ui.theme import Theme

QrCode = Callable[[str], tuple[tuple[bool, ...], ...]]


class Body(QWidget):
    """What does a step. Override `show_done`: the steps that are done by now, and which one is next."""

    def show_done(self, done: frozenset[str], next: bool) -> None:
        """next: this line is the one to do next."""


class Deeds:
    """What the window does for a body. do(step): does it and ticks it. tick(step, on): ticks it only."""

    def __init__(self, do: Callable[[str], object], tick: Callable[[str, bool], object]) -> None:
        self.do, self.tick = do, tick


class DeedBody(Body):
    """A sentence, the one button, and a way to say that it is done already, or not yet."""

    def __init__(self, theme: Theme, sheet: HandSheet, row: Row, deeds: Deeds, above: QWidget | None = None) -> None:
        super().__init__()
        self._step, self._deeds = row.parts[0], deeds
        deed = steps.deed(sheet, row, ())
        self.button = Button(theme, deed.words, "primary", deed.icon, "small")
        self.other = Link(theme, "", tall=True)
        self.words = Label(_sentence(sheet, row), "small", "text-2", wrap=True)
        self.words.setVisible(bool(self.words.text()))
        self.button.clicked.connect(lambda: deeds.do(self._step))
        self.other.clicked.connect(self._other)
        parts: list[QWidget] = [above] if above is not None else []
        self.setLayout(column(*parts, self.words, flow(self.button, self.other, gap=14), gap=8))
        self._done = self._plain = False
        self._plain = row.kind not in ("open", "files")  # the button itself only says that it is done
        self.show_done(frozenset(), True)

    def show_done(self, done: frozenset[str], next: bool) -> None:
        """The quiet link says the other thing."""
        self._done = self._step in done
        self.button.setVisible(not (self._plain and self._done))
        self.other.setVisible(self._done or not self._plain)
        self.other.setText(tr("handoff", "Not done yet") if self._done else tr("handoff", "Done already"))
        name(self.other, self.other.text())
        self.other.updateGeometry()

    def _other(self) -> None:
        self._deeds.tick(self._step, not self._done)


class CopyBody(Body):
    """Each text with its own button."""

    def __init__(self, theme: Theme, sheet: HandSheet, row: Row, deeds: Deeds) -> None:
        super().__init__()
        self.lines: dict[str, PieceLine] = {}
        for step in row.parts:
            words = tr("handoff", "Copy {piece}", piece=steps.piece_word(step.partition(":")[2]))
            line = PieceLine(theme, steps.piece_of(sheet, step), words)
            line.copied.connect(partial(deeds.tick, step, True))
            self.lines[step] = line
        widest = max(line.button.sizeHint().width() for line in self.lines.values())
        for line in self.lines.values():
            line.button.setFixedWidth(widest)
        self.setLayout(column(*self.lines.values(), gap=8))

    def show_done(self, done: frozenset[str], next: bool) -> None:
        """Ticks stay; the next one to copy has the filled button."""
        first = next and any(step not in done for step in self.lines)
        for step, line in self.lines.items():
            line.button.show_state(step in done, first and step not in done)
            first = first and step in done


class TickBody(Body):
    """What to choose over there, one box for each."""

    def __init__(self, theme: Theme, sheet: HandSheet, row: Row, deeds: Deeds) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        lines = column(gap=6)
        for step in row.parts:
            words = steps.tick_of(sheet, step, theme.language.code)
            box = QCheckBox()
            name(box, words)
            label = Label(words, "small", wrap=True)
            label.setBuddy(box)
            box.clicked.connect(lambda on, step=step: deeds.tick(step, on))
            self.boxes[step] = box
            lines.addLayout(_beside(box, label))
        self.setLayout(lines)

    def show_done(self, done: frozenset[str], next: bool) -> None:
        """Which are chosen."""
        for step, box in self.boxes.items():
            box.setChecked(step in done)


class FilesBody(DeedBody):
    """The files to drag out, the folder, and the clipboard."""

    def __init__(self, theme: Theme, sheet: HandSheet, row: Row, deeds: Deeds, thumbs: Thumbs) -> None:
        pictures = [media.media for media in sheet.content.media] if _aligned(sheet) else []
        self.strip = FileStrip(theme, sheet.files, pictures, thumbs)
        super().__init__(theme, sheet, row, deeds, self.strip)
        self.strip.taken.connect(lambda: deeds.tick(row.parts[0], True))
        self.strip.copied.connect(self._copied)

    def _copied(self) -> None:
        self.words.setText(tr("handoff", "The files are on the clipboard: paste them into the page or a folder."))
        self.words.show()


def body(
    theme: Theme, sheet: HandSheet, row: Row, deeds: Deeds, thumbs: Thumbs, qr: QrCode
) -> Body | None:
    """What does a line; None for the one whose field is always there."""
    if row.kind == "copy":
        return CopyBody(theme, sheet, row, deeds)
    if row.kind == "tick" and len(row.parts) > 1:
        return TickBody(theme, sheet, row, deeds)
    if row.kind == "files":
        return FilesBody(theme, sheet, row, deeds, thumbs)
    if row.kind == "scan":
        code = Code(theme, qr(sheet.handoff.scan), tr("handoff", "Code for your phone"))
        return DeedBody(theme, sheet, row, deeds, code)
    return None if row.kind == "paste" else DeedBody(theme, sheet, row, deeds)


def _aligned(sheet: HandSheet) -> bool:
    """Whether the first files are the post's media, in its order."""
    return 0 < len(sheet.content.media) <= len(sheet.files)


def _sentence(sheet: HandSheet, row: Row) -> str:
    if row.kind == "open":
        host = (urlsplit(sheet.handoff.page).hostname or "").removeprefix("www.")
        return tr("handoff", "{host} opens in your own browser.", host=host)
    if row.kind == "scan":
        return tr("handoff", "Scan it with the phone that has the app; the post opens there, ready to check.")
    if row.kind == "press":
        return tr("handoff", "Look it over once more there. Nobody but you presses it.")
    return ""


def _beside(box: QCheckBox, label: Label) -> QHBoxLayout:
    line = row_of(box, label, gap=8)
    line.setStretch(1, 1)
    line.setAlignment(box, Qt.AlignmentFlag.AlignTop)
    return line
