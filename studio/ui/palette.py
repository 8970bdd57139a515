"""Ctrl+K: everything a person can do or open, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.actions import Action, keys_of, perform
from studio.ui.i18n import said, tr
from studio.ui.matching import Match, match
from studio.ui.shadow import Floating
from studio.ui.text import paint_line, put
from studio.ui.widgets.base import Live, column, hairline
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.scroll import overlay_bars

if TYPE_CHECKING:
    from studio.ui.theme import Theme

WIDTH, FIELD, ROW, MOST, TALLEST = 560, 44, 36, 60, 10
KINDS = ("action", "draft", "account", "setting", "tag")
FILTERS = {">": ("action",), "@": ("account",), "#": ("tag", "draft")}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing the palette can offer: a draft, an account, a setting, a tag, or an action.

    title     what is searched and shown      context   grey words after it
    run       what Enter does                 keys      shortcut as shown
    disc      (initial, colour) instead of an icon, for accounts
    """

    id: str
    title: str
    run: Callable[[], object]
    kind: str = "action"
    icon: str = ""
    context: str = ""
    keywords: str = ""
    keys: str = ""
    disc: tuple[str, str] | None = None
    found: Match = field(default_factory=lambda: Match(0))


Finder = Callable[[str], Iterable[Hit]]
"""Given what was typed (without a filter sign), the drafts, accounts, ... to offer. Should be quick."""


def hit_of(action: Action) -> Hit:
    """An action as the palette shows it."""
    context = said(action.context) if action.context else ""
    return Hit(action.id, said(action.text), lambda: perform(action), "action", action.icon, context,
               f"{action.keywords} {action.text.text}", keys_of(action))  # fmt: skip


def search(typed: str, actions: Iterable[Action], finders: Sequence[Finder]) -> list[Hit]:
    """What to offer for `typed`, best first within actions, drafts, accounts, settings."""
    sign = typed[:1] if typed[:1] in FILTERS else ""
    query = typed[len(sign) :].strip()
    kinds = FILTERS.get(sign, KINDS)
    offered = [hit_of(action) for action in actions if action.enabled_when()] if "action" in kinds else []
    if set(kinds) & set(KINDS[1:]):
        offered += [hit for finder in finders for hit in finder(query)]
    found = [
        Hit(hit.id, hit.title, hit.run, hit.kind, hit.icon, hit.context, hit.keywords, hit.keys, hit.disc, how)
        for hit in offered
        if hit.kind in kinds and (how := match(query, hit.title, hit.keywords)) is not None
    ]
    found.sort(key=lambda hit: (KINDS.index(hit.kind), -hit.found.score))
    return found[:MOST]


class _Model(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self.hits[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return hit.title if not hit.keys else f"{hit.title} ({hit.keys})"
        return None


class _Row(QStyledItemDelegate):
    """Paints icon, name with the matched letters in bold, context, shortcut."""

    def __init__(self, theme: Theme, model: _Model) -> None:
        super().__init__(model)
        self._theme, self._model = theme, model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, self._theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit, theme = self._model.hits[index.row()], self._theme
        rect = QRectF(option.rect).adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(rect, 7, 7)
        place = QRectF(rect.left() + 10, rect.top(), theme.icon_size(16), rect.height())
        if hit.disc is not None:
            side = theme.icon_size(16)
            disc = QRectF(place.left(), rect.center().y() - side / 2, side, side)
            theme.draw_disc(painter, disc, *hit.disc)
        elif hit.icon:
            theme.draw_icon(painter, place, hit.icon, 16, "text-2")
        right = rect.right() - 12
        if hit.keys:
            width = theme.width("small", hit.keys) + 2
            line = QRectF(right - width, rect.top(), width, rect.height())
            paint_line(painter, theme, line, hit.keys, "small", "text-2")
            right -= width + 16
        left = place.right() + 10
        left += self._name(painter, QRectF(left, rect.top(), right - left, rect.height()), hit) + 10
        if hit.context and right - left > 40:
            room = QRectF(left, rect.top(), right - left, rect.height())
            paint_line(painter, theme, room, hit.context, "small", "text-2")
        painter.restore()

    def _name(self, painter: QPainter, rect: QRectF, hit: Hit) -> float:
        """The name, matched letters 600; gives its width."""
        plain, bold = self._theme.font("body"), self._theme.font("body", 600)
        x = rect.left()
        painter.setPen(self._theme.color("text"))
        for text, strong in runs(hit.title, hit.found.letters):
            font = bold if strong else plain
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, rect.right() - x))
            painter.setFont(font)
            width = metrics.horizontalAdvance(shown)
            put(painter, QRectF(x, rect.top(), width, rect.height()), shown)
            x += width
            if shown != text:
                break
        return x - rect.left()


def runs(text: str, letters: Iterable[int]) -> list[tuple[str, bool]]:
    """`text` cut into stretches of matched and other letters."""
    marked, result = set(letters), list[tuple[str, bool]]()
    for number, letter in enumerate(text):
        strong = number in marked
        if result and result[-1][1] == strong:
            result[-1] = (result[-1][0] + letter, strong)
        else:
            result.append((letter, strong))
    return result


class Palette(Live, QWidget):
    """The palette over a window. `open_over(window)`; Enter does the selected thing, Esc leaves."""

    def __init__(self, theme: Theme, actions: Callable[[], Sequence[Action]], finders: Sequence[Finder]) -> None:
        super().__init__()
        self._theme, self._actions, self._finders = theme, actions, finders
        self._before: QWidget | None = None
        self._panel = Floating(theme, self, 12)
        self.field = Field(theme, "search", kind="bare")
        self.field.setProperty("ring", 0)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._model = _Model(self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Row(theme, self._model))
        self.list.setMouseTracking(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(lambda index: self._do(index.row()))
        self.list.entered.connect(self.list.setCurrentIndex)
        overlay_bars(theme, self.list)
        self._nothing = Label("", "body", "text-2")
        self._nothing.setContentsMargins(18, 10, 18, 12)
        self._hint = Label("", "caption", "text-3")
        self._hint.setContentsMargins(18, 6, 18, 8)
        self._panel.setLayout(column(
            self.field, hairline(), 4, self.list, self._nothing, 4, hairline(), self._hint,
            gap=0, margins=self._panel.margins(),
        ))  # fmt: skip
        self.hide()
        self.retranslate()

    @property
    def hits(self) -> list[Hit]:
        """What is offered now."""
        return self._model.hits

    def retranslate(self) -> None:
        """All words of the palette."""
        self.field.setPlaceholderText(tr("palette", "Type what you want to do or open"))
        self.field.setAccessibleName(tr("palette", "Type what you want to do or open"))
        self.list.setAccessibleName(tr("palette", "Found"))
        self._hint.setText(tr("palette", "> actions only   @ accounts   # tags"))

    def open_over(self, window: QWidget, typed: str = "") -> None:
        """Show over `window`, with `typed` already in the field."""
        self._before = QApplication.focusWidget()
        self.setParent(window)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.field.setText(typed)
        self._search(typed)
        self.show()
        self.raise_()
        self._place()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Hide and give the focus back."""
        if not self.isVisible():
            return
        if (window := self.parentWidget()) is not None:
            window.removeEventFilter(self)
        self.hide()
        try:
            if self._before is not None and self._before.isVisible():
                self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        except RuntimeError:  # what had the focus is gone
            self._before = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size; move in the list while the caret stays in the field."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget) and watched is self.parentWidget():
            self.setGeometry(watched.rect())
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the panel leaves."""
        if not self._panel.inner().translated(self._panel.pos()).contains(event.position().toPoint()):
            self.leave()

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab moves in the list, as the arrows do."""
        self._step(1 if onwards else -1)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window below stays as it is: no scrim."""

    def _key(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        count = len(self._model.hits)
        if not count:
            return
        at = self.list.currentIndex().row() + by
        at = at % count if abs(by) == 1 else max(0, min(count - 1, at))
        self.list.setCurrentIndex(self._model.index(at))

    def _do(self, row: int) -> None:
        if 0 <= row < len(self._model.hits):
            hit = self._model.hits[row]
            self.leave()
            hit.run()

    def _search(self, typed: str) -> None:
        hits = search(typed, self._actions(), self._finders)
        self._model.show(hits)
        self.list.setCurrentIndex(self._model.index(0))
        self._nothing.setText(tr("palette", "Nothing found for “{words}”", words=typed.strip()))
        self._nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))
        self._place()

    def _place(self) -> None:
        theme = self._theme
        self.field.setFixedHeight(theme.px(FIELD))
        self.field.setContentsMargins(8, 0, 8, 0)
        rows = min(len(self._model.hits), TALLEST, max(3, (self.height() // 2) // theme.px(ROW)))
        self.list.setFixedHeight(rows * theme.px(ROW))
        width = min(round(WIDTH * min(1.4, max(1.0, theme.scale))), self.width() - 32)
        body = self._nothing.sizeHint().height() if not rows else rows * theme.px(ROW)
        height = theme.px(FIELD) + body + self._hint.sizeHint().height() + 10
        top = max(24, min(self.height() // 6, 120))
        self._panel.set_inner(QRect(QPoint((self.width() - width) // 2, top), QSize(width, height)))
