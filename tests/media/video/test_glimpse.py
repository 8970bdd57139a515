"""Quick looks: of films, stills and sounds; what is spoilt on disk is made again."""

from __future__ import annotations

import shutil
from fractions import Fraction as F

import pytest

from studio.core.errors import Refused
from studio.media.video.glimpse import glimpse, kept, remembered
from studio.media.video.sources import described
from studio.services.places import samples
from tests.media import make


def test_a_film_a_still_and_a_sound(tmp_path):
    film = glimpse(samples() / "walk.mp4", F(1), 64)
    assert film.height == 64 and film.width == pytest.approx(36, abs=1)
    still = glimpse(samples() / "cafe.jpg", F(0), 64)
    assert still.height == 64
    assert glimpse(make.song(tmp_path / "song.mp3"), F(0), 64) is None


def test_beyond_the_end_there_is_still_a_picture():
    assert glimpse(samples() / "walk.mp4", F(999), 32).height == 32


@pytest.mark.parametrize("data", [b"", b"nonsense", b"\0" * 5000])
def test_what_is_no_media_is_refused(tmp_path, data):
    (tmp_path / "x.mp4").write_bytes(data)
    for ask in (lambda: glimpse(tmp_path / "x.mp4", F(0), 32), lambda: described(tmp_path / "x.mp4")):
        with pytest.raises(Refused):
            ask()
    with pytest.raises(Refused, match=r"video\.source_missing"):
        glimpse(tmp_path / "gone.mp4", F(0), 32)


def test_a_spoilt_small_picture_is_none(tmp_path):
    file = tmp_path / "a" / "b.jpg"
    assert kept(file) is None
    made = remembered(samples() / "walk.mp4", F(1), 48, file)
    assert kept(file).size == made.size
    file.write_bytes(b"\xff\xd8")
    assert kept(file) is None


def test_a_source_says_what_the_file_is(tmp_path):
    film = described(samples() / "walk.mp4")
    assert (film.kind, film.width, film.height) == ("video", 720, 1280)
    assert film.duration == 3 and film.rate == 24 and film.sound and not film.alpha
    shutil.copy(samples() / "cafe.jpg", tmp_path / "cafe.jpg")
    still = described(tmp_path / "cafe.jpg", name="Café")
    assert (still.kind, still.duration, still.name, still.sound) == ("image", None, "Café", False)
    song = described(make.song(tmp_path / "song.mp3"))
    assert (song.kind, song.sound) == ("audio", True)
