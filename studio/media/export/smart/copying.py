"""Writing a film out of kept packets and newly encoded pieces between them.

Both lie in one track: the parameter sets of the source and of our encoder stand beside each other in its head, under
numbers of their own, and every piece begins with an IDR picture.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import av
import numpy as np
from av.codec.context import Flags
from av.video.frame import PictureType

from studio.core import export as presets
from studio.media.clips import opened, picture_stream
from studio.media.export.ahead import Beside
from studio.media.export.codecs import key_distance, picture_encoder
from studio.media.export.encoding import LEAD, write_sound
from studio.media.export.job import Job
from studio.media.export.smart import h264
from studio.media.export.smart.index import Index
from studio.media.export.smart.plan import Copy, Make, Piece
from studio.media.export.writer import Writer

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext

    from studio.media.export.job import Pictures

AHEAD = 2  # frames that x264's decoding runs ahead of showing, with its B-frame pyramid


class Unkept(Exception):
    """The packets do not go together after all; the film must be encoded."""


@dataclass(frozen=True)
class Coded:
    """A packet with its frame's number in the file."""

    data: bytes
    number: int
    key: bool


def write(job: Job, path: Path, pieces: tuple[Piece, ...]) -> None:
    """Writes the film. Unkept when the source's packets are not as they were found."""
    source = next(piece.source for piece in pieces if isinstance(piece, Copy))
    maker = job.engine.pictures(job.where)
    try:
        with opened(source.path) as container:
            stream = picture_stream(container)
            if stream is None:
                raise Unkept
            sets = _sets(job, source, pieces)
            writer = Writer(path, job.preset, None, job.shape, tags=job.tags, sound=job.sounding,
                            like=(stream, sets))
            try:
                _write(job, writer, maker, pieces)
                writer.close()
            except BaseException:
                writer.abandon()
                raise
    finally:
        maker.close()


def _write(job: Job, writer: Writer, maker: Pictures, pieces: tuple[Piece, ...]) -> None:
    if not job.sounding:
        _picture(job, writer, maker, pieces, None)
        return
    with Beside(lambda stopped: write_sound(job, writer, stopped, LEAD), "export-sound") as beside:
        _picture(job, writer, maker, pieces, beside)
        beside.wait(lambda: job.progress(writer.samples / max(1, job.samples)))


def _picture(job: Job, writer: Writer, maker: Pictures, pieces: tuple[Piece, ...], beside: Beside | None) -> None:
    """All pieces, in one order of decoding: a packet's place in it, less a constant, is when it is decoded."""
    reading = Reading()
    shift = max(map(_ahead, pieces))
    with reading:
        for place, coded in enumerate(_coded(job, maker, pieces, reading)):
            if coded.number < place - shift:
                raise Unkept
            packet = av.Packet(coded.data)
            packet.pts, packet.dts, packet.is_keyframe = coded.number, place - shift, coded.key
            writer.keep(packet)
            if beside is not None:
                _wait(job, writer, beside)
            if place % 16 == 0:
                job.progress(min(place / job.frames, writer.samples / job.samples if beside else 1.0))


def _wait(job: Job, writer: Writer, beside: Beside) -> None:
    """What waits for the sound waits in memory: not too much of it."""
    beside.check()
    while writer.picture_time > writer.sound_time + LEAD and writer.samples < job.samples:
        beside.check()
        job.gate.through(job.task)
        time.sleep(0.01)


def _ahead(piece: Piece) -> int:
    """Frames that its decoding runs ahead of showing."""
    if isinstance(piece, Make):
        return AHEAD
    order = piece.source.order[piece.first : piece.last]
    return int((np.arange(len(order)) - (order - order[0])).max())


def _coded(job: Job, maker: Pictures, pieces: tuple[Piece, ...], reading: Reading) -> Iterator[Coded]:
    for piece in pieces:
        if isinstance(piece, Copy):
            yield from reading.copied(piece)
        else:
            yield from _made(job, maker, piece, _number(pieces))


class Reading:
    """The files that packets are taken from, each opened once. A context manager."""

    def __init__(self) -> None:
        from contextlib import ExitStack

        self._open = ExitStack()
        self._at: dict[Path, tuple[int, Iterator[Packet[Any]]]] = {}

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, *_: object) -> None:
        self._at.clear()
        self._open.close()

    def copied(self, piece: Copy) -> Iterator[Coded]:
        """The packets of a piece with their numbers in the file."""
        source, first = piece.source, int(piece.source.order[piece.first])
        for place, packet in self._packets(source, piece.first, piece.last):
            picture = int(source.order[place])
            if packet.pts != source.times[picture]:
                raise Unkept
            yield Coded(bytes(packet), piece.begin + picture - first, place in source.keys)

    def _packets(self, source: Index, first: int, last: int) -> Iterator[tuple[int, Packet[Any]]]:
        """Packets [first, last) of a film; reads on where the last piece ended, else from the start."""
        at, packets = self._at.get(source.path, (0, None))
        if packets is None or at > first:
            at, packets = 0, self._fresh(source)
        for packet in packets:
            if at >= first:
                yield at, packet
            at += 1
            self._at[source.path] = at, packets
            if at >= last:
                return
        raise Unkept

    def _fresh(self, source: Index) -> Iterator[Packet[Any]]:
        container = self._open.enter_context(opened(source.path))
        stream = picture_stream(container)
        if stream is None:
            raise Unkept
        return (packet for packet in container.demux(stream) if packet.size)


def _number(pieces: tuple[Piece, ...]) -> int:
    """A number that no parameter set of the source has."""
    taken = next(piece.source.config.ids for piece in pieces if isinstance(piece, Copy))
    free = next((number for number in h264.IDS if number not in taken), None)
    if free is None:
        raise Unkept
    return free


def _encoder(job: Job, number: int) -> VideoCodecContext:
    """The processor's encoder under parameter sets of its own number."""
    encoder = picture_encoder(job.preset)
    context = cast("VideoCodecContext", av.CodecContext.create(encoder.name, "w"))
    context.width, context.height, context.pix_fmt = *job.size, encoder.pixel_format
    context.time_base, context.framerate = 1 / job.rate, job.rate
    context.gop_size = key_distance(job.rate)
    context.color_primaries = context.color_trc = context.colorspace = context.color_range = 1
    context.options = {**encoder.options, "x264-params": f"sps-id={number}:annexb=1:repeat-headers=0"}
    context.flags |= Flags.global_header
    context.thread_count = 0
    return context


def _sets(job: Job, source: Index, pieces: tuple[Piece, ...]) -> bytes:
    """The head of the track: the source's parameter sets, and ours where something is encoded."""
    if all(isinstance(piece, Copy) for piece in pieces):
        return source.config.data()
    context = _encoder(job, _number(pieces))
    context.open()
    units = h264.split(context.extradata or b"")
    ours = [tuple(unit for unit in units if h264.kind(unit) == kind) for kind in (h264.SPS, h264.PPS)]
    if not all(ours):
        raise Unkept
    return source.config.joined(*ours).data()


def _made(job: Job, maker: Pictures, piece: Make, number: int) -> Iterator[Coded]:
    """The packets of a piece that is drawn and encoded."""
    context = _encoder(job, number)
    for n in range(piece.begin, piece.end):
        job.gate.through(job.task)
        frame = maker.frame(job.timeline, presets.moment(job.preset, job.timeline, n), job.size)
        if frame.format.name != context.pix_fmt:
            frame = frame.reformat(format=context.pix_fmt)
        frame.pts, frame.time_base, frame.pict_type = n, 1 / job.rate, PictureType.NONE
        yield from map(_plain, context.encode(frame))
    yield from map(_plain, context.encode(None))


def _plain(packet: Packet[Any]) -> Coded:
    assert packet.pts is not None
    return Coded(h264.prefixed(bytes(packet)), packet.pts, packet.is_keyframe)
