"""Every preset writes a whole file with every frame in its place; whatever goes wrong leaves nothing behind."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
import pytest
from PIL import Image

from studio.core import export as presets
from studio.core.errors import Cancelled, Refused
from studio.core.export import Preset, preset
from studio.core.timeline import Timeline
from studio.media.export.codecs import Encoder
from studio.media.export.exporting import export
from studio.media.export.gate import Gate
from studio.media.export.job import Engine, Exported, Options
from tests.media.export import counting
from tests.media.export.counting import Clicking, Counting, line, nowhere, numbers, task


def made(target: Path, one: Preset, timeline: Timeline | None = None, **more: object) -> Exported:
    engine = more.pop("engine", None) or counting.counting()
    return export(timeline or line(), nowhere, one, target, task(), engine=engine, **more)  # type: ignore[arg-type]


FILMS = [one for one in presets.PRESETS if one.video and one.container not in ("gif", "frames")]


@pytest.mark.parametrize("one", FILMS, ids=lambda one: one.id)
def test_every_film_has_every_frame_in_its_place_and_sound_as_long_as_its_picture(one: Preset, tmp_path: Path) -> None:
    target = tmp_path / f"film{one.ending}"
    found = made(target, one)
    assert numbers(target) == list(range(30))
    assert (found.frames, found.width, found.height) == (30, 160, 96)
    assert found.fps == 30 and found.duration == 1
    assert found.bytes == target.stat().st_size and list(tmp_path.iterdir()) == [target]
    assert abs(len(counting.sound(target)) - 48_000) <= 1600


@pytest.mark.parametrize("rate", ["24000/1001", "24", "25", "30000/1001", "30", "60000/1001", "60"])
def test_every_rate_is_kept_exactly(rate: str, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    made(target, presets.USUAL, line(rate=Fraction(rate)))
    with av.open(str(target)) as file:
        stream = file.streams.video[0]
        assert stream.average_rate == Fraction(rate)
        times = [(frame.pts or 0) * (stream.time_base or 0) for frame in file.decode(stream)]
    assert times == [n / Fraction(rate) for n in range(len(times))]
    assert numbers(target) == list(range(int(-(-Fraction(rate) // 1))))


def test_colours_are_said_and_the_index_comes_first(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    made(target, presets.USUAL)
    with av.open(str(target)) as file:
        context = file.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
    data = target.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_sound_is_where_it_belongs(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    made(target, presets.USUAL, line(3))
    heard = np.abs(counting.sound(target)[:, 0])
    loud = np.flatnonzero(heard > 0.4)
    starts = loud[np.flatnonzero(np.diff(loud, prepend=-48_000) > 24_000)]
    assert len(starts) == 3 and all(abs(int(start) - n * 48_000) < 480 for n, start in enumerate(starts))


@pytest.mark.parametrize("one", [preset(id) for id in ("m4a", "mp3", "wav", "flac")], ids=lambda one: one.id)
def test_sound_alone(one: Preset, tmp_path: Path) -> None:
    target = tmp_path / f"song{one.ending}"
    found = made(target, one, line(2))
    assert found.width == 0 and found.fps == 0 and abs(found.duration - 2) < Fraction(1, 10)
    assert abs(len(counting.sound(target)) - 96_000) < 3000


def test_a_gif_plays_its_frames_at_its_rate(tmp_path: Path) -> None:
    target = tmp_path / "film.gif"
    found = made(target, preset("gif"), line(1, size=(640, 384)))
    assert (found.width, found.height, found.frames) == (480, 288, 15)
    with Image.open(target) as image:
        assert image.n_frames == 15 and image.info["loop"] == 0
    with av.open(str(target)) as file:
        assert [counting.number_in(counting.luma_of(frame)) for frame in file.decode(video=0)] == list(range(0, 30, 2))


@pytest.mark.parametrize(("id", "ending"), [("png", "png"), ("jpeg", "jpg")])
def test_frames_are_numbered_pictures_in_a_folder(id: str, ending: str, tmp_path: Path) -> None:
    target = tmp_path / "frames"
    target.mkdir()
    (target / "frame-9999.png").write_bytes(b"of an older export")
    found = made(target, preset(id), line(Fraction(1, 3)))
    assert [path.name for path in sorted(target.iterdir())] == [f"frame-{n:04}.{ending}" for n in range(1, 11)]
    assert found.frames == 10 and list(tmp_path.iterdir()) == [target]
    with Image.open(target / f"frame-0004.{ending}") as image:
        assert counting.number_in(np.asarray(image.convert("L"))) == 3


def test_an_odd_canvas_becomes_even(tmp_path: Path) -> None:
    found = made(tmp_path / "film.mp4", presets.USUAL, line(size=(161, 97)))
    assert (found.width, found.height) == (160, 96)


def test_a_film_without_sound_has_no_silent_track(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    made(target, presets.USUAL, replace(line(), sources={}))
    with av.open(str(target)) as file:
        assert not file.streams.audio and len(file.streams.video) == 1


def test_title_cover_and_label_are_in_the_file(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    made(target, presets.USUAL, options=Options(title="雨后的街", cover=Fraction(1, 2)))
    with av.open(str(target)) as file:
        assert file.metadata["title"] == "雨后的街" and len(file.streams.video) == 2
        assert numbers(target) == list(range(30))
    made(target, presets.USUAL, options=Options(title="雨后的街", ai="1", producer="Studio"))
    with av.open(str(target)) as file:
        assert json.loads(file.metadata["AIGC"])["Label"] == "1" and file.metadata["title"] == "雨后的街"


@pytest.mark.parametrize("most", [20_000, 45_000, 10_000_000])
def test_a_limit_of_bytes_holds(most: int, tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    limited = replace(presets.USUAL, bytes=most, audio_bitrate=32_000)
    made(target, limited, line(2, size=(320, 192)))
    assert target.stat().st_size <= most
    assert len(numbers(target)) == 60


def test_a_limit_that_nothing_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        made(tmp_path / "film.mp4", replace(presets.USUAL, bytes=3000), line(2))
    assert refused.value.findings[0].code == "video.export_over" and not list(tmp_path.iterdir())


@pytest.mark.parametrize("id", ["mp4", "gif", "png", "mp3"])
def test_what_is_cancelled_leaves_what_was_there(id: str, tmp_path: Path) -> None:
    one, waiting = preset(id), task()
    target = tmp_path / f"film{one.ending}"
    if one.ending:
        target.write_bytes(b"an older film")

    class Stopping(Clicking):
        def block(self, timeline: Timeline, start: int, count: int) -> np.ndarray:
            if start:
                waiting.cancel()
            return super().block(timeline, start, count)

    class Halfway(Counting):
        def frame(self, timeline: Timeline, t: Fraction, size: tuple[int, int] | None = None) -> av.VideoFrame:
            if t > Fraction(1, 2):
                waiting.cancel()
            return super().frame(timeline, t, size)

    with pytest.raises(Cancelled):
        export(line(2), nowhere, one, target, waiting, engine=Engine(lambda where: Halfway(), lambda where: Stopping()))
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([b"an older film"] if one.ending else [])


def test_a_fault_of_the_compositor_is_not_swallowed(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        made(tmp_path / "film.mp4", presets.USUAL, engine=counting.counting((12, ZeroDivisionError())))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        made(tmp_path / "gone" / "film.mp4", presets.USUAL)
    assert refused.value.findings[0].code == "video.export_unwritable"


def test_a_film_is_never_put_in_place_of_what_it_is_made_of(tmp_path: Path) -> None:
    target, timeline = tmp_path / "mine.mp4", line()
    target.write_bytes(b"the only original")
    with pytest.raises(Refused) as refused:
        export(timeline, lambda source: target, presets.USUAL, target, task(), engine=counting.counting())
    assert refused.value.findings[0].code == "video.export_source"
    assert target.read_bytes() == b"the only original" and list(tmp_path.iterdir()) == [target]


def test_frames_never_take_the_place_of_a_folder_with_other_things(tmp_path: Path) -> None:
    target = tmp_path / "Documents"
    target.mkdir()
    (target / "thesis.txt").write_text("precious")
    with pytest.raises(Refused) as refused:
        made(target, preset("png"))
    assert refused.value.findings[0].code == "video.export_folder"
    assert [each.name for each in target.iterdir()] == ["thesis.txt"] and list(tmp_path.iterdir()) == [target]


def test_nothing_to_export_is_said_first(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        made(tmp_path / "film.mp4", presets.USUAL, Timeline("t"))
    assert refused.value.findings[0].code == "video.export_empty"


def test_a_graphics_card_that_gives_up_in_the_middle_is_made_up_for(tmp_path: Path) -> None:
    faults = [(12, av.error.ExternalError(542398533, "Generic error in an external library")), None]
    card = Encoder("libx264", options={"crf": "30"}, hardware=True)
    engine = Engine(lambda where: Counting(faults.pop(0)), lambda where: Clicking(), lambda preset, size: card)
    found = made(tmp_path / "film.mp4", presets.USUAL, engine=engine)
    assert [finding.code for finding in found.findings] == ["video.export_hardware"]
    assert found.encoder == "libx264" and numbers(found.file) == list(range(30))


def test_a_graphics_card_that_cannot_even_begin_is_made_up_for(tmp_path: Path) -> None:
    card = Encoder("h264_nvenc", hardware=True)
    engine = Engine(lambda where: Counting(), lambda where: Clicking(), lambda preset, size: card)
    found = made(tmp_path / "film.mp4", presets.USUAL, engine=engine)
    assert found.encoder == "libx264" and numbers(found.file) == list(range(30))


def test_a_pause_stops_the_work_and_it_goes_on_where_it_was(tmp_path: Path) -> None:
    gate, running, maker = Gate(), task(), Counting()
    engine = Engine(lambda where: maker, lambda where: Clicking())
    gate.pause()
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(export, line(2), nowhere, presets.USUAL, tmp_path / "film.mp4", running, engine=engine,
                           gate=gate)
        with pytest.raises(TimeoutError):
            done.result(0.3)
        assert len(maker.asked) < 20 and gate.paused
        gate.resume()
        assert numbers(done.result().file) == list(range(60))
