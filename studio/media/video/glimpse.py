"""A quick look into a film: the key frame at or before a moment, small. For strips and hovering, where every picture
must cost little; what is played and exported comes from the exact reader.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.opentime import Time

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL import Image

QUALITY = 78  # of small pictures on disk


def glimpse(path: Path, at: Time, height: int) -> Image.Image | None:
    """Upright and in square pixels, `height` px high; None where there is no picture. Refused: unreadable, missing."""
    import av.error

    from studio.core.errors import Refused
    from studio.core.finding import error
    from studio.media.clips import opened, picture_stream, upright_picture
    from studio.media.probe import kind_of

    if not path.is_file():
        raise Refused(error("video.source_missing", "media", name=path.name))
    if kind_of(path) == "image":
        return _still(path, height)
    try:
        with opened(path) as container:
            stream = picture_stream(container)
            frame = _key_frame(container, stream, at) if stream is not None else None
            if stream is None or frame is None:
                return None
            scale = height / frame.height
            small = frame.reformat(width=max(2, round(frame.width * scale)), height=max(2, height))
            return _within(upright_picture(small, stream), height)
    except av.error.FFmpegError as fault:
        raise Refused(error("media.unreadable", "media", name=path.name)) from fault


def _key_frame(container: InputContainer, stream: VideoStream, at: Time) -> VideoFrame | None:
    start = (stream.start_time or 0) if stream.time_base else 0
    if stream.time_base and at > 0:
        container.seek(int(at / stream.time_base) + start, stream=stream)
    stream.codec_context.skip_frame = "NONKEY"
    found = next(container.decode(stream), None)
    if found is None:  # beyond the last key frame, or none is marked as one
        stream.codec_context.skip_frame = "DEFAULT"
        container.seek(start, stream=stream)
        found = next(container.decode(stream), None)
    return found


def _still(path: Path, height: int) -> Image.Image:
    from studio.media.images import guarded, opened
    from studio.media.probe import probe_image
    from studio.media.thumbs import shrunk

    with opened(path) as image, guarded(path):
        found = probe_image(image)
        longer = max(height, round(height * found.width / max(1, found.height)))
        return _within(shrunk(image, found, longer).convert("RGB"), height)


def _within(picture: Image.Image, height: int) -> Image.Image:
    if picture.height == height:
        return picture
    return picture.resize((max(1, round(picture.width * height / picture.height)), height))


def remembered(path: Path, at: Time, height: int, file: Path) -> Image.Image | None:
    """`glimpse`, written to `file` (JPEG), too."""
    from studio.media.whole import whole

    found = glimpse(path, at, height)
    if found is None:
        return None
    picture = found.convert("RGB")
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as out:
        picture.save(out, "JPEG", quality=QUALITY)
    return picture


def kept(file: Path) -> Image.Image | None:
    """What `remembered` wrote; None when it is not there or spoilt."""
    from PIL import Image

    try:
        with Image.open(file) as image:
            picture: Image.Image = image.convert("RGB")
            return picture
    except OSError:
        return None
