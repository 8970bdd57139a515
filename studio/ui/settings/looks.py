"""Settings that act on the window at once: language, theme, row height, motion."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from studio.ui.i18n import system_language

if TYPE_CHECKING:
    from studio.services.settings import Settings
    from studio.ui.theme import Mode, Theme


def take_up(theme: Theme, settings: Settings, id: str) -> None:
    """Let the setting `id` act on the theme; nothing happens when it already does, or is no matter of looks."""
    value = settings.get(id)
    app = QApplication.instance()
    if id == "language":
        wanted = system_language() if value == "system" else str(value)
        if wanted != theme.language.code:
            theme.language.set(wanted)
    elif id == "theme" and value != theme.mode and isinstance(app, QApplication):
        theme.apply(app, cast("Mode", str(value)))
    elif id == "density" and theme.compact != (value == "compact"):
        theme.compact = value == "compact"
        theme.refresh()
    elif id == "motion":
        theme.motion = bool(value)
