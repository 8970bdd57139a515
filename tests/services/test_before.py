"""What is asked before something is scheduled, and what a network that is not there has to do with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from studio.core.errors import Refused
from studio.core.post import Post
from studio.platforms.base import Want
from studio.platforms.transport import Transport

NOBODY = "http://127.0.0.1:9"  # the port that throws away


def _said(findings):
    return [(f.code, f.severity) for f in findings]


@pytest.fixture
def post(desk):
    made = Post(text="Hello")
    desk.posts.save(made)
    return made


def _not_looked_at(desk, account):
    desk.workspace.accounts.set_health(account.id, datetime(2020, 1, 1, tzinfo=UTC), ())


def test_an_account_that_is_signed_out_is_told_in_time(desk, vault, post, account):
    vault.kept[account.id] = {"token": "another"}
    _not_looked_at(desk, account)
    assert _said(desk.before.findings(post, account)) == [("account.signed_out", "error")]
    with pytest.raises(Refused):
        desk.before.refuse(post, account)


def test_by_hand_no_doctor_is_asked(desk, fake, vault, post, account):
    vault.kept[account.id] = {"token": "another"}
    _not_looked_at(desk, account)
    by_hand = desk.accounts.set_mode(account.id, "assisted")
    assert desk.before.refuse(post, by_hand) == ()


def test_one_that_was_ill_is_looked_at_again(desk, fake, post, account):
    fake.server.faults["health"] = ["signin"]
    desk.accounts.check(account.id)
    assert not desk.accounts.health(account.id).usable
    assert desk.before.findings(post, account) == ()


def test_one_that_was_well_just_now_is_believed(desk, fake, post, account):
    desk.accounts.check(account.id)
    fake.server.faults["health"] = ["signin"]
    assert desk.before.findings(post, account) == () and fake.server.faults["health"] == ["signin"]


@pytest.mark.parametrize("fault", ["later"])
def test_nobody_who_could_tell_is_no_reason(desk, fake, post, account, fault):
    _not_looked_at(desk, account)
    fake.server.faults["health"] = [fault]
    assert desk.before.refuse(post, account) == ()


def test_a_picture_outside_that_cannot_be_had_now_stops_nothing(desk, fake, post, account):
    desk.accounts.outside = lambda: Transport(attempts=1)
    fake.wants = lambda content: (Want(None, fake.images, "inline", f"{NOBODY}/a.png?key=s3cret"),)
    found = desk.before.refuse(post, account)
    assert _said(found) == [("media.not_fetched_now", "warning")] and "s3cret" not in str(found)


def test_one_that_is_no_address_is_told_in_time(desk, fake, post, account):
    desk.accounts.outside = lambda: Transport(attempts=1)
    fake.wants = lambda content: (Want(None, fake.images, "inline", "http://[bad/\ud800.png"),)
    with pytest.raises(Refused) as refused:
        desk.before.refuse(post, account)
    assert [f.code for f in refused.value.findings] == ["media.not_fetched"]


def test_a_site_that_does_not_answer_is_waited_for_once(desk, fake, post, account):
    asked = []

    class Slow(Transport):
        def _exchange(self, request):
            asked.append(request.url)
            return super()._exchange(request)

    desk.accounts.outside = lambda: Slow(attempts=1)
    fake.wants = lambda content: tuple(Want(None, fake.images, "inline", f"{NOBODY}/{n}.png") for n in range(30))
    assert len(desk.before.refuse(post, account)) == 1 and len(asked) == 1
