"""Icons: every name has its file, every file its name, and each draws in the colour asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from studio.ui.icons import FILLED, NAMES, coloured, stroke_for
from studio.ui.resources import ASSETS, Resources
from studio.ui.theme import Theme
from studio.ui.tokens import STATES


def inked(pixmap: QPixmap) -> set[str]:
    """Fully opaque colours of a picture."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


def test_every_name_has_a_file_and_every_file_a_name() -> None:
    files = {path.stem for path in (ASSETS / "icons").glob("*.svg")}
    assert NAMES - files == set(), "names without a file"
    assert files - NAMES == set(), "files without a name"


def test_every_file_keeps_its_licence() -> None:
    assert "ISC License" in (ASSETS / "icons" / "LICENSE").read_text(encoding="utf-8")
    for path in (ASSETS / "icons").glob("*.svg"):
        assert "@license lucide-static" in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_icon_draws_in_one_colour(theme: Theme, name: str) -> None:
    wanted = QColor("#3645BF")
    drawn = [QColor(colour) for colour in inked(theme.icons.pixmap(name, 24, wanted, 2.0))]
    assert drawn, "nothing is drawn"
    for colour in drawn:  # blending the ends of a stroke may round by one
        parts = (colour.red() - wanted.red(), colour.green() - wanted.green(), colour.blue() - wanted.blue())
        assert all(abs(part) <= 1 for part in parts), colour.name()


def test_a_name_that_does_not_exist_says_where_to_add_it(theme: Theme) -> None:
    with pytest.raises(KeyError, match=r"icons\.NAMES"):
        theme.pixmap("no-such-icon", 16, "text")


def test_states_use_icons_that_exist() -> None:
    assert {look.icon for look in STATES.values()} <= NAMES


def test_stroke_gets_finer_with_size() -> None:
    assert [stroke_for(size) for size in (13, 16, 20, 24)] == [2.0, 2.0, 1.75, 1.5]


def test_the_cache_gives_the_same_pixmap_until_the_theme_changes(theme: Theme) -> None:
    first = theme.pixmap("send", 16, "text")
    assert theme.pixmap("send", 16, "text") is first
    theme.refresh()
    assert theme.pixmap("send", 16, "text") is not first


def test_a_filled_icon_is_filled(resources: Resources) -> None:
    source = resources.read("icons/play.svg").decode()
    assert "play" in FILLED
    assert 'fill="#ff0000"' in coloured(source, QColor("#ff0000"), 2, filled=True)
    assert 'fill="none"' in coloured(source, QColor("#ff0000"), 2)


def test_a_pixmap_has_the_pixels_of_the_screen(theme: Theme) -> None:
    pixmap = theme.pixmap("bell", 16, "text", 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)


def test_a_disc_has_its_colour_and_a_white_initial(theme: Theme) -> None:
    pixmap = QPixmap(56, 56)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    theme.draw_disc(painter, QRectF(0, 0, 56, 56), "B", "#1185E0")
    painter.end()
    assert {"#1185e0", "#ffffff"} <= inked(pixmap)


def test_the_seal_needs_no_font(theme: Theme) -> None:
    pixmap = QPixmap(64, 64)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    theme.draw_seal(painter, QRectF(0, 0, 64, 64))
    painter.end()
    assert {theme.color("now").name(), theme.color("on-mark").name()} <= inked(pixmap)
