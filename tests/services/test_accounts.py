import pytest

from studio.core.errors import NotFound, Refused
from studio.core.finding import error
from studio.platforms.base import Login


def codes(refused):
    return [(f.code, f.field) for f in refused.value.findings]


def test_a_login_keeps_secrets_in_the_vault_and_nowhere_else(desk, vault, account):
    assert vault.kept == {account.id: {"token": "s3cret-token"}}
    desk.workspace.close()
    for path in desk.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert b"s3cret-token" not in data and b"right" not in data, path.name


def test_a_refused_login_keeps_nothing(desk, vault):
    with pytest.raises(Refused) as refused:
        desk.accounts.add("fake", {"user": "mill", "password": "wrong"})
    assert codes(refused) == [("login.refused", "password")]
    assert desk.accounts.list() == [] and vault.kept == {}


def test_missing_fields_are_named(desk):
    with pytest.raises(Refused) as refused:
        desk.accounts.add("fake", {"user": " "})
    assert codes(refused) == [("login.missing", "user"), ("login.missing", "password")]


def test_without_a_keychain_nothing_is_sent_or_kept(desk, vault):
    vault.findings = (error("vault.none", "account"),)
    with pytest.raises(Refused) as refused:
        desk.accounts.add("fake", {"user": "mill", "password": "right"})
    assert codes(refused) == [("vault.none", "account")] and desk.accounts.list() == [] and vault.kept == {}


def test_unknown_fields_are_ignored(desk):
    assert desk.accounts.add("fake", {"user": "m", "password": "right", "colour": "blue"}).handle == "@m"


def test_signing_in_again_keeps_the_account(desk, account):
    again = desk.accounts.add("fake", {"user": "mill", "password": "right"})
    assert again.id == account.id and len(desk.accounts.list()) == 1


@pytest.mark.parametrize("base", ["ftp://x", "nonsense", "http://", "http://u:p@host", "http://host?x=1", "http://[x"])
def test_an_api_base_that_is_no_server_is_refused(desk, base):
    with pytest.raises(Refused) as refused:
        desk.accounts.add("fake", {"user": "m", "password": "right"}, api_base=base)
    assert codes(refused) == [("account.api_base", "api_base")]
    shown = refused.value.findings[0].values["url"]
    assert "p@" not in shown and "x=1" not in shown
    assert shown and shown in base, "the person sees what was not understood"


def test_checking_remembers_what_was_found(desk, account, vault):
    assert desk.accounts.check(account.id).usable
    vault.kept.clear()
    assert not desk.accounts.check(account.id).usable
    remembered = desk.accounts.health(account.id)
    assert remembered.findings[0].code == "account.signed_out" and remembered.at is not None


def test_a_platform_that_is_down_is_a_finding_not_a_crash(desk, account, fake):
    fake.server.faults = {"health": ["later"]}
    assert [f.code for f in desk.accounts.check(account.id).findings] == ["fake.later"]


def test_removing_forgets_the_secrets(desk, account, vault):
    desk.accounts.remove(account.id)
    assert vault.kept == {} and desk.accounts.list() == []
    with pytest.raises(NotFound):
        desk.accounts.get(account.id)


def test_only_declared_modes(desk, fake):
    fake.modes = ("api", "assisted")
    with pytest.raises(Refused) as refused:
        desk.accounts.add("fake", {"user": "m", "password": "right"}, mode="kit")
    assert codes(refused) == [("account.mode", "mode")]


def test_changes_are_told(desk, account):
    heard = []
    desk.accounts.changed.connect(heard.append)
    desk.accounts.rename(account.id, "New name")
    desk.accounts.check(account.id)
    desk.accounts.remove(account.id)
    assert heard == [account.id] * 3


def test_an_account_without_a_name_is_called_as_its_platform(desk, account):
    desk.accounts.rename(account.id, "")
    heard = []
    desk.accounts.changed.connect(heard.append)
    desk.accounts.speak("zh_CN")
    assert desk.accounts.get(account.id).name == "假" and [a.name for a in desk.accounts.list()] == ["假"]
    desk.accounts.speak("en")
    assert desk.accounts.get(account.id).name == "Fake" and heard == ["", ""]


def test_an_embedded_account_comes_once_and_stays_removed(desk, fake):
    fake.embedded, fake.fields = True, ()
    fake.login = lambda fields, base, transport: Login({}, "local", "")
    desk.workspace.settings.set("platforms seen", [])
    desk.accounts.ensure_embedded()
    made = desk.accounts.list()
    assert [(a.platform, a.name) for a in made] == [("fake", "Fake")]
    desk.accounts.remove(made[0].id)
    desk.accounts.ensure_embedded()
    assert desk.accounts.list() == []


def test_an_account_by_hand_that_signs_in_keeps_its_id_name_and_settings(desk, fake, vault):
    fake.modes = ("api", "assisted", "kit")
    by_hand = desk.accounts.add("fake", {"handle": "the mill"}, name="Mill", mode="assisted")
    same = desk.accounts.add("fake", {"user": "mei", "password": "right"}, mode="api", into=by_hand.id)
    assert (same.id, same.name, same.handle, same.mode) == (by_hand.id, "Mill", "@mei", "api")
    assert [a.id for a in desk.accounts.list() if a.platform == "fake"] == [by_hand.id]
    assert vault.kept[by_hand.id]["token"] == "s3cret-token"
    assert desk.accounts.check(by_hand.id).usable


def test_signing_in_as_somebody_else_takes_no_account_over(desk, fake):
    mei = desk.accounts.add("fake", {"user": "mei", "password": "right"})
    other = desk.accounts.add("fake", {"user": "lin", "password": "right"}, into=mei.id)
    assert other.id != mei.id and desk.accounts.get(mei.id).handle == "@mei"


def test_a_new_login_of_the_same_account_keeps_what_its_platform_keeps(desk, account, fake):
    fake.keeps = ("reviewed",)
    desk.accounts.access(account).learn({"reviewed": "no", "scopes": "write", "state": "over"})
    desk.accounts.rename(account.id, "My mill")
    again = desk.accounts.add("fake", {"user": "mill", "password": "right"})
    assert (again.id, again.name, dict(again.identity)) == (account.id, "My mill", {"id": "1", "reviewed": "no"})


@pytest.mark.parametrize("typed", ["@mei", " ＠mei ", "mei"])
def test_the_sign_before_a_handle_is_not_part_of_it(desk, typed):
    account = desk.accounts.add("fake", {"handle": typed}, mode="assisted")
    assert (account.handle, account.name) == ("mei", "mei")
