"""The studio in a real window of a real X server, used by mouse and keys. Started by `test_end_to_end.py`.

Finds every control by its accessible name, as a screen reader does, and clicks where it is on the screen.
    python -m tests.ui.real_window WORKSPACE PHOTO OUT LANGUAGE
Prints one line of JSON: what was published and which screenshots were made.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from studio.ui.start import Studio

PATIENCE = 60.0  # seconds for one thing to happen; a hang, not a measure
SIZES = ((1280, 800), (1920, 1080))


class Hands:
    """Mouse and keys on the windows of one application."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        self.app, self.window = app, window

    def wait(self, until: Callable[[], Any], what: str) -> Any:
        end = time.monotonic() + PATIENCE
        while not (found := until()):
            if time.monotonic() > end:
                raise TimeoutError(what)
            QTest.qWait(10)
        return found

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        def look() -> QWidget | None:
            named = [w for w in self.window.findChildren(kind) if _name(w) == name and w.isVisible()]
            return next((w for w in named if w.isEnabled()), None)

        found: QWidget = self.wait(look, name)
        return found

    def click(self, name: str, kind: type[QWidget] = QAbstractButton) -> None:
        widget = self.find(name, kind)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        QTest.qWait(20)

    def type(self, name: str, text: str) -> None:
        """Letters by key, others as an input method commits them."""
        widget = self.find(name)
        inner = widget.viewport() if hasattr(widget, "viewport") else widget
        QTest.mouseClick(inner, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
        if text.isascii():
            QTest.keyClicks(widget, text)
        else:
            from PySide6.QtGui import QInputMethodEvent

            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
        QTest.qWait(20)

    def drop(self, name: str, path: Path) -> None:
        """A file from the desktop's file manager, let fall on a widget."""
        target: QWidget | None = self.find(name)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        at, none, copy = QPoint(40, 40), Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        while target is not None:
            enter = QDragEnterEvent(at, copy, data, Qt.MouseButton.LeftButton, none)
            enter.ignore()
            if target.acceptDrops():
                QApplication.sendEvent(target, enter)
                if enter.isAccepted():
                    break
            target = target.parentWidget()
        assert target is not None, "nothing here takes files"
        QApplication.sendEvent(target, QDropEvent(QPointF(at), copy, data, Qt.MouseButton.LeftButton, none))


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


WORDS: dict[str, dict[str, str]] = {
    "en": {"new": "New draft", "title": "Title", "text": "Text of the post", "publish": "Publish to 1",
           "now": "Publish 1 now",
           "open": "Open post", "write": "The plane trees have turned."},
    "zh_CN": {"new": "新建稿件", "title": "标题", "text": "正文", "publish": "发布到 1 个",
              "now": "现在发布 1 条", "open": "打开帖子",
              "write": "老城南的梧桐黄透了，周六去走走。"},
    "zh_TW": {"new": "新增稿件", "title": "標題", "text": "內文", "publish": "發布到 1 個",
              "now": "現在發布 1 則", "open": "開啟貼文",
              "write": "老城南的梧桐黃透了，週六去走走。"},
}  # fmt: skip


def main(workspace: Path, photo: Path, out: Path, language: str) -> dict[str, Any]:
    """Writes a draft with a photo, publishes it to the practice account, takes pictures of the window."""
    app = QApplication(["yigao"])
    studio = Studio(app, workspace, language)
    studio.window.show()
    hands, words = Hands(app, studio.window), WORDS[language]
    hands.wait(lambda: studio.desk is not None, "the workspace opens")
    studio.theme.apply(app, "light")
    hands.wait(lambda: studio._joined.ready, "the list is read")
    hands.click(words["new"])
    hands.type(words["title"], f"E2E {language}")
    hands.type(words["text"], words["write"])
    hands.drop(words["text"], photo)
    pane: Any = studio.window.pane("draft")
    hands.wait(lambda: pane.open.post.media, "the photo is in the post")
    hands.wait(lambda: pane.editor.fields.strip.spots()[1:], "its tile is there")
    hands.click(words["publish"])
    hands.click(words["now"])
    hands.find(words["open"])
    delivery = pane.results.results()[0].delivery
    shots = [str(path) for path in _shots(hands, studio, app, out, language)]
    result = {
        "state": delivery.state.value, "url": delivery.url, "whole": bool(delivery.proof and delivery.proof.whole),
        "title": pane.open.post.title, "text": pane.open.post.text, "shots": shots, "platform": app.platformName(),
    }
    studio.window.close()
    studio.close()
    return result


def _shots(hands: Hands, studio: Studio, app: QApplication, out: Path, language: str) -> list[Path]:
    made = []
    for mode in ("light", "dark"):
        studio.theme.apply(app, mode)
        for width, height in SIZES:
            studio.window.resize(width, height)
            hands.wait(lambda w=width, h=height: (studio.window.width(), studio.window.height()) == (w, h), "resized")
            QTest.qWait(300)
            path = out / f"draft-{language}-{mode}-{width}x{height}.png"
            assert studio.window.grab().save(str(path))
            made.append(path)
    return made


if __name__ == "__main__":
    space, picture, folder, spoken = sys.argv[1:5]
    print(json.dumps(main(Path(space), Path(picture), Path(folder), spoken)))
