"""What a person can do, as data: menus, tool bars, shortcuts, the palette and the F1 list all read the same list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from studio.core.words import Marked
from studio.ui.i18n import said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from studio.ui.theme import Theme


def always() -> bool:
    """An action that can be done at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    id            stable, dotted: "draft.new"
    text          its name, marked: N("draft", "New draft")
    run           does it
    shortcut      portable key text ("Ctrl+N"; Qt writes Cmd on macOS), or ""
    icon          name of an icon, or ""
    enabled_when  asked each time a menu or the palette opens and before a key acts
    keywords      more words the palette finds it by: English, pinyin and pinyin initials ("new xjgj xinjiangaojian")
    context       where it belongs, marked; shown grey in the palette
    """

    id: str
    text: Marked
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    enabled_when: Callable[[], bool] = always
    keywords: str = ""
    context: Marked | None = None


def keys_of(action: Action) -> str:
    """The shortcut as this computer writes it ("Ctrl+N", "⌘N"); the big key is called Enter, as keyboards do."""
    native = QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText) if action.shortcut else ""
    return native.replace("Return", "Enter")


class Bound:
    """Actions whose shortcuts live on a widget: they act while it, or something in it, has the focus or the window."""

    def __init__(self, owner: QWidget, actions: Iterable[Action], whole_window: bool = False) -> None:
        self.actions = tuple(actions)
        context = Qt.ShortcutContext.WindowShortcut if whole_window else Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._owner = owner
        self.qactions = [self._bind(action, context) for action in self.actions if action.shortcut]

    def release(self) -> None:
        """Take the shortcuts off the widget."""
        for qaction in self.qactions:
            self._owner.removeAction(qaction)
            qaction.deleteLater()
        self.qactions = []

    def _bind(self, action: Action, context: Qt.ShortcutContext) -> QAction:
        qaction = QAction(self._owner)
        qaction.setObjectName(action.id)
        qaction.setShortcut(QKeySequence(action.shortcut))
        qaction.setShortcutContext(context)
        qaction.triggered.connect(lambda _=False: perform(action))
        self._owner.addAction(qaction)
        return qaction


def perform(action: Action) -> bool:
    """Do it if it can be done now; whether it was."""
    if not action.enabled_when():
        return False
    action.run()
    return True


def fill(menu: QMenu, theme: Theme, actions: Iterable[Action]) -> None:
    """Add actions to a menu, greyed where they cannot be done now."""
    from studio.ui.widgets.menu import add

    for action in actions:
        keys = keys_of(action)  # behind a tab it is only shown; the key itself belongs to the window
        entry = add(menu, theme, f"{said(action.text)}\t{keys}" if keys else said(action.text), action.icon, action.run)
        entry.setEnabled(action.enabled_when())
