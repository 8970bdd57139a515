"""Menus in our look: rounded where the desktop can draw translucent windows, square elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.style import composited

if TYPE_CHECKING:
    from studio.ui.theme import Theme


def menu(parent: QWidget) -> QMenu:
    """An empty menu, deleted with its parent."""
    result = QMenu(parent)
    if composited():
        result.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        result.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        result.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    return result


def add(
    into: QMenu,
    theme: Theme,
    text: str,
    icon: str = "",
    run: Callable[[], object] | None = None,
    shortcut: str = "",
    danger: bool = False,
) -> QAction:
    """Add an entry. The shortcut is only shown: the window's action owns the key."""
    action = QAction(text, into)
    if icon:
        action.setIcon(theme.icon(icon, 16, "bad" if danger else "text-2"))
    if run is not None:
        action.triggered.connect(lambda _=False: run())
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setShortcutVisibleInContextMenu(True)
    into.addAction(action)
    return action
