"""The list of posts as a model: groups by day, one row each, ten thousand at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.core.delivery import State
from studio.core.post import Post
from studio.ui.i18n import tr

Index = QModelIndex | QPersistentModelIndex
ROW: Final = Qt.ItemDataRole.UserRole
GROUP: Final = Qt.ItemDataRole.UserRole + 1


class Row(Protocol):
    """What a list shows of a post (`services.posts.Posts.list`)."""

    @property
    def id(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def thumb(self) -> str: ...
    @property
    def platforms(self) -> tuple[str, ...]: ...
    @property
    def state(self) -> State: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def pictures(self) -> int: ...
    @property
    def updated(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the list: a post, or (row None) the head of a group."""

    row: Row | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A row made from the open post, so that a save does not read the whole list again."""

    id: str
    heading: str
    thumb: str
    platforms: tuple[str, ...]
    state: State
    at: datetime | None
    pictures: int
    updated: datetime


def row_of(post: Post, platforms: tuple[str, ...], before: Row) -> OwnRow:
    """How the list shows `post` now; its state is that of the row before."""
    thumb = next((m.media for m in post.media if m.kind in ("image", "video")), "")
    return OwnRow(
        post.id, post.heading[:120], thumb, tuple(dict.fromkeys(platforms)), before.state, before.at, len(post.media),
        post.updated,
    )


def group_of(moment: datetime, now: datetime, zone: tzinfo) -> str:
    """today, week (since Monday) or earlier, on the clock of `zone`."""
    today = now.astimezone(zone).date()
    day = moment.astimezone(zone).date()
    if day >= today:
        return "today"
    return "week" if day >= today - timedelta(days=today.weekday()) else "earlier"


def arrange(rows: Sequence[Row], now: datetime, zone: tzinfo) -> list[Item]:
    """Rows (newest first) under the heads of their groups."""
    items: list[Item] = []
    last = ""
    for row in rows:
        # once it is "earlier" the rest is too: no date arithmetic for the ten thousandth row
        group = last if last == "earlier" else group_of(row.updated, now, zone)
        if group != last:
            items.append(Item(None, group))
            last = group
        items.append(Item(row))
    return items


def group_word(group: str) -> str:
    """The head of a group in the language in use."""
    return {
        "today": tr("draft", "Today"), "week": tr("draft", "This week"), "earlier": tr("draft", "Earlier"),
    }[group]  # fmt: skip


def title_of(row: Row) -> str:
    """The row's heading, or what stands for one."""
    return row.heading or tr("draft", "Untitled")


class PostRows(QAbstractListModel):
    """`set_items` replaces everything; heads of groups cannot be selected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []
        self._places: dict[str, int] = {}

    def set_items(self, items: list[Item]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self._items = items
        self._places = {item.row.id: n for n, item in enumerate(items) if item.row is not None}
        self.endResetModel()

    def items(self) -> Sequence[Item]:
        """All lines, in order."""
        return self._items

    def item(self, index: Index) -> Item:
        """The line at an index."""
        return self._items[index.row()]

    def place(self, post_id: str) -> QModelIndex:
        """Where a post is; an invalid index when it is not listed."""
        number = self._places.get(post_id)
        return QModelIndex() if number is None else self.index(number)

    def ids(self) -> list[str]:
        """Ids of the listed posts, in order."""
        return list(self._places)

    def replace_row(self, row: Row) -> bool:
        """Shows a changed post in its place; False when it is not listed."""
        number = self._places.get(row.id)
        if number is None:
            return False
        self._items[number] = Item(row)
        self.dataChanged.emit(self.index(number), self.index(number))
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        """Lines, heads included."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usable if index.isValid() and self.item(index).row is not None else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The line itself under ROW; its words for screen readers and type-ahead."""
        if not index.isValid():
            return None
        item = self.item(index)
        if role == ROW:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return group_word(item.group) if item.row is None else title_of(item.row)
        return None
