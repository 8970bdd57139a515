"""What must be on disk before the world is told, and what may wait for the next synced write."""

import pytest

from studio.core.delivery import Delivery, State


@pytest.fixture
def pragmas(workspace):
    """How the connection of each write is set when it commits."""
    from sqlalchemy import event

    seen = []

    @event.listens_for(workspace.database.engine, "commit")
    def commit(connection):
        if connection.get_execution_options().get("immediate"):
            seen.append(connection.connection.driver_connection.execute("PRAGMA synchronous").fetchone()[0])

    return seen


FULL, NORMAL = 2, 1


def test_the_write_before_a_visible_request_is_synced_and_those_before_it_need_not_be(workspace, pragmas):
    deliveries = workspace.deliveries
    made = deliveries.add(Delivery(state=State.DUE))
    deliveries.take(made.id, "me", lambda d, went, hold: (State.PREPARING, {}), made.at, made.at)
    deliveries.move(made.id, State.PREPARING, State.STAGING, owner_is="me", synced=False)
    deliveries.begin(made.id, "me", lambda hold: {})
    deliveries.move(made.id, State.COMMITTING, State.PROCESSING, owner_is="me")
    assert pragmas == [FULL, NORMAL, NORMAL, FULL, FULL]


def test_a_connection_that_was_quick_once_is_not_quick_for_others(workspace, pragmas):
    for synced in (False, True, False, True):
        with workspace.database.write(synced=synced) as connection:
            connection.exec_driver_sql("UPDATE setting SET value = value")
    assert pragmas == [NORMAL, FULL, NORMAL, FULL]
