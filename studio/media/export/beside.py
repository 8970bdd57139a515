"""Files that go with an export: its captions, its cover."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from studio.core.captions import cues_of
from studio.core.timeline import Timeline
from studio.media.export.job import Options
from studio.media.export.writer import Tags
from studio.media.whole import whole


def write_beside(timeline: Timeline, options: Options, tags: Tags, target: Path) -> tuple[Path, ...]:
    """Writes what was asked for next to `target`; gives the files. OSError when one cannot be written."""
    return tuple(_files(timeline, options, tags, target))


def _files(timeline: Timeline, options: Options, tags: Tags, target: Path) -> Iterator[Path]:
    cues = cues_of(timeline) if options.captions == "file" else ()
    if cues:
        from studio.media.lettering import subtitles

        path = target.with_name(f"{target.stem}.srt")
        subtitles.write(path, cues, (timeline.width, timeline.height))
        yield path
    if options.cover_file and tags.cover:
        path = target.with_name(f"{target.stem}-cover.jpg")
        with whole(path) as file:
            file.write(tags.cover)
        yield path
