"""Kept packets: every frame of the file is the one that belongs there, whatever the source and wherever it was cut."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from imageio_ffmpeg import get_ffmpeg_exe

from studio.core import export as presets
from studio.core.curve import Curve
from studio.core.timeline import Clip, Gap, Source, Timeline, Track, Transform
from studio.media.export.exporting import export
from studio.media.export.job import Exported
from studio.media.export.smart import h264
from tests.media.export.counting import task
from tests.media.video.counters import SIZE, film, number, steady

TOLD = {"colorspace": "bt709", "color_range": "tv"}
FILMS = {
    "b-frames": {"options": {**TOLD, "bf": "3"}},
    "no b-frames": {"options": {**TOLD, "bf": "0"}},
    "pyramid": {"options": {**TOLD, "bf": "8", "preset": "slow", "x264-params": "b-adapt=0"}},
    "open gop": {"options": {**TOLD, "bf": "3", "x264-params": "open-gop=1"}},
    "short gop": {"gop": 12, "options": TOLD},
    "matroska": {"options": TOLD, "tick": Fraction(1, 1000)},  # its clock has milliseconds only
    "other numbers": {"options": {**TOLD, "x264-params": "sps-id=1"}},
}


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("films")
    return {name: film(folder / f"{name}.{'mkv' if name == 'matroska' else 'mp4'}", steady(Fraction(30), 240), **how)  # type: ignore[arg-type]
            for name, how in FILMS.items()}


def line(path: Path, cuts: list[tuple[int, int]], rate: Fraction = Fraction(30), **more: object) -> Timeline:
    """Pictures [first, last) of a film, one stretch after the other."""
    source = Source("s", str(path), "video", width=SIZE[0], height=SIZE[1], duration=Fraction(8), rate=rate)
    clips = [Clip(f"c{n}", (last - first) / rate, source="s", start=first / rate)
             for n, (first, last) in enumerate(cuts)]
    return Timeline("t", *SIZE, rate=rate, tracks=(Track("m", "main", tuple(clips)),), sources={"s": source},
                    loudness=None, **more)  # type: ignore[arg-type]


def where(source: Source) -> Path:
    return Path(source.path)


def made(timeline: Timeline, target: Path, preset: presets.Preset = presets.USUAL) -> Exported:
    return export(timeline, where, preset, target, task())


def shown(path: Path) -> list[int]:
    with av.open(str(path)) as file:
        return [number(frame) for frame in file.decode(video=0)]


def meant(cuts: list[tuple[int, int]]) -> list[int]:
    return [n for first, last in cuts for n in range(first, last)]


@pytest.mark.parametrize("name", FILMS)
def test_odd_cuts_come_out_frame_exact(name: str, films: dict[str, Path], tmp_path: Path) -> None:
    cuts = [(7, 101), (11, 12), (63, 190), (90, 240), (0, 59)]
    found = made(line(films[name], cuts), tmp_path / "out.mp4")
    assert shown(found.file) == meant(cuts)
    if name != "open gop":
        assert found.encoder == "copy" and found.copied > found.frames / 2


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 120)), min_size=1, max_size=5),
       name=st.sampled_from(sorted(FILMS)))
def test_any_cuts_come_out_frame_exact(
    cuts: list[tuple[int, int]], name: str, films: dict[str, Path], tmp_path: Path
) -> None:
    ranges = [(first, min(240, first + length)) for first, length in cuts]
    assert shown(made(line(films[name], ranges), tmp_path / "out.mp4").file) == meant(ranges)


def test_another_program_reads_the_same_frames(films: dict[str, Path], tmp_path: Path) -> None:
    cuts = [(17, 171), (33, 208)]
    found = made(line(films["b-frames"], cuts), tmp_path / "out.mp4")
    ran = subprocess.run(
        [get_ffmpeg_exe(), "-v", "error", "-err_detect", "explode", "-i", str(found.file), "-fps_mode",
         "passthrough", "-f", "rawvideo", "-pix_fmt", "gray", "-"], capture_output=True, check=True)
    size = SIZE[0] * SIZE[1]
    assert ran.stderr == b"" and len(ran.stdout) == size * len(meant(cuts))


def test_the_file_has_every_frame_at_its_time(films: dict[str, Path], tmp_path: Path) -> None:
    found = made(line(films["b-frames"], [(17, 171)]), tmp_path / "out.mp4")
    with av.open(str(found.file)) as file:
        tick = file.streams.video[0].time_base or Fraction(0)
        packets = [packet for packet in file.demux(video=0) if packet.size]
    assert sorted((packet.pts or 0) * tick for packet in packets) == steady(Fraction(30), 154)
    keys = sorted(round((packet.pts or 0) * tick * 30) for packet in packets if packet.is_keyframe)
    assert len(keys) >= 6 and max(np.diff(keys)) <= 30  # the source's own are kept, so that players can still seek
    decoded = [packet.dts or 0 for packet in packets]
    assert decoded == sorted(set(decoded))


@pytest.mark.parametrize("rate", ["24000/1001", "25", "60000/1001"])
def test_every_rate_is_kept(rate: str, tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(Fraction(rate), 120), rate=Fraction(rate), options=TOLD)
    cuts = [(5, 88), (31, 120)]
    found = made(line(path, cuts, Fraction(rate)), tmp_path / "out.mp4")
    assert shown(found.file) == meant(cuts) and found.encoder == "copy"
    with av.open(str(found.file)) as file:
        assert abs(float(file.streams.video[0].average_rate or 0) - float(Fraction(rate))) < 0.01


def test_a_varying_rate_keeps_only_what_fits(tmp_path: Path) -> None:
    times, at = [], Fraction(0)
    for n in range(200):
        times.append(at)
        at += Fraction(1, 30) if n < 120 or n > 150 else Fraction(1, 13)
    path = film(tmp_path / "film.mp4", times, options=TOLD)
    found = made(line(path, [(0, 200)]), tmp_path / "out.mp4")
    wanted = [max(n for n, time in enumerate(times) if time <= Fraction(k, 30)) for k in range(200)]
    assert shown(found.file) == wanted and 0 < found.copied < 160


def test_only_where_nothing_else_is_seen_are_packets_kept(films: dict[str, Path], tmp_path: Path) -> None:
    plain = line(films["b-frames"], [(0, 240)])
    veil = Clip("v", Fraction(1), "solid", color="#ff0000",
                transform=Transform(y=Curve(float(SIZE[1])), scale=Curve(0.9)))  # it lies below the canvas
    covered = replace(plain, tracks=(*plain.tracks, Track("o", "overlay", (Gap(Fraction(3)), veil))))
    found = made(covered, tmp_path / "out.mp4")
    assert shown(found.file) == list(range(240)) and 150 <= found.copied <= 210


@pytest.mark.parametrize("change", [
    {"speed": Fraction(2)}, {"reverse": True}, {"transform": Transform(scale=Curve(1.5))},
    {"transform": Transform(opacity=Curve(0.5))},
])
def test_a_changed_clip_is_encoded(change: dict[str, object], films: dict[str, Path], tmp_path: Path) -> None:
    timeline = line(films["b-frames"], [(0, 60)])
    clip = replace(timeline.tracks[0].placed[0].clip, **change)  # type: ignore[arg-type]
    changed = timeline.with_track(replace(timeline.tracks[0], items=(clip,)))
    assert made(changed, tmp_path / "out.mp4").copied == 0


@pytest.mark.parametrize("preset", [
    replace(presets.USUAL, quality=30), replace(presets.USUAL, width=96), replace(presets.USUAL, smart=False),
    replace(presets.USUAL, bitrate=100_000), replace(presets.USUAL, rate=Fraction(15)), presets.preset("mp4-hevc"),
])
def test_a_preset_that_wants_something_else_gets_it(
    preset: presets.Preset, films: dict[str, Path], tmp_path: Path
) -> None:
    found = made(line(films["b-frames"], [(0, 60)]), tmp_path / "out.mp4", preset)
    assert found.copied == 0


def test_a_source_that_is_cut_off_still_gives_a_whole_file(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", steady(Fraction(30), 240), options=TOLD, container={"movflags": "faststart"})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])  # its last packets are cut off
    found = made(line(path, [(0, 100)]), tmp_path / "out.mp4")
    assert shown(found.file)[:100] == list(range(100))


def test_parameter_sets_are_read_and_written_as_they_stand(films: dict[str, Path]) -> None:
    with av.open(str(films["other numbers"])) as file:
        data = file.streams.video[0].codec_context.extradata or b""
    found = h264.config(data)
    assert found is not None and found.data() == data and found.ids == {1}
    joined = found.joined(found.sps, found.pps)
    assert h264.config(joined.data()) == joined


@given(st.binary(max_size=80))
def test_rubbish_is_no_configuration_and_no_fault(data: bytes) -> None:
    h264.config(data)
    h264.config(b"\1\x64\0\x1f\xff" + data)
    h264.begins_anew(data)
    assert isinstance(h264.prefixed(data), bytes)
