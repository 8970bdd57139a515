"""A row under the top bar for what concerns the whole window: read-only workspace, full disk, no network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from studio.ui.widgets.base import row
from studio.ui.widgets.button import Link
from studio.ui.widgets.label import Label

if TYPE_CHECKING:
    from studio.ui.theme import Theme

ICONS = {"info": "info", "warn": "triangle-alert", "bad": "circle-alert"}
Text = Callable[[], str]


class _Strip(QWidget):
    """One message: icon, sentence, one action."""

    def __init__(self, theme: Theme, tone: str, text: Text, action: Text | None, run: Callable[[], object] | None):
        super().__init__()
        self._theme, self._tone, self._text, self._action = theme, tone, text, action
        self._label = Label("", "small", tone, 500)
        self._label.setWordWrap(True)
        self._link = Link(theme, "")
        if run is not None:
            self._link.clicked.connect(lambda _=False: run())
        self.setLayout(row(24, self._label, self._link, gap=12, margins=(16, 7, 16, 7)))
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say()

    def say(self) -> None:
        """Take the words in the language in use."""
        self._label.setText(self._text())
        self.setAccessibleName(self._text())
        self._link.setText(self._action() if self._action else "")
        self._link.setVisible(self._action is not None)
        self._link.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color(f"{self._tone}-tint"))
        icon = QRectF(18, 0, 16, self.height())
        self._theme.draw_icon(painter, icon, ICONS[self._tone], 14, self._tone)


class Banner(QWidget):
    """`banner.say("read-only", "warn", lambda: tr(...))`; a second `say` with the key replaces, `take_back` removes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._strips: dict[str, _Strip] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.hide()

    @property
    def keys(self) -> list[str]:
        """What is said now."""
        return list(self._strips)

    def say(
        self,
        key: str,
        tone: str,
        text: Text,
        action: Text | None = None,
        run: Callable[[], object] | None = None,
    ) -> None:
        """Say something; tone is info, warn or bad. Texts are callables, asked again when the language changes."""
        self.take_back(key)
        strip = _Strip(self._theme, tone, text, action, run)
        self._strips[key] = strip
        self._layout.addWidget(strip)
        self.show()

    def take_back(self, key: str) -> None:
        """It is no longer so."""
        strip = self._strips.pop(key, None)
        if strip is not None:
            self._layout.removeWidget(strip)
            strip.deleteLater()
        self.setVisible(bool(self._strips))

    def retranslate(self) -> None:
        """All words anew."""
        for strip in self._strips.values():
            strip.say()
