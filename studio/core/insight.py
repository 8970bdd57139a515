"""What came of a post: numbers and comments, as a platform tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

#: views: plays and reads. impressions: times shown. reach: people it was shown to.
Name = Literal[
    "impressions", "reach", "views", "readers", "likes", "comments", "shares", "saves", "clicks", "downloads",
    "reactions", "watch_seconds",
]


@dataclass(frozen=True, slots=True)
class Metric:
    """One number. own: the platform's own name of it ("post_media_view")."""

    name: Name
    value: float
    own: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """id: the platform's. at: UTC, or None. mine: by the account itself. parent: the id it answers, "" for the post."""

    id: str
    author: str
    text: str
    at: datetime | None = None
    likes: int = 0
    replies: int = 0
    mine: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Comments:
    """A page of comments. after: what to ask for the next page with, "" when this is the last."""

    items: tuple[Comment, ...] = ()
    after: str = ""
