"""A video built, looked at and exported by commands alone."""

from __future__ import annotations

import json
import shutil

import pytest
from PIL import Image

from studio.services.places import samples


@pytest.fixture
def room(tmp_path):
    """A folder with a film, a picture and captions."""
    for name in ("walk.mp4", "cafe.jpg"):
        shutil.copy(samples() / name, tmp_path / name)
    (tmp_path / "words.srt").write_text("1\n00:00:00,200 --> 00:00:01,000\n三点前\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def project(cli, room):
    """180 x 320, one second of the film."""
    path = room / "p.json"
    assert cli("video", "new", "--out", path, "--size", "180x320", "--fps", "25").json["clips"] == 0
    assert cli("video", "add", path, room / "walk.mp4", "--in", "0.5", "--out", "1.5").json["duration"] == 1.0
    return path


def test_a_timeline_by_commands(cli, room, project):
    answer = cli("video", "add", project, room / "cafe.jpg", "--transition", "crossfade:0.4", "--fit", "blur")
    assert (answer.status, answer.json["clips"], answer.json["project"]) == (0, 2, str(project))
    assert answer.json["duration"] == pytest.approx(4.0)
    assert cli("video", "add", project, room / "cafe.jpg", "--track", "2", "--at", "0.2", "--out", "1").status == 0
    assert cli("video", "title", project, "你好", "--at", "0", "--for", "0:01.5").json["clips"] == 4
    assert cli("video", "music", project, room / "walk.mp4", "--gain", "-6", "--duck").status in (0, 1)
    captioned = cli("video", "captions", project, room / "words.srt").json["items"]
    assert [item["name"] for item in captioned if item["track"] == "captions"] == ["三点前"]
    for name in ("BlackAndWhite", "fade_in", "moviepy.MirrorX"):
        assert cli("video", "effect", project, "1", name).status == 0
    shown = cli("video", "show", project).json
    assert [item["track"] for item in shown["items"]].count("main") == 2
    kept = json.loads(project.read_text())
    assert {source["path"] for source in kept["sources"]} == {"walk.mp4", "cafe.jpg"}


def test_it_renders_and_shows_the_same_frame(cli, room, project):
    made = cli("video", "render", project, "--out", room / "out.mp4")
    assert made.status == 0, made.err
    assert {k: made.json[k] for k in ("width", "height", "fps", "frames", "duration")} == {
        "width": 180, "height": 320, "fps": 25.0, "frames": 25, "duration": 1.0}
    assert made.json["bytes"] == (room / "out.mp4").stat().st_size
    frame = cli("video", "frame", project, "--at", "0.48", "--out", room / "f.png", "--size", "90x160")
    assert (frame.status, frame.json["width"], frame.json["height"], frame.json["frames"]) == (0, 90, 160, 1)
    with Image.open(room / "f.png") as picture:
        assert picture.size == (90, 160)
    assert not list(room.glob("*.part*"))


def test_to_another_editor_and_back_and_as_a_package(cli, room, project):
    assert cli("video", "otio", project, "--out", room / "p.otio").json["duration"] == 1.0
    assert cli("video", "import", room / "p.otio", "--out", room / "q.json").json["clips"] == 1
    assert cli("video", "pack", project, "--out", room / "p.yigao-video").json["bytes"] > 200_000
    unpacked = cli("video", "import", room / "p.yigao-video", "--out", room / "there").json["project"]
    assert unpacked.endswith("project.json") and cli("video", "show", unpacked).json["clips"] == 1


def test_moved_media_is_found_again(cli, room, project):
    (room / "elsewhere").mkdir()
    (room / "walk.mp4").rename(room / "elsewhere" / "other-name.mp4")
    lost = cli("video", "render", project, "--out", room / "out.mp4")
    assert lost.status == 1 and "video.source_missing" in lost.codes
    assert cli("video", "relink", project, room).json["findings"] == []
    assert cli("video", "render", project, "--out", room / "out.mp4").status == 0


@pytest.mark.parametrize(("line", "status", "code"), [
    ("new --out {room}/x.json --size 1080", 2, "usage.bad_value"),
    ("new --out {room}/x.json --size 1x1", 1, "video.size"),
    ("new --out {room}/x.json --fps 1000", 1, "video.rate"),
    ("new --out {room}/x.json --fps 1/0", 2, "usage.bad_value"),
    ("add {p} {room}/nothing.mp4", 1, "media.no_file"),
    ("add {p} {room}/words.srt", 1, "media.not_media"),
    ("add {p} {room}/walk.mp4 --in 2 --out 1", 1, "video.range"),
    ("add {p} {room}/walk.mp4 --out 100", 1, "video.range"),
    ("add {p} {room}/walk.mp4 --transition swirl:1", 1, "video.no_transition"),
    ("add {p} {room}/walk.mp4 --transition crossfade:x", 2, "usage.bad_value"),
    ("title {p} Hi --at 0 --for 0", 1, "video.no_title"),
    ("title {p} Hi --at 0 --for 1 --style nope", 1, "video.no_style"),
    ("music {p} {room}/cafe.jpg", 1, "video.no_sound"),
    ("effect {p} 9 BlackAndWhite", 1, "video.no_clip"),
    ("effect {p} 1 Nope", 1, "video.no_effect"),
    ("effect {p} 1 BlackAndWhite nope=1", 1, "video.no_field"),
    ("effect {p} 1 FadeIn duration=soon", 1, "video.unfit"),
    ("effect {p} 1 BlackAndWhite RGB", 2, "usage.bad_value"),
    ("frame {p} --at 5 --out {room}/f.png", 1, "video.outside"),
    ("frame {p} --at 0 --out {room}/f.txt", 1, "video.no_picture_type"),
    ("render {p} --out {room}/f.xyz", 1, "video.no_ending"),
    ("render {p} --out {room}/f.mp4 --preset nope", 1, "video.no_preset"),
    ("render {p} --out {room}/f.webm --preset mp4", 1, "video.ending"),
    ("show {room}/words.srt", 1, "document.unreadable"),
    ("show {room}/nothing.json", 1, "media.no_file"),
    ("import {room}/walk.mp4 --out {room}/y", 1, "package.unreadable"),
])
def test_what_cannot_be_done_is_said_and_changes_nothing(cli, room, project, line, status, code):
    before = project.read_bytes()
    answer = cli("video", *line.format(room=room, p=project).split())
    assert (answer.status, answer.codes) == (status, [code]), answer.err
    assert project.read_bytes() == before
    assert sorted(p.name for p in room.iterdir() if p.name not in ("w", "p.json")) == [
        "cafe.jpg", "walk.mp4", "words.srt"]


def test_an_effect_that_only_moviepy_has_is_in_the_film(cli, room):
    project = room / "p.json"
    cli("video", "new", "--out", project, "--size", "90x160", "--fps", "25")
    cli("video", "add", project, room / "walk.mp4", "--out", "0.12")
    plain = cli("video", "frame", project, "--at", "0.04", "--out", room / "plain.png").json["bytes"]
    assert cli("video", "effect", project, "1", "SuperSample", "d=0.2", "n_frames=2").status == 0
    made = cli("video", "render", project, "--out", room / "out.mp4")
    assert made.status == 0 and made.json["frames"] == 3
    assert cli("video", "frame", project, "--at", "0.04", "--out", room / "effect.png").json["bytes"] != plain
    assert sorted(p.name for p in room.glob("*.part*")) == []


@pytest.mark.parametrize("line", [
    "otio {p} --out {p}", "pack {p} --out {room}/walk.mp4", "render {p} --out {p} --preset mp4",
    "otio {p} --out {room}/walk.mp4",
])
def test_nothing_is_written_over_the_project_or_its_films(cli, room, project, line):
    before = project.read_bytes(), (room / "walk.mp4").read_bytes()
    answer = cli("video", *line.format(room=room, p=project).split())
    assert (answer.status, answer.codes) in ((1, ["video.export_source"]), (1, ["video.ending"]))
    assert (project.read_bytes(), (room / "walk.mp4").read_bytes()) == before


@pytest.mark.parametrize(("fps", "frames"), [("23.976", 24), ("29.97", 30), ("59.94", 60), ("25", 25)])
def test_a_cut_has_the_nearest_number_of_frames(cli, room, fps, frames):
    cli("video", "new", "--out", room / "q.json", "--size", "90x160", "--fps", fps)
    shown = cli("video", "add", room / "q.json", room / "walk.mp4", "--in", "0.5", "--out", "1.5").json
    assert round(shown["duration"] * shown["fps"]) == frames
