"""Commands run in this process, with their streams caught; a few run as a person would, in their own."""

import io
import json
import sys
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from PIL import Image

from studio import platforms
from studio.cli import run
from tests.services.fakes import FakePlatform, FakeVault

SECRET = "hunter2-correct-horse"


@dataclass
class Answer:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def codes(self):
        return [f["code"] for f in self.json["findings"]]


class Painter:
    """Writes a tiny file and records what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, desk, post, account, **options):
        self.asked.append((post.id, account.platform, account.id, options))
        options["out"].write_bytes(b"PNG")
        return {"file": str(options["out"]), "width": 300.0, "height": 10.0, "boxes": []}


@pytest.fixture
def painter():
    return Painter()


@pytest.fixture
def cli(tmp_path, capsys, monkeypatch, painter):
    """Runs one command on this test's workspace; with `json` unless told otherwise."""

    def call(*arguments, stdin="", as_json=True, language="en"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        common = ["--workspace", str(tmp_path / "w"), "--language", language, *(["--json"] if as_json else [])]
        capsys.readouterr()
        status = run([*common, *(str(a) for a in arguments)], painter)
        caught = capsys.readouterr()
        return Answer(status, caught.out, caught.err)

    return call


@pytest.fixture
def folder(tmp_path):
    """A post with one picture, as files."""
    home = tmp_path / "in"
    home.mkdir()
    Image.new("RGB", (80, 60), (200, 90, 120)).save(home / "cafe.jpg")
    front = "title: Picks\nmedia: [{file: cafe.jpg, alt: A cup}]"
    (home / "post.md").write_text(f"---\n{front}\n---\n周末 text.\n", encoding="utf-8")
    return home


@pytest.fixture
def post(cli, folder):
    """Id of an imported post."""
    return cli("post", "import", folder / "post.md").json["post"]


@pytest.fixture
def practice(cli):
    """Id of the account that every workspace has."""
    return cli("account", "list").json[0]["account"]


@pytest.fixture
def fake(monkeypatch):
    """The only platform there is, with a keychain in memory and no waiting."""
    declared, vault = FakePlatform(), FakeVault()
    declared.vault = vault
    monkeypatch.setattr(platforms, "names", lambda: ("fake",))
    monkeypatch.setattr(platforms, "get", lambda name: {"fake": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"fake": declared})
    monkeypatch.setattr("studio.store.vault.Vault", lambda: vault)
    monkeypatch.setattr("studio.services.desk.time", SimpleNamespace(sleep=lambda seconds: None))
    return declared


@pytest.fixture
def account(cli, fake):
    """Id of an account on the platform that breaks on demand."""
    return cli("account", "add", "fake", stdin='{"user": "mill", "password": "right"}').json["account"]
