"""A card that only moves, or changes in one word, is copied for the rest."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QRegion

from studio.ui.preview.backing import MOST, Backing

SIZE = QSize(40, 30)
RED, BLUE = QColor("#ff0000"), QColor("#0000ff")


class Stage:
    """Draws in one colour and writes down what was asked for."""

    def __init__(self):
        self.ink, self.asked = RED, []

    def draw(self, painter, part):
        self.asked.append(QRect(part.boundingRect()))
        painter.fillRect(part.boundingRect(), self.ink)


def show(backing, stage, size=SIZE, exposed=None, ratio=1.0):
    image = QImage(100, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    backing.paint(painter, size, ratio, exposed or QRegion(0, 0, size.width(), size.height()), stage.draw)
    painter.end()
    return image


def test_it_is_drawn_once_and_copied_then(qapp):
    backing, stage = Backing(), Stage()
    assert show(backing, stage).pixelColor(5, 5) == RED
    stage.ink = BLUE
    assert show(backing, stage).pixelColor(5, 5) == RED and len(stage.asked) == 1


def test_only_what_is_soiled_is_drawn_again(qapp):
    backing, stage = Backing(), Stage()
    show(backing, stage)
    stage.ink = BLUE
    backing.soil(QRegion(10, 10, 5, 5))
    image = show(backing, stage)
    assert stage.asked[1] == QRect(10, 10, 5, 5)
    assert image.pixelColor(12, 12) == BLUE and image.pixelColor(5, 5) == RED and image.pixelColor(15, 15) == RED


def test_what_is_not_exposed_stays_soiled(qapp):
    backing, stage = Backing(), Stage()
    show(backing, stage, exposed=QRegion(0, 0, 40, 10))
    assert stage.asked == [QRect(0, 0, 40, 10)]
    show(backing, stage)
    assert stage.asked[1] == QRect(0, 10, 40, 20)


def test_growing_at_the_lower_edge_keeps_the_rest(qapp):
    backing, stage = Backing(), Stage()
    show(backing, stage)
    show(backing, stage, QSize(40, 50))
    assert stage.asked[1] == QRect(0, 30, 40, 20)
    show(backing, stage, QSize(41, 50))
    assert stage.asked[2] == QRect(0, 0, 41, 50), "another width is another card"


def test_a_very_large_one_is_drawn_straight(qapp):
    backing, stage = Backing(), Stage()
    show(backing, stage, QSize(40, MOST), exposed=QRegion(0, 0, 40, 10))
    assert backing.held == 0 and stage.asked == [QRect(0, 0, 40, 10)]
    show(backing, stage)
    assert backing.held > 0
    backing.drop()
    assert backing.held == 0
