"""The top of the window: where it is posted, how far it is, and what is posted."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.handoff import steps
from studio.ui.i18n import tight, tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.outbox.listing import paint_picture
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, column, hairline, name, row
from studio.ui.widgets.button import ToolButton
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc

if TYPE_CHECKING:
    from studio.services.byhand import HandSheet
    from studio.ui.theme import Theme

HIGH, THUMB = 43, (40, 54)


class Progress(QWidget):
    """A line 3 px high."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.fraction = theme, 0.0
        self.setFixedHeight(3)

    def set_fraction(self, fraction: float) -> None:
        """0 to 1."""
        self.fraction = fraction
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is done of it."""
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.color("line"))
        token = "good" if self.fraction >= 1 else "accent"
        painter.fillRect(QRectF(0, 0, self.width() * self.fraction, 3), theme.color(token))


class TwoParts(QWidget):
    """Words that are cut where they must, and after them a few that never are: a title and its count."""

    def __init__(self, theme: Theme, role: str, token: str, weight: int | None, after: str, gap: int = 8) -> None:
        super().__init__()
        self._theme, self._look, self._after, self._gap = theme, (role, token, weight), after, gap
        self.words = self.rest = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, rest: str) -> None:
        """These."""
        self.words, self.rest = words, rest
        name(self, f"{words}, {rest}")
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(80, self._theme.line(self._look[0]))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words in the room that the others leave."""
        painter, theme = QPainter(self), self._theme
        role, token, weight = self._look
        taken = theme.font(self._after, None, True)
        wide = QFontMetricsF(taken).horizontalAdvance(self.rest)
        place = QRectF(0, 0, max(0.0, self.width() - wide - self._gap), self.height())
        used = paint_line(painter, theme, place, self.words, role, token, weight)
        after = QRectF(used + self._gap, 0, wide + 1, self.height())
        paint_line(painter, theme, after, self.rest, self._after, "text-2", None, tabular=True)


class Head(Live, QWidget):
    """pinned(on), shrunk(), closed(): its three buttons."""

    pinned = Signal(bool)
    shrunk = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, pinned: bool) -> None:
        super().__init__()
        self._theme = theme
        self._disc = row()
        self.title = TwoParts(theme, "body", "text", 600, "small")
        self.pin = ToolButton(theme, "pin", checkable=True)
        self.pin.setChecked(pinned)
        self.shrink = ToolButton(theme, "minimize-2")
        self.cross = ToolButton(theme, "x", "", "Esc")
        self.bar = QWidget()
        line = row(self._disc, self.title, self.pin, self.shrink, self.cross, gap=8, margins=(14, 0, 10, 0))
        line.setStretch(1, 1)
        self.bar.setLayout(line)
        self.progress = Progress(theme)
        self.setLayout(column(self.bar, self.progress, gap=0))
        self.pin.clicked.connect(self.pinned)
        self.shrink.clicked.connect(self.shrunk)
        self.cross.clicked.connect(self.closed)
        self.retranslate()

    def show_place(self, disc: Disc, platform: str) -> None:
        """Where it is posted; once."""
        while (item := self._disc.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._disc.addWidget(disc)
        self.title.show_words(tight(tr("handoff", "Post to {platform}", platform=platform)), self.title.rest)

    def show_count(self, count: str, fraction: float) -> None:
        """How far it is."""
        self.title.show_words(self.title.words, count)
        self.progress.set_fraction(fraction)

    def retranslate(self) -> None:
        """Set every text."""
        self.pin.set_tip(tr("handoff", "Keep on top"))
        self.shrink.set_tip(tr("handoff", "Make it small"))
        self.cross.set_tip(tr("handoff", "Close"))
        self.restyle()

    def restyle(self) -> None:
        """Higher with large text."""
        self.bar.setFixedHeight(self._theme.px(HIGH))


class PostPicture(QWidget):
    """The post's first picture, upright."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme, self._thumbs, self._media = theme, thumbs, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        thumbs.ready.connect(self._came)

    def _came(self, _id: str) -> None:
        self.update()

    def show_media(self, media: str) -> None:
        """Another one."""
        self._media = media
        self.update()

    def sizeHint(self) -> QSize:
        """40 by 54 px."""
        return QSize(self._theme.icon_size(THUMB[0]), self._theme.icon_size(THUMB[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_picture(painter, self._theme, self._thumbs, QRectF(self.rect()), self._media)


class PostLine(QWidget):
    """Picture, title, whose and what it is, and when it was planned for."""

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self.picture = PostPicture(theme, thumbs)
        self.title = ElidedLabel("", "body", "text", 600)
        self.kind = ElidedLabel("", "small", "text-2")
        self.when = Label("", "small", "warn", wrap=True)
        words = column(None, self.title, self.kind, self.when, None, gap=0)
        line = row(self.picture, words, gap=12, margins=(14, 12, 14, 12))
        line.setStretch(1, 1)
        whole = QWidget()
        whole.setLayout(line)
        self.setLayout(column(whole, hairline(), gap=0))

    def show_sheet(self, sheet: HandSheet) -> None:
        """Of this post."""
        content = sheet.content
        first = next((line.strip() for line in content.text.splitlines() if line.strip()), "")
        self.title.set_text(content.title or first or tr("handoff", "Untitled"))
        self.kind.set_text(steps.kind_line(sheet))
        self.picture.show_media(content.media[0].media if content.media else "")

    def show_time(self, at: datetime, now: datetime, zone: tzinfo, language: str) -> None:
        """How it stands with its time."""
        self.when.setText(steps.planned(at, now, zone, language))
