"""Cards that are web pages, in the preview column."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from studio.core.post import Account, Post
from studio.ui.preview.pages import Pages
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from tests.ui.desks import Stage

ONE, TWO = Account("w1", "wechat", name="一稿"), Account("w2", "wechat", name="二稿")
SKY = Account("b", "bluesky", name="B")


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


@pytest.fixture
def view(stage):
    pictures = Pictures(stage.desk.library.thumbnail)
    made = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures)
    made.pages = Pages(made, stage.desk.library.thumbnail)
    stage.show(made, 416, 700)
    yield made
    made.pages.close()
    pictures.close()


def ready(view, qtbot):
    qtbot.waitUntil(lambda: view.pages.page is not None and view.pages.page.ready, timeout=60_000)
    return view.pages.page


def test_an_article_is_a_page_with_its_own_pictures(stage, view, qtbot, tmp_path):
    path = tmp_path / "红.png"
    Image.new("RGB", (686, 400), "#ff0000").save(path)
    red = stage.desk.library.add([path])[0].asset.as_media()
    view.show_post(Post(title="周末", text="![](红.png)\n\n甲", media=(red,)), [ONE, SKY])
    page, canvas = ready(view, qtbot), view.frames()[0].canvas
    qtbot.waitUntil(lambda: canvas.height() == page.tall == page.height(), timeout=20_000)
    assert page.parent() is canvas and page.width() == canvas.width() == 375
    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(180, 200).red() > 240, timeout=20_000)
    assert page.grab().toImage().pixelColor(180, 200).green() < 20
    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(180, 7) == QColor("#ffffff"), timeout=20_000)


def test_it_follows_the_text_and_the_theme_and_is_as_high_as_the_page(stage, view, qtbot):
    view.show_post(Post(title="周末", text="甲"), [ONE])
    page, frame = ready(view, qtbot), view.frames()[0]
    before = page.tall
    view.show_post(Post(title="周末", text="甲\n\n" * 20), [ONE])
    qtbot.waitUntil(lambda: page.tall > before + 300, timeout=20_000)
    qtbot.waitUntil(lambda: frame.canvas.height() == page.tall, timeout=20_000)
    view.other_theme()
    QTest.qWait(1)
    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(180, 8) == QColor("#191919"), timeout=20_000)


def test_another_surface_is_painted_again(stage, view, qtbot):
    view.show_post(Post(title="周末", text="甲"), [ONE])
    ready(view, qtbot)
    frame = view.frames()[0]
    view.next_surface()
    QTest.qWait(5)
    assert view.pages.page is None and frame.surface.id == "image"
    assert frame.canvas.height() == round(frame.canvas.card.height * frame.canvas.zoom)


def test_of_two_accounts_one_has_the_page(stage, view, qtbot):
    view.show_post(Post(title="周末", text="甲"), [ONE, TWO])
    page = ready(view, qtbot)
    view.show_post(Post(title="周末", text="甲乙"), [ONE, TWO])
    assert view.pages.page is page and page.parent() is view.frames()[0].canvas
    view.show_post(Post(title="周末", text="甲乙"), [TWO])
    qtbot.waitUntil(lambda: view.pages.page is not page and view.pages.page is not None, timeout=20_000)
    assert ready(view, qtbot).parent() is view.frames()[0].canvas


def test_one_that_is_far_too_long_stays_painted(stage, view, qtbot):
    view.show_post(Post(title="周末", text="甲" + "\n\n乙" * 6_000), [ONE])
    qtbot.waitUntil(lambda: view.pages._hopeless == "w1", timeout=60_000)
    canvas = view.frames()[0].canvas
    view.show_post(Post(title="周末", text="甲"), [ONE])
    assert view.pages.page is None and canvas.height() == round(canvas.card.height * canvas.zoom)


def test_only_the_posts_own_files_are_given(stage, view, tmp_path):
    path = tmp_path / "红.png"
    Image.new("RGB", (20, 10), "#ff0000").save(path)
    other = stage.desk.library.add([path])[0].asset.id
    assert view.pages._media(other) is None and view.pages._media("../../etc/passwd") is None
    view.pages._names = frozenset({other})
    assert isinstance(view.pages._media(other), Path)
