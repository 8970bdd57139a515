"""The open post: its history, and autosave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studio.core.post import Post
from studio.services.autosave import DELAY, Autosaved

if TYPE_CHECKING:
    from studio.services.posts import Posts


class Session(Autosaved[Post]):
    """One post, open for editing."""

    def __init__(self, posts: Posts, post: Post, delay: float = DELAY) -> None:
        self._posts, self._revision = posts, posts.revision(post.id)
        super().__init__(post, self._save, lambda each: replace(each, updated=datetime.now(UTC)), delay)

    def _save(self, post: Post) -> None:
        self._revision = self._posts.save(post, expect=self._revision)
