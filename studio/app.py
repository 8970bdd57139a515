"""The composition root: builds the pieces once and hands them down; the only place that knows all rooms."""

from __future__ import annotations

import builtins
import gc
import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studio.core.post import Account, Post
    from studio.services.desk import Desk


def main(arguments: Sequence[str] | None = None) -> int:
    """The window without a command, the headless front-end with one. Gives the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if _wants_window(words):
        gc.disable()  # what starting makes, stays; `start.run` sees to it later, in the window's thread
        _load_toolkit()
        from studio.ui.start import run

        return run(words)
    from studio.cli import run as run_headless

    return run_headless(words, card_painter=paint_card)


def _load_toolkit() -> None:
    """Loads PySide6 and takes its import hook out again.

    The hook serves `from __feature__ import ...`, which nothing here uses, and makes every later import a third
    slower (measured on sqlalchemy: 0.31 s with it, 0.22 s without; see also napari issue 8584).
    """
    plain = builtins.__import__
    importlib.import_module("PySide6.QtWidgets")
    builtins.__import__ = plain


def _wants_window(words: Sequence[str]) -> bool:
    """True when there is no command: nothing, or only --workspace DIR, --language L and --tray."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word in ("--workspace", "--language"):
            rest = rest[1:]
        elif word != "--tray" and not word.startswith(("--workspace=", "--language=")):
            return False
    return True


def paint_card(desk: Desk, post: Post, account: Account, **options: Any) -> dict[str, Any]:
    """The one door from headless commands to preview painting: loads QtGui, off screen, and nothing of QtWidgets."""
    from studio.ui.preview.offscreen import paint

    return paint(desk, post, account, **options)
