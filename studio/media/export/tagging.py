"""What a file says of itself: its title, its cover, and whether a machine made it."""

from __future__ import annotations

import io
import json

from studio.media.export.job import Job, Options
from studio.media.export.writer import Tags

COVER_EDGE = 1280


def ai_label(level: str, producer: str, name: str) -> str:
    """The label that the rules of China want in a file (GB 45438-2025, guide TC260-PG-20258A, read 2026-11-22).

    level  "1" it is made by a machine, "2" it may be, "3" it is suspected
    """
    return json.dumps({
        "Label": level, "ContentProducer": producer, "ProduceID": name, "ReservedCode1": "", "ContentPropagator": "",
        "PropagateID": "", "ReservedCode2": "",
    }, ensure_ascii=False)


def tags_of(job: Job, options: Options) -> Tags:
    """Draws the cover where one is asked for."""
    label = {"AIGC": ai_label(options.ai, options.producer, job.timeline.id)} if options.ai else {}
    return Tags(options.title, extra=label, cover=cover(job, options) if options.cover is not None else b"")


def cover(job: Job, options: Options) -> bytes:
    """The chosen frame as a JPEG."""
    assert options.cover is not None
    width, height = job.timeline.width, job.timeline.height
    shrink = min(1.0, COVER_EDGE / max(width, height))
    size = (max(2, round(width * shrink / 2) * 2), max(2, round(height * shrink / 2) * 2))
    maker = job.engine.pictures(job.where)
    try:
        out = io.BytesIO()
        maker.picture(job.timeline, options.cover, size).save(out, "JPEG", quality=90)
        return out.getvalue()
    finally:
        maker.close()
