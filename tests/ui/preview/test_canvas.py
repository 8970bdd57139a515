"""One card under a mouse and a keyboard, with real events."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.core.card import Box
from studio.ui.fonts import Fonts
from studio.ui.preview.canvas import CardCanvas
from studio.ui.preview.metrics import QtMetrics
from tests.ui.preview.cards import RULE, card, folded, pages, words

KEY = Qt.Key


class Nothing:
    def get(self, media, size):
        return None

    def failed(self, media):
        return False


@pytest.fixture
def metrics(theme, resources):
    return QtMetrics(Fonts(resources).families("en"))


@pytest.fixture
def canvas(qtbot, theme):
    made = CardCanvas(theme, Nothing())
    qtbot.addWidget(made)
    made.show()
    return made


def told(signal):
    heard = []
    signal.connect(lambda *values: heard.append(values[0] if values else True))
    return heard


def middle(box, zoom=1.0):
    return QPoint(round((box.x + box.w / 2) * zoom), round((box.y + box.h / 2) * zoom))


def test_what_lies_under_the_mouse_is_told_and_outlined(canvas, metrics, theme):
    name = words("Mill", name="name")
    canvas.show_card(card(name, words("hello", y=60)), metrics, 2.0)
    heard = told(canvas.pointed)
    QTest.mouseMove(canvas, middle(name, 2.0))
    assert heard[-1].name == "name" and canvas.element.name == "name"
    image = canvas.grab().toImage()
    focus = theme.color("focus")
    edge = [image.pixelColor(x, round(name.y * 2) - 1) for x in range(30, 60)]
    assert any(abs(c.blue() - focus.blue()) < 40 and abs(c.red() - focus.red()) < 60 for c in edge)
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert heard[-1] is None, "the ground says its rule to the keyboard only"


def test_arrows_walk_the_elements_and_escape_lets_go(canvas, metrics):
    canvas.show_card(card(words("Mill", name="name"), words("hello", y=60)), metrics, 1.0)
    heard = told(canvas.pointed)
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (KEY.Key_Down, KEY.Key_Right, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up):
        QTest.keyClick(canvas, key)
    assert [box.name for box in heard] == ["name", "body", "card", "name", "card"]
    QTest.keyClick(canvas, KEY.Key_Escape)
    assert heard[-1] is None and canvas.element is None


def test_the_word_unfolds_with_mouse_and_keys_and_the_rest_is_a_click(canvas, metrics):
    text = folded()
    canvas.show_card(card(text), metrics, 1.0)
    unfold, click = told(canvas.folded), told(canvas.clicked)
    start = metrics.advance("hello … ", text.font)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(text.x + start) + 6, 20))
    assert unfold == [True] and click == []
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(12, 20))
    assert unfold == [True] and click == [True]
    canvas.setFocus()
    QTest.keyClick(canvas, KEY.Key_Down)
    QTest.keyClick(canvas, KEY.Key_Return)
    assert unfold == [True, True]


def test_a_press_that_ends_elsewhere_is_no_click(canvas, metrics):
    canvas.show_card(card(words("hello")), metrics, 1.0)
    click = told(canvas.clicked)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    assert click == []


def test_a_carousel_turns_by_its_buttons_dots_and_keys(canvas, metrics):
    canvas.show_card(pages(3, 1), metrics, 1.0)
    turned = told(canvas.turned)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(180, 45))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 45))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(83, 103))
    canvas.setFocus()
    QTest.keyClick(canvas, KEY.Key_PageDown)
    QTest.keyClick(canvas, KEY.Key_PageUp)
    assert turned == [2, 0, 0, 2, 0]


def test_without_a_card_nothing_happens(canvas):
    for key in (KEY.Key_Down, KEY.Key_Return, KEY.Key_PageDown):
        QTest.keyClick(canvas, key)
    QTest.mouseMove(canvas, QPoint(3, 3))
    canvas.wait(50, 40)
    assert (canvas.width(), canvas.height()) == (50, 40) and canvas.element is None


def test_each_new_card_is_told(canvas, metrics):
    shown = told(canvas.shown)
    canvas.show_card(card(), metrics, 1.0)
    canvas.show_card(card(words("a")), metrics, 1.0)
    assert len(shown) == 2 and not canvas.uses("m")
    canvas.show_card(pages(), metrics, 1.0)
    assert canvas.uses("m")


def test_the_screen_shows_what_a_painter_without_a_screen_paints(canvas, metrics):
    """A thousand small edits, painted in part, look like the last card painted whole."""
    from studio.ui.preview.offscreen import picture

    steps = ["a", "ab", "abc", "ab", "xyz abc", "", "hello hello", "hello"]
    for text in steps:
        fill = Box("fill", "fill", 10 + 3 * len(text), 60, 20, 20, token="badge", rule=RULE)
        last = card(words(text), fill, height=100 + 4 * len(text))
        canvas.show_card(last, metrics, 1.0)
        canvas.grab()
    whole = picture(last, canvas.painter(metrics))
    drawn = canvas.grab().toImage().convertToFormat(whole.format())
    inner = [(x, y) for x in range(2, 198, 3) for y in range(12, whole.height() - 12, 3)]
    assert all(whole.pixelColor(*at) == drawn.pixelColor(*at) for at in inner)
