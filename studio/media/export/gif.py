"""A GIF with a palette of its own: the colours of the whole film are counted first."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph

from studio.media.export.ahead import Ahead
from studio.media.export.job import Job

HUNDREDTH = Fraction(1, 100)  # a GIF's own clock


def write_gif(job: Job, path: Path) -> None:
    """Two passes: 256 colours chosen over all frames, then each frame drawn with them, dithered and as differences."""
    palette = _palette(job)
    graph, pictures, colours = _painter(job)
    colours.push(palette)
    colours.push(None)
    with av.open(str(path.absolute()), "w", format="gif") as file:
        stream = file.add_stream("gif", rate=job.rate, options={"gifflags": "+offsetting+transdiff"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = *job.size, "pal8"
        stream.codec_context.time_base = HUNDREDTH
        with Ahead(job.pictures(), 4, "export-pictures") as frames:
            for n, frame in enumerate(frames):
                frame.pts, frame.time_base = n, 1 / job.rate
                pictures.push(frame)
                for drawn in _drawn(graph):
                    file.mux(stream.encode(drawn))
                job.progress(0.5 + 0.5 * (n + 1) / job.frames)
        pictures.push(None)
        for drawn in _drawn(graph):
            file.mux(stream.encode(drawn))
        file.mux(stream.encode(None))


def _buffer(graph: Graph, job: Job) -> av.filter.FilterContext:
    width, height = job.size
    return graph.add_buffer(width=width, height=height, format=av.VideoFormat("yuv420p", width, height),
                            time_base=1 / job.rate)


def _palette(job: Job) -> av.VideoFrame:
    graph = Graph()
    source, count, sink = _buffer(graph, job), graph.add("palettegen", "stats_mode=diff"), graph.add("buffersink")
    source.link_to(count)
    count.link_to(sink)
    graph.configure()
    with Ahead(job.pictures(), 4, "export-pictures") as frames:
        for n, frame in enumerate(frames):
            frame.pts, frame.time_base = n, 1 / job.rate
            source.push(frame)
            job.progress(0.5 * (n + 1) / job.frames)
    source.push(None)
    found = graph.vpull()
    assert isinstance(found, av.VideoFrame)
    return found


def _painter(job: Job) -> tuple[Graph, av.filter.FilterContext, av.filter.FilterContext]:
    """The graph, where frames go in, and where the palette does."""
    graph = Graph()
    pictures = _buffer(graph, job)
    colours = graph.add_buffer(width=16, height=16, format=av.VideoFormat("bgra", 16, 16), time_base=1 / job.rate)
    paint = graph.add("paletteuse", "dither=sierra2_4a:diff_mode=rectangle")
    sink = graph.add("buffersink")
    pictures.link_to(paint, 0, 0)
    colours.link_to(paint, 0, 1)
    paint.link_to(sink)
    graph.configure()
    return graph, pictures, colours


def _drawn(graph: Graph) -> list[av.VideoFrame]:
    found = []
    try:
        while True:
            frame = graph.vpull()
            assert isinstance(frame, av.VideoFrame)
            found.append(frame)
    except (av.error.BlockingIOError, av.error.EOFError):
        return found
