"""What clients said about one card: numbered marks on it, and a list below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.accounts.parts import Icon
from studio.ui.i18n import tr
from studio.ui.moments import ago
from studio.ui.widgets.base import column, hairline, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.services.reviews import Seen
    from studio.ui.preview.canvas import CardCanvas
    from studio.ui.theme import Theme

MOST: Final = 30  # comments below one card; a link shows the rest
SIDE: Final = 22  # px of a mark
VERDICTS: Final = {"approved": ("circle-check", 14, "good"), "changes": ("circle-alert", 14, "warn")}


@dataclass(frozen=True, slots=True)
class Clock:
    """What moments are told by."""

    zone: tzinfo
    language: str

    def say(self, at: datetime) -> str:
        """How long ago, up to a day; then the day."""
        return ago(at, datetime.now(UTC), self.zone, self.language)


class Mark(QAbstractButton):
    """A number at the place a comment is about. A click, or Enter, goes to the comment."""

    def __init__(self, theme: Theme, canvas: QWidget, number: int, seen: Seen) -> None:
        super().__init__(canvas)
        self._theme, self._number = theme, number
        self.point = seen.remark.point or (0.0, 0.0)
        self._settled = seen.remark.resolved is not None
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", SIDE // 2)
        self.setAccessibleName(tr("reviewing", "Comment {number}: {said}", number=number, said=seen.remark.text[:80]))

    def place(self, width: int, height: int) -> None:
        """At its point of a card of that size, px; all of it stays on the card."""
        x, y = self.point[0] * width - SIDE / 2, self.point[1] * height - SIDE / 2
        self.move(round(min(max(0.0, x), width - SIDE)), round(min(max(0.0, y), height - SIDE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A disc with its number; grey when it is settled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        disc = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(QColor("white"), 2))
        painter.setBrush(self._theme.color("text-3" if self._settled else "accent"))
        painter.drawEllipse(disc)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(QColor("white"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


class Badge(Link):
    """How many comments there are; shows and hides the list. A filled disc says that some are open."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", icon="message-square", tall=True)
        self.setCheckable(True)
        self.setChecked(True)
        self.waits = 0

    def say(self, every: int, waits: int) -> None:
        """every: all of them; waits: those that are open."""
        self.waits = waits
        said = tr("reviewing", "%n comments", n=every)
        more = tr("reviewing", "%n open", n=waits) if waits else tr("reviewing", "all settled")
        self.setText(f"{said} · {more}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the disc."""
        hint = super().sizeHint()
        return QSize(hint.width() + 14, hint.height())

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, then the disc."""
        super().paintEvent(event)
        if self.waits:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("warn"))
            painter.drawEllipse(QPointF(self.width() - 6, self.height() / 2), 3.5, 3.5)


class RemarkItem(QWidget):
    """One comment; its number is that of its mark, 0 for none.

    settled(bool): it is to be settled, or opened again. deleted: it is to be forgotten
    """

    settled = Signal(bool)
    deleted = Signal()

    def __init__(self, theme: Theme, number: int, seen: Seen, clock: Clock, may_write: bool) -> None:
        super().__init__()
        self.seen, remark = seen, seen.remark
        done = remark.resolved is not None
        tone = "text-3" if done else "text"
        head = Label(_head(number, seen, clock), "caption", "text-2", wrap=True)
        self.text = Label(said_text(seen), "small", tone, wrap=True)
        settle = Link(theme, tr("reviewing", "Open again") if done else tr("reviewing", "Settle"))
        drop = Link(theme, tr("reviewing", "Delete"))
        settle.clicked.connect(lambda: self.settled.emit(not done))
        drop.clicked.connect(self.deleted)
        self.acts = (settle, drop)
        for link in self.acts:
            link.setAccessibleDescription(self.text.text())
        verdict = [Icon(theme, *VERDICTS[remark.verdict])] if remark.verdict else []
        said = row(*verdict, self.text, gap=6)
        for icon in verdict:
            said.setAlignment(icon, Qt.AlignmentFlag.AlignTop)
        said.setStretch(len(verdict), 1)
        self.older = Label(tr("reviewing", "About an older version"), "caption", "warn")
        self.setLayout(column(hairline(), head, said, self.older, row(settle, drop, None, gap=12), gap=3))
        self.older.setVisible(seen.older)
        for link in self.acts:
            link.setVisible(may_write)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", 4)
        self.setAccessibleName(f"{head.text()} {self.text.text()}")


class Remarks(QWidget):
    """All comments on one card, below it.

    settled(key, bool), deleted(key), rest_asked: what a person asks for. relaid: it is higher or lower now
    """

    settled = Signal(str, bool)
    deleted = Signal(str)
    rest_asked = Signal()
    relaid = Signal()

    def __init__(self, theme: Theme, canvas: CardCanvas) -> None:
        super().__init__()
        self._theme, self._canvas = theme, canvas
        self.badge = Badge(theme)
        self.more = Link(theme, "")
        self.rest = Link(theme, "")
        self.marks: list[Mark] = []
        self.items: list[RemarkItem] = []
        self._every: tuple[Seen, ...] = ()
        self._shown: object = None
        self._most = MOST
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setLayout(column(row(self.badge, None), self._list, self.more, self.rest, gap=4, margins=(0, 4, 0, 4)))
        self.badge.toggled.connect(lambda _: self._fold())
        self.more.clicked.connect(self._all)
        self.rest.clicked.connect(self.rest_asked)
        self.hide()

    def show_remarks(self, every: Sequence[Seen], clock: Clock, may_write: bool = True, rest: int = 0) -> None:
        """Shows these; with none it takes no room. Nothing is made anew when they are the same.

        rest   how many there are on other surfaces of the same account
        """
        now = (tuple((seen.key, seen.remark) for seen in every), clock, self._most, may_write, rest)
        if now == self._shown:
            self._age(tuple(every))
            return
        self._shown, self._every, self._clock, self._may, self._rest = now, tuple(every), clock, may_write, rest
        self._make()

    def place_marks(self) -> None:
        """Where they belong on the card as it is painted now."""
        for mark in self.marks:
            mark.place(self._canvas.width(), self._canvas.height())

    def go_to(self, item: RemarkItem) -> None:
        """That comment gets the focus."""
        self.badge.setChecked(True)
        item.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _make(self) -> None:
        """An item each, the first `most` of them, and a mark for each that has a place."""
        used = in_use(self.items)
        self._clear()
        number = 0
        for seen in self._every[: self._most]:
            number += bool(seen.remark.text)  # as in the client's page: a verdict alone has none
            item = self._item(number if seen.remark.text else 0, seen)
            self._list.addWidget(item)
            if seen.remark.point is not None and seen.remark.text:
                self._mark(number, seen, item)
        self.place_marks()
        self.badge.say(len(self._every), sum(seen.open for seen in self._every))
        self.more.setText(tr("reviewing", "Show all"))
        self.rest.setText(tr("reviewing", "%n on other surfaces", n=self._rest))
        self.badge.setVisible(bool(self._every))
        self.rest.setVisible(bool(self._rest))
        self.setVisible(bool(self._every or self._rest))
        self._fold()
        go_on(self.items, used, self.badge if self._every else self._canvas)

    def _age(self, every: tuple[Seen, ...]) -> None:
        """A keystroke makes them older, or not: only that is shown anew."""
        if every == self._every:
            return
        self._every = every
        for item, seen in zip(self.items, every, strict=False):
            item.seen = seen
            item.older.setVisible(seen.older)
        self.relaid.emit()

    def _item(self, number: int, seen: Seen) -> RemarkItem:
        item = RemarkItem(self._theme, number, seen, self._clock, self._may)
        item.settled.connect(lambda done: self.settled.emit(seen.key, done))
        item.deleted.connect(lambda: self.deleted.emit(seen.key))
        self.items.append(item)
        return item

    def _mark(self, number: int, seen: Seen, item: RemarkItem) -> None:
        mark = Mark(self._theme, self._canvas, number, seen)
        mark.clicked.connect(lambda: self.go_to(item))
        mark.show()
        self.marks.append(mark)

    def _clear(self) -> None:
        for widget in (*self.items, *self.marks):
            widget.hide()
            widget.deleteLater()
        self.items, self.marks = [], []

    def _fold(self) -> None:
        on = self.badge.isChecked()
        for item in self.items:
            item.setVisible(on)
        self.more.setVisible(on and len(self._every) > len(self.items))
        self.updateGeometry()
        self.relaid.emit()

    def _all(self) -> None:
        self._most = len(self._every)
        self._shown = None
        self._make()


def in_use(items: Sequence[QWidget]) -> int:
    """The number of the one that has the focus, or a part of it has; -1: none."""
    focus = QApplication.focusWidget()
    if focus is None:
        return -1
    return next((n for n, item in enumerate(items) if item is focus or item.isAncestorOf(focus)), -1)


def go_on(items: Sequence[QWidget], used: int, instead: QWidget) -> None:
    """After they were made anew: the focus is where it was, so that keys go from one to the next."""
    if used < 0:
        return
    if items:
        instead = items[min(used, len(items) - 1)]
        instead.show()  # a layout would do that later
    instead.setFocus(Qt.FocusReason.OtherFocusReason)


def said_text(seen: Seen) -> str:
    """The verdict in words, then the text."""
    remark = seen.remark
    verdicts = {"approved": tr("reviewing", "Approved"), "changes": tr("reviewing", "Asks for changes")}
    return "\n".join(part for part in (verdicts.get(remark.verdict, ""), remark.text) if part)


def _head(number: int, seen: Seen, clock: Clock) -> str:
    """"3 · Ana · 2 hours ago · settled"."""
    remark = seen.remark
    parts = [*([str(number)] if number else []), remark.author or tr("reviewing", "Client"), clock.say(remark.at)]
    return " · ".join([*parts, tr("reviewing", "settled")] if remark.resolved is not None else parts)
