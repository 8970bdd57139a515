"""What the window knows of a pane before it exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from studio.core.words import Marked


@dataclass(frozen=True, slots=True)
class PaneSpec:
    """A pane of the window, before it exists.

    id         stable name ("draft")            title     its name, marked
    icon       name of an icon                  make      builds the widget at its first showing
    shortcut   "" for Ctrl+1 .. Ctrl+8 in order; settings have "Ctrl+,"
    at_foot    at the foot of the rail          keywords  for the palette (pinyin initials, English)
    """

    id: str
    title: Marked
    icon: str
    make: Callable[[], QWidget]
    shortcut: str = ""
    at_foot: bool = False
    keywords: str = ""
