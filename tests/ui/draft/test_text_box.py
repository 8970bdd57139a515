import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.draft.text_box import TextBox
from tests.ui.draft.conftest import picture


@pytest.fixture
def box(theme, qtbot):
    widget = TextBox(theme)
    qtbot.addWidget(widget)
    widget.resize(420, 300)
    widget.show()
    return widget


def test_typing_is_told_letter_by_letter(box):
    told = []
    box.written.connect(told.append)
    QTest.keyClicks(box, "ab")
    assert told == ["a", "ab"] and box.text() == "ab"


def test_letters_still_being_composed_are_not_text(box):
    QTest.keyClicks(box, "x")
    box.written.connect(lambda _: pytest.fail("composing is not writing"))
    QApplication.sendEvent(box, QInputMethodEvent("zhou", []))
    assert box.text() == "x"
    box.written.disconnect()
    done = QInputMethodEvent()
    done.setCommitString("周")
    QApplication.sendEvent(box, done)
    assert box.text() == "x周"


def test_undo_and_redo_belong_to_the_post(box, qtbot):
    QTest.keyClicks(box, "word")
    with qtbot.waitSignal(box.undone):
        QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.text() == "word"
    with qtbot.waitSignal(box.redone):
        QTest.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)


def test_another_text_touches_only_what_differs(box):
    box.open_text("one 🎈 two\nthree")
    box.set_caret(len("one 🎈 two\nth"))
    box.written.connect(lambda _: pytest.fail("nobody wrote"))
    box.set_text("ONE 🎈 two\nthree")
    assert box.text() == box.toPlainText() == "ONE 🎈 two\nthree"
    assert box.caret() == len("one 🎈 two\nth")


def test_what_is_over_the_limit_starts_at_a_character_not_a_unit(box):
    box.open_text("🎈🎈🎈 long")
    box.set_over(2)
    mark = box.extraSelections()[0]
    assert mark.cursor.selectedText() == "🎈 long"
    box.set_over(None)
    assert box.extraSelections() == []


def test_tags_and_links_are_coloured(box, theme):
    box.open_text("see #walk 🎈 https://example.com now\nplain #周末")
    block = box.document().firstBlock()
    coloured = [
        block.text().encode("utf-16-le")[2 * f.start : 2 * (f.start + f.length)].decode("utf-16-le")
        for f in block.layout().formats()
        if f.format.foreground().color() == theme.color("accent-text")
    ]
    assert coloured == ["#walk", "https://example.com"]


def test_pasted_files_and_pictures_go_to_the_media(box, qtbot, tmp_path):
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "a.png"))), QUrl("https://example.com/x.png")])
    with qtbot.waitSignal(box.files) as told:
        box.insertFromMimeData(files)
    assert told.args[0] == [tmp_path / "a.png"]
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(image)
    with qtbot.waitSignal(box.picture) as told:
        box.insertFromMimeData(data)
    assert told.args[0].startswith(b"\x89PNG") and box.text() == ""


def test_a_megabyte_is_taken_and_lone_surrogates_do_not_hurt(box):
    data = QMimeData()
    data.setText("一行文字，第二句。\r\n" * 40_000)
    box.insertFromMimeData(data)
    assert len(box.text()) == 40_000 * 10
    box.open_text("a\ud800b")
    assert box.text() == "a\ufffdb"


def test_every_line_has_the_height_of_the_role(box, theme):
    box.open_text("Latin\n汉字\nmixed 混排")
    tops = [box.line_top(box.text().index(part)) for part in ("Latin", "汉字", "mixed")]
    step = theme.line("editor")
    assert all(abs(tops[n] - tops[0] - n * step) <= 1 for n in range(3))  # a caret is placed on whole pixels
