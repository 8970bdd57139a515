"""A client with a real browser engine: opens a review file from disk, comments with mouse and keys, saves, says what
happened. `python -m tests.ui.preview.client PAGE OUT` prints one line of JSON; exit 77 when there is no such engine.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # a container's root has none
os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--disable-gpu"
try:
    from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer, QUrl
    from PySide6.QtTest import QTest
    from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineUrlRequestInterceptor
    from PySide6.QtWebEngineWidgets import QWebEngineView
    from PySide6.QtWidgets import QApplication, QWidget
except ImportError:
    sys.exit(77)

POISON = """[null, 3, "x", {}, {"preview": "p9"}, {"preview": "__proto__"}, {"preview": "p1", "id": "<b>", "text": {},
    "author": 4, "verdict": "x", "point": "0", "at": "never"}, {"preview": "p1", "id": "0123456789abcdef", "text": 5,
    "author": "", "verdict": "", "point": [9, null], "at": "2026-11-30T10:00:00Z"}]"""
PATIENCE = 60_000  # ms for one thing to happen; a hang, not a measure


class Watcher(QWebEngineUrlRequestInterceptor):
    """Writes down every address that is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: Any) -> None:
        self.asked.append(info.requestUrl().scheme())


class Page(QWebEnginePage):
    """Writes down what the engine complains of."""

    complaints: list[str] = []

    def javaScriptConsoleMessage(self, level: Any, message: str, line: int, source: str) -> None:
        self.complaints.append(message)


class Client:
    """One open page. scripts: False for a viewer that runs none."""

    def __init__(self, file: Path, folder: Path, scripts: bool = True) -> None:
        self.folder, self.profile, self.watcher = folder, QWebEngineProfile(), Watcher()
        self.profile.setUrlRequestInterceptor(self.watcher)
        self.profile.downloadRequested.connect(self._download)
        self.page, self.view = Page(self.profile), QWebEngineView()
        self.page.settings().setAttribute(self.page.settings().WebAttribute.JavascriptEnabled, scripts)
        self.view.setPage(self.page)
        self.view.resize(900, 1400)
        self.view.show()
        self.open(file)

    def open(self, file: Path) -> None:
        """Loads it, again perhaps, and waits."""
        self._until(self.page.loadFinished, lambda: self.page.load(QUrl.fromLocalFile(str(file))))

    @property
    def hand(self) -> QWidget:
        """What takes mouse and keys."""
        inner = self.view.focusProxy()
        assert inner is not None
        return inner

    def run(self, code: str) -> Any:
        """The value of an expression in the page."""
        loop, got = QEventLoop(), []
        self.page.runJavaScript(code, 0, lambda value: (got.append(value), loop.quit()))
        QTimer.singleShot(PATIENCE, loop.quit)
        loop.exec()
        return got[0]

    def click(self, selector: str, x: float = 0.5, y: float = 0.5) -> None:
        """With the mouse, at a part of the element, which is scrolled into view."""
        box = json.loads(self.run(
            f"(() => {{ const e = document.querySelector({selector!r}); e.scrollIntoView({{block: 'center'}});"
            "const r = e.getBoundingClientRect(); return JSON.stringify([r.x, r.y, r.width, r.height]); })()"))
        at = QPoint(round(box[0] + box[2] * x), round(box[1] + box[3] * y))
        QTest.mouseClick(self.hand, Qt.MouseButton.LeftButton, pos=at)
        QTest.qWait(50)

    def keys(self, text: str) -> None:
        QTest.keyClicks(self.hand, text)
        QTest.qWait(50)

    def key(self, *keys: Qt.Key) -> None:
        for each in keys:
            QTest.keyClick(self.hand, each)
        QTest.qWait(50)

    def save(self) -> Path:
        """Presses Save and waits for the file."""
        self.done: list[Path] = []
        self.click("#save")
        for _ in range(PATIENCE // 50):
            if self.done:
                return self.done[0]
            QTest.qWait(50)
        raise TimeoutError("no file was saved")

    def _download(self, item: Any) -> None:
        item.setDownloadDirectory(str(self.folder))
        place = self.folder / item.downloadFileName()
        item.isFinishedChanged.connect(lambda: self.done.append(place))
        item.accept()

    def _until(self, signal: Any, act: Any) -> None:
        loop = QEventLoop()
        signal.connect(loop.quit)
        QTimer.singleShot(PATIENCE, loop.quit)
        act()
        loop.exec()


def use(file: Path, folder: Path) -> dict[str, Any]:
    """All that a client can do."""
    client = Client(file, folder)
    client.click("#name")
    client.keys("Ana")
    client.click("#p1 img", 0.25, 0.5)
    client.keys("<b>Brighter</b>")
    client.click("#p1 form button")
    client.click("#p2 .place")
    client.key(Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Return)
    client.keys("By key")
    QTest.keyClick(client.hand, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(50)
    client.click("#p1 .yes")
    client.click("#p2 .yes")
    client.click("#p2 .no")
    client.click("#p2 img", 0.5, 0.25)
    client.keys("Never added")
    answer = client.save()
    bold = client.run("document.querySelectorAll('.said b, main script, main [onerror]').length")
    pressed = client.run("document.querySelectorAll('[aria-pressed=true]').length")
    marks = client.run("document.querySelectorAll('.mark').length")
    client.open(file)
    kept = client.run("document.querySelectorAll('.said li').length")
    client.run("(() => { for (const key of Object.keys(localStorage)) localStorage.setItem(key, JSON.stringify("
               f"{{name: 7, remarks: {POISON}}})); }})()")
    client.open(file)
    return {
        "kept": kept, "poisoned": client.run("document.querySelectorAll('.said li, .mark').length"),
        "answer": str(answer), "able": client.run("document.documentElement.className"),
        "bold": bold, "marks": marks, "pressed": pressed,
        "wide": client.run("document.documentElement.scrollWidth > innerWidth"),
        "asked": sorted(set(client.watcher.asked)), "complaints": Page.complaints,
    }


def read(file: Path, folder: Path) -> dict[str, Any]:
    """Without scripts: what is seen."""
    client = Client(file, folder, scripts=False)
    loop, got = QEventLoop(), []
    client.page.toPlainText(lambda text: (got.append(text), loop.quit()))
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    return {"read": got[0], "shown": not client.view.grab().isNull()}


def main() -> int:
    app = QApplication(sys.argv[:1])
    file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    print(json.dumps({**use(file, folder), **read(file, folder)}), flush=True)
    del app
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    os._exit(status)  # the engine's own processes take long to say good-bye
