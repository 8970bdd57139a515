"""Writing a picture in a format a place takes, in at most so many bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from studio.core.asset import Probe
from studio.media.images import (
    GPS_IFD,
    ORIENTATION,
    exif_of,
    exif_part,
    guarded,
    opaque,
    opened,
    reduced,
    srgb,
    upright,
)

BEST, WORST = 92, 60  # JPEG and WebP quality: above 92 only bytes grow, below 60 a smaller picture looks better
TRANSPARENT_EDGE = 640  # px: a cut-out is not made smaller than this to keep its transparency
SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
# TIFF 6.0: most tags say how the pixels lie; these speak of the photo. Description, maker, model, software, time,
# artist, host, XMP, copyright, IPTC, EXIF, GPS.
_TIFF_TELLTALES = {270, 271, 272, 305, 306, 315, 316, 700, 33432, 33723, 34665, GPS_IFD}
_EXIF_IFD, _MAKER_NOTE, _EXIF_MOST = 0x8769, 0x927C, 65_000


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded picture: upright 8-bit sRGB. exif: its EXIF without orientation; metadata: had it any."""

    picture: Image.Image
    exif: bytes
    metadata: bool


@dataclass(frozen=True, slots=True)
class Encoded:
    """quality: of JPEG or WebP, 0 when lossless; flattened: transparency was laid on white."""

    data: bytes
    mime: str
    size: tuple[int, int]
    quality: int = 0
    flattened: bool = False

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.mime]


def read(path: Path, found: Probe, size: tuple[int, int]) -> Source:
    """Decodes the (first) picture at `size` px as shown. Refused when it is broken or too large."""
    with opened(path) as image, guarded(path):
        metadata = _has_metadata(image)
        exif = _exif(image)
        turned = 1 if image.format == "TIFF" else found.orientation
        stored = size[::-1] if turned >= 5 else size
        profile = image.info.get("icc_profile")
        picture = upright(srgb(reduced(image, _as_stored(image, stored)), profile), turned)
    picture.info = {}
    return Source(picture.convert("RGB") if opaque(picture) else picture, exif, metadata)


def _as_stored(image: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    """Rounding must not make a side larger than what is stored."""
    return min(size[0], image.size[0]), min(size[1], image.size[1])


def _has_metadata(image: Image.Image) -> bool:
    tags = set(exif_of(image)) - {ORIENTATION}
    if image.format == "TIFF":
        tags &= _TIFF_TELLTALES
    return bool(tags) or any(key in image.info for key in ("xmp", "XML:com.adobe.xmp", "comment", "photoshop"))


def _exif(image: Image.Image) -> bytes:
    """EXIF as bytes that fit a JPEG's segment: maker notes go when it would be too long."""
    exif = exif_of(image)
    if not exif:
        return b""
    for part in (_EXIF_IFD, GPS_IFD):
        exif_part(exif, part)  # read now, or they would not be written
    exif.pop(ORIENTATION, None)
    data = exif.tobytes()
    if len(data) > _EXIF_MOST:
        exif_part(exif, _EXIF_IFD).pop(_MAKER_NOTE, None)
        data = exif.tobytes()
    return data if len(data) <= _EXIF_MOST else b""


def encode(
    picture: Image.Image, formats: tuple[str, ...], most: int | None, *, drawn: bool = False, exif: bytes = b""
) -> Encoded | None:
    """`picture` (RGB or RGBA) in the best of `formats` within `most` bytes; fewer px only when quality cannot do it.

    drawn   from a lossless source: PNG is tried first and colour is kept at full resolution
    None when no picture is small enough. ValueError when none of `formats` can be written.
    """
    if not any(mime in SUFFIXES for mime in formats):
        raise ValueError(f"none of {formats} can be written")
    if picture.mode == "RGBA":
        done = _transparent(picture, formats, most, exif)
        if done is not None:
            return done
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        return _first_fit(white, _solid_formats(formats, drawn), most, drawn, exif, flattened=True)
    return _first_fit(picture, _solid_formats(formats, drawn), most, drawn, exif)


def _solid_formats(formats: tuple[str, ...], drawn: bool) -> tuple[str, ...]:
    lossy = next((mime for mime in ("image/jpeg", "image/webp") if mime in formats), None)
    if lossy is None:
        return ("image/png",)
    return ("image/png", lossy) if drawn and "image/png" in formats else (lossy,)


def _transparent(
    picture: Image.Image, formats: tuple[str, ...], most: int | None, exif: bytes
) -> Encoded | None:
    """Keeping its transparency, unless that would make it tiny while there is a way without."""
    able = tuple(mime for mime in ("image/png", "image/webp") if mime in formats)
    if not able:
        return None
    least = min(max(picture.size), TRANSPARENT_EDGE) if "image/jpeg" in formats else 1
    return _first_fit(picture, able, most, True, exif, least=least)


def _first_fit(
    picture: Image.Image, formats: tuple[str, ...], most: int | None, drawn: bool, exif: bytes,
    *, flattened: bool = False, least: int = 1,
) -> Encoded | None:
    """Tries each format at each size, largest first, down to a longer edge of `least` px."""
    for smaller in _sizes(picture, formats, most, drawn, exif):
        if max(smaller.size) < least:
            return None
        for mime in formats:
            found = _within(smaller, mime, most, drawn, exif)
            if found is not None:
                return Encoded(found[0], mime, smaller.size, found[1], flattened)
    return None


def _sizes(
    picture: Image.Image, formats: tuple[str, ...], most: int | None, drawn: bool, exif: bytes
) -> Iterator[Image.Image]:
    """The picture, then ever smaller ones, guessed by how many bytes too many the worst quality takes."""
    smaller = picture
    while True:
        yield smaller
        if most is None or max(smaller.size) == 1:
            return
        size = len(_bytes(smaller, formats[-1], WORST, drawn, exif))
        scale = min(0.9, max(0.25, 0.95 * math.sqrt(most / size)))
        width, height = (max(1, int(edge * scale)) for edge in smaller.size)
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _within(
    picture: Image.Image, mime: str, most: int | None, drawn: bool, exif: bytes
) -> tuple[bytes, int] | None:
    """The bytes of the best quality that is small enough and that quality; None when the worst is too big."""
    if mime == "image/png":
        if most is not None and picture.width * picture.height > most * 20:
            return None  # even a plain drawing seldom takes less than 0.05 bytes a pixel: do not spend seconds on it
        data = _bytes(picture, mime, 0, drawn, exif)
        return (data, 0) if most is None or len(data) <= most else None
    return _best_quality(picture, mime, most, drawn, exif)


def _best_quality(
    picture: Image.Image, mime: str, most: int | None, drawn: bool, exif: bytes
) -> tuple[bytes, int] | None:
    data = _bytes(picture, mime, BEST, drawn, exif)
    if most is None or len(data) <= most:
        return data, BEST
    found = None
    low, high = WORST, BEST - 1
    while low <= high:
        middle = (low + high + 1) // 2
        data = _bytes(picture, mime, middle, drawn, exif)
        if len(data) <= most:
            found, low = (data, middle), middle + 1
        else:
            high = middle - 1
    return found


def _bytes(picture: Image.Image, mime: str, quality: int, drawn: bool, exif: bytes) -> bytes:
    out = io.BytesIO()
    extra = {"exif": exif} if exif else {}
    if mime == "image/jpeg":
        # Red letters on blue blur when colour is stored at half resolution; photos do not mind.
        picture.save(out, "JPEG", quality=quality, optimize=True, subsampling=0 if drawn else 2, **extra)
    elif mime == "image/webp":
        picture.save(out, "WEBP", quality=quality, method=4, **extra)
    else:
        picture.save(out, "PNG", compress_level=7, **extra)
    return out.getvalue()
