"""Sound files for the tests: made here, with known samples."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from studio.core.timeline import Clip, Gap, Source, Timeline, Track, Transition

Wave = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]


def sweep(t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A tone that rises: two places of it are never alike."""
    return 0.4 * np.sin(2 * np.pi * (200 * t + 150 * t * t))


def tone(hertz: float, level: float = 0.4) -> Wave:
    return lambda t: level * np.sin(2 * np.pi * hertz * t)


def clicks(every: float) -> Wave:
    """A short click every so many seconds, the first at 0."""
    return lambda t: np.exp(-(t % every) * 400) * np.sin(2 * np.pi * 1000 * (t % every)) * 0.8


def written(
    path: Path, wave: Wave = sweep, *, seconds: float = 4, rate: int = 48_000, codec: str = "pcm_f32le",
    layout: str = "stereo", begin: float = 0, picture: bool = False,
) -> Path:
    """A file of sound. begin: seconds by which it comes later than the picture, which is there when `picture` is."""
    at = np.arange(round(seconds * rate)) / rate
    block = np.tile(wave(at).astype(np.float32), (1 if layout == "mono" else 2, 1))
    with av.open(str(path), "w") as file:
        video = file.add_stream("libx264", 10, options={"bf": "0"}) if picture else None
        stream = file.add_stream(codec, rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        if isinstance(video, av.VideoStream):
            video.width, video.height, video.pix_fmt = 64, 64, "yuv420p"
            for n in range(round((seconds + begin) * 10)):
                frame = av.VideoFrame.from_ndarray(np.full((96, 64), n * 5 % 256, np.uint8), "yuv420p")
                frame.pts, frame.time_base = n, Fraction(1, 10)
                file.mux(video.encode(frame))
            file.mux(video.encode(None))
        for part in _parts(stream, block, layout, rate):
            part.pts = (part.pts or 0) + round(begin * rate)
            file.mux(stream.encode(part))
        file.mux(stream.encode(None))
    return path


def _parts(stream: av.AudioStream, block: npt.NDArray[np.float32], layout: str, rate: int) -> list[av.AudioFrame]:
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), "fltp", layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    cut = av.AudioResampler(stream.format.name, layout, rate, frame_size=stream.codec_context.frame_size or 1024)
    return [*cut.resample(frame), *cut.resample(None)]


def source(path: Path, id: str = "s", seconds: float = 4) -> Source:
    return Source(id, str(path), "audio", duration=Fraction(seconds), sound=True)


def timeline(*items: Clip | Gap | Transition, sources: list[Source], **more: object) -> Timeline:
    """One track of sound."""
    track = Track("t", "sound", items, **more)  # type: ignore[arg-type]
    return Timeline("x", tracks=(track,), sources={one.id: one for one in sources})


def where(one: Source) -> Path:
    return Path(one.path)
