"""What commands and scripts build; a project that a Markdown post names comes in as a film."""

from __future__ import annotations

import shutil
from fractions import Fraction as F

import pytest

from studio.core.edits.rules import broken
from studio.core.errors import Refused
from studio.services.markdown import import_post
from studio.services.places import samples
from studio.services.videos import building, files
from studio.services.videos.building import Cut
from studio.services.videos.rendering import file_source
from studio.services.videos.sample import sample_project


@pytest.fixture(scope="module")
def film():
    return file_source(samples() / "walk.mp4")


def test_the_same_file_is_one_source(film):
    timeline = building.add_file(building.new(540, 960, F(25)), film, Cut(end=F(1)))
    again = file_source(samples() / "walk.mp4")
    assert again.id != film.id
    assert len(building.add_file(timeline, again, Cut(start=F(1))).sources) == 1


def test_a_sample_keeps_the_rules_and_fits_its_canvas(tmp_path):
    timeline = files.read(sample_project(samples(), tmp_path / "v.json", "zh_TW"))
    assert broken(timeline) == "" and timeline.duration == 4
    title = timeline.role("titles").placed[0].clip.title
    assert title.text == "九點前的散步" and title.style.size < 100, "built-in styles are drawn for 1080 px"


def test_music_is_as_long_as_the_pictures_and_fades(film):
    timeline = building.add_file(building.new(540, 960, F(25)), film, Cut(end=F(2)))
    music = file_source(samples() / "walk.mp4")
    if not film.sound:
        with pytest.raises(Refused, match=r"video\.no_sound"):
            building.add_music(timeline, music)
        return
    clip = building.add_music(timeline, music, -6, duck=True).role("music").placed[0].clip
    assert clip.duration == 2 and clip.sound.gain.value == -6 and clip.sound.fade_out == F(1, 2)


def test_tracks_are_made_as_they_are_asked_for(film):
    timeline = building.add_file(building.new(540, 960, F(25)), film, Cut(end=F(1), track=4))
    assert [t.role for t in timeline.tracks if t.seen].count("overlay") == 3
    with pytest.raises(Refused, match=r"video\.no_room"):
        building.add_file(timeline, film, Cut(end=F(1), at=F(1, 2), track=4))


def test_a_post_that_names_a_project_gets_the_film(desk, tmp_path):
    shutil.copy(samples() / "walk.mp4", tmp_path / "walk.mp4")
    timeline = building.add_file(building.new(90, 160, F(25)), file_source(tmp_path / "walk.mp4"), Cut(end=F(3, 5)))
    files.write(tmp_path / "clip.json", timeline)
    (tmp_path / "post.md").write_text("---\nmedia:\n  - {file: clip.json, alt: A street}\n---\nHello", encoding="utf-8")
    [media] = import_post(desk, tmp_path / "post.md").post.media
    assert (media.kind, media.name, media.width, media.height, media.alt) == ("video", "clip.mp4", 90, 160, "A street")
    assert media.duration == F(3, 5)


def test_a_post_that_names_a_broken_project_is_not_made(desk, tmp_path):
    (tmp_path / "clip.json").write_text("{}")
    (tmp_path / "post.md").write_text("---\nmedia: [clip.json]\n---\nHello", encoding="utf-8")
    with pytest.raises(Refused, match=r"document\.unreadable"):
        import_post(desk, tmp_path / "post.md")
    assert desk.posts.count() == 0 and desk.library.list() == []
