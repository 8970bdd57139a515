"""The Draft pane: list, editor, preview and publish bar, and the open post that joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from studio.core.errors import NotFound
from studio.core.finding import Finding
from studio.services.words import say
from studio.ui.draft.post_list import PostList
from studio.ui.i18n import tr
from studio.ui.preview.pictures import Pictures
from studio.ui.relay import Relay
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import Pane, column, hairline
from studio.ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.actions import Action
    from studio.ui.draft.editor import Editor
    from studio.ui.draft.films import Films
    from studio.ui.draft.first_run import FirstRun
    from studio.ui.draft.intake import Intake
    from studio.ui.draft.neighbours import Neighbours
    from studio.ui.draft.open_post import OpenPost
    from studio.ui.draft.publish_bar import PublishBar
    from studio.ui.draft.results import Results
    from studio.ui.draft.sender import Sender
    from studio.ui.draft.shelf import Shelf
    from studio.ui.draft.way_out import WayOut
    from studio.ui.draft.writing import Writing
    from studio.ui.jobs import JobsBridge
    from studio.ui.preview.pages import Pages
    from studio.ui.preview.view import PreviewView
    from studio.ui.theme import Theme
    from studio.ui.toast import Toaster

LIST: Final = {1024: [0, 960], 1180: [240, 976], 1440: [280, 1096], 1920: [320, 1536]}
LATER: Final = frozenset(
    "editor preview results bar first intake outbound pages inner writing way_out shelf".split()
)
BREATH_MS: Final = 40  # the list is painted and takes a click before the desk is laid out
WORK: Final = {1024: [960, 0], 1180: [600, 376], 1440: [680, 416], 1920: [848, 688]}


class DraftPane(Pane):
    """The list stands first; the desk beside it is laid out once the list can be used, or when it is asked for.

    listed           the rows are on the screen; a moment later `ready`: the first post, or the first-run page, too
    laid             the desk is there: editor, preview, bar and their commands
    troubled         (Finding | None): why saving does not work
    accounts_asked   the person wants the Accounts pane
    story_asked      (delivery id) the person wants to see its story
    hand_asked       (delivery id) the person wants to post it by hand now
    handed           (delivery id) what they published is ready for their hand
    video_asked      (post id) the person wants to cut the post's video, or a new one for it
    """

    listed = Signal()
    laid = Signal()
    troubled = Signal(object)
    accounts_asked = Signal()
    story_asked = Signal(str)
    hand_asked = Signal(str)
    handed = Signal(str)
    video_asked = Signal(str)

    editor: Editor
    preview: PreviewView
    results: Results
    bar: PublishBar
    first: FirstRun
    intake: Intake
    outbound: Sender
    pages: QStackedWidget
    inner: Splitter
    writing: Writing
    way_out: WayOut
    shelf: Shelf
    films: Films | None = None
    neighbours: Neighbours
    articles: Pages | None = None

    def __init__(self, theme: Theme, desk: Desk, bridge: JobsBridge, toaster: Toaster) -> None:
        super().__init__(theme, "surface")
        self.desk, self.bridge, self.toaster = desk, bridge, toaster
        self._state = ViewState(desk.settings)
        self.open: OpenPost | None = None
        self.ready = self._read = self._laid = False
        self.pictures = Pictures(desk.library.thumbnail, self)
        self.list = PostList(theme, desk, bridge.submit, self.pictures)
        self.outer = Splitter(theme, "draft", self._state, LIST)
        self._side = QWidget()
        self.outer.add(self.list, 0, 200)
        self.outer.add(self._side, 1, 600)
        self.setLayout(column(self.outer, gap=0))
        self.list.loaded.connect(self._loaded)
        self.list.wanted.connect(self._wanted)
        self.list.chosen.connect(self.open_post)
        self.list.entered.connect(lambda _: self.editor.text.setFocus(Qt.FocusReason.OtherFocusReason))

    def __getattr__(self, name: str) -> Any:
        """A part of the desk that was not laid out yet is laid out now."""
        if name not in LATER or self._laid:
            raise AttributeError(name)
        self.lay()
        return getattr(self, name)

    def lay(self) -> None:
        """Lays out the desk beside the list; once."""
        if self._laid:
            return
        self._laid = True
        self._make()
        self._build()
        self._join()
        self._wire()
        self.retranslate()
        self.laid.emit()

    # what the window asks --------------------------------------------------------------------------------------

    def commands(self) -> list[Action]:
        """Everything a person can do here."""
        if not self._laid:
            return []
        from studio.ui.draft.commands import commands

        return commands(self)

    def regions(self) -> list[QWidget]:
        """List, editor, preview, bar."""
        if not self._laid:
            return [self.list]
        work = [self.editor, self.preview, self.bar] if self.pages.currentIndex() == 0 else [self.first]
        return [self.list, *work]

    def shown(self) -> None:
        """Each time the pane becomes current."""
        self.list.reload()

    def may_close(self) -> bool:
        """False when the last edits cannot be saved; the banner says why."""
        return self.open is None or self.open.session.flush() or self.desk.read_only

    def close_down(self) -> None:
        """Saves, and ends what runs beside the window."""
        if self.open is not None:
            self.open.close()
            self.open = None
        if self.films is not None:
            self.films.close()
        if self.articles is not None:
            self.articles.close()
        self.pictures.close()

    # the open post ---------------------------------------------------------------------------------------------

    def open_post(self, post_id: str) -> bool:
        """Opens a post; False when it is gone or the one that is open cannot be saved."""
        if self.open is not None and self.open.post.id == post_id:
            self.list.select(post_id)
            return True
        if not self._let_go():
            return False
        try:
            session = self.desk.session(post_id)
        except NotFound:
            self.list.reload()
            return False
        from studio.ui.draft.open_post import OpenPost

        self.lay()
        self.open = OpenPost(self.desk, session, self)
        self._state.set("draft/post", post_id)
        self.neighbours.without = post_id
        self.pages.setCurrentIndex(0)
        self.list.select(post_id)
        self.writing.show_post(self.open)
        self.way_out.show_post(self.open)
        self.troubled.emit(session.problem)
        return True

    def close_post(self) -> None:
        """Nothing is open; the first-run page or an empty editor shows."""
        if self._let_go():
            self.writing.show_nothing()
            self.pages.setCurrentIndex(1)

    def _let_go(self) -> bool:
        """Saves and closes the open post; False (and it stays) when it cannot be saved."""
        if self.open is None:
            return True
        if not self.open.session.flush() and not self.desk.read_only:
            self.list.select(self.open.post.id)
            return False
        self.open.close()
        self.open.deleteLater()
        self.open = None
        return True

    # inside ----------------------------------------------------------------------------------------------------

    def _wanted(self, what: str) -> None:
        self.shelf.wanted(what)  # asked for by name each time: the first time lays the desk

    def _make(self) -> None:
        from studio.ui.draft.editor import Editor
        from studio.ui.draft.first_run import FirstRun
        from studio.ui.draft.neighbours import Neighbours
        from studio.ui.draft.publish_bar import PublishBar
        from studio.ui.draft.results import Results
        from studio.ui.preview.view import PreviewView

        theme, desk = self.theme, self.desk
        self.editor = Editor(theme, self.pictures)
        self.neighbours = Neighbours(desk, self)
        self.preview = PreviewView(theme, desk.previews, desk.accounts, self.pictures, self._state, self.neighbours)
        self.preview.saver.bridge, self.preview.saver.say = self.bridge, self.toaster.show
        self.preview.saver.refuse = self.tell
        self.results = Results(theme)
        self.bar = PublishBar(theme)
        self.first = FirstRun(theme)
        self.pages = QStackedWidget()
        self.inner = Splitter(theme, "draft-work", self._state, WORK)

    def _join(self) -> None:
        """The pieces that act: each takes the pane it acts in."""
        from studio.ui.draft.films import Films
        from studio.ui.draft.intake import Intake
        from studio.ui.draft.sender import Sender
        from studio.ui.draft.shelf import Shelf
        from studio.ui.draft.way_out import WayOut
        from studio.ui.draft.writing import Writing
        from studio.ui.preview.pages import Pages
        from studio.ui.preview.reviewing import Reviewing

        self.intake = Intake(self.desk.library, self.bridge, self)
        self.outbound = Sender(self.desk, self.bridge, self)
        self.writing = Writing(self)
        self.way_out = WayOut(self)
        self.shelf = Shelf(self)
        self.films = Films(self, self._state)
        self.articles = Pages(self.preview, self.desk.library.thumbnail)
        self.reviewing = Reviewing(
            self.preview, self.theme, self.desk, self.bridge, self.toaster, self.tell, self._state)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.inner.add(self.editor, 1, 420)
        self.inner.add(self.preview, 0, 260)
        work = QWidget()
        layout = column(self.inner, self.results, hairline(), self.bar, gap=0)
        layout.setStretch(0, 1)
        work.setLayout(layout)
        self.pages.addWidget(work)
        self.pages.addWidget(self.first)
        self._side.setLayout(column(self.pages, gap=0))
        self.pages.setCurrentIndex(1)
        QWidget.setTabOrder(self.list, self.editor)
        QWidget.setTabOrder(self.editor, self.preview)
        QWidget.setTabOrder(self.preview, self.bar)

    def _wire(self) -> None:
        desk = self.desk
        Relay(desk.posts.changed, self._post_changed, self)
        Relay(desk.accounts.changed, lambda _: self._accounts_changed(), self)
        Relay(desk.publishing.changed, lambda _: self._delivered(), self)
        Relay(desk.calendar.changed, lambda _: self._delivered(), self)
        Relay(desk.library.changed, self._library_changed, self)
        self.intake.refused.connect(self.tell)
        self.preview.picked.connect(self.writing.open_tab)

    def _loaded(self) -> None:
        """Opens the post that was open last time, else the newest; with none the first-run page shows."""
        first, self._read = not self._read, True
        if first:
            self.list.view.viewport().repaint()  # the list can be used before a post is opened beside it
        self.listed.emit()
        if self.open is not None or self.list.filtered:
            self.ready = True
            return
        kept = str(self._state.get("draft/post", "")) if first else ""
        QTimer.singleShot(BREATH_MS if first else 0, self, lambda: self._open_first(kept))

    def _open_first(self, kept: str) -> None:
        """`kept` when it is still there, else the newest; the first-run page when there is nothing but the sample."""
        self.lay()
        self.ready = True
        ids = self.list.model.ids()
        if self.open is not None or (kept and self.open_post(kept)):
            return
        if ids and (kept or ids != [self._state.get("draft/sample", "")]):
            self.open_post(ids[0])
        else:
            self.close_post()

    def _post_changed(self, post_id: str) -> None:
        """The open post was saved: its row alone is drawn anew. Anything else: the list is read again."""
        post = self.open
        if post is not None and post.post.id == post_id:
            platforms = tuple(account.platform for account in post.accounts())
            if self.list.show_saved(post.post, platforms):
                return
        self.list.reload_soon()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files let fall beside the editor become posts."""
        from studio.ui.draft.text_box import local_files

        if local_files(event.mimeData()) and not self.desk.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Markdown and folders are imported; pictures start a new post."""
        from studio.ui.draft.text_box import local_files

        self.shelf.take_in(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _accounts_changed(self) -> None:
        if self.open is not None:
            self.open.reload_accounts()

    def _delivered(self) -> None:
        self.list.reload_soon()
        self.way_out.reload()

    def _library_changed(self, media: str) -> None:
        if media and self.pictures.failed(media):
            self.pictures.forget(media)

    def tell(self, findings: list[Finding]) -> None:
        """Findings that belong to no field: the first in words, and how many more there are."""
        if findings:
            words = say(findings[0], self.theme.language.code)
            more = len(findings) - 1
            self.toaster.show(words + (" " + tr("draft", "(and %n more)", n=more) if more else ""))

    def retranslate(self) -> None:
        """What is made from the post is said again."""
        if self.open is not None:
            self.writing.say_again()
            self.way_out.reload()

    def toggle_preview(self) -> None:
        """Ctrl+Shift+P."""
        self.preview.setVisible(not self.preview.isVisible())

    def discard(self) -> None:
        """Closes the open post before it is deleted."""
        self._let_go()
