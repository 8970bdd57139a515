"""A folder of numbered pictures, one for each frame."""

from __future__ import annotations

from pathlib import Path

from studio.core import export as presets
from studio.media.export.ahead import Ahead
from studio.media.export.codecs import quality
from studio.media.export.job import Job


def write_frames(job: Job, folder: Path) -> None:
    """frame-0001.png and so on, in `folder`."""
    total = job.frames
    digits = max(4, len(str(total)))
    ending = {"png": "png", "jpeg": "jpg"}[job.preset.video]
    more = {"quality": quality(job.preset), "subsampling": 0} if ending == "jpg" else {"compress_level": 3}
    with Ahead(_pictures(job), 4, "export-pictures") as pictures:
        for n, picture in enumerate(pictures, start=1):
            picture.save(folder / f"frame-{n:0{digits}}.{ending}", **more)
            job.progress(n / total)


def _pictures(job: Job):  # type: ignore[no-untyped-def]  # of PIL.Image.Image
    maker = job.engine.pictures(job.where)
    try:
        for n in range(job.frames):
            yield maker.picture(job.timeline, presets.moment(job.preset, job.timeline, n), job.size)
    finally:
        maker.close()
