"""The Library pane: a grid of files, one of them up close, and files dropped or pasted in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from studio.core.errors import Problem
from studio.core.finding import Finding, error
from studio.core.post import Kind
from studio.ui.actions import Action
from studio.ui.i18n import N, tr
from studio.ui.library.detail import AssetDetail
from studio.ui.library.grid import PAGE, Grid
from studio.ui.library.refused import Refused
from studio.ui.library.thumbs import Thumbs
from studio.ui.problems import findings_of
from studio.ui.relay import Relay
from studio.ui.sheet import Confirm
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, ground, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.button import Kind as ButtonKind
from studio.ui.widgets.choice import Segments
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import SearchField
from studio.ui.widgets.label import Label
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from studio.core.asset import Asset
    from studio.services.desk import Desk
    from studio.services.library import Added
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

WIDTHS = {0: [660, 280], 1280: [916, 300], 1440: [1056, 320], 1920: [1496, 360]}
KINDS = ("all", "image", "video", "audio")


class LibraryPane(Pane):
    """open_post(id): the person wants to see where a file is used."""

    open_post = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self._desk, self._bridge, self._toaster = desk, bridge, toaster
        self.thumbs = Thumbs(desk.library, bridge, self)
        self._query = ""
        self._build()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.reload)
        Relay(desk.library.changed, lambda *_: self._later.start(), self)
        Relay(desk.posts.changed, lambda *_: self._show(self.grid.current), self)
        self.setAcceptDrops(not desk.read_only)
        self.retranslate()
        self.reload()

    # for the window --------------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """What can be done here."""
        def free() -> bool:
            return not self._desk.read_only

        def one() -> bool:
            return bool(self.grid.current)

        words = "library sc sucai"
        return [
            Action("library.add", N("library", "Add files…"), self.choose_files, "Ctrl+O", "image-plus", free,
                   f"{words} import tj tianjia"),
            Action("library.search", N("library", "Search the library"), self.search.setFocus, "Ctrl+F", "search",
                   keywords=f"{words} find ss sousuo"),
            Action("library.folder", N("library", "Show in folder"), lambda: self._asked("folder"), "", "folder-open",
                   one, words),
            Action("library.check", N("library", "Check original"), lambda: self._asked("check"), "", "shield-check",
                   one, f"{words} jc jiancha"),
            Action("library.remove", N("library", "Remove from library"), lambda: self._asked("remove"), "", "trash-2",
                   lambda: one() and free(), f"{words} delete yc yichu"),
        ]  # fmt: skip

    def regions(self) -> list[QWidget]:
        """F6 order."""
        return [self.bar, self.grid, self.side]

    def shown(self) -> None:
        """Another pane may have added files."""
        self.reload()

    # what is shown ---------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every text."""
        self.title.setText(tr("library", "Library"))
        self.add.setText(tr("library", "Add files…"))
        self.add.why_not(tr("library", "This window only reads the workspace.") if self._desk.read_only else "")
        self.add.updateGeometry()
        self.search.setPlaceholderText(tr("library", "Search names, alt text, tags"))
        name(self.search, tr("library", "Search the library"))
        self.kinds.set_texts({
            "all": tr("library", "All"), "image": tr("library", "Pictures"), "video": tr("library", "Videos"),
            "audio": tr("library", "Sounds"),
        })  # fmt: skip
        self.empty.say(
            tr("library", "Pictures and clips you use in posts lie here. Drop some in."), tr("library", "Add files…"),
        )
        self.pick.setText(tr("library", "Choose a file to see where it is used."))
        name(self.grid, tr("library", "Files"))
        name(self, tr("library", "Library"))
        self._say_none()

    def reload(self) -> None:
        """Read the files again; what is chosen stays chosen."""
        chosen, query, kind = self.grid.current, self._query, self.kinds.value
        of = None if kind == "all" else cast(Kind, kind)
        library = self._desk.library
        place = self.grid.verticalScrollBar().value()
        self.grid.rows.show(
            lambda limit, offset: library.list(query, kind=of, limit=limit, offset=offset),
            len(self.grid.rows.assets) if place else PAGE,
        )
        self.grid.choose(chosen)
        self.grid.verticalScrollBar().setValue(place)
        shown = len(self.grid.rows.assets)
        self.count.setText(str(shown) if shown < PAGE else f"{shown}+")
        searched = bool(query) or of is not None
        self.stack.setCurrentWidget(self.grid if shown else self.none if searched else self.empty)
        self._say_none()
        self._show(self.grid.current)

    def show_asset(self, id: str) -> None:
        """Choose a file."""
        self.reload()
        self.grid.choose(id)

    # what is done ----------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """The system's file dialog."""
        dialog = QFileDialog(self, tr("library", "Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add_files([Path(name) for name in names]))
        dialog.open()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Take files in, as a job; what is refused is listed afterwards."""
        if self._desk.read_only or not paths:
            return
        library = self._desk.library
        self.add.set_busy(True)
        self._bridge.submit(
            "render", N("job", "Adding files"), lambda task: library.add(list(paths), task), self._added,
            self._not_added, self._stopped, owner=self,
        )  # fmt: skip

    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    def take(self, data: QMimeData) -> bool:
        """Take in what was dropped or pasted; False when it is nothing of ours."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
        elif data.hasImage() and not self._desk.read_only:
            self._add_image(data.imageData())
        return bool(paths) or bool(data.hasImage())

    # Qt --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say that files may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.drop.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self.drop.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        self.drop.hide()
        if self.take(event.mimeData()):
            event.acceptProposedAction()

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.theme
        self.title, self.count = Label("", "title"), Label("", "small", "text-3")
        self.search = SearchField(theme)
        self.search.setMaximumWidth(280)
        self.kinds = Segments(theme, [(key, key) for key in KINDS])
        self.add = Button(theme, "", "primary", "image-plus", "small")
        self.bar = QWidget()
        self.bar.setLayout(row(
            self.title, self.count, 8, self.search, self.kinds, None, self.add, margins=(20, 0, 16, 0)
        ))  # fmt: skip
        self.bar.setFixedHeight(theme.px(60))
        self.grid = Grid(theme, self.thumbs)
        self.empty = EmptyState(theme, "library", "image-plus")
        self.none = EmptyState(theme, "search", kind="secondary")
        self.stack = QStackedWidget()
        for page in (self.grid, self.empty, self.none):
            self.stack.addWidget(page)
        self.drop = Note(theme, "info", "")
        self.drop.hide()
        self.refused = Refused(theme)
        main = QWidget()
        stack = row(self.stack, margins=(10, 0, 4, 0))
        inside = column(self.bar, self.refused, row(self.drop, margins=(20, 0, 16, 8)), stack, gap=0)
        inside.setStretchFactor(stack, 1)
        main.setLayout(inside)
        self.detail = AssetDetail(theme, self.thumbs, self._desk.read_only)
        self.pick = Label("", "small", "text-3", wrap=True)
        nothing = QWidget()
        nothing.setLayout(column(self.pick, None, margins=(16, 24, 16, 16)))
        self.side = QStackedWidget()
        self.side.addWidget(nothing)
        self.side.addWidget(self.detail)
        ground(self.side, "sunken")
        self.split = Splitter(theme, "library", ViewState(self._desk.settings), WIDTHS)
        self.split.add(main, 1, 420)
        self.split.add(self.side, 0, 260)
        self.setLayout(column(self.split, gap=0))
        self._connect()

    def _connect(self) -> None:
        self.add.clicked.connect(self.choose_files)
        self.empty.acted.connect(self.choose_files)
        self.none.acted.connect(self._clear_filters)
        self.search.searched.connect(self._searched)
        self.kinds.chosen.connect(lambda _key: self.reload())
        self.grid.chosen.connect(self._show)
        self.grid.opened.connect(lambda _id: self.detail.alt.setFocus())
        self.detail.described.connect(self._describe)
        self.detail.asked.connect(self._asked)
        self.detail.post_opened.connect(self.open_post)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.grid)
        paste.activated.connect(self.paste)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.grid)
        delete.activated.connect(lambda: self._asked("remove"))

    def _searched(self, words: str) -> None:
        self._query = words
        self.grid.verticalScrollBar().setValue(0)
        self.reload()

    def _clear_filters(self) -> None:
        self.search.clear()
        self.kinds.set_value("all")
        self._searched("")

    def _say_none(self) -> None:
        words = tr("library", "Nothing is called “{words}”.", words=self._query)
        if not self._query:
            words = tr("library", "Nothing of this kind yet.")
        self.none.say(words, tr("library", "Show everything"))
        self.drop.set_note(NoteText("info", tr("library", "Let go to add them to the library.")))

    def _show(self, id: str) -> None:
        if not id:
            self.side.setCurrentIndex(0)
            return
        uses = [(post.id, post.heading) for post in self._desk.library.used_in(id)]
        self.detail.show_asset(self._desk.library.get(id), uses)
        self.side.setCurrentIndex(1)

    def _describe(self, id: str, alt: str) -> None:
        def done(_: None) -> None:
            if self.detail.asset is not None and self.detail.asset.id == id:
                self.detail.saved.setText(tr("library", "Saved"))

        self._bridge.submit(
            "store", N("job", "Saving"), lambda _task: self._desk.library.set_alt(id, alt), done, self._say, owner=self
        )

    def _asked(self, what: str) -> None:
        if not (id := self.grid.current):
            return
        {"folder": self._open_folder, "check": self._check, "remove": self._remove}[what](id)

    def _open_folder(self, id: str) -> None:
        try:
            folder = self._desk.library.path(id).parent
        except Problem as problem:
            self.detail.say(problem.findings)
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _check(self, id: str) -> None:
        def done(findings: tuple[Finding, ...]) -> None:
            self.detail.check.set_busy(False)
            if self.grid.current == id:
                self.detail.say(findings) if findings else self.detail.say_fine()

        self.detail.check.set_busy(True)
        self._bridge.submit(
            "render", N("job", "Checking the original"), lambda _task: self._desk.library.check(id), done, self._say,
            owner=self,
        )  # fmt: skip

    def _remove(self, id: str) -> None:
        asset = self._desk.library.get(id)
        if used := self._desk.library.used_in(id):
            self.detail.say((error("media.in_use", "media", name=asset.name, posts=len(used)),))
            return
        choices: list[tuple[str, str, ButtonKind]] = [
            ("keep", tr("library", "Keep it"), "secondary"), ("remove", tr("library", "Remove"), "danger-filled"),
        ]  # fmt: skip
        words = tr("library", "The original is deleted from the workspace. The file you added it from is not touched.")
        Confirm(self.theme, tr("library", "Remove {name}?", name=asset.name), words, choices, "keep").ask(
            self.window(), lambda key: self._removed(id) if key == "remove" else None
        )

    def _removed(self, id: str) -> None:
        self._bridge.submit(
            "store", N("job", "Removing"), lambda _task: self._desk.library.remove(id),
            lambda _: self.thumbs.forget(id), self._say, owner=self,
        )  # fmt: skip

    def _say(self, fault: BaseException) -> None:
        self.detail.check.set_busy(False)
        self.detail.say(findings_of(fault))

    def _add_image(self, image: object) -> None:
        if not isinstance(image, QImage) or image.isNull():
            return
        data = _png(image)
        self._bridge.submit(
            "render", N("job", "Adding files"), lambda _task: [self._desk.library.add_bytes("pasted.png", data)],
            self._added, self._not_added, self._stopped, owner=self,
        )  # fmt: skip

    def _added(self, added: list[Added]) -> None:
        self.add.set_busy(False)
        self.refused.show_remarks([(one.path.name, finding) for one in added for finding in one.findings])
        last: Asset | None = next((one.asset for one in added if one.asset is not None), None)
        self.reload()
        if last is not None:
            self.grid.choose(last.id)
        taken = sum(1 for one in added if one.asset is not None)
        if taken:
            self._toaster.show(tr("library", "%n files are in the library", n=taken))

    def _not_added(self, fault: BaseException) -> None:
        self.add.set_busy(False)
        self.refused.show_remarks([("", finding) for finding in findings_of(fault)])

    def _stopped(self) -> None:
        self.add.set_busy(False)
        self.reload()


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())
