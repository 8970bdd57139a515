"""The pictures and clips of a post as tiles: order, alt text, dragging; every drag has its keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.core.post import Media
from studio.ui.draft.row_painter import middle_part
from studio.ui.focus import has_ring
from studio.ui.i18n import tr
from studio.ui.widgets.base import Live
from studio.ui.widgets.menu import add, menu

if TYPE_CHECKING:
    from studio.ui.preview.pictures import Pictures
    from studio.ui.theme import Theme

TILE, GAP, LIFT = 60, 6, 6
ADD: Final = -1


@dataclass(frozen=True, slots=True)
class Spot:
    """A tile's place and its hot parts. number: which file (from 0), ADD for the tile that adds."""

    number: int
    tile: QRectF
    alt: QRectF


def lay_out(count: int, width: int, with_add: bool, side: int = TILE, badge: float = 16) -> list[Spot]:
    """Square tiles, 6 px apart, in rows. badge: height of the small words on them, px."""
    across = max(1, (width + GAP) // (side + GAP))
    spots = []
    for place in range(count + (1 if with_add else 0)):
        line, column = divmod(place, across)
        tile = QRectF(column * (side + GAP), line * (side + GAP), side, side)
        wide = badge * 27 / 16
        alt = QRectF(tile.right() - wide - 3, tile.bottom() - badge - 3, wide, badge)
        spots.append(Spot(place if place < count else ADD, tile, alt))
    return spots


class MediaStrip(Live, QWidget):
    """moved(from, to), removed(number), alt_wanted(number), add_wanted(), paste_wanted(): what the person asked for."""

    moved = Signal(int, int)
    removed = Signal(int)
    alt_wanted = Signal(int)
    add_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__()
        self._theme, self._pictures = theme, pictures
        self._media: tuple[Media, ...] = ()
        self._current = 0
        self._press: QPointF | None = None
        self._drag: int | None = None
        self._mouse = QPointF()
        self._carry: int | None = None  # by keys: where the carried file came from
        self.locked = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", 0)
        pictures.changed.connect(lambda _: self.update())
        self.retranslate()

    def show_media(self, media: Sequence[Media]) -> None:
        """Shows these files, in order."""
        if tuple(media) == self._media:
            return
        rows = self.heightForWidth(max(TILE, self.width()))
        self._media = tuple(media)
        self._current = min(self._current, max(0, len(self._media) - 1))
        if self.heightForWidth(max(TILE, self.width())) != rows:
            self.updateGeometry()
        self._describe()
        self.update()

    def spots(self) -> list[Spot]:
        """Where every tile is, for painting, hit tests and tests."""
        return self._spots(self.width(), not self.locked)

    def place_of(self, number: int) -> QRect:
        """The tile of a file, in px of this widget."""
        spot = next((s for s in self.spots() if s.number == number), None)
        return spot.tile.toRect() if spot else QRect()

    def set_locked(self, locked: bool) -> None:
        """Nothing can be changed in a workspace that cannot be written."""
        self.locked = locked
        self.update()

    # geometry --------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """Tiles wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows."""
        return int(max(s.tile.bottom() for s in self._spots(width, True)))

    def _spots(self, width: int, with_add: bool) -> list[Spot]:
        return lay_out(len(self._media), width, with_add, self._side, self._theme.px(16))

    @property
    def _side(self) -> int:
        return self._theme.icon_size(TILE)

    def sizeHint(self) -> QSize:
        """One row at least."""
        return QSize(400, self.heightForWidth(max(TILE, self.width() or 400)))

    def minimumSizeHint(self) -> QSize:
        """One tile; how many rows there are follows from the width."""
        return QSize(self._side, self._side)

    # painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """All tiles, and the one that is carried."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for spot in self.spots():
            if spot.number == ADD:
                self._paint_add(painter, spot.tile)
                continue
            painter.setOpacity(0.4 if spot.number == self._drag else 1.0)
            self._paint_tile(painter, spot)
            painter.setOpacity(1.0)
        if self._drag is not None:
            self._paint_drag(painter)

    def _paint_tile(self, painter: QPainter, spot: Spot) -> None:
        theme, media = self._theme, self._media[spot.number]
        self._paint_picture(painter, spot.tile, media)
        side = self._theme.px(16)
        badge = QRectF(spot.tile.left() + 3, spot.tile.top() + 3, side, side)
        self._pill(painter, badge, str(spot.number + 1))
        if media.kind == "image":
            self._pill(painter, spot.alt, "ALT", missing=not media.alt.strip())
        carried = self._carry is not None and spot.number == self._current
        if carried or (spot.number == self._current and has_ring(self)):
            painter.setPen(QPen(theme.color("accent" if carried else "focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot.tile.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_picture(self, painter: QPainter, tile: QRectF, media: Media) -> None:
        clip = QPainterPath()
        clip.addRoundedRect(tile, 6, 6)
        painter.save()
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        painter.fillRect(tile, self._theme.color("press"))
        image = self._pictures.get(media.media, round(self._side * self.devicePixelRatioF() * 1.4))
        if image is not None:
            painter.drawImage(tile, image, middle_part(image))
        elif self._pictures.failed(media.media):
            self._theme.draw_icon(painter, tile, "circle-alert", 16, "bad")
        if media.kind == "video":
            self._theme.draw_icon(painter, tile, "play", 20, "on-accent")
        painter.restore()

    def _pill(self, painter: QPainter, rect: QRectF, text: str, missing: bool = False) -> None:
        """A dark pill over the picture; amber when something is missing."""
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        shade = theme.color("warn-tint") if missing else ink_shade()
        painter.setBrush(shade)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setFont(theme.font("badge", 600, True))
        painter.setPen(theme.color("warn" if missing else "on-accent"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_add(self, painter: QPainter, tile: QRectF) -> None:
        pen = QPen(self._theme.color("line-2"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(self._theme.color("hover") if tile.contains(self._mouse) else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(tile.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._theme.draw_icon(painter, tile, "plus", 16, "text-2")
        if has_ring(self) and self._current >= len(self._media):
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 6, 6)

    def _paint_drag(self, painter: QPainter) -> None:
        assert self._drag is not None
        target = self._target()
        spot = self.spots()[target]
        x = spot.tile.left() - GAP / 2 if target <= self._drag else spot.tile.right() + GAP / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(max(0.0, x - 1), spot.tile.top(), 2, self._side), 1, 1)
        half = self._side / 2
        tile = QRectF(self._mouse.x() - half, self._mouse.y() - half, self._side, self._side)
        self._paint_picture(painter, tile, self._media[self._drag])

    # mouse -----------------------------------------------------------------------------------------------------

    def hit(self, at: QPointF) -> tuple[str, int]:
        """("tile" | "alt" | "add" | "", number) at a point."""
        for spot in self.spots():
            if spot.tile.contains(at):
                if spot.number == ADD:
                    return "add", ADD
                alt = self._media[spot.number].kind == "image" and spot.alt.adjusted(-4, -4, 3, 3).contains(at)
                return ("alt" if alt else "tile"), spot.number
        return "", ADD

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes a tile."""
        what, number = self.hit(event.position())
        if event.button() == Qt.MouseButton.LeftButton and what in ("tile", "alt"):
            self._current, self._press = number, event.position()
            self._describe()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lifts it after 6 px; the tile follows."""
        self._mouse = event.position()
        far = self._press is not None and (event.position() - self._press).manhattanLength() > LIFT
        if far and self._drag is None and not self.locked:
            self._drag = self._current
        what, number = self.hit(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if what in ("alt", "add") else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self._tip(what, number))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drops it, opens the alt text, or adds."""
        dragged, target = self._drag, self._target() if self._drag is not None else 0
        self._press = self._drag = None
        what, number = self.hit(event.position())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if dragged is not None:
            if target != dragged:
                self._current = target
                self.moved.emit(dragged, target)
        elif what == "alt":
            self.alt_wanted.emit(number)
        elif what == "add":
            self.add_wanted.emit()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The alt text of a tile."""
        what, number = self.hit(event.position())
        if what == "tile" and self._media[number].kind == "image":
            self.alt_wanted.emit(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a tile."""
        what, number = self.hit(QPointF(event.pos()))
        if what in ("tile", "alt"):
            self._current = number
            self._menu(event.globalPos())

    def _target(self) -> int:
        """Where the carried tile would land."""
        tiles = [s for s in self.spots() if s.number != ADD]
        return min(tiles, key=lambda s: (s.tile.center() - self._mouse).manhattanLength()).number

    def _menu(self, at: QPoint) -> None:
        entries, here, last = menu(self), self._current, len(self._media) - 1
        image = self._media[here].kind == "image"
        for text, icon, run, key, usable, danger in (
            (tr("draft", "Alt text…"), "text-quote", lambda: self.alt_wanted.emit(here), "Enter", image, False),
            (tr("draft", "Move forward"), "chevron-left", lambda: self._shift(-1), "Alt+Left", here > 0, False),
            (tr("draft", "Move back"), "chevron-right", lambda: self._shift(1), "Alt+Right", here < last, False),
            (tr("draft", "Take out"), "trash-2", lambda: self.removed.emit(here), "Delete", True, True),
        ):
            entry = add(entries, self._theme, text, icon, run, key, danger)
            entry.setEnabled(usable and not self.locked)
        entries.popup(at)

    # keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go and, after M or with Alt, carry; Enter writes alt text, Delete takes out."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step:
            self._shift(step) if alt or self._carry is not None else self._go(step)
        elif not self._act(Qt.Key(event.key())):
            super().keyPressEvent(event)
            return
        self._describe()
        self.update()

    def _act(self, key: Qt.Key) -> bool:
        here = self._current
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space):
            if self._carry is not None:
                self._carry = None
            elif here >= len(self._media):
                self.add_wanted.emit()
            elif self._media[here].kind == "image":
                self.alt_wanted.emit(here)
        elif key == Qt.Key.Key_M and not self.locked and here < len(self._media):
            self._carry = None if self._carry is not None else here
        elif key == Qt.Key.Key_Escape and self._carry is not None:
            self._put_back()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self.locked and here < len(self._media):
            self.removed.emit(here)
        else:
            return False
        return True

    def _go(self, step: int) -> None:
        last = len(self._media) - (1 if self.locked else 0)
        self._current = min(max(0, self._current + step), max(0, last))

    def _shift(self, step: int) -> None:
        to = self._current + step
        if self.locked or not (0 <= to < len(self._media)) or self._current >= len(self._media):
            return
        here, self._current = self._current, to
        self.moved.emit(here, to)

    def _put_back(self) -> None:
        assert self._carry is not None
        here, to, self._carry = self._current, self._carry, None
        self._current = to
        if here != to:
            self.moved.emit(here, to)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A carried file stays where it is."""
        self._carry = None
        super().focusOutEvent(event)
        self.update()

    # words -----------------------------------------------------------------------------------------------------

    def _tip(self, what: str, number: int) -> str:
        if what == "add":
            return tr("draft", "Add pictures or video")
        if what == "alt":
            return self._media[number].alt.strip() or tr("draft", "Alt text is missing")
        return self._media[number].name if what == "tile" else ""

    def _describe(self) -> None:
        """What a screen reader says of the tile the keys are on."""
        if self._current >= len(self._media):
            self.setAccessibleDescription(tr("draft", "Add pictures or video"))
            return
        media = self._media[self._current]
        self.setAccessibleDescription(
            tr("draft", "{number} of {all}", number=self._current + 1, all=len(self._media))
            + f", {media.name}, " + (media.alt.strip() or tr("draft", "Alt text is missing"))
        )  # fmt: skip

    def retranslate(self) -> None:
        self.setAccessibleName(tr("draft", "Pictures and video"))
        self._describe()


def ink_shade() -> QColor:
    """The ground of small words over a picture: 72 % black in both themes, so white on it is always readable."""
    shade = QColor("black")
    shade.setAlphaF(0.72)
    return shade
