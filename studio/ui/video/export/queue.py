"""The queue of exports: each with how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.problems import sentence
from studio.ui.relay import Relay
from studio.ui.video.export.facts import state_words
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.button import Link, ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.progress import ProgressBar

if TYPE_CHECKING:
    from studio.services.videos.exports import Export, Exports
    from studio.ui.theme import Theme

TICK_MS = 500


class QueueRow(Live, QWidget):
    """One export. given(Path): its film into the post."""

    given = Signal(object)

    def __init__(self, theme: Theme, exports: Exports, one: Export, for_post: bool) -> None:
        super().__init__()
        self._theme, self._exports, self.one, self._for_post = theme, exports, one, for_post
        self.name, self.state = ElidedLabel(one.target.name, "small", "text", 500), Label("", "caption", "text-2")
        self.bar, self.trouble = ProgressBar(), Label("", "small", "bad", wrap=True)
        self.pause, self.cancel = ToolButton(theme, "pause", size=14), ToolButton(theme, "x", size=14)
        self.folder, self.give = ToolButton(theme, "folder-open", size=14), Link(theme)
        top = row(self.name, self.state, self.give, self.folder, self.pause, self.cancel, gap=6)
        top.setStretch(0, 1)
        self.setLayout(column(top, self.bar, self.trouble, gap=2, margins=(0, 4, 0, 6)))
        self.pause.clicked.connect(self._pause)
        self.cancel.clicked.connect(self._cancel)
        self.folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(one.target.parent))))
        self.give.clicked.connect(lambda: self.given.emit(one.target))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.give.setText(tr("video", "Put into the post"))
        self.folder.set_tip(tr("video", "Show in folder"))
        self.refresh()

    def refresh(self) -> None:
        """As it is now."""
        one = self.one
        done, over = one.state == "done", one.over
        self.state.setText(state_words(one, self._exports))
        self.bar.set_fraction(one.fraction)
        self.bar.setVisible(not over)
        self.pause.setVisible(not over)
        self.pause.set_icon("play" if one.paused else "pause")
        self.pause.set_tip(tr("video", "Go on") if one.paused else tr("video", "Pause"))
        self.cancel.set_tip(tr("video", "Take off the list") if over else tr("video", "Cancel this export"))
        self.folder.setVisible(done)
        self.give.setVisible(done and self._for_post and one.target.is_file())
        words = say(one.findings[0], self._theme.language.code) if one.findings else ""
        if not words and one.fault is not None:
            words = sentence(one.fault, self._theme.language.code)
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _pause(self) -> None:
        (self._exports.resume if self.one.paused else self._exports.pause)(self.one)

    def _cancel(self) -> None:
        (self._exports.forget if self.one.over else self._exports.cancel)(self.one)


class Queue(Live, QWidget):
    """given(Path): a film that was made, into the post. filled(bool): whether there are any."""

    given = Signal(object)
    filled = Signal(bool)

    def __init__(self, theme: Theme, exports: Exports, for_post: bool) -> None:
        super().__init__()
        self._theme, self._exports, self._for_post = theme, exports, for_post
        self.rows: list[QueueRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self.title = Label("", "caption", "text-3", 500)
        self.setLayout(column(self.title, self._column, gap=2))
        self._tick = QTimer(self)  # time left goes on between two steps
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._refresh)
        Relay(exports.changed, lambda *_: self.show_all(), self)
        self.retranslate()
        self.show_all()

    def retranslate(self) -> None:
        self.title.setText(tr("video", "Exports"))

    def show_all(self) -> None:
        """What there is, the newest first."""
        wanted = list(reversed(self._exports.all()))
        if [row.one for row in self.rows] != wanted:
            for old in self.rows:
                self._column.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.rows = [QueueRow(self._theme, self._exports, one, self._for_post) for one in wanted]
            for made in self.rows:
                made.given.connect(self.given)
                self._column.addWidget(made)
        self._refresh()
        running = any(one.state == "running" and not one.paused for one in wanted)
        self._tick.start() if running else self._tick.stop()
        self.filled.emit(bool(wanted))

    def _refresh(self) -> None:
        for one in self.rows:
            one.refresh()


def free_name(folder: Path, stem: str, ending: str, taken: Container[Path] = ()) -> Path:
    """A file that is not there yet, nor on its way: "Bakery.mp4", "Bakery 2.mp4"."""
    plain = "".join(each if each.isalnum() or each in " -_.()" else "_" for each in stem).strip(" .") or "video"
    path, number = folder / f"{plain}{ending}", 2
    while path.exists() or path in taken:
        path, number = folder / f"{plain} {number}{ending}", number + 1
    return path
