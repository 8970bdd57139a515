"""The grid of thumbnails: thousands of files, painted, loaded a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.core.asset import Asset
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs, paint_cover
from studio.ui.library.words import duration, kind_icon
from studio.ui.text import paint_line
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
PAGE = 300
Fetch = Callable[[int, int], list[Asset]]


class AssetModel(QAbstractListModel):
    """Files, newest first; more are read as one scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.assets: list[Asset] = []
        self._fetch: Fetch | None = None
        self._more = False

    def show(self, fetch: Fetch, at_least: int = PAGE) -> None:
        """Show what `fetch(limit, offset)` gives, at least this many at first."""
        self.beginResetModel()
        self._fetch = fetch
        first = max(PAGE, at_least)
        self.assets = fetch(first, 0)
        self._more = len(self.assets) == first
        self.endResetModel()

    def replace(self, asset: Asset) -> None:
        """One file changed (its alt text)."""
        row = self.row_of(asset.id)
        if row >= 0:
            self.assets[row] = asset
            self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, id: str) -> int:
        """Where a file is; -1 when it is not shown."""
        return next((n for n, asset in enumerate(self.assets) if asset.id == id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """How many were read."""
        return 0 if parent.isValid() else len(self.assets)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be more."""
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Read the next page."""
        if self._fetch is None:
            return
        found = self._fetch(PAGE, len(self.assets))
        self._more = len(found) == PAGE
        if found:
            start = len(self.assets)
            self.beginInsertRows(QModelIndex(), start, start + len(found) - 1)
            self.assets += found
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for screen readers, the file for the delegate."""
        if not index.isValid():
            return None
        asset = self.assets[index.row()]
        if role == ROW:
            return asset
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{asset.name}. {asset.alt or tr('library', 'No alt text')}"
        return asset.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None


class AssetDelegate(QStyledItemDelegate):
    """A tile: the picture, its name below; ALT and the duration on it."""

    def __init__(self, theme: Theme, thumbs: Thumbs, view: Grid) -> None:
        super().__init__(view)
        self._theme, self._thumbs, self._view = theme, thumbs, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All tiles are the same, so thousands lay out at once."""
        return self._view.tile()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile."""
        theme, asset = self._theme, index.data(ROW)
        rect = QRectF(option.rect).adjusted(6, 6, -6, -6)
        picture = QRectF(rect.left(), rect.top(), rect.width(), rect.height() - theme.line("small") - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._picture(painter, picture, asset)
        self._marks(painter, picture, asset)
        below = QRectF(rect.left() + 2, picture.bottom() + 4, rect.width() - 4, theme.line("small"))
        paint_line(painter, theme, below, asset.name, "small", "text")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ring = has_ring(self._view) and self._view.currentIndex().row() == index.row()
        if chosen or ring or option.state & QStyle.StateFlag.State_MouseOver:
            strong = chosen or ring
            painter.setPen(QPen(theme.color("focus" if strong else "line-2"), 2 if strong else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            out = 3 if strong else 0.5
            painter.drawRoundedRect(picture.adjusted(-out, -out, out, out), 10, 10)

    def _picture(self, painter: QPainter, rect: QRectF, asset: Asset) -> None:
        found = self._thumbs.get(asset.id)
        if found is not None:
            paint_cover(painter, found, rect, 8)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(rect, 8, 8)
        self._theme.draw_icon(painter, rect, kind_icon(asset.probe.kind), 20, "text-3")

    def _marks(self, painter: QPainter, rect: QRectF, asset: Asset) -> None:
        if asset.probe.duration is not None:
            self._label(painter, rect, duration(asset.probe.duration), False)
        elif asset.probe.kind == "image":
            self._label(painter, rect, "ALT", not asset.alt)

    def _label(self, painter: QPainter, rect: QRectF, words: str, warn: bool) -> None:
        """Bottom right: 10 px figures on ink, or amber where the alt text is missing."""
        theme = self._theme
        wide, high = theme.width("badge", words) + 10.0, float(theme.px(17))
        place = QRectF(rect.right() - wide - 5, rect.bottom() - high - 5, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warn-tint") if warn else theme.color("scrim").darker())
        if not warn:
            ink = theme.color("stage" if theme.dark else "text")
            ink.setAlphaF(0.72)
            painter.setBrush(ink)
        painter.drawRoundedRect(place, 4, 4)
        tone = theme.color("warn") if warn else theme.color("on-accent")
        paint_line(painter, theme, place, words, "badge", tone, 600, Qt.AlignmentFlag.AlignHCenter)


class Grid(QListView):
    """chosen(id): another file is current ("" for none). opened(id): Enter or double click. deleted(id): Delete."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme = theme
        self.rows = AssetModel()
        self.setModel(self.rows)
        self.setItemDelegate(AssetDelegate(theme, thumbs, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(500)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        overlay_bars(theme, self)
        thumbs.ready.connect(self._redraw)
        self.selectionModel().currentChanged.connect(lambda now, _: self.chosen.emit(self.id_at(now)))
        self.activated.connect(lambda index: self.opened.emit(self.id_at(index)))

    def tile(self) -> QSize:
        """Tiles share the width: about 170 px each."""
        room = max(170, self.viewport().width() - 4)
        wide = room // max(1, room // self._theme.px(172))
        return QSize(wide, round(wide * 0.78) + self._theme.line("small") + 8)

    def id_at(self, index: Index) -> str:
        """The file of a place; ""."""
        return self.rows.assets[index.row()].id if index.isValid() else ""

    @property
    def current(self) -> str:
        """The file that is chosen; ""."""
        return self.id_at(self.currentIndex())

    def choose(self, id: str) -> bool:
        """Make a file current; False when it is not shown."""
        row = self.rows.row_of(id)
        if row >= 0:
            self.setCurrentIndex(self.rows.index(row))
        return row >= 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _redraw(self, id: str) -> None:
        row = self.rows.row_of(id)
        if row >= 0:
            self.update(self.rows.index(row))
