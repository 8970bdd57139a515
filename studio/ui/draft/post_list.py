"""The column of posts: search, filter by state, and the list; rows are read in a job and shown all at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStackedWidget, QWidget

from studio.core.delivery import State
from studio.core.post import Post
from studio.ui import moments
from studio.ui.draft.row_painter import RowPainter
from studio.ui.draft.rows import Item, PostRows, Row, arrange, row_of
from studio.ui.i18n import N, tr
from studio.ui.widgets.base import Live, column, ground, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.empty import EmptyState
from studio.ui.widgets.field import SearchField
from studio.ui.widgets.label import Label
from studio.ui.widgets.menu import add, menu
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.services.desk import Desk
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme

Submit = Callable[..., Any]
"""`JobsBridge.submit`: (lane, name, work, done=..., failed=..., owner=...)."""
FILTERS: Final = (
    State.DRAFT, State.SCHEDULED, State.PUBLISHED, State.UNCONFIRMED, State.WAITING, State.FAILED, State.MISSED,
)  # fmt: skip
AGAIN_MS: Final = 250
FIRST: Final = 200  # posts that are shown at once when there are many more; the others follow


class _View(QListView):
    """Enter opens; a right click asks for the menu of that row."""

    entered_row = Signal(QModelIndex)
    menu_wanted = Signal(QPoint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Menu:
            self.menu_wanted.emit(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(event.position().toPoint())
        super().mouseReleaseEvent(event)


class PostList(Live, QWidget):
    """chosen(post id): the person went to a post. wanted: "new", "duplicate" or "delete". loaded: rows are shown."""

    chosen = Signal(str)
    entered = Signal(str)
    wanted = Signal(str)
    loaded = Signal()

    def __init__(self, theme: Theme, desk: Desk, submit: Submit, pictures: Pictures) -> None:
        super().__init__()
        self._theme, self._desk, self._submit = theme, desk, submit
        self._state: State | None = None
        self._turn, self._total, self._want = 0, 0, ""
        self._zone = ZoneInfo("UTC")  # the person's, as soon as there are rows
        self._quiet = False
        self.title = Label("", "heading")
        self.count = QLabel()
        self.filter = ToolButton(theme, "list-filter", checkable=False)
        self.new = ToolButton(theme, "square-pen", shortcut="Ctrl+N")
        self.search = SearchField(theme)
        self.view = _View()
        self.model = PostRows(self)
        self.none = EmptyState(theme, "search", kind="secondary")
        self.pages = QStackedWidget()
        self._again = QTimer(self)
        self._build(pictures)
        self.retranslate()

    # what others ask -------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many posts there are in the workspace, as last read."""
        return self._total

    @property
    def filtered(self) -> bool:
        """True while a search or a state narrows the list."""
        return bool(self.search.text().strip()) or self._state is not None

    def current(self) -> str:
        """Id of the chosen post, "" for none."""
        index = self.view.currentIndex()
        item = self.model.item(index) if index.isValid() else None
        return item.row.id if item and item.row else ""

    def reload(self, select: str = "") -> None:
        """Reads the rows again, in a job, the very first time only the newest. select: where to stand afterwards."""
        self._want = select or self._want
        self._turn += 1
        turn, query, state = self._turn, self.search.text().strip(), self._state
        limit = None if self._total or query or state else FIRST
        zone = self._zone = ZoneInfo(moments.zone_name(self._desk.settings.get("zone")))

        def work(task: object) -> tuple[int, list[Item], int]:
            rows = self._desk.posts.list(query, state=state, limit=limit)
            whole = not query and state is None and len(rows) != limit
            total = len(rows) if whole else self._desk.posts.count()
            return turn, arrange(rows, datetime.now(UTC), zone), total

        self._submit("store", N("draft", "Reading the posts"), work, done=self._show, owner=self)

    def show_saved(self, post: Post, platforms: tuple[str, ...]) -> bool:
        """Shows the open post as it was just saved, in its place; False when it is not listed."""
        index = self.model.place(post.id)
        before = self.model.item(index).row if index.isValid() else None
        return before is not None and self.model.replace_row(row_of(post, platforms, before))

    def reload_soon(self) -> None:
        """The same, a moment later and once for many changes."""
        self._again.start()

    def select(self, post_id: str) -> None:
        """Stands on a post without telling `chosen`."""
        self._want = post_id
        index = self.model.place(post_id)
        if index.isValid() and index != self.view.currentIndex():
            self._quiet = True
            mode = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(index, mode)
            self._quiet = False
            self.view.scrollTo(index)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def clear_filter(self) -> None:
        """Shows everything again."""
        self.search.clear()
        self.set_state(None)

    def set_state(self, state: State | None) -> None:
        """Shows only posts in this state; None for all."""
        self._state = state
        self.filter.set_dot(state is not None)
        self.reload()

    # inside ----------------------------------------------------------------------------------------------------

    def _build(self, pictures: Pictures) -> None:
        ground(self, "sunken")
        self.count.setProperty("role", "small")
        self.count.setProperty("tone", "text-3")
        painter = RowPainter(self._theme, pictures, self._desk.accounts.platform, self._when, self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(painter)
        self.view.setMouseTracking(True)
        self.view.setFrameShape(QListView.Shape.NoFrame)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        ground(self.view.viewport(), "none")
        overlay_bars(self._theme, self.view)
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.none)
        head = row(self.title, self.count, None, self.filter, self.new, gap=8, margins=(16, 0, 12, 0))
        top = QWidget()
        top.setFixedHeight(self._theme.px(52))
        top.setLayout(head)
        search = column(self.search, margins=(12, 0, 12, 6))
        self.setLayout(column(top, search, self.pages, gap=0))
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.reload)
        self.search.searched.connect(lambda _: self.reload())
        self.filter.clicked.connect(self._choose_state)
        self.new.clicked.connect(lambda: self.wanted.emit("new"))
        self.none.acted.connect(self.clear_filter)
        self.view.selectionModel().currentChanged.connect(self._moved)
        self.view.entered_row.connect(lambda _: self.entered.emit(self.current()))
        self.view.doubleClicked.connect(lambda _: self.entered.emit(self.current()))
        self.view.menu_wanted.connect(self._menu)
        pictures.changed.connect(lambda _: self.view.viewport().update())

    def _show(self, result: tuple[int, list[Item], int]) -> None:
        turn, items, self._total = result
        if turn != self._turn:
            return
        keep, top = self._want or self.current(), self.view.verticalScrollBar().value()
        self._quiet = True
        self.model.set_items(items)
        self._quiet = False
        self.view.verticalScrollBar().setValue(top)
        self.select(keep)
        self._count()
        self.pages.setCurrentIndex(1 if not items and self.filtered else 0)
        self.loaded.emit()
        if len(self.model.ids()) == FIRST < self._total and not self.filtered:
            self.reload_soon()

    def _moved(self, current: QModelIndex, _: QModelIndex) -> None:
        if not self._quiet and current.isValid() and (id := self.current()):
            self._want = id
            self.chosen.emit(id)

    def _when(self, line: Row) -> str:
        """Scheduled rows show their time instead of the word."""
        if line.state is not State.SCHEDULED or line.at is None:
            return ""
        return moments.moment(line.at, self._zone, self._theme.language.code)

    def _count(self) -> None:
        self.count.setText(str(self._total) if self._total else "")

    def _choose_state(self) -> None:
        chooser = menu(self)
        everything = add(chooser, self._theme, tr("draft", "All posts"), "", lambda: self.set_state(None))
        everything.setCheckable(True)
        everything.setChecked(self._state is None)
        chooser.addSeparator()
        for state in FILTERS:
            look = self._theme.state(state.value)
            entry = add(chooser, self._theme, look.words, look.icon, partial(self.set_state, state))
            entry.setCheckable(True)
            entry.setChecked(self._state is state)
        chooser.popup(self.filter.mapToGlobal(QPoint(0, self.filter.height() + 4)))

    def _menu(self, at: QPoint) -> None:
        index = self.view.indexAt(at)
        if not index.isValid() or not self.current():
            return
        chooser = menu(self)
        may = not self._desk.read_only
        for key, text, icon, danger in (
            ("duplicate", tr("draft", "Duplicate"), "copy", False),
            ("delete", tr("draft", "Delete…"), "trash-2", True),
        ):
            entry = add(chooser, self._theme, text, icon, partial(self.wanted.emit, key), danger=danger)
            entry.setEnabled(may)
        chooser.popup(self.view.viewport().mapToGlobal(at))

    def retranslate(self) -> None:
        self.title.setText(tr("draft", "Drafts"))
        self.filter.set_tip(tr("draft", "Show by state"))
        self.new.set_tip(tr("draft", "New draft"))
        self.search.setPlaceholderText(tr("draft", "Search title, text, tags"))
        self.search.setAccessibleName(tr("draft", "Search posts"))
        self.view.setAccessibleName(tr("draft", "Posts"))
        self.none.say(tr("draft", "No post matches this search."), tr("draft", "Show all posts"))
        self.view.viewport().update()

    def restyle(self) -> None:
        self.view.doItemsLayout()

    def sizeHint(self) -> QSize:
        """280 px wide."""
        return QSize(280, 600)


