"""What is seen of a source before it is played: small pictures of moments, and wave forms. Remembered on disk.

Everything here takes time: call it from a job or a thread of your own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.opentime import Time
from studio.core.timeline import Source

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.sound.waveform import Peaks as Peaks  # what wave forms are; front-ends name it from here
    from studio.media.video.where import Where

STEP = Fraction(1, 4)  # seconds: pictures closer to one another are the same one


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture. data: rows of R G B bytes, without padding."""

    width: int
    height: int
    data: bytes


class Looking:
    """Small pictures and wave forms of sources."""

    def __init__(self, cache: Path, where: Where) -> None:
        self._cache, self._where = cache, where

    def thumbnail(self, source: Source, at: Time, height: int) -> Thumb | None:
        """The picture at (or shortly before) `at` seconds of the source; None for sound.

        Refused: the file is gone or unreadable.
        """
        from studio.media.video.glimpse import kept, remembered

        path = self._where(source)
        moment = at // STEP * STEP if source.kind == "video" else Fraction(0)
        file = self._cache / "strips" / _key(path, source) / f"{height}-{moment.numerator}-{moment.denominator}.jpg"
        found = kept(file) or remembered(path, moment, height, file)
        return Thumb(found.width, found.height, found.tobytes()) if found is not None else None

    def peaks(self, source: Source, task: Task[Any] | None = None) -> Peaks:
        """The source's wave form. Refused: the file is gone or has no sound."""
        from studio.media.sound.waveform import peaks

        return peaks(self._where(source), self._cache / "peaks", task)


def _key(path: Path, source: Source) -> str:
    """A name for a file as it is now."""
    if source.hash:
        return source.hash[:32]
    told = path.stat()
    return hashlib.sha256(f"{path}:{told.st_size}:{told.st_mtime_ns}".encode()).hexdigest()[:32]
