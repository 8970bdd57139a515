"""Whether an account is fit to send: asked rarely, remembered over restarts, and never a reason to stop by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import State
from studio.core.errors import Later, Refused, SignInAgain
from studio.core.finding import error, warning
from studio.platforms.base import Life
from studio.services.health import Healths, must_sign_in
from tests.services.conftest import open_desk


def healths(desk, **later):
    return Healths(desk.accounts, lambda: datetime.now(UTC) + timedelta(**later))


def asked(fake):
    return fake.server.log.count("health")


def test_who_signed_in_just_now_is_not_asked_again(desk, account, fake):
    healths(desk).before_send(account)
    assert asked(fake) == 0 and desk.accounts.health(account.id).at is None


def test_after_some_hours_one_look_serves_many_sends_and_a_restart(desk, account, fake, vault, tmp_path):
    healths(desk, hours=7).before_send(account)
    healths(desk, hours=5).before_send(account)
    desk.close()
    again = open_desk(tmp_path / "w", vault)
    healths(again, hours=5).before_send(account)
    assert asked(fake) == 1
    healths(again, hours=7).before_send(account)
    assert asked(fake) == 2
    again.close()


def test_a_clock_set_back_a_year_asks(desk, account, fake):
    healths(desk, days=-365).before_send(account)
    assert asked(fake) == 1


def test_who_is_signed_out_must_sign_in_and_may_send_as_soon_as_that_is_done(desk, account, fake, vault):
    vault.kept[account.id] = {"token": "old"}
    desk.accounts.check(account.id)
    for _ in range(2):  # asked each time: the person may have mended it elsewhere
        with pytest.raises(SignInAgain) as over:
            healths(desk).before_send(account)
        assert over.value.findings[0].code == "account.signed_out"
    desk.accounts.add("fake", {"user": "mill", "password": "right"})
    healths(desk).before_send(account)
    assert desk.accounts.health(account.id).usable


def test_a_platform_that_is_down_stops_nothing_here(desk, account, fake):
    fake.server.faults = {"health": ["later"]}
    healths(desk, hours=7).before_send(account)


def test_what_was_not_granted_is_known_before_anything_is_asked(desk, account, fake):
    fake.scopes = ("write:media", "write:posts")
    mine = replace(account, identity={"scopes": "read write:media"})
    desk.workspace.accounts.save(mine)
    with pytest.raises(Refused) as refused:
        healths(desk).before_send(mine)
    assert (refused.value.findings[0].code, refused.value.findings[0].values) == (
        "account.scopes", {"scopes": "write:posts"})
    assert asked(fake) == 0
    assert "account.scopes" in [f.code for f in desk.accounts.check(account.id).findings]
    post = desk.posts.create(text="x")
    with pytest.raises(Refused):
        desk.calendar.schedule(post.id, account.id, datetime.now(UTC) + timedelta(days=1))


@pytest.mark.parametrize("granted", ["write read", "write:media write:posts", ""])
def test_a_wide_right_covers_the_narrow_and_unknown_ones_are_not_held_against(desk, account, fake, granted):
    fake.scopes = ("write:media", "write:posts")
    assert desk.accounts.rights(replace(account, identity={"scopes": granted} if granted else {})) == ()


def test_a_sign_in_that_cannot_renew_itself_warns_a_week_ahead(desk, account, fake, monkeypatch):
    ends = datetime.now(UTC) + timedelta(days=3, hours=1)
    monkeypatch.setattr(type(fake), "life", lambda self, account, secrets: Life(None, ends))
    desk.accounts.access(account).save({"token": "s3cret-token"})
    assert [f.code for f in desk.accounts.check(account.id).findings] == ["doctor.signed_in"], "it is young yet"
    began = datetime.now(UTC) - timedelta(days=40)
    desk.workspace.settings.set(f"signed in {account.id}", began.isoformat())
    found = desk.accounts.check(account.id)
    assert found.ends == ends and found.usable
    assert [(f.code, f.severity, f.values) for f in found.findings] == [("login.ends_soon", "warning", {"days": 3})]
    monkeypatch.setattr(type(fake), "life", lambda self, account, secrets: Life(ends, ends))
    desk.accounts.access(account).save({"token": "s3cret-token"})
    assert [f.code for f in desk.accounts.check(account.id).findings] == ["doctor.signed_in"], "this one renews itself"


def test_a_sign_in_that_is_over_by_its_own_word(desk, account, fake, monkeypatch):
    ends = datetime.now(UTC) - timedelta(minutes=1)
    monkeypatch.setattr(type(fake), "life", lambda self, account, secrets: Life(None, ends))
    desk.accounts.access(account).save({"token": "s3cret-token"})
    assert [f.code for f in desk.accounts.check(account.id).findings] == ["login.expired"]


def test_renewed_ahead_of_a_send_and_a_server_that_is_down_then_stops_nothing(desk, account, fake, monkeypatch):
    past = datetime.now(UTC) - timedelta(minutes=1)
    renewals = []

    def refresh(self, access, secrets):
        renewals.append(secrets)
        raise Later(error("net.down", "account", host="h"))

    monkeypatch.setattr(type(fake), "life", lambda self, account, secrets: Life(past, None))
    monkeypatch.setattr(type(fake), "refresh", refresh)
    desk.accounts.access(account).save({"token": "s3cret-token"})
    healths(desk).before_send(account)
    assert len(renewals) == 1


def test_a_send_looks_first_and_sends_nothing_for_who_is_signed_out(desk, account, fake, vault):
    vault.kept[account.id] = {"token": "old"}
    desk.accounts.check(account.id)
    post = desk.posts.create(text="Hello")
    sent = desk.publishing.publish(post.id, account.id)
    assert sent.state is State.FAILED and [f.code for f in sent.error] == ["account.signed_out"]
    assert fake.server.posts == {} and "plan" not in fake.server.log


def test_what_is_about_the_account_and_what_is_not():
    assert must_sign_in([error("login.expired"), error("account.closed"), warning("account.renamed")]) == (
        error("login.expired"), error("account.closed"))
    assert must_sign_in([error("net.down"), error("vault.locked")]) == ()
