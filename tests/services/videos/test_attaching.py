"""A film goes into its post, and a newer one in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.core.errors import Refused
from studio.core.post import Media, Post
from studio.services.desk import Desk
from studio.services.videos.attaching import Attaching, with_film
from tests.media.make import clip
from tests.services.conftest import open_desk

FILM, NEWER = Media("a" * 64, "video"), Media("b" * 64, "video")


def test_a_newer_film_takes_the_place_of_the_one_before_and_keeps_its_words() -> None:
    photo = Media("c" * 64)
    post = with_film(Post(media=(photo,)), FILM)
    assert post.media == (photo, FILM) and with_film(post, FILM) is post
    described = Post(media=(Media("a" * 64, "video", alt="A baker"), photo))
    newer = with_film(described, NEWER, FILM.media)
    assert [m.media for m in newer.media] == [NEWER.media, photo.media] and newer.media[0].alt == "A baker"
    assert with_film(Post(media=(photo,)), NEWER, FILM.media).media == (photo, NEWER), "the old one was taken out"


@pytest.fixture
def desk(tmp_path: Path, vault):
    opened = open_desk(tmp_path / "workspace", vault)
    yield opened
    opened.close()


def test_a_video_knows_its_post_and_gives_it_its_film(desk: Desk, tmp_path: Path) -> None:
    video, post = desk.videos.create("Bakery"), desk.posts.create(title="Three bakeries")
    attaching = Attaching(desk)
    assert attaching.post_of(video.id) == ("", "") and attaching.give(video.id, FILM) == ""
    attaching.attach(video.id, post.id)
    assert attaching.post_of(video.id) == (post.id, "Three bakeries")
    assert (post.id, "Three bakeries") in attaching.choices()
    film = attaching.take_film(clip(tmp_path / "film.mp4"))
    assert attaching.give(video.id, film) == post.id
    assert [m.media for m in desk.posts.get(post.id).media] == [film.media]
    found = desk.videos.of_post(post.id)
    assert found is not None and found.id == video.id
    attaching.give(video.id, NEWER)
    assert [m.media for m in desk.posts.get(post.id).media] == [NEWER.media]
    desk.posts.delete(post.id)
    assert attaching.post_of(video.id) == ("", "")


def test_what_is_no_film_is_refused(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"nothing")
    with pytest.raises(Refused):
        Attaching(desk).take_film(tmp_path / "no.mp4")
