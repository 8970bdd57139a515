"""Accounts are asked once a day, sooner when nobody answered, and one that fails keeps no other waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from studio.core.finding import error
from studio.services import rounds
from studio.services.rounds import Rounds


@pytest.fixture
def day(desk):
    clock = [datetime.now(UTC)]
    made = Rounds(desk.accounts, lambda: clock[0])
    made.clock = clock
    return made


def asked(fake):
    return fake.server.log.count("health")


def test_each_account_is_asked_once_a_day(desk, account, fake, day):
    assert day.once() == [account.id] and day.once() == [] and asked(fake) == 1
    day.clock[0] += timedelta(hours=25)
    assert day.once() == [account.id] and asked(fake) == 2


def test_a_clock_that_was_set_back_keeps_no_account_unasked(desk, account, fake, day):
    day.once()
    day.clock[0] -= timedelta(days=365)
    assert day.once() == [account.id]


def test_when_nobody_answered_it_is_asked_again_sooner(desk, account, fake, day):
    desk.workspace.accounts.set_health(account.id, day.clock[0], (error("net.down", "account", host="x"),))
    assert day.once() == []
    day.clock[0] += timedelta(hours=1)
    assert day.once() == [account.id]


def test_a_sign_in_that_ended_is_not_asked_over_and_over(desk, account, fake, day):
    desk.workspace.accounts.set_health(account.id, day.clock[0], (error("login.expired", "account"),))
    day.clock[0] += timedelta(hours=1)
    assert day.once() == []


def test_one_account_that_fails_keeps_no_other_waiting(desk, account, fake, day, monkeypatch):
    other = desk.accounts.add("fake", {"user": "second", "password": "right"})
    fake.server.faults = {"health": ["signin"]}
    assert day.once() == [account.id, other.id]
    assert not desk.accounts.health(account.id).usable and desk.accounts.health(other.id).usable


def test_rounds_come_by_themselves_and_end(desk, account, fake, monkeypatch):
    import threading

    monkeypatch.setattr(rounds, "FIRST", 0.01)
    came = threading.Event()
    desk.accounts.changed.connect(lambda id: came.set())
    made = Rounds(desk.accounts)
    made.start()
    assert came.wait(30)
    made.stop()
    assert asked(fake) == 1
