"""A film of single pictures, for what is made once and read often: every frame a key frame, hardly any loss."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import av
import numpy as np
from numpy.typing import NDArray

from studio.media.video.chain import ENDING, Chains, ready

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

Pixels = NDArray[np.uint8]
RATE = 48_000
CLOSE = {"crf": "8", "preset": "veryfast", "g": "1", "bf": "0"}  # H.264 that nobody tells from what went in
EXACT = {"level": "3", "g": "1"}  # FFV1: without loss, with alpha, of any size


class Film:
    """Written picture by picture; a Matroska file that is whole once the block ended."""

    def __init__(self, path: Path, size: tuple[int, int], rate: Fraction, *, alpha: bool, sound: bool) -> None:
        self.size, self._rate, self._alpha = size, rate, alpha
        self._chains = Chains()
        self._file = av.open(str(path), "w", format="matroska")
        self._video = self._picture_stream()
        self._audio: AudioStream | None = None
        if sound:
            self._audio = self._file.add_stream("pcm_f32le", RATE, layout="stereo")
        self._frames = self._samples = 0

    def __enter__(self) -> Film:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._file.mux(self._video.encode(None))
        finally:
            self._file.close()
            self._chains.close()

    def picture(self, pixels: Pixels) -> None:
        """The next frame: (height, width, 3 or 4) of the film's size, straight alpha."""
        alike = "rgba" if pixels.shape[2] == 4 else "rgb24"
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format=alike)
        wanted = "yuva420p" if self._alpha else "yuv420p"
        made = ready(self._chains.run(alike, [ENDING[0], ("format", wanted)], frame))
        made.pts, made.time_base = self._frames, 1 / self._rate
        self._frames += 1
        self._file.mux(self._video.encode(made))

    def sound(self, samples: NDArray[np.float32]) -> None:
        """What is heard next: (n, 2) at 48 kHz."""
        assert self._audio is not None
        block = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32).reshape(1, -1), "flt", "stereo")
        block.sample_rate, block.pts, block.time_base = RATE, self._samples, Fraction(1, RATE)
        self._samples += len(samples)
        self._file.mux(self._audio.encode(block))

    def _picture_stream(self) -> VideoStream:
        exact = self._alpha or self.size[0] % 2 or self.size[1] % 2
        name, options = ("ffv1", EXACT) if exact else ("libx264", CLOSE)
        stream = self._file.add_stream(name, self._rate, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = self.size
        stream.pix_fmt = "yuva420p" if self._alpha else "yuv420p"
        stream.codec_context.time_base = 1 / self._rate
        stream.codec_context.colorspace, stream.codec_context.color_range = 1, 1
        stream.codec_context.color_primaries, stream.codec_context.color_trc = 1, 1
        return stream
