"""The foot of the window: the folder, later, and that it did not work; and what became of it in the end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QSizePolicy, QWidget

from studio.core.delivery import Delivery, State
from studio.ui.i18n import tr
from studio.ui.outbox.flow import flow
from studio.ui.widgets.base import Live, column, dress, hairline, name, row
from studio.ui.widgets.button import Button
from studio.ui.widgets.field import Field
from studio.ui.widgets.label import Label
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MINUTES: Final = (10, 30, 60)


class Footer(Live, QWidget):
    """folder(): open it. later(minutes): remind me then. failed(reason): it did not work."""

    folder = Signal()
    later = Signal(int)
    failed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.open = Button(theme, "", "quiet", "folder-open", "small")
        self.remind = Button(theme, "", "quiet", "", "small")
        self.failing = Button(theme, "", "secondary", "", "small")
        self.reason = Field(theme, size="small")
        dress(self.reason, role="small")
        self.reason.setMaxLength(200)
        self.give_up = Button(theme, "", "danger", "circle-x", "small")
        self.back = Button(theme, "", "quiet", "", "small")
        self._plain, self._asking = QWidget(), QWidget()
        answers = row(None, self.remind, self.failing, gap=4)
        self._line = row(self.open, answers, gap=4, margins=(4, 10, 14, 12))
        self._plain.setLayout(self._line)
        self._label = Label("", "small", weight=600, wrap=True)
        asked = row(None, self.back, self.give_up, gap=8)
        self._asking.setLayout(column(self._label, self.reason, asked, gap=8, margins=(14, 12, 14, 12)))
        self._asking.hide()
        self.setLayout(column(hairline(), self._plain, self._asking, gap=0))
        self._wire()
        self.retranslate()

    def _wire(self) -> None:
        self.open.clicked.connect(self.folder)
        self.remind.clicked.connect(self._show_menu)
        self.failing.clicked.connect(lambda: self.ask(True))
        self.back.clicked.connect(lambda: self.ask(False))
        self.give_up.clicked.connect(lambda: self.failed.emit(self.reason.text().strip()))
        self.reason.returnPressed.connect(self.give_up.click)

    def ask(self, on: bool) -> None:
        """Asks for the reason, or no longer."""
        self._asking.setVisible(on)
        self._plain.setVisible(not on)
        (self.reason if on else self.failing).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def asking(self) -> bool:
        """The reason is being asked for."""
        return not self._asking.isHidden()

    def set_busy(self, busy: bool) -> None:
        """While it is written down."""
        for button in (self.remind, self.failing, self.give_up):
            button.setEnabled(not busy)

    def later_menu(self) -> QMenu:
        """In ten minutes, half an hour, an hour."""
        made = menu(self)
        for minutes in MINUTES:
            words = tr("handoff", "In %n minutes", n=minutes)
            add(made, self._theme, words, "alarm-clock", partial(self.later.emit, minutes))
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps out of the question."""
        if event.key() == Qt.Key.Key_Escape and self.asking:
            self.ask(False)
            event.accept()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Set every text."""
        words = (
            (self.open, tr("handoff", "Open folder")), (self.remind, tr("handoff", "Remind me later")),
            (self.failing, tr("handoff", "It did not work")), (self.give_up, tr("handoff", "Mark it as failed")),
            (self.back, tr("handoff", "Back")),
        )  # fmt: skip
        for button, text in words:
            button.setText(text)
            name(button, text)
            button.updateGeometry()
        self._label.setText(tr("handoff", "What went wrong? It is kept in the journal."))
        self.reason.setPlaceholderText(tr("handoff", "The page refused the video, for example"))
        name(self.reason, tr("handoff", "Reason"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the folder stands in a line of its own."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() + 4 for button in (self.open, self.remind, self.failing)) + 18
        narrow = needed > self.width()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _show_menu(self) -> None:
        made = self.later_menu()
        made.popup(self.remind.mapToGlobal(QPoint(0, -made.sizeHint().height() - 4)))


class _Mark(QWidget):
    """The big mark above the last words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._look = theme, ("circle-check", "good")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_look(self, icon: str, tone: str) -> None:
        self._look = (icon, tone)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.icon_size(40)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        icon, tone = self._look
        painter, place = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"{tone}-tint"))
        painter.drawEllipse(place)
        self._theme.draw_icon(painter, place, icon, 20, tone)


class Outcome(Live, QWidget):
    """What became of it. seen(): open the post. closed(): that is all."""

    seen = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._delivery: Delivery | None = None
        self.mark = _Mark(theme)
        self.title = Label("", "heading", wrap=True)
        self.sentence = Label("", "small", "text-2", wrap=True)
        self.see = Button(theme, "", "secondary", "external-link")
        self.close_it = Button(theme, "", "primary")
        buttons = flow(self.close_it, self.see, gap=8)
        words = column(self.title, self.sentence, gap=4)
        line = row(self.mark, words, gap=14)
        line.setStretch(1, 1)
        line.setAlignment(self.mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, 4, buttons, gap=12, margins=(14, 20, 14, 20)))
        self.see.clicked.connect(self.seen)
        self.close_it.clicked.connect(self.closed)
        self.retranslate()

    def show_outcome(self, delivery: Delivery) -> None:
        """The delivery as it is now: published, or handed over with or without a check."""
        self._delivery = delivery
        title, sentence, icon, tone = outcome(delivery)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.mark.show_look(icon, tone)
        dress(self.title, tone="text")
        self.see.setVisible(bool(delivery.url))
        name(self, title, sentence)

    def retranslate(self) -> None:
        """Set every text."""
        for button, text in ((self.see, tr("handoff", "Open post")), (self.close_it, tr("handoff", "Done, close"))):
            button.setText(text)
            name(button, text)
            button.updateGeometry()
        if self._delivery is not None:
            self.show_outcome(self._delivery)


def outcome(delivery: Delivery) -> tuple[str, str, str, str]:
    """(title, sentence, icon, tone) of what the check of the link gave."""
    proof = delivery.proof
    if delivery.state is State.PUBLISHED and proof is not None and proof.lines:
        wrong = sum(not line.same for line in proof.lines)
        if wrong:
            return (tr("handoff", "It is live"), tr("handoff", "Read back: %n points differ. The Outbox shows which.",
                    n=wrong), "circle-check", "warn")  # fmt: skip
        return (tr("handoff", "It is live"), tr("handoff", "Read back and compared: all the same."), "circle-check",
                "good")  # fmt: skip
    if delivery.state is State.PUBLISHED:
        return tr("handoff", "It is live"), tr("handoff", "The post was found there."), "circle-check", "good"
    if proof is not None:
        return (tr("handoff", "The link is kept"), tr("handoff", "It has the form of a post there. What the page says "
                "cannot be read from here, so nothing was compared."), "circle-check", "good")  # fmt: skip
    return (tr("handoff", "Kept on your word"), tr("handoff", "Nobody checked this link. The Outbox keeps it, and you "
            "can paste another one there."), "hand", "warn")  # fmt: skip
