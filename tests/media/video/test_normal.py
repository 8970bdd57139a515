"""Films of any kind come out upright, progressive, in square pixels and in BT.709 as eyes expect them."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from studio.media.video import tonemap
from studio.media.video.chain import Chains
from studio.media.video.normal import normal
from studio.media.video.reader import Reader
from studio.media.video.tonemap import from_pq, sdr, to_pq
from tests.media import make
from tests.media.video.counters import film, number, steady

GREYS = np.array([0.0, 10.0, 50.0, 100.0, 203.0, 400.0, 1000.0, 4000.0])  # cd/m²
Codes = np.ndarray[Any, np.dtype[np.float64]]


def seen(path: Path, size: tuple[int, int] | None = None) -> av.VideoFrame:
    """The first picture of a film, as every part of the engine wants it."""
    reader = Reader(path)
    frame = Chains().run("test", normal(reader.info, size), reader.frame(Fraction(0)))
    reader.close()
    return frame


def bars(path: Path, codes: Codes, *, transfer: int, primaries: int = 9, matrix: int = 9) -> Path:
    """A 10-bit H.265 film of grey bars with the codes (0 to 1) of `codes`, limited range, tagged as told."""
    height, width = 64, 32 * len(codes)
    luma = np.tile(np.repeat(np.round(64 + 876 * codes), 32).astype("<u2"), (height, 1))
    planes = [luma, *(np.full((height // 2, width // 2), 512, "<u2") for _ in "uv")]
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx265", 30, options={"x265-params": "log-level=none", "crf": "4"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p10le"
        stream.codec_context.colorspace, stream.codec_context.color_range = matrix, 1
        stream.codec_context.color_trc, stream.codec_context.color_primaries = transfer, primaries
        for n in range(3):
            frame = av.VideoFrame(width, height, "yuv420p10le")
            for plane, values in zip(frame.planes, planes, strict=True):
                rows = np.zeros((values.shape[0], plane.line_size // 2), "<u2")
                rows[:, : values.shape[1]] = values
                plane.update(rows.tobytes())
            frame.pts = n
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def luma(frame: av.VideoFrame) -> list[int]:
    """The code in the middle of each bar."""
    rows = frame.to_ndarray()
    return [int(rows[frame.height // 2, x]) for x in range(16, frame.width, 32)]


def test_an_ordinary_film_needs_no_step(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "film.mp4"), "w") as file:
        stream = file.add_stream("libx264", 30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.codec_context.colorspace = 64, 64, 1
        file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        file.mux(stream.encode(None))
    info = Reader(tmp_path / "film.mp4").info
    assert normal(info) == []
    assert normal(info, (32, 32)) == [("scale", "32:32")]


@pytest.mark.parametrize("kind", ["pq", "hlg"])
def test_hdr_looks_right_on_a_usual_screen(tmp_path: Path, kind: str) -> None:
    codes = to_pq(GREYS) if kind == "pq" else np.array([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0])
    path = bars(tmp_path / "hdr.mp4", codes, transfer=16 if kind == "pq" else 18)
    reader = Reader(path)
    assert (reader.info.hdr, reader.info.fmt, reader.info.peak) == (kind, "yuv420p10le", 1000)
    frame = seen(path)
    expected = 16 + 219 * sdr(np.repeat(codes[:, None], 3, axis=1), kind, 1000)[:, 0]  # type: ignore[arg-type]
    assert luma(frame) == pytest.approx(expected, abs=2)
    assert (frame.format.name, frame.colorspace, frame.color_trc) == ("yuv420p", 1, 1)
    if kind == "pq":  # by independent reckoning: the screen's white is 203 cd/m², its gamma 2.4
        assert luma(frame)[:4] == pytest.approx([16 + 219 * (nits / 203) ** (1 / 2.4) for nits in GREYS[:4]], abs=3)
        assert 205 <= luma(frame)[4] <= 220  # paper white stays bright and below white
        assert luma(frame) == sorted(luma(frame))
    else:
        assert luma(frame)[4] == pytest.approx(luma(seen(bars(
            tmp_path / "same.mp4", to_pq(np.array([203.0] * 5)), transfer=16)))[4], abs=2)  # HLG at 75 % is 203 cd/m²


def test_pq_is_st_2084s() -> None:
    """The table of ITU-R BT.2408: 100 cd/m² is 50.8 % of PQ, 203 is 58.1 %, 1,000 is 75.2 %."""
    assert to_pq(np.array([100.0, 203.0, 1000.0])) == pytest.approx([0.508, 0.581, 0.752], abs=0.001)
    assert from_pq(to_pq(GREYS)) == pytest.approx(GREYS, rel=1e-6, abs=1e-6)


def test_ten_bits_that_are_not_hdr_keep_their_greys(tmp_path: Path) -> None:
    codes = np.linspace(0, 1, 8)
    path = bars(tmp_path / "deep.mp4", codes, transfer=1, primaries=1, matrix=1)
    assert luma(seen(path)) == pytest.approx(16 + 219 * codes, abs=1)


def test_a_wide_gamut_keeps_its_greys(tmp_path: Path) -> None:
    codes = np.linspace(0, 1, 8)
    path = bars(tmp_path / "wide.mp4", codes, transfer=14)
    assert luma(seen(path)) == pytest.approx(16 + 219 * codes, abs=2)


def test_standard_definition_gets_the_matrix_of_all(tmp_path: Path) -> None:
    """Pure red in BT.601 has another luma than in BT.709; the colour is what must stay."""
    path = make.clip(tmp_path / "sd.mp4", size=(160, 96), times=[0.0, 0.1, 0.2], sound=False)  # ends in red, untagged
    reader = Reader(path)
    frame = Chains().run("test", normal(reader.info), reader.frame(Fraction(2, 10)))
    red = frame.reformat(format="rgb24", src_colorspace=1, src_color_range=1).to_ndarray()[80, 120]
    assert red.tolist() == pytest.approx([255, 0, 0], abs=12)
    assert int(frame.to_ndarray()[80, 120]) == pytest.approx(63, abs=3)  # 16 + 219 x 0.2126


def test_a_phones_turned_film_stands_upright(tmp_path: Path) -> None:
    path = make.turned(make.clip(tmp_path / "phone.mp4", sound=False))
    info = Reader(path).info
    assert (info.width, info.height, info.coded_width, info.coded_height, info.rotation) == (96, 160, 160, 96, 90)
    frame = seen(path)
    assert (frame.width, frame.height) == (96, 160)
    grey = frame.to_ndarray(format="gray")
    assert grey[10, 90] > 200 > grey[10, 5] and grey[150, 90] < 60  # the white corner came to the top right


@pytest.mark.parametrize(("degrees", "flipped", "corner"), [
    (180, False, (-8, -8)), (90, False, (-8, 8)), (-90, False, (8, -8)), (0, True, (8, -8)), (90, True, (-8, -8)),
])
def test_every_turn_and_mirror(tmp_path: Path, degrees: int, flipped: bool, corner: tuple[int, int]) -> None:
    path = tmp_path / "turned.mp4"
    picture = np.zeros((96, 160, 3), np.uint8)
    picture[:32, :53] = 255
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", 30)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = 160, 96
        stream.set_display_rotation(degrees, hflip=flipped)
        file.mux(stream.encode(av.VideoFrame.from_ndarray(picture)))
        file.mux(stream.encode(None))
    shown = seen(path).to_ndarray(format="gray")
    bright = [at for at in ((8, 8), (8, -8), (-8, 8), (-8, -8)) if shown[at] > 200]
    assert bright == [corner]


def test_pixels_become_square(tmp_path: Path) -> None:
    path = tmp_path / "anamorphic.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", 25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.codec_context.sample_aspect_ratio = 144, 96, Fraction(16, 11)
        file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((96, 144, 3), np.uint8))))
        file.mux(stream.encode(None))
    assert (Reader(path).info.width, Reader(path).info.height) == (209, 96)
    assert (seen(path).width, seen(path).height) == (209, 96)
    assert (seen(path, (104, 48)).width, seen(path, (104, 48)).height) == (104, 48)


def test_interlaced_film_shows_no_combs(tmp_path: Path) -> None:
    """A bar that moved between the two fields of a picture: its edges must be smooth from line to line."""
    path = tmp_path / "fields.ts"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg2video", 25, options={"flags": "+ilme+ildct", "q:v": "2"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        stream.bit_rate = 8_000_000
        for n in range(4):
            grey = np.full((96, 160), 30, np.uint8)
            grey[0::2, 20 + 24 * n : 60 + 24 * n] = 220
            grey[1::2, 32 + 24 * n : 72 + 24 * n] = 220
            frame = av.VideoFrame.from_ndarray(np.repeat(grey[..., None], 3, axis=2))
            frame = frame.reformat(format="yuv420p")
            frame.pts = n
            frame = _as_fields(frame)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    reader = Reader(path)
    assert reader.info.interlaced
    raw = reader.frame(Fraction(1, 25))
    done = Chains().run("test", normal(reader.info), raw)
    assert _combs(raw) > 60 > 20 > _combs(done)


def _as_fields(frame: av.VideoFrame) -> av.VideoFrame:
    """Marked as two fields, the upper first."""
    graph = av.filter.Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, 25))
    graph.link_nodes(source, graph.add("setfield", "tff"), graph.add("buffersink"))
    graph.configure()
    graph.push(frame)
    return graph.vpull()


def _combs(frame: av.VideoFrame) -> float:
    """How much lines differ from the mean of their neighbours, at the worst column."""
    middle = frame.to_ndarray(format="gray").astype(int)[20:76]
    return float(np.abs(middle[1:-1] - (middle[:-2] + middle[2:]) / 2).mean(axis=0).max())


@pytest.mark.parametrize(("suffix", "codec", "pixels"), [
    (".webm", "libvpx-vp9", "yuva420p"), (".mov", "prores_ks", "yuva444p10le"), (".mov", "png", "rgba"),
    (".mov", "qtrle", "argb"), (".mkv", "ffv1", "yuva420p"),
])
def test_see_through_films_keep_their_alpha(tmp_path: Path, suffix: str, codec: str, pixels: str) -> None:
    path = tmp_path / f"clear{suffix}"
    picture = np.full((96, 160, 4), 200, np.uint8)
    picture[..., 3] = 255
    picture[:, :80, 3] = 0
    options = {"profile": "4444"} if codec == "prores_ks" else {}
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, 25, options=options)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 160, 96, pixels
        if codec == "libvpx-vp9":
            stream.metadata["alpha_mode"] = "1"
        for n in range(3):
            frame = av.VideoFrame.from_ndarray(picture, format="rgba")
            frame.pts = n
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    info = Reader(path).info
    assert info.alpha
    frame = seen(path)
    assert frame.format.name == "yuva420p"
    clear, solid = (int(bytes(frame.planes[3])[40 * frame.planes[3].line_size + x]) for x in (20, 140))
    assert (clear, solid) == pytest.approx((0, 255), abs=3)


def test_counters_survive_every_step(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(Fraction(30), 5), codec="libx265", pixels="yuv420p10le",
                options={"x265-params": "log-level=none"})
    reader = Reader(path)
    for n in range(5):
        frame = Chains().run("test", normal(reader.info, (320, 180)), reader.frame(Fraction(n, 30)))
        assert number(frame) == n


def test_a_broken_shape_of_pixels_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "strip.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", 25)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.codec_context.sample_aspect_ratio = 144, 96, Fraction(1, 1000)
        file.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((96, 144, 3), np.uint8))))
        file.mux(stream.encode(None))
    assert (Reader(path).info.width, Reader(path).info.height) == (144, 96)


@pytest.mark.parametrize(("suffix", "codec", "pixels"), [
    (".webm", "libvpx-vp9", "yuv420p"), (".mkv", "ffv1", "yuv422p"), (".mov", "png", "rgb24"),
    (".mkv", "libx264", "yuv444p"), (".mkv", "ffv1", "gray"), (".mkv", "ffv1", "yuv420p16le"),
])
def test_odd_sizes_and_odd_formats_keep_every_line(tmp_path: Path, suffix: str, codec: str, pixels: str) -> None:
    path = film(tmp_path / f"odd{suffix}", steady(Fraction(25), 4), size=(161, 97), codec=codec, pixels=pixels,
                rate=Fraction(25), tick=Fraction(1, 25))
    reader, chains = Reader(path), Chains()
    assert (reader.info.width, reader.info.height) == (161, 97)
    for n in (3, 0, 2):
        frame = chains.run("test", normal(reader.info), reader.frame(Fraction(n, 25)))
        assert (frame.width, frame.height, frame.format.name, number(frame)) == (161, 97, "yuv420p", n)


def test_the_table_of_colours_may_lie_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's temporary folder may have any name."""
    folder = tmp_path / "C: it's, [odd]; 100% 文件"
    folder.mkdir()
    monkeypatch.setattr(tonemap, "_folder", lambda: folder)
    path = bars(tmp_path / "hdr.mp4", to_pq(GREYS), transfer=16)
    assert luma(seen(path))[3] == pytest.approx(178, abs=3)
    assert [file.name for file in folder.iterdir()] == ["pq-1000.cube"]
    shutil.rmtree(folder)
    assert luma(seen(path))[3] == pytest.approx(178, abs=3)  # somebody cleaned up meanwhile
