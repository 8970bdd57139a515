"""Nothing a post may hold stops the previews: every platform's first surface is laid out and painted."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from studio.core.post import Account, Media, Post
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from tests.ui.desks import Stage


@pytest.fixture(scope="module")
def stage(qapp, tmp_path_factory):
    made = Stage(tmp_path_factory.mktemp("bad") / "w")
    yield made
    made.close()


@pytest.fixture
def view(stage, qtbot):
    pictures = Pictures(stage.desk.library.thumbnail)
    made = PreviewView(stage.theme, stage.desk.previews, stage.desk.accounts, pictures)
    qtbot.addWidget(made)
    made.resize(420, 4000)
    made.show()
    yield made
    pictures.close()


def gone(number, width=0, height=0):
    return Media(f"{number:064x}", "image", f"{number}.jpg", width, height)


POSTS = {
    "nothing": Post(),
    "five hundred pictures": Post(text="x", media=tuple(gone(n, 40, 30) for n in range(500))),
    "one px wide": Post(text="x", media=(gone(1, 1, 12_000),)),
    "sizes nobody knows": Post(text="x", media=(gone(1), gone(2))),
    "one word": Post(text="x" * 5_000),
    "right to left": Post(title="مرحبا", text="مرحبا بكم في hello 123 العالم\n" * 20),
    "scripts without a face": Post(title="ⴰⵣⵓⵍ", text="𐎠𐎡𐎢 ꯂꯩꯊꯥꯡ ⴰⵣⵓⵍ नमस्ते 👨‍👩‍👧‍👦🇩🇪" * 30),
    "half a character": Post(title="\ud83d", text="a\ud800b\x00c\x1b[0m" * 10, tags=("\udfff",)),
    "lines alone": Post(text="\n" * 2_000),
    "an address that is none": Post(text="http://[", link="http://["),
}


@pytest.mark.parametrize("name", POSTS)
def test_every_platform_shows_it(stage, view, name):
    platforms = stage.desk.previews.platforms()
    view.show_post(POSTS[name], [replace(stage.desk.previews.stand_in(p), id=p) for p in platforms])
    QTest.qWait(5)
    for frame in view.frames():
        frame.show_post(POSTS[name])
        assert frame.canvas.card is not None, frame.account.platform
        assert frame.canvas.width() >= 0.6 * frame.canvas.card.width - 1
        assert not frame.canvas.grab().isNull()


def test_a_picture_that_is_gone_leaves_its_name(stage, view, qtbot):
    lost = gone(7, 1200, 900)
    view.show_post(Post(text="x", media=(lost,)), [Account("f", "facebook", "kit", name="Mill")])
    canvas = view.frames()[0].canvas
    before = canvas.grab().toImage()
    qtbot.waitUntil(lambda: view._pictures.failed(lost.media), timeout=20_000)
    qtbot.waitUntil(lambda: canvas.grab().toImage() != before, timeout=20_000)
    assert canvas.card.names[lost.media] == "7.jpg"
