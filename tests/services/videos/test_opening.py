"""Projects from elsewhere, and what the player of a workspace reads from."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest

from studio.core.edits.place import append
from studio.core.errors import Refused
from studio.core.task import Task
from studio.core.timeline import Timeline
from studio.core.title_styles import STYLES
from studio.core.words import N
from studio.services.desk import Desk
from studio.services.videos import files
from studio.services.videos.opening import take_in
from studio.services.videos.packing import pack
from studio.services.videos.picturing import Picture
from studio.services.videos.projects import clip_of, knowing
from studio.services.videos.samples import style_sample
from studio.services.videos.watching import StandIns, exports, options, player, presets
from tests.media.make import clip
from tests.services.conftest import open_desk
from tests.services.videos.standins import until


@pytest.fixture
def desk(tmp_path: Path, vault):
    opened = open_desk(tmp_path / "workspace", vault)
    yield opened
    opened.close()


@pytest.fixture
def project(desk: Desk, tmp_path: Path) -> Timeline:
    """One film of a second on the main track."""
    (source,), _ = desk.videos.add_files([clip(tmp_path / "rye.mp4")])
    timeline = knowing(desk.videos.create("Bakery", 160, 96, Fraction(10)), [source])
    main = timeline.role("main")
    assert main is not None
    return append(timeline, main.id, clip_of(source, timeline))


def task() -> Task[object]:
    return Task(N("", ""), "render", time.monotonic)


def test_a_package_comes_in_with_its_media(desk: Desk, project: Timeline, tmp_path: Path) -> None:
    package = pack(project, desk.videos.where, tmp_path / "bakery.zip")
    id, said = take_in(desk.videos, desk.library, package)
    found = desk.videos.get(id)
    assert said == () and id != project.id and found.duration == 1
    (source,) = found.sources.values()
    assert source.media and desk.videos.where(source).is_file()


def test_a_file_of_ours_leaves_its_media_where_it_is(desk: Desk, project: Timeline, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    clip(folder / "rye.mp4")
    (old,) = project.sources.values()
    from dataclasses import replace

    plain = replace(project, sources={old.id: replace(old, media="", path=(folder / "rye.mp4").as_posix())})
    files.write(folder / "bakery.json", plain)
    id, _ = take_in(desk.videos, desk.library, folder / "bakery.json")
    (source,) = desk.videos.get(id).sources.values()
    assert desk.videos.where(source) == folder / "rye.mp4"


@pytest.mark.parametrize(("name", "data"), [("a.json", b"[]"), ("a.otio", b"{"), ("a.zip", b"PK"), ("gone.json", None)])
def test_what_is_no_project_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path, name: str, data: object) -> None:
    if isinstance(data, bytes):
        (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused):
        take_in(desk.videos, desk.library, tmp_path / name, task())
    assert desk.videos.list() == []


def test_the_player_of_a_workspace_shows_its_films(desk: Desk, project: Timeline) -> None:
    stand_ins, came = StandIns(desk.videos.cache, desk.videos.where), list[Picture]()
    made = player(desk.videos, stand_ins)
    try:
        made.arrived.connect(came.append)
        made.resize((160, 96))
        made.show(project)
        made.seek(Fraction(9, 10))
        until(lambda: bool(came) and came[-1].index == 9)
        red = came[-1].data[came[-1].stride * 90 + 4 * 100: came[-1].stride * 90 + 4 * 100 + 3]
        assert red[2] > 200 and red[0] < 60, "the last picture of the film is red; B G R"
    finally:
        made.close()


def test_a_proxy_stands_in_and_never_for_what_is_light(desk: Desk, project: Timeline) -> None:
    stand_ins, told = StandIns(desk.videos.cache, desk.videos.where), list[str]()
    (source,) = project.sources.values()
    assert stand_ins.wanted(project, task()) == [] and stand_ins.watched(source) == desk.videos.where(source)
    stand_ins.changed.connect(told.append)
    proxy = stand_ins.make(source, task())
    assert stand_ins.watched(source) == proxy != desk.videos.where(source) and told == [source.id]


def test_what_a_workspace_exports_with(desk: Desk, project: Timeline) -> None:
    assert exports(desk).all() == () and presets(desk).get("mp4").ending == ".mp4"
    assert options(title="Rye", captions="file", ai="1", cover=None).captions == "file"


@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style_has_a_sample_that_is_seen(style: str) -> None:
    found = style_sample(style, "Headline 大标题", 288, 144)
    assert found is not None and len(found.data) == 4 * found.width * found.height
    assert sum(1 for alpha in found.data[3::4] if alpha > 128) > 100
