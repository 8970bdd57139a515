"""What became of the post, above the bar: one line per delivery, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.delivery import Delivery, State
from studio.services.words import say
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live, column, ground, hairline, row
from studio.ui.widgets.button import Link, ToolButton
from studio.ui.widgets.label import ElidedLabel
from studio.ui.widgets.marks import Disc, paint_state

if TYPE_CHECKING:
    from studio.services.accounts import PlatformInfo
    from studio.ui.theme import Theme

MOST: Final = 3
LINKED: Final = frozenset({State.PUBLISHED, State.UNCONFIRMED, State.HANDED_OVER})
"""States whose link is offered: not while it is still being sent and nothing was read back."""


@dataclass(frozen=True, slots=True)
class Result:
    """A delivery and whose it is.

    when    when it is planned for, or until when its account's pace keeps it back, in words
    waits   its account's pace keeps it back
    """

    delivery: Delivery
    info: PlatformInfo
    name: str
    when: str = ""
    waits: bool = False


class _State(QWidget):
    """State as icon and word."""

    def __init__(self, theme: Theme, state: str) -> None:
        super().__init__()
        self._theme, self._state = theme, state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(theme.state(state).words)

    def sizeHint(self) -> QSize:
        words = self._theme.state(self._state).words
        return QSize(self._theme.icon_size(14) + 9 + self._theme.width("small", words, 500), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_state(painter, self._theme, QPointF(0, QRectF(self.rect()).center().y()), self._state)


class ResultLine(QWidget):
    """acted(what, delivery id): "open", "again", "look", "cancel", "story", "start"."""

    acted = Signal(str, str)

    def __init__(self, theme: Theme, result: Result) -> None:
        super().__init__()
        delivery, language = result.delivery, theme.language.code
        initial = result.info.initial.get(language) or result.info.initial.get("en", "?")
        parts: list[QWidget] = [
            Disc(theme, initial, result.info.colour, 20, result.name), _State(theme, delivery.state.value),
        ]  # fmt: skip
        words = ElidedLabel(_words(result, language), "small", "text-2")
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        parts.append(words)
        for what, text in _deeds(delivery, result.waits):
            link = Link(theme, text, tall=True)
            link.setAccessibleName(text)
            link.clicked.connect(lambda _=False, w=what: self.acted.emit(w, delivery.id))
            parts.append(link)
        line = row(*parts, gap=10)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.setFixedHeight(theme.px(32))


class Results(Live, QWidget):
    """acted(what, delivery id), dismissed(): the cross."""

    acted = Signal(str, str)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._results: tuple[Result, ...] = ()
        self._lines = QWidget()
        self._lines.setLayout(column(gap=0))
        self.cross = ToolButton(theme, "x")
        ground(self, "sunken")
        inner = row(self._lines, self.cross, gap=8, margins=(24, 6, 16, 6))
        inner.setStretch(0, 1)
        inner.setAlignment(self.cross, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(hairline(), inner, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.cross.clicked.connect(self.dismissed)
        self.hide()
        self.retranslate()

    def show_results(self, results: Sequence[Result]) -> None:
        """Shows these deliveries, what needs a person first; nothing hides it."""
        self._results = tuple(sorted(results, key=lambda r: _URGENCY.index(r.delivery.state)))
        self._rebuild()
        self.setVisible(bool(self._results))

    def results(self) -> tuple[Result, ...]:
        """What is shown."""
        return self._results

    def _rebuild(self) -> None:
        layout = self._lines.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for result in self._results[:MOST]:
            line = ResultLine(self._theme, result)
            line.acted.connect(self.acted)
            layout.addWidget(line)

    def retranslate(self) -> None:
        self.cross.set_tip(tr("draft", "Hide this"))
        self._rebuild()


_URGENCY = (
    State.UNCONFIRMED, State.FAILED, State.WAITING, State.MISSED, State.PREPARING, State.STAGING, State.COMMITTING,
    State.PROCESSING, State.DUE, State.HELD, State.SCHEDULED, State.PUBLISHED, State.HANDED_OVER, State.CANCELLED,
    State.DRAFT,
)  # fmt: skip


def _words(result: Result, language: str) -> str:
    delivery, name = result.delivery, result.name
    if result.waits:
        return tr("draft", "{name}, goes about {when} for the account’s pace", name=name, when=result.when)
    if delivery.state is State.DUE and delivery.link:
        return tr("draft", "{name}: part {part} goes out {when}", name=name, part=delivery.link + 1, when=result.when)
    if delivery.state is State.WAITING:
        return tr("draft", "{name}, ready for your hand", name=name)
    if delivery.error:
        return say(delivery.error[0], language)
    if delivery.state is State.PUBLISHED:
        return tr("draft", "{name}, read back and compared", name=name)
    if delivery.state is State.SCHEDULED and delivery.clock == "platform":
        return tr("draft", "{name}, {when} by the platform’s clock", name=name, when=result.when)
    return tr("draft", "{one}, {other}", one=name, other=result.when) if result.when else name


def _deeds(delivery: Delivery, waits: bool) -> list[tuple[str, str]]:
    found = [("hurry", tr("draft", "Do not wait"))] if waits else []
    if delivery.state is State.WAITING:
        found.append(("start", tr("draft", "Start")))
    if delivery.url and delivery.state in LINKED:
        found.append(("open", tr("draft", "Open post")))
    if delivery.state is State.UNCONFIRMED:
        found.append(("look", tr("draft", "Look again")))
    if delivery.state in (State.FAILED, State.MISSED, State.HELD):
        found.append(("again", tr("draft", "Send again")))
    if delivery.state is State.SCHEDULED:
        found.append(("cancel", tr("draft", "Cancel the schedule")))
    found.append(("story", tr("draft", "Its story")))
    return found
