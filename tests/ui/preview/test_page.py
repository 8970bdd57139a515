"""The web page of an article in the real web engine: nothing it holds reaches anything, cleaned or not."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from studio.core.card import View
from studio.platforms.wechat.layout import layout
from studio.ui.preview.page import TALLEST, ArticlePage
from tests.platforms.fakes import Ruler, content, media

ROOT = Path(__file__).resolve().parents[3]
RED, GREEN, BLUE = "#ff0000", "#00ff00", "#0000ff"
MINE, OTHER = "a" * 64, "b" * 64


class Ear:
    """A server on this machine that nobody may knock at: every connection is kept, whatever it says."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.at = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                came, _ = self._socket.accept()
            except OSError:
                return
            self.heard.append(came.recv(200))
            came.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    made = Ear()
    yield made
    made.close()


class Shown:
    """A page over a widget, and what it asked for."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        self.picture = folder / "red.png"
        Image.new("RGB", (40, 30), "#ff0000").save(self.picture)
        self.below = QWidget()
        self.below.resize(420, 700)
        self.page = ArticlePage(self.media, self.below)
        self.below.show()
        self.page.show()

    def media(self, id: str) -> Path | bytes | None:
        self.asked.append(id)
        return self.picture if id == MINE else b"<svg xmlns='http://www.w3.org/2000/svg'/>" if id == OTHER else None

    def colour(self, x: int, y: int) -> QColor:
        return self.page.grab().toImage().pixelColor(x, y)

    def is_high(self, qtbot: Any, high: int, or_: int = 0) -> None:
        """Waits for that height, or the one px more that every other page has."""
        qtbot.waitUntil(lambda: self.page.tall in (high, or_ or high + 1), timeout=20_000)

    def becomes(self, qtbot: Any, x: int, y: int, ink: str) -> None:
        """Waits for that colour: a page is drawn a little after it has its height."""
        qtbot.waitUntil(lambda: self.colour(x, y) == QColor(ink), timeout=20_000)


@pytest.fixture
def shown(qapp, tmp_path) -> Iterator[Shown]:
    made = Shown(tmp_path)
    yield made
    made.page.close_page()
    made.below.deleteLater()
    QTest.qWait(1)


def show(shown, qtbot, html, width=375, zoom=1.0):
    with qtbot.waitSignal(shown.page.settled, timeout=60_000):
        shown.page.show_page(html, width, zoom)


def page(inside: str) -> str:
    return f"<!doctype html><html><body style='margin:0;background:#00ff00'>{inside}</body></html>"


PICTURE = f"<img width=40 height=30 style='display:block' src='media:{MINE}'>"


def test_a_page_has_its_own_height_and_its_own_pictures(shown, qtbot):
    show(shown, qtbot, page(PICTURE + "<div style='height:470px'></div>"))
    shown.is_high(qtbot, 500)
    assert shown.page.size().toTuple() == (375, shown.page.tall)
    shown.becomes(qtbot, 20, 15, RED)
    assert shown.asked == [MINE] and shown.colour(100, 300) == QColor(GREEN)
    show(shown, qtbot, page("<div style='height:90px'></div>"))
    shown.is_high(qtbot, 90)
    show(shown, qtbot, page("<div style='height:90px'></div>"), zoom=2.0)
    shown.is_high(qtbot, 180, 182)
    assert shown.page.width() == 750
    show(shown, qtbot, page("<div style='height:90px'></div> "), zoom=2.0)
    shown.is_high(qtbot, 180, 182)


def test_it_takes_neither_the_keys_nor_the_mouse(shown, qtbot):
    field = QLineEdit(shown.below)
    field.setGeometry(0, 600, 100, 30)
    field.show()
    shown.below.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=20_000)
    show(shown, qtbot, page("<input autofocus><a href='x' autofocus>y</a><div style='height:400px'></div>"))
    QTest.qWait(100)
    QTest.keyClicks(QApplication.focusWidget(), "a")
    assert field.hasFocus() and field.text() == "a"
    assert shown.below.childAt(100, 100) is None and shown.page.size().height() > 400


def test_the_page_before_stays_until_the_next_is_drawn(shown, qtbot):
    show(shown, qtbot, page("<div style='height:200px'></div>"))
    with qtbot.waitSignal(shown.page.settled, timeout=60_000):
        shown.page.show_page(page("<div style='height:300px;background:#0000ff'></div>"), 375, 1.0)
        QTest.qWait(130)
        assert shown.colour(100, 100) in (QColor(GREEN), QColor(BLUE))
    shown.becomes(qtbot, 100, 250, BLUE)


HOSTILE = {
    "script": "<script>document.body.style.background='#0000ff';new Image().src='{at}/s'</script>",
    "event": "<img src='media:none' onerror=\"document.body.style.background='#0000ff';fetch('{at}/e')\">",
    "iframe": "<iframe src='{at}/f'></iframe><iframe srcdoc=\"<img src='{at}/d'>\"></iframe>",
    "form": "<form action='{at}/p' method=post><input name=a autofocus></form>",
    "picture": "<img src='{at}/i.png' srcset='{at}/j.png 2x'><picture><source srcset='{at}/k.png'><img></picture>",
    "import": "<style>@import url('{at}/c.css');@font-face{{font-family:x;src:url('{at}/x.woff')}}"
              "p{{font-family:x;background:url('{at}/b.png')}}</style><p>x",
    "inline style": "<p style=\"background:url('{at}/u.png');list-style:url('{at}/l.png')\">x",
    "style sheet": "<link rel=stylesheet href='{at}/s.css'><link rel=icon href='{at}/favicon.ico'>",
    "ahead": "<link rel=preconnect href='{at}'><link rel=dns-prefetch href='{at}'><link rel=prefetch href='{at}/p'>"
             "<link rel=preload as=image href='{at}/q.png'><link rel=modulepreload href='{at}/m.js'>",
    "refresh": "<meta http-equiv=refresh content=\"0;url={at}/r\">",
    "refresh to a file": "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>",
    "svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>document.documentElement.style.background='#00f'</script>"
           "<image href='{at}/v.png'/><use href='{at}/w.svg#a'/>"
           "<foreignObject><iframe src='{at}/o'/></foreignObject></svg>",
    "object": "<object data='{at}/o.swf'></object><embed src='{at}/e.pdf'><applet code=x archive='{at}/a.jar'>",
    "base": "<base href='{at}/'><img src='relative.png'><a href='next'>x</a>",
    "file": "<img src='file:///etc/passwd'><iframe src='file:///etc/passwd'></iframe>",
    "data": "<iframe src=\"data:text/html,<img src='{at}/t.png'>\"></iframe><img src='data:image/png;base64,iVBORw0='>",
    "sound and video": "<audio autoplay src='{at}/a.mp3'></audio><video autoplay poster='{at}/p.png' src='{at}/v.mp4'>",
    "track": "<video><source src='{at}/1.mp4'><track default src='{at}/2.vtt'></video>",
    "link": "<a href='javascript:document.body.remove()' ping='{at}/ping' autofocus>x</a><a href='{at}/l'>y</a>",
    "manifest": "<html manifest='{at}/m'><link rel=manifest href='{at}/m.json'><portal src='{at}/p'></portal>",
    "policy": "<meta http-equiv=Content-Security-Policy content=\"default-src *; img-src *\"><img src='{at}/q.png'>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_in_a_page_that_was_not_cleaned_reaches_anything(shown, qtbot, ear, kind):
    show(shown, qtbot, page(PICTURE + "<div style='height:170px'></div>" + HOSTILE[kind].format(at=ear.at)))
    QTest.qWait(60)
    assert ear.heard == [] and shown.page.alive
    assert shown.page._page.url().toString() == "media:page"
    shown.becomes(qtbot, 20, 15, RED)
    assert shown.colour(200, 100) == QColor(GREEN)
    assert set(shown.asked) <= {MINE, "none"}


def test_all_of_it_at_once_and_clicked_upon(shown, qtbot, ear):
    everything = "".join(HOSTILE.values()).format(at=ear.at)
    show(shown, qtbot, page(PICTURE + f"<a href='{ear.at}/big' style='display:block;height:400px'>x</a>" + everything))
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
        QTest.mouseClick(shown.page._view.focusProxy() or shown.page._view, button)
    QTest.qWait(100)
    assert ear.heard == [] and shown.page._page.url().toString() == "media:page"


@pytest.mark.parametrize("open_", [("guard",), ("policy",), ("guard", "policy"), ("guard", "policy", "settings")])
def test_each_wall_stands_alone(shown, qtbot, ear, monkeypatch, open_):
    """Whichever is open, nobody is knocked at: not even with scripts, for there is no network to begin with."""
    from studio.ui.preview import web

    if "guard" in open_:
        monkeypatch.setattr(web.Guard, "interceptRequest", lambda self, info: None)
    if "policy" in open_:
        monkeypatch.setattr(web, "HEADERS", {})
    if "settings" in open_:
        monkeypatch.setattr(web.StillPage, "_restrict", staticmethod(lambda settings: None))
    scripts = "<script>fetch('{at}/f');new Image().src='{at}/n';navigator.sendBeacon('{at}/b');open('{at}/o')</script>"
    everything = "".join((scripts, *HOSTILE.values())).format(at=ear.at)
    show(shown, qtbot, page(PICTURE + "<div style='height:170px'></div>" + everything))
    QTest.qWait(250)
    assert ear.heard == [] and shown.page._page.url().toString() == "media:page"


def test_a_picture_is_one_by_its_content_and_of_this_post(shown, qtbot):
    show(shown, qtbot, page(f"{PICTURE}<img src='media:{OTHER}'><img src='media:../../etc/passwd'>"
                            "<img src='media:page'><div style='height:100px'></div>"))
    shown.becomes(qtbot, 20, 15, RED)
    assert shown.asked == [MINE, OTHER]


def test_five_hundred_pictures(shown, qtbot):
    show(shown, qtbot, page("".join(PICTURE.replace("height=30", "height=20") for _ in range(500))))
    shown.is_high(qtbot, 10_000)
    shown.becomes(qtbot, 20, 9_990, RED)


def test_what_is_far_too_long_is_painted_as_boxes(shown, qtbot):
    show(shown, qtbot, page("<p>" + "word " * 2_000_000))
    assert not shown.page.alive and shown.page.isHidden() and TALLEST < 10_000_000
    QTest.qWait(1)
    shown.page.show_page(page("again"), 375, 1.0)
    assert shown.page._view is None


def test_only_one_is_alive(shown, qtbot):
    show(shown, qtbot, page("one"))
    other = ArticlePage(shown.media, shown.below)
    other.show()
    with qtbot.waitSignals([shown.page.settled, other.settled], timeout=60_000):
        other.show_page(page("<div style='height:99px'></div>"), 375, 1.0)
    assert (shown.page.alive, other.alive, other.tall in (99, 100)) == (False, True, True)
    other.close_page()
    other.close_page()


def test_an_engine_that_cannot_be_loaded_leaves_the_boxes(shown, qtbot, monkeypatch):
    monkeypatch.setitem(sys.modules, "PySide6.QtWebEngineWidgets", None)
    show(shown, qtbot, page("x"))
    assert not shown.page.alive and shown.page.isHidden()


@pytest.mark.parametrize("variable", ["QTWEBENGINEPROCESS_PATH", "QTWEBENGINE_RESOURCES_PATH"])
def test_an_engine_without_all_its_parts_is_not_started(shown, qtbot, monkeypatch, tmp_path, variable):
    monkeypatch.setenv(variable, str(tmp_path / "nowhere"))  # the engine itself would end the program
    show(shown, qtbot, page("x"))
    assert not shown.page.alive and shown.page.isHidden()


def test_an_engine_that_breaks_leaves_the_boxes(shown, qtbot):
    show(shown, qtbot, page("x"))
    with qtbot.waitSignal(shown.page.settled, timeout=60_000):
        shown.page._page.broke.emit()
    assert not shown.page.alive


ENDING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from studio.ui.preview.page import ArticlePage
app = QApplication([])
window = QWidget()
page = ArticlePage(lambda id: None, window)
window.show()
page.show_page("<p>x", 375, 1.0)
page.settled.connect(lambda: QTimer.singleShot(0, app.quit))
QTimer.singleShot(60_000, lambda: app.exit(3))
status = app.exec()
if "deleted" in sys.argv:
    import shiboken6
    shiboken6.delete(window)
sys.exit(status)
"""


@pytest.mark.parametrize("how", ["deleted", "left"])
def test_a_window_that_ends_with_a_page_in_it_ends_well(how):
    done = subprocess.run([sys.executable, "-c", ENDING, how], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, "Expect troubles" in done.stderr) == (0, False), done.stderr


TEXT = """# 题

甲<script src="{at}/s.js"></script><iframe src="{at}/f"></iframe><form action="{at}/p"><input></form>

![]({at}/i.png) ![](file:///etc/passwd) ![](data:text/html,x) <img src="{at}/j.png" onerror="x()">

<style>@import url("{at}/c.css")</style><link rel=stylesheet href="{at}/l.css"><base href="{at}/">

<p style="background:url('{at}/u.png');position:fixed;color:#123456">乙</p>

[丙](javascript:alert(1)) <a href="{at}/x">丁</a> <meta http-equiv="refresh" content="0;url={at}/r">

<svg viewBox="0 0 10 10"><script>x</script><image href="{at}/v.png"/><rect width="10" height="10"/></svg>

<object data="{at}/o"></object><embed src="{at}/e">
"""


def article(text: str, **more: Any) -> str:
    what = content("wechat", text, **{"title": "<script>x</script>", "link": "javascript:x", **more})
    return layout(what, View("article", 375, "light", "zh_CN"), Ruler()).html


def test_an_article_is_cleaned_before_it_is_shown(shown, qtbot, ear):
    html = article(TEXT.format(at=ear.at), pictures=[media("红.jpg", 40, 30)])
    inside = html.split("</style>", 1)[1].lower().replace('xmlns="http://www.w3.org/2000/svg"', "")
    for word in ("<script", "<iframe", "<form", "<input", "<link", "<base", "<object", "<embed", "http", "file:",
                 "javascript", "onerror", "url(", "position", "@import", "<image"):
        assert word not in inside, word
    show(shown, qtbot, html)
    assert ear.heard == [] and shown.page.alive and shown.page.tall > 300


def test_ten_megabytes_of_html_do_not_stop_it(shown, qtbot, ear):
    html = article(f"<p onclick=x>甲<img src='{ear.at}/x.png'></p>" * 200_000)
    show(shown, qtbot, html)
    assert ear.heard == [] and len(html) < 50_000_000
