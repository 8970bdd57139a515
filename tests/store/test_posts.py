"""Posts come back exactly as they were saved, and the list tells what matters of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from sqlalchemy import text

from studio.core.delivery import Delivery, State
from studio.core.errors import NotFound, Refused
from studio.core.post import Account, Media, Override, Post
from studio.store.workspace import Workspace
from tests.store.strategies import posts

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@settings(deadline=None, max_examples=60)
@given(post=posts)
def test_any_post_comes_back_exactly(shared: Workspace, post: Post) -> None:
    revision = shared.posts.save(post, expect=0)
    assert revision == 1
    assert shared.posts.get(post.id) == post
    assert shared.posts.save(post, expect=1) == 2
    mine = next(r for r in shared.posts.list() if r.id == post.id)
    assert len(mine.heading) <= 120 and len(mine.excerpt) <= 160 and mine.pictures == len(post.media)
    assert mine.updated == post.updated
    shared.posts.delete(post.id)
    assert not shared.posts.exists(post.id)


def test_the_database_is_whole_after_all_of_that(shared: Workspace) -> None:
    assert shared.check() == ()
    with shared.database.read() as connection:
        connection.execute(text("INSERT INTO post_search(post_search, rank) VALUES ('integrity-check', 1)"))


def test_a_post_of_a_million_characters(workspace: Workspace) -> None:
    post = Post(text="一稿多发 draft once " * 60_000)
    workspace.posts.save(post)
    assert workspace.posts.get(post.id) == post
    assert workspace.posts.count("多发") == 1


def test_a_save_made_from_an_old_revision_changes_nothing(workspace: Workspace) -> None:
    post = Post(title="first")
    workspace.posts.save(post)
    workspace.posts.save(replace(post, title="second"), expect=1)
    with pytest.raises(Refused) as refused:
        workspace.posts.save(replace(post, title="third"), expect=1)
    assert refused.value.findings[0].code == "post.changed_elsewhere"
    assert refused.value.findings[0].values == {"post": post.id, "expected": 1, "found": 2}
    assert workspace.posts.get(post.id).title == "second"
    assert workspace.posts.count("third") == 0


def test_saving_a_post_that_was_deleted_meanwhile_is_refused(workspace: Workspace) -> None:
    post = Post(title="x")
    workspace.posts.save(post)
    workspace.posts.delete(post.id)
    with pytest.raises(Refused, match=r"post\.changed_elsewhere"):
        workspace.posts.save(post, expect=1)


@pytest.mark.parametrize("id", ["", "nobody", "\ud800", "x" * 10_000, "%", "' OR 1=1 --"])
def test_no_such_post(workspace: Workspace, id: str) -> None:
    workspace.posts.save(Post())
    for ask in (workspace.posts.get, workspace.posts.revision, workspace.posts.delete):
        with pytest.raises(NotFound):
            ask(id)
    assert not workspace.posts.exists(id)


def test_a_row_says_what_the_list_shows(workspace: Workspace) -> None:
    workspace.accounts.save(Account("a1", "bluesky"))
    workspace.accounts.save(Account("a2", "practice"))
    workspace.accounts.save(Account("a3", "bluesky"))
    sound, picture = Media("1" * 64, "audio"), Media("2" * 64, "image")
    post = Post(
        title="\n", text="  First line \nand\tthe  rest", media=(sound, picture), accounts=("a2", "gone", "a1", "a3")
    )
    workspace.posts.save(post)
    row = workspace.posts.list()[0]
    assert (row.heading, row.excerpt) == ("First line", "and the rest")
    assert (row.thumb, row.pictures) == (picture.media, 2)
    assert row.platforms == ("practice", "bluesky")
    assert (row.state, row.at) == (State.DRAFT, None)


def test_long_headings_are_cut_with_an_ellipsis(workspace: Workspace) -> None:
    workspace.posts.save(Post(title="长" * 500, text="文" * 500))
    row = workspace.posts.list()[0]
    assert row.heading == "长" * 119 + "…" and row.excerpt == "文" * 159 + "…"


def test_the_list_has_the_latest_changed_first_in_pages(workspace: Workspace) -> None:
    made = [Post(title=f"t{n}", updated=NOW + timedelta(microseconds=n)) for n in range(7)]
    for post in made:
        workspace.posts.save(post)
    order = [p.id for p in reversed(made)]
    assert [r.id for r in workspace.posts.list()] == order
    assert [r.id for r in workspace.posts.list(limit=3)] == order[:3]
    assert [r.id for r in workspace.posts.list(limit=3, offset=3)] == order[3:6]
    assert [r.id for r in workspace.posts.list(offset=5)] == order[5:]


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ([], State.DRAFT),
        ([State.PUBLISHED, State.SCHEDULED], State.SCHEDULED),
        ([State.PUBLISHED, State.UNCONFIRMED, State.COMMITTING], State.UNCONFIRMED),
        ([State.CANCELLED, State.PUBLISHED], State.PUBLISHED),
        ([State.DUE, State.FAILED], State.FAILED),
        ([State.CANCELLED], State.CANCELLED),
    ],
)
def test_the_row_shows_the_most_urgent_delivery(workspace: Workspace, states: list[State], shown: State) -> None:
    post = Post()
    workspace.posts.save(post)
    for state in states:
        workspace.deliveries.add(Delivery(post=post.id, account="a", platform="p", state=state, at=NOW))
    row = workspace.posts.list()[0]
    assert (row.state, row.at) == (shown, NOW if states else None)
    for state in State:
        assert workspace.posts.count(state=state) == (1 if state is shown else 0)
        assert len(workspace.posts.list(state=state)) == (1 if state is shown else 0)


def test_of_several_scheduled_the_next_of_several_published_the_last(workspace: Workspace) -> None:
    post = Post()
    workspace.posts.save(post)
    for day in (3, 1, 2):
        at = NOW + timedelta(days=day)
        workspace.deliveries.add(Delivery(post=post.id, state=State.SCHEDULED, at=at))
    assert workspace.posts.list()[0].at == NOW + timedelta(days=1)
    other = Post()
    workspace.posts.save(other)
    for day in (3, 1, 2):
        at = NOW + timedelta(days=day)
        workspace.deliveries.add(Delivery(post=other.id, state=State.PUBLISHED, at=at))
    assert workspace.posts.list()[0].at == NOW + timedelta(days=3)


def test_using_finds_media_in_the_base_and_in_overrides(workspace: Workspace) -> None:
    base, other = Media("a" * 64), Media("b" * 64)
    post = Post(media=(base, base), overrides={"bluesky": Override(media=(other,))})
    workspace.posts.save(post)
    assert [r.id for r in workspace.posts.using(base.media)] == [post.id]
    assert [r.id for r in workspace.posts.using(other.media)] == [post.id]
    workspace.posts.save(replace(post, overrides={}))
    assert workspace.posts.using(other.media) == []
    workspace.posts.delete(post.id)
    assert workspace.posts.using(base.media) == []


def test_deleting_withdraws_what_waits_and_keeps_the_record(workspace: Workspace) -> None:
    post = Post()
    workspace.posts.save(post)
    add = workspace.deliveries.add
    waits = add(Delivery(post=post.id, account="a", state=State.SCHEDULED))
    live = add(Delivery(post=post.id, account="b", state=State.PUBLISHED))
    workspace.posts.delete(post.id)
    assert workspace.deliveries.get(waits.id).state is State.CANCELLED
    assert workspace.deliveries.get(live.id).state is State.PUBLISHED
    assert workspace.journal.of(waits.id)[-1].step == "scheduled>cancelled"


def test_a_post_that_is_being_sent_is_not_deleted(workspace: Workspace) -> None:
    post = Post()
    workspace.posts.save(post)
    waits = workspace.deliveries.add(Delivery(post=post.id, account="a", state=State.SCHEDULED))
    workspace.deliveries.add(Delivery(post=post.id, account="b", state=State.COMMITTING))
    with pytest.raises(Refused, match=r"post\.sending"):
        workspace.posts.delete(post.id)
    assert workspace.posts.exists(post.id)
    assert workspace.deliveries.get(waits.id).state is State.SCHEDULED


def test_a_document_nobody_of_ours_wrote_is_refused(workspace: Workspace) -> None:
    post = Post()
    workspace.posts.save(post)
    for broken in ("", "[]", "{", '{"kind": "post", "schema": 1}', '{"kind": "post", "schema": 99}'):
        with workspace.database.write() as connection:
            connection.execute(text("UPDATE post_doc SET doc = :doc"), {"doc": broken})
        with pytest.raises(Refused, match="document"):
            workspace.posts.get(post.id)
