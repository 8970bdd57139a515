"""The painted month: mouse and keys on it, dragging a delivery to another day, and its keyboard twin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui.calendar.layout import Hit, MonthLayout, lay_out
from studio.ui.calendar.month import CROWDED, Item, Landing, by_day, draft_landing, first_of, one_of_each, weeks
from studio.ui.calendar.paint import Held, Scene, describe, describe_day, judged, measures, paint_month, sentence
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.shadow import Shadows
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme

LIFT = 6  # px until a press becomes a drag
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MonthView(Live, QWidget):
    """One month.

    item_opened(id, anchor), day_opened(date, anchor), more_opened(date, anchor): anchors are rectangles in the view.
    dropped(id, at): a delivery was let go on another day, at that UTC time. draft_dropped(post, day): a draft carried
    by keys was let go. month_wanted(first day). told(sentence): why a key did nothing.
    """

    item_opened = Signal(str, QRect)
    day_opened = Signal(object, QRect)
    more_opened = Signal(object, QRect)
    dropped = Signal(str, object)
    draft_dropped = Signal(str, object)
    month_wanted = Signal(object)
    told = Signal(str)

    def __init__(self, theme: Theme, zone: tzinfo, now: Callable[[], datetime], first_weekday: int = 1) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self.zone, self.first_weekday = zone, first_weekday
        self.month = first_of(self.today)
        self.at_day = self.today
        self.chosen = ""
        self._items: dict[str, Item] = {}
        self._plan: MonthLayout | None = None
        self._hovered = ""
        self._press: tuple[Item, QPointF] | None = None
        self._held: Held | None = None
        self._origin = self.at_day
        self._shadows = Shadows()
        self.mini: Callable[[Item], QPixmap | None] = lambda item: None
        self.setProperty("ring", 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.retranslate()

    # what is shown ---------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day it is now in the zone."""
        return self._now().astimezone(self.zone).date()

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The days shown, week by week."""
        return weeks(self.month, self.first_weekday)

    @property
    def dragging(self) -> bool:
        """Whether something is in hand, by mouse or by keys."""
        return self._held is not None

    def show_month(self, first: date, items: Iterable[Item]) -> None:
        """Show these deliveries of the month of `first`; a chosen chip stays chosen while it is there."""
        self.month = first_of(first)
        self._items = {item.id: item for item in items}
        if self.chosen not in self._items:
            self.chosen = ""
        if not any(self.at_day in week for week in self.weeks):
            self.at_day = self.month
        self._stale()

    def item(self, id: str) -> Item | None:
        """A delivery that is shown."""
        return self._items.get(id)

    def on_day(self, when: date) -> tuple[Item, ...]:
        """The deliveries of a day, earliest first."""
        return by_day(self._items.values()).get(when, ())

    def plan(self) -> MonthLayout:
        """Where everything is now."""
        if self._plan is None:
            ids = {when: [i.id for i in found] for when, found in by_day(self._items.values()).items()}
            self._plan = lay_out(
                self.weeks, ids, self.width(), self.height() - 1, measures(self._theme), len(self._items) >= CROWDED,
                {when: one_of_each(found) for when, found in by_day(self._items.values()).items()},
            )
        return self._plan

    def area(self, name: str) -> QRect:
        """A hit area by name ("chip:<id>", "day:2026-12-09"); empty when it is not shown."""
        found = self.plan().areas().get(name)
        return found.toRect() if found is not None else QRect()

    def retranslate(self) -> None:
        """Say where the cursor is."""
        self._announce()
        self.update()

    def restyle(self) -> None:
        """Measures may have changed."""
        self._stale()

    def sizeHint(self) -> QSize:
        """Room for six weeks."""
        return QSize(840, 640)

    def minimumSizeHint(self) -> QSize:
        """Still a calendar."""
        return QSize(420, 320)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the month."""
        painter = QPainter(self)
        scene = Scene(
            self.plan(), self._items, self.month, self.today, self.first_weekday, self._theme.language.code,
            self._hovered, self.chosen, self.at_day, has_ring(self), self._held, self.mini,
        )  # fmt: skip
        paint_month(painter, self._theme, scene, self._shadows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        self._plan = None

    # the mouse -------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a chip, or set the cursor on a day."""
        hit = self.plan().hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None or self.dragging:
            return
        self.at_day, self.chosen = hit.day, hit.id
        if hit.kind == "chip":
            self._press = (self._items[hit.id], event.position())
        self._announce()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lift the chip after 6 px, carry it, or light up what is under the pointer."""
        if self._press is not None and self._held is None:
            item, start = self._press
            if (event.position() - start).manhattanLength() >= LIFT and item.movable:
                self._lift(item, start)
        if self._held is not None and self._press is not None:
            self._carry(event.position())
        elif self._press is None:
            self._hover(self.plan().hit(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: move the delivery, or open what was clicked."""
        press, self._press = self._press, None
        if self._held is not None:
            self._let_go()
            return
        hit = self.plan().hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton or hit is None:
            return
        if hit.kind == "more":
            self.more_opened.emit(hit.day, self.area(f"more:{hit.day}"))
        elif press is not None and hit.id == press[0].id:
            self.item_opened.emit(hit.id, self.area(f"chip:{hit.id}"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """An empty place of a day: schedule something there."""
        hit = self.plan().hit(event.position())
        if hit is not None and hit.kind == "day":
            self.day_opened.emit(hit.day, self.area(f"day:{hit.day}"))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        """Tool tips of chips: all that did not fit."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.plan().hit(QPointF(event.pos()))
            words = describe(self._theme, self._items[hit.id]) if hit is not None and hit.kind == "chip" else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # a draft from the tray -------------------------------------------------------------------------------------

    def hover_draft(self, at: QPoint | None) -> Landing | None:
        """Show what letting a draft go at `at` (in the view) would do; None ends it."""
        hit = self.plan().hit(QPointF(at)) if at is not None else None
        if hit is None:
            self._held = None
            self.update()
            return None
        found = draft_landing(hit.day, self._now(), self.zone)
        self._held = Held(hit.day, found, sentence(found, None))
        self.update()
        return found

    def drop_draft(self, at: QPoint) -> date | None:
        """Where a draft was let go: the day, or None when it may not stay there."""
        found = self.hover_draft(at)
        target = self._held.target if self._held is not None else None
        self.hover_draft(None)
        return target if found is not None and found.at is not None else None

    def take_draft(self, post: str) -> None:
        """The keyboard twin of dragging a draft: arrows carry it, Enter lets go."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._origin = self.at_day
        self._held = Held(self.at_day, None, "", draft=post)
        self._aim(self.at_day)

    # keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the days, T goes to today, Enter opens, M takes a delivery in hand, Esc lets go."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and (self.dragging or self.chosen):
            self._escape()
        elif key in ENTER:
            self._enter()
        elif key in STEPS:
            self._arrow(key)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._page(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_T and not event.modifiers() and not self.dragging:
            self.go_to(self.today)
        elif key == Qt.Key.Key_M and not event.modifiers() and (item := self._items.get(self.chosen)) is not None:
            self._take(item)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was carried by keys goes back."""
        if self.dragging and self._press is None:
            self._escape()
        super().focusOutEvent(event)
        self.update()

    def go_to(self, when: date) -> None:
        """Put the cursor on a day, turning the page if it is not shown."""
        self.at_day, self.chosen = when, ""
        if not any(when in week for week in self.weeks) or first_of(when) != self.month:
            self.month_wanted.emit(first_of(when))
        self._announce()
        self.update()

    # inside ----------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        if self.dragging:
            self._let_go()
        elif self.chosen:
            self.item_opened.emit(self.chosen, self.area(f"chip:{self.chosen}"))
        elif found := self.on_day(self.at_day):
            self.chosen = found[0].id
            self._announce()
            self.update()
        else:
            self.day_opened.emit(self.at_day, self.area(f"day:{self.at_day}"))

    def _arrow(self, key: Qt.Key) -> None:
        if self.dragging:
            self._aim(self.at_day + timedelta(days=STEPS[key]))
        elif self.chosen and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._next_chip(1 if key == Qt.Key.Key_Down else -1)
        else:
            self._walk(self.at_day + timedelta(days=STEPS[key]))

    def _walk(self, to: date) -> None:
        self.at_day, self.chosen = to, ""
        self._turn_to(to)
        self._announce()
        self.update()

    def _turn_to(self, to: date) -> None:
        if not any(to in week for week in self.weeks):
            self.month_wanted.emit(first_of(to))

    def _page(self, by: int) -> None:
        from studio.ui.calendar.month import step_month

        first = step_month(self.month, by)
        self.at_day = first
        self.month_wanted.emit(first)
        if self.dragging:
            self._aim(first)

    def _next_chip(self, by: int) -> None:
        ids = [item.id for item in self.on_day(self.at_day)]
        if self.chosen in ids:
            self.chosen = ids[(ids.index(self.chosen) + by) % len(ids)]
        self._announce()
        self.update()

    def _escape(self) -> None:
        if self.dragging:
            self._held, self._press = None, None
            self.at_day = self._origin
            self._turn_to(self.at_day)
            self.unsetCursor()
        else:
            self.chosen = ""
        self._announce()
        self.update()

    def _take(self, item: Item) -> None:
        """The keyboard twin of a drag."""
        if not item.movable:
            self.told.emit(tr("calendar", "This one can no longer be moved."))
            return
        self._origin = item.day
        self._held = Held(item.day, None, "", item, None, size=(140.0, measures(self._theme).chip))
        self._aim(item.day)

    def _aim(self, to: date) -> None:
        assert self._held is not None
        self.at_day = to
        self._turn_to(to)
        self._held = self._judge(self._held, to)
        self._announce()
        self.update()

    def _lift(self, item: Item, start: QPointF) -> None:
        place = self.area(f"chip:{item.id}")
        grip = start - QPointF(place.topLeft())
        size = (max(140.0, float(place.width())), measures(self._theme).chip)
        self._origin = item.day
        self._held = Held(item.day, None, "", item, start, QPointF(min(grip.x(), size[0] - 4), grip.y()), size)
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def _carry(self, at: QPointF) -> None:
        assert self._held is not None
        hit = self.plan().hit(at)
        held = replace(self._held, at=at)
        self._held = self._judge(held, hit.day) if hit is not None else replace(held, target=None, landing=None)
        refused = self._held.landing is None or self._held.landing.verdict == "bad"
        self.setCursor(Qt.CursorShape.ForbiddenCursor if refused and hit else Qt.CursorShape.ClosedHandCursor)
        self.update()

    def _judge(self, held: Held, to: date) -> Held:
        return judged(held, to, self._now(), self.zone, self._items.values())

    def _let_go(self) -> None:
        held, self._held = self._held, None
        self.unsetCursor()
        if held is None or held.landing is None or held.landing.at is None:
            self.at_day = self._origin
        else:
            self.at_day = held.target or self.at_day
            if held.item is None:
                self.draft_dropped.emit(held.draft, held.target)
            elif held.target != held.item.day:
                self.dropped.emit(held.item.id, held.landing.at.astimezone(UTC))
        self._announce()
        self.update()

    def _hover(self, hit: Hit | None) -> None:
        name = "" if hit is None or hit.kind == "day" else hit.id or f"more:{hit.day}"
        if name != self._hovered:
            self._hovered = name
            self.setCursor(Qt.CursorShape.PointingHandCursor if name else Qt.CursorShape.ArrowCursor)
            self.update()

    def _stale(self) -> None:
        self._plan = None
        self._announce()
        self.update()

    def _announce(self) -> None:
        """Tell screen readers where the cursor is."""
        item = self._items.get(self.chosen)
        count = len(self.on_day(self.at_day))
        words = describe(self._theme, item) if item is not None else describe_day(self._theme, self.at_day, count)
        if self._held is not None and self._held.sentence:
            words = f"{words}. {self._held.sentence}"
        self.setAccessibleName(words)
        self.setAccessibleDescription(
            tr("calendar", "Arrows walk the days, Enter opens, M moves a delivery, Esc steps back.")
        )
