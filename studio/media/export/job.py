"""What an export is made of: the timeline, how it is wanted, who makes its pictures and sound, what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from studio.core import export as presets
from studio.core.export import Preset
from studio.core.finding import Finding
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import Timeline
from studio.media.export import hardware
from studio.media.export.codecs import Encoder
from studio.media.export.gate import Gate
from studio.media.export.writer import RATE, Shape, Tags
from studio.media.video.where import Where

if TYPE_CHECKING:
    import numpy as np
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray
    from PIL import Image

Captions = Literal["burned", "file", "none"]


class Pictures(Protocol):
    """A compositor."""

    def frame(self, timeline: Timeline, t: Time, size: tuple[int, int] | None = None) -> VideoFrame: ...
    def picture(self, timeline: Timeline, t: Time, size: tuple[int, int]) -> Image.Image: ...
    def close(self) -> None: ...


class Sounds(Protocol):
    """A mixer."""

    def block(self, timeline: Timeline, start: int, count: int) -> NDArray[np.float32]: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Engine:
    """Who makes pictures and sound; each call gives a new one, for one thread.

    card  the graphics card's encoder for a preset and a size in px; None where there is none that works
    """

    pictures: Callable[[Where], Pictures]
    sounds: Callable[[Where], Sounds]
    card: Callable[[Preset, tuple[int, int]], Encoder | None] = hardware.working


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose beside the preset.

    title     said in the file, "" for nothing
    ai        how much of it a machine made, as the rules of China number it: "1" it is, "2" may be, "3" is suspected
    producer  who made it, for that label
    cover     the moment whose frame is put in the file (and, with cover_file, beside it); None: no cover
    captions  drawn into the picture, written beside it as SRT, or neither
    """

    title: str = ""
    ai: Literal["", "1", "2", "3"] = ""
    producer: str = ""
    cover: Time | None = None
    cover_file: bool = False
    captions: Captions = "burned"


@dataclass(frozen=True, slots=True)
class Exported:
    """What came out. width, height: px, 0 for sound alone; duration: of the file; seconds: how long it took.

    beside   files written next to it: captions, the cover
    encoder  who wrote the picture, "" for none; copied: frames that are the source's own packets
    """

    file: Path
    width: int
    height: int
    fps: Fraction
    duration: Time
    frames: int
    bytes: int
    seconds: float
    encoder: str = ""
    copied: int = 0
    beside: tuple[Path, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Job:
    """One export while it runs. tags: what the file will say of itself."""

    timeline: Timeline
    preset: Preset
    where: Where
    engine: Engine
    task: Task[Any]
    gate: Gate = field(default_factory=Gate)
    tags: Tags = field(default_factory=Tags)

    @property
    def frames(self) -> int:
        return presets.frames(self.preset, self.timeline)

    @property
    def rate(self) -> Fraction:
        return presets.rate(self.preset, self.timeline)

    @property
    def size(self) -> tuple[int, int]:
        return presets.size(self.preset, self.timeline)

    @property
    def shape(self) -> Shape:
        return Shape(*self.size, self.rate)

    @property
    def length(self) -> Time:
        """Seconds of the file: as long as its frames are, or exactly the timeline's when it is sound alone."""
        return self.frames / self.rate if self.preset.video else self.timeline.duration

    @property
    def samples(self) -> int:
        """How many samples of sound go with its picture."""
        return round(self.length * RATE)

    @property
    def sounding(self) -> bool:
        """Whether the file has sound at all."""
        from studio.core.playing import heard

        return bool(self.preset.audio) and (not self.preset.video or next(heard(self.timeline), None) is not None)

    def pictures(self) -> Iterator[VideoFrame]:
        """The file's frames in order."""
        maker = self.engine.pictures(self.where)
        try:
            for n in range(self.frames):
                yield maker.frame(self.timeline, presets.moment(self.preset, self.timeline, n), self.size)
        finally:
            maker.close()

    def progress(self, fraction: float) -> None:
        """The cancel point: waits while paused. Cancelled when somebody asked to stop."""
        self.gate.through(self.task)
        self.task.progress(fraction)
