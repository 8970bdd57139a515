"""The head above a story: picture, title, where it goes, its state, and the menu of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.accounts.detail import clear
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.outbox.by_hand import mode_of
from studio.ui.outbox.listing import paint_picture
from studio.ui.outbox.rows import Row
from studio.ui.widgets.base import Live, column, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import ElidedLabel
from studio.ui.widgets.marks import Disc, StateChip, mode_parts

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class Picture(QWidget):
    """A post's picture, 44 px."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme, self._thumbs, self._thumb = theme, thumbs, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        thumbs.ready.connect(lambda _: self.update())

    def show_thumb(self, thumb: str) -> None:
        """Another one."""
        self._thumb = thumb
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        side = self._theme.icon_size(44)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture(painter, self._theme, self._thumbs, QRectF(self.rect()), self._thumb)


class StoryHead(Live, QWidget):
    """more_asked(): the menu button."""

    more_asked = Signal()

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme = theme
        self._row: Row | None = None
        self._state = ("scheduled", "")
        self.picture = Picture(theme, thumbs)
        self.title = ElidedLabel("", "title")
        self.where = ElidedLabel("", "small", "text-2")
        self.state = StateChip(theme, "scheduled")
        self.more = ToolButton(theme, "ellipsis")
        self.more.clicked.connect(self.more_asked)
        self._disc = row()
        below = row(self._disc, self.where, gap=6)
        below.setStretch(1, 1)
        line = row(self.picture, column(self.title, below, gap=2), self.state, self.more, gap=12,
                   margins=(24, 12, 20, 12))  # fmt: skip
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_row(self, shown: Row, state: str, words: str = "") -> None:
        """This delivery; `words` in the place of the state's own."""
        look = shown.look
        if self._row is None or self._row.look != look:
            clear(self._disc)
            self._disc.addWidget(Disc(self._theme, look.initial, look.colour, 16, look.platform))
        self._row = shown
        self.picture.show_thumb(shown.thumb)
        self.title.set_text(shown.title)
        mode = mode_parts(self._theme, mode_of(shown.delivery, look.mode))[1]
        parts = dict.fromkeys((look.platform, look.title, mode))
        self.where.set_text(" · ".join(parts))
        self._state = (state, words)
        self.state.set_state(state, words)

    def retranslate(self) -> None:
        """Say everything again."""
        self.more.set_tip(tr("outbox", "More"))
        if self._row is not None:
            self.show_row(self._row, *self._state)
