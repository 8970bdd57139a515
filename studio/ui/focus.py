"""Keyboard focus made visible, and the walk through a window's regions with F6."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFocusFrame, QPlainTextEdit, QTextEdit, QWidget

KEYBOARD = "keyboardFocus"
"""Dynamic property of the widget that has the focus by keyboard; delegates draw the ring on their current row."""
_NAVIGATION = frozenset({
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
})  # fmt: skip


class FocusRing(QObject):
    """Draws one ring around whatever has the focus, but only when a key brought it there.

    It listens to the native window's key and mouse presses (a handful per second), not to every event of the
    application: typing stays fast.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._frame = QFocusFrame(window)
        self._by_key = False
        self._marked: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def watch(self) -> None:
        """Start listening; call once the window has its native handle (in its show event)."""
        if (handle := self._window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember whether the last press was a key that moves the focus, or the mouse."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            moves = event.key() in _NAVIGATION or bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._by_key = moves or self._by_key
            if moves:
                self._mark(QApplication.focusWidget())
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._by_key = False
            self._mark(None)
        return False

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = new is not None and new.window() is self._window.window()
        self._mark(new if inside and self._by_key else None)

    def _mark(self, widget: QWidget | None) -> None:
        """Put the ring around `widget`. Editors show a caret instead, lists a ring on their row."""
        if self._marked is not None and self._marked is not widget:
            self._flag(self._marked, False)
        self._marked = widget
        if widget is None:
            self._frame.setWidget(None)  # type: ignore[arg-type]  # Qt's way to take the frame off
            return
        self._flag(widget, True)
        ringless = isinstance(widget, QPlainTextEdit | QTextEdit | QAbstractItemView) or widget.property("ring") == 0
        if ringless or not widget.window().isAncestorOf(widget):
            self._frame.setWidget(None)  # type: ignore[arg-type]
            return
        self._frame.setProperty("ring", widget.property("ring"))
        self._frame.setWidget(widget)

    def _flag(self, widget: QWidget, on: bool) -> None:
        try:
            widget.setProperty(KEYBOARD, on)
            (widget.viewport() if isinstance(widget, QAbstractItemView) else widget).update()
        except RuntimeError:  # the widget was deleted while it had the focus
            self._marked = None


def has_ring(widget: QWidget | None) -> bool:
    """Whether `widget` has the focus by keyboard (for delegates and painted widgets)."""
    return widget is not None and bool(widget.property(KEYBOARD)) and widget.hasFocus()


class Regions:
    """F6 and Shift+F6: from region to region, each remembering where it was left."""

    def __init__(self, regions: Callable[[], Sequence[QWidget]]) -> None:
        self._regions = regions
        self._left: dict[int, QWidget] = {}

    def step(self, by: int) -> QWidget | None:
        """Go `by` regions on; the widget that got the focus, or None when there is nowhere to go."""
        regions = [region for region in self._regions() if region.isVisible()]
        if not regions:
            return None
        focus = QApplication.focusWidget()
        here = self._holding(regions, focus)
        if here is not None and focus is not None:
            self._left[id(regions[here])] = focus
        start = here if here is not None else (-1 if by > 0 else 0)
        for distance in range(1, len(regions) + 1):
            target = self._entry(regions[(start + by * distance) % len(regions)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return target
        return None

    def _holding(self, regions: Sequence[QWidget], focus: QWidget | None) -> int | None:
        """The innermost region that holds the focus."""
        found = None
        for number, region in enumerate(regions):
            holds = focus is not None and (region is focus or region.isAncestorOf(focus))
            if holds and (found is None or regions[found].isAncestorOf(region)):
                found = number
        return found

    def _entry(self, region: QWidget) -> QWidget | None:
        left = self._left.get(id(region))
        if left is not None and region.isAncestorOf(left) and usable(left):
            return left
        return first_focusable(region)


def usable(widget: QWidget) -> bool:
    """Whether Tab may stop at it now."""
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def first_focusable(region: QWidget, last: bool = False) -> QWidget | None:
    """The first (or last) widget of a region where Tab would stop, in tab order."""
    chain = tab_chain(region)
    return (chain[-1] if last else chain[0]) if chain else None


def tab_chain(region: QWidget) -> list[QWidget]:
    """Every widget of a region where Tab stops, in the order they were made.

    Qt's own chain is not walked: PySide makes each widget it returns a child of the one before it, and takes the whole
    chain down (scroll bars of other panes included) when one of them is deleted.
    """
    found = [region] if usable(region) else []
    return found + [widget for widget in region.findChildren(QWidget) if usable(widget)]
