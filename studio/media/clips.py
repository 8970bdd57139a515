"""Opening film and sound safely; one still picture of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition

from studio.core.asset import Probe
from studio.core.errors import Refused
from studio.core.finding import error

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from PIL import Image

# What ffmpeg may take the file for. Play lists (hls, concat, dash) are left out on purpose: they make the reader
# open other files and addresses. Names as in `ffmpeg -demuxers`.
DEMUXERS = {
    "mov": ("video/mp4", ".mp4"), "matroska": ("video/x-matroska", ".mkv"), "avi": ("video/x-msvideo", ".avi"),
    "mpegts": ("video/mp2t", ".ts"), "mpeg": ("video/mpeg", ".mpg"), "flv": ("video/x-flv", ".flv"),
    "asf": ("video/x-ms-wmv", ".wmv"), "ogg": ("audio/ogg", ".ogg"), "mp3": ("audio/mpeg", ".mp3"),
    "wav": ("audio/wav", ".wav"), "flac": ("audio/flac", ".flac"), "aac": ("audio/aac", ".aac"),
    "aiff": ("audio/aiff", ".aiff"), "amr": ("audio/amr", ".amr"), "caf": ("audio/x-caf", ".caf"),
    "w64": ("audio/wav", ".w64"),
}
LOCATION_KEYS = ("location", "location-eng", "com.apple.quicktime.location.iso6709", "xyz")
POSTER_AT = Fraction(1)  # seconds in: first frames are often black


def _whitelist() -> str:
    """ffmpeg compares with the demuxer's full name, so "mov" must be given with its aliases."""
    full = {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}
    return ",".join(full.get(name, name) for name in DEMUXERS)


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The file's container. av.error.FFmpegError when ffmpeg cannot read it."""
    options = {"format_whitelist": _whitelist(), "protocol_whitelist": "file"}
    with av.open(str(path.absolute()), options=options, metadata_errors="replace") as container:
        yield container


def picture_stream(container: InputContainer) -> VideoStream | None:
    """The first moving picture; cover art of a song is none."""
    for stream in container.streams.video:
        if not stream.disposition & Disposition.attached_pic:
            return stream
    return None


def probe_clip(path: Path) -> Probe:
    """What a film or sound file is. av.error.FFmpegError or Refused when it cannot be played."""
    with opened(path) as container:
        video = picture_stream(container)
        sound = container.streams.audio[0] if container.streams.audio else None
        if video is not None:
            return _video(path, container, video)
        if sound is not None:
            return _sound(container, sound)
        code = "media.not_media" if container.streams else "media.unreadable"  # without any: its index is cut off
    raise Refused(error(code, "media", name=path.name))


def _video(path: Path, container: InputContainer, stream: VideoStream) -> Probe:
    frame = first_frame(container, stream)
    if frame is None:
        raise Refused(error("media.unreadable", "media", name=path.name))
    width, height = shown_size(frame, stream)
    mime, suffix = _mime(container, has_video=True)
    return Probe(
        "video", mime, suffix, width, height, _orientation(frame.rotation), duration(container, stream, path),
        frames=stream.frames, has_alpha=stream.metadata.get("alpha_mode", stream.metadata.get("ALPHA_MODE")) == "1",
        has_location=_located(container), mode=frame.format.name,
    )


def _sound(container: InputContainer, stream: AudioStream) -> Probe:
    mime, suffix = _mime(container, has_video=False)
    length = duration(container, stream, None)
    return Probe("audio", mime, suffix, duration=length, frames=0, has_location=_located(container))


def first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The first frame that decodes, or None. Raises av.error.FFmpegError on broken data."""
    return next(container.decode(stream), None)


def shown_size(frame: VideoFrame, stream: VideoStream) -> tuple[int, int]:
    """In square pixels, after rotation."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    width, height = max(1, round(frame.width * aspect)), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _orientation(rotation: int) -> int:
    """EXIF's number for a frame that must be turned by `rotation` degrees counter-clockwise to be upright."""
    return {90: 8, 180: 3, 270: 6}.get(rotation % 360, 1)


def duration(container: InputContainer, stream: VideoStream | AudioStream, path: Path | None) -> Fraction | None:
    """Seconds: what the header says, else (WebM from a browser's recorder) what the packets say."""
    if container.duration:
        return Fraction(container.duration, av.time_base)
    if stream.duration and stream.time_base:
        return stream.duration * stream.time_base
    return _by_packets(path) if path else None


def _by_packets(path: Path) -> Fraction | None:
    """Reads through the file without decoding it, as far as it goes."""
    end = Fraction(0)
    with opened(path) as container, suppress(av.error.FFmpegError):
        for packet in container.demux():
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, (packet.pts + (packet.duration or 0)) * packet.time_base)
    return end or None


def _mime(container: InputContainer, *, has_video: bool) -> tuple[str, str]:
    name = container.format.name.split(",")[0]
    brand = container.metadata.get("major_brand", "").strip()
    if name == "mov" and not has_video:
        return "audio/mp4", ".m4a"
    if name == "mov" and brand == "qt":
        return "video/quicktime", ".mov"
    if name == "matroska":
        return _matroska(container, has_video)
    if name == "ogg" and has_video:
        return "video/ogg", ".ogv"
    if name == "asf" and not has_video:
        return "audio/x-ms-wma", ".wma"
    return DEMUXERS.get(name, ("application/octet-stream", ""))


def _matroska(container: InputContainer, has_video: bool) -> tuple[str, str]:
    """WebM is Matroska with a few codecs only; ffmpeg calls both the same."""
    codecs = {s.codec_context.name for s in (*container.streams.video, *container.streams.audio)}
    webm = codecs <= {"vp8", "vp9", "av1", "libdav1d", "libvpx-vp9", "libvpx", "opus", "libopus", "vorbis"}
    kind = "video" if has_video else "audio"
    return (f"{kind}/webm", ".webm") if webm else (f"{kind}/x-matroska", ".mkv" if has_video else ".mka")


def _located(container: InputContainer) -> bool:
    return any(key.lower() in LOCATION_KEYS for key in container.metadata)


def poster(path: Path, at: Fraction | None = None) -> Image.Image | None:
    """One upright frame in square pixels (the cover of a song); None when it has no picture.

    at    seconds into the film: the frame that is seen then; None: about a second in
    """
    with opened(path) as container:
        stream = picture_stream(container)
        if stream is None:
            covers = container.streams.video
            return _still(container, covers[0]) if covers else None
        stream.thread_type = "AUTO"
        chosen = _seen_at(container, stream, at) if at is not None else None
        found = chosen or _near(container, stream, POSTER_AT) or _near(container, stream, Fraction(0))
        return None if found is None else upright_picture(found, stream)


def _seen_at(container: InputContainer, stream: VideoStream, at: Fraction) -> VideoFrame | None:
    """The last frame that begins at or before `at` seconds of the film; the last of all when it is shorter."""
    tick = stream.time_base or Fraction(1, 1000)
    zero = stream.start_time or 0
    container.seek(int(at / tick) + zero, stream=stream)
    found = None
    for frame in container.decode(stream):
        if found is not None and frame.pts is not None and (frame.pts - zero) * tick > at:
            break
        found = frame
    return found


def _near(container: InputContainer, stream: VideoStream, at: Fraction) -> VideoFrame | None:
    """The first frame at or after `at` seconds; the last one when the film is shorter."""
    container.seek(0)
    last = None
    for frame in container.decode(stream):
        last = frame
        if frame.time is None or frame.time >= at:
            break
    return last


def _still(container: InputContainer, stream: VideoStream) -> Image.Image | None:
    frame = first_frame(container, stream)
    return None if frame is None else _image(frame)


def upright_picture(frame: VideoFrame, stream: VideoStream) -> Image.Image:
    """`frame` as a Pillow picture, turned and with square pixels."""
    aspect = stream.sample_aspect_ratio or Fraction(1)
    picture = _image(frame)
    if aspect != 1:
        picture = picture.resize((max(1, round(frame.width * aspect)), frame.height))
    turn = frame.rotation % 360
    return picture.rotate(turn, expand=True) if turn else picture


def _image(frame: VideoFrame) -> Image.Image:
    picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]  # PyAV says nothing of its type
    return picture
