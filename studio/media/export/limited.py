"""A file that may not be larger than so many bytes: as good as it can be within them, and never over."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from studio.core.errors import Refused
from studio.core.export import Preset
from studio.core.finding import error
from studio.media.export.codecs import Encoder, picture_encoder
from studio.media.export.encoding import TooBig, encode
from studio.media.export.job import Job

TRIES = 4
LEAST = 20_000  # bits a second of picture: below this nobody knows what is seen
INDEX = 40  # bytes for each frame and its sound in the file's index and packets


def encode_within(job: Job, path: Path, most: int) -> str:
    """Writes the file; gives the encoder's name. Refused with video.export_over when so few bytes cannot hold it.

    By quality first: most films are smaller than their limit, and need no more than one pass.
    """
    encoder = picture_encoder(job.preset)
    try:
        encode(job, path, encoder, most=most)
        if path.stat().st_size <= most:
            return encoder.name
    except TooBig:
        pass
    bits = _budget(job, most)
    for number in range(TRIES):
        if bits < LEAST:
            break
        size = _twice(job, path, bits, number)
        if size <= most:
            return encoder.name
        bits = min(int(bits * most / size * 0.97), bits - 1)
    raise Refused(error("video.export_over", "preset", job.preset.sources.get("bytes", ""),
                        size=path.stat().st_size, limit=most))


def _budget(job: Job, most: int) -> int:
    """Bits a second that are left for the picture."""
    seconds = float(job.length)
    sound = job.preset.audio_bitrate * seconds / 8 if job.sounding else 0.0
    fixed = sound + INDEX * job.frames + 4096 + len(job.tags.cover)
    return int((most - fixed) * 0.98 * 8 / seconds)


def _twice(job: Job, path: Path, bits: int, number: int) -> int:
    """Two passes at `bits` a second; the size that came out."""
    preset = replace(job.preset, bitrate=bits, peak=bits * 2)
    plain = picture_encoder(preset)
    with tempfile.TemporaryDirectory() as folder:
        passes = _passes(plain, preset, Path(folder) / "stats")
        for n, encoder in enumerate(passes):
            begin, share = n / len(passes), 1 / len(passes)
            encode(job, path, encoder, share=(begin, share), sound=n == len(passes) - 1)
    return path.stat().st_size


def _passes(encoder: Encoder, preset: Preset, stats: Path) -> list[Encoder]:
    """What is opened one after the other. Only x264 takes its notes from file to file here; the others go once."""
    if preset.video != "h264":
        return [encoder]
    return [
        replace(encoder, options={**encoder.options, "flags": f"+pass{n}", "stats": str(stats)}) for n in (1, 2)
    ]
