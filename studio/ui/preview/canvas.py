"""One card on the screen: painted where it changed, pointed at with mouse or keys; knows nothing of posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QRegion,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.card import Box, Card
from studio.ui.preview.backing import Backing
from studio.ui.preview.changes import changed
from studio.ui.preview.ink import colour
from studio.ui.preview.metrics import QtMetrics
from studio.ui.preview.moving import Moving, film_under, first_film
from studio.ui.preview.painter import CardPainter
from studio.ui.preview.pictures import Painted
from studio.ui.preview.scaled import Scaled
from studio.ui.preview.spots import dot_at, element_at, elements, fold_spot, rect, stage, turns

if TYPE_CHECKING:
    from studio.ui.theme import Theme

RADIUS: Final = 10
STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class CardCanvas(QWidget):
    """Paints `card` at `zoom`.

    shown      after each new card
    clicked    on nothing in particular       folded    the text is to be unfolded, or folded again
    turned     (page) of its carousel         pointed   (Box | None) at an element, by mouse or keys
    played     (name) a film is to play, or to stop
    """

    shown = Signal()
    clicked = Signal()
    folded = Signal()
    turned = Signal(int)
    pointed = Signal(object)
    played = Signal(str)

    def __init__(self, theme: Theme, pictures: Painted, scaled: Scaled | None = None) -> None:
        super().__init__()
        self._theme, self._pictures, self._scaled = theme, pictures, scaled or Scaled()
        self._card: Card | None = None
        self._painter: CardPainter | None = None
        self._moving: Moving | None = None
        self.over: Callable[[QPainter, CardCanvas], None] | None = None  # paints over the card, in px of this widget
        self._backing = Backing()
        self._at: str = ""
        self._pressed: QPointF | None = None
        self.zoom = 1.0
        self.unfolded = False
        self.by_keys = False  # whether what is pointed at was walked to
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ring", RADIUS)

    # what is shown ---------------------------------------------------------------------------------------------

    @property
    def card(self) -> Card | None:
        """The card as last laid out."""
        return self._card

    @property
    def element(self) -> Box | None:
        """What is pointed at now."""
        if self._card is None or not self._at:
            return None
        return next((box for box in elements(self._card) if box.name == self._at), None)

    def painter(self, metrics: QtMetrics) -> CardPainter:
        """The painter of this card; a new one for other letters."""
        if self._painter is None or self._painter.metrics is not metrics:
            self._painter = CardPainter(metrics, self._pictures, self._icon, self._scaled)
            self._painter.moving = self._moving
        return self._painter

    def set_moving(self, moving: Moving) -> None:
        """Its films can play: `played` is answered, and `moving` tells the painter what they show."""
        self._moving = moving
        if self._painter is not None:
            self._painter.moving = moving

    def show_card(self, card: Card, metrics: QtMetrics, zoom: float, unfolded: bool = False) -> None:
        """Paints `card` at `zoom` from now on."""
        known = self._painter is not None and self._painter.metrics is metrics and self.zoom == zoom
        self.painter(metrics)
        places = changed(self._card, card) if known else None
        self._card, self.zoom, self.unfolded = card, zoom, unfolded
        size = QSize(round(card.width * zoom), round(card.height * zoom))
        if size != self.size():
            self.setFixedSize(size)
        if places is None:
            self.soil()
        elif places:
            self.soil(*(QRectF(*place) for place in places))
        self.shown.emit()

    def soil(self, *places: QRectF) -> None:
        """These places (px of the card) look different now and are painted again; none given: all of it."""
        region = self._region(places) if places else None
        self._backing.soil(region)
        self.update(region) if region is not None else self.update()

    def rest(self) -> None:
        """It is not on the screen: nothing of it is kept."""
        self._backing.drop()

    def wait(self, width: int, height: int) -> None:
        """Takes this place until a card comes."""
        if self._card is None:
            self.setFixedSize(width, height)

    def uses(self, media: str) -> bool:
        """True when the card shows this picture."""
        return self._card is not None and any(box.media == media for box in self._card.boxes)

    def repaint_media(self, media: str) -> None:
        """Only the places of one picture, which came or moved on."""
        if self._card is not None:
            self.soil(*(rect(box) for box in self._card.boxes if box.media == media))

    def on_card(self, at: QPointF) -> QPointF:
        """A point of this widget, in px of the card."""
        return at / self.zoom

    def on_widget(self, place: QRectF) -> QRectF:
        """A place of the card, in px of this widget."""
        zoom = self.zoom
        return QRectF(place.x() * zoom, place.y() * zoom, place.width() * zoom, place.height() * zoom)

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is exposed."""
        if self._card is None or self._painter is None:
            return
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        self._backing.paint(painter, self.size(), ratio, event.region(), self._draw)
        if self.over is not None:
            self.over(painter, self)
        self._paint_hand(painter)

    def _draw(self, painter: QPainter, part: QRegion) -> None:
        """The card alone, where it is stale; what reaches from edge to edge there is a card with corners here."""
        assert self._card is not None and self._painter is not None
        painter.save()
        painter.scale(self.zoom, self.zoom)
        ground = self._card.boxes[0] if self._card.boxes else None
        edge = QRectF(0.5, 0.5, self._card.width - 1, self._card.height - 1)
        square = ground is not None and not ground.radius
        if square:
            shape = QPainterPath()
            shape.addRoundedRect(edge, RADIUS, RADIUS)
            painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        ratio = painter.device().devicePixelRatioF()
        self._painter.paint(painter, self._card, self._pieces(part), self.zoom * ratio)
        painter.restore()
        if square:
            painter.save()
            painter.scale(self.zoom, self.zoom)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(self._card, "line", "line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(edge, RADIUS, RADIUS)
            painter.restore()

    def _paint_hand(self, painter: QPainter) -> None:
        """The outline of what is pointed at, and the buttons of a carousel; ours, not the platform's."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (box := self.element) is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("focus"), 1.5))
            whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(self.on_widget(rect(box)).adjusted(-1, -1, 1, 1).intersected(whole), 3, 3)
        if self._card is not None and (self.underMouse() or self.hasFocus()):
            for step, place in turns(self._card).items():
                self._paint_turn(painter, self.on_widget(place), step)

    def _paint_turn(self, painter: QPainter, place: QRectF, step: int) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawEllipse(place)
        self._theme.draw_icon(painter, place, "chevron-left" if step < 0 else "chevron-right", 16, QColor("white"))

    def _pieces(self, part: QRegion) -> list[QRectF]:
        """In px of the card."""
        pieces = [QRectF(piece) for piece in part]  # type: ignore[attr-defined]  # it is iterable
        if len(pieces) > 16:
            pieces = [QRectF(part.boundingRect())]
        zoom = self.zoom
        return [QRectF(p.x() / zoom, p.y() / zoom, p.width() / zoom, p.height() / zoom) for p in pieces]

    def _region(self, places: Iterable[QRectF]) -> QRegion:
        whole = QRegion()
        for place in places:
            whole += self.on_widget(place).toAlignedRect().adjusted(-2, -2, 2, 2)
        return whole

    def _icon(self, name: str, size: int, ink: QColor, ratio: float) -> QPixmap:
        return self._theme.icons.pixmap(name, size, ink, ratio)

    # the mouse -------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What lies under it says its rule."""
        if self._card is None:
            return
        at = self.on_card(event.position())
        acts = self._acts(at) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor)
        under = element_at(self._card, at)
        self.by_keys = False
        self.point_at(under if under is not self._card.boxes[0] else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends where it began."""
        self._pressed = event.position() if event.button() == Qt.MouseButton.LeftButton else None
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Unfolds, turns a page, or is a click on the card."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or not self.rect().contains(event.position().toPoint()):
            return
        act = self._acts(self.on_card(event.position()))
        if act is None:
            self.clicked.emit()
        else:
            self._do(act)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The buttons of a carousel appear."""
        self._paint_turns()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self.point_at(None)
        self._paint_turns()

    def _acts(self, at: QPointF) -> int | str | None:
        """What a click there does: "fold", a page, the name of a film; None: nothing of its own."""
        card = self._card
        if card is None or self._painter is None:
            return None
        for step, place in turns(card).items():
            if place.contains(at):
                return card.page + step
        if card.pages > 1 and (page := dot_at(card, at)) is not None:
            return page
        spot = fold_spot(card, self._painter.metrics, self.unfolded)
        if spot is not None and spot.contains(at):
            return "fold"
        film = film_under(card, at) if self._moving is not None else None
        return film.name if film is not None else None

    def _do(self, act: int | str) -> None:
        if isinstance(act, int):
            self.turned.emit(act)
        elif act == "fold":
            self.folded.emit()
        else:
            self.played.emit(act)

    # the keyboard ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk its elements, Enter does what a click there does, Page Up and Down turn a carousel's page; Space
        plays its film while nothing is pointed at."""
        key = Qt.Key(event.key())
        card = self._card
        if card is None:
            super().keyPressEvent(event)
        elif key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and card.pages > 1:
            step = 1 if key == Qt.Key.Key_PageDown else -1
            self.turned.emit(min(card.pages - 1, max(0, card.page + step)))
        elif key == Qt.Key.Key_Space and self._moving is not None and not self._at and first_film(card) is not None:
            self.played.emit("")
        elif key in ENTER:
            self._enter()
        elif key == Qt.Key.Key_Escape and self._at:
            self.point_at(None)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        assert self._card is not None
        every = elements(self._card)
        if not every:
            return
        names = [box.name for box in every]
        self.by_keys = True
        here = names.index(self._at) + step if self._at in names else (0 if step > 0 else -1)
        self.point_at(every[here % len(every)])

    def _enter(self) -> None:
        """On the words that fold or a dot: what they do. Elsewhere: the account's tab."""
        box = self.element
        act = self._acts(rect(box).center()) if box is not None else None
        if act is None and box is not None and box.folded:
            act = "fold"
        if act is None:
            self.clicked.emit()
        else:
            self._do(act)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The buttons of a carousel appear."""
        super().focusInEvent(event)
        self._paint_turns()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is pointed at any more."""
        super().focusOutEvent(event)
        self.point_at(None)
        self._paint_turns()

    def point_at(self, box: Box | None) -> None:
        """Outlines an element and tells of it; None: nothing."""
        name = box.name if box is not None else ""
        if name == self._at:
            return
        before = self.element
        self._at = name
        places = [self.on_widget(rect(b)).toAlignedRect().adjusted(-4, -4, 4, 4) for b in (before, box) if b]
        for place in places:
            self.update(QRect(place))
        self.pointed.emit(box)

    def _paint_turns(self) -> None:
        if self._card is not None and (place := stage(self._card)) is not None:
            self.update(self.on_widget(place).toAlignedRect())
