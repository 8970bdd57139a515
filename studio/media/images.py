"""Opening still pictures safely, and bringing any of them to upright 8-bit sRGB."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pi_heif
from PIL import (
    AvifImagePlugin,  # noqa: F401  (importing a plugin registers it; the long list of the others is never loaded)
    BmpImagePlugin,  # noqa: F401
    GifImagePlugin,  # noqa: F401
    Image,
    ImageCms,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from studio.core.errors import Problem, Refused
from studio.core.finding import error

MAX_PIXELS = 200_000_000  # ours: decoded at 4 bytes each this is 800 MB, what a plain laptop can still spare
MAX_BYTES = 512 * 1024 * 1024  # ours: WebP, AVIF and HEIC are read whole before they are decoded
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "TIFF", "BMP", "MPO")
ORIENTATION = 0x0112  # EXIF 2.32, table 4
GPS_IFD = 0x8825

pi_heif.register_heif_opener()
# Pillow warns above this and raises above twice this; both are refused here, see `guarded`.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("ignore", Image.DecompressionBombWarning)
# Remarks on broken EXIF and the like, for programmers: the picture is read all the same, or refused.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def too_large(path: Path, pixels: int) -> Refused:
    """The refusal of a picture with more than MAX_PIXELS."""
    return Refused(
        error("media.too_large_pixels", "media", name=path.name,
              megapixels=round(pixels / 1e6), limit=MAX_PIXELS // 1_000_000)
    )


def unreadable(path: Path) -> Refused:
    """The refusal of a file whose beginning is right and whose rest is not."""
    return Refused(error("media.unreadable", "media", name=path.name))


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turns what Pillow's parsers raise on broken bytes (nearly anything) into Refused.

    Errors of the system (file gone, disk full: those with an errno) pass through untouched.
    """
    try:
        yield
    except (Problem, MemoryError):
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        found = re.search(r"\d+", str(bomb))
        raise too_large(path, int(found.group()) if found else 2 * MAX_PIXELS) from bomb
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise
        raise unreadable(path) from fault


def check_bytes(path: Path) -> None:
    """Refuses empty files and those over MAX_BYTES."""
    size = path.stat().st_size
    if size == 0:
        raise Refused(error("media.empty", "media", name=path.name))
    if size > MAX_BYTES:
        raise Refused(error("media.too_large_bytes", "media", name=path.name,
                            megabytes=round(size / 1e6), limit=round(MAX_BYTES / 1e6)))


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The picture, header read and not yet decoded. Refused when it is too large or no picture Pillow can read.

    Decode it inside `guarded(path)`.
    """
    check_bytes(path)
    with guarded(path):
        image = Image.open(path, formats=FORMATS)
    with image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise too_large(path, width * height)
        yield image


def exif_of(image: Image.Image) -> Image.Exif:
    """Its EXIF; empty when there is none or it is broken, which is no reason to refuse a photo."""
    if image.format == "PNG" and "exif" not in image.info:
        image.load()  # where the pixels are broken this raises, as it should; below it would be taken for broken EXIF
    try:
        return image.getexif()
    except Exception:
        return Image.Exif()


def exif_part(exif: Image.Exif, part: int) -> dict[int, object]:
    """One of its inner tables (GPS_IFD, ...); empty when absent or broken."""
    try:
        return exif.get_ifd(part)
    except Exception:
        return {}


def orientation(image: Image.Image) -> int:
    """EXIF orientation 1..8; 1 when absent or nonsense."""
    value = exif_of(image).get(ORIENTATION, 1)
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def shown_size(image: Image.Image, turned: int) -> tuple[int, int]:
    """Width and height once turned upright. Pillow already swaps those of a TIFF."""
    width, height = image.size
    return (height, width) if turned >= 5 and image.format != "TIFF" else (width, height)


def has_location(image: Image.Image) -> bool:
    """True when its EXIF or XMP names a place."""
    if {2, 4} & exif_part(exif_of(image), GPS_IFD).keys():  # GPSLatitude, GPSLongitude
        return True
    xmp = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    text = xmp.encode("utf-8", "replace") if isinstance(xmp, str) else bytes(xmp)
    return b"GPSLatitude" in text or b"GPSLongitude" in text


def plain(image: Image.Image) -> Image.Image:
    """The same picture in a mode that can be resized well: L, LA, RGB, RGBA or CMYK."""
    if image.mode in ("I", "F") or image.mode.startswith("I;"):
        return _from_deep(image)
    if image.has_transparency_data and image.mode not in ("RGBA", "LA"):
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _from_deep(image: Image.Image) -> Image.Image:
    """8-bit grey from 16-bit, 32-bit or float grey. Floats are taken as 0..1 unless they go beyond."""
    values = np.asarray(image).astype(np.float32)
    if image.mode == "F":
        values = np.nan_to_num(values) * (255.0 if np.nanmax(values) <= 1.0 else 1.0)
    elif image.mode.startswith("I;16") or values.max() > 255:
        values = values / 257.0  # 65535 -> 255
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """`image` as RGB or RGBA in sRGB, converted by its ICC profile where it has a usable one."""
    target = "RGBA" if image.mode in ("RGBA", "LA") else "RGB"
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        converted = _by_profile(image, profile, target)
        if converted is not None:
            return converted
    return image if image.mode == target else image.convert(target)


def _by_profile(image: Image.Image, profile: bytes, target: str) -> Image.Image | None:
    """None when the profile is already sRGB, or broken, or for another kind of picture."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return None
        done = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=target)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    if done is not None:
        done.info.pop("icc_profile", None)
    return done


def upright(image: Image.Image, turned: int) -> Image.Image:
    """`image` turned by EXIF orientation `turned` (1..8)."""
    move = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_90}.get(turned)
    return image if move is None or image.format == "TIFF" else image.transpose(move)


def fitted(width: int, height: int, edge: int) -> tuple[int, int]:
    """The size within edge x edge with the same shape; never larger, never under 1 px."""
    scale = min(1.0, edge / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def reduced(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Decodes and shrinks to `size` (px, as stored), never up. JPEG is decoded at 1/2, 1/4 or 1/8 where that is enough.

    Half of the shrinking at least is left to the good filter, so no detail is lost to the quick one.
    """
    whole = image.size
    if image.format in ("JPEG", "MPO"):
        image.draft(None, (size[0] * 2, size[1] * 2))
    image.load()
    ready = plain(image)
    if ready.size == size or size == whole == ready.size:
        return ready
    return ready.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def opaque(image: Image.Image) -> bool:
    """True when no pixel lets anything through."""
    if "A" not in image.getbands():
        return True
    low, _high = image.getchannel("A").getextrema()
    return bool(low == 255)
