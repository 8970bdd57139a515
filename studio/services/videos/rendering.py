"""A project's file exported, and one frame of it, without the window."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.task import Task
from studio.core.timeline import Source
from studio.core.words import N
from studio.services.videos import files
from studio.services.videos.baking import Baking
from studio.services.videos.plugging import load_plugins

if TYPE_CHECKING:
    from studio.media.export.job import Exported

PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame written. duration: seconds it is seen; seconds: how long it took."""

    width: int
    height: int
    fps: float
    duration: float
    bytes: int
    seconds: float


def file_source(path: Path) -> Source:
    """A file as a source of a project, with the hash by which it is found again. Refused: not media, not there."""
    from studio.media.video.sources import described
    from studio.store.files import digest

    if not path.is_file():
        raise Refused(error("media.no_file", "media", name=path.name))
    return replace(described(path.absolute()), hash=digest(path))


def render_file(project: Path, out: Path, preset: str = "", task: Task[Any] | None = None) -> Exported:
    """Exports a project file. preset: "" for the usual one, or the one that the ending of `out` asks for."""
    from studio.media.export.exporting import export
    from studio.services.videos.presets import fitted
    from studio.services.videos.ways import preset_for

    load_plugins()
    timeline = files.read(project)
    files.keep_apart(out, project, timeline)
    out.parent.mkdir(parents=True, exist_ok=True)
    way = fitted(preset_for(preset, out), timeline)
    job = task or Task(N("job", "Exporting"), "render", time.monotonic)
    where = files.where_from(project.absolute().parent)
    with TemporaryDirectory(prefix="yigao-") as room:
        return export(Baking(Path(room), where).ready(timeline, job), where, way, out, job)


def frame_file(project: Path, at: Time, out: Path, size: tuple[int, int] | None) -> Frame:
    """Writes the frame that is shown at `at`. Refused: outside the film, an ending that is no picture's."""
    began, timeline = time.monotonic(), files.read(project)
    if out.suffix.lower() not in PICTURES:
        raise Refused(error("video.no_picture_type", "out", name=out.name, known=", ".join(PICTURES)))
    files.keep_apart(out, project, timeline)
    if not 0 <= at < timeline.duration:
        raise Refused(error("video.outside", "at", at=float(at), whole=float(timeline.duration)))
    from studio.media.video.compositor import Compositor
    from studio.media.whole import whole

    where = files.where_from(project.absolute().parent)
    compositor = Compositor(where)
    with TemporaryDirectory(prefix="yigao-") as room:
        try:
            job: Task[Any] = Task(N("job", "Rendering effects"), "render", time.monotonic)
            seen = Baking(Path(room), where).ready(timeline, job)
            picture = compositor.picture(seen, at, size or (timeline.width, timeline.height))
        finally:
            compositor.close()
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole(out) as file:
        picture.save(file, PICTURES[out.suffix.lower()])
    return Frame(picture.width, picture.height, float(timeline.rate), float(1 / timeline.rate), out.stat().st_size,
                 time.monotonic() - began)
