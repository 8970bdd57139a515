"""Voice-overs: recorded into the workspace, found again after a crash, taken into the library when they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.edits.arrange import free_track
from studio.core.edits.place import put, with_source
from studio.core.errors import Refused
from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.timeline import Clip, Source, Timeline

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.media.sound.recording import Recording as Recording  # front-ends name it from here
    from studio.services.videos.projects import Videos


class VoiceOvers:
    """folder: where recordings lie until they are kept or thrown away."""

    def __init__(self, videos: Videos, folder: Path) -> None:
        self._videos, self._folder = videos, folder

    def begin(self, rate: int, channels: int, sample: str = "s16") -> Recording:
        """A new recording that is fed as sound comes; whole on disk at any moment. OSError when it cannot be made."""
        from studio.media.sound.recording import Recording

        self._folder.mkdir(parents=True, exist_ok=True)
        return Recording(self._folder / f"{new_id()}.wav", rate, channels, sample)

    def left(self) -> Sequence[tuple[Path, Time]]:
        """Recordings that a crash left, made whole, with their seconds; those without a word are thrown away."""
        from studio.media.sound.recording import repair

        found = []
        for path in sorted(self._folder.glob("*.wav")):
            seconds = repair(path)
            if seconds is not None and seconds >= Fraction(1, 5):
                found.append((path, seconds))
            else:
                path.unlink(missing_ok=True)
        return found

    def keep(self, path: Path, name: str, task: Task[Any] | None = None) -> Source:
        """A recording taken into the library under a name. Refused: nothing in it."""
        named = path.with_name(f"{name}.wav")
        path.replace(named)
        sources, refused = self._videos.add_files([named], task)
        if refused:
            named.replace(path)
            raise Refused(*refused[0].findings)
        named.unlink()
        return sources[0]

    def drop(self, path: Path) -> None:
        """Throws a recording away."""
        path.unlink(missing_ok=True)


def with_voice(timeline: Timeline, source: Source, at: Time, latency: Time, name: str) -> Timeline:
    """A recording on a voice track, as it was spoken from the playhead's moment on; a new track where none is free.

    latency: seconds from when a sound was to be heard until it came back, which are left out at its beginning
    """
    length = source.duration or Fraction(0)
    start = min(max(Fraction(0), latency), length)
    duration = (length - start) * timeline.rate // 1 / timeline.rate
    if duration <= 0:
        return timeline
    timeline = with_source(timeline, source)
    timeline, track = free_track(timeline, "voice", at, at + duration)
    return put(timeline, track, Clip(new_id(), Fraction(duration), source=source.id, start=start, name=name), at)
