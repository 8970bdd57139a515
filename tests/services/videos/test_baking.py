"""Baked clips of a workspace: made in a job, played when they are there, never in the way of anything else."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from studio.core.errors import Refused
from studio.core.task import Task
from studio.core.timeline import Effect, Source
from studio.core.words import N
from studio.media.sound.mixer import Mixer
from studio.media.video.compositor import Compositor
from studio.services.videos.baking import Baking, baked_effects
from tests.media.video import films
from tests.media.video.scripted.test_baking import effect, line, picture, where


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return films.film(tmp_path / "moving.mkv", [picture(n) for n in range(10)], fmt="yuv420p")


def job() -> Task[object]:
    return Task(N("job", "Rendering effects"), "render", lambda: 0.0)


def test_a_clip_is_played_without_the_effect_until_it_is_baked(source: Source, tmp_path: Path) -> None:
    timeline = line(source, effect("FreezeRegion", t=0.1), seconds=0.8)
    baking, told = Baking(tmp_path / "cache", where), list[str]()
    baking.changed.connect(told.append)
    assert baking.playing(timeline) is timeline and baking.wanted(timeline) == ["c"]
    compositor, mixer = baking.composing(lambda: Compositor(where))(), baking.mixing(lambda: Mixer(where))()
    before = np.asarray(compositor.picture(timeline, Fraction(7, 10))).astype(int)
    baking.make(timeline, "c", job())
    after = np.asarray(compositor.picture(timeline, Fraction(7, 10))).astype(int)
    frozen = np.asarray(compositor.picture(timeline, Fraction(1, 10))).astype(int)
    assert told == ["c"] and baking.wanted(timeline) == []
    assert np.abs(before - after).mean() > 10 and np.abs(frozen - after).mean() < 3
    assert compositor.frame(timeline, Fraction(0), (48, 32)).width == 48
    assert mixer.rate == 48_000 and mixer.block(timeline, 0, 100).shape == (100, 2)
    assert baking.playing(timeline) is baking.playing(timeline)
    compositor.close()
    mixer.close()


def test_an_export_gets_all_of_it(source: Source, tmp_path: Path) -> None:
    timeline = line(source, effect("SuperSample", d=0.1, n_frames=2), seconds=0.5)
    baking, task = Baking(tmp_path / "cache", where), job()
    ready = baking.ready(timeline, task)
    assert ready is not timeline and not baked_effects(ready)
    assert ready.tracks[0].placed[0].clip.id == "c" and ready.duration == timeline.duration
    for path in (tmp_path / "cache" / "baked").iterdir():
        path.unlink()
    again = baking.ready(timeline, task)
    assert all(Path(source.path).is_file() for source in again.sources.values())


def test_what_fails_is_refused_and_the_cache_may_go_at_any_time(source: Source, tmp_path: Path) -> None:
    baking = Baking(tmp_path / "cache", where)
    with pytest.raises(Refused):
        baking.ready(line(source, effect("MasksAnd", other_clip=""), seconds=0.3), job())
    timeline = line(source, effect("SuperSample", d=0.1, n_frames=2), seconds=0.3)
    path = baking.make(timeline, "c", job())
    path.unlink()
    assert Baking(tmp_path / "cache", where).wanted(timeline) == ["c"]


def test_other_timelines_load_no_engine(source: Source, tmp_path: Path) -> None:
    plain = line(source, effect("InvertColors"), Effect("x", "of nobody"), seconds=0.3)
    baking = Baking(tmp_path / "cache", where)
    assert baking.playing(plain) is plain and baking.wanted(plain) == [] and baking.ready(plain, job()) is plain
    script = "import sys, studio.services.videos.baking, studio.media.video.compositor; print('moviepy' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
