"""The headless front-end: the same services as the window, without a screen."""

from __future__ import annotations

from collections.abc import Sequence

from studio.cli.app import CardPainter

__all__ = ["CardPainter", "run"]


def run(arguments: Sequence[str], card_painter: CardPainter) -> int:
    """Runs one command and gives its exit status.

    arguments     as typed, without the program's name
    card_painter  paints one preview into a PNG (see `CardPainter`); called by `preview` and `demo` only

    0 done; 1 refused; 2 wrong usage; 3 unconfirmed; 130 cancelled.
    """
    from studio.cli.main import run as run_command

    return run_command(arguments, card_painter)
