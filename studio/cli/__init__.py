"""The headless front-end: the same services as the window, without a screen."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.cli.app import CardPainter

# A command lives a second and makes few cycles: collecting while it imports and lists costs a fifth of it.
COLLECT_AFTER = 100_000


def run(arguments: Sequence[str], card_painter: CardPainter) -> int:
    """Runs one command and gives its exit status.

    arguments     as typed, without the program's name
    card_painter  paints one preview into a PNG (see `CardPainter`); called by `preview` and `demo` only

    0 done; 1 refused; 2 wrong usage; 3 unconfirmed; 130 cancelled.
    """
    gc.set_threshold(COLLECT_AFTER)
    from studio.cli.main import run as run_command

    return run_command(arguments, card_painter)
