"""The controls: what they say, what they tell, how they answer to keys, and that no words are cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.i18n import Language
from studio.ui.theme import Theme
from studio.ui.widgets.base import column
from studio.ui.widgets.button import Button, Link, ToolButton
from studio.ui.widgets.card import Facts
from studio.ui.widgets.choice import Combo, Segments, Switch
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import Field, Form, SearchField
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import ModeBadge, StateChip, chip_width
from studio.ui.widgets.note import Note, NoteText, lay_out
from studio.ui.widgets.progress import ProgressBar
from studio.ui.widgets.scroll import OverlayBar, ScrollColumn
from studio.ui.widgets.splitter import Splitter
from studio.ui.widgets.stepper import DateField, MonthPicker, NumberField, TimeField
from tests.ui.conftest import MemoryStore

SCALES = (1.0, 2.0)
WORDS = {"en": "Publish to 5 accounts", "zh_CN": "发布到 5 个", "zh_TW": "發佈到 5 個"}


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("code", list(WORDS))
@pytest.mark.parametrize("kind", ["primary", "secondary", "quiet", "danger"])
def test_a_button_cuts_no_words(qtbot: QtBot, theme: Theme, language: Language, kind: str, code: str, scale: float):
    language.set(code)
    theme.scale = scale
    theme.refresh()
    button = Button(theme, WORDS[code], kind, "send", key="Ctrl ↵")  # type: ignore[arg-type]
    qtbot.addWidget(button)
    words = QFontMetrics(theme.font("body", 600 if kind == "primary" else 500)).horizontalAdvance(WORDS[code])
    assert button.sizeHint().width() >= words + 24 + theme.icon_size(16)
    assert button.minimumSizeHint() == button.sizeHint()
    assert button.sizeHint().height() == 32 * scale


def test_a_button_that_cannot_act_says_why(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Publish", "primary")
    qtbot.addWidget(button)
    button.why_not("Choose an account first")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Choose an account first"
    button.why_not("")
    assert button.isEnabled() and not button.toolTip()


def test_a_busy_button_keeps_its_words(qtbot: QtBot, theme: Theme) -> None:
    button = Button(theme, "Check", "secondary", "refresh-cw")
    qtbot.addWidget(button)
    before = button.sizeHint()
    button.set_busy(True)
    button.set_busy(True)
    assert button.sizeHint() == before
    assert not button.grab().isNull()
    button.set_busy(False)


def test_a_tool_button_has_a_name_and_a_key(qtbot: QtBot, theme: Theme) -> None:
    button = ToolButton(theme, "history", "Versions", "Ctrl+H")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Versions"
    assert button.toolTip().startswith("Versions") and "H" in button.toolTip()
    assert button.sizeHint().width() >= 28


def test_a_link_acts(qtbot: QtBot, theme: Theme) -> None:
    link = Link(theme, "Show difference")
    qtbot.addWidget(link)
    link.show()
    with qtbot.waitSignal(link.clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


def test_segments_tell_only_what_the_person_changes(qtbot: QtBot, theme: Theme) -> None:
    segments = Segments(theme, [("month", "Month"), ("week", "Week"), ("day", "Day")])
    qtbot.addWidget(segments)
    segments.show()
    told: list[str] = []
    segments.chosen.connect(told.append)
    segments.set_value("day")
    assert (segments.value, told) == ("day", [])
    qtbot.mouseClick(segments.findChildren(QWidget)[1], Qt.MouseButton.LeftButton)
    assert (segments.value, told) == ("week", ["week"])
    segments.set_texts({"week": "一周"})
    with pytest.raises(KeyError):
        segments.set_value("year")


def test_a_combo_keeps_its_choice_when_words_change(qtbot: QtBot, theme: Theme) -> None:
    combo = Combo(theme, [("all", "Everyone"), ("me", "Only me")])
    qtbot.addWidget(combo)
    combo.set_value("me")
    combo.set_choices([("all", "所有人"), ("me", "仅自己")])
    assert (combo.value, combo.currentText()) == ("me", "仅自己")
    assert not combo.grab().isNull()


def test_a_switch_is_wider_than_a_check_box(qtbot: QtBot, theme: Theme) -> None:
    switch, box = Switch("AI"), QCheckBox("AI")
    qtbot.addWidget(switch)
    qtbot.addWidget(box)
    assert switch.sizeHint().width() - box.sizeHint().width() == 12
    switch.setChecked(True)
    colours = {switch.grab().toImage().pixelColor(x, 9).name() for x in range(28)}
    assert theme.color("accent").name() in colours


def test_a_slider_shows_how_far_it_is(qtbot: QtBot, theme: Theme) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.resize(200, 24)
    slider.setValue(50)
    image = slider.grab().toImage()
    assert image.pixelColor(20, 12).name() == theme.color("accent").name()
    assert image.pixelColor(180, 12).name() == theme.color("press").name()


def test_search_waits_for_the_last_key_and_not_for_enter(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme)
    qtbot.addWidget(field)
    field.show()
    told: list[str] = []
    field.searched.connect(told.append)
    qtbot.keyClicks(field, " cat")
    assert told == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told == ["cat"]
    qtbot.keyClicks(field, "s")
    qtbot.waitUntil(lambda: told == ["cat", "cats"])


def test_esc_clears_a_search_once(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField(theme)
    qtbot.addWidget(field)
    field.show()
    field.setText("x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_bad_field_is_outlined(qtbot: QtBot, theme: Theme) -> None:
    field = Field(theme, "link")
    qtbot.addWidget(field)
    field.resize(200, 32)
    field.show()
    assert field.grab().toImage().pixelColor(100, 0).name() == theme.color("line-2").name()
    field.set_bad(True)
    assert field.grab().toImage().pixelColor(100, 0).name() == theme.color("bad").name()


def test_a_form_names_its_controls(qtbot: QtBot, theme: Theme) -> None:
    holder, form, field = QWidget(), Form(), Field(theme)
    qtbot.addWidget(holder)
    holder.setLayout(form)
    label = form.add("Handle", field)
    assert label.buddy() is field
    assert field.accessibleName() == "Handle"


def test_a_state_chip_has_icon_word_and_name(qtbot: QtBot, theme: Theme, language: Language) -> None:
    chip = StateChip(theme, "preparing")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == "Sending"
    assert chip.sizeHint().width() == chip_width(theme, "Sending")
    language.set("zh_CN")
    QApplication.processEvents()
    assert chip.accessibleName() == "发送中"
    chip.set_state("scheduled", "18:30")
    assert chip.accessibleName() == "18:30"


@pytest.mark.parametrize("mode", ["api", "assisted", "kit"])
def test_modes_have_words(qtbot: QtBot, theme: Theme, mode: str) -> None:
    badge = ModeBadge(theme, mode)
    qtbot.addWidget(badge)
    assert badge.accessibleName()
    assert not badge.grab().isNull()


NOTE = NoteText("warning", "The link is not in the text", (("add", "Add it"), ("keep", "Keep")),
                "Facebook draws a card; Bluesky shows plain text.", "Checked 3 Nov")  # fmt: skip


@pytest.mark.parametrize("width", [160, 212, 244, 400])
@pytest.mark.parametrize("scale", SCALES)
def test_the_parts_of_a_note_stand_below_one_another(theme: Theme, width: int, scale: float) -> None:
    theme.scale = scale
    theme.refresh()
    plan = lay_out(theme, NOTE, width)
    rects = [plan.sentence, plan.detail, *(rect for _, rect in plan.fixes[:1]), plan.source]
    for upper, lower in pairwise(rects):
        assert upper.bottom() <= lower.top() + 1
    assert plan.source.bottom() <= plan.height
    assert all(rect.right() <= width or rect.left() == plan.left for _, rect in plan.fixes)


def test_a_fix_is_clicked_where_it_is_painted(qtbot: QtBot, theme: Theme) -> None:
    note = Note(theme, NOTE.severity, NOTE.sentence, NOTE.fixes, NOTE.source, NOTE.detail)
    qtbot.addWidget(note)
    note.resize(212, note.heightForWidth(212))
    note.show()
    place = dict(lay_out(theme, NOTE, 212).fixes)["keep"].center().toPoint()
    with qtbot.waitSignal(note.fixed) as told:
        qtbot.mouseClick(note, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["keep"]
    assert note.hit(QPointF(2, 2)) == ""


def test_a_fix_is_chosen_with_keys(qtbot: QtBot, theme: Theme) -> None:
    note = Note(theme, NOTE.severity, NOTE.sentence, NOTE.fixes)
    qtbot.addWidget(note)
    with qtbot.waitActive(note):
        note.show()
        note.activateWindow()
    note.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(note, Qt.Key.Key_Right)
    with qtbot.waitSignal(note.fixed) as told:
        qtbot.keyClick(note, Qt.Key.Key_Return)
    assert told.args == ["keep"]
    assert note.accessibleName() == NOTE.sentence


def test_a_note_gets_higher_when_it_gets_narrower(theme: Theme) -> None:
    heights = [lay_out(theme, NOTE, width).height for width in (400, 260, 180)]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


def test_facts_are_read_out(qtbot: QtBot, theme: Theme) -> None:
    facts = Facts(theme, [("Mode", "API"), ("Pacing", "60 min")])
    qtbot.addWidget(facts)
    assert facts.accessibleName() == "Mode: API; Pacing: 60 min"


FACTS = [
    ("Mode", "API"), ("Pacing", "60 min apart, 1 a day"), ("Quiet", "23:00–07:00"), ("Last", "Mon 08:00, read back"),
]  # fmt: skip


def test_facts_are_never_cut_but_take_more_rows(qtbot: QtBot, theme: Theme) -> None:
    facts = Facts(theme, FACTS)
    qtbot.addWidget(facts)
    shapes = {}
    for width in (900, 560, 400, 180):
        rows = facts.rows(width)
        assert [fact for row in rows for fact in row] and sum(len(row) for row in rows) == 4
        assert all(sum(wide for *_, wide in row) == pytest.approx(width) for row in rows)
        for row in rows:
            assert len(row) == 1 or all(theme.width("body", value, 600) + 24 <= wide for _, value, wide in row)
        shapes[width] = [len(row) for row in rows]
    assert shapes == {900: [4], 560: [4], 400: [2, 2], 180: [1, 1, 1, 1]}
    assert facts.heightForWidth(400) == 2 * facts.heightForWidth(900)
    equal = {wide for *_, wide in facts.rows(900)[0]}
    assert equal == {225}


@pytest.mark.parametrize("drawing", ["drafts", "calendar", "library", "accounts", "search"])
def test_an_empty_state_draws_and_acts(qtbot: QtBot, theme: Theme, drawing: str) -> None:
    empty = EmptyState(theme, drawing, "plus")
    qtbot.addWidget(empty)
    empty.say("Nothing here yet", "Write", "Import a folder")
    empty.resize(500, 420)
    empty.show()
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(empty.linked):
        qtbot.mouseClick(empty.link, Qt.MouseButton.LeftButton)
    empty.say("Nothing here yet")
    assert not empty.button.isVisible()


def test_a_bar_turns_good_when_done(qtbot: QtBot, theme: Theme) -> None:
    bar = ProgressBar()
    qtbot.addWidget(bar)
    bar.set_fraction(0.5)
    assert (bar.value(), bar.property("tone")) == (500, "")
    bar.set_fraction(1.0)
    assert (bar.value(), bar.property("tone")) == (1000, "good")
    bar.set_fraction(None)
    assert bar.value() == 0


def test_an_elided_label_tells_the_whole_text(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel("A rather long title of a post", "body")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.text().endswith("…")
    assert label.toolTip() == label.accessibleName() == "A rather long title of a post"
    label.resize(400, 20)
    assert label.text() == "A rather long title of a post"
    assert label.toolTip() == ""


def splitter(theme: Theme, store: MemoryStore, width: int) -> tuple[QWidget, Splitter]:
    window = QWidget()
    parts = Splitter(theme, "draft", store, {1280: [240, 600, 376], 1440: [280, 680, 416]})
    for number in range(3):
        parts.add(QWidget(), stretch=1 if number == 1 else 0)
    window.setLayout(column(parts, margins=(0, 0, 0, 0)))
    window.resize(width, 300)
    window.show()
    return window, parts


def test_a_splitter_has_sizes_per_window_class(qtbot: QtBot, theme: Theme, store: MemoryStore) -> None:
    window, parts = splitter(theme, store, 1280)
    qtbot.addWidget(window)
    assert parts.sizes()[0] == pytest.approx(240, abs=16)
    window.resize(1440, 300)
    assert parts.sizes()[0] == pytest.approx(280, abs=16)


def test_a_splitter_remembers_and_resets(qtbot: QtBot, theme: Theme, store: MemoryStore) -> None:
    window, parts = splitter(theme, store, 1280)
    qtbot.addWidget(window)
    parts.moveSplitter(330, 1)
    kept = parts.sizes()
    again, other = splitter(theme, store, 1280)
    qtbot.addWidget(again)
    assert other.sizes() == kept
    handle = other.handle(1)
    qtbot.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 10))
    assert other.sizes()[0] == pytest.approx(240, abs=16)


def test_rubbish_in_the_store_is_ignored(qtbot: QtBot, theme: Theme, store: MemoryStore) -> None:
    store.set("splitter/draft/1280", ["a", None])
    window, parts = splitter(theme, store, 1280)
    qtbot.addWidget(window)
    assert parts.sizes()[0] == pytest.approx(240, abs=16)


def scrolling(theme: Theme) -> tuple[ScrollColumn, OverlayBar]:
    area = ScrollColumn(theme)
    for number in range(40):
        area.column.addWidget(Label(f"Row {number}"))
    area.resize(200, 200)
    area.show()
    bar = next(bar for bar in area.findChildren(OverlayBar) if bar.height() > bar.width())
    return area, bar


def test_the_overlay_bar_takes_no_room(qtbot: QtBot, theme: Theme) -> None:
    area, _ = scrolling(theme)
    qtbot.addWidget(area)
    assert area.viewport().width() == area.width()


def test_the_thumb_follows_and_leads(qtbot: QtBot, theme: Theme) -> None:
    area, bar = scrolling(theme)
    qtbot.addWidget(area)
    top = bar.thumb().top()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert bar.thumb().bottom() == pytest.approx(bar.height() - 2, abs=1)
    grip = bar.thumb().center().toPoint()
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=grip)
    qtbot.mouseMove(bar, QPoint(grip.x(), -500))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton)
    assert area.verticalScrollBar().value() == 0
    assert bar.thumb().top() == top




@pytest.mark.parametrize(
    ("code", "words"), [("en", "Sat 12 Dec"), ("zh_CN", "12 月 12 日 周六"), ("zh_TW", "12 月 12 日 週六")]
)
def test_a_date_is_written_as_people_say_it(
    qtbot: QtBot, theme: Theme, language: Language, code: str, words: str
) -> None:
    language.set(code)
    field = DateField(theme)
    qtbot.addWidget(field)
    field.setDate(QDate(2026, 12, 12))
    assert field.text() == words
    assert "2026" in field.toolTip()


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("code", ["en", "zh_CN", "zh_TW"])
def test_counting_fields_are_as_high_as_others_and_cut_nothing(
    qtbot: QtBot, theme: Theme, language: Language, code: str, scale: float
) -> None:
    language.set(code)
    theme.scale = scale
    theme.refresh()
    date, time, number = DateField(theme), TimeField(theme), NumberField(theme, 0, 10_000, 15)
    date.setDate(QDate(2026, 12, 23))
    for field in (date, time, number):
        qtbot.addWidget(field)
        field.show()
        inner = field.lineEdit()
        margins = inner.textMargins()
        room = inner.width() - margins.left() - margins.right()
        assert field.height() == theme.px(30) + 2
        assert room >= QFontMetrics(field.font()).horizontalAdvance(field.text())


def test_a_month_follows_theme_and_language(
    qtbot: QtBot, qapp: QApplication, theme: Theme, language: Language
) -> None:
    month = MonthPicker(theme)
    qtbot.addWidget(month)
    saturday = month.weekdayTextFormat(Qt.DayOfWeek.Saturday).foreground().color()
    assert saturday == theme.color("text-2")
    month.show()
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    assert month.weekdayTextFormat(Qt.DayOfWeek.Saturday).foreground().color() == theme.color("text-2") != saturday
