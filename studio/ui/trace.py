"""Start-up marks for measuring: with YIGAO_TRACE set, each mark is one line on standard error, at once."""

from __future__ import annotations

import os
import sys
import time


def mark(name: str) -> None:
    """Says that `name` was reached, with the seconds since 1970; nothing when YIGAO_TRACE is unset."""
    if os.environ.get("YIGAO_TRACE"):
        print(f"yigao-trace {name} {time.time():.6f}", file=sys.stderr, flush=True)
