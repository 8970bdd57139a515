"""When the engine looks at a delivery next, when it went out, and what is on hold."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("wake", sa.BigInteger(), nullable=True))
    op.add_column("delivery", sa.Column("went", sa.BigInteger(), nullable=True))
    # What waits must be found by its moment, or it would wait for ever.
    op.execute("UPDATE delivery SET wake = at WHERE state IN ('scheduled', 'due', 'processing')")
    op.create_index("ix_delivery_wake", "delivery", ["wake"])
    op.create_index("ix_delivery_account_went", "delivery", ["account", "went"])
    op.create_table(
        "hold",
        sa.Column("scope", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_hold"),
    )
