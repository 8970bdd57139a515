"""A film on a card is shown as its chosen cover."""

from dataclasses import replace
from fractions import Fraction

import pytest
from PIL import Image

from studio.core.card import Box, Card, View
from studio.core.errors import Refused
from studio.core.post import Media, Post, at_moment, moment_of
from studio.services.previews import covered
from studio.services.videos.attaching import Attaching
from tests.media import make


def laid(fake, monkeypatch, *medias):
    """The platform's layout draws each of these."""
    def layout(content, view, metrics):
        boxes = tuple(Box("video", f"video:{n}", 0, 0, 9, 16, media=m) for n, m in enumerate(medias, 1))
        return Card("fake", view.surface, "light", 9, 16, boxes, {}, "2026-11-22")

    monkeypatch.setattr(fake, "layout", layout)


@pytest.fixture
def film(desk, tmp_path):
    """Two seconds from black to red."""
    return desk.library.add([make.clip(tmp_path / "a.mp4", seconds=2, size=(96, 160))])[0].asset.as_media()


def shown(desk, account, *media, **more):
    view = View(desk.previews.surfaces("fake")[0].id, 375, **more)
    return desk.previews.card(Post(text="x", media=media), account, view, None)


def test_nothing_chosen(desk, fake, account, film, monkeypatch):
    laid(fake, monkeypatch, film.media)
    card = shown(desk, account, film)
    assert [box.media for box in card.boxes] == [film.media] and card.names == {film.media: "a.mp4"}


def test_the_cover_of_its_project(desk, fake, account, film, monkeypatch):
    laid(fake, monkeypatch, film.media, "p" * 64)
    timeline, post = desk.videos.create("Bakery"), desk.posts.create(title="p")
    desk.videos.save(replace(timeline, cover=Fraction(3, 2)))
    assert shown(desk, account, film).boxes[0].media == film.media, "nobody chose yet"
    attaching = Attaching(desk)
    attaching.attach(timeline.id, post.id)
    attaching.give(timeline.id, film)
    card = shown(desk, account, film)
    assert [box.media for box in card.boxes] == [f"{film.media}@1.50", "p" * 64]
    assert card.names[f"{film.media}@1.50"] == "a.mp4"
    grid = shown(desk, account, others=(film,))
    assert grid.boxes[0].media == f"{film.media}@1.50", "in a profile's grid, too"


@pytest.mark.parametrize("chosen, moment", [(0.4, "@0.40"), (0.0, "@0.00"), (-1.0, ""), (2.5, "")])
def test_the_platforms_own_choice(desk, fake, account, film, monkeypatch, chosen, moment):
    laid(fake, monkeypatch, film.media)
    monkeypatch.setattr(fake, "cover_at", lambda content: chosen)
    assert shown(desk, account, film).boxes[0].media == film.media + moment


def test_douyin_says_which_moment_its_option_chooses():
    from studio import platforms

    douyin, content = platforms.get("douyin"), None
    from studio.core.post import Account, resolve

    account = Account("a", "douyin")
    for options, at in (({}, None), ({"cover_tsp": 1.5}, 1.5), ({"cover_tsp": "x"}, -1.0)):
        content = resolve(Post(options={"douyin": options}), account)
        assert douyin.cover_at(content) == at
    assert platforms.get("practice").cover_at(content) is None


def test_a_thumbnail_of_a_moment(desk, film):
    def red(id):
        with Image.open(desk.library.thumbnail(id, 120)) as image:
            return image.convert("RGB").getpixel((image.width // 2, image.height - 4))[0]

    early, middle, late = (red(at_moment(film.media, at)) for at in (0.0, 1.0, 1.9))
    assert early < 20 and 100 < middle < 160 and late > 230
    assert red(at_moment(film.media, 99)) > 230, "beyond its end it is the last"
    assert desk.library.cached_thumbnail(at_moment(film.media, 1.0), 120) is not None
    for id in ("b" * 64, at_moment("b" * 64, 1.0)):
        with pytest.raises(Refused):
            desk.library.thumbnail(id, 120)


def test_how_a_moment_is_written():
    assert at_moment("a", 2.5) == "a@2.50" and moment_of("a@2.50") == ("a", Fraction(5, 2))
    assert moment_of("a") == ("a", None) == moment_of("a@x") == moment_of("a@")


def test_a_card_without_that_film_stays_as_it_is():
    card = Card("p", "s", "light", 9, 9, (Box("image", "image:1", 0, 0, 9, 9, media="a"),), {}, "2026-11-22")
    assert covered(card, {"b": 1.0}) is card and covered(card, {}) is card
    assert covered(card, {"a": 1.0}).boxes[0].media == "a@1.00"
    assert Media("a").media == "a"
