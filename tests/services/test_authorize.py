"""Signing in with the browser, at a real authorization server: over loopback, by pasting, and what is refused."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio import platforms
from studio.core.errors import Cancelled, Later, Refused
from studio.platforms.transport import Transport, Unsent
from studio.services.authorize import Authorize, page
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.servers.oidc import Browser
from tests.services.browsing import BrowserPlatform
from tests.services.fakes import FakeVault


@pytest.fixture
def site(monkeypatch):
    """The only platform there is, for this test."""
    declared = BrowserPlatform()
    monkeypatch.setattr(platforms, "names", lambda: ("site",))
    monkeypatch.setattr(platforms, "get", lambda name: {"site": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"site": declared})
    return declared


def open_desk(folder, vault):
    workspace = Workspace.open(folder)
    return Desk(workspace, vault, Owners(workspace.cache / "owners"), Transport)


@pytest.fixture
def vault():
    return FakeVault()


@pytest.fixture
def desk(tmp_path, site, vault):
    made = open_desk(tmp_path / "w", vault)
    yield made
    made.close()


def code(problem):
    return problem.value.findings[0].code


def waiting(desk):
    return [key for key in desk.workspace.settings.all() if key.startswith("sign-in waits ")]


def test_by_this_machines_browser(desk, oidc, vault):
    sign_in = desk.accounts.browse("site", {"server": oidc.url})
    assert sign_in.listens and sign_in.begun.way == "loopback"
    seen = []
    visitor = threading.Thread(target=lambda: seen.append(Browser().come_back(sign_in.begun.url)))
    visitor.start()
    callback = sign_in.wait(lambda: False)
    visitor.join()
    account = desk.accounts.add("site", {"server": oidc.url, "callback": callback})
    assert seen[0].status_code == 200 and "You can close this page" in seen[0].text
    assert account.handle == "mei" and account.identity["scopes"] == "openid offline_access publish"
    assert set(vault.kept) == {account.id} and vault.kept[account.id]["refresh_token"]
    assert waiting(desk) == []
    assert desk.accounts.check(account.id).usable


def test_begun_in_one_process_completed_in_another(desk, oidc, vault, tmp_path):
    """Two desks share the workspace and the keychain, as two commands do."""
    fields = {"server": oidc.url, "token": ""}
    begun = desk.accounts.authorize("site", fields, way="loopback")
    assert begun.redirect.startswith("http://127.0.0.1:") and begun.url.startswith(oidc.authorize)
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    assert asked["state"] == begun.state and asked["redirect_uri"] == begun.redirect
    ended = Browser().open(begun.url)
    other = open_desk(tmp_path / "w", vault)
    account = other.accounts.add("site", {"server": f" {oidc.url} ".strip(), "callback": ended})
    other.close()
    assert account.handle == "mei" and list(vault.kept) == [account.id]
    for path in desk.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for secret in (vault.kept[account.id]["refresh_token"], begun.state, ended.split("code=")[1][:20]):
                assert secret.encode() not in data, path.name


def test_a_code_alone_is_enough(desk, oidc):
    begun = desk.accounts.authorize("site", {"server": oidc.url}, way="oob")
    bare = dict(parse_qsl(urlsplit(Browser().open(begun.url)).query))["code"]
    assert desk.accounts.add("site", {"server": oidc.url, "callback": f" {bare}\n"}).handle == "mei"


def test_the_way_without_a_browser_stays_open(desk, oidc, vault):
    account = desk.accounts.add("site", {"server": oidc.url, "token": "given-by-hand"})
    assert vault.kept[account.id]["access_token"] == "given-by-hand"


def test_saying_no_keeps_nothing(desk, oidc, vault):
    sign_in = desk.accounts.browse("site", {"server": oidc.url})
    seen = []
    visitor = threading.Thread(target=lambda: seen.append(Browser(agrees=False).come_back(sign_in.begun.url)))
    visitor.start()
    callback = sign_in.wait(lambda: False)
    visitor.join()
    assert "Nothing was allowed" in seen[0].text
    with pytest.raises(Refused) as refused:
        desk.accounts.add("site", {"server": oidc.url, "callback": callback})
    assert code(refused) == "authorize.denied"
    assert vault.kept == {} and desk.accounts.list() == [] and waiting(desk) == []


@pytest.mark.parametrize(("change", "wanted"), [
    (lambda url, state: url.replace(state, "x" * len(state)), "authorize.state"),
    (lambda url, state: url.replace(f"state={state}", "s=1"), "authorize.state"),
    (lambda url, state: url.split("?")[0], "authorize.no_code"),
])
def test_an_answer_that_is_not_ours_leaves_the_sign_in_waiting(desk, oidc, vault, change, wanted):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    ended = Browser().open(begun.url)
    calls = len(oidc.seen())
    with pytest.raises(Refused) as refused:
        desk.accounts.add("site", {"server": oidc.url, "callback": change(ended, begun.state)})
    assert code(refused) == wanted and len(oidc.seen()) == calls, "nothing went to the server"
    assert desk.accounts.add("site", {"server": oidc.url, "callback": ended}).handle == "mei"


def test_a_code_goes_only_to_the_server_the_sign_in_was_begun_with(desk, oidc):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    ended = Browser().open(begun.url)
    with pytest.raises(Refused) as refused:
        desk.accounts.add("site", {"server": "http://127.0.0.1:9", "callback": ended})
    assert code(refused) == "authorize.other_fields"
    with pytest.raises(Refused) as elsewhere:
        desk.accounts.add("site", {"server": oidc.url, "callback": ended}, api_base="http://127.0.0.1:9")
    assert code(elsewhere) == "authorize.none"
    assert desk.accounts.add("site", {"server": oidc.url, "callback": ended}).handle == "mei"


def test_an_answer_is_taken_once(desk, oidc):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    ended = Browser().open(begun.url)
    desk.accounts.add("site", {"server": oidc.url, "callback": ended})
    with pytest.raises(Refused) as refused:
        desk.accounts.add("site", {"server": oidc.url, "callback": ended})
    assert code(refused) == "authorize.none"


def test_a_sign_in_waits_half_an_hour(desk, oidc, vault, site):
    late = [datetime.now(UTC)]
    waits = Authorize(desk.workspace, vault, lambda: late[0])
    fields = {"server": oidc.url, "token": "", "callback": ""}
    with Transport() as transport:
        begun = waits.begin(site, fields, "", transport)
        ended = Browser().open(begun.url)
        late[0] += timedelta(minutes=30)
        with pytest.raises(Refused) as refused:
            waits.complete(site, {**fields, "callback": ended}, "", transport)
    assert (code(refused), vault.kept, waiting(desk)) == ("authorize.none", {}, [])


def test_a_server_that_is_down_leaves_the_code_for_another_try(desk, oidc, site, monkeypatch):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    ended = Browser().open(begun.url)
    with monkeypatch.context() as patch:
        patch.setattr(type(site), "complete", _down)
        with pytest.raises(Later):
            desk.accounts.add("site", {"server": oidc.url, "callback": ended})
    assert desk.accounts.add("site", {"server": oidc.url, "callback": ended}).handle == "mei"


def _down(*_):
    raise Unsent


def test_a_failed_sign_in_touches_nothing_of_a_working_account(desk, oidc, vault):
    account = desk.accounts.add("site", {"server": oidc.url, "token": "works"})
    before = dict(vault.kept[account.id])
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    ended = Browser(agrees=False).open(begun.url)
    with pytest.raises(Refused):
        desk.accounts.add("site", {"server": oidc.url, "callback": ended})
    assert vault.kept[account.id] == before and desk.accounts.list() == [desk.accounts.get(account.id)]


def test_signing_in_again_keeps_a_refresh_token_the_new_answer_lacks(desk, oidc, vault):
    begun = desk.accounts.authorize("site", {"server": oidc.url})
    account = desk.accounts.add("site", {"server": oidc.url, "callback": Browser().open(begun.url)})
    old = vault.kept[account.id]["refresh_token"]
    again = desk.accounts.add("site", {"server": oidc.url, "token": "by-hand"})
    assert again.id == account.id
    assert vault.kept[account.id] == {"access_token": "by-hand", "ends": "", "refresh_token": old}


def test_what_is_needed_to_begin(desk, vault, oidc):
    with pytest.raises(Refused) as missing:
        desk.accounts.authorize("site", {"server": ""})
    assert code(missing) == "login.missing"
    with pytest.raises(Refused) as base:
        desk.accounts.authorize("site", {"server": oidc.url}, api_base="nowhere")
    assert code(base) == "account.api_base" and vault.kept == {}


def test_a_platform_without_a_browser_login_says_so(desk, site, monkeypatch):
    monkeypatch.setattr(type(site), "browser", None)
    for begin in (desk.accounts.authorize, desk.accounts.browse):
        with pytest.raises(Refused) as refused:
            begin("site", {"server": "x"})
        assert code(refused) == "account.no_browser"


def test_nobody_listens_after_a_refused_beginning_or_a_stop(desk, oidc):
    before = threading.active_count()
    with pytest.raises(Refused):
        desk.accounts.browse("site", {"server": ""})
    sign_in = desk.accounts.browse("site", {"server": oidc.url}, seconds=1)
    with pytest.raises(Cancelled):
        sign_in.wait(lambda: True)
    assert threading.active_count() == before


def test_a_stopped_window_can_still_paste(desk, oidc):
    sign_in = desk.accounts.browse("site", {"server": oidc.url})
    sign_in.close()
    ended = Browser().open(sign_in.begun.url)
    assert desk.accounts.add("site", {"server": oidc.url, "callback": ended}).handle == "mei"


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
@pytest.mark.parametrize("what", ["done", "denied", "wrong"])
def test_the_page_at_the_end_is_whole(what, language):
    made = page(what, language)
    assert made.startswith("<!doctype html>") and "{" not in made.split("</style>")[1] and "<h1>" in made


def test_by_command(desk, site, vault, oidc, capsys, monkeypatch, tmp_path):
    """`account authorize`, a browser, `account add`."""
    import io

    from studio.cli.app import App
    from studio.cli.main import _root

    def run(*words, stdin):
        app = App(tmp_path / "w", True, "en", None)
        app._desk = open_desk(tmp_path / "w", vault)
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(stdin)))
        status = _root().main(list(words), "yigao", standalone_mode=False, obj=app)
        app.close()
        heard = capsys.readouterr()
        return status, json.loads(heard.out), heard.out + heard.err

    status, begun, _ = run("account", "authorize", "site", stdin={"server": oidc.url, "else": 3})
    assert status == 0 and {"url", "state"} <= set(begun) and begun["way"] == "loopback"
    ended = Browser().open(begun["url"])
    status, added, heard = run("account", "add", "site", stdin={"server": oidc.url, "callback": ended})
    assert (status, added["handle"]) == (0, "mei")
    assert dict(parse_qsl(urlsplit(ended).query))["code"] not in heard
