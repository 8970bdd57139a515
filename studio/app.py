"""The composition root: builds the pieces once and hands them down; the only place that knows all rooms."""

from __future__ import annotations

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
        from studio.ui.start import run

        return run(words)
    from studio.cli import run as run_headless

    return run_headless(words, card_painter=paint_card)


def _wants_window(words: Sequence[str]) -> bool:
    """True when there is no command: nothing, or only --workspace DIR and --language L."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word in ("--workspace", "--language"):
            rest = rest[1:]
        elif not word.startswith(("--workspace=", "--language=")):
            return False
    return True


def paint_card(desk: Desk, post: Post, account: Account, **options: Any) -> dict[str, Any]:
    """The one door from headless commands to preview painting: loads QtGui, off screen, and nothing of QtWidgets."""
    from studio.ui.preview.offscreen import paint

    return paint(desk, post, account, **options)
