"""The typefaces that words on a video can be set in."""

from __future__ import annotations


def families() -> list[str]:
    """The families of this machine by name; "" (the studio's own, with all it falls back to) is always there beside."""
    from studio.media.lettering.fonts import machine

    return machine().families()
