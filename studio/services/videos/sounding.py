"""The thread that mixes the sound of the player a little ahead, so that a loudspeaker that asks never waits."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Protocol

from studio.core.timeline import Timeline
from studio.services.videos.running import Run

HZ = 48_000
BLOCK = 2_400  # samples mixed at a time: 50 ms
AHEAD = 12  # blocks
FRAME = 8  # bytes of one sample: two floats
AUDIBLE = (Fraction(1, 2), Fraction(1), Fraction(2))
"""Speeds at which one hears something; slower and faster, and backwards, it is silent."""


class Mixes(Protocol):
    """What the player needs of `media.sound.mixer.Mixer`."""

    def block(self, timeline: Timeline, start: int, count: int) -> Any:
        """`count` samples from number `start` on: float32, (count, 2)."""
        ...


class Speaker(Protocol):
    """A way out for sound. Asked from the window's thread, but for `pull`, which it may call from any."""

    def begin(self, pull: Callable[[int], bytes], hz: int) -> None:
        """Take `pull(samples)` (stereo, 32-bit floats) from now on; what is behind in it is silence, never waiting."""
        ...

    def end(self) -> None:
        """Fall silent at once."""
        ...

    def heard(self) -> float | None:
        """Seconds of sound heard since `begin`; None where there is no device, and the wall clock goes."""
        ...


class Silence:
    """No device."""

    def begin(self, pull: Callable[[int], bytes], hz: int) -> None: ...

    def end(self) -> None: ...

    def heard(self) -> float | None:
        return None


class Sounds:
    """Mixes blocks ahead for a run. `pull` is what a loudspeaker asks. make: None: everything is silent."""

    def __init__(self, make: Callable[[], Mixes] | None) -> None:
        self.volume, self.missed = 1.0, 0  # missed: samples that were asked for before they were mixed
        self._make = make
        self._bell = threading.Condition()
        self._timeline: Timeline | None = None
        self._run: Run | None = None
        self._blocks: deque[bytes] = deque()
        self._first = self._mixed = self._pulled = 0
        self._turn, self._open = 0, True
        self._thread: threading.Thread | None = None

    def show(self, timeline: Timeline) -> None:
        """Another document: what was mixed of the one before is thrown away, but for what was pulled."""
        with self._bell:
            if timeline is not self._timeline:
                self._timeline = timeline
                self._restart(self._pulled)

    def start(self, run: Run, timeline: Timeline) -> None:
        with self._bell:
            self._run, self._timeline, self._pulled, self.missed = run, timeline, 0, 0
            self._restart(0)
            if self._thread is None and self._make is not None and run.speed in AUDIBLE:
                self._thread = threading.Thread(target=self._work, name="player-sound", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        with self._bell:
            self._run = None
            self._restart(0)

    def ready(self) -> bool:
        """Whether enough is mixed to begin."""
        with self._bell:
            return not self._audible() or len(self._blocks) >= AHEAD // 3

    def pull(self, count: int) -> bytes:
        """The next `count` samples; silence for what is not mixed yet, and that much is passed over later."""
        wanted, out = count * FRAME, bytearray()
        with self._bell:
            while len(out) < wanted and self._blocks:
                block = self._blocks.popleft()
                room = wanted - len(out)
                out += block[:room]
                if len(block) > room:
                    self._blocks.appendleft(block[room:])
            short = count - len(out) // FRAME
            self._pulled += count
            if short and self._audible():
                self.missed += short
                self._restart(self._pulled)
            self._bell.notify()
        return bytes(out.ljust(wanted, b"\0"))

    def close(self) -> None:
        with self._bell:
            self._open = False
            self._bell.notify()
        if self._thread is not None:
            self._thread.join()

    def _audible(self) -> bool:
        return self._make is not None and self._run is not None and self._run.speed in AUDIBLE

    def _restart(self, at: int) -> None:
        """Mix from playing sample `at` on. Called with the bell held."""
        self._blocks.clear()
        self._mixed, self._turn = at, self._turn + 1
        self._bell.notify()

    def _work(self) -> None:
        mixer: Mixes | None = None
        while (job := self._next()) is not None:
            run, timeline, at, turn = job
            try:
                assert self._make is not None  # or there would be no thread
                mixer = mixer or self._make()
                block = self._mix(mixer, run, timeline, at)
            except Exception:  # silence; the pictures say what is wrong with a source
                block = bytes(BLOCK * FRAME)
            with self._bell:
                if turn == self._turn:
                    self._blocks.append(block)
                    self._mixed = at + BLOCK

    def _next(self) -> tuple[Run, Timeline, int, int] | None:
        with self._bell:
            while self._open:
                run, timeline = self._run, self._timeline
                if run is not None and timeline is not None and self._audible() and len(self._blocks) < AHEAD:
                    return run, timeline, self._mixed, self._turn
                self._bell.wait()
        return None

    def _mix(self, mixer: Mixes, run: Run, timeline: Timeline, at: int) -> bytes:
        out = bytearray()
        for start, count in run.samples(at, BLOCK, HZ):
            sound = mixer.block(timeline, start, count)
            if run.speed > 1:
                sound = sound[: len(sound) // 2 * 2].reshape(-1, 2, 2).mean(axis=1)
            elif run.speed < 1:
                sound = sound.repeat(2, axis=0)
            out += (sound * self.volume).clip(-1.0, 1.0).astype("<f4").tobytes()
        wanted = BLOCK * FRAME
        return bytes(out[:wanted].ljust(wanted, b"\0"))
