"""A login by browser in three processes: one command begins it, a browser agrees, another command completes it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.servers.mastodon import Mastodon
from tests.torture.keychain import PLACE

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server():
    with Mastodon() as running:
        running.consents = running.state.person("mei", "Mei 梅")
        yield running


@pytest.fixture
def command(tmp_path):
    """Runs one command in a process of its own; all share a workspace and a keychain. `heard` is all they said."""

    def run(*words, stdin=None):
        environment = {
            **os.environ, "PYTHON_KEYRING_BACKEND": "tests.torture.keychain.Keychain", "PYTHONPATH": str(ROOT),
            PLACE: str(tmp_path / "keychain.json"), "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "--workspace", str(tmp_path / "w"), "--json", *words],
            input=json.dumps(stdin or {}), capture_output=True, text=True, env=environment, cwd=ROOT, encoding="utf-8",
        )
        heard.append(done.stdout + done.stderr)
        return done.returncode, json.loads(done.stdout)

    heard = run.heard = []
    return run


def browse(url):
    return httpx.get(url, follow_redirects=False, trust_env=False)


def kept(tmp_path):
    """Every text that the keychain holds, those inside texts too."""
    place = tmp_path / "keychain.json"
    return set(texts(json.loads(place.read_text()))) if place.exists() else set()


def texts(value):
    if isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, str) and value.startswith("{"):
        yield from texts(json.loads(value))
    elif isinstance(value, str) and len(value) > 15:
        yield value


@pytest.mark.parametrize("relay", [False, True])
def test_begun_agreed_completed_used_and_forgotten(server, command, tmp_path, relay):
    fields = {"server": "social.test" if relay else server.url, "unknown": 3}
    base = ["--api-base", server.url] if relay else []
    status, begun = command("account", "authorize", "mastodon", *base, stdin=fields)
    assert status == 0 and {"url", "state"} <= set(begun) and begun["url"].startswith(server.url)
    public = {*dict(parse_qsl(urlsplit(begun["url"]).query)).values(), server.url}
    secrets = kept(tmp_path)
    ended = browse(begun["url"]).headers["Location"]
    status, added = command("account", "add", "mastodon", *base, stdin={**fields, "callback": ended})
    assert (status, added["handle"], added["mode"]) == (0, "mei@social.test", "api")
    status, checked = command("account", "check", added["account"])
    assert status == 0 and checked[0]["health"]["usable"]
    secrets |= kept(tmp_path) | {dict(parse_qsl(urlsplit(ended).query))["code"]}
    assert len(server.state.tokens) == 1
    assert command("account", "remove", added["account"])[0] == 0 and kept(tmp_path) == set()
    assert len(server.state.tokens) == 0, "it is worthless now"
    said = "".join(command.heard)
    files = [p.read_bytes() for p in (tmp_path / "w").rglob("*") if p.is_file()]
    secrets -= public
    assert len(secrets) > 4
    assert [s for s in secrets if s in said or any(s.encode() in data for data in files)] == []


def test_the_code_alone_and_a_stranger_to_it(server, command):
    fields = {"server": server.url}
    _, begun = command("account", "authorize", "mastodon", "--way", "oob", stdin=fields)
    code = browse(begun["url"]).text.split('value="')[1].split('"')[0]
    status, refused = command("account", "add", "mastodon", stdin={"server": "http://127.0.0.1:9", "callback": code})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["authorize.other_fields"])
    assert command("account", "add", "mastodon", stdin={**fields, "callback": code})[0] == 0


def test_denied_forged_and_never_begun(server, command):
    fields = {"server": server.url}
    status, refused = command("account", "add", "mastodon", stdin={**fields, "callback": "some-code"})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["authorize.none"])
    _, begun = command("account", "authorize", "mastodon", stdin=fields)
    forged = browse(begun["url"]).headers["Location"].replace(begun["state"], "0" * 32)
    status, refused = command("account", "add", "mastodon", stdin={**fields, "callback": forged})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["authorize.state"])
    server.consents = None
    denied = browse(begun["url"]).headers["Location"]
    status, refused = command("account", "add", "mastodon", stdin={**fields, "callback": denied})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["authorize.denied"])
    assert command("account", "list")[1] is not None and "access_token" not in "".join(command.heard)


def test_what_cannot_begin(command):
    status, refused = command("account", "authorize", "bluesky", stdin={})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["account.no_browser"])
    status, refused = command("account", "authorize", "mastodon", stdin={"server": "http://127.0.0.1:9"})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["net.down"])
    status, refused = command("account", "authorize", "mastodon", "--way", "paste", stdin={"server": "x.test"})
    assert (status, [f["code"] for f in refused["findings"]]) == (1, ["account.no_browser"])
