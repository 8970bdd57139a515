"""Logins by command: fields on standard input only, secrets in the keychain only, and never in any output."""

import json

import pytest

from studio.cli.account import parse_login
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.words import Words
from studio.platforms.base import Setting
from tests.cli.conftest import SECRET

GOOD = json.dumps({"user": "mill", "password": "right", "more": 3})


def test_an_account_is_added_listed_checked_and_removed(cli, fake):
    added = cli("account", "add", "fake", "--name", "Mine", stdin=GOOD)
    assert added.status == 0
    assert {"account", "platform", "mode", "handle"} <= set(added.json)
    assert (added.json["platform"], added.json["mode"], added.json["handle"]) == ("fake", "api", "@mill")
    id = added.json["account"]
    rows = cli("account", "list").json
    assert {"account", "platform", "mode", "handle", "health"} <= set(rows[0])
    assert rows[0]["health"] == {"usable": None, "at": None, "findings": [], "ends": None}
    checked = cli("account", "check", id)
    assert (checked.status, checked.json[0]["health"]["usable"]) == (0, True)
    assert cli("account", "list").json[0]["health"]["usable"] is True
    assert cli("account", "remove", id).json[0]["account"] == id
    assert cli("account", "list").json == [] and fake.vault.kept == {}


def test_an_account_that_is_not_usable_says_why(cli, fake, account):
    fake.vault.kept[account] = {"token": "old"}
    answer = cli("account", "check", account)
    assert answer.status == 1
    health = answer.json[0]["health"]
    assert (health["usable"], [f["code"] for f in health["findings"]]) == (False, ["account.signed_out"])


def test_fields_are_listed_with_what_is_secret(cli):
    fields = cli("account", "fields", "bluesky").json
    assert {"identifier", "password"} <= {f["name"] for f in fields}
    assert {"name", "label", "help", "secret", "required", "default"} == set(fields[0])
    assert [f["name"] for f in fields if f["secret"]] == ["password"]
    assert cli("account", "fields", "nowhere").codes == ["not_found"]


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        ("", "login.no_input"), ("  \n", "login.no_input"), (SECRET, "login.unreadable"),
        (f'["{SECRET}"]', "login.unreadable"), ('{"password": "' + SECRET, "login.unreadable"),
        ("[" * 100_000, "login.unreadable"), ('{"user": 3, "password": "' + SECRET + '"}', "login.not_text"),
        ('{"user": "mill"}', "login.missing"), ('{"user": "mill", "password": "' + SECRET + '"}', "login.refused"),
        ('{"user": "' + "x" * 2_000_000 + '"}', "login.unreadable"),
    ],
)
def test_a_login_that_cannot_be_used_is_refused_and_never_echoed(cli, fake, stdin, code):
    answer = cli("account", "add", "fake", stdin=stdin)
    assert (answer.status, answer.codes) == (1, [code])
    assert SECRET not in answer.out + answer.err
    assert cli("account", "list").json == [] and fake.vault.kept == {}


def test_without_a_keychain_nothing_is_kept_and_it_is_said(cli, fake, tmp_path):
    fake.vault.findings = (error("vault.none", "vault"),)
    answer = cli("account", "add", "fake", stdin=GOOD)
    assert (answer.status, answer.codes) == (1, ["vault.none"])
    assert fake.vault.log == [] and "login" not in fake.server.log


def test_the_real_keychain_refuses_where_there_is_none(cli):
    answer = cli("account", "add", "bluesky", stdin=json.dumps({"identifier": "a.test", "password": SECRET}))
    assert (answer.status, answer.codes) == (1, ["vault.none"])
    assert SECRET not in answer.out + answer.err


@pytest.mark.parametrize("url", ["ftp://x", "pds.example.com", "https://user:pass@x", "https://x/?a=b"])
def test_an_odd_server_address_is_refused(cli, fake, url):
    assert cli("account", "add", "fake", "--api-base", url, stdin=GOOD).codes == ["account.api_base"]


def test_a_mode_the_platform_has_not_is_refused(cli, fake):
    fake.modes = ("api", "assisted")
    assert cli("account", "add", "fake", "--mode", "kit", stdin=GOOD).codes == ["account.mode"]


def test_by_hand_nobody_signs_in(cli, fake):
    added = cli("account", "add", "fake", "--mode", "assisted", "--handle", "@mill", "--name", "Mill")
    assert (added.status, added.json["mode"], added.json["handle"], added.json["name"]) == (
        0, "assisted", "mill", "Mill")
    id = added.json["account"]
    assert cli("account", "check", id).json[0]["health"]["usable"] is True
    assert cli("account", "mode", id, "api").codes == ["account.sign_in_first"]
    assert cli("account", "mode", id, "kit").json["mode"] == "kit"


def test_a_login_decides_for_the_api(cli, fake):
    fake.modes = ("assisted", "api")
    assert cli("account", "add", "fake", stdin=GOOD).json["mode"] == "api"


def test_what_can_be_set_is_shown_and_kept_over_a_new_login(cli, fake):
    fake.settings = (
        Setting("version", Words("Version", "版本", "版本"), Words("Of the API", "接口的版本", "介面的版本"), "v1",
                ("v1", "v2")),)
    id = cli("account", "add", "fake", stdin=GOOD).json["account"]
    assert [(s["name"], s["value"]) for s in cli("account", "set", id).json] == [("version", "v1")]
    assert cli("account", "set", id, "version", "v2").json[0]["value"] == "v2"
    assert cli("account", "add", "fake", stdin=GOOD).json["account"] == id
    assert cli("account", "set", id).json[0]["value"] == "v2"
    assert cli("account", "set", id, "version", "v9").codes == ["account.setting_value"]
    assert cli("account", "set", id, "colour", "red").codes == ["account.setting"]
    assert cli("account", "set", id, "version").json[0]["value"] == "v1"


def test_at_a_terminal_it_is_said_what_is_expected(cli, fake, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("studio.cli.account.sys", Terminal(GOOD))
        answer = cli("account", "add", "fake")
    assert answer.status == 0
    assert "user, password" in answer.err and "JSON" in answer.err


class Terminal:
    """A `sys` whose standard input is a terminal that somebody types into."""

    def __init__(self, typed):
        self.stdin, self._typed = self, typed

    def isatty(self):
        return True

    def read(self, most):
        return self._typed[:most]


def test_secrets_are_in_no_output_and_in_no_file(cli, fake, folder, tmp_path):
    fake.login = lambda fields, base, transport: Accepted(fields["password"])
    id = cli("account", "add", "fake", stdin=json.dumps({"user": "mill", "password": SECRET})).json["account"]
    assert fake.vault.kept[id] == {"token": SECRET}
    post = cli("post", "import", folder).json["post"]
    heard = []
    for words in (
        ["account", "list"], ["account", "check", id], ["publish", post, "--account", id], ["deliveries"],
        ["post", "show", post], ["doctor"], ["backup", "--out", tmp_path / "b.zip"], ["post", "export", post, "--out",
                                                                                     tmp_path / "x.yigao"],
    ):
        for as_json in (True, False):
            answer = cli(*words, as_json=as_json)
            heard.append(answer.out + answer.err)
    assert SECRET not in "".join(heard)
    files = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(files) > 5
    assert [p for p in files if SECRET.encode() in p.read_bytes()] == []


class Accepted:
    """A login whose secret is the password itself."""

    def __init__(self, secret):
        self.secrets, self.handle, self.name, self.identity = {"token": secret}, "@mill", "Mill", {}


def test_only_known_fields_are_taken():
    assert parse_login('\ufeff{"a": "1", "b": 2}', "a") == {"a": "1"}
    with pytest.raises(Refused):
        parse_login("{", "a")
