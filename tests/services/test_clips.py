"""Films of the library as timelines to look at."""

from fractions import Fraction

import pytest

from studio.core.errors import NotFound, Refused
from studio.core.timeline import Source
from studio.services.clips import RATE, Clips, slower, whole_film
from tests.media import make
from tests.services.videos.standins import until


def added(desk, path):
    return desk.library.add([path])[0].asset.id


def test_a_film_as_a_timeline_of_its_own_size(desk, tmp_path):
    made = Clips(desk).timeline(added(desk, make.clip(tmp_path / "a.mp4", size=(96, 160))))
    assert (made.width, made.height, made.rate) == (96, 160, 10)
    assert made.duration == 1 and [clip.clip.fit for _, clip in made.clips()] == ["fill"]


def test_it_lies_as_it_is_shown(desk, tmp_path):
    made = Clips(desk).timeline(added(desk, make.turned(make.clip(tmp_path / "a.mp4"))))
    assert (made.width, made.height) == (96, 160)


@pytest.mark.parametrize("rate, shown", [
    (None, RATE), (Fraction(0), RATE), (Fraction(24), Fraction(24)), (Fraction(30), Fraction(30)),
    (Fraction(60), Fraction(30)), (Fraction(240), Fraction(30)), (Fraction(50), Fraction(25)),
    (Fraction(60_000, 1001), Fraction(30_000, 1001)), (Fraction(1, 2), Fraction(1, 2)),
])
def test_quick_films_show_every_so_many_th_picture(rate, shown):
    assert slower(rate) == shown


def film(**more):
    return Source("s", "a.mp4", "video", "a.mp4", width=96, height=160, rate=Fraction(25), **more)


@pytest.mark.parametrize("source, code", [
    (film(duration=None), "clip.no_length"), (film(duration=Fraction(0)), "clip.no_length"),
    (film(duration=Fraction(1, 100)), "clip.no_length"),
    (Source("s", "a.mp3", "audio", "a.mp3", duration=Fraction(9)), "media.no_picture"),
    (Source("s", "a.png", "image", "a.png", width=4, height=4), "clip.no_length"),
])
def test_what_cannot_be_played_says_why(source, code):
    with pytest.raises(Refused) as told:
        whole_film(source)
    assert [f.code for f in told.value.findings] == [code]


def test_a_file_that_is_gone_or_broken(desk, tmp_path):
    clips, media = Clips(desk), added(desk, make.clip(tmp_path / "a.mp4"))
    path = desk.library.path(media)
    path.chmod(0o644)
    path.write_bytes(b"x" * 300)
    with pytest.raises(Refused) as told:
        clips.timeline(media)
    assert told.value.findings[0].values["name"] == "a.mp4", "as the person calls it"
    path.unlink()
    with pytest.raises(Refused) as told:
        clips.timeline(media)
    assert told.value.findings[0].code == "video.source_missing"
    with pytest.raises(NotFound):
        clips.timeline("b" * 64)


def test_the_player_is_silent_and_shows_its_pictures(desk, tmp_path):
    clips = Clips(desk)
    player, seen = clips.player(), []
    player.arrived.connect(seen.append)
    try:
        player.show(clips.timeline(added(desk, make.clip(tmp_path / "a.mp4", size=(96, 160)))))
        player.seek(Fraction(9, 10), (48, 80))
        until(lambda: any(picture.t == Fraction(9, 10) for picture in seen))
        assert (seen[-1].width, seen[-1].height) == (48, 80)
        red = seen[-1].data[seen[-1].stride * 70 + 4 * 40 + 2]
        assert red > 200, "the last picture is red"
        player.play()
        until(lambda: player.take() is not None)
        assert player._sounds._thread is None
    finally:
        player.close()
