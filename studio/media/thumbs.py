"""Thumbnails: small, upright, sRGB."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PIL import Image

from studio.core.asset import Probe
from studio.core.errors import Refused
from studio.core.finding import error
from studio.media.images import fitted, guarded, opaque, opened, reduced, srgb, upright
from studio.media.probe import kind_of, probe_clip, probe_image
from studio.media.whole import whole

SIZE = 240  # px, the longer edge, where the caller does not say
QUALITY = 82


@dataclass(frozen=True, slots=True)
class Ingested:
    """A file taken in: what it is, and the thumbnail written for it (None for sound without a cover)."""

    probe: Probe
    thumbnail: Path | None


def ingest(path: Path, out: Path, size: int = SIZE, at: Fraction | None = None) -> Ingested:
    """Probe and thumbnail with one opening and one decoding of the file. Safe to call from several threads.

    out    where the thumbnail goes, without ending: ".jpg" is added, or ".png" where it has transparency
    size   its longer edge in px; smaller pictures are not enlarged
    at     of a film: the moment that is shown, in seconds; None: about a second in
    Refused as `probe`, and with media.unreadable when the pixels are truncated or broken; nothing is left behind.
    """
    if kind_of(path) != "image":
        found = probe_clip(path)
        return Ingested(found, _of_clip(path, out, size, at))
    with opened(path) as image:
        with guarded(path):
            found = probe_image(image)
            small = shrunk(image, found, size)
        return Ingested(found, save(small, out))


def thumbnail(path: Path, out: Path, size: int = SIZE, at: Fraction | None = None) -> Path | None:
    """The thumbnail alone; see `ingest`. None when there is nothing to show (sound)."""
    return ingest(path, out, size, at).thumbnail


def shrunk(image: Image.Image, found: Probe, size: int) -> Image.Image:
    """The opened picture (its first frame) decoded, within size x size, upright, in sRGB."""
    width, height = fitted(found.width, found.height, size)
    stored = (height, width) if found.orientation >= 5 and image.format != "TIFF" else (width, height)
    profile = image.info.get("icc_profile")
    turned = 1 if image.format == "TIFF" else found.orientation
    return upright(srgb(reduced(image, stored), profile), turned)


def _of_clip(path: Path, out: Path, size: int, at: Fraction | None) -> Path | None:
    import av.error

    from studio.media.clips import poster

    try:
        picture = poster(path, at)
    except av.error.FFmpegError as fault:
        raise Refused(error("media.unreadable", "media", name=path.name)) from fault
    if picture is None:
        return None
    small = picture.convert("RGB").resize(fitted(*picture.size, size), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return save(small, out)


def save(picture: Image.Image, out: Path) -> Path:
    """Writes `picture` beside `out` as .jpg, or .png where it has transparency; whole or not at all."""
    solid = opaque(picture)
    target = out.with_name(out.name + (".jpg" if solid else ".png"))
    with whole(target) as file:
        if solid:
            # So small, colour at half resolution would show at every edge.
            _bare(picture.convert("RGB")).save(file, "JPEG", quality=QUALITY, subsampling=0)
        else:
            _bare(picture).save(file, "PNG", compress_level=6)
    return target


def _bare(picture: Image.Image) -> Image.Image:
    """Without profile, EXIF and comments, which Pillow would write again."""
    picture.info = {}
    return picture
