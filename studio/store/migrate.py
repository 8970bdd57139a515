"""The schema's revisions: what this version knows, making a new database, upgrading an old one.

A database that is at HEAD is recognised by one plain query; alembic is imported only to upgrade.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select

from studio.store import ddl, tables

KNOWN = ("0001", "0002", "0003", "0004")
HEAD = KNOWN[-1]

# As alembic makes it, so that both ways of making a database give the same one.
version = Table(
    "alembic_version", MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


@dataclass(frozen=True, slots=True)
class Schema:
    """known: the revisions, oldest first. location: the folder of alembic's scripts."""

    known: tuple[str, ...] = KNOWN
    location: Path = field(default_factory=lambda: Path(__file__).parent / "migrations")

    @property
    def head(self) -> str:
        return self.known[-1]


def create(connection: Connection) -> None:
    """Makes every table at HEAD in the open transaction: quick, and equal to what the migrations make."""
    tables.metadata.create_all(connection)
    for statement in ddl.REVISION_0001[connection.dialect.name]:
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name != "sqlite" else statement)
    version.create(connection)
    connection.execute(insert(version).values(version_num=HEAD))


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None when it is no database of ours."""
    if not inspect(connection).has_table(version.name):
        return None
    return connection.execute(select(version.c.version_num)).scalar()


def upgrade(connection: Connection, schema: Schema) -> None:
    """Runs the missing migrations in the open transaction: all of them or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.location).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, schema.head)
