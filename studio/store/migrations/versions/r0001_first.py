"""The first schema: posts, library, accounts, deliveries with their journal, settings."""

import sqlalchemy as sa
from alembic import op

from studio.store import ddl

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _posts()
    _library()
    _accounts()
    _deliveries()
    for statement in ddl.REVISION_0001[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", "\\:")))


def _posts() -> None:
    op.create_table(
        "post",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.Column("thumb", sa.String(64), nullable=False),
        sa.Column("accounts", sa.Text(), nullable=False),
        sa.Column("pictures", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_post"),
        sa.UniqueConstraint("id", name="uq_post_id"),
    )
    op.create_index("ix_post_updated_number", "post", ["updated", "number"])
    op.create_table(
        "post_doc",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_post_doc"),
        sa.ForeignKeyConstraint(["number"], ["post.number"], name="fk_post_doc_number", ondelete="CASCADE"),
    )
    op.create_table(
        "post_media",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("media", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", "media", name="pk_post_media"),
        sa.ForeignKeyConstraint(["number"], ["post.number"], name="fk_post_media_number", ondelete="CASCADE"),
    )
    op.create_index("ix_post_media_media", "post_media", ["media"])


def _library() -> None:
    op.create_table(
        "asset",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_asset"),
        sa.UniqueConstraint("id", name="uq_asset_id"),
    )
    op.create_index("ix_asset_created_number", "asset", ["created", "number"])


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("checked", sa.BigInteger(), nullable=True),
        sa.Column("health", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_account"),
        sa.UniqueConstraint("id", name="uq_account_id"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(64), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_account", "delivery", ["account"])
    op.create_index("ix_delivery_at", "delivery", ["at"])
    op.create_index("ix_delivery_post_urgency", "delivery", ["post", "urgency"])
    op.create_index("ix_delivery_state_at", "delivery", ["state", "at"])
    op.create_table(
        "journal",
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("delivery", sa.String(64), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("phase", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.id"], name="fk_journal_delivery"),
    )
    op.create_index("ix_journal_delivery_number", "journal", ["delivery", "number"])
