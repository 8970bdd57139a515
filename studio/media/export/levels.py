"""The sound of an export: the mix, brought to the timeline's loudness."""

from __future__ import annotations

from collections.abc import Callable

from studio.media.export.job import Job, Sounds


def levelled(job: Job, stopped: Callable[[], bool]) -> Sounds:
    """A mixer for one thread."""
    return job.engine.sounds()
