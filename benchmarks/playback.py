"""Playing the reference reel at 540p for a minute, as the window does it: three films, crossfades, title, logo, music.

The loudspeaker is a thread that takes 1024 samples whenever a device of 48 kHz would, and says how many it has taken;
the player has no other clock. A frame that was not on the screen while it was due is dropped; `apart` is the most that
the picture's moment and what is heard were apart when a picture was shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import reel
from benchmarks.measure import Result
from studio.services.videos.player import Player, Stats

GROUP = "play the reference reel at 540p for 60 s"
SECONDS, SIZE, BLOCK = 60, (540, 960), 1024


def measure(seconds: int = SECONDS) -> list[Result]:
    """Under 1 % dropped; sound never more than 40 ms off; never a gap in the sound."""
    reel.prepared()
    stats, speaker = play(seconds)
    due = stats.shown + stats.dropped
    notes = {"frames due": due, "shown": stats.shown}
    return [
        Result(GROUP, "dropped frames", (100 * stats.dropped / max(1, due),), "%", most=1.0, notes=notes),
        Result(GROUP, "sound off by at most", (stats.apart * 1000,), "ms", most=40.0),
        Result(GROUP, "sound that came too late", (speaker.late / 48,), "ms", most=0.0),
    ]


class Loudspeaker:
    """Takes sound as a device does. late: samples it wanted before they were mixed."""

    def __init__(self) -> None:
        self.late = 0
        self._taken, self._hz, self._stop = 0, 48_000, threading.Event()
        self._began = 0.0
        self._thread: threading.Thread | None = None
        self.missed: Callable[[], int] = lambda: 0

    def begin(self, pull: Callable[[int], bytes], hz: int) -> None:
        self._stop, self._taken, self._began = threading.Event(), 0, time.monotonic()
        self._thread = threading.Thread(target=self._take, args=(pull, hz), daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self.late = self.missed()

    def heard(self) -> float | None:
        return min(self._taken / self._hz, time.monotonic() - self._began)

    def _take(self, pull: Callable[[int], bytes], hz: int) -> None:
        while not self._stop.wait(max(0.0, self._began + self._taken / hz - time.monotonic())):
            assert len(pull(BLOCK)) == BLOCK * 8
            self._taken += BLOCK


def play(seconds: int) -> tuple[Stats, Loudspeaker]:
    """Plays in a loop for so long; what was shown."""
    from studio.media.sound.mixer import Mixer
    from studio.media.video.compositor import Compositor

    speaker = Loudspeaker()
    player = Player(lambda: Compositor(_path), lambda: Mixer(_path), speaker)
    speaker.missed = lambda: player.missed
    try:
        player.resize(SIZE)
        player.show(reel.timeline())
        time.sleep(1.0)  # the first picture is on the screen before anybody presses Play
        player.loop = True
        player.play()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            player.take()
            time.sleep(player.wait())
        stats = player.stats
        player.pause()
        return stats, speaker
    finally:
        player.close()


def _path(source: object) -> Path:
    return Path(source.path)  # type: ignore[attr-defined]  # a core Source
