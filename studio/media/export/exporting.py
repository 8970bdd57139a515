"""A timeline becomes a file: whole and checked, or not at all."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av.error

from studio.core import export as presets
from studio.core.errors import Refused
from studio.core.export import Preset
from studio.core.finding import Finding, blocking, error, info, warning
from studio.core.task import Task
from studio.core.timeline import Timeline
from studio.media.export.beside import write_beside
from studio.media.export.checking import whole_file
from studio.media.export.codecs import picture_encoder
from studio.media.export.encoding import encode
from studio.media.export.gate import Gate
from studio.media.export.gif import write_gif
from studio.media.export.job import Engine, Exported, Job, Options, Pictures, Sounds
from studio.media.export.limited import encode_within
from studio.media.export.part import is_full, part, sweep
from studio.media.export.sequence import write_frames
from studio.media.export.smart.smart import smart_copy
from studio.media.export.tagging import tags_of
from studio.media.export.target import guard
from studio.media.video.where import Where

if TYPE_CHECKING:
    from studio.media.sound.mixer import Mixer
    from studio.media.video.compositor import Compositor
    from studio.media.video.readers import Readers

KEPT = 48_000_000  # bytes of pictures kept at hand: an export goes forwards and comes back to none


@dataclass(frozen=True, slots=True)
class Made:
    """How the file was made."""

    encoder: str = ""
    copied: int = 0
    findings: tuple[Finding, ...] = ()


def export(
    timeline: Timeline, where: Where, preset: Preset, target: Path, task: Task[Any], *,
    options: Options | None = None, gate: Gate | None = None, engine: Engine | None = None,
) -> Exported:
    """Writes the timeline to `target` (for frames: a folder), in place of what is there.

    Clips with effects of MoviePy's must play what was baked of them (`media.video.scripted.baking.baked`).
    Refused: nothing to export, a limit is passed, the disk is full, no such encoder, a source is gone, `target` is one
    or a folder of other things. Cancelled when somebody asked to stop. In each case `target` is as it was, and nothing
    else is left in its folder.
    """
    began, options = time.monotonic(), options or Options()
    if faults := blocking(presets.check(preset, timeline)):
        raise Refused(*faults)
    usual = Usual()
    job = Job(_captioned(timeline, options), preset, where, engine or usual.engine, task, gate or Gate())
    with _told(target):
        guard(job, target)
        sweep(target.parent)
        job = replace(job, tags=tags_of(job, options))
        exported = _written(job, target)
        beside = write_beside(timeline, options, job.tags, target)
    findings = (*exported.findings, *usual.troubles)
    return replace(exported, seconds=time.monotonic() - began, beside=beside, findings=findings)


def _written(job: Job, target: Path) -> Exported:
    with part(target, folder=job.preset.container == "frames") as path:
        made = _make(job, path)
        found = whole_file(job, path, target.name)
        return Exported(
            target, *found.size, found.rate, found.duration, found.frames, found.bytes, 0.0, made.encoder, made.copied,
            findings=made.findings,
        )


class Owning:
    """A compositor together with the readers that were opened for it."""

    def __init__(self, compositor: Compositor, readers: Readers) -> None:
        self.frame, self.picture = compositor.frame, compositor.picture
        self._both = compositor, readers

    def close(self) -> None:
        for each in self._both:
            each.close()


class Usual:
    """The studio's own compositor and mixer, and what they could not do."""

    def __init__(self) -> None:
        self._told: list[Finding] = []
        self._mixers: list[Mixer] = []
        self.engine = Engine(self._pictures, self._sounds)

    def _pictures(self, where: Where) -> Pictures:
        from studio.media.video.compositor import Compositor
        from studio.media.video.readers import Readers

        readers = Readers(KEPT)
        return Owning(Compositor(where, readers=readers, troubled=self._told.append), readers)

    def _sounds(self, where: Where) -> Sounds:
        from studio.media.sound.mixer import Mixer

        self._mixers.append(Mixer(where))
        return self._mixers[-1]

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """Each once: an effect that failed, a source that could not be heard."""
        found = [*self._told, *(finding for mixer in self._mixers for finding in mixer.troubles)]
        return tuple(finding for n, finding in enumerate(found) if finding not in found[:n])


def _captioned(timeline: Timeline, options: Options) -> Timeline:
    """Without its captions where they are not drawn."""
    if options.captions == "burned":
        return timeline
    return replace(timeline, tracks=tuple(track for track in timeline.tracks if track.role != "captions"))


def _make(job: Job, path: Path) -> Made:
    if job.preset.container == "frames":
        write_frames(job, path)
        return Made(job.preset.video)
    if job.preset.container == "gif":
        write_gif(job, path)
        return Made("gif")
    if not job.preset.video:
        encode(job, path, None)
        return Made()
    kept, most = smart_copy(job, path), job.preset.bytes
    if kept and (most is None or path.stat().st_size <= most):
        return Made("copy", kept, (info("video.export_copied", "preset", kept=kept, frames=job.frames),))
    return _encoded(job, path) if most is None else Made(encode_within(job, path, most))


def _encoded(job: Job, path: Path) -> Made:
    """By the graphics card when it works to the end, else by the processor."""
    found: tuple[Finding, ...] = ()
    card = job.engine.card(job.preset, job.size) if job.preset.hardware else None
    if card is not None:
        try:
            encode(job, path, card)
            whole_file(job, path, path.name)
            return Made(card.name)
        except (av.error.FFmpegError, Refused) as fault:
            if is_full(fault):
                raise
            found = (warning("video.export_hardware", "preset", encoder=card.name),)
    encoder = picture_encoder(job.preset)
    encode(job, path, encoder)
    return Made(encoder.name, findings=found)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """What the disk or the encoder says, in words."""
    try:
        yield
    except av.error.FFmpegError as fault:
        if is_full(fault):
            raise Refused(error("video.export_full", "target", name=target.name)) from fault
        raise Refused(error("video.export_unwritable", "target", name=target.name, reason=fault.strerror)) from fault
    except OSError as fault:
        code = "video.export_full" if is_full(fault) else "video.export_unwritable"
        raise Refused(error(code, "target", name=target.name, reason=fault.strerror or "")) from fault
