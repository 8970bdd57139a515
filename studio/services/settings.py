"""Settings, checked against their declaration, and the view state that panes want remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.core.errors import Problem, Refused
from studio.core.event import Event
from studio.core.setting import SETTINGS, Setting, Value, setting

if TYPE_CHECKING:
    from studio.store.workspace import Workspace


class Settings:
    """changed: emitted with the id of a setting that was set."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.settings
        self._read_only = workspace.read_only
        self.changed: Event[[str]] = Event()

    def get(self, id: str) -> Value:
        """The value, or the default when it was never set or no longer fits. Refused: no such setting."""
        declared = setting(id)
        try:
            return declared.check(self._store.get(id, declared.default))
        except Refused:
            return declared.default

    def set(self, id: str, value: object) -> None:
        """Refused when it does not fit the setting's declaration."""
        self._store.set(id, setting(id).check(value))
        self.changed.emit(id)

    def all(self) -> list[tuple[Setting, Value]]:
        return [(s, self.get(s.id)) for s in SETTINGS]

    def view(self, key: str, default: Any = None) -> Any:
        """Remembered view state (splitters, scroll places); JSON data."""
        return self._store.get(f"view:{key}", default)

    def set_view(self, key: str, value: Any) -> None:
        """Keeps view state; a workspace that cannot be written forgets it, silently: it is no one's work."""
        if self._read_only:
            return
        try:
            self._store.set(f"view:{key}", value)
        except Problem:
            return
