import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.core.post import Media
from studio.ui.draft.media_strip import ADD, MediaStrip, lay_out
from studio.ui.preview.pictures import Pictures
from tests.ui.desks import carry, let_go


@pytest.fixture
def strip(theme, qtbot):
    def gone(media, size):
        raise FileNotFoundError(media)

    pictures = Pictures(gone)
    widget = MediaStrip(theme, pictures)
    qtbot.addWidget(widget)
    widget.resize(420, 60)
    widget.show_media([Media(str(n), "image", f"{n}.jpg", alt="" if n == 1 else "x") for n in range(4)])
    widget.show()
    yield widget
    pictures.close()


def test_tiles_are_60_px_and_wrap():
    spots = lay_out(8, 404, True)
    assert [s.number for s in spots] == [*range(8), ADD]
    assert {s.tile.width() for s in spots} == {60}
    assert [s.tile.top() for s in spots] == [0] * 6 + [66] * 3


def test_a_drag_commits_one_move_on_release(strip, qtbot):
    moves = []
    strip.moved.connect(lambda a, b: moves.append((a, b)))
    centre = [s.tile.center().toPoint() for s in strip.spots()]
    carry(strip, centre[0], centre[0] + QPoint(20, 0), centre[2])
    assert moves == []
    let_go(strip, centre[2])
    assert moves == [(0, 2)]


def test_a_short_press_moves_nothing(strip):
    strip.moved.connect(lambda *_: pytest.fail("moved"))
    at = strip.spots()[1].tile.topLeft().toPoint() + QPoint(30, 30)
    carry(strip, at, at + QPoint(2, 1))
    let_go(strip, at + QPoint(2, 1))


def test_the_alt_badge_and_the_plus_tile(strip, qtbot):
    with qtbot.waitSignal(strip.alt_wanted) as told:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.spots()[1].alt.center().toPoint())
    assert told.args == [1]
    with qtbot.waitSignal(strip.add_wanted):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.spots()[4].tile.center().toPoint())


def test_every_drag_has_its_keys(strip):
    moves, gone = [], []
    strip.moved.connect(lambda a, b: moves.append((a, b)))
    strip.removed.connect(gone.append)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert moves == [(1, 2)]
    QTest.keyClick(strip, Qt.Key.Key_M)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert moves == [(1, 2), (2, 1), (1, 0), (0, 2)]
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert gone == [2]


def test_a_screen_reader_hears_what_the_keys_are_on(strip):
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleDescription() == "2 of 4, 1.jpg, Alt text is missing"


def test_a_locked_strip_changes_nothing(strip):
    for signal in (strip.moved, strip.removed):
        signal.connect(lambda *_: pytest.fail("changed"))
    strip.set_locked(True)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_M, Qt.Key.Key_Right):
        QTest.keyClick(strip, key, Qt.KeyboardModifier.AltModifier)
    assert [s.number for s in strip.spots()] == [0, 1, 2, 3]
