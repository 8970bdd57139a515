"""A splitter that remembers its sizes per pane and window class, and forgets them on a double click."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

if TYPE_CHECKING:
    from studio.ui.theme import Theme


class SettingsStore(Protocol):
    """Where the window keeps what it should remember. Values are str, int, bool, or lists of them."""

    def get(self, key: str, default: object) -> object:
        """The value kept under `key`, or `default`."""
        ...

    def set(self, key: str, value: object) -> None:
        """Keep `value` under `key`."""
        ...


class _Handle(QSplitterHandle):
    """A 1 px line; 7 px to catch it with the mouse."""

    def __init__(self, splitter: Splitter, theme: Theme) -> None:
        super().__init__(splitter.orientation(), splitter)
        self._owner, self._theme = splitter, theme

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._owner.reset()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("control" if self.underMouse() else "line"))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)


class Splitter(QSplitter):
    """`Splitter(theme, "draft", settings, {1280: [240, 600, 376], 1440: [280, 680, 416], 1920: [320, 848, 688]})`.

    Keys are window widths from which a set of sizes holds; a width of 0 for a part means "hidden in this class".
    """

    def __init__(
        self,
        theme: Theme,
        key: str,
        settings: SettingsStore | None,
        sizes: Mapping[int, Sequence[int]],
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
    ) -> None:
        super().__init__(orientation)
        self._theme, self._key, self._settings, self._defaults = theme, key, settings, dict(sorted(sizes.items()))
        self._class = -1
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._remember)

    def createHandle(self) -> QSplitterHandle:
        """Our thin handle."""
        return _Handle(self, self._theme)

    def add(self, widget: QWidget, stretch: int = 0, least: int = 0) -> None:
        """Add a part; the one with a stretch takes what is left."""
        self.addWidget(widget)
        self.setStretchFactor(self.count() - 1, stretch)
        if least:
            widget.setMinimumWidth(least)

    def reset(self) -> None:
        """Back to the sizes of this window class."""
        self.setSizes(list(self._defaults[self._class]))
        self._remember()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the class when the window crosses a width."""
        super().resizeEvent(event)
        window = self.window().width()
        fitting = max((width for width in self._defaults if width <= window), default=min(self._defaults))
        if fitting != self._class:
            self._class = fitting
            self.setSizes(self._kept() or list(self._defaults[fitting]))

    def _name(self) -> str:
        return f"splitter/{self._key}/{self._class}"

    def _kept(self) -> list[int]:
        kept = self._settings.get(self._name(), []) if self._settings else []
        good = isinstance(kept, list) and len(kept) == self.count() and all(isinstance(size, int) for size in kept)
        return list(kept) if good and isinstance(kept, list) else []

    def _remember(self) -> None:
        if self._settings and self._class >= 0:
            self._settings.set(self._name(), self.sizes())
