"""The sound of an export: the mix, brought to the timeline's loudness."""

from __future__ import annotations

from collections.abc import Callable

from studio.core.errors import Cancelled
from studio.media.export.job import Job, Sounds


def levelled(job: Job, stopped: Callable[[], bool]) -> Sounds:
    """A mixer for one thread. Mixes all of it once or twice beforehand where a loudness is wanted."""
    mixer = job.engine.sounds(job.where)
    if job.timeline.loudness is None:
        return mixer
    from studio.media.sound import loudness

    def told(_part: float) -> None:
        if stopped() or job.task.cancelled:
            raise Cancelled

    try:
        found, _before = loudness.levelled(mixer, job.timeline, job.timeline.loudness, told=told)
    except BaseException:
        mixer.close()
        raise
    return found
