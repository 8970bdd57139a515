"""One schema, whichever way a database came to it; what older versions left behind survives."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from studio.core.delivery import State
from studio.core.errors import WorkspaceProblem
from studio.core.post import Post
from studio.store import ddl, migrate, tables
from studio.store.database import Database
from studio.store.migrate import Schema
from studio.store.workspace import NAME, Workspace
from tests.store.disks import unwritable
from tests.store.old import make

OLD = Path(__file__).parent / "old"
NEXT = f"{int(migrate.HEAD) + 1:04}"
SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{next}", "{head}"
def upgrade():
    op.add_column("post", sa.Column("pinned", sa.Integer(), nullable=False, server_default="0"))
""".replace("{next}", NEXT).replace("{head}", migrate.HEAD)


def shape(path: Path) -> list[tuple[str, str, str]]:
    """What is in a database. A table by its columns and keys: one that grew says the same in other words."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        plain = [n for kind, n, sql in rows if kind == "table" and "VIRTUAL" not in sql]
        tables = {name: str(described(connection, name)) for name in plain}
    connection.close()
    return sorted((kind, name, tables.get(name, " ".join(sql.replace('"', "").split()))) for kind, name, sql in rows)


def described(connection: sqlite3.Connection, table: str) -> list[object]:
    asked = ("table_xinfo", "foreign_key_list", "index_list")
    columns, keys, indexes = (connection.execute(f'PRAGMA {what}("{table}")').fetchall() for what in asked)
    return [columns, keys, sorted(row[1:] for row in indexes)]


def migrated(path: Path) -> Database:
    database = Database(str(path), path.parent)
    with database.write() as connection:
        migrate.upgrade(connection, Schema())
    return database


@pytest.fixture
def newer(tmp_path: Path) -> Schema:
    """The schema of a next version."""
    location = tmp_path / "migrations"
    shutil.copytree(Schema().location, location, ignore=shutil.ignore_patterns("__pycache__"))
    (location / "versions" / f"r{NEXT}_pinned.py").write_text(SECOND, encoding="utf-8")
    return Schema((*migrate.KNOWN, NEXT), location)


def test_head_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(Schema().location))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migrate.HEAD
    assert [s.revision for s in scripts.walk_revisions()][::-1] == list(migrate.KNOWN)


def test_made_and_migrated_are_the_same(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "made"):
        pass
    migrated(tmp_path / "migrated.db").close()
    assert shape(tmp_path / "made" / NAME) == shape(tmp_path / "migrated.db")


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    database = migrated(tmp_path / "migrated.db")

    def ours(object: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        return not (kind == "table" and name is not None and "_search" in name)

    with database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, tables.metadata) == []
    database.close()


def test_every_table_has_its_postgresql_twin() -> None:
    for table in tables.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=postgresql.dialect()))
    searched = " ".join(ddl.REVISION_0001["postgresql"])
    for name in ("post_search", "asset_search", "journal_no_update"):
        assert name in searched


def test_a_workspace_at_head_opens_without_alembic(folder: Path) -> None:
    Workspace.open(folder).close()
    code = (
        "import sys; from pathlib import Path; from studio.store.workspace import Workspace\n"
        "with Workspace.open(Path(sys.argv[1])) as w: w.posts.list('x')\n"
        "heavy = {'alembic', 'zipfile', 'keyring', 'filelock', 'sqlalchemy.orm', 'ctypes'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    run = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    # zipfile comes with importlib.resources, which the standard library's zoneinfo may load.
    assert run.stdout.strip() in ("[]", "['zipfile']"), run.stdout


def test_an_upgrade_keeps_everything_and_a_copy_from_before(folder: Path, newer: Schema) -> None:
    post = Post(title="kept")
    with Workspace.open(folder) as workspace:
        workspace.posts.save(post)
    with Workspace.open(folder, schema=newer) as workspace:
        assert workspace.posts.get(post.id) == post
        backups = workspace.backups.list()
        assert [b.kind for b in backups] == ["migration"] and migrate.HEAD in backups[0].path.name
        with workspace.database.read() as connection:
            assert migrate.revision(connection) == NEXT
            assert connection.exec_driver_sql("SELECT pinned FROM post").scalars().all() == [0]
    with Workspace.open(folder, schema=newer) as workspace:
        assert len(workspace.backups.list()) == 1  # the second time there is nothing to do


def test_an_upgrade_that_fails_leaves_the_old_database(folder: Path, newer: Schema) -> None:
    post = Post(title="kept")
    with Workspace.open(folder) as workspace:
        workspace.posts.save(post)
    before = shape(folder / NAME)
    script = newer.location / "versions" / f"r{NEXT}_pinned.py"
    script.write_text(SECOND + "    op.execute('SELECT * FROM no_such_table')\n", encoding="utf-8")
    with pytest.raises(Exception, match="no_such_table"):
        Workspace.open(folder, schema=newer)
    assert shape(folder / NAME) == before
    with Workspace.open(folder) as workspace:
        assert workspace.posts.get(post.id) == post


def test_a_newer_workspace_is_refused(folder: Path, newer: Schema) -> None:
    Workspace.open(folder).close()
    Workspace.open(folder, schema=newer).close()
    with pytest.raises(WorkspaceProblem) as refused:
        Workspace.open(folder)
    finding = refused.value.findings[0]
    assert finding.code == "workspace.newer"
    assert finding.values == {"folder": str(folder), "revision": NEXT, "known": migrate.HEAD}


def test_an_older_one_that_may_only_be_read_says_so(folder: Path, newer: Schema) -> None:
    Workspace.open(folder).close()
    with pytest.raises(WorkspaceProblem, match=r"workspace\.older"):
        Workspace.open(folder, schema=newer, read_only=True)
    with unwritable(folder), pytest.raises(WorkspaceProblem, match=r"workspace\.older"):
        Workspace.open(folder, schema=newer)


OPENER = """
import sys
from pathlib import Path
from studio.core.post import Post
from studio.store.workspace import Workspace
sys.stdin.readline()
with Workspace.open(Path(sys.argv[1])) as workspace:
    workspace.posts.save(Post(title=sys.argv[2]))
"""


def test_many_processes_make_a_workspace_at_once(folder: Path) -> None:
    openers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", OPENER, str(folder), str(n)], stdin=subprocess.PIPE)
        for n in range(5)
    ]
    for opener in openers:
        opener.communicate(b"go\n")
    assert [o.returncode for o in openers] == [0] * 5
    with Workspace.open(folder) as workspace:
        assert sorted(r.heading for r in workspace.posts.list()) == list("01234")


@pytest.mark.parametrize("revision", migrate.KNOWN)
def test_what_each_released_version_left_behind_survives(revision: str, tmp_path: Path) -> None:
    """The databases are made by `tests/store/old/make.py`, once, by the version that was released."""
    (tmp_path / "media").mkdir()
    shutil.copyfile(OLD / f"{revision}.db", tmp_path / NAME)
    with Workspace.open(tmp_path) as workspace:
        assert workspace.posts.count() == 3
        assert workspace.posts.count("春天") == 1
        spring = workspace.posts.get(workspace.posts.list("春天")[0].id)
        assert (spring.title, spring.text) == ("春天的咖啡", "第一行\n\ud83c 第二行 https://example.com")
        assert [m.alt for m in spring.media] == ["一杯咖啡", ""]
        assert spring.overrides["bluesky"].text == "Coffee" and spring.options["bluesky"] == {"langs": ["zh"]}
        assert workspace.posts.revision(spring.id) == 2
        assert [(a.id, a.platform, a.handle) for a in workspace.accounts.list()] == [("a1", "bluesky", "yi.test")]
        assert workspace.accounts.health("a1")[1][0].code == "login.expired"
        states = [d.state for d in workspace.deliveries.list()]
        assert states == [State.PUBLISHED, State.UNCONFIRMED, State.SCHEDULED]
        published = workspace.deliveries.list(states=[State.PUBLISHED])[0]
        assert published.proof is not None and published.proof.whole and published.url == "https://example.com/1"
        assert [s.step for s in workspace.journal.of(published.id)][:3] == ["created", "due>preparing", "commit"]
        assert [(a.name, a.alt, a.tags) for a in workspace.assets.list()] == [("咖啡.jpg", "一杯咖啡", ("食物",))]
        assert workspace.assets.used_in("c" * 64) == (spring.id,)
        assert workspace.settings.get("theme") == "dark" and workspace.settings.get("view:split") == [1, 2]
        assert [v.name for v in workspace.videos.list()] == (["散步"] if revision >= "0003" else [])
        assert revision < "0003" or workspace.videos.get("walk") == make.video()
        assert workspace.remarks.of("spring") == (list(make.remarks()) if revision >= "0004" else [])
        assert workspace.check() == ()
