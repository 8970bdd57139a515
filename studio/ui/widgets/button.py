"""Buttons: one filled, the others quieter; tool buttons of an icon alone; links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from studio.ui.icons import faded
from studio.ui.text import put

if TYPE_CHECKING:
    from studio.ui.theme import Theme

Kind = Literal["primary", "secondary", "quiet", "danger", "danger-filled"]
Size = Literal["bar", "normal", "small"]

_HEIGHT = {"bar": 36, "normal": 32, "small": 28}
_PAD = {"bar": 14, "normal": 12, "small": 10}
_GAP = 8


class Button(QPushButton):
    """A button with words, and perhaps an icon before and a key after them.

    `kind`: primary (the one filled button of a window), secondary (outlined), quiet (words only), danger (outlined,
    red words), danger-filled (only inside its own confirmation). A disabled button says why: `why_not("...")`.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        kind: Kind = "secondary",
        icon: str = "",
        size: Size = "normal",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._kind, self._icon, self._size, self._key = theme, kind, icon, size, key
        self._busy: QTimer | None = None
        self._turn = 0
        self.setAutoDefault(kind == "primary")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 7)

    @property
    def kind(self) -> Kind:
        """How loud the button is."""
        return self._kind

    def set_icon(self, icon: str) -> None:
        """Change the icon by name; "" removes it."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def why_not(self, reason: str) -> None:
        """Disable with a reason as tool tip, or enable with an empty one."""
        self.setEnabled(not reason)
        self.setToolTip(reason)
        self.setAccessibleDescription(reason)

    def set_busy(self, busy: bool) -> None:
        """Turn an arc in the place of the icon while work of up to two seconds runs."""
        if busy and self._busy is None:
            self._busy = QTimer(self)
            self._busy.timeout.connect(self._advance)
            self._busy.start(40 if self._theme.motion else 400)
        elif not busy and self._busy is not None:
            self._busy.stop()
            self._busy = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Never narrower than its words: a button cuts no text."""
        pad = self._theme.icon_size(_PAD[self._size])
        return QSize(round(self._content_width()) + 2 * pad, self._theme.px(_HEIGHT[self._size]))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, words and key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._ink()
        x = (self.width() - self._content_width()) / 2
        if self._icon or self._busy:
            side = self._theme.icon_size(self._icon_px())
            self._paint_icon(painter, QRectF(x, 0, side, self.height()), ink)
            x += side + (self._gap() if self.text() else 0)
        painter.setFont(self._font())
        painter.setPen(ink)
        width = self.text_width()
        put(painter, QRectF(x, 0, width, self.height()), self.text())
        if self._key:
            self._paint_key(painter, x + width + self._gap() + 2, ink)

    def text_width(self) -> int:
        """Width of the words in px."""
        return self._theme.width(self._role(), self.text(), self._weight())

    def _role(self) -> str:
        return "small" if self._size == "small" else "body"

    def _weight(self) -> int:
        return 600 if self._kind in ("primary", "danger-filled") else 500

    def _font(self) -> QFont:
        return self._theme.font(self._role(), self._weight())

    def _icon_px(self) -> int:
        return 14 if self._size == "small" else 16

    def _content_width(self) -> float:
        width: float = self.text_width()
        if self._icon or self._busy:
            width += self._theme.icon_size(self._icon_px()) + (self._gap() if self.text() else 0)
        return width + (self._key_width() + self._gap() + 2 if self._key else 0)

    def _gap(self) -> int:
        return self._theme.icon_size(_GAP)

    def _key_width(self) -> int:
        return self._theme.width("caption", self._key, 500) + 10

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return self._theme.color("text-3")
        token = {"primary": "on-accent", "danger-filled": "on-accent", "danger": "bad", "quiet": "text-2"}
        return self._theme.color(token.get(self._kind, "text"))

    def _paint_ground(self, painter: QPainter) -> None:
        fill, outline = self._colours()
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(outline, 1) if outline is not None else Qt.PenStyle.NoPen)
        inset = 0.5 if outline is not None else 0
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 7, 7)

    def _colours(self) -> tuple[QColor | None, QColor | None]:
        theme, hot, down = self._theme, self.underMouse(), self.isDown()
        if not self.isEnabled():
            return (None, None) if self._kind == "quiet" else (theme.color("sunken"), theme.color("line"))
        if self._kind == "primary":
            return theme.color("accent-hover" if hot or down else "accent"), None
        if self._kind == "danger-filled":
            return theme.color("bad-fill"), None
        if self._kind == "quiet":
            return (theme.color("press" if down else "hover"), None) if hot or down else (None, None)
        return theme.color("press" if down else "hover" if hot else "raised"), theme.color("line-2")

    def _paint_icon(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        if self._busy is not None:
            paint_arc(painter, rect, ink, self._turn, self._theme.motion)
        else:
            self._theme.draw_icon(painter, rect, self._icon, self._icon_px(), ink if self.isEnabled() else faded(ink))

    def _paint_key(self, painter: QPainter, x: float, ink: QColor) -> None:
        height = self._theme.px(17)
        rect = QRectF(x, (self.height() - height) / 2, self._key_width(), height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(ink, 0.16))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(ink)
        painter.setFont(self._theme.font("caption", 500))
        put(painter, rect, self._key, Qt.AlignmentFlag.AlignHCenter)

    def _advance(self) -> None:
        self._turn = (self._turn + 1) % 36000
        self.update()


def paint_arc(painter: QPainter, rect: QRectF, ink: QColor, turn: int, motion: bool) -> None:
    """The indeterminate sign: a turning arc, or three still dots with reduced motion."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = rect.center()
    if motion:
        pen = QPen(ink, 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(QRectF(centre.x() - 6, centre.y() - 6, 12, 12), -turn * 16 * 16, 270 * 16)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for offset in (-5, 0, 5):
            painter.drawEllipse(QPointF(centre.x() + offset, centre.y()), 1.5, 1.5)
    painter.restore()


class ToolButton(QToolButton):
    """An icon alone, 28x28, with its name and key as tool tip: `ToolButton(theme, "history", tr(...), "Ctrl+H")`."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        tip: str = "",
        shortcut: str = "",
        size: int = 16,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._px, self._keys = theme, icon, size, shortcut
        self._dot = False
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ring", 6)
        self.set_tip(tip)

    def set_tip(self, tip: str) -> None:
        """The name of the button, in the language in use; the key is added."""
        self.setAccessibleName(tip)
        keys = QKeySequence(self._keys).toString(QKeySequence.SequenceFormat.NativeText) if self._keys else ""
        self.setToolTip(f"{tip}  {keys}" if keys else tip)

    def set_icon(self, icon: str) -> None:
        """Change the icon by name."""
        self._icon = icon
        self.update()

    def set_dot(self, on: bool) -> None:
        """A small accent dot at the corner: there is something new here."""
        self._dot = on
        self.update()

    def sizeHint(self) -> QSize:
        """28 px square at 100 %."""
        side = self._theme.px(28)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = self._ground()
        if token:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(token))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        ink = self._theme.color("accent-text" if self.isChecked() else "text-2")
        ink = ink if self.isEnabled() else faded(self._theme.color("text-3"))
        self._theme.draw_icon(painter, QRectF(self.rect()), self._icon, self._px, ink)
        if self._dot:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            painter.drawEllipse(QPointF(self.width() - 7, 7), 3, 3)

    def _ground(self) -> str:
        if not self.isEnabled():
            return ""
        if self.isChecked():
            return "accent-tint"
        open_menu = self.menu() is not None and self.menu().isVisible()
        return "press" if self.isDown() or open_menu else "hover" if self.underMouse() else ""


class Link(QAbstractButton):
    """Words that act: accent text, never underlined, at least 28 px high to hit when `tall`."""

    def __init__(self, theme: Theme, text: str = "", role: str = "small", icon: str = "", tall: bool = False) -> None:
        super().__init__()
        self._theme, self._role, self._icon, self._tall = theme, role, icon, tall
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", 4)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        icon = self._theme.icon_size(14) + 6 if self._icon else 0
        height = self._theme.px(28) if self._tall else self._theme.line(self._role)
        return QSize(self._theme.width(self._role, self.text(), 500) + icon + 2, height)

    minimumSizeHint = sizeHint

    def enterEvent(self, event: QEnterEvent) -> None:
        """Redraw under the mouse."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Redraw without it."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        painter = QPainter(self)
        ink = self._theme.color("accent-text") if self.isEnabled() else self._theme.color("text-3")
        rect = QRectF(self.rect())
        if self._icon:
            side = self._theme.icon_size(14)
            self._theme.draw_icon(painter, QRectF(0, 0, side, rect.height()), self._icon, 14, ink)
            rect.setLeft(side + 6)
        painter.setFont(self._theme.font(self._role, 500))
        painter.setPen(faded(ink, 0.75) if self.underMouse() and self.isEnabled() else ink)
        put(painter, rect, self.text())
