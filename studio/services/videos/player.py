"""The player: pictures and sound of a timeline against one clock, without a window.

The sound device is the clock where there is one, or else the wall; pictures follow it, and one that is late is passed
over and counted. A window asks `take()` for the picture that is due and `wait()` for when to ask again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from studio.core.event import Event
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Timeline
from studio.services.videos.picturing import BUDGET, Composes, Picture, Pictures, Size, Wish
from studio.services.videos.running import Run, faster
from studio.services.videos.sounding import HZ, Mixes, Silence, Sounds, Speaker

PRIME = 4  # pictures ready before the clock starts
PATIENCE = 0.6  # seconds after which it starts anyhow
JUMP = 0.04  # seconds between sound and wall clock that are taken over at once; less is approached


@dataclass(slots=True)
class Stats:
    """Of the last run. shown, dropped: frames; apart: the most seconds the picture's clock and the sound were apart."""

    shown: int = 0
    dropped: int = 0
    apart: float = 0.0


class Player:
    """Use it from one thread (the window's). `compositor` and `mixer` are called once each, in threads of their own;
    without a mixer it is silent.

    arrived    a picture that was asked for with `seek` is there (from a worker's thread)
    troubled   why there is none, None when it works again (from a worker's thread)
    changed    it began or stopped to play (from this thread)
    """

    def __init__(
        self, compositor: Callable[[], Composes], mixer: Callable[[], Mixes] | None, speaker: Speaker | None = None,
        clock: Callable[[], float] = time.monotonic, budget: int = BUDGET,
    ) -> None:
        self.changed: Event[[]] = Event()
        self.stats = Stats()
        self.range: tuple[Time, Time] | None = None  # in and out; None: all of it
        self.loop = False
        self._speaker, self._clock = speaker or Silence(), clock
        self._pictures, self._sounds = Pictures(compositor, budget), Sounds(mixer)
        self.arrived, self.troubled = self._pictures.arrived, self._pictures.troubled
        self._timeline: Timeline | None = None
        self._size: Size = (540, 960)
        self._at: Time = ZERO
        self._run: Run | None = None
        self._asked = self._begun = 0.0
        self._started, self._slip, self._last, self._due = False, 0.0, -1, -1

    # the document ----------------------------------------------------------------------------------------------

    def show(self, timeline: Timeline) -> None:
        """Play this document from now on, also in the middle of playing. What is on the screen is asked for anew."""
        if timeline is self._timeline:
            return
        first, self._timeline = self._timeline is None, timeline
        self._pictures.show(timeline, self._tick())
        self._sounds.show(timeline)
        if self._run is None:
            self._at = min(self._at, self._last_frame())
            self.seek(self._at)
        elif timeline.duration <= 0:
            self.pause()
        elif not first and self._run.end != self._bounds()[1]:
            self.play(self._run.speed)

    def resize(self, size: Size) -> None:
        """How large pictures are made while playing, in px; both even."""
        if size != self._size:
            self._size = size
            if self._run is not None:
                self.play(self._run.speed)

    # the playhead ----------------------------------------------------------------------------------------------

    @property
    def position(self) -> Time:
        """Where the playhead is."""
        run = self._run
        if run is None:
            return self._at
        moment = run.at(Fraction(max(0, self._tick())) / run.rate)
        return run.rest() if moment is None else moment

    @property
    def speed(self) -> Fraction:
        """0 while it stands."""
        return self._run.speed if self._run is not None else Fraction(0)

    def seek(self, t: Time, size: Size | None = None) -> Picture | None:
        """Put the playhead there. Gives the nearest picture that is ready; the exact one comes with `arrived`.

        size   px of the picture, for one that rests; as while playing without
        """
        if self._timeline is None:
            return None
        self._at = max(ZERO, min(t, self._last_frame()))
        if self._run is not None:
            self.play(self._run.speed)
            return None
        return self._pictures.want(Wish(self._at, size or self._size))

    def picture(self, t: Time, size: Size, told: Callable[[Picture], object]) -> None:
        """One picture for a purpose of its own; `told` gets it in a worker's thread."""
        self._pictures.want(Wish(t, size, told))

    def step(self, frames: int) -> Picture | None:
        """So many frames on, or back."""
        assert self._timeline is not None
        at = self.position
        self.pause()
        rate = self._timeline.rate
        return self.seek((int(at * rate // 1) + frames) / rate)

    # playing ---------------------------------------------------------------------------------------------------

    def play(self, speed: Fraction = Fraction(1)) -> None:
        """Play from where the playhead is; from the other end when it stands at the end."""
        timeline = self._timeline
        if timeline is None or timeline.duration <= 0 or speed == 0:
            return
        origin = self.position
        self._halt()
        begin, end = self._bounds()
        if not begin <= origin < end or (speed > 0 and origin >= end - 1 / timeline.rate and not self.loop):
            origin = begin if speed > 0 else end - 1 / timeline.rate
        elif speed < 0 and origin <= begin and not self.loop:
            origin = end - 1 / timeline.rate
        self._run = Run(origin, speed, timeline.rate, begin, end, self.loop)
        self._started, self._slip, self._last, self._due = False, 0.0, -1, -1
        self._asked = self._clock()
        self.stats = Stats()
        self._pictures.start(self._run, self._size, lambda: self._due)
        self._sounds.start(self._run, timeline)
        self.changed.emit()

    def pause(self) -> None:
        """Stand still on the frame that is shown."""
        if self._run is not None and self._timeline is not None:
            at = self.position
            self._halt()
            self._at = int(at * self._timeline.rate // 1) / self._timeline.rate
            self.changed.emit()

    def toggle(self) -> None:
        self.pause() if self._run is not None else self.play()

    def shuttle(self, by: int) -> None:
        """L (1) and J (-1): play, then faster and faster; K is `pause`."""
        self.play(faster(self.speed, by))

    @property
    def volume(self) -> float:
        """0 to 1; what is mixed ahead keeps the one it was mixed with, a fraction of a second."""
        return self._sounds.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._sounds.volume = volume

    @property
    def missed(self) -> int:
        """Samples of this run that a loudspeaker asked for before they were mixed."""
        return self._sounds.missed

    def take(self) -> Picture | None:
        """The picture to show now, once; None when the one on the screen still holds."""
        if self._run is None:
            return None
        if not self._started and not self._begin():
            return None
        self._due = tick = self._tick()
        if self._over(tick):
            return None
        found = self._pictures.take(tick)
        if found is None:
            return None
        number, picture = found
        self.stats.shown += 1
        self.stats.dropped += number - self._last - 1
        self._last = number
        return picture

    def wait(self) -> float:
        """Seconds until `take` is worth asking again."""
        if self._run is None:
            return 1.0
        if not self._started:
            return 0.004
        late = self._last < self._tick()  # the due picture is not there yet
        due = float((max(self._last, self._tick()) + 1) / self._run.rate) - self._elapsed()
        return 0.002 if late else max(0.0, min(due, 0.1))

    def close(self) -> None:
        self._halt()
        self._pictures.close()
        self._sounds.close()

    # inside ----------------------------------------------------------------------------------------------------

    def _begin(self) -> bool:
        """Starts the clock once enough is ready, or after a moment of patience."""
        ready = self._pictures.ready()
        enough = (ready < 0 or ready >= PRIME) and self._sounds.ready()
        if not enough and self._clock() - self._asked < PATIENCE:
            return False
        self._started, self._begun = True, self._clock()
        self._speaker.begin(self._sounds.pull, HZ)
        return True

    def _halt(self) -> None:
        if self._run is not None:
            self._run = None
            if self._started:
                self._speaker.end()
            self._started = False
            self._pictures.stop()
            self._sounds.stop()

    def _over(self, tick: int) -> bool:
        """At the end the player stands still on the last frame."""
        run = self._run
        if run is None or run.frame(tick) is not None:
            return False
        self._halt()
        self._at = run.rest()
        self._pictures.want(Wish(self._at, self._size))
        self.changed.emit()
        return True

    def _tick(self) -> int:
        """Number of the screen's frame that is due; -1 before the clock started."""
        run = self._run
        return int(self._elapsed() * float(run.rate) + 1e-4) if run is not None and self._started else -1

    def _elapsed(self) -> float:
        """Seconds of playing: the wall clock, led by the sound that is heard."""
        wall = self._clock() - self._begun
        heard = self._speaker.heard()
        if heard is not None:
            error = heard - (wall + self._slip)
            self.stats.apart = max(self.stats.apart, abs(error)) if self._last >= 0 else 0.0
            self._slip += error if abs(error) > JUMP else error * 0.1
        return max(0.0, wall + self._slip)

    def _bounds(self) -> tuple[Time, Time]:
        assert self._timeline is not None
        end = self._timeline.duration
        begin, out = self.range or (ZERO, end)
        return (begin, min(out, end)) if begin < min(out, end) else (ZERO, end)

    def _last_frame(self) -> Time:
        timeline = self._timeline
        return ZERO if timeline is None else max(0, timeline.frames - 1) / timeline.rate
