"""The account tabs: the base and each account, with its own live counter and a dot where it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live
from studio.ui.widgets.button import ToolButton

if TYPE_CHECKING:
    from studio.ui.theme import Theme

HEIGHT, DISC, PAD, GAP, MARK = 48, 20, 8, 10, 12
BASE: Final = ""


@dataclass(frozen=True, slots=True)
class TabText:
    """What a tab shows. key: account id, "" for the base. count: "287/300". tone: "" or "bad".

    mark   icon of the way it goes, where that is not by itself; "" otherwise
    """

    key: str
    name: str
    count: str
    tone: str = ""
    initial: str = ""
    colour: str = ""
    differs: bool = False
    mark: str = ""


class Tab(QAbstractButton):
    """One tab; drawn narrow (its disc alone) when there is no room for names."""

    def __init__(self, theme: Theme, tab: TabText) -> None:
        super().__init__()
        self._theme, self.tab, self.narrow = theme, tab, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", 6)
        self.set_tab(tab)

    def set_tab(self, tab: TabText) -> None:
        """Shows another count or name."""
        changed = tab != self.tab
        self.tab = tab
        own = tr("draft", "differs from the base") if tab.differs else ""
        hand = tr("draft", "by your hand") if tab.mark else ""
        self.setAccessibleName(", ".join(filter(None, (tab.name, tab.count, own, hand))))
        self.setToolTip(self.accessibleName())
        if changed:
            self.update()

    def wide(self) -> int:
        """Width with its words: the count has room for its longest value, so nothing moves while typing."""
        theme, tab = self._theme, self.tab
        name = theme.width("body", tab.name, 600) + (14 if tab.key else 0)
        count = theme.width("caption", _widest(tab.count)) + self._mark_width()
        return PAD + theme.icon_size(DISC) + 8 + max(name, count) + PAD

    def sizeHint(self) -> QSize:
        """48 px high."""
        width = self._theme.icon_size(DISC) + 2 * PAD + 4 if self.narrow else self.wide()
        return QSize(width, self._theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, name, count, dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, tab = self._theme, self.tab
        side = float(theme.icon_size(DISC))
        disc = QRectF(PAD, (self.height() - side) / 2, side, side)
        ink = "text" if self.isChecked() or self.underMouse() else "text-2"
        if tab.key:
            theme.draw_disc(painter, disc, tab.initial, tab.colour)
        else:
            theme.draw_icon(painter, disc, "notebook-pen", 20, ink)
        if self.narrow:
            self._dot(painter, disc.right() + 3, disc.top() + 1)
            return
        left = disc.right() + 8
        name, count = theme.line("body"), theme.line("caption")
        top = (self.height() - name - count) / 2
        room = QRectF(left, top, self.width() - left, name)
        used = paint_line(painter, theme, room, tab.name, "body", ink, 600 if self.isChecked() else 500)
        self._dot(painter, left + used + 8, top + 6)
        tone = tab.tone or ("text-2" if self.isChecked() else "text-3")
        weight = 600 if self.isChecked() or tab.tone else 400
        if tab.mark:
            side = theme.icon_size(MARK)
            theme.draw_icon(painter, QRectF(left, top + name, side, count), tab.mark, MARK, "warn")
            left += self._mark_width()
        place = QRectF(left, top + name, self.width() - left, count)
        paint_line(painter, theme, place, tab.count, "caption", tone, weight, tabular=True)

    def _mark_width(self) -> int:
        return self._theme.icon_size(MARK) + 4 if self.tab.mark else 0

    def _dot(self, painter: QPainter, x: float, y: float) -> None:
        if self.tab.differs:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(QPointF(x, y), 3, 3)


class AccountTabs(Live, QWidget):
    """chosen(key): the person went to a tab. add_wanted: the "+" was pressed."""

    chosen = Signal(str)
    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tabs: list[Tab] = []
        self._current = BASE
        self._line = QRectF()
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self.add = ToolButton(theme, "plus")
        self.add.setParent(self)
        self.add.clicked.connect(self.add_wanted)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 6)
        self.retranslate()

    @property
    def current(self) -> str:
        """Key of the tab that is open."""
        return self._current

    def tabs(self) -> list[Tab]:
        """The tabs, the base first."""
        return self._tabs

    def show_tabs(self, tabs: Sequence[TabText], current: str) -> None:
        """Shows these tabs; the counters of tabs that stay change in place."""
        if [t.tab.key for t in self._tabs] != [t.key for t in tabs]:
            self._rebuild(tabs)
        for widget, tab in zip(self._tabs, tabs, strict=True):
            before = widget.wide()
            widget.set_tab(tab)
            if widget.wide() != before:
                self._arrange()
        self.set_current(current)

    def set_current(self, key: str) -> None:
        """Opens a tab without telling `chosen`."""
        moved = key != self._current
        self._current = key
        for tab in self._tabs:
            tab.setChecked(tab.tab.key == key)
        if moved:
            self._arrange()

    def step(self, by: int) -> None:
        """To the next tab, round."""
        keys = [tab.tab.key for tab in self._tabs]
        if keys:
            here = keys.index(self._current) if self._current in keys else 0
            self._choose(keys[(here + by) % len(keys)])

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _rebuild(self, tabs: Sequence[TabText]) -> None:
        for old in self._tabs:
            old.deleteLater()
        self._tabs = []
        for tab in tabs:
            widget = Tab(self._theme, tab)
            widget.setParent(self)
            widget.clicked.connect(lambda _=False, w=widget: self._choose(w.tab.key))
            widget.show()
            self._tabs.append(widget)
        self._arrange()

    def _arrange(self) -> None:
        """Names for all when they fit, else for the open tab alone."""
        high = self._theme.px(HEIGHT)
        room = self.width() - self.add.sizeHint().width() - GAP
        tight = sum(tab.wide() + GAP for tab in self._tabs) > room
        left = -PAD
        for tab in self._tabs:
            tab.narrow = tight and tab.tab.key != self._current
            width = tab.sizeHint().width()
            tab.setGeometry(left, 0, width, high)
            if tab.tab.key == self._current:
                self._aim(QRectF(left + PAD - 4, high - 2, width - 2 * PAD + 8, 2))
            left += width + GAP
            tab.update()
        side = self.add.sizeHint()
        self.add.setGeometry(left, (high - side.height()) // 2, side.width(), side.height())

    def _aim(self, line: QRectF) -> None:
        self._slide.stop()
        length = self._theme.duration("normal") if self.isVisible() and self._line.width() else 0
        if not length:
            self._slid(line)
            return
        self._slide.setDuration(length)
        self._slide.setStartValue(self._line)
        self._slide.setEndValue(line)
        self._slide.start()

    def _slid(self, line: QRectF) -> None:
        self._line = QRectF(line)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line under the open tab."""
        painter = QPainter(self)
        painter.fillRect(self._line, self._theme.color("accent"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for names may come or go."""
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from tab to tab."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.step(step)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.add.set_tip(tr("draft", "Choose accounts"))
        self.setAccessibleName(tr("draft", "Base and accounts"))

    def restyle(self) -> None:
        self._arrange()

    def sizeHint(self) -> QSize:
        """48 px high."""
        return QSize(400, self._theme.px(HEIGHT))


def _widest(count: str) -> str:
    """The count with room for one more figure than it has."""
    head, slash, limit = count.partition("/")
    figures = max(len(limit), len(head))
    return "0" * (figures + 1) + slash + limit if slash else f"0{count}"
