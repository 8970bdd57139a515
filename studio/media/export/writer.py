"""Writing one film or sound file: streams, tags, and packets in the order that players want them."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import av
from av.codec.hwaccel import HWAccel
from av.stream import Disposition
from av.video.frame import PictureType

from studio.core.export import Preset
from studio.core.opentime import Time
from studio.media.export.codecs import LOSSLESS, MUXERS, SOUND, Encoder, key_distance

if TYPE_CHECKING:
    import numpy as np
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream
    from numpy.typing import NDArray

RATE = 48_000
BT709, LIMITED = 1, 1  # as ffmpeg numbers them: AVCOL_SPC_BT709 (and _PRI_, _TRC_), AVCOL_RANGE_MPEG


@dataclass(frozen=True, slots=True)
class Shape:
    """The picture's size in px and its rate in frames a second."""

    width: int
    height: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class Tags:
    """What the file says of itself. extra: keys of its own, such as "AIGC"; cover: the bytes of a JPEG or PNG."""

    title: str = ""
    comment: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    cover: bytes = b""


class Writer:
    """One output file. `picture` and `sound` may be called from two threads; everything else from one.

    An encoder or a disk that fails raises av.error.FFmpegError. Without `close` the file is not whole.
    """

    def __init__(
        self, path: Path, preset: Preset, encoder: Encoder | None, shape: Shape | None, *, tags: Tags | None = None,
        sound: bool = True, threads: int = 0, like: tuple[VideoStream, bytes] | None = None,
    ) -> None:
        """like: a source's stream whose packets are kept, with the parameter sets of the file; in place of encoder."""
        self.bytes_written, self.frames, self.samples = 0, 0, 0
        self._lock = threading.Lock()
        tags = tags or Tags()
        self._file = _container(path, preset, tags)
        self._shape = shape
        self._video = self._add_picture(encoder, shape, threads) if encoder and shape else None
        self._kept = self._add_kept(*like, shape) if like and shape else None
        self._audio = self._add_sound(preset) if sound and preset.audio else None
        self._label(tags)
        cover = self._add_cover(tags.cover) if tags.cover and holds_cover(preset, tags) else None
        self._file.start_encoding()
        if cover is not None:
            self._write_cover(cover, tags.cover)

    def _add_picture(self, encoder: Encoder, shape: Shape, threads: int) -> VideoStream:
        stream = cast("VideoStream", self._file.add_stream(
            encoder.name, rate=shape.rate, options=dict(encoder.options), hwaccel=_card(encoder),
        ))
        context = stream.codec_context
        assert context is not None
        context.width, context.height, context.pix_fmt = shape.width, shape.height, encoder.pixel_format
        context.time_base = stream.time_base = 1 / shape.rate
        context.gop_size = key_distance(shape.rate)
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED
        if encoder.bitrate:
            context.bit_rate = encoder.bitrate
        if encoder.tag:
            context.codec_tag = encoder.tag
        context.thread_type, context.thread_count = "AUTO", threads
        return stream

    def _add_kept(self, source: VideoStream, sets: bytes, shape: Shape) -> VideoStream:
        stream = self._file.add_stream_from_template(source, opaque=True)
        stream.codec_context.extradata = sets
        stream.time_base = 1 / shape.rate
        return stream

    def _add_sound(self, preset: Preset) -> AudioStream:
        stream = cast("AudioStream", self._file.add_stream(SOUND[preset.audio], RATE, layout="stereo"))
        if preset.audio not in LOSSLESS:
            stream.codec_context.bit_rate = preset.audio_bitrate
        stream.time_base = Fraction(1, RATE)
        return stream

    def _label(self, tags: Tags) -> None:
        words = {"title": tags.title, "comment": tags.comment, **tags.extra}
        self._file.metadata.update({key: value for key, value in words.items() if value})

    def _add_cover(self, data: bytes) -> Stream:
        from PIL import Image

        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
        stream = self._file.add_mux_stream("png" if image.format == "PNG" else "mjpeg", width=width, height=height)
        stream.disposition = Disposition.attached_pic
        return stream

    def _write_cover(self, stream: Stream, data: bytes) -> None:
        packet = av.Packet(data)
        packet.stream, packet.pts, packet.dts, packet.is_keyframe = stream, 0, 0, True
        self._file.mux(packet)

    def picture(self, frame: VideoFrame) -> None:
        """The next frame: bt709, limited range; any format, of the shape's size."""
        assert self._video is not None and self._shape is not None
        if frame.format.name != self._video.codec_context.pix_fmt:
            frame = frame.reformat(format=self._video.codec_context.pix_fmt)
        frame.pts, frame.time_base = self.frames, 1 / self._shape.rate
        frame.pict_type = PictureType.NONE  # a source's own types would force the encoder's
        self.frames += 1
        self._mux(self._video.encode(frame))

    def keep(self, packet: av.Packet[Any]) -> None:
        """A packet of the picture as it is; its times are in frames of the file, in the order of decoding."""
        assert self._kept is not None and self._shape is not None
        packet.stream, packet.time_base, packet.duration = self._kept, 1 / self._shape.rate, 1
        self.frames += 1
        self._mux([packet])

    def sound(self, samples: NDArray[np.float32]) -> None:
        """The next samples (count, 2) at 48 kHz."""
        assert self._audio is not None
        import numpy as np

        block = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), "fltp", "stereo")
        block.sample_rate, block.pts, block.time_base = RATE, self.samples, Fraction(1, RATE)
        self.samples += len(samples)
        self._mux(self._audio.encode(block))

    def end_picture(self) -> None:
        """No frame comes any more."""
        if self._video is not None:
            self._mux(self._video.encode(None))

    def end_sound(self) -> None:
        if self._audio is not None:
            self._mux(self._audio.encode(None))

    def _mux(self, packets: Iterable[av.Packet[Any]]) -> None:
        with self._lock:
            for packet in packets:
                self.bytes_written += packet.size
                self._file.mux(packet)

    def close(self) -> None:
        """Writes the file's index. The file is whole afterwards."""
        self._file.close()

    def abandon(self) -> None:
        """Lets go of a file that nobody will read."""
        with contextlib.suppress(Exception):
            self._file.close()

    @property
    def picture_time(self) -> Time:
        """Seconds of picture so far."""
        return self.frames / self._shape.rate if self._shape else Fraction(0)

    @property
    def sound_time(self) -> Time:
        return Fraction(self.samples, RATE)


def holds_cover(preset: Preset, tags: Tags) -> bool:
    """Whether the cover can lie in the file. MP4 has one list of tags: with keys of our own in it, no picture."""
    return preset.container in ("mp4", "mov", "m4a", "mp3", "flac") and not (_boxed(preset) and tags.extra)


def _boxed(preset: Preset) -> bool:
    return preset.container in ("mp4", "mov", "m4a")


def _container(path: Path, preset: Preset, tags: Tags) -> OutputContainer:
    options = {}
    if _boxed(preset):
        options["movflags"] = "+faststart+use_metadata_tags" if tags.extra else "+faststart"
    if preset.audio:
        options["max_interleave_delta"] = "0"  # wait for the other stream, however late it comes
    name = MUXERS.get(preset.container, preset.container)
    return av.open(str(path.absolute()), "w", format=name, container_options=options)


def _card(encoder: Encoder) -> HWAccel | None:
    """VAAPI takes frames that lie in the card's own memory: PyAV carries them there."""
    return HWAccel("vaapi") if encoder.name.endswith("_vaapi") else None
