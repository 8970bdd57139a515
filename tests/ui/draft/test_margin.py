from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from studio.ui.draft.margin import GAP, MarginNotes, stack
from studio.ui.draft.remarks import Remark
from studio.ui.widgets.note import NoteText

places = st.lists(st.tuples(st.floats(0, 500), st.floats(20, 80)), max_size=8)


@given(places)
def test_notes_never_overlap_and_keep_their_order(notes):
    notes.sort()
    heights = [h for _, h in notes]
    tops = stack([w for w, _ in notes], heights, 0.0, 600.0)
    for above, height, below in zip(tops, heights, tops[1:], strict=False):
        assert below >= above + height + GAP - 1e-6
    if sum(heights) + GAP * len(heights) <= 600:
        assert all(t + h <= 600 + 1e-6 for t, h in zip(tops, heights, strict=True))
        assert all(t >= -1e-6 for t in tops)


@given(places)
def test_a_note_with_room_stands_where_it_wants(notes):
    for want, height in notes:
        assert stack([want], [height], 0.0, 1e9) == [want]


def two():
    return [
        Remark("text", NoteText("error", "The text is too long", (("cut", "Cut it"), ("tab:x", "Write another")))),
        Remark("media", NoteText("warning", "Picture 2 has no alt text", (("alt:1", "Write it"),))),
    ]


def notes(theme, qtbot, anchored):
    widget = MarginNotes(theme, anchored)
    qtbot.addWidget(widget)
    widget.resize(212 if anchored else 540, 400)
    widget.show_remarks(two(), [10.0, 200.0] if anchored else ())
    widget.show()
    return widget


def test_a_click_on_a_link_names_the_fix_and_its_note(theme, qtbot):
    for anchored in (True, False):
        widget = notes(theme, qtbot, anchored)
        key, rect = widget.placed()[1].fixes[0]
        with qtbot.waitSignal(widget.fixed) as told:
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
        assert told.args[0] == key == "alt:1" and told.args[1].area == "media"
        assert widget.hit(QPointF(1, 1)) == (-1, "")


def test_keys_walk_every_link(theme, qtbot):
    widget = notes(theme, qtbot, True)
    fixed = []
    widget.fixed.connect(lambda key, _: fixed.append(key))
    widget.point_at(widget.remarks()[0])
    for _ in range(3):
        QTest.keyClick(widget, Qt.Key.Key_Return)
        QTest.keyClick(widget, Qt.Key.Key_Down)
    assert fixed == ["cut", "tab:x", "alt:1"]


def test_a_stack_is_as_high_as_its_notes_and_goes_away_with_them(theme, qtbot):
    widget = notes(theme, qtbot, False)
    assert widget.heightForWidth(540) == round(widget.placed()[-1].rect.bottom())
    widget.show_remarks([])
    assert not widget.isVisible()
