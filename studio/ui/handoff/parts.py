"""What the bodies of the steps are made of: a text to copy, files to drag out, a code to scan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from studio.ui.draft.media_strip import ink_shade
from studio.ui.i18n import tr
from studio.ui.library.thumbs import Thumbs, paint_cover
from studio.ui.text import paint_line
from studio.ui.widgets.base import name, row
from studio.ui.widgets.button import Button, Kind

if TYPE_CHECKING:
    from studio.core.handoff import Piece
    from studio.ui.theme import Theme

COPIED_MS: Final = 2000
TILE, GAP, SHOWN = 44, 6, 5
PAPER, INK = QColor("white"), QColor("black")  # a code is read by cameras, not by themes


def copy_piece(piece: Piece) -> None:
    """The text on the clipboard, as rich text beside the plain one where it has some."""
    mime = QMimeData()
    mime.setText(piece.text)
    if piece.html:
        mime.setHtml(piece.html)
    QGuiApplication.clipboard().setMimeData(mime)


def files_mime(files: Sequence[Path]) -> QMimeData:
    """Files as what can be dropped or pasted, in order."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


class CopyButton(Button):
    """Says "Copied" for two seconds after it did, and keeps its tick."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme, words, "secondary", "copy", "small")
        self._words = words
        self._copied = self._just = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(COPIED_MS)
        self._timer.timeout.connect(self._rest)
        name(self, words)

    @property
    def copied(self) -> bool:
        """It was copied at least once."""
        return self._copied

    def show_state(self, copied: bool, next: bool) -> None:
        """copied: ticked. next: it is the one to press."""
        self._copied = copied
        self._kind: Kind = "primary" if next else "secondary"
        self._say()

    def flash(self) -> None:
        """It was copied just now."""
        self._copied = self._just = True
        self._timer.start()
        self._say()

    def sizeHint(self) -> QSize:
        """Wide enough for both of its words, so that nothing moves."""
        hint = super().sizeHint()
        other = max(self._theme.width(self._role(), words, 600) for words in (self._words, tr("handoff", "Copied")))
        return QSize(max(hint.width(), hint.width() - self.text_width() + other), hint.height())

    minimumSizeHint = sizeHint

    def _rest(self) -> None:
        self._just = False
        self._say()

    def _say(self) -> None:
        self.setText(tr("handoff", "Copied") if self._just else self._words)
        self.set_icon("check" if self._copied else "copy")
        self.setAccessibleDescription(tr("handoff", "Copied") if self._copied else "")

    def _ink(self) -> QColor:
        good = self._copied and self._kind != "primary"
        return self._theme.color("good") if good and self.isEnabled() else super()._ink()


class PieceLine(QWidget):
    """A text, cut to one line, and the button that copies it. copied(): it was."""

    copied = Signal()

    def __init__(self, theme: Theme, piece: Piece, words: str) -> None:
        super().__init__()
        self.piece = piece
        self.box = PieceBox(theme, piece)
        self.button = CopyButton(theme, words)
        self.button.clicked.connect(self.copy)
        line = row(self.box, self.button, gap=8)
        line.setStretch(0, 1)
        self.setLayout(line)

    def copy(self) -> None:
        """Onto the clipboard."""
        copy_piece(self.piece)
        self.button.flash()
        self.copied.emit()


class PieceBox(QWidget):
    """The beginning of a text in a box, 28 px high; its length where it is over the limit."""

    def __init__(self, theme: Theme, piece: Piece) -> None:
        super().__init__()
        self._theme, self._piece = theme, piece
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        length = str(piece.count or len(piece.text))
        self._length = f"{length}/{piece.limit}" if piece.limit is not None else length
        self.over = piece.limit is not None and piece.count > piece.limit
        self.setToolTip(f"{piece.text[:600]}\n\n{self._length}")
        name(self, piece.text[:200], self._length)

    def sizeHint(self) -> QSize:
        """28 px high."""
        return QSize(120, self._theme.px(28))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, words, and a length that is too long."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("bad" if self.over else "line-2"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        inside = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        if self.over:
            wide = theme.width("caption", self._length, 600)
            place = QRectF(inside.right() - wide, 0, wide + 1, self.height())
            paint_line(painter, theme, place, self._length, "caption", "bad", 600, tabular=True)
            inside.setRight(place.left() - 6)
        paint_line(painter, theme, inside, " ".join(self._piece.text.split()), "small", "text")


class FileStrip(QWidget):
    """The files in order, to be dragged out together. taken(): they were let fall somewhere.

    Ctrl+C, Enter or Space put them on the clipboard: most pages and folders take them from there, too.
    """

    taken = Signal()
    copied = Signal()

    def __init__(self, theme: Theme, files: Sequence[Path], pictures: Sequence[str], thumbs: Thumbs) -> None:
        super().__init__()
        self._theme, self._files, self._pictures, self._thumbs = theme, tuple(files), tuple(pictures), thumbs
        self._from: QPoint | None = None
        self.run_drag: Callable[[QDrag], Qt.DropAction] = lambda drag: drag.exec(Qt.DropAction.CopyAction)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setProperty("ring", 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        names = ", ".join(file.name for file in files)
        name(self, tr("handoff", "Drag the files out"), names)
        self.setToolTip("\n".join(file.name for file in files))
        thumbs.ready.connect(self._came)

    def _came(self, _id: str) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        """A row of tiles and a line of words."""
        return QSize(200, self._theme.icon_size(TILE) + 2 * 8 + self._theme.line("caption") + 4)

    minimumSizeHint = sizeHint

    def copy(self) -> None:
        """The keyboard's way."""
        QGuiApplication.clipboard().setMimeData(files_mime(self._files))
        self.copied.emit()

    def drag(self) -> QDrag:
        """All of them, as one thing to drag."""
        drag = QDrag(self)
        drag.setMimeData(files_mime(self._files))
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._from or QPoint())
        return drag

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lift after some px."""
        far = QApplication.startDragDistance()
        if self._from is None or (event.position().toPoint() - self._from).manhattanLength() < far:
            return
        drag, self._from = self.drag(), None
        if self.run_drag(drag) != Qt.DropAction.IgnoreAction:
            self.taken.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was only a click."""
        self._from = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and Ctrl+C copy the files."""
        copy = event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if copy or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.copy()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tiles with their numbers, and what can be done with them."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        pen = QPen(theme.color("line-2"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        side = theme.icon_size(TILE)
        for number, file in enumerate(self._files[:SHOWN]):
            rest = len(self._files) - SHOWN
            more = f"+{rest + 1}" if number == SHOWN - 1 and rest > 0 else ""
            self._tile(painter, QRectF(8 + number * (side + GAP), 8, side, side), number, file, more)
        line = QRectF(8, 8 + side + 4, self.width() - 16, theme.line("caption"))
        words = tr("handoff", "Drag them onto the page, in this order")
        if len(self._files) == 1:
            words = tr("handoff", "Drag it onto the page")
        paint_line(painter, theme, line, words, "caption", "text-2")

    def _tile(self, painter: QPainter, place: QRectF, number: int, file: Path, more: str) -> None:
        theme = self._theme
        media = self._pictures[number] if number < len(self._pictures) else ""
        pixmap = self._thumbs.get(media) if media else None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("press"))
        painter.drawRoundedRect(place, 6, 6)
        if more:
            paint_line(painter, theme, place, more, "small", "text-2", 600, Qt.AlignmentFlag.AlignHCenter)
            return
        if pixmap is not None:
            paint_cover(painter, pixmap, place, 6)
        else:
            theme.draw_icon(painter, place, _icon_of(file), 16, "text-2")
        badge = QRectF(place.left() + 3, place.top() + 3, 15, 15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink_shade())
        painter.drawRoundedRect(badge, 4, 4)
        paint_line(painter, theme, badge, str(number + 1), "badge", QColor("white"), None,
                   Qt.AlignmentFlag.AlignHCenter)  # fmt: skip


def _icon_of(file: Path) -> str:
    kind = file.suffix.lower()
    if kind in (".mp4", ".mov", ".webm", ".mkv"):
        return "film"
    return "image" if kind in (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic") else "file-pen-line"


class Code(QWidget):
    """A QR code: dark on white in both themes. rows: True is dark; its quiet zone is among them."""

    def __init__(self, theme: Theme, rows: Sequence[Sequence[bool]], words: str) -> None:
        super().__init__()
        self._theme, self._image = theme, _drawn(rows)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        name(self, words)

    def sizeHint(self) -> QSize:
        """Whole device px for each module, about 168 px."""
        modules = self._image.width()
        side = modules * max(2, round(168 / modules))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sharp edges."""
        QPainter(self).drawImage(self.rect(), self._image)


def _drawn(rows: Sequence[Sequence[bool]]) -> QImage:
    side = len(rows)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    for y, line in enumerate(rows):
        for x, dark in enumerate(line):
            if dark:
                image.setPixelColor(x, y, INK)
    return image
