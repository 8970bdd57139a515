"""Cards that are web pages, in the preview column."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from studio.core.post import Account, Post
from studio.ui.preview import page as page_module
from studio.ui.preview.page import TALLEST
from studio.ui.preview.pages import Pages
from studio.ui.preview.pictures import Pictures
from studio.ui.preview.view import PreviewView
from tests.ui.desks import Stage

ROOT = Path(__file__).resolve().parents[3]
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
    qtbot.waitUntil(lambda: page.grab().toImage().pixelColor(180, 200).green() < 20, timeout=20_000)
    assert page.grab().toImage().pixelColor(180, 200).red() > 240
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


def test_one_that_is_far_too_long_is_painted_until_it_is_shorter(stage, view, qtbot):
    view.show_post(Post(title="周末", text="甲"), [ONE])
    ready(view, qtbot)
    view.show_post(Post(title="周末", text="甲" + "\n\n乙" * 6_000), [ONE])
    QTest.qWait(5)
    canvas = view.frames()[0].canvas
    assert view.pages.page is None and canvas.height() == round(canvas.card.height * canvas.zoom) > TALLEST
    view.show_post(Post(title="周末", text="甲"), [ONE])
    ready(view, qtbot)


def test_one_that_is_longer_than_its_boxes_is_painted(stage, view, qtbot, monkeypatch):
    monkeypatch.setattr(page_module, "TALLEST", 300)
    view.show_post(Post(title="周末", text="甲\n\n" * 30), [ONE])
    qtbot.waitUntil(lambda: "w1" in view.pages._hopeless, timeout=60_000)
    canvas = view.frames()[0].canvas
    assert view.pages.page is None and canvas.height() == round(canvas.card.height * canvas.zoom)
    view.show_post(Post(title="周末", text="甲\n\n" * 31), [ONE])
    assert view.pages.page is None
    monkeypatch.setattr(page_module, "TALLEST", TALLEST)
    view.show_post(Post(title="周末", text="甲"), [ONE])
    ready(view, qtbot)


def test_only_the_posts_own_files_are_given(stage, view, tmp_path):
    path = tmp_path / "红.png"
    Image.new("RGB", (20, 10), "#ff0000").save(path)
    other = stage.desk.library.add([path])[0].asset.id
    assert view.pages._media(other) is None and view.pages._media("../../etc/passwd") is None
    view.pages._names = frozenset({other})
    assert isinstance(view.pages._media(other), Path)


WHOLE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from studio.services.desk import Desk
from studio.ui import start
folder = __import__("pathlib").Path(sys.argv[1])
desk = Desk.open(folder)
account = desk.accounts.add("wechat", {"handle": "mei"}, name="一稿", mode="kit")
desk.posts.create(title="周末", text="甲\\n\\n" * 30, accounts=(account.id,))
desk.close()
app = QApplication([])
seen = []

def look():
    from studio.ui.draft.pane import DraftPane
    pane = next((w for w in app.allWidgets() if isinstance(w, DraftPane)), None)
    page = pane.articles.page if pane is not None and pane.articles is not None else None
    if page is not None and page.ready and not seen:
        seen.append(page.tall)
        if sys.argv[2] == "typing":
            pane.editor.text.setFocus()
            pane.editor.text.insertPlainText("乙")
        QTimer.singleShot(30, lambda: [w.close() for w in app.topLevelWidgets()])
    elif not seen:
        QTimer.singleShot(20, look)

QTimer.singleShot(0, look)
QTimer.singleShot(120_000, lambda: os._exit(4))
status = start.run(["--workspace", str(folder)])
print("tall", seen[0])
sys.exit(status)
"""


@pytest.mark.parametrize("how", ["at rest", "typing"])
def test_the_studio_ends_well_with_a_page_on_the_screen(tmp_path, how):
    done = subprocess.run(
        [sys.executable, "-c", WHOLE, str(tmp_path / "w"), how], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
    )
    assert done.returncode == 0 and "tall" in done.stdout, done.stderr
    assert "Expect troubles" not in done.stderr and "Traceback" not in done.stderr, done.stderr
