"""Run by alembic with the connection `migrate.upgrade` hands over; there is no alembic.ini."""

from alembic import context

from studio.store import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.metadata,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
