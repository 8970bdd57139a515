"""The proof beside the story: sent and found of this delivery, and how the same post fares on other accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.core.delivery import Delivery, State
from studio.ui.accounts.detail import Icon, clear
from studio.ui.accounts.looks import Look
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.outbox.comparison import Comparison
from studio.ui.outbox.flow import flow
from studio.ui.outbox.proofs import at_words, compare, read_after
from studio.ui.text import paint_line
from studio.ui.widgets.base import Live, column, ground, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.card import Card
from studio.ui.widgets.label import ElidedLabel, Label
from studio.ui.widgets.marks import Disc, StateChip, paint_state

if TYPE_CHECKING:
    from studio.ui.theme import Theme


SECONDS = 180  # up to here a time is told in seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """A delivery, whose it is, and the state people see."""

    delivery: Delivery
    look: Look
    state: str

    @property
    def title(self) -> str:
        """Platform and account."""
        same = self.look.title == self.look.platform
        return self.look.title if same else f"{self.look.platform} · {self.look.title}"


def proof_words(shown: Shown, zone: tzinfo) -> str:
    """When it was read back, or that there is no proof."""
    d = shown.delivery
    if d.proof is None:
        if shown.state == "published":
            return tr("outbox", "On your word; it could not be read back.")
        return tr("outbox", "No proof yet. It counts as published only once it is found.")
    if d.state is State.HANDED_OVER:
        return tr("outbox", "Its link has the right form; what is there was not read.")
    time, spent = at_words(d.updated, zone), read_after(d)
    if spent is None:
        return tr("outbox", "Read back {time}", time=time)
    if spent.total_seconds() < SECONDS:
        return tr("outbox", "Read back {time}, %n s after sending", n=round(spent.total_seconds()), time=time)
    return tr("outbox", "Read back {time}, %n min after sending", n=round(spent.total_seconds() / 60), time=time)


class Other(QAbstractButton):
    """The same post on another account: disc, name, proof in words, state. A click goes there."""

    def __init__(self, theme: Theme, shown: Shown, words: str) -> None:
        super().__init__()
        self._theme, self.shown, self._words = theme, shown, words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("ring", 10)
        self.setAccessibleName(f"{shown.title}, {theme.state(shown.state).words}. {words}")

    def sizeHint(self) -> QSize:
        """Two lines and their padding."""
        return QSize(240, self._theme.line("body") + self._theme.line("caption") + 22)

    def minimumSizeHint(self) -> QSize:
        """It elides."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card; dashed while there is no proof."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        proved = self.shown.delivery.proof is not None
        pen = QPen(theme.color("line" if proved else "line-2"), 1)
        if not proved:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        hot = self.underMouse() or self.isDown()
        painter.setBrush(theme.color("hover" if hot else "surface") if proved or hot else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        self._words_at(painter, QRectF(self.rect()).adjusted(16, 0, -12, 0))

    def _words_at(self, painter: QPainter, inner: QRectF) -> None:
        theme, side = self._theme, float(self._theme.icon_size(24))
        middle = inner.center().y()
        look = self.shown.look
        theme.draw_disc(painter, QRectF(inner.left(), middle - side / 2, side, side), look.initial, look.colour)
        arrow = float(theme.icon_size(16))
        theme.draw_icon(painter, QRectF(inner.right() - arrow, 0, arrow, self.height()), "chevron-right", 16, "text-2")
        state = theme.state(self.shown.state)
        wide = theme.icon_size(14) + 5 + theme.width("small", state.words, 500)
        right = inner.right() - arrow - 8 - wide
        paint_state(painter, theme, QPointF(right, middle), self.shown.state)
        left = inner.left() + side + 10
        title, below = theme.line("body"), theme.line("caption")
        top = middle - (title + below) / 2
        room = right - 10 - left
        paint_line(painter, theme, QRectF(left, top, room, title), self.shown.title, "body", "text", 600)
        paint_line(painter, theme, QRectF(left, top + title, room, below), self._words, "caption", "text-2")


class ProofColumn(Live, QWidget):
    """acted(what, delivery id): "see", "copy" or "go" (to that delivery)."""

    acted = Signal(str, str)

    def __init__(self, theme: Theme, thumbs: Thumbs) -> None:
        super().__init__()
        self._theme, self._thumbs = theme, thumbs
        self._shown: tuple[Shown, tuple[Shown, ...], tzinfo] | None = None
        self.title, self.count = Label("", "heading"), Label("", "small", "text-2")
        self.promise = Label("", "small", "text-2", wrap=True)
        self.others: dict[str, Other] = {}
        self.buttons: dict[str, Button] = {}
        self.comparison: Comparison | None = None
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        foot = row(Icon(theme, "lock", 14, "text-2"), self.promise, gap=8)
        foot.setStretch(1, 1)
        self.setLayout(column(row(self.title, None, self.count), 12, self._cards, 16, None, foot, gap=0))
        self.retranslate()

    def show_proof(self, mine: Shown, others: Sequence[Shown], zone: tzinfo) -> None:
        """The proof of `mine`, the others below. Without one: the first proof there is, and last that it is lacking."""
        new = (mine, tuple(others), zone)
        if new != self._shown:
            self._shown = new
            self._rebuild()

    def retranslate(self) -> None:
        """Say everything again."""
        self.title.setText(tr("outbox", "Proof"))
        self.promise.setText(tr("outbox", "Kept in this workspace. Secrets are never part of a journal."))
        self._rebuild()

    def restyle(self) -> None:
        """Measure anew."""
        self._rebuild()

    # inside ----------------------------------------------------------------------------------------------------

    def _rebuild(self) -> None:
        if self._shown is None:
            return
        mine, others, zone = self._shown
        focus = next((id for id, other in self.others.items() if other.hasFocus()), "")
        clear(self._cards)
        self.others, self.buttons, self.comparison = {}, {}, None
        self.count.setText(tr("outbox", "Same post, %n accounts", n=1 + len(others)) if others else "")
        proved = next((one for one in (mine, *others) if one.delivery.proof is not None), mine)
        self._cards.addWidget(self._whole(proved, zone))
        for other in (one for one in others if one is not proved):
            bare = other.delivery.proof is None and other.state != "published"
            words = tr("outbox", "No proof yet") if bare else proof_words(other, zone)
            card = Other(self._theme, other, words)
            card.clicked.connect(lambda _=False, id=other.delivery.id: self.acted.emit("go", id))
            self.others[other.delivery.id] = card
            self._cards.addWidget(card)
        if proved is not mine:
            self._cards.addWidget(self._whole(mine, zone))
        if focus in self.others:
            self.others[focus].setFocus(Qt.FocusReason.OtherFocusReason)

    def _whole(self, shown: Shown, zone: tzinfo) -> Card:
        theme, d = self._theme, shown.delivery
        card = Card(theme)
        disc = Disc(theme, shown.look.initial, shown.look.colour, 24, shown.look.platform)
        by_form = d.state is State.HANDED_OVER and d.proof is not None
        found = None if by_form else compare(d, zone)
        words = Label(proof_words(shown, zone), "caption" if found else "small", "text-2", wrap=True)
        texts = column(ElidedLabel(shown.title, "body", "text", 600), words, gap=1)
        head = row(disc, texts, gap=10)
        head.setStretch(1, 1)
        if found is not None or by_form:
            head.addWidget(StateChip(theme, shown.state), 0, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(disc, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        if found is None:
            card.set_dashed(not by_form)
        else:
            self.comparison = Comparison(theme, self._thumbs, found)
            card.body.addSpacing(4)
            card.body.addWidget(self.comparison)
        if d.url:
            card.body.addLayout(self._links(d))
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        ground(card, "none")
        return card

    def _links(self, d: Delivery) -> QLayout:
        see = Button(self._theme, tr("outbox", "Open post"), "secondary", "external-link", "small")
        see.setToolTip(d.url)
        copy = Button(self._theme, tr("outbox", "Copy link"), "quiet", "copy", "small")
        see.clicked.connect(lambda: self.acted.emit("see", d.id))
        copy.clicked.connect(lambda: self.acted.emit("copy", d.id))
        self.buttons |= {"see": see, "copy": copy}
        return flow(see, copy, gap=8)
