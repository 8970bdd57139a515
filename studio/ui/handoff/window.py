"""The hand-off window: a short list that stays on top while a person posts on the platform's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.core.delivery import Delivery, State
from studio.core.errors import Later
from studio.ui.handoff import steps
from studio.ui.handoff.bar import Bar
from studio.ui.handoff.bodies import Body, Deeds, body
from studio.ui.handoff.footer import Footer, Outcome
from studio.ui.handoff.frame import HandFrame
from studio.ui.handoff.head import Head, PostLine
from studio.ui.handoff.parts import copy_piece
from studio.ui.handoff.pasting import PasteBox
from studio.ui.handoff.row import StepRow
from studio.ui.handoff.work import KEEPABLE, HandWork
from studio.ui.i18n import tight, tr
from studio.ui.library.thumbs import Thumbs
from studio.ui.moments import zone_name
from studio.ui.problems import findings_of, sentence
from studio.ui.viewstate import ViewState
from studio.ui.widgets.base import column
from studio.ui.widgets.marks import Disc
from studio.ui.widgets.note import Note, NoteText
from studio.ui.widgets.scroll import ScrollColumn

if TYPE_CHECKING:
    from studio.services.byhand import HandSheet
    from studio.services.desk import Desk
    from studio.ui.jobs import JobsBridge
    from studio.ui.theme import Theme

CLOCK_MS: Final = 20_000
SMALL: Final = "handoff/small"


class StepsArea(ScrollColumn):
    """As high as its steps at the width there is; it scrolls where the screen is too low."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A step opens or closes: the window grows or shrinks with it."""
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self._hold()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Steps wrap anew."""
        super().resizeEvent(event)
        self._hold()

    def settle(self) -> None:
        """At once, after its steps."""
        self.column.activate()
        self._hold()

    def _hold(self) -> None:
        """It scrolls rather than pressing words together."""
        self.inner.setMinimumHeight(self.heightForWidth(self.viewport().width()))

    def hasHeightForWidth(self) -> bool:
        """Steps wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all steps."""
        return max(self.column.heightForWidth(width), 0)

    def sizeHint(self) -> QSize:
        """At the width there is."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Two steps."""
        return QSize(200, 90)


class HandOffWindow(HandFrame):
    """over(delivery id): it was closed. told(words): for a toast of the main window.

    open_url   opens an address or a folder in the person's own programs
    now        the clock
    """

    over = Signal(str)
    told = Signal(str)
    _built = False  # Qt tells of looks while the window is being made

    def __init__(
        self, theme: Theme, desk: Desk, bridge: JobsBridge, thumbs: Thumbs, sheet: HandSheet,
        open_url: Callable[[str], object], now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        super().__init__(theme, ViewState(desk.settings))
        self.sheet, self.done = sheet, set(sheet.done)
        self._desk, self._thumbs, self._open_url, self._now = desk, thumbs, open_url, now
        self._zone = ZoneInfo(zone_name(desk.settings.get("zone")))
        self._work = HandWork(desk, bridge, self)
        self._chosen: int | None = None  # the step that the person opened instead of the next one
        self.delivery: Delivery | None = None  # as it is once it is over
        self._leaving = False  # the person said that it did not work; it closes by itself
        self.small = bool(self._state.get(SMALL, False))
        self._make()
        self._build()
        self._wire()
        self._built = True
        self.retranslate()

    @property
    def id(self) -> str:
        """The delivery's."""
        return self.sheet.delivery.id

    @property
    def shown(self) -> tuple[steps.Row, ...]:
        """The steps as they are shown."""
        return steps.rows(self.sheet, self.done, self.theme.language.code)

    @property
    def next(self) -> steps.Deed:
        """What comes next, for the small bar."""
        shown = self.shown
        return steps.deed(self.sheet, shown[steps.next_row(shown)], self.done)

    # doing -----------------------------------------------------------------------------------------------------

    def do(self, step: str) -> None:
        """The one deed of a step; it is ticked by that."""
        kind = steps.kind_of(step)
        if kind == "paste":
            self.shrink(False)
            self.paste.take()
            return
        if kind == "open":
            self._open_url(self.sheet.handoff.page)
        elif kind == "files":
            self.open_folder()
        elif kind == "copy":
            copy_piece(steps.piece_of(self.sheet, step))
        self.tick(step, True)

    def tick(self, step: str, on: bool) -> None:
        """It is done, or not; remembered with the delivery."""
        (self.done.add if on else self.done.discard)(step)
        self._chosen = None if on else self._chosen
        self._work.tick(self.id, step, on, self._failed)
        self.say_again()

    def open_folder(self) -> None:
        """Where the files lie, numbered in their order."""
        self._open_url(QUrl.fromLocalFile(str(self.sheet.folder)).toString())

    def check(self, text: str, anyway: bool = False) -> None:
        """The link of the post."""
        if not self.paste.busy:
            self.paste.set_busy(True)
            self._work.paste(self.id, text, anyway, self.finish, self._not_taken)

    def finish(self, delivery: Delivery) -> None:
        """It is out, one way or another: say how, and stay until the person has read it."""
        self.delivery = delivery
        self.paste.set_busy(False)
        self.done.update(self.sheet.steps)
        self.shrink(False)
        self.outcome.show_outcome(delivery)
        self.say_again()
        self.outcome.close_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_taken(self, fault: BaseException) -> None:
        self.paste.set_busy(False)
        strange = any(finding.code in KEEPABLE for finding in findings_of(fault))
        words = tight(sentence(fault, self.theme.language.code))
        self.paste.say(words, "warn" if isinstance(fault, Later) else "bad", strange, isinstance(fault, Later))
        self.shrink(False)

    def later(self, minutes: int) -> None:
        """Close it, and be told again."""
        self.footer.set_busy(True)
        self._work.later(self.id, minutes, lambda _: self._put_off(minutes), self._failed)

    def _put_off(self, minutes: int) -> None:
        self.told.emit(tr("handoff", "You are reminded in %n minutes", n=minutes))
        self.close()

    def give_up(self, reason: str) -> None:
        """It did not work."""
        self._leaving = True
        self.footer.set_busy(True)
        self._work.give_up(self.id, reason, self._given_up, self._failed)

    def _given_up(self, _delivery: Delivery) -> None:
        self.told.emit(tr("handoff", "Marked as failed; the Outbox has it"))
        self.close()

    def _failed(self, fault: BaseException) -> None:
        self._leaving = False
        self.footer.set_busy(False)
        self.problem.set_note(NoteText("error", tight(sentence(fault, self.theme.language.code))))
        self.problem.show()

    def look_again(self, delivery: Delivery) -> None:
        """Something else changed the delivery: what is out says so, what waits no longer closes."""
        mine = self._leaving or self.paste.busy or self.delivery is not None
        if mine or delivery.state is State.WAITING:
            return
        if delivery.state in (State.PUBLISHED, State.HANDED_OVER):
            self.finish(delivery)
        else:
            self.close()

    # showing ---------------------------------------------------------------------------------------------------

    def shrink(self, small: bool) -> None:
        """The bar of 56 px, or the whole list."""
        if small == self.small:
            return
        self.small = small
        self._state.set(SMALL, small)
        self._show_form()
        target = self.bar.button if small else self.head.shrink
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_step(self, number: int) -> None:
        """The person wants to see a step."""
        self._chosen = None if self._chosen == number else number
        self.say_again()

    def say_again(self) -> None:
        """Every step as it is now."""
        shown = self.shown
        at = steps.next_row(shown)
        open = self._chosen if self._chosen is not None else at
        done = frozenset(self.done)
        for number, (row, line) in enumerate(zip(shown, self.rows, strict=True)):
            line.show_row(row, "over" if row.over else "now" if number == at else "later", number == open)
            if isinstance(line.body, Body):
                line.body.show_done(done, number == at)
        self.paste.show_next(shown[at].kind == "paste" and self.delivery is None)
        self._say_count(shown, at)
        self.post.show_time(self.sheet.delivery.at, self._now(), self._zone, self.theme.language.code)
        self._show_form()

    def _say_count(self, shown: tuple[steps.Row, ...], at: int) -> None:
        count = tr("handoff", "{number} of {all}", number=at + 1, all=len(shown))
        self.head.show_count(count, 1.0 if self.delivery is not None else steps.fraction(shown))
        self.bar.show_next(self.next, self.post.title.accessibleName(), count)

    def _show_form(self) -> None:
        over = self.delivery is not None
        self.full.setVisible(not self.small)
        self.bar.setVisible(self.small)
        self.area.setVisible(not over)
        self.footer.setVisible(not over)
        self.outcome.setVisible(over)
        if self.isVisible():
            self._settle()

    def _settle(self) -> None:
        """Size and places in this turn, so that nothing is seen on its way."""
        for line in self.rows:
            line.settle()
        self.area.settle()
        if (layout := self.full.layout()) is not None:
            layout.activate()
        self.place()
        self.body.activate()

    def retranslate(self) -> None:
        """Every text: the bodies are made anew."""
        if not self._built:
            return
        info, language = self.sheet.platform, self.theme.language.code
        platform = info.name.say(language)
        initial = info.initial.get(language) or info.initial.get("en", "?")
        self.head.show_place(Disc(self.theme, initial, info.colour, 20, platform), platform)
        self.bar.show_place(Disc(self.theme, initial, info.colour, 24, platform))
        self.setWindowTitle(tight(tr("handoff", "Post to {platform}", platform=platform)))
        self.post.show_sheet(self.sheet)
        self._fill()
        self.say_again()

    def restyle(self) -> None:
        """Bodies measure their words anew."""
        if self._built:
            self._fill()
            self.say_again()

    # inside ----------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        theme = self.theme
        self.head, self.post = Head(theme, self.pinned), PostLine(theme, self._thumbs)
        self.problem = Note(theme, "error", "")
        self.problem.hide()
        self.area = StepsArea(theme, padding=0, gap=0)
        self.paste = PasteBox(theme)
        self.rows = [StepRow(theme, number + 1, self.paste if row.kind == "paste" else None, row.kind == "paste")
                     for number, row in enumerate(self.shown)]  # fmt: skip
        self.footer, self.outcome, self.bar = Footer(theme), Outcome(theme), Bar(theme)
        self.full = QWidget()

    def _build(self) -> None:
        for line in self.rows:
            self.area.column.addWidget(line)
        self.rows[-1].line.hide()
        whole = column(self.head, self.post, self.problem, self.area, self.outcome, self.footer, gap=0)
        whole.setStretch(3, 1)
        self.full.setLayout(whole)
        self.body.addWidget(self.full)
        self.body.addWidget(self.bar)
        self.tinted += [self.head.bar, self.footer]

    def _fill(self) -> None:
        """The bodies of the steps, in the language in use."""
        deeds = Deeds(self.do, self.tick)
        for row, line in zip(self.shown, self.rows, strict=True):
            made = body(self.theme, self.sheet, row, deeds, self._thumbs, self._desk.by_hand.qr)
            if made is not None:
                line.set_body(made)
        self._order()

    def _order(self) -> None:
        """Tab goes from each step into what does it, then on to the next."""
        steps_in_turn = [stop for line in self.rows for stop in (line.head, *_stops(line.body))]
        chain = [*_stops(self.head), *steps_in_turn, *_stops(self.outcome), *_stops(self.footer)]
        for one, other in pairwise(chain):
            QWidget.setTabOrder(one, other)

    def _wire(self) -> None:
        self.head.pinned.connect(self.pin)
        self.head.shrunk.connect(lambda: self.shrink(True))
        self.head.closed.connect(self.close)
        self.bar.grown.connect(lambda: self.shrink(False))
        self.bar.done.connect(lambda: self.do(self.next.step))
        for number, line in enumerate(self.rows):
            line.opened.connect(lambda number=number: self.open_step(number))
        self.paste.checked.connect(self.check)
        self.paste.anyway.connect(lambda text: self.check(text, True))
        self.footer.folder.connect(self.open_folder)
        self.footer.later.connect(self.later)
        self.footer.failed.connect(self.give_up)
        self.outcome.seen.connect(lambda: self._open_url(self.delivery.url) if self.delivery else None)
        self.outcome.closed.connect(self.close)
        clock = QTimer(self)
        clock.setInterval(CLOCK_MS)
        clock.timeout.connect(self.say_again)
        clock.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc steps out: of a step that was opened, of the list into the bar, and then it closes nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self._step_out()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _step_out(self) -> None:
        if self._chosen is not None:
            self.open_step(self._chosen)
        elif self.delivery is not None:
            self.close()
        else:
            self.shrink(not self.small)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything that was ticked is kept; it can be opened again."""
        super().closeEvent(event)
        self.over.emit(self.id)


def _stops(part: QWidget | None) -> list[QWidget]:
    """Where Tab stops in a part of the window, whether it is shown now or not."""
    inside = part.findChildren(QWidget) if part is not None else []
    return [widget for widget in inside if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
