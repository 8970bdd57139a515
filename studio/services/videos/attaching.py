"""A video and the post it is for: the film that was exported goes into the post, in place of the one before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.errors import NotFound, Refused
from studio.core.post import Media, Post

if TYPE_CHECKING:
    from studio.core.task import Task
    from studio.services.desk import Desk

EditPost = Callable[[str, Callable[[Post], Post]], object]
CHOICES = 30  # posts offered to attach to


def with_film(post: Post, film: Media, before: str = "") -> Post:
    """The post with the film: where the one before was (keeping what was written about it), else at the end."""
    if any(media.media == film.media for media in post.media):
        return post
    place = next((n for n, media in enumerate(post.media) if before and media.media == before), None)
    if place is None:
        return replace(post, media=(*post.media, film))
    old = post.media[place]
    new = replace(film, alt=old.alt or film.alt, focus=old.focus)
    return replace(post, media=(*post.media[:place], new, *post.media[place + 1:]))


class Attaching:
    """edit_post: how a post is changed; a window that has it open gives its own way, or two would save against one
    another."""

    def __init__(self, desk: Desk, edit_post: EditPost | None = None) -> None:
        self._desk = desk
        self.edit_post: EditPost = edit_post or self._save

    def choices(self, query: str = "") -> list[tuple[str, str]]:
        """(id, heading) of posts a video may be for, the newest first."""
        return [(row.id, row.heading) for row in self._desk.posts.list(query, limit=CHOICES)]

    def post_of(self, video: str) -> tuple[str, str]:
        """(id, heading) of the post a video is for; ("", "") for none, or one that is gone."""
        post = self._desk.videos.post_of(video)
        try:
            return (post, self._desk.posts.get(post).heading) if post else ("", "")
        except NotFound:
            return "", ""

    def attach(self, video: str, post: str) -> None:
        """The video is for that post from now on; "" for none."""
        self._desk.videos.set_post(video, post)

    def take_film(self, path: Path, task: Task[Any] | None = None) -> Media:
        """An exported film into the library. Refused with why it is not taken. For a job."""
        added = self._desk.library.add([path], task)[0]
        if added.asset is None:
            raise Refused(*added.findings)
        return added.asset.as_media()

    def give(self, video: str, film: Media) -> str:
        """Puts the film into the video's post, in place of the one it gave before; gives the post's id, or "".

        From the window's thread: it may have the post open.
        """
        post, _ = self.post_of(video)
        cover = self._desk.videos.get(video).cover
        if cover is not None:  # previews show that moment of it
            self._desk.settings.set_view(f"video/cover/{film.media}", round(float(cover), 2))
            self._desk.previews.forget(film.media)
        if post:
            before = str(self._desk.settings.view(_key(video), ""))
            self.edit_post(post, lambda now: with_film(now, film, before))
            self._desk.settings.set_view(_key(video), film.media)
            self._desk.covers.exported(film.media)
        return post

    def _save(self, post: str, change: Callable[[Post], Post]) -> None:
        self._desk.posts.save(change(self._desk.posts.get(post)))


def project_of(desk: Desk, film: str) -> str:
    """The project that a film of the library was exported from for its post; "" when none is known."""
    videos = (row.id for row in desk.videos.list() if row.post)
    return next((video for video in videos if desk.settings.view(_key(video), "") == film), "")


def _key(video: str) -> str:
    return f"video/film/{video}"
