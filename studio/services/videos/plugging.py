"""Effects that installed packages bring, taken in once a run, before the first timeline is looked at."""

from __future__ import annotations

from functools import cache

from studio.core.finding import Finding


@cache
def load_plugins() -> tuple[Finding, ...]:
    """Lets them add their effects; says which could not (once)."""
    from studio.media.video.scripted.plugins import load

    return load()
