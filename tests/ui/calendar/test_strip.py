"""The trust strip: what is true is shown, what finds no room goes first, each action leads where it says."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.ui.calendar.strip import TrustStrip, lay_out
from studio.ui.trust import Said

FACTS = (
    Said("circle-x", "failed", "1 failed", "Wait for your decision", "Open", "outbox", ("a",)),
    Said("circle-pause", "held", "On hold", "moving house", "Resume", "resume"),
    Said("server", "info", "Platforms send 3", "Also with the lid closed"),
    Said("laptop", "lid", "The lid may be closed after 18:00", "This computer sends 2"),
)


@pytest.fixture
def strip(theme):
    made = TrustStrip(theme)
    made.resize(1200, 60)
    made.show_facts(FACTS)
    made.show()
    yield made
    made.close()


def test_without_facts_it_is_not_there(theme):
    made = TrustStrip(theme)
    made.show_facts(())
    assert not made.isVisible() and made.placed() == []


def test_the_lid_stands_at_the_right_and_nothing_overlaps(theme, strip):
    placed = strip.placed()
    assert [one.said for one in placed] == list(FACTS)
    assert placed[-1].box.right() <= 1200 and placed[-1].box.left() > placed[-2].box.right()
    assert all(a.box.right() < b.box.left() for a, b in itertools.pairwise(placed))
    titles = [theme.width("body", one.said.title, 600) <= one.words.width() for one in placed]
    assert all(titles)


@pytest.mark.parametrize("width", [1216, 960, 700, 480])
def test_in_less_room_details_are_shortened_first_then_facts_go_but_never_the_lid(theme, width):
    placed, hidden = lay_out(theme, FACTS, width)
    assert placed[-1].said is FACTS[-1] and hidden == len(FACTS) - len(placed)
    for one in placed[:-1]:
        assert one.words.width() >= theme.width("body", one.said.title, 600)
        assert one.box.right() < placed[-1].box.left()


def test_a_click_does_what_the_fact_says(strip):
    heard = []
    strip.acted.connect(lambda target, ids: heard.append((target, ids)))
    for one in strip.placed():
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=one.box.center().toPoint())
    assert heard == [("outbox", ("a",)), ("resume", ())]
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert len(heard) == 2


def test_arrows_and_enter(strip):
    heard = []
    strip.acted.connect(lambda target, ids: heard.append(target))
    QTest.keyClick(strip, Qt.Key.Key_Return)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Space)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert heard == ["outbox", "resume", "outbox"]


def test_a_screen_reader_hears_all_of_it(strip):
    assert strip.accessibleName().startswith("1 failed, Wait for your decision. On hold, moving house")
    assert "The lid may be closed after 18:00" in strip.toolTip()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_is_painted_in_both_themes(theme, strip, qapp, picture, mode):
    theme.apply(qapp, mode)
    picture(strip, f"trust-strip-{mode}")
    theme.apply(qapp, "light")
