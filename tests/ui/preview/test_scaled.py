"""Pictures cut and scaled once: the right part, sharp edges, and no more memory than is allowed."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from studio.ui.preview.scaled import LARGEST, Scaled, cut, rounded

WHOLE = (0.0, 0.0, 1.0, 1.0)


def ringed(width, height, ring=0.1):
    """A blue picture with a red ring, a tenth of each side thick: what is cut off can be measured."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#ff0000"))
    painter = QPainter(image)
    x, y = round(width * ring), round(height * ring)
    painter.fillRect(x, y, width - 2 * x, height - 2 * y, QColor("#0000ff"))
    painter.end()
    return image


def red_before(image, y):
    """How many px of a row are red before the blue begins."""
    return next(x for x in range(image.width()) if image.pixelColor(x, y).blue() > 128)


@pytest.mark.parametrize(("crop", "wanted"), [
    (WHOLE, 20), ((0.05, 0.0, 0.5, 1.0), 20), ((0.1, 0.0, 0.5, 1.0), 0), ((0.0, 0.0, 0.5, 1.0), 40),
])  # fmt: skip
@pytest.mark.parametrize("large", [400, 3000])
def test_a_crop_is_true_to_a_px(qapp, crop, wanted, large):
    made = cut(ringed(large, large), crop, QSize(200, 200))
    assert abs(red_before(made, 100) - wanted) <= 1


def test_round_corners_are_clear(qapp):
    made = rounded(ringed(60, 60), 12)
    assert made.pixelColor(0, 0).alpha() == 0 and made.pixelColor(30, 0).alpha() == 255
    assert rounded(made, 0) is made


def test_the_same_place_is_made_once(qapp):
    kept, image = Scaled(), ringed(400, 300)
    first = kept.get(image, WHOLE, QSize(100, 75), 0)
    assert kept.get(image, WHOLE, QSize(100, 75), 0) is first
    assert kept.get(image, WHOLE, QSize(100, 76), 0) is not first
    assert kept.get(ringed(400, 300), WHOLE, QSize(100, 75), 0) is not first, "another picture"


def test_what_is_kept_is_bounded(qapp):
    kept, image = Scaled(keep_bytes=200_000), ringed(400, 300)
    for size in range(50, 150):
        kept.get(image, WHOLE, QSize(size, size), 0)
    assert kept.held <= 200_000


def test_what_is_too_large_or_empty_is_not_kept(qapp):
    kept, image = Scaled(), ringed(40, 30)
    assert kept.get(image, WHOLE, QSize(LARGEST, 2), 0) is None and kept.get(image, WHOLE, QSize(0, 5), 0) is None
    assert kept.held == 0
