"""Film strips and wave forms of real files, made by the service in jobs; and a project edited and kept for real."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.core.edits.place import append, with_source
from studio.core.timeline import Source
from studio.core.words import N
from studio.services.videos.projects import clip_of
from studio.ui.video.timeline.panel import TimelinePanel
from studio.ui.video.timeline.strips import Peaks, ServiceStrips, stepped
from tests.media.make import clip, song
from tests.ui.desks import Stage
from tests.ui.video.timeline.hands import Hands


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


def added(stage: Stage, *files: Path) -> list[Source]:
    sources, refused = stage.desk.videos.add_files(files)
    assert not refused
    return list(sources)


def test_pictures_come_when_they_are_made_and_a_near_one_meanwhile(stage: Stage, tmp_path: Path) -> None:
    film, = added(stage, clip(tmp_path / "a.mp4", seconds=2))  # fmt: skip
    strips = ServiceStrips(stage.desk.videos.looking, stage.bridge)
    told: list[str] = []
    strips.ready.connect(told.append)
    assert strips.picture(film, F(0), F(1)) is None
    stage.settle()
    first = strips.picture(film, F(0), F(1))
    assert told == [film.id] and first is not None and first.height() == 96
    near = strips.picture(film, F(1), F(1))
    assert near is not None and near.cacheKey() == first.cacheKey()
    stage.settle()
    later = strips.picture(film, F(1), F(1))
    assert later is not None and later.cacheKey() != first.cacheKey()
    corner = first.toImage().pixelColor(5, 5)
    assert min(corner.red(), corner.green(), corner.blue()) > 200, "the white corner of the film"


def test_wave_forms_and_sounds_without_pictures(stage: Stage, tmp_path: Path) -> None:
    tune, = added(stage, song(tmp_path / "a.mp3"))  # fmt: skip
    strips = ServiceStrips(stage.desk.videos.looking, stage.bridge)
    assert strips.peaks(tune) is None
    assert strips.picture(tune, F(0), F(1)) is None
    stage.settle()
    peaks = strips.peaks(tune)
    assert peaks is not None and peaks.between(0, 1) == 0
    assert strips.picture(tune, F(0), F(1)) is None
    stage.settle()
    assert not stage.desk.jobs.running()


def test_a_file_that_is_gone_is_asked_for_once(stage: Stage, tmp_path: Path) -> None:
    gone = Source("x", str(tmp_path / "gone.mp4"), "video", duration=F(3), rate=F(30), sound=True)
    strips = ServiceStrips(stage.desk.videos.looking, stage.bridge)
    for _ in range(3):
        assert strips.picture(gone, F(0), F(1)) is None
        assert strips.peaks(gone) is None
        stage.settle()
    assert not stage.desk.jobs.running()
    assert strips.lost(gone)
    strips.forget("x")
    assert not strips.lost(gone)


def test_peaks_of_a_stretch() -> None:
    peaks = Peaks(10, bytes([0, 10, 200, 30]))
    stretches = [(0, 0.2), (0.2, 0.4), (5, 6), (-3, 0.1)]
    assert [peaks.between(*each) for each in stretches] == [10, 200, 0, 0]


def test_zooming_asks_for_few_new_moments() -> None:
    grids = {stepped(F(n, 7), apart) for n in range(70) for apart in (F(9, 10), F(1), F(11, 10), F(3, 2))}
    assert len(grids) <= 20 + 1
    assert stepped(F(0), F(1, 100)) == 0 and stepped(F(99, 8), F(1, 100)) == F(99, 8)


def test_a_real_project_is_cut_by_mouse_kept_and_read_again(stage: Stage, tmp_path: Path, picture) -> None:
    videos = stage.desk.videos
    film, tune = added(stage, clip(tmp_path / "film.mp4", seconds=2), song(tmp_path / "tune.mp3"))
    session = videos.open(videos.create("Cut").id)
    main, music = session.timeline.role("main"), session.timeline.role("music")
    assert main is not None and music is not None
    session.edit(N("timeline", "Add clip"), lambda t: append(
        append(with_source(with_source(t, film), tune), main.id, clip_of(film, t)), music.id, clip_of(tune, t)))
    panel = TimelinePanel(stage.theme, session, ServiceStrips(videos.looking, stage.bridge))
    stage.show(panel, 1000, 400)
    stage.settle()
    QTest.qWait(20)
    hands = Hands(panel)
    name = panel.view.timeline.role("main").placed[0].clip.id  # type: ignore[union-attr]
    panel.controller.set_snapping(False)
    hands.drag(hands.at(f"end:{name}"), QPoint(-200, 0))
    panel.controller.go(F(1, 2))
    panel.controller.choose([name])
    panel.controller.split()
    picture(panel, "timeline-real")
    assert session.flush()
    again = videos.get(session.id)
    assert again == session.timeline
    assert len(again.role("main").placed) == 2  # type: ignore[union-attr]
    assert again.duration < 2
    panel.close_session()
    QTest.keyClick(panel.view, Qt.Key.Key_End)
    session.close()
