"""A file as a source of clips: what the timeline must know of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from studio.core.ids import new_id
from studio.core.timeline import Source
from studio.media.probe import probe


def described(path: Path, *, id: str = "", media: str = "", hash: str = "", name: str = "") -> Source:
    """The file at `path` as a source. Refused as `probe`, and with what the reader cannot decode."""
    found = probe(path)
    source = Source(
        id or new_id(), path.as_posix(), found.kind, name or path.name, media, hash, found.width, found.height)
    if found.kind == "image":
        return replace(source, alpha=found.has_alpha)
    if found.kind == "audio":
        return replace(source, duration=found.duration, sound=True)
    return _film(path, source)


def _film(path: Path, source: Source) -> Source:
    from studio.media.video.reader import Reader

    reader = Reader(path)
    try:
        info = reader.info
    finally:
        reader.close()
    return replace(
        source, width=info.width, height=info.height, duration=info.duration, rate=info.rate, sound=info.sound,
        alpha=info.alpha,
    )
