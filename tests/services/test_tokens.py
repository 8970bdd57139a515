"""One renewal for all who wait, over threads and processes, at a real server that ends a family when one token comes
twice; saved before use; told truthfully when something got lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio import platforms
from studio.core.errors import Later, Refused, SignInAgain, VaultLocked
from studio.core.finding import error
from studio.platforms.transport import MaybeSent, Transport, Unsent
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.vault import Vault
from studio.store.workspace import Workspace
from tests.servers.faultproxy import HTML, FaultProxy
from tests.servers.oidc import Browser
from tests.services.browsing import BrowserPlatform
from tests.services.fakes import Died, FakeVault
from tests.torture.keychain import PLACE, Keychain

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(monkeypatch):
    """The only platform there is, for this test."""
    declared = BrowserPlatform("yigao-short")
    monkeypatch.setattr(platforms, "names", lambda: ("site",))
    monkeypatch.setattr(platforms, "get", lambda name: {"site": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"site": declared})
    return declared


@pytest.fixture
def vault():
    return FakeVault()


@pytest.fixture
def desk(tmp_path, site, vault):
    workspace = Workspace.open(tmp_path / "w")
    made = Desk(workspace, vault, Owners(workspace.cache / "owners"), Transport)
    yield made
    made.close()


@pytest.fixture
def account(desk, oidc):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    return desk.accounts.add("site", {"server": oidc.url, "callback": Browser().open(begun.url)})


def marked(desk, account):
    return desk.workspace.settings.get(f"renewing {account.id}") is not None


def renewal(access):
    return lambda secrets: platforms.get("site").refresh(access, secrets)


def code(problem):
    return problem.value.findings[0].code


def test_what_is_renewed_is_in_the_vault_before_it_is_used(desk, account, vault):
    access = desk.accounts.access(account)
    old = dict(vault.kept[account.id])
    fresh = access.renew(renewal(access))
    assert fresh == vault.kept[account.id] and fresh["refresh_token"] != old["refresh_token"]
    assert not marked(desk, account)
    assert desk.accounts.health(account.id).ends == datetime.fromisoformat(fresh["ends"])


def test_what_a_renewal_leaves_out_is_kept(desk, account, vault):
    desk.accounts.access(account).renew(lambda secrets: {"access_token": "new"})
    assert set(vault.kept[account.id]) == {"access_token", "refresh_token", "ends"}


def test_whoever_comes_second_takes_what_the_first_got(desk, account, oidc):
    before = len(oidc.seen(grant="refresh_token"))
    first, second = desk.accounts.access(account), desk.accounts.access(account)
    assert first.renew(renewal(first)) == second.renew(renewal(second))
    assert len(oidc.seen(grant="refresh_token")) == before + 1


def test_twenty_threads_make_one_renewal(desk, account, oidc):
    before = len(oidc.seen(grant="refresh_token"))
    waiting, got = [desk.accounts.access(account) for _ in range(20)], []
    gate = threading.Barrier(20)

    def race(access):
        gate.wait()
        got.append(access.renew(renewal(access)))

    racers = [threading.Thread(target=race, args=(access,)) for access in waiting]
    for each in racers:
        each.start()
    for each in racers:
        each.join()
    assert len(got) == 20 and all(secrets == got[0] for secrets in got)
    assert [s["status"] for s in oidc.seen(grant="refresh_token")[before:]] == [200]


RACER = """
import sys
from studio import platforms
from studio.platforms.transport import Transport
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.vault import Vault
from studio.store.workspace import Workspace
from tests.services.browsing import BrowserPlatform
from pathlib import Path

site = BrowserPlatform("yigao-short")
platforms.get = lambda name: {"site": site}[name]
workspace = Workspace.open(Path(sys.argv[1]))
desk = Desk(workspace, Vault(), Owners(workspace.cache / "owners"), Transport)
access = desk.accounts.access(desk.accounts.get(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
fresh = access.renew(lambda secrets: site.refresh(access, secrets))
print(fresh["refresh_token"], flush=True)
desk.close()
"""


def test_two_processes_make_one_renewal(tmp_path, site, oidc, monkeypatch):
    monkeypatch.setenv(PLACE, str(tmp_path / "keychain.json"))
    workspace = Workspace.open(tmp_path / "w")
    desk = Desk(workspace, Vault(Keychain()), Owners(workspace.cache / "owners"), Transport)
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    account = desk.accounts.add("site", {"server": oidc.url, "callback": Browser().open(begun.url)})
    desk.close()
    before = len(oidc.seen(grant="refresh_token"))
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "tests.torture.keychain.Keychain", "PYTHONPATH": str(ROOT)}
    racers = [
        subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path / "w"), account.id], stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT) for _ in range(2)
    ]  # fmt: skip
    for each in racers:
        assert each.stdout.readline() == "ready\n"
    for each in racers:
        each.stdin.write("go\n")
        each.stdin.flush()
    got = [each.communicate()[0].strip() for each in racers]
    assert [each.returncode for each in racers] == [0, 0] and got[0] and got[0] == got[1]
    assert [s["status"] for s in oidc.seen(grant="refresh_token")[before:]] == [200]
    kept = json.loads((tmp_path / "keychain.json").read_text())
    assert got[0] in kept[f"yigao/{account.id}"]


def test_reuse_ends_the_family_so_the_person_is_asked_to_sign_in(desk, account, vault):
    old = dict(vault.kept[account.id])
    access = desk.accounts.access(account)
    access.renew(renewal(access))
    vault.kept[account.id] = old  # as a keychain restored from a backup
    stale = desk.accounts.access(account)
    with pytest.raises(SignInAgain) as over:
        stale.renew(renewal(stale))
    assert code(over) == "login.expired" and vault.kept[account.id] == old


def test_a_crash_between_answer_and_vault_is_told_as_what_it_is(desk, account, vault, oidc):
    access = desk.accounts.access(account)

    def dies(secrets):
        renewal(access)(secrets)
        raise Died

    with pytest.raises(Died):
        access.renew(dies)
    assert marked(desk, account)
    later = desk.accounts.access(account)  # after the restart
    with pytest.raises(SignInAgain) as over:
        later.renew(renewal(later))
    assert code(over) == "login.renewal_lost"
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    again = desk.accounts.add("site", {"server": oidc.url, "callback": Browser().open(begun.url)})
    assert again.id == account.id and not marked(desk, account)
    assert desk.accounts.check(account.id).usable


def test_a_crash_before_the_request_costs_nothing(desk, account, vault):
    access = desk.accounts.access(account)

    def dies(secrets):
        raise Died

    with pytest.raises(Died):
        access.renew(dies)
    later = desk.accounts.access(account)
    assert later.renew(renewal(later)) == vault.kept[account.id]
    assert not marked(desk, account)


@pytest.mark.parametrize(("fault", "stays"), [
    (Unsent(error("net.down", "account", host="h")), False), (Later(error("net.broken", "account", host="h")), True),
    (Later(error("net.rate_limited", "account", host="h", seconds=9), after=9), False),
    (Refused(error("account.not_allowed", "account", host="h", reason="no")), False),
])
def test_whether_a_failed_renewal_may_have_been_made_is_remembered(desk, account, vault, fault, stays):
    old = dict(vault.kept[account.id])

    def fails(secrets):
        raise fault

    with pytest.raises((Later, Refused)):
        desk.accounts.access(account).renew(fails)
    assert marked(desk, account) == stays and vault.kept[account.id] == old


def test_a_vault_that_locks_in_the_wrong_moment_loses_nothing(desk, account, vault, monkeypatch, oidc):
    access = desk.accounts.access(account)
    before = len(oidc.seen(grant="refresh_token"))
    with monkeypatch.context() as patch:
        patch.setattr(vault, "write", _locked)
        with pytest.raises(VaultLocked):
            access.renew(renewal(access))
    assert marked(desk, account)
    again = desk.accounts.access(account)
    assert again.renew(renewal(again)) == vault.kept[account.id]
    assert access.renew(renewal(access)) == vault.kept[account.id]
    assert len(oidc.seen(grant="refresh_token")) == before + 2 and not marked(desk, account)


def _locked(*_):
    raise VaultLocked(error("vault.locked", "vault"))


def test_secrets_removed_meanwhile_ask_to_sign_in(desk, account, vault, oidc):
    access = desk.accounts.access(account)
    vault.delete(account.id)
    before = len(oidc.seen())
    with pytest.raises(SignInAgain):
        access.renew(renewal(access))
    assert len(oidc.seen()) == before


def test_removing_the_account_forgets_what_is_known_of_its_sign_in(desk, account, vault):
    assert desk.accounts.health(account.id).ends
    desk.accounts.remove(account.id)
    assert vault.kept == {}
    assert [k for k in desk.workspace.settings.all() if account.id in k] == []


def test_a_lost_reply_of_the_server_is_told_as_what_it_is(desk, account, vault, oidc):
    """It renewed, and we never heard of it: the old token is used up."""
    with FaultProxy(oidc.url) as proxy:
        mine = replace(account, api_base=proxy.url)
        access = desk.accounts.access(mine)
        proxy.lose_reply(only=r"^POST /token")
        with pytest.raises(Later) as later:
            access.renew(renewal(access))
        assert code(later) == "net.broken" and marked(desk, account)
        again = desk.accounts.access(mine)
        with pytest.raises(SignInAgain) as over:
            again.renew(renewal(again))
    assert code(over) == "login.renewal_lost"
    before = len(oidc.seen(grant="refresh_token"))
    desk.accounts.renew_ahead(account.id)
    assert len(oidc.seen(grant="refresh_token")) == before, "a dead token is not sent again and again"


@pytest.mark.parametrize("odd", [
    {"status": 200, "body": HTML}, {"status": 200, "body": b"{" + b" " * (10 << 20) + b"}"}, {"status": 500},
    {"status": 429, "headers": {"Retry-After": "7"}}, {"status": 200, "body": b"[]"},
    {"status": 302, "headers": {"Location": "http://127.0.0.1:9/token"}},
])
def test_whatever_stands_between_cannot_end_a_sign_in(desk, account, vault, oidc, odd):
    old = dict(vault.kept[account.id])
    with FaultProxy(oidc.url) as proxy:
        access = desk.accounts.access(replace(account, api_base=proxy.url))
        proxy.answer(**odd, only=r"^POST /token")
        with pytest.raises((Later, Refused)):
            access.renew(renewal(access))
        assert proxy.hits and vault.kept[account.id] == old
        again = desk.accounts.access(replace(account, api_base=proxy.url))
        assert again.renew(renewal(again))["refresh_token"] != old["refresh_token"]


def test_a_check_learns_how_long_a_sign_in_holds(desk, account, vault, site):
    """An account that was signed in before anybody kept that, or whose database came out of a backup."""
    desk.workspace.settings.forget(f"sign-in {account.id}")
    assert desk.accounts.health(account.id).ends is None
    found = desk.accounts.check(account.id)
    assert found.ends == datetime.fromisoformat(vault.kept[account.id]["ends"])


def test_removing_the_account_makes_its_tokens_worthless(desk, account, vault, site, oidc):
    access = desk.accounts.access(account)
    desk.accounts.remove(account.id)
    with pytest.raises(SignInAgain):
        site.refresh(access, access.secrets)


def test_an_account_can_be_removed_while_its_server_is_down(desk, account, vault):
    desk.workspace.accounts.save(replace(account, identity={"server": "http://127.0.0.1:9"}))
    desk.accounts.remove(account.id)
    assert vault.kept == {} and desk.accounts.list() == []


def test_a_renewal_may_save_by_itself(desk, account, vault):
    access = desk.accounts.access(account)

    def saves(secrets):
        access.save({**secrets, "more": "1"})
        return {"more": "2"}

    assert access.renew(saves)["more"] == "2" and vault.kept[account.id]["more"] == "2"


def test_a_turn_that_never_comes_is_later(desk, account, monkeypatch):
    monkeypatch.setattr("studio.services.tokens.WAIT", 0.0)
    access, problems = desk.accounts.access(account), []

    def meanwhile(secrets):
        other = threading.Thread(target=lambda: problems.append(_problem(desk.accounts.access(account))))
        other.start()
        other.join()
        return {}

    access.renew(meanwhile)
    assert [(type(p), p.findings[0].code) for p in problems] == [(Later, "renewal.busy")]


def _problem(access):
    try:
        return access.renew(lambda secrets: {})
    except Later as later:
        return later


def test_a_new_sign_in_waits_for_the_renewal_under_way(desk, account, vault, oidc):
    """Otherwise the renewal would write over it."""
    access, done = desk.accounts.access(account), threading.Event()
    threads = []

    def slow(secrets):
        def again():
            desk.accounts.add("site", {"server": oidc.url, "token": "of-the-new-sign-in"})
            done.set()

        threads.append(threading.Thread(target=again))
        threads[0].start()
        assert not done.wait(0.2)
        return {"access_token": "renewed"}

    access.renew(slow)
    threads[0].join()
    assert vault.kept[account.id]["access_token"] == "of-the-new-sign-in"


def test_ahead_of_its_end_a_sign_in_is_renewed_and_not_before(desk, account, site, oidc, monkeypatch):
    desk.accounts.access(account).save({"access_token": "a", "refresh_token": "r", "ends": _in(hours=1)})
    desk.accounts.renew_ahead(account.id)
    assert site.renewals == 0
    desk.accounts.access(account).save({"access_token": "a", "refresh_token": "r", "ends": _in(hours=-1)})
    with pytest.raises(SignInAgain):
        desk.accounts.renew_ahead(account.id)
    assert site.renewals == 1


def _in(**delta):
    return (datetime.now(UTC) + timedelta(**delta)).isoformat()


def test_an_access_token_that_ended_is_renewed_in_the_middle_of_a_send(desk, account, site, vault, oidc):
    """The server refuses it; nothing was done; it is renewed and the request made again, once."""
    kept = vault.kept[account.id]
    vault.kept[account.id] = {**kept, "access_token": "no-such-token", "ends": _in(days=1)}
    post = desk.posts.create(text="Hello", accounts=(account.id,))
    sent = desk.publishing.publish(post.id, account.id)
    assert sent.state.value == "published", sent
    assert site.renewals == 1 and vault.kept[account.id]["refresh_token"] != kept["refresh_token"]
    assert site.server.log.count("commit") == 1


def test_two_deliveries_that_find_the_token_ended_renew_it_once(desk, account, site, vault, oidc):
    kept = vault.kept[account.id]
    vault.kept[account.id] = {**kept, "ends": _in(seconds=-1)}
    accesses = [desk.accounts.access(account) for _ in range(2)]
    before = len(oidc.seen(grant="refresh_token"))
    for access in accesses:
        assert site.health(access) == ()
    assert len(oidc.seen(grant="refresh_token")) == before + 1


def test_a_clock_that_is_wrong_renews_once_and_the_server_has_the_last_word(desk, account, site, oidc):
    access = replace(desk.accounts.access(account), now=lambda: datetime.now(UTC) + timedelta(days=3))
    bearer = site.bearer(access)
    before = len(oidc.seen(grant="refresh_token"))
    for _ in range(3):
        assert bearer.request("GET", f"{oidc.url}/me").status == 200
    assert len(oidc.seen(grant="refresh_token")) == before + 1


def test_a_lost_answer_of_a_renewal_is_no_lost_post(desk, account, site):
    access = desk.accounts.access(account)

    def lost(secrets):
        raise MaybeSent(error("net.broken", "account", host="h"))

    with pytest.raises(Later):
        access.renew(lost)
    assert marked(desk, account)
