"""The first start of a workspace: one finished sample draft, meant for the practice account."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.core.errors import Problem

if TYPE_CHECKING:
    from studio.core.post import Post
    from studio.services.desk import Desk

DONE = "welcomed"
SAMPLE = "draft/sample"  # view state: the sample post of the first start, while nobody has opened it


def welcome(desk: Desk, language: str) -> Post | None:
    """Puts the sample draft into a workspace that never had a post; None when there is nothing to do.

    A sample that cannot be read is no reason not to start: then the workspace is simply empty.
    """
    if desk.read_only or desk.settings.view(DONE):
        return None
    desk.settings.set_view(DONE, True)
    if desk.posts.count():
        return None
    try:
        post = open_sample(desk, language)
    except (Problem, OSError):
        return None
    desk.settings.set_view(SAMPLE, post.id)
    return post


def find_sample(desk: Desk) -> Post | None:
    """The sample of the first start, while it is still there."""
    try:
        return desk.posts.get(str(desk.settings.view(SAMPLE) or ""))
    except Problem:
        return None


def open_sample(desk: Desk, language: str) -> Post:
    """The bundled sample as a new draft, for every embedded account."""
    from studio.services.markdown import import_post
    from studio.services.places import samples

    found = import_post(desk, samples() / f"weekend.{language}.md")
    embedded = tuple(a.id for a in desk.accounts.list() if desk.accounts.platform(a.platform).embedded)
    post = replace(found.post, accounts=embedded)
    desk.posts.save(post)
    return post
