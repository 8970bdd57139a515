"""Tiny previews: what the card shows on its platform, drawn when there is time, drawn anew when the post changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtTest import QTest

from studio.core.card import Box, Card
from studio.ui.calendar.minis import Minis, telling
from tests.ui.desks import Stage


@pytest.fixture
def minis(stage: Stage):
    made = Minis(stage.theme, stage.desk, stage.window)
    yield made
    made.close()


def drawn(minis: Minis, post: str, account: str):
    """Waits for it, at most two seconds."""
    for _ in range(200):
        picture = minis.get(post, account, 40, 40)
        if picture is not None and not minis._wanted:
            return picture
        QTest.qWait(10)
    return minis.get(post, account, 40, 40)


def with_picture(stage: Stage, folder: Path, colour: str):
    path = folder / f"{colour}.png"
    Image.new("RGB", (400, 300), colour).save(path)
    asset = stage.desk.library.add([path])[0].asset
    assert asset is not None
    post = stage.post("Harbour")
    stage.desk.posts.save(replace(post, media=(asset.as_media(),)))
    return post


def test_it_shows_the_pictures_of_the_card(stage, minis, tmp_path):
    post = with_picture(stage, tmp_path, "red")
    assert minis.get(post.id, stage.practice, 40, 40) is None  # later, when there is time
    heard = []
    minis.changed.connect(lambda: heard.append(1))
    picture = drawn(minis, post.id, stage.practice)
    for _ in range(200):
        middle = drawn(minis, post.id, stage.practice).toImage().pixelColor(20, 20)
        if middle.red() > 200 and middle.green() < 60:
            break
        QTest.qWait(10)
    assert (picture.width(), picture.height()) == (40, 40) and heard
    assert middle.red() > 200 and middle.green() < 60


def test_a_changed_post_is_drawn_anew(stage, minis):
    post = stage.post("One", "A short text.")
    before = drawn(minis, post.id, stage.practice).toImage()
    stage.desk.posts.save(replace(stage.desk.posts.get(post.id), title="Another", text="A longer text. " * 40))
    QTest.qWait(5)
    assert drawn(minis, post.id, stage.practice).toImage() != before


def test_what_is_gone_has_none(stage, minis):
    assert minis.get("nothing", stage.practice, 40, 40) is None
    QTest.qWait(20)
    assert minis.get("nothing", stage.practice, 40, 40) is None and minis._wanted == []


def test_it_is_the_pictures_else_the_top():
    ground = Box("card", "card", 0, 0, 300, 500)
    grid = [Box("image", f"image:{n}", 20 + n * 100, 200, 90, 90, media=f"m{n}") for n in range(2)]
    card = Card("x", "feed", "light", 300, 500, (ground, *grid), {}, "2026-11-30")
    assert telling(card, 1.0) == QRectF(70, 200, 90, 90)
    assert telling(replace(card, boxes=(ground,)), 1.0) == QRectF(0, 0, 300, 300)


def test_a_sliver_of_a_picture_tells_nothing():
    ground, sliver = Box("card", "card", 0, 0, 300, 500), Box("image", "image:1", 0, 200, 300, 0.03, media="m")
    card = Card("x", "feed", "light", 300, 500, (ground, sliver), {}, "2026-11-30")
    assert telling(card, 1.0) == QRectF(0, 0, 300, 300)
