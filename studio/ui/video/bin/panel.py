"""The bin: tabs, search, import, and the shelves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from studio.core.asset import Asset
from studio.core.timeline import Timeline
from studio.ui.i18n import tr
from studio.ui.video.bin.paint import Painter
from studio.ui.video.bin.samples import Samples
from studio.ui.video.bin.things import TABS, Tab, Thing, found_in, shelves
from studio.ui.video.bin.view import BinView
from studio.ui.video.timeline.strips import Strips
from studio.ui.widgets.base import Live, column, ground, hairline, name, row
from studio.ui.widgets.button import Button, ToolButton
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import SearchField
from studio.ui.widgets.label import Label
from studio.ui.widgets.menu import add, menu
from studio.ui.widgets.note import Note, NoteText

if TYPE_CHECKING:
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

HEAD = 42
ICONS = {
    "media": "film", "text": "type", "audio": "music", "effects": "wand-sparkles", "transitions": "blend",
}  # fmt: skip


class Bin(Live, QWidget):
    """added([Thing]): to be put at the playhead. files([Path]): to be taken in. left_out(Thing): no longer wanted."""

    added = Signal(object)
    files = Signal(object)
    left_out = Signal(object)

    def __init__(self, theme: Theme, strips: Strips, bridge: JobsBridge, assets: Callable[[], Sequence[Asset]]) -> None:
        super().__init__()
        self._theme, self._assets = theme, assets
        self._timeline: Timeline | None = None
        self._words = ""
        self.samples = Samples(bridge, self)
        self._painter = Painter(theme, strips, self.samples)
        self._build(self._painter)
        strips.ready.connect(self.view.redraw)
        self.samples.ready.connect(self.view.redraw)
        self.setAcceptDrops(True)
        self.retranslate()

    @property
    def tab(self) -> Tab:
        """The tab that is shown."""
        return cast(Tab, self.tabs.value)

    def show_tab(self, tab: Tab) -> None:
        """Go to a tab."""
        for tabs in (self.tabs, self.small):
            tabs.set_value(tab)
        self.reload()

    def show_timeline(self, timeline: Timeline | None) -> None:
        """The document was edited; files are looked at again only when it has others."""
        before, self._timeline = self._timeline, timeline
        if before is None or timeline is None or before.tracks is not timeline.tracks or (
            before.sources is not timeline.sources
        ):
            self.reload()

    def show_proxy(self, fraction: float | None, _left: int, source: str) -> None:
        """How far the proxy of a film is, on its tile."""
        self._painter.proxy = (source, fraction or 0.0)
        self.view.redraw()

    def reload(self) -> None:
        """Fill the tab again."""
        if self._timeline is None:
            self.view.show_shelves(())
            return
        files = self.tab in ("media", "audio")
        every = shelves(self.tab, self._timeline, self._assets() if files else (), self._theme.language.code)
        shown = found_in(every, self._words) if self._words else every
        self.view.show_shelves(shown)
        self.stack.setCurrentWidget(self.view if shown else self.none if self._words else self.empty)

    def search(self) -> None:
        """Open the search field."""
        self.field.show()
        self.field.setFocus()
        self.field.selectAll()

    def choose_files(self) -> None:
        """The system's file dialog."""
        dialog = QFileDialog(self, tr("video", "Import files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.files.emit([Path(each) for each in names]))
        dialog.open()

    def set_busy(self, busy: bool) -> None:
        """Files are being taken in."""
        self.importing.set_busy(busy)

    def retranslate(self) -> None:
        """Set every text."""
        name(self, tr("video", "Bin"))
        name(self.view, tr("video", "Things to cut from"), tr("video", "Enter puts one at the playhead"))
        words = {
            "media": tr("video", "Media"), "text": tr("video", "Text"), "audio": tr("video", "Audio"),
            "effects": tr("video", "Effects"), "transitions": tr("video", "Transitions"),
        }  # fmt: skip
        self.tabs.set_texts(words)
        self.small.set_names(words)
        self.searching.set_tip(tr("video", "Search the bin"))
        self.importing.setText(tr("video", "Import"))
        self.importing.updateGeometry()
        self.field.setPlaceholderText(tr("video", "Search the bin"))
        name(self.field, tr("video", "Search the bin"))
        begin = tr("video", "Drop films, pictures and sound here, or import them.")
        self.empty.say(begin, tr("video", "Import files…"))
        self.none.say(tr("video", "Nothing is called “{words}”.", words=self._words), tr("video", "Show everything"))
        self.drop.set_note(NoteText("info", tr("video", "Let go to take them into this video.")))
        self.reload()

    # Qt --------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow bin the button is its icon alone."""
        super().resizeEvent(event)
        words = tr("video", "Import")
        room = self.width() - self.tabs.sizeHint().width() - 2 * self.searching.sizeHint().width() - 60
        self.tabs.setVisible(room >= 0)
        self.small.setVisible(room < 0)
        self.importing.setText(words if room > self._theme.width("small", words, 500) + 20 else "")
        self.importing.updateGeometry()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from the file manager."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop.hide()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files.emit(paths)

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self, painter: Painter) -> None:
        theme = self._theme
        self.tabs = Segments(theme, [(key, key) for key in TABS])
        self.small = Segments(theme, [(key, "") for key in TABS], [ICONS[key] for key in TABS])
        self.small.hide()
        self.searching, self.importing = ToolButton(theme, "search"), Button(theme, "", "secondary", "plus", "small")
        name(self.importing, tr("video", "Import"))
        self.field = SearchField(theme)
        self.field.hide()
        head = QWidget()
        head.setLayout(row(self.tabs, self.small, None, self.searching, self.importing, margins=(16, 0, 12, 0)))
        head.setFixedHeight(theme.px(HEAD))
        self.view = BinView(theme, painter)
        self.empty = EmptyState(theme, "library", "plus", kind="secondary")
        self.none = EmptyState(theme, "search", kind="secondary")
        self.stack = QStackedWidget()
        for page in (self.view, self.empty, self.none):
            self.stack.addWidget(page)
        self.drop = Note(theme, "info", "")
        self.drop.hide()
        self.refused = Label("", "small", "bad", wrap=True)
        self.refused.hide()
        notes = column(self.field, self.drop, self.refused, gap=4, margins=(16, 0, 12, 0))
        inside = column(head, hairline(), notes, self.stack, gap=0)
        inside.setStretch(3, 1)
        self.setLayout(inside)
        ground(self, "surface")
        self._connect()

    def _connect(self) -> None:
        for tabs, others in ((self.tabs, self.small), (self.small, self.tabs)):
            tabs.chosen.connect(others.set_value)
            tabs.chosen.connect(lambda _key: self.reload())
        self.searching.clicked.connect(self.search)
        self.importing.clicked.connect(self.choose_files)
        self.empty.acted.connect(self.choose_files)
        self.none.acted.connect(self._clear)
        self.field.searched.connect(self._searched)
        self.view.opened.connect(self.added)
        self.view.menu_asked.connect(self._menu)

    def _searched(self, words: str) -> None:
        self._words = words
        self.none.say(tr("video", "Nothing is called “{words}”.", words=words), tr("video", "Show everything"))
        self.reload()
        if not words and not self.field.hasFocus():
            self.field.hide()

    def _clear(self) -> None:
        self.field.clear()
        self.field.hide()
        self._searched("")

    def _menu(self, thing: Thing, at: QPoint) -> None:
        popup = menu(self)
        add(popup, self._theme, tr("video", "Add at the playhead"), "plus", lambda: self.added.emit([thing]), "Return")
        if thing.carried.kind == "source":
            entry = add(popup, self._theme, tr("video", "Take out of the bin"), "x", lambda: self.left_out.emit(thing))
            entry.setEnabled(not thing.used)
            if thing.used:
                entry.setText(tr("video", "Used by %n clips", n=thing.used))
        popup.popup(at)
