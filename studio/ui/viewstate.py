"""View state (splitters, scroll places) kept in the workspace's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.services.settings import Settings


class ViewState:
    """The `SettingsStore` that splitters take, over `desk.settings`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get(self, key: str, default: object) -> object:
        """The value kept under `key`, or `default`."""
        kept: object = self._settings.view(key, default)
        return kept

    def set(self, key: str, value: object) -> None:
        """Keep `value` under `key`."""
        self._settings.set_view(key, value)
