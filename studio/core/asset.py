"""A file of the library and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from studio.core.opentime import Time
from studio.core.post import Kind, Media


@dataclass(frozen=True, slots=True)
class Probe:
    """What a file is, by its own bytes, never by its name.

    mime            "image/jpeg", ...; suffix: ".jpg", the usual ending for it
    width, height   pixels as shown, after orientation; 0 for sound
    orientation     EXIF orientation 1..8 as stored, 1 when absent
    duration        seconds, None for stills
    frames          1 for stills, more for animations; 0 when unknown
    has_location    True when it carries GPS data
    """

    kind: Kind
    mime: str
    suffix: str
    width: int = 0
    height: int = 0
    orientation: int = 1
    duration: Time | None = None
    frames: int = 1
    has_alpha: bool = False
    has_location: bool = False
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the library. id: SHA-256 of its bytes in hex; the same file twice is one asset."""

    id: str
    name: str
    bytes: int
    probe: Probe
    alt: str = ""
    tags: tuple[str, ...] = ()
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def as_media(self) -> Media:
        """A reference to it for a post, with the library's alt text."""
        p = self.probe
        return Media(self.id, p.kind, self.name, p.width, p.height, p.duration, self.alt)
