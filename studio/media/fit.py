"""Making a picture fit what a place takes: format, bytes, size, no metadata. As little as needed, never larger.

The same file and limits give the same bytes, so a repeated upload is the same blob.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.asset import Probe
from studio.core.errors import Refused
from studio.core.finding import Finding, error, info, warning
from studio.media import boxes
from studio.media.strip import CLEANERS, clean
from studio.media.whole import whole

if TYPE_CHECKING:
    from studio.media.encode import Encoded

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken. formats: mimes, the first is what others become; bytes: most; edge: most px of the longer side;

    pixels: most, width x height; None: no limit. animated: may it move.
    """

    formats: tuple[str, ...] = ("image/jpeg", "image/png")
    bytes: int | None = None
    edge: int | None = None
    pixels: int | None = None
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Fitted:
    """A file ready to send. sha256 in hex; width, height in px as shown; changes: what was done, for the person."""

    path: Path
    mime: str
    bytes: int
    sha256: str
    width: int
    height: int
    changes: tuple[Finding, ...] = ()


def fit(
    path: Path, found: Probe, limits: Limits, folder: Path, *, name: str = "", keep_metadata: bool = False
) -> Fitted:
    """Writes the picture at `path` into `folder` so that it keeps `limits`; gives `path` itself when it does already.

    Metadata (place, serial numbers) is removed unless `keep_metadata`, without re-coding where the format allows.
    Animations are kept as they are or flattened to their first frame (finding media.animation_flattened).
    name: what the findings call it; the file's own name when "".
    Refused: media.unreadable, media.too_large_pixels, media.cannot_fit (bytes too few for any picture).
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = name or path.name
    if _may_stay(found, limits, keep_metadata):
        done = _as_it_is(path, found, folder, keep_metadata, name)
        if done is not None and (limits.bytes is None or done.bytes <= limits.bytes):
            return done
        if done is not None and done.path != path:
            done.path.unlink(missing_ok=True)
    return _recoded(path, found, limits, folder, keep_metadata, name)


def kept(path: Path, found: Probe) -> Fitted:
    """The file exactly as it is, hashed: for films and sound."""
    sha, size = _hash(_pieces(path))
    return Fitted(path, found.mime, size, sha, found.width, found.height)


def size_within(width: int, height: int, limits: Limits) -> tuple[int, int]:
    """The largest size of this shape within `limits.edge` and `limits.pixels`; at least 1 x 1."""
    scale = 1.0
    if limits.edge is not None:
        scale = min(scale, limits.edge / max(width, height))
    if limits.pixels is not None:
        scale = min(scale, math.sqrt(limits.pixels / (width * height)))
    if scale >= 1.0:
        return width, height
    small = max(1, math.floor(width * scale)), max(1, math.floor(height * scale))
    if limits.pixels is not None and small[0] * small[1] > limits.pixels:  # a line so thin it cannot get thinner
        small = min(small[0], limits.pixels // small[1] or 1), min(small[1], limits.pixels)
    return small


def _may_stay(found: Probe, limits: Limits, keep_metadata: bool) -> bool:
    """True when its pixels can be sent as they are stored."""
    return (
        found.mime in limits.formats
        and (keep_metadata or found.mime in CLEANERS)
        and found.mode != "CMYK"
        and (found.orientation == 1 or found.mime == "image/jpeg")
        and (found.frames == 1 or limits.animated)
        and size_within(found.width, found.height, limits) == (found.width, found.height)
    )


def _as_it_is(path: Path, found: Probe, folder: Path, keep_metadata: bool, name: str) -> Fitted | None:
    """The same pixels, without metadata. None when the file is broken in a way only a decoder can judge."""
    if keep_metadata:
        return kept(path, found)
    try:
        sha, size = _hash(clean(path, found.mime, found.orientation))
    except ValueError:
        return None
    if size == path.stat().st_size:
        return kept(path, found)
    target = _write(clean(path, found.mime, found.orientation), folder, sha, found.suffix)
    gone = info("media.metadata_removed", "media", name=name, location=found.has_location)
    return Fitted(target, found.mime, size, sha, found.width, found.height, (gone,))


def fit_clip(path: Path, found: Probe, folder: Path, *, name: str = "", keep_metadata: bool = False) -> Fitted:
    """A film or sound file ready to send: as it is, but without the place it was taken at unless `keep_metadata`.

    Only MP4 and MOV can be cleaned; of another type that names a place the file goes out as it is, with the warning
    media.location_kept.
    """
    if keep_metadata or not found.has_location:
        return kept(path, found)
    name = name or path.name
    try:
        return _without_place(path, found, folder, name)
    except (KeyError, ValueError):
        return replace(kept(path, found), changes=(warning("media.location_kept", "media", name=name),))


def _without_place(path: Path, found: Probe, folder: Path, name: str) -> Fitted:
    """KeyError for a type that cannot be cleaned, ValueError when its boxes are broken."""
    if found.mime not in boxes.MIMES:
        raise KeyError(found.mime)
    folder.mkdir(parents=True, exist_ok=True)
    sha, size = _hash(boxes.without_remarks(path))
    target = _write(boxes.without_remarks(path), folder, sha, found.suffix)
    gone = info("media.metadata_removed", "media", name=name, location=True)
    return Fitted(target, found.mime, size, sha, found.width, found.height, (gone,))


def _recoded(path: Path, found: Probe, limits: Limits, folder: Path, keep_metadata: bool, name: str) -> Fitted:
    from studio.media.encode import encode, read

    source = read(path, found, size_within(found.width, found.height, limits))
    done = encode(source.picture, limits.formats, limits.bytes, drawn=found.mime in ("image/png", "image/gif"),
                  exif=source.exif if keep_metadata else b"")
    if done is None:
        raise Refused(error("media.cannot_fit", "media", name=name, limit=limits.bytes))
    sha = hashlib.sha256(done.data).hexdigest()
    target = _write((done.data,), folder, sha, done.suffix)
    lost = source.metadata and not (keep_metadata and source.exif)
    return Fitted(target, done.mime, len(done.data), sha, *done.size, tuple(_changes(name, found, done, lost)))


def _changes(name: str, found: Probe, done: Encoded, lost: bool) -> Iterator[Finding]:
    if found.frames != 1:
        yield warning("media.animation_flattened", "media", name=name)
    if done.flattened:
        yield warning("media.transparency_flattened", "media", name=name)
    if done.mime != found.mime or found.mode == "CMYK":
        yield info("media.converted", "media", name=name, before=_short(found), after=done.suffix[1:].upper())
    if done.size != (found.width, found.height):
        yield info("media.shrunk", "media", name=name, width=done.size[0], height=done.size[1],
                   width_before=found.width, height_before=found.height)
    elif done.quality and done.mime == found.mime and found.mode != "CMYK":
        yield info("media.compressed", "media", name=name, quality=done.quality, bytes=len(done.data))
    if lost:
        yield info("media.metadata_removed", "media", name=name, location=found.has_location)


def _short(found: Probe) -> str:
    name = found.suffix[1:].upper().replace("TIF", "TIFF")
    return f"CMYK {name}" if found.mode == "CMYK" else name


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _hash(pieces: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


def _write(pieces: Iterable[bytes], folder: Path, sha: str, suffix: str) -> Path:
    """Whole or not at all."""
    target = folder / f"{sha[:32]}{suffix}"
    with whole(target) as file:
        file.writelines(pieces)
    return target
