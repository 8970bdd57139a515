"""Posts: make, find, keep, copy, delete."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from studio.core.delivery import State
from studio.core.event import Event
from studio.core.ids import new_id
from studio.core.post import Post

if TYPE_CHECKING:
    from studio.store.posts import PostRow as PostRow  # what lists give; front-ends name it from here
    from studio.store.workspace import Workspace


class Posts:
    """changed: emitted with the id of a post that was saved or deleted."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.changed: Event[[str]] = Event()

    def create(self, **fields: Any) -> Post:
        """A new saved post; `fields` are those of core Post."""
        post = Post(**fields)
        self.save(post)
        return post

    def get(self, id: str) -> Post:
        """NotFound when there is none."""
        return self._workspace.posts.get(id)

    def revision(self, id: str) -> int:
        """Number of the saved revision; 0 when it was never saved."""
        return self._workspace.posts.revision(id) if self._workspace.posts.exists(id) else 0

    def save(self, post: Post, *, expect: int | None = None) -> int:
        """Saves all of it or nothing; Refused("post.changed_elsewhere") when `expect` is not the saved revision."""
        number = self._workspace.posts.save(post, expect=expect)
        self.changed.emit(post.id)
        return number

    def delete(self, id: str) -> None:
        """Forgets the post and withdraws what waits to be sent; refused while it is being sent."""
        self._workspace.posts.delete(id)
        self.changed.emit(id)

    def duplicate(self, id: str) -> Post:
        """A copy with its own id and times, without deliveries."""
        now = datetime.now(UTC)
        copy = replace(self.get(id), id=new_id(), created=now, updated=now)
        self.save(copy)
        return copy

    def count(self, query: str = "") -> int:
        return self._workspace.posts.count(query)

    def list(
        self, query: str = "", *, state: State | None = None, limit: int | None = None, offset: int = 0
    ) -> list[PostRow]:
        """Newest first; full-text search over title, text, tags and alt when `query` has words."""
        return self._workspace.posts.list(query, state=state, limit=limit, offset=offset)
