"""The same store on PostgreSQL. Run where YIGAO_TEST_POSTGRESQL names an empty database to use, as an SQLAlchemy URL.

It is not collected otherwise (see conftest.py): the studio itself ships without a driver for it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from studio.core.asset import Asset, Probe
from studio.core.delivery import Delivery, State
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.post import Account, Media, Post
from studio.store import tables
from studio.store.backups import Backups
from studio.store.workspace import Workspace

URL = os.environ["YIGAO_TEST_POSTGRESQL"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "w", url=URL) as workspace:
        yield workspace
        with workspace.database.write() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))


def together(work: list[threading.Thread]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()


def test_opened_again_it_is_the_same(server: Workspace) -> None:
    post = Post(title="kept")
    server.posts.save(post)
    with Workspace.open(server.folder, url=URL) as again:
        assert again.posts.get(post.id) == post and again.check() == ()


def test_posts_come_back_and_are_found(server: Workspace) -> None:
    server.accounts.save(Account("a1", "bluesky"))
    post = Post(title="春天来了 Hello Wörld", text="a\ud800b\x00 🌸", media=(Media("a" * 64),), accounts=("a1",))
    assert (server.posts.save(post, expect=0), server.posts.save(post, expect=1)) == (1, 2)
    assert server.posts.get(post.id) == post
    found = {"春": 1, "天来": 1, "天春": 0}
    found |= {"hel": 1, "world": 1, "ello": 0, "🌸": 1, "春 wor": 1, '"*(%_': 0, "\x00": 0}
    assert {query: server.posts.count(query) for query in found} == found
    row = server.posts.list("春")[0]
    assert (row.platforms, row.pictures, row.state) == (("bluesky",), 1, State.DRAFT)
    assert [r.id for r in server.posts.using("a" * 64)] == [post.id]
    with pytest.raises(Refused, match="changed_elsewhere"):
        server.posts.save(post, expect=1)


def test_the_tables_are_what_the_migrations_make(server: Workspace) -> None:
    def ours(object: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind == "index" and name is not None and name.endswith("_search"))

    with server.database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, tables.metadata) == []


def test_of_many_threads_one_moves_it(server: Workspace) -> None:
    made = server.deliveries.add(Delivery(state=State.DUE))
    won: list[str] = []

    def race(name: str) -> None:
        if server.deliveries.move(made.id, State.DUE, State.PREPARING, owner=name):
            won.append(name)

    together([threading.Thread(target=race, args=(str(n),)) for n in range(10)])
    assert [server.deliveries.get(made.id).owner] == won
    assert [s.step for s in server.journal.of(made.id)] == ["created", "due>preparing"]


def test_of_many_saves_none_is_lost(server: Workspace) -> None:
    together([threading.Thread(target=server.posts.save, args=(Post(id="same", title=str(n)),)) for n in range(10)])
    assert server.posts.revision("same") == 10


@pytest.mark.parametrize("statement", ["UPDATE journal SET who = 'x'", "DELETE FROM journal", "TRUNCATE journal"])
def test_the_journal_is_append_only(server: Workspace, statement: str) -> None:
    server.deliveries.add(Delivery())
    with pytest.raises(DBAPIError, match="append-only"), server.database.write() as connection:
        connection.execute(text(statement))


def test_its_backup_opens_as_a_folder_of_its_own(server: Workspace, tmp_path: Path) -> None:
    stored = server.files.add_bytes(b"picture", suffix=".jpg")
    server.assets.save(Asset(stored.id, "n.jpg", stored.bytes, Probe("image", "image/jpeg", ".jpg")))
    server.accounts.save(Account("a1", "bluesky"))
    server.accounts.set_health("a1", Delivery().at, [error("x")])
    server.settings.set("theme", "dark")
    post = Post(title="春天", media=(Media(stored.id),))
    server.posts.save(post)
    restored = Backups.restore(server.backups.make(), tmp_path / "new")
    assert (restored.posts, restored.media, restored.missing) == (1, 1, ())
    with Workspace.open(tmp_path / "new") as copy:
        assert copy.posts.get(post.id) == post and copy.posts.count("春天") == 1
        assert copy.settings.get("theme") == "dark" and copy.files.verify(stored.id) == ()
