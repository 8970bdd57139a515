"""Effects that only MoviePy has: rendered once, then played like a film, and never half."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import moviepy.video.fx as vfx
import numpy as np
import pytest
from moviepy import VideoClip
from numpy.typing import NDArray

from studio.core.curve import Curve
from studio.core.errors import Cancelled, Refused
from studio.core.task import Task
from studio.core.timeline import Clip, Effect, Source, Timeline, Track, Transition
from studio.core.words import N
from studio.media.sound.mixer import Mixer
from studio.media.video.compositor import Compositor
from studio.media.video.scripted.baking import bake, baked, needs_baking, tidy
from studio.media.video.sources import described
from tests.media import make
from tests.media.ssim import ssim
from tests.media.video import films

RATE, SIZE = Fraction(10), (96, 64)
COUNT = 20


def where(source: Source) -> Path:
    return Path(source.path)


def picture(n: int) -> NDArray[np.uint8]:
    """A soft picture that moves, unlike at every frame."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    waves = np.stack([np.sin((x + 4 * n) / 9), np.cos((y + 3 * n) / 7), np.sin((x + y) / 11 + n)], axis=2)
    return np.clip(128 + 90 * waves, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    folder = tmp_path_factory.mktemp("film")
    return films.film(folder / "moving.mkv", [picture(n) for n in range(COUNT)], fmt="yuv420p")


def effect(name: str, id: str = "e", **params: float | str) -> Effect:
    made = {key.replace("__", "."): value if isinstance(value, str) else Curve(value) for key, value in params.items()}
    return Effect(id, name if "." in name else f"moviepy.{name}", made)


def line(source: Source, *effects: Effect, seconds: float = 1.5, **more: Any) -> Timeline:
    clip = Clip("c", Fraction(seconds).limit_denominator(100), source=source.id, effects=effects, **more)
    return Timeline("t", *SIZE, RATE, (Track("main", "main", (clip,)),), {source.id: source})


def shown(timeline: Timeline, t: float) -> NDArray[np.uint8]:
    compositor = Compositor(where)
    try:
        return np.asarray(compositor.picture(timeline, Fraction(t).limit_denominator(100)))
    finally:
        compositor.close()


def moviepys(source: Source, made: Any, t: float, start: float = 0.0, seconds: float = 1.5) -> NDArray[np.uint8]:
    """MoviePy's picture of the same stretch, from the frames as the engine decodes them."""
    plain = line(source, seconds=COUNT / 10)
    kept = [shown(plain, n / 10) for n in range(COUNT)]

    def frame(at: float) -> NDArray[np.uint8]:
        return kept[min(COUNT - 1, max(0, int((at + start) * 10 + 1e-4)))]
    clip = VideoClip(frame, duration=seconds).with_fps(10).with_effects([made])
    return np.asarray(clip.get_frame(t)).astype(np.uint8)


CASES: dict[str, tuple[Effect, Callable[[], Any], float]] = {
    "SuperSample": (effect("SuperSample", d=0.2, n_frames=5), lambda: vfx.SuperSample(0.2, 5), 1.5),
    "FreezeRegion": (effect("FreezeRegion", t=0.3, region__x1=10, region__y1=8, region__x2=60, region__y2=50),
                     lambda: vfx.FreezeRegion(0.3, (10, 8, 60, 50)), 1.5),
    "FreezeRegion outside": (effect("FreezeRegion", t=0.3, outside_region__x1=10, outside_region__y1=8,
                                    outside_region__x2=60, outside_region__y2=50),
                             lambda: vfx.FreezeRegion(0.3, None, (10, 8, 60, 50)), 1.5),
    "MakeLoopable": (effect("MakeLoopable", overlap_duration=0.4), lambda: vfx.MakeLoopable(0.4), 1.9),
}


@pytest.mark.parametrize("case", CASES)
def test_the_baked_film_shows_moviepys_pictures(case: str, source: Source, tmp_path: Path) -> None:
    ours, theirs, given = CASES[case]
    timeline = line(source, ours)
    assert [placed.clip.id for placed in needs_baking(timeline)] == ["c"]
    path = bake(timeline, "c", where, tmp_path)
    assert sorted(tmp_path.iterdir()) == [path]
    plays = baked(timeline, where, tmp_path)
    assert not needs_baking(plays)
    for t in (0.0, 0.4, 0.9, 1.3, 1.4):
        assert ssim(shown(plays, t), moviepys(source, theirs(), t, seconds=given)) >= 0.98, t


def test_the_darker_and_the_lighter_of_two(source: Source, tmp_path: Path) -> None:
    other = tmp_path / "other.png"
    make.save(make.photo(*SIZE), other)
    for name, mixed in (("MasksAnd", np.minimum), ("MasksOr", np.maximum)):
        timeline = line(source, effect(name, other_clip=str(other)))
        bake(timeline, "c", where, tmp_path / "cache")
        expected = mixed(shown(line(source), 0.5), np.asarray(make.photo(*SIZE)))
        assert ssim(shown(baked(timeline, where, tmp_path / "cache"), 0.5), expected) >= 0.97


def test_what_is_drawn_before_it_is_in_the_file_and_the_rest_stays_on_the_clip(source: Source, tmp_path: Path) -> None:
    effects = (
        effect("InvertColors", "1"), effect("Resize", "2", new_size=0.5), effect("SuperSample", "3", d=0.1, n_frames=3),
        effect("MirrorX", "4"),
    )
    timeline = line(source, *effects, start=Fraction(1, 5))
    bake(timeline, "c", where, tmp_path)
    plays = baked(timeline, where, tmp_path)
    assert [one.name for one in plays.tracks[0].placed[0].clip.effects] == ["moviepy.Resize", "moviepy.MirrorX"]
    blurred = moviepys(source, vfx.SuperSample(0.1, 3), 0.5, start=0.2)
    seen = shown(plays, 0.5)[16:48, 24:72]
    small = 255 - blurred[:, ::-1].reshape(32, 2, 48, 2, 3).mean(axis=(1, 3))
    assert ssim(seen, small) >= 0.95


def test_two_of_them_one_after_the_other(source: Source, tmp_path: Path) -> None:
    timeline = line(source, effect("SuperSample", "1", d=0.1, n_frames=2), effect("FreezeRegion", "2", t=0.2))
    bake(timeline, "c", where, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    plays = baked(timeline, where, tmp_path)
    assert not needs_baking(plays)
    assert ssim(shown(plays, 0.2), shown(plays, 1.2)) > 0.99  # all of it is frozen


def test_speed_reverse_and_transitions_keep_their_places(source: Source, tmp_path: Path) -> None:
    still = effect("SuperSample", d=0.0, n_frames=1)  # changes nothing: what it shows can be told
    one = Clip("a", Fraction(1, 2), source=source.id, start=Fraction(2, 5), effects=(still,))
    two = Clip("b", Fraction(1, 2), source=source.id, start=Fraction(1, 5), speed=Fraction(2), reverse=True,
               effects=(still,))
    track = Track("main", "main", (one, Transition("x", "crossfade", Fraction(1, 5), Fraction(1, 5)), two))
    timeline = Timeline("t", *SIZE, RATE, (track,), {source.id: source})
    for clip in ("a", "b"):
        bake(timeline, clip, where, tmp_path)
    plays, plain = baked(timeline, where, tmp_path), replace(timeline, tracks=(replace(track, items=tuple(
        replace(item, effects=()) if isinstance(item, Clip) else item for item in track.items)),))
    assert not needs_baking(plays) and needs_baking(timeline)
    for n in range(10):
        assert ssim(shown(plays, n / 10), shown(plain, n / 10)) >= 0.98, n


def test_nothing_is_rendered_twice_and_another_value_is_another_file(source: Source, tmp_path: Path) -> None:
    timeline = line(source, effect("SuperSample", d=0.1, n_frames=2))
    first = bake(timeline, "c", where, tmp_path)
    mark = first.stat().st_mtime_ns
    assert bake(timeline, "c", where, tmp_path) == first and first.stat().st_mtime_ns == mark
    other = line(source, effect("SuperSample", d=0.1, n_frames=3))
    assert baked(other, where, tmp_path) is other
    assert bake(other, "c", where, tmp_path) != first
    moved = line(source, effect("InvertColors", "2"), effect("SuperSample", d=0.1, n_frames=2))
    assert needs_baking(baked(moved, where, tmp_path))


def test_a_source_that_was_replaced_is_baked_anew(source: Source, tmp_path: Path) -> None:
    copy = replace(source, path=(tmp_path / "copy.mkv").as_posix())
    Path(copy.path).write_bytes(Path(source.path).read_bytes())
    timeline = line(copy, effect("SuperSample", d=0.1, n_frames=2))
    bake(timeline, "c", where, tmp_path / "cache")
    assert not needs_baking(baked(timeline, where, tmp_path / "cache"))
    films.film(Path(copy.path), [picture(n + 5) for n in range(COUNT)], fmt="yuv420p")
    assert needs_baking(baked(timeline, where, tmp_path / "cache"))
    Path(copy.path).unlink()
    assert needs_baking(baked(timeline, where, tmp_path / "cache"))
    with pytest.raises((Refused, OSError)):
        bake(timeline, "c", where, tmp_path / "cache")


def test_what_is_see_through_stays_so(tmp_path: Path) -> None:
    cutout = make.save(make.cutout(*SIZE), tmp_path / "cut.png")
    source = described(cutout)
    over = Clip("c", Fraction(1), source=source.id, effects=(effect("SuperSample", d=0.1, n_frames=2),))
    below = Clip("b", Fraction(1), "solid", color="#00ff00")
    tracks = (Track("main", "main", (below,)), Track("over", "overlay", (over,)))
    timeline = Timeline("t", *SIZE, RATE, tracks, {source.id: source})
    bake(timeline, "c", where, tmp_path / "cache")
    seen = shown(baked(timeline, where, tmp_path / "cache"), 0.5)
    assert tuple(seen[-4, 40]) == pytest.approx((0, 255, 0), abs=6)
    assert ssim(seen, shown(replace(timeline, tracks=(tracks[0], replace(tracks[1], items=(
        replace(over, effects=()),)))), 0.5)) >= 0.97


def test_an_odd_picture_and_a_plain_colour(tmp_path: Path) -> None:
    odd = described(make.save(make.photo(45, 33), tmp_path / "odd.png"))
    blur = effect("SuperSample", d=0.1, n_frames=2)
    for clip in (Clip("c", Fraction(1, 2), source=odd.id, effects=(blur,)),
                 Clip("c", Fraction(1, 2), "solid", color="#3060c0", effects=(blur,))):
        timeline = Timeline("t", *SIZE, RATE, (Track("main", "main", (clip,)),), {odd.id: odd})
        bake(timeline, "c", where, tmp_path / "cache")
        plays = baked(timeline, where, tmp_path / "cache")
        plain = Timeline("t", *SIZE, RATE, (Track("main", "main", (replace(clip, effects=()),)),), {odd.id: odd})
        assert np.abs(shown(plays, 0.2).astype(int) - shown(plain, 0.2)).mean() < 4


def test_its_sound_is_kept_and_still_has_its_own_effects(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    tone = (0.5 * np.sin(np.arange(96_000) / 20)).astype(np.float32)
    with av.open(str(path), "w") as file:
        video, audio = file.add_stream("ffv1", 10), file.add_stream("pcm_f32le", 48_000, layout="stereo")
        assert isinstance(video, av.VideoStream) and isinstance(audio, av.AudioStream)
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        for n in range(COUNT):
            file.mux(video.encode(av.VideoFrame.from_ndarray(picture(n), format="rgb24")))
        file.mux(video.encode(None))
        block = av.AudioFrame.from_ndarray(np.repeat(tone[:, None], 2, 1).reshape(1, -1), "flt", "stereo")
        block.sample_rate, block.pts, block.time_base = 48_000, 0, Fraction(1, 48_000)
        file.mux(audio.encode(block))
    source = described(path)
    quiet = effect("MultiplyVolume", "v", factor=0.5)
    timeline = line(source, effect("TimeMirror", "m"), effect("SuperSample", d=0.1, n_frames=2), quiet)
    without = line(source, effect("TimeMirror", "m"), quiet)
    bake(timeline, "c", where, tmp_path / "cache")
    mixers = Mixer(where), Mixer(where)
    try:
        plays = baked(timeline, where, tmp_path / "cache")
        one, two = mixers[0].block(plays, 4800, 48_000), mixers[1].block(without, 4800, 48_000)
    finally:
        for mixer in mixers:
            mixer.close()
    assert np.abs(two).max() > 0.2
    assert np.abs(one - two).max() < 1e-4


def test_cancelling_leaves_nothing(source: Source, tmp_path: Path) -> None:
    task: Task[object] = Task(N("job", "Rendering an effect"), "render", lambda: 0.0)
    steps: list[float | None] = []

    def stop(one: Task[object]) -> None:
        steps.append(one.fraction)
        if one.fraction and one.fraction > 0.3 and not one.cancelled:
            one.cancel()
    clock = iter(range(1000))
    task._clock = lambda: float(next(clock))
    task.changed.connect(stop)
    with pytest.raises(Cancelled):
        bake(line(source, effect("SuperSample", d=0.1, n_frames=2)), "c", where, tmp_path, task)
    assert list(tmp_path.iterdir()) == [] and steps


def test_a_clip_with_nothing_to_bake_is_said_so(source: Source, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        bake(line(source, effect("InvertColors")), "c", where, tmp_path)
    assert refused.value.findings[0].code == "video.nothing_to_bake"


@pytest.mark.parametrize(("params", "code"), [
    ({"other_clip": ""}, "video.effect_file"), ({"other_clip": "/nowhere/at-all.png"}, "video.effect_file"),
])
def test_a_file_that_is_not_there(params: dict[str, str], code: str, source: Source, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        bake(line(source, effect("MasksAnd", **params)), "c", where, tmp_path)
    assert refused.value.findings[0].code == code and list(tmp_path.iterdir()) == []


def test_a_play_list_is_not_followed_as_the_other_film(source: Source, tmp_path: Path) -> None:
    trap = tmp_path / "trap.m3u8"
    trap.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n")
    with pytest.raises(Refused):
        bake(line(source, effect("MasksOr", other_clip=str(trap))), "c", where, tmp_path / "cache")


def test_every_baked_effect_stands_values_at_their_bounds(source: Source, tmp_path: Path) -> None:
    hard = [
        effect("FreezeRegion", t=99.0, region__x1=5000, region__x2=2), effect("FreezeRegion", t=0, region__x1=3),
        effect("MakeLoopable", overlap_duration=30.0), effect("SuperSample", d=50.0, n_frames=1),
        effect("SuperSample", d=0.1, n_frames=1e9), effect("MakeLoopable", overlap_duration=-5.0),
    ]
    for one in hard:
        bake(line(source, one, seconds=0.3), "c", where, tmp_path)
        assert shown(baked(line(source, one, seconds=0.3), where, tmp_path), 0.1).shape == (64, 96, 3)


def test_what_was_not_asked_for_the_longest_goes_first(tmp_path: Path) -> None:
    for nth, name in enumerate(("old", "used", "new")):
        (tmp_path / f"{name}.mkv").write_bytes(b"x" * 100)
        os.utime(tmp_path / f"{name}.mkv", (1000 + nth, 1000))
    os.utime(tmp_path / "used.mkv", (5000, 1000))
    (tmp_path / "dead.mkv.abc.part").write_bytes(b"half")
    (tmp_path / "else.txt").write_bytes(b"x" * 1000)
    tidy(tmp_path, most=150, keep=tmp_path / "new.mkv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dead.mkv.abc.part", "else.txt", "new.mkv", "used.mkv"]
    tidy(tmp_path, most=0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dead.mkv.abc.part", "else.txt"]


def test_what_a_killed_program_left_half_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dead.mkv.abc.part").write_bytes(b"half")
    monkeypatch.setattr("studio.media.video.scripted.baking.STALE", -1.0)
    tidy(tmp_path)
    assert list(tmp_path.iterdir()) == []


BAKES = """
import sys, time
from pathlib import Path
import studio.media.video.scripted.rendering as rendering
from tests.media.video.scripted.test_baking import bake, described, effect, line, where
plain = rendering.picture_at
rendering.picture_at = lambda *a: (time.sleep(0.2), plain(*a))[1]  # slow enough to be killed in the middle
bake(line(described(Path(sys.argv[1])), effect("SuperSample", d=0.1, n_frames=2)), "c", where, Path(sys.argv[2]))
"""


def test_a_program_that_is_killed_leaves_no_film_that_is_half(source: Source, tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", BAKES, source.path, str(tmp_path)])
    while process.poll() is None and not list(tmp_path.glob("*.part")):
        time.sleep(0.02)
    process.kill()
    process.wait()
    left = [path.suffix for path in tmp_path.iterdir()]
    assert left == [".part"]
    bake(line(source, effect("SuperSample", d=0.1, n_frames=2)), "c", where, tmp_path)
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".mkv", ".part"]
