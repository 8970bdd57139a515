"""The painted timeline: zoom and scroll, painting, and where events go (`mouse`, `keys`, `drop`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.core.opentime import Time
from studio.core.timeline import Timeline
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.shadow import Shadows
from studio.ui.video.timeline.controller import Controller
from studio.ui.video.timeline.drop import Dropping
from studio.ui.video.timeline.keys import Keys
from studio.ui.video.timeline.layout import Measures, Plan, lay_out
from studio.ui.video.timeline.menus import show_menu
from studio.ui.video.timeline.mouse import Mouse
from studio.ui.video.timeline.paint import paint_timeline, playhead_strip
from studio.ui.video.timeline.scale import Scale, closest, fitting
from studio.ui.video.timeline.scene import Held, Landing, Scene
from studio.ui.video.timeline.strips import Strips, Tiles
from studio.ui.video.timeline.words import announce, tip
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme

REACH = 8.0  # px within which edges cling
TALLEST, LOWEST = 2.0, 0.6
ZOOM_STEP = 1.2
AIR = 0.5  # part of the view that may stay empty behind the end


class TimelineView(Live, QWidget):
    """moved: zoom or scroll changed. opened(clip): asked for by double click or Enter. dropped(Drop): something that
    the timeline cannot place by itself. play_asked(-1, 0, 1), toggle_asked: J K L and the space bar."""

    moved = Signal()
    opened = Signal(str)
    dropped = Signal(object)
    play_asked = Signal(int)
    toggle_asked = Signal()

    def __init__(self, theme: Theme, controller: Controller, strips: Strips) -> None:
        super().__init__()
        self.theme, self.controller = theme, controller
        self._tiles = Tiles(strips)
        self.hovered = ""
        self.pointer = QPointF(-1, -1)
        self.lasso: QRectF | None = None
        self.landing: Landing | None = None
        self.cut: QRectF | None = None
        self.tall = 1.0
        self._held: Held | None = None
        self._shown: Timeline | None = None
        self._plan: Plan | None = None
        self._scale = Scale(origin=self.measures().head)
        self._down = 0.0
        self._fit = True
        self._head = controller.playhead  # where the playhead was drawn last
        self._shadows = Shadows()
        self._mouse, self._keys, self._dropping = Mouse(self), Keys(self), Dropping(self)
        self._along = QTimer(self)
        self._along.setInterval(16)
        self._along.timeout.connect(self._mouse.go_along)
        self.setProperty("ring", 0)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        controller.changed.connect(self.refresh)
        controller.playhead_moved.connect(self._walked)
        strips.ready.connect(self._more_to_draw)
        self.retranslate()

    # what is shown ---------------------------------------------------------------------------------------------

    @property
    def timeline(self) -> Timeline:
        """What is drawn: the document, or what it would become when the thing in hand is let go."""
        return self._shown if self._shown is not None else self.controller.timeline

    @property
    def held(self) -> Held | None:
        """What is in hand, by mouse or keys."""
        return self._held

    @property
    def scale_now(self) -> Scale:
        return self._scale

    @property
    def down(self) -> float:
        """Px the tracks are scrolled up."""
        return self._down

    @property
    def reach(self) -> Time:
        """The seconds within which edges cling."""
        return self._scale.length(REACH)

    def measures(self) -> Measures:
        """Sizes at the present text scale."""
        text = max(1.0, self.theme.scale)
        return Measures(self.theme.icon_size(116) * 1.0, float(self.theme.px(26)), text, self.tall)

    def plan(self) -> Plan:
        """Where everything is now."""
        if self._plan is None:
            self._plan = lay_out(
                self.timeline, self._scale, self.measures(), self.width(), self.height(), self._down)
        return self._plan

    def area(self, name: str) -> QRect:
        """A hit area by name ("clip:ID", "eye:TRACK"); empty when it is not seen."""
        return self.plan().area(name).toRect()

    def hold(self, held: Held | None, shown: Timeline | None = None) -> None:
        """Take something in hand, show what it would become; None: nothing is in hand."""
        self._held, self._shown = held, shown if held is not None else None
        self._along.start() if held is not None and held.at is not None else self._along.stop()
        self._stale()

    def refresh(self) -> None:
        """The document or the selection changed."""
        if self._held is not None:
            self._held, self._shown = None, None
            self._along.stop()
        if self._fit:
            self._fit_now()
        self._stale()

    def let_go(self) -> None:
        """Put what is in hand where it is."""
        self._mouse.let_go()

    def give_up(self) -> None:
        """Put what is in hand back, and forget the frame being drawn."""
        self._mouse.drop_press()
        self.unsetCursor()
        self.hold(None)

    def take(self, kind: str = "clip") -> bool:
        """Take what is chosen in hand, by keys: "clip", "start" or "end"."""
        return self._keys.take(kind)

    def watch_sides(self, on: bool) -> None:
        """Move along while the pointer is held at a side."""
        self._along.start() if on else self._along.stop()

    # zoom and scroll -------------------------------------------------------------------------------------------

    def set_zoom(self, per_second: float, about: float | None = None) -> None:
        """Px of a second; `about`: the place that stays, the playhead (or the middle) when it is not given."""
        least = min(fitting(self.controller.timeline, self._room()) / 2, 4.0)
        wanted = min(max(per_second, least), closest(self.controller.timeline))
        if about is None:
            x = self._scale.x(self.controller.playhead)
            about = x if self._scale.origin <= x <= self.width() else self._scale.origin + self._room() / 2
        self._fit = False
        self._look_at(self._scale.zoomed(wanted, about))

    def zoom(self, steps: float, about: float | None = None) -> None:
        """Closer (above 0) or farther by steps."""
        self.set_zoom(self._scale.per_second * ZOOM_STEP**steps, about)

    def fit(self) -> None:
        """All of it, and again whenever it becomes longer or the window wider, until somebody zooms."""
        self._fit = True
        self._fit_now()
        self._stale()

    def scroll_to(self, seconds: float) -> None:
        """The moment at the left edge."""
        self._fit = False
        self._look_at(replace(self._scale, left=seconds))

    def scroll_by(self, across: float, down: float = 0.0) -> None:
        """On by so many px."""
        self._fit = self._fit and not across
        self._down += down
        self._look_at(self._scale.scrolled(across))

    def span(self) -> tuple[float, float, float]:
        """(left, seconds seen, seconds there are) for a scroll bar."""
        seen = self._room() / self._scale.per_second
        return self._scale.left, seen, self._least_end(seen)

    def set_tall(self, tall: float) -> None:
        """How high tracks are drawn, 0.6 to 2."""
        self.tall = min(TALLEST, max(LOWEST, tall))
        self._look_at(self._scale)

    def keep_in_sight(self, t: Time, page: bool = False) -> None:
        """Scroll so that a moment is seen. page: as playing does it, a page at a time."""
        x, left, right = self._scale.x(t), self._scale.origin, float(self.width())
        if left <= x <= right - (0 if page else 12):
            return
        room = self._room()
        to = float(t) if page else float(t) - room * (0.1 if x > right else 0.9) / self._scale.per_second
        self._look_at(replace(self._scale, left=max(0.0, to)))

    def _room(self) -> float:
        return max(1.0, self.width() - self._scale.origin)

    def _least_end(self, seen: float) -> float:
        return max(float(self.timeline.duration) + seen * AIR, seen)

    def _look_at(self, scale: Scale) -> None:
        seen = self._room() / scale.per_second
        most = max(0.0, float(self.timeline.duration) - seen * (1 - AIR)) if not self._fit else 0.0
        self._scale = replace(scale, left=min(max(0.0, scale.left), most), origin=self.measures().head)
        total = self.plan().total
        self._down = min(max(0.0, self._down), max(0.0, total - (self.height() - self.measures().ruler)))
        self._stale()
        self.moved.emit()

    def _fit_now(self) -> None:
        self._scale = replace(self._scale, per_second=fitting(self.controller.timeline, self._room()), left=0.0)
        self.moved.emit()

    # painting --------------------------------------------------------------------------------------------------

    def scene(self) -> Scene:
        """Everything the picture depends on."""
        controller = self.controller
        blade = self.pointer.x() if controller.tool == "blade" and self.hovered.startswith("clip:") else None
        chosen = next((track.id for track, p in self.timeline.clips() if p.clip.id in controller.selection.clips), "")
        return Scene(
            self.plan(), controller.selection, controller.playhead, controller.range, self.hovered, self._held,
            self.landing, self.lasso, self.cut, blade, chosen, has_ring(self),
        )  # fmt: skip

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what has to be drawn anew."""
        painter = QPainter(self)
        painter.setClipRegion(event.region())
        exposed = QRectF(event.region().boundingRect())
        paint_timeline(painter, self.theme, self.scene(), self._tiles, exposed, self._shadows)

    def move_playhead(self, t: Time) -> None:
        """The player is at `t`."""
        self.controller.set_playhead(t)
        self._head_moved()

    def _head_moved(self) -> None:
        """Only the strips where it was and is are drawn anew."""
        plan, now = self.plan(), self.controller.playhead
        for each in (self._head, now):
            self.update(playhead_strip(plan, each).toAlignedRect())
        self._head = now

    def _walked(self) -> None:
        """A person moved the playhead."""
        self._head_moved()
        if not self._mouse.scrubbing:
            self.keep_in_sight(self.controller.playhead)
        self._announce()

    def _more_to_draw(self, source: str) -> None:
        for box in self.plan().boxes:
            if box.clip.source == source:
                self.update(box.rect.toAlignedRect())

    def _stale(self) -> None:
        self._plan = None
        self._announce()
        self.update()

    # words -----------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say where one is, and which keys there are."""
        self.setAccessibleDescription(tr(
            "timeline",
            "Arrows move the playhead, Alt+arrows choose clips, M takes in hand, Enter lets go, Esc puts back."))
        self._stale()

    def restyle(self) -> None:
        """Measures may have changed."""
        self._scale = replace(self._scale, origin=self.measures().head)
        self._stale()

    def _announce(self) -> None:
        self.setAccessibleName(announce(self.timeline, self.controller, self._held))

    # events ----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for the usual tracks."""
        return QSize(900, 330)

    def minimumSizeHint(self) -> QSize:
        """A ruler and a track."""
        return QSize(320, 140)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place everything anew."""
        self._plan = None
        if self._fit:
            self._fit_now()
        self._look_at(self._scale)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._mouse.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; Ctrl zooms about the pointer, Alt makes tracks higher, Shift and the headers scroll down."""
        turn = event.angleDelta()
        steps = (turn.y() or turn.x()) / 120
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.zoom(steps * 1.5, max(self._scale.origin, event.position().x()))
        elif keys & Qt.KeyboardModifier.AltModifier:  # Qt turns the wheel sideways with Alt
            self.set_tall(self.tall * 1.1**steps)
        elif keys & Qt.KeyboardModifier.ShiftModifier or event.position().x() < self._scale.origin:
            self.scroll_by(0.0, -steps * 60)
        else:
            pixels = event.pixelDelta()
            moved = QPointF(pixels) if not pixels.isNull() else QPointF(turn) / 120 * 90
            sideways = abs(moved.x()) > abs(moved.y())
            self.scroll_by(-moved.x() if sideways else -moved.y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was carried by keys goes back, unless a menu opened."""
        if self._held is not None and self._held.by_key and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.hold(None)
        super().focusOutEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with what is there."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        show_menu(self, None if by_key else QPointF(event.pos()), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Tool tips; two fingers on a touchpad zoom."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.set_zoom(self._scale.per_second * (1 + event.value()), event.position().x())
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self.plan().hit(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(self.plan(), hit, self.theme.language.code), self)
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._dropping.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._dropping.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._dropping.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._dropping.drop(event)
