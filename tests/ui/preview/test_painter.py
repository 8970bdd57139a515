"""Boxes become pixels in the card's own colours."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap

from studio.core.card import Box, Card, Font, Line, Run
from studio.ui.fonts import Fonts
from studio.ui.preview.changes import changed
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.offscreen import picture
from studio.ui.preview.painter import CardPainter

TOKENS = {"card": "#ffffff", "text": "#101010", "link": "#0000ff", "line": "#dddddd", "badge": "#00aa00",
          "on-badge": "#ffffff"}  # fmt: skip
FONT = Font(20, 30)


class Album:
    """One red and blue picture; "gone" cannot be shown."""

    def get(self, media, size):
        if media == "gone":
            return None
        image = QImage(100, 50, QImage.Format.Format_RGB32)
        image.fill(QColor("#ff0000"))
        for x in range(50, 100):
            for y in range(50):
                image.setPixelColor(x, y, QColor("#0000ff"))
        return image

    def failed(self, media):
        return media == "gone"


@pytest.fixture
def painter(qapp, resources):
    def icon(name, size, ink, ratio):
        made = QPixmap(size, size)
        made.fill(ink)
        return made

    return CardPainter(QtMetrics(Fonts(resources).families("en")), Album(), icon)


def card(*boxes, width=200, height=120):
    ground = Box("card", "card", 0, 0, width, height, token="card", radius=10)
    return Card("p", "feed", "light", width, height, (ground, *boxes), TOKENS, "2026-11-22")


def colours(image, x, y, w, h):
    return {image.pixelColor(i, j).name() for i in range(x, x + w) for j in range(y, y + h)}


def test_the_ground_is_round_and_outside_is_clear(painter):
    image = picture(card(), painter)
    assert (image.width(), image.height()) == (200, 120)
    assert image.pixelColor(0, 0).alpha() == 0 and image.pixelColor(100, 60).name() == "#ffffff"
    assert image.pixelColor(100, 0).name() == "#dddddd"


def test_scale_gives_more_pixels_of_the_same_card(painter):
    image = picture(card(), painter, 2.0)
    assert (image.width(), image.height()) == (400, 240)


def test_a_crop_shows_that_part(painter):
    left = Box("image", "image:1", 10, 10, 50, 50, media="m", crop=(0.0, 0.0, 0.5, 1.0))
    right = Box("image", "image:2", 70, 10, 50, 50, media="m", crop=(0.5, 0.0, 0.5, 1.0))
    image = picture(card(left, right), painter)
    assert image.pixelColor(35, 35).name() == "#ff0000" and image.pixelColor(95, 35).name() == "#0000ff"


def test_a_picture_that_is_gone_leaves_a_place_with_a_sign(painter):
    image = picture(card(Box("image", "image:1", 10, 10, 80, 80, media="gone")), painter)
    assert image.pixelColor(15, 15).name() == "#dddddd" and image.pixelColor(50, 50).name() == "#101010"


def test_a_link_in_the_text_has_its_own_colour(painter):
    text = "see #walk"
    width = painter.metrics.advance(text, FONT)
    box = Box("text", "body", 10, 10, 180, 30, text=text, font=FONT, lines=(Line(0, 9, width),), runs=(Run(4, 9),))
    image = picture(card(box), painter)
    split = 10 + int(painter.metrics.advance("see ", FONT))
    before, after = colours(image, 10, 12, split - 12, 26), colours(image, split + 2, 12, 60, 26)
    assert "#101010" in before and "#0000ff" not in before
    assert "#0000ff" in after and "#101010" not in after


def test_every_kind_of_box_is_drawn(painter):
    boxes = [
        Box("avatar", "avatar", 10, 10, 30, 30, text="M", token="link"),
        Box("icon", "action:like", 50, 10, 20, 20, icon="heart"),
        Box("line", "line", 10, 50, 180, 1, token="line"),
        Box("fill", "fill", 80, 10, 20, 20, token="link"),
        Box("badge", "alt:1", 110, 10, 40, 20, text="ALT", font=Font(10, 14, 600), token="badge", align="center"),
        Box("video", "video:1", 10, 60, 80, 50, media="m"),
    ]
    plain, drawn = picture(card(), painter), picture(card(*boxes), painter)
    for box in boxes:
        x, y = int(box.x), int(box.y)
        area = (x, y, max(1, int(box.w)), max(1, int(box.h)))
        assert colours(plain, *area) != colours(drawn, *area), box.kind


def words(text, y=10.0):
    lines = tuple(Line(n * 4, n * 4 + 4, 40.0) for n in range(len(text) // 4))
    return Box("text", "body", 0, y, 100, 30 * len(lines), text=text, font=FONT, lines=lines)


def test_only_what_changed_is_drawn_again():
    first = card(words("aaaabbbbcccc"))
    assert changed(None, first) is None and list(changed(first, card(words("aaaabbbbcccc")))) == []
    assert list(changed(first, card(words("aaaabbbbccxc")))) == [(0, 70.0, 100, 30.0)], "its last line alone"
    assert list(changed(first, card(words("aaaaxbbbcccc")))) == [(0, 40.0, 100, 30.0)], "what follows looks the same"
    assert list(changed(first, card(words("aaaabbbbcccc", y=12.0)))) == [(0, 10.0, 100, 90), (0, 12.0, 100, 90)]


def test_what_grows_is_drawn_from_its_old_edge_on():
    first, taller = card(words("aaaabbbbcccc")), card(words("aaaabbbbccccdddd"), height=150)
    edge, lines = changed(first, taller)
    assert edge == (0, 109, 200, 41) and lines == (0, 100.0, 100, 30.0)
    assert changed(first, replace(first, tokens={**TOKENS, "text": "#222222"})) is None
    assert changed(first, replace(first, width=201.0)) is None


def test_many_changes_are_one_place_around_them():
    marks = [Box("fill", f"dot:{n}", n * 5, n * 3, 4, 4) for n in range(30)]
    (place,) = changed(card(), card(*marks))
    assert place == (0, 0, 29 * 5 + 4, 29 * 3 + 4)


def test_a_cell_of_a_grid_is_round_only_where_the_grid_is(qapp) -> None:
    from studio.ui.preview.scaled import rounded

    image = QImage(40, 40, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("red"))
    made = rounded(image, 12, (True, False, False, True))
    assert [QColor(made.pixelColor(x, y)).alpha() for x, y in ((0, 0), (39, 0), (39, 39), (0, 39))] == [0, 255, 255, 0]
    assert rounded(image, 12).pixelColor(39, 0).alpha() == 0


@pytest.mark.parametrize("letter", ["👍", "🇨🇳", "M", "梅", "E\u0301"])
def test_a_name_that_begins_with_an_emoji_has_it_in_the_round_picture(painter, letter):
    """A colour font has no outlines; asked for them, Qt draws none of its emoji in this process any more."""
    ground = Box("avatar", "avatar", 10, 10, 80, 80, text=letter, token="line", radius=40)
    drawn = [QColor(name) for name in colours(picture(card(ground), painter), 30, 30, 40, 40)]
    assert len(drawn) > 1
    assert any(ink.saturation() > 100 for ink in drawn) == (letter in ("👍", "🇨🇳"))
