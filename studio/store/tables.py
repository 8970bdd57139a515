"""The tables. What is queried has a column; the whole document is JSON beside it.

Every change here needs a migration in `migrations/versions` and its number in `migrate.KNOWN`; a test compares
the two. What is only searched or guarded (full-text index, triggers) is in `ddl.py`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)
# SQLite gives row numbers by itself only to INTEGER; elsewhere they are 64 bits wide.
Number = BigInteger().with_variant(Integer(), "sqlite")

# The list of drafts reads `post` only: rows stay small, so ten thousand of them are a few pages.
post = Table(
    "post", metadata,
    Column("number", Number, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("excerpt", Text, nullable=False),
    Column("thumb", String(64), nullable=False),
    Column("accounts", Text, nullable=False),
    Column("pictures", Integer, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Index(None, "updated", "number"),
)
post_doc = Table(
    "post_doc", metadata,
    Column("number", Number, ForeignKey("post.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("doc", Text, nullable=False),
    Column("words", Text, nullable=False),
)
post_media = Table(
    "post_media", metadata,
    Column("number", Number, ForeignKey("post.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("media", String(64), primary_key=True),
    Index(None, "media"),
)
asset = Table(
    "asset", metadata,
    Column("number", Number, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("doc", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index(None, "created", "number"),
)
account = Table(
    "account", metadata,
    Column("number", Number, primary_key=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("platform", String(64), nullable=False),
    Column("doc", Text, nullable=False),
    Column("checked", BigInteger),
    Column("health", Text, nullable=False),
)
# `post` and `account` are no foreign keys: what was published stays on record after either is gone.
delivery = Table(
    "delivery", metadata,
    Column("id", String(64), primary_key=True),
    Column("post", String(64), nullable=False),
    Column("account", String(64), nullable=False),
    Column("platform", String(64), nullable=False),
    Column("state", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("urgency", BigInteger, nullable=False),
    Column("owner", Text, nullable=False),
    Column("doc", Text, nullable=False),
    Column("wake", BigInteger),
    Column("went", BigInteger),
    Index(None, "post", "urgency"),
    Index(None, "account"),
    Index(None, "state", "at"),
    Index(None, "at"),
    Index(None, "wake"),
    Index(None, "account", "went"),
)
# What rests, and why: "" for everything, "platform:<id>" or "account:<id>".
hold = Table(
    "hold", metadata,
    Column("scope", String(200), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
)
journal = Table(
    "journal", metadata,
    Column("number", Number, primary_key=True),
    Column("delivery", String(64), ForeignKey("delivery.id"), nullable=False),
    Column("step", Text, nullable=False),
    Column("phase", String(16), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "delivery", "number"),
)
# Video projects: the timeline as JSON, and the files it is cut from.
video = Table(
    "video", metadata,
    Column("id", String(64), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
    Column("clips", Integer, nullable=False),
    Column("post", String(64), nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("doc", Text, nullable=False),
    Index(None, "updated"),
)
video_media = Table(
    "video_media", metadata,
    Column("video", String(64), ForeignKey("video.id", ondelete="CASCADE"), primary_key=True),
    Column("media", String(64), primary_key=True),
    Index(None, "media"),
)
# What clients said about previews. `post` is no foreign key: bringing a deleted post back brings these back too.
remark = Table(
    "remark", metadata,
    Column("id", String(64), primary_key=True),
    Column("post", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("resolved", BigInteger),
    Column("doc", Text, nullable=False),
    Index(None, "post", "at"),
)
setting = Table(
    "setting", metadata,
    Column("key", String(200), primary_key=True),
    Column("value", Text, nullable=False),
)
