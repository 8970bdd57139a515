"""Timelines to other editors and back; project files; media found again; packages."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path

import opentimelineio as otio
import pytest

from studio.core.curve import Curve
from studio.core.edits import arrange, join, looks, place
from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.core.rates import exact_rate
from studio.media.video.sources import described
from studio.services.places import samples
from studio.services.videos import files, packing
from studio.services.videos.interchange import local_path, read_otio, write_otio
from studio.services.videos.relinking import missing, relinked
from studio.services.videos.rendering import render_file
from studio.store.files import digest
from tests.core.edits.lines import FILM, Editor, line, main_of, shot, words


def nowhere(source):
    return Path(source.path)


@pytest.fixture
def film(tmp_path):
    """The sample film in a folder of its own, described with its hash."""
    path = tmp_path / "media" / "walk.mp4"
    path.parent.mkdir()
    shutil.copy(samples() / "walk.mp4", path)
    return replace(described(path, id="film"), hash=digest(path))


def full():
    """A timeline with something of everything."""
    timeline = line(shot(2), shot(F(1001, 400), reverse=True, speed=F(3, 2)), shot(1))
    one = main_of(timeline).placed[0].clip.id
    timeline = join.join(timeline, one, "crossfade", F(1, 2))
    timeline = looks.set_fields(timeline, [one], transform=replace(
        shot().transform, scale=Curve(1.0).with_key(F(0), 1.0).with_key(F(1), 1.3, "both")))
    timeline = place.put(timeline, timeline.role("titles").id, words("三点前"), F(1))
    return arrange.mark(timeline, F(3), "here")


def test_a_timeline_comes_back_from_otio_as_it_was(tmp_path):
    timeline = replace(full(), rate=F(30000, 1001))
    used = {p.clip.source for _, p in timeline.clips()}
    timeline = replace(timeline, sources={id: s for id, s in timeline.sources.items() if id in used})
    out = write_otio(timeline, tmp_path / "line.otio", nowhere)
    back, said = read_otio(out)
    assert back == timeline and said == ()


@pytest.mark.parametrize("seed", range(6))
def test_random_timelines_come_back(seed, tmp_path):
    editor, timeline = Editor(seed), line(shot(2), shot(2))
    for _ in range(60):
        timeline = editor.edit(timeline)
    back, _ = read_otio(write_otio(timeline, tmp_path / "line.otio", nowhere))
    assert broken(back) == "" and back.tracks == timeline.tracks


def test_what_another_editor_reads_is_true(tmp_path, film):
    timeline = line(shot(2, 1), shot(2, 4))
    timeline = replace(timeline, sources={**timeline.sources, "film": replace(FILM, path=film.path)})
    timeline = join.join(timeline, main_of(timeline).placed[0].clip.id, "crossfade", F(1))
    read = otio.adapters.read_from_file(str(write_otio(timeline, tmp_path / "a.otio", nowhere)))
    clips = list(read.find_clips())
    assert [c.source_range.start_time.to_seconds() for c in clips] == [1.0, 4.0]
    assert [c.source_range.duration.to_seconds() for c in clips] == [2.0, 2.0]
    assert clips[0].media_reference.target_url == Path(film.path).as_uri()
    [transition] = [item for track in read.tracks for item in track if isinstance(item, otio.schema.Transition)]
    assert transition.transition_type == "SMPTE_Dissolve" and transition.in_offset.to_seconds() == 0.5
    assert read.duration().to_seconds() == 4.0


def foreign(film, *items, rate=24.0):
    """A timeline as another program writes it."""
    made = otio.schema.Timeline("theirs")
    track = otio.schema.Track("V1", kind="Video")
    track.extend(items)
    made.tracks.append(track)
    return otio.adapters.write_to_string(made, "otio_json")


def span(start, frames, rate=24.0):
    time = otio.opentime.RationalTime
    return otio.opentime.TimeRange(time(start, rate), time(frames, rate))


def test_a_timeline_of_others_comes_in(tmp_path, film):
    media = otio.schema.ExternalReference(Path(film.path).as_uri())
    fast = otio.schema.Clip("fast", media, span(6, 12))
    fast.effects.append(otio.schema.LinearTimeWarp("x", 2.0))
    fast.effects.append(otio.schema.Effect("glow", effect_name="Glow"))
    path = tmp_path / "theirs.otio"
    path.write_text(foreign(
        film, otio.schema.Clip("one", media, span(0, 24)), otio.schema.Gap(source_range=span(0, 12)),
        fast, otio.schema.Stack("nested", source_range=span(0, 6))))
    timeline, said = read_otio(path)
    assert timeline.rate == 24 and broken(timeline) == ""
    one, two = main_of(timeline).placed
    assert (one.clip.duration, two.begin, two.clip.start, two.clip.speed) == (F(1), F(3, 2), F(1, 4), F(2))
    assert (timeline.width, timeline.height) == (film.width, film.height)
    assert {f.code for f in said} == {"video.otio_effect", "video.otio_nested"}


def test_media_elsewhere_is_never_fetched(tmp_path, film):
    path = tmp_path / "theirs.otio"
    away = otio.schema.ExternalReference("http://127.0.0.1/film.mp4")
    path.write_text(foreign(film, otio.schema.Clip("away", away, span(0, 24))))
    timeline, said = read_otio(path)
    assert [s.path for s in timeline.sources.values()] == [""] and said[0].code in {"video.otio_no_media"}


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"OTIO_SCHEMA": "Clip.1"}', "\x00\xff", '{"OTIO_SCHEMA": "No.1"}'])
def test_what_is_no_timeline_is_refused(text, tmp_path):
    path = tmp_path / "broken.otio"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(Refused, match=r"video\.otio_unreadable"):
        read_otio(path)


def test_rates_and_addresses():
    assert exact_rate(29.97) == F(30000, 1001) and exact_rate(23.976) == F(24000, 1001) and exact_rate(25.0) == 25
    assert exact_rate(59.94005994) == F(60000, 1001) and exact_rate(12.5) == F(25, 2)
    assert local_path("file:///a/b%20c.mp4", Path("/x")) == "/a/b c.mp4"
    assert local_path("clips/b.mp4", Path("/x")) == "/x/clips/b.mp4"
    assert local_path("https://127.0.0.1/b.mp4", Path("/x")) == local_path("file://host/b", Path("/x")) == ""


def test_a_project_file_names_its_media_from_where_it_lies(tmp_path, film):
    timeline = replace(line(shot(1)), sources={"film": film})
    files.write(tmp_path / "walk.json", timeline)
    assert json.loads((tmp_path / "walk.json").read_text())["sources"][0]["path"] == "media/walk.mp4"
    moved = tmp_path.parent / f"{tmp_path.name}-moved"
    tmp_path.rename(moved)
    back = files.read(moved / "walk.json")
    assert files.where_from(moved)(back.sources["film"]) == moved / "media" / "walk.mp4"
    moved.rename(tmp_path)


@pytest.mark.parametrize("change", [
    {"schema": 99}, {"kind": "post"}, {"width": "wide"}, {"rate": "1/0"}, {"rate": "0"}, {"tracks": [{"id": "a"}]},
    {"tracks": [{"id": "a", "role": "attic", "items": []}]}, {"tracks": {}}, {"sources": [{"id": 3}]},
    {"tracks": [{"id": "a", "role": "main", "items": [{"gap": "-1"}]}]}, {"height": -4}, {"name": ["x"]},
    {"tracks": [{"id": "a", "role": "main", "items": [{"clip": {"id": "c", "duration": "1", "source": "gone"}}]}]},
])
def test_a_project_that_is_none_is_refused(change, tmp_path):
    from studio.core.timeline_json import to_json

    path = tmp_path / "p.json"
    path.write_text(json.dumps({**to_json(line(shot(1))), **change}))
    with pytest.raises(Refused):
        files.read(path)


def test_media_is_found_by_its_bytes_then_by_its_name(tmp_path, film):
    timeline = replace(line(shot(1)), sources={"film": film})
    where = files.where_from(tmp_path)
    Path(film.path).rename(tmp_path / "media" / "renamed.mp4")
    lost = missing(timeline, where)
    found, said = relinked(timeline, lost, tmp_path)
    assert said == () and found.sources["film"].path.endswith("renamed.mp4") and missing(found, where) == ()
    other = tmp_path / "other"
    other.mkdir()
    (other / "walk.mp4").write_bytes((tmp_path / "media" / "renamed.mp4").read_bytes() + b"\0" * 8)
    found, said = relinked(timeline, lost, other)
    assert [f.code for f in said] == ["video.relinked_by_name"] and found.sources["film"].path.endswith("walk.mp4")
    found, said = relinked(timeline, lost, tmp_path / "nothing")
    assert [f.code for f in said] == ["video.source_missing"] and found == timeline


def test_a_package_carries_its_media(tmp_path, film):
    timeline = replace(line(shot(1)), sources={"film": film, "unused": replace(film, id="unused", path="/no/where")})
    out = packing.pack(timeline, nowhere, tmp_path / "walk.yigao-video")
    project = packing.unpack(out, tmp_path / "unpacked")
    back = files.read(project)
    assert back.tracks == timeline.tracks and set(back.sources) == {"film"}
    assert digest(files.where_from(project.parent)(back.sources["film"])) == film.hash
    with pytest.raises(Refused, match=r"out\.exists"):
        packing.unpack(out, tmp_path / "unpacked")


@pytest.mark.parametrize("inner", ["../evil", "/etc/evil", "media/../evil", "media/a/b", "evil.sh"])
def test_a_package_that_leads_out_is_refused(inner, tmp_path):
    path = tmp_path / "bad.yigao-video"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.json", "{}")
        archive.writestr(inner, "x")
    with pytest.raises(Refused):
        packing.unpack(path, tmp_path / "out")
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.part").exists()


def test_a_folder_beside_it_that_is_called_part_stays_as_it_is(tmp_path):
    (tmp_path / "out.part" / "media").mkdir(parents=True)
    (tmp_path / "out.part" / "mine.txt").write_text("kept")
    path = tmp_path / "video.zip"
    packing.pack(line(), lambda source: path, path)
    packing.unpack(path, tmp_path / "out")
    assert (tmp_path / "out.part" / "mine.txt").read_text() == "kept"


def test_a_cut_off_package_leaves_nothing(tmp_path, film):
    out = packing.pack(replace(line(shot(1)), sources={"film": film}), nowhere, tmp_path / "walk.yigao-video")
    out.write_bytes(out.read_bytes()[:-200])
    with pytest.raises(Refused, match=r"package\.unreadable"):
        packing.unpack(out, tmp_path / "out")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["media", "walk.yigao-video"]


def test_a_film_is_never_put_in_place_of_its_own_project(tmp_path):
    project = tmp_path / "walk.json"
    files.write(project, line(words()))
    with pytest.raises(Refused, match=r"video\.export_source"):
        render_file(project, project, "mp4")
    assert files.read(project).tracks
