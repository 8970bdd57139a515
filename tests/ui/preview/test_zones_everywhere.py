"""On every card that fills a phone, the zone lies on the film: px of the zone are px of an upright film's picture."""

from fractions import Fraction

import pytest

from studio import platforms
from studio.core.card import View
from studio.core.post import Account, Media, Post, resolve
from studio.core.safezone import HEIGHT, WIDTH
from studio.services.covers import Covers
from studio.ui.preview.moving import first_film
from studio.ui.preview.zones import zone_view
from tests.platforms.fakes import Ruler

FILM = Media("f" * 64, "video", "a.mp4", WIDTH, HEIGHT, Fraction(9))
CASES = [
    (name, surface.id, width)
    for name, platform in platforms.every().items() if platform.zones
    for surface in platform.surfaces if surface.form == "screen" for width in surface.widths
]


def laid(name, surface, width, media=FILM, text="老城慢走 old town"):
    content = resolve(Post(text=text, media=(media,)), Account("a", name))
    return platforms.get(name).layout(content, View(surface, float(width)), Ruler())


FILMS = [case for case in CASES if first_film(laid(*case)) is not None]  # others are for pictures


@pytest.mark.parametrize("name, surface, width", FILMS)
def test_the_zone_lies_on_the_film_within_a_px(name, surface, width):
    card = laid(name, surface, width)
    film = first_film(card)
    assert film is not None
    view, seen = zone_view(card, 1.0)
    x, y, w, h = film.crop or (0.0, 0.0, 1.0, 1.0)
    for px, py in ((0, 0), (WIDTH, HEIGHT), (540, 960), (930, 780)):
        mine = view.to_widget((px, py))
        own = film.x + (px / WIDTH - x) / w * film.w, film.y + (py / HEIGHT - y) / h * film.h
        assert mine == pytest.approx(own, abs=1.0)
    assert seen.left() >= -1 and seen.right() <= card.width + 1


@pytest.mark.parametrize("name, surface, width", FILMS)
def test_long_words_do_not_move_the_zone_off_the_film(name, surface, width):
    card = laid(name, surface, width, text="老城慢走，一路都是桂花香。" * 60)
    film = first_film(card)
    assert film is not None
    view, _ = zone_view(card, 1.0)
    x, y, w, h = film.crop or (0.0, 0.0, 1.0, 1.0)
    own = film.x + (0.5 - x) / w * film.w, film.y + (0.5 - y) / h * film.h
    assert view.to_widget((540, 960)) == pytest.approx(own, abs=1.0)


def test_most_full_screens_show_a_film():
    assert len({name for name, _, _ in FILMS}) >= 4


def test_every_platform_with_a_zone_and_a_full_screen_has_its_zone():
    covers = Covers.__new__(Covers)  # only its questions to the platforms
    for name, surface, _ in CASES:
        assert covers.zone(name, surface) in platforms.get(name).zones
