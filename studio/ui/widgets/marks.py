"""Small marks: a platform's disc, a state chip, a mode badge, a figure badge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.i18n import tr
from studio.ui.text import put
from studio.ui.widgets.base import Live

if TYPE_CHECKING:
    from studio.ui.theme import Theme

MODES: dict[str, tuple[str, str]] = {"api": ("plug", "info"), "assisted": ("hand", "warn"), "kit": ("package", "draft")}
"""Mode -> (icon, colour: a token with a tint, or "draft" for the grey of that state)."""
VERDICTS = {"good": "check", "warn": "triangle-alert", "bad": "x", "waiting": "hand"}


class Disc(QWidget):
    """A platform's disc: `Disc(theme, "B", "#1185E0", 28)`; sizes 14, 16, 20, 24, 28."""

    def __init__(self, theme: Theme, initial: str, colour: str, size: int = 20, name: str = "") -> None:
        super().__init__()
        self._theme, self._initial, self._colour, self._size = theme, initial, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_initial(self, initial: str) -> None:
        """Another letter: it differs between languages."""
        self._initial = initial
        self.update()

    def sizeHint(self) -> QSize:
        """Square, grown half as fast as text."""
        side = self._theme.icon_size(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        side = float(min(self.width(), self.height()))
        self._theme.draw_disc(painter, QRectF(0, 0, side, side), self._initial, self._colour)


def paint_verdict(painter: QPainter, theme: Theme, disc: QRectF, verdict: str) -> None:
    """The 14 px verdict at the lower right of a disc: good, warn, bad or waiting."""
    centre = QPointF(disc.right() - 2, disc.bottom() - 2)
    rect = QRectF(centre.x() - 7, centre.y() - 7, 14, 14)
    token = "warn" if verdict == "waiting" else verdict
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(rect.adjusted(-1.5, -1.5, 1.5, 1.5))
    painter.setBrush(theme.color(token))
    painter.drawEllipse(rect)
    theme.draw_icon(painter, rect, VERDICTS[verdict], 9, "on-mark")
    painter.restore()


def paint_chip(
    painter: QPainter, theme: Theme, rect: QRectF, icon: str, text: str, ink: QColor, tint: QColor, role: str = "small"
) -> None:
    """A chip: tint, 13 px icon, words. `rect` comes from `chip_width` and 22 px of height."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(rect, 5, 5)
    side = theme.icon_size(13)
    theme.draw_icon(painter, QRectF(rect.left() + 7, rect.top(), side, rect.height()), icon, 13, ink)
    painter.setFont(theme.font(role, 500))
    painter.setPen(ink)
    inner = rect.adjusted(7 + side + 5, 0, 0, 0)
    put(painter, inner, text)
    painter.restore()


def chip_width(theme: Theme, text: str, role: str = "small") -> int:
    """Width of a chip with these words, in px."""
    return 7 + theme.icon_size(13) + 5 + theme.width(role, text, 500) + 8


def paint_state(painter: QPainter, theme: Theme, at: QPointF, name: str, text: str = "") -> float:
    """State as icon and word in a list (no tint), starting at `at` (left, vertical centre); gives the width."""
    state = theme.state(name)
    words = text or state.words
    side, line = theme.icon_size(14), theme.line("small")
    theme.draw_icon(painter, QRectF(at.x(), at.y() - side / 2, side, side), state.icon, 14, state.text)
    font = theme.font("small", 500)
    font.setStrikeOut(state.name == "cancelled")
    painter.setFont(font)
    painter.setPen(state.text)
    width = theme.width("small", words, 500)
    left = at.x() + side + 5
    put(painter, QRectF(left, at.y() - line / 2, width, line), words)
    return side + 5 + width


class _Chip(Live, QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def parts(self) -> tuple[str, str, QColor, QColor]:
        raise NotImplementedError

    def retranslate(self) -> None:
        self.setAccessibleName(self.parts()[1])
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._theme, self.parts()[1]), self._theme.px(22))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        icon, text, ink, tint = self.parts()
        painter = QPainter(self)
        paint_chip(painter, self._theme, QRectF(self.rect()), icon, text, ink, tint)


class StateChip(_Chip):
    """A delivery state as tint, icon and word: `StateChip(theme, "published")`; `text` replaces the word (a time)."""

    def __init__(self, theme: Theme, state: str, text: str = "") -> None:
        super().__init__(theme)
        self._state, self._text = state, text
        self.retranslate()

    def set_state(self, state: str, text: str = "") -> None:
        """Show another state."""
        self._state, self._text = state, text
        self.retranslate()

    def parts(self) -> tuple[str, str, QColor, QColor]:
        """Icon, words, ink, tint."""
        state = self._theme.state(self._state)
        return state.icon, self._text or state.words, state.text, state.tint


class ModeBadge(_Chip):
    """How an account is served: `ModeBadge(theme, "api" | "assisted" | "kit")`."""

    def __init__(self, theme: Theme, mode: str) -> None:
        super().__init__(theme)
        self._mode = mode
        self.retranslate()

    def set_mode(self, mode: str) -> None:
        """Another one."""
        if mode != self._mode:
            self._mode = mode
            self.retranslate()

    def parts(self) -> tuple[str, str, QColor, QColor]:
        """Icon, words, ink, tint."""
        return mode_parts(self._theme, self._mode)


def mode_parts(theme: Theme, mode: str) -> tuple[str, str, QColor, QColor]:
    """Icon, words, ink and tint of a mode, for a painter."""
    icon, token = MODES[mode]
    words = {"api": tr("mode", "API"), "assisted": tr("mode", "Assisted"), "kit": tr("mode", "Kit")}[mode]
    if token == "draft":
        state = theme.state("draft")
        return icon, words, state.text, state.tint
    return icon, words, theme.color(token), theme.color(f"{token}-tint")


class ToneChip(_Chip):
    """A chip of one tone: `ToneChip(theme, "good", "shield-check", "Safe")`; tones good, warn, bad, info."""

    def __init__(self, theme: Theme, tone: str, icon: str, text: str) -> None:
        super().__init__(theme)
        self._parts = (tone, icon, text)
        self.retranslate()

    def set_parts(self, tone: str, icon: str, text: str) -> None:
        """Show something else."""
        self._parts = (tone, icon, text)
        self.retranslate()

    def parts(self) -> tuple[str, str, QColor, QColor]:
        """Icon, words, ink, tint."""
        tone, icon, text = self._parts
        return icon, text, self._theme.color(tone), self._theme.color(f"{tone}-tint")


def paint_badge(painter: QPainter, theme: Theme, centre: QPointF, figure: str, token: str = "warn") -> None:
    """A figure badge (10 px figures): how many things need the person."""
    width = max(15.0, theme.width("badge", figure) + 8)
    rect = QRectF(centre.x() - width / 2, centre.y() - 7.5, width, 15)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(token))
    painter.drawRoundedRect(rect, 7.5, 7.5)
    painter.setFont(theme.font("badge", None, True))
    painter.setPen(theme.color("on-mark"))
    put(painter, rect, figure, Qt.AlignmentFlag.AlignHCenter)
    painter.restore()
