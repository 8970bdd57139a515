"""Every control on one sheet, to be looked at: test_gallery.py paints it into tests/out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QRadioButton, QSlider, QWidget

from studio.ui.theme import Theme
from studio.ui.tokens import STATES
from studio.ui.widgets.base import column, ground, hairline, row
from studio.ui.widgets.button import Button, Link, ToolButton
from studio.ui.widgets.card import Card, Facts
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import Field, Form, SearchField
from studio.ui.widgets.label import KeyCap, Label
from studio.ui.widgets.marks import Disc, ModeBadge, StateChip, ToneChip
from studio.ui.widgets.note import Note
from studio.ui.widgets.progress import ProgressBar

LINES = Path(__file__).with_name("gallery_words.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES[1:]]
TEXTS: dict[str, dict[str, str]] = {
    code: {row[0]: row[number] for row in ROWS} for number, code in enumerate(("en", "zh_CN", "zh_TW"), 1)
}
"""Language -> the words on the sheet."""


def gallery(theme: Theme) -> QWidget:
    """All controls, in the theme and language in use."""
    text = TEXTS[theme.language.code]
    sheet = ground(QWidget(), "surface")
    sheet.setLayout(column(
        Label(text["title"], "title"), _buttons(theme, text), _choices(theme, text), hairline(),
        _form(theme, text), ProgressBar(), _states(theme), _marks(theme, text), _notes(theme, text),
        Facts(theme, [(text["fact1"], text["value1"]), (text["fact2"], text["value2"])]), _cards(theme, text),
        gap=16, margins=(24, 24, 24, 24),
    ))  # fmt: skip
    for bar in sheet.findChildren(ProgressBar):
        bar.set_fraction(0.4)
    return sheet


def _holder(*items: QWidget | None, gap: int = 8) -> QWidget:
    holder = QWidget()
    holder.setLayout(row(*items, gap=gap))
    return holder


def _buttons(theme: Theme, text: dict[str, str]) -> QWidget:
    disabled = Button(theme, text["publish"], "primary", "send", "bar")
    disabled.setEnabled(False)
    first = _holder(
        Button(theme, text["export"], "quiet", "package", "bar"),
        Button(theme, text["schedule"], "secondary", "calendar-clock", "bar"),
        Button(theme, text["publish"], "primary", "send", "bar"), disabled,
        Button(theme, text["confirm"], "primary", "calendar-check", "bar", key="Ctrl ↵"), None,
    )  # fmt: skip
    second = _holder(
        Button(theme, text["open"], "secondary", "external-link", "small"), Button(theme, text["delete"], "danger"),
        Button(theme, text["delete"], "danger-filled", "trash-2"), ToolButton(theme, "history", "History"),
        ToolButton(theme, "smartphone", "Phone", checkable=True), ToolButton(theme, "ellipsis", "More"),
        Link(theme, text["difference"]), KeyCap(theme, "Ctrl K"), None,
    )  # fmt: skip
    second.findChildren(ToolButton)[1].setChecked(True)
    both = QWidget()
    both.setLayout(column(first, second))
    return both


def _choices(theme: Theme, text: dict[str, str]) -> QWidget:
    on, off, switch = QCheckBox(text["check"]), QCheckBox(), Switch(text["ai"])
    radio, other = QRadioButton(text["radio"]), QRadioButton()
    on.setChecked(True)
    radio.setChecked(True)
    switch.setChecked(True)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(40)
    lines = QWidget()
    lines.setLayout(column(
        _holder(Segments(theme, [("now", text["now"]), ("later", text["later"]), ("queue", text["queue"])]),
                Combo(theme, [("all", text["everyone"])]), Combo(theme, [("zone", text["zone"])], "globe"), slider),
        _holder(on, off, radio, other, switch, Switch(), None, gap=12),
    ))  # fmt: skip
    return lines


def _form(theme: Theme, text: dict[str, str]) -> QWidget:
    form, link, reply = Form(), Field(theme, "link"), Field(theme)
    link.setText(text["link"])
    reply.setPlaceholderText(text["reply"])
    search, wrong = SearchField(theme), Field(theme)
    search.setPlaceholderText(text["search"])
    wrong.setText("…")
    wrong.set_bad(True)
    for label, control in (("label1", link), ("label2", reply), ("label3", search)):
        form.add(text[label], control)
    form.add("", wrong)
    holder = QWidget()
    holder.setLayout(form)
    return holder


def _states(theme: Theme) -> QWidget:
    chips = [StateChip(theme, name) for name in STATES if name != "cancelled"]
    both = QWidget()
    both.setLayout(column(_holder(*chips[:5], None), _holder(*chips[5:], None)))
    return both


def _marks(theme: Theme, text: dict[str, str]) -> QWidget:
    discs = [Disc(theme, *look) for look in (("微", "#E0552B", 28), ("抖", "#23252B", 24), ("F", "#2D6AD9", 20),
                                             ("B", "#1185E0", 16), ("演", "#8B725A", 14))]  # fmt: skip
    return _holder(*(ModeBadge(theme, mode) for mode in ("api", "assisted", "kit")),
                   ToneChip(theme, "good", "shield-check", text["safe"]), *discs, None)  # fmt: skip


def _notes(theme: Theme, text: dict[str, str]) -> QWidget:
    return _holder(
        Note(theme, "error", text["note"], [("a", text["fix1"]), ("b", text["fix2"])], text["source"]),
        Note(theme, "warning", text["hint"], [("a", text["write"])]), Note(theme, "info", text["source"]),
    )  # fmt: skip


def _cards(theme: Theme, text: dict[str, str]) -> QWidget:
    card, active, dashed = Card(theme), Card(theme, active=True), Card(theme)
    dashed.set_dashed(True)
    for holder in (card, active, dashed):
        title: QLabel = Label(text["new"], "heading")
        holder.body.addWidget(title)
        holder.body.addWidget(Label(text["reply"], "small", "text-2", wrap=True))
    empty = EmptyState(theme, "drafts", "square-pen")
    empty.say(text["empty"], text["new"], text["connect"])
    line = QWidget()
    line.setLayout(column(_holder(card, active, dashed), empty))
    return line
