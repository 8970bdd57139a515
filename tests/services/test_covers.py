"""What a platform covers of a post's video: looked at once, remembered by the film's own hash."""

from dataclasses import replace
from fractions import Fraction

import pytest

from studio.core.card import Surface
from studio.core.covering import Part
from studio.core.edits.place import put
from studio.core.errors import Cancelled
from studio.core.post import Media, Post
from studio.core.safezone import FULL_SCREEN, SafeZone, box
from studio.core.timeline import Clip
from studio.core.title import TextStyle, Title
from studio.services import covers
from studio.services.covers import Covers, words_of
from studio.services.videos.attaching import Attaching, project_of
from tests.media import make
from tests.media.drawn import film

BUTTONS = SafeZone(
    FULL_SCREEN, box(210, 160, 900, 1500), ((140, 1050, 60),), ((40, 1600, 500, 40),), "measured", "a test",
    "2026-11-30",
)
SCREEN = Surface("full", (375,), {"en": "Full screen"}, "screen")


@pytest.fixture
def covering(fake):
    fake.zones, fake.surfaces = (BUTTONS,), (SCREEN,)
    return fake


def added(desk, path):
    return desk.library.add([path])[0].asset.as_media()


def content(desk, account, *media):
    return desk.checks.content(Post(text="x", media=media), account)


def told(findings):
    return {f.code: f for f in findings}


def test_a_face_under_a_button_is_told_after_a_look_and_remembered(covering, desk, account, tmp_path):
    film_ = added(desk, film(tmp_path / "a.mp4", (0, 300), size=(360, 640)))
    what = content(desk, account, film_)
    heard = []
    desk.covers.changed.connect(heard.append)
    assert desk.covers.wanted(what) and desk.covers.known(what) == ()
    found = told(desk.covers.look(what))
    assert list(found) == ["covered.face.buttons"] and heard == [film_.media]
    assert found["covered.face.buttons"].values == {"platform": "fake", "at": "0:00", "seconds": 0.0}
    assert found["covered.face.buttons"].field == "media[0]"
    assert not desk.covers.wanted(what)
    assert told(Covers(desk).known(what)).keys() == found.keys(), "from the disk"
    assert "covered.face.buttons" in told(desk.checks.findings(Post(text="x", media=(film_,)), account))


def test_a_film_without_a_face_has_nothing_to_tell(covering, desk, account, tmp_path):
    what = content(desk, account, added(desk, film(tmp_path / "a.mp4", None)))
    assert desk.covers.look(what) == () and not desk.covers.wanted(what)


def test_the_focal_point_must_be_free_and_needs_no_look(covering, desk, account, tmp_path):
    one = added(desk, make.clip(tmp_path / "a.mp4", size=(96, 160)))
    assert desk.covers.known(content(desk, account, replace(one, focus=(0.5, 0.5)))) == ()
    found = told(desk.covers.known(content(desk, account, replace(one, focus=(140 / 1080, 1050 / 1920)))))
    assert list(found) == ["covered.focus.buttons"]


def lettered(desk, place, text="老城慢走", begin=3):
    timeline = desk.videos.create("Old town")
    track = timeline.role("captions")
    title = Title(text, TextStyle(place=place, size=80))
    timeline = put(timeline, track.id, Clip("c", Fraction(2), "title", title=title), Fraction(begin))
    desk.videos.save(timeline)
    return timeline


def test_captions_of_the_project_a_film_was_exported_from(covering, desk, account, tmp_path):
    timeline, post = lettered(desk, "bottom"), desk.posts.create(title="p")
    attaching = Attaching(desk)
    attaching.attach(timeline.id, post.id)
    film_ = attaching.take_film(make.clip(tmp_path / "a.mp4", size=(96, 160)))
    what = content(desk, account, film_)
    assert desk.covers.look(what) == () and not desk.covers.wanted(what), "of no project yet"
    attaching.give(timeline.id, film_)
    assert project_of(desk, film_.media) == timeline.id and project_of(desk, "b" * 64) == ""
    assert desk.covers.wanted(what)
    (found,) = desk.covers.look(what)
    assert found.code.startswith("covered.caption.") and found.values["at"] == "0:03"
    assert found.values["text"] == "老城慢走"
    # edited afterwards: the film that is in the post stays as it was exported
    desk.videos.save(replace(timeline, tracks=tuple(replace(t, hidden=True) for t in timeline.tracks)))
    assert Covers(desk).look(what) == (found,)


def test_words_are_where_the_title_is(desk, fake):
    low, middle = words_of(lettered(desk, "bottom")), words_of(lettered(desk, "center", "Hi"))
    assert [(part.kind, part.at) for part in (*low, *middle)] == [("caption", 3.0)] * 2
    assert low[0].box[1] > middle[0].box[1] and 0 < middle[0].box[2] < 1
    assert abs(middle[0].box[0] + middle[0].box[2] / 2 - 0.5) < 0.01
    assert words_of(lettered(desk, "center", "   ")) == ()


def test_where_nothing_fills_the_screen_nothing_is_covered(fake, desk, account, tmp_path):
    upright = added(desk, make.clip(tmp_path / "a.mp4", size=(96, 160)))
    lying = added(desk, make.clip(tmp_path / "b.mp4"))
    assert desk.covers.film(content(desk, account, upright)) is None  # neither zones nor a screen
    fake.zones, fake.surfaces = (BUTTONS,), (Surface("feed", (375,)), SCREEN)
    assert desk.covers.film(content(desk, account, lying)) is None, "played in the feed"
    assert desk.covers.film(content(desk, account, lying, upright)) == (1, upright)
    assert desk.covers.film(content(desk, account, Media("a" * 64))) is None
    fake.surfaces = (SCREEN,)
    assert desk.covers.film(content(desk, account, lying)) == (0, lying)


def test_the_zone_of_a_surface_is_the_one_of_its_name(fake, desk):
    other = replace(BUTTONS, surface=replace(FULL_SCREEN, en="Reel"))
    fake.zones, fake.surfaces = (BUTTONS, other), (SCREEN, Surface("reel", (375,), {"en": "Reel"}, "screen"))
    assert desk.covers.zone("fake") is BUTTONS and desk.covers.zone("fake", "reel") is other
    assert desk.covers.zone("fake", "feed") is None


@pytest.mark.parametrize("name", ["broken", "gone", "sound"])
def test_a_film_that_cannot_be_read_is_left_to_its_own_checks(covering, desk, account, tmp_path, name):
    media = added(desk, make.clip(tmp_path / "a.mp4", size=(96, 160)))
    path = desk.library.path(media.media)
    path.chmod(0o644)
    if name == "gone":
        path.unlink()
    else:
        path.write_bytes(b"x" * 500 if name == "broken" else make.song(tmp_path / "s.mp3").read_bytes())
    assert desk.covers.look(content(desk, account, media)) == ()


def test_a_film_that_was_gone_is_looked_at_when_it_is_back(covering, desk, account, tmp_path):
    media = added(desk, film(tmp_path / "a.mp4", (0, 300)))
    path, what = desk.library.path(media.media), content(desk, account, media)
    away = path.rename(tmp_path / "away.mp4")
    assert desk.covers.look(what) == ()
    away.rename(path)
    assert Covers(desk).wanted(what) and len(Covers(desk).look(what)) == 1


def test_what_is_spoilt_on_the_disk_is_looked_at_again(covering, desk, account, tmp_path):
    what = content(desk, account, added(desk, film(tmp_path / "a.mp4", (0, 300))))
    desk.covers.look(what)
    (kept,) = (desk.workspace.cache / "covers").rglob("*.json")
    for spoilt in (b"", b"{", b"[]", b'{"version": 0}', b'{"version": 1, "faces": [1], "words": null}'):
        kept.write_bytes(spoilt)
        assert Covers(desk).known(what) == () and Covers(desk).wanted(what)
    again = Covers(desk)
    assert len(again.look(what)) == 1 and covers._read(kept) is not None


def test_it_can_be_called_off(covering, desk, account, tmp_path):
    class Task:
        def progress(self, fraction):
            raise Cancelled

    what = content(desk, account, added(desk, film(tmp_path / "a.mp4", (0, 300))))
    with pytest.raises(Cancelled):
        desk.covers.look(what, Task())
    assert desk.covers.wanted(what)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    covers._write(tmp_path / "file" / "a.json", covers.Seen((Part("face", 0, (0, 0, 1, 1)),), None))
