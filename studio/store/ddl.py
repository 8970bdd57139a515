"""What SQLAlchemy's tables cannot say, in each database's own words: full-text indexes and append-only triggers."""

from __future__ import annotations

from collections.abc import Mapping


def _fts5(table: str, index: str) -> tuple[str, ...]:
    """An FTS5 index over `table.words`, kept in step by triggers. It holds no copy of the text."""
    gone = f"INSERT INTO {index}({index}, rowid, words) VALUES ('delete', old.number, old.words);"
    come = f"INSERT INTO {index}(rowid, words) VALUES (new.number, new.words);"
    return (
        f"CREATE VIRTUAL TABLE {index} USING fts5"
        f"(words, content='{table}', content_rowid='number', tokenize='ascii', prefix='2 3')",
        f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {come} END",
        f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF words ON {table} "
        f"WHEN old.words IS NOT new.words BEGIN {gone} {come} END",
    )


def _sqlite_append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX post_search ON post_doc USING gin (words gin_trgm_ops)",
    "CREATE INDEX asset_search ON asset USING gin (words gin_trgm_ops)",
    "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'journal is append-only'; END $$",
    "CREATE TRIGGER journal_no_update BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
    "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()",
)

# Frozen once released: a change comes as another migration with its own statements.
REVISION_0001: Mapping[str, tuple[str, ...]] = {
    "sqlite": (
        *_fts5("post_doc", "post_search"), *_fts5("asset", "asset_search"), *_sqlite_append_only("journal"),
    ),
    "postgresql": _POSTGRESQL,
}
