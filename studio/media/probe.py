"""What a file is, by its own bytes, never by its name."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from studio.core.asset import Probe
from studio.core.errors import Refused
from studio.core.finding import Finding, error, warning

if TYPE_CHECKING:
    from PIL import Image

IMAGES = {
    "JPEG": ("image/jpeg", ".jpg"), "MPO": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"),
    "GIF": ("image/gif", ".gif"), "WEBP": ("image/webp", ".webp"), "AVIF": ("image/avif", ".avif"),
    "HEIF": ("image/heic", ".heic"), "TIFF": ("image/tiff", ".tif"), "BMP": ("image/bmp", ".bmp"),
}
# Other endings that are just as right.
SAME = {
    ".jpg": (".jpeg", ".jpe", ".jfif", ".mpo"), ".heic": (".heif", ".hif", ".heics"), ".tif": (".tiff",),
    ".png": (".apng",), ".bmp": (".dib",), ".mp4": (".m4v", ".3gp", ".3g2", ".mov"), ".mov": (".qt", ".mp4"),
    ".mpg": (".mpeg", ".vob", ".m2v"), ".ts": (".m2ts", ".mts"), ".wmv": (".asf",), ".ogg": (".oga", ".opus", ".spx"),
    ".m4a": (".mp4", ".m4b", ".aac"), ".aiff": (".aif",), ".webm": (".mkv", ".weba"), ".ogv": (".ogg",),
    ".avif": (".avifs",), ".wav": (".wave",),
}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis")


def looks_like(head: bytes) -> Literal["image", "clip", ""]:
    """What the first bytes (16 or more) promise: a picture, film or sound, or nothing known."""
    starts = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    if head.startswith(starts) or (head[:2] == b"BM" and head[6:10] == b"\0\0\0\0"):
        return "image"
    if head[:4] == b"RIFF":
        return "image" if head[8:12] == b"WEBP" else "clip"
    if head[4:8] == b"ftyp":
        return "image" if head[8:12] in HEIF_BRANDS else "clip"
    clips = (b"\x1aE\xdf\xa3", b"OggS", b"fLaC", b"ID3", b"FLV\x01", b"\x30\x26\xb2\x75", b"FORM", b"#!AMR")
    return "clip" if head.startswith(clips) or head[4:8] in (b"moov", b"mdat") else ""


def probe(path: Path) -> Probe:
    """Kind, type, size as shown and length of the file at `path`.

    Pictures are not decoded (PNG is: its EXIF may lie after the pixels), so a truncated one may pass here; `ingest`
    and `thumbnail` decode and refuse it. Refused with media.empty, media.unreadable, media.not_media,
    media.too_large_pixels (before any decoding) or media.too_large_bytes.
    """
    if kind_of(path) == "image":
        from studio.media.images import guarded, opened

        with opened(path) as image, guarded(path):
            return probe_image(image)
    return probe_clip(path)


def kind_of(path: Path) -> Literal["image", "clip", ""]:
    """What the file's first bytes promise. Refused when it has none."""
    with path.open("rb") as file:
        head = file.read(32)
    if not head:
        raise Refused(error("media.empty", "media", name=path.name))
    return looks_like(head)


def probe_image(image: Image.Image) -> Probe:
    """What an opened picture is."""
    from studio.media.images import has_location, orientation, shown_size

    format_name = image.format or ""
    mime, suffix = IMAGES[format_name]
    turned = orientation(image)
    width, height = shown_size(image, turned)
    return Probe(
        "image", mime, suffix, width, height, turned, frames=_frames(image),
        has_alpha=image.has_transparency_data, has_location=has_location(image), mode=image.mode,
    )


def _frames(image: Image.Image) -> int:
    """Frames of an animation. The second picture of an MPO, HEIC or TIFF is a preview or a page, not a frame."""
    if image.format not in ("GIF", "PNG", "WEBP", "AVIF"):
        return 1
    count = int(getattr(image, "n_frames", 1))
    return count - 1 if image.info.get("default_image") else count  # the still an APNG shows where it cannot move


def probe_clip(path: Path) -> Probe:
    """What a film or sound file is; Refused when it is neither or broken."""
    import av.error

    from studio.media import clips

    try:
        return clips.probe_clip(path)
    except (av.error.FFmpegError, UnicodeError) as fault:
        code = "media.unreadable" if kind_of(path) else "media.not_media"
        raise Refused(error(code, "media", name=path.name)) from fault


def remarks(name: str, found: Probe) -> tuple[Finding, ...]:
    """media.mislabelled when a file called `name` has an ending that is not its type's; else nothing."""
    ending = PurePath(name).suffix.lower()
    if not ending or ending == found.suffix or ending in SAME.get(found.suffix, ()):
        return ()
    return (warning("media.mislabelled", "media", name=name, ending=ending, real=found.suffix),)


def right_name(name: str, found: Probe) -> str:
    """`name` with the ending its bytes call for; unchanged when it fits already."""
    if remarks(name, found) or not PurePath(name).suffix:
        return PurePath(name).stem + found.suffix
    return name
