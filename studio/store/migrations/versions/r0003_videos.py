"""Video projects."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "video",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.BigInteger(), nullable=False),
        sa.Column("clips", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(64), nullable=False),
        sa.Column("updated", sa.BigInteger(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_video"),
    )
    op.create_index("ix_video_updated", "video", ["updated"])
    op.create_table(
        "video_media",
        sa.Column("video", sa.String(64), nullable=False),
        sa.Column("media", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["video"], ["video.id"], name="fk_video_media_video", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("video", "media", name="pk_video_media"),
    )
    op.create_index("ix_video_media_media", "video_media", ["media"])
