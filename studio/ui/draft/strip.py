"""Above an account's text: the amber strip of a base that changed since, and the way that the post goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.draft.open_post import AccountView, hand_mode
from studio.ui.i18n import tr
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import ModeBadge

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class DriftStrip(Live, QWidget):
    """34 px, warn-tint; `difference` and `reset` are its links."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.words = Label("", "small", "warn", weight=500)
        self.difference = Link(theme, "", tall=True)
        self.reset = Link(theme, "", tall=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = row(self.words, self.difference, self.reset, gap=12, margins=(36, 0, 12, 0))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()

    def sizeHint(self) -> QSize:
        """34 px high."""
        return QSize(400, self._theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tint and its icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("warn-tint"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        self._theme.draw_icon(painter, QRectF(12, 0, 16, self.height()), "file-clock", 16, "warn")

    def retranslate(self) -> None:
        self.words.setText(tr("draft", "The base changed since; this is the older text"))
        self.difference.setText(tr("draft", "Show difference"))
        self.reset.setText(tr("draft", "Reset to base"))
        self.difference.updateGeometry()
        self.reset.updateGeometry()


class WayLine(Live, QWidget):
    """The way this post goes to the account, where a person may choose another. chosen(by hand): they did."""

    chosen = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._view: AccountView | None = None
        self.badge = ModeBadge(theme, "api")
        self.words = ElidedLabel("", "small", "text-2")
        self.link = Link(theme, "", tall=True)
        line = row(self.badge, self.words, self.link, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(lambda: self.chosen.emit(not self._by_hand))
        self.hide()

    @property
    def _by_hand(self) -> bool:
        return self._view is not None and self._view.hand

    def show_view(self, view: AccountView | None, writable: bool) -> None:
        """Of this tab; nothing where there is only one way."""
        self._view = view
        other = view is not None and (view.account.mode == "api") == view.hand
        choice = view is not None and (other or (not view.hand and hand_mode(view.info) is not None))
        self.setVisible(choice or self._by_hand)
        if view is None:
            return
        self.badge.set_mode(view.content.mode)
        self.words.set_text(self._sentence())
        self.link.setText(tr("draft", "Send by the API") if view.hand else tr("draft", "Post by hand"))
        self.link.setAccessibleName(self.link.text())
        self.link.setVisible(choice)
        self.link.setEnabled(writable)
        self.link.updateGeometry()

    def _sentence(self) -> str:
        if not self._by_hand:
            return tr("draft", "Goes by itself at its time")
        if self._view is not None and self._view.account.mode == "api":
            return tr("draft", "You post this one yourself")
        return tr("draft", "You post here yourself")

    def retranslate(self) -> None:
        if self._view is not None:
            self.show_view(self._view, self.link.isEnabled())


class SavedMark(QWidget):
    """Whether the post is on disk: icon and word, in a place of fixed width so that the title does not move."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon, self._tone, self._words = theme, "check", "text-3", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, icon: str, tone: str, words: str) -> None:
        """Shows this."""
        self._icon, self._tone, self._words = icon, tone, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for the longest of its words."""
        words = (tr("draft", "Saved"), tr("draft", "Saving…"), tr("draft", "Not saved"), tr("draft", "Read only"))
        wide = max(self._theme.width("small", text) for text in words)
        return QSize(wide + self._theme.icon_size(14) + 8, self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """At the right end of its place."""
        painter, theme = QPainter(self), self._theme
        wide, side = theme.width("small", self._words), theme.icon_size(14)
        left = self.width() - wide - 2
        theme.draw_icon(painter, QRectF(left - side - 5, 0, side, self.height()), self._icon, 14, self._tone)
        paint_line(painter, theme, QRectF(left, 0, wide + 2, self.height()), self._words, "small", self._tone)
