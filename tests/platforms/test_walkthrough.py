"""The platform of CONTRIBUTING.md, built from its text in a temporary folder, works: by every rule, and end to end."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import threading
import types
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from studio import platforms
from studio.core.delivery import State
from studio.core.errors import Later, Refused
from studio.core.post import Post
from studio.platforms.base import Platform
from studio.platforms.transport import Transport
from studio.services.desk import Desk
from studio.store.owner import Owners
from studio.store.workspace import Workspace
from tests.media.make import photo
from tests.platforms.contract import ROOT, RULES, case, hold
from tests.services.fakes import Clock, FakeVault
from tests.test_architecture import neighbour_sentences, wall_sentences

S = State
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
TITLE = "## Adding a platform"
FILE = re.compile(r"`studio/platforms/(\w+)/([\w.]+)`[^`]*?\n\n```\w*\n(.*?)```\n", re.DOTALL)


def section() -> str:
    """The walk through a new platform, its heading included."""
    found = re.search(rf"^{TITLE}\n.*?(?=^## )", GUIDE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[0]


def files() -> dict[str, str]:
    return {name: text for _, name, text in FILE.findall(section())}


def test_it_is_short() -> None:
    assert len(section().splitlines()) < 150


def test_nothing_of_it_is_left_out() -> None:
    """Every block of code is a file that the test builds, and all are of one platform that is not there yet."""
    assert section().count("```") == 2 * len(files()) == 6
    (name,) = {found[0] for found in FILE.findall(section())}
    assert name not in platforms.names() and set(files()) == {"__init__.py", "sending.py", "findings.tsv"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The new platform's, somewhere else."""
    made = tmp_path / "elsewhere" / FILE.findall(section())[0][0]
    made.mkdir(parents=True)
    for name, text in files().items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def forgotten(name: str) -> None:
    """As if nobody had ever looked which platforms there are."""
    platforms.names.cache_clear()
    platforms._load.cache_clear()
    importlib.invalidate_caches()
    for module in [m for m in sys.modules if m.startswith(f"studio.platforms.{name}")]:
        del sys.modules[module]


@pytest.fixture
def pigeon(folder: Path) -> Iterator[Platform]:
    """Found by being in a folder where platforms are."""
    name, before = folder.name, list(platforms.__path__)
    platforms.__path__.append(str(folder.parent))
    forgotten(name)
    try:
        yield platforms.get(name)
    finally:
        platforms.__path__[:] = before
        forgotten(name)
        vars(platforms).pop(name, None)
        assert name not in platforms.names()


def test_it_keeps_every_rule(pigeon: Platform, folder: Path, tmp_path: Path) -> None:
    own = types.ModuleType("contract")
    own.LINKS = {"https://www.pigeon.example/letters/12": {"id": "12"}}  # type: ignore[attr-defined]
    assert hold(case(pigeon, tmp_path / "work", folder, own)) == list(RULES)


def test_it_stays_in_its_room_and_is_tidy(folder: Path) -> None:
    for path in sorted(folder.glob("*.py")):
        source, name = path.read_text("utf-8"), f"platforms/{folder.name}/{path.name}"
        assert [*wall_sentences(source, name), *neighbour_sentences(source, name)] == []
        ours = 'lint.isort.known-first-party=["studio"]'  # which ruff sees by the folder, and that is not there
        ruff = [sys.executable, "-m", "ruff", "check", "--no-cache", "--config", ours]
        command = [*ruff, "--stdin-filename", f"studio/{name}", "-"]
        done = subprocess.run(command, input=source, capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stdout


# end to end ------------------------------------------------------------------------------------------------------


class Loft:
    """A small server of the service: letters with files, for one token. lose: acts, and closes without an answer."""

    def __init__(self, token: str) -> None:
        self.token, self.lose, self.down = token, False, False
        self.files: dict[int, bytes] = {}
        self.letters: dict[int, dict[str, Any]] = {}
        made = type("Bound", (Visit,), {"loft": self})
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), made)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, line: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        if line == "GET /me":
            return 200, {"name": "Mei 梅"}
        if line == "POST /files":
            self.files[len(self.files) + 1] = body
            return 200, {"id": len(self.files)}
        if line == "POST /letters":
            return self._sent(json.loads(body))
        if line == "GET /letters":
            return 200, {"ids": [id for id, letter in self.letters.items() if letter["key"] == query["key"]]}
        found = self.letters.get(int(line.rpartition("/")[2]))
        return (200, found) if found else (404, {"error": "none"})

    def _sent(self, letter: dict[str, Any]) -> tuple[int, Any]:
        if len(letter["text"]) > 120 or not all(id in self.files for id in letter["files"]):
            return 422, {"error": "unfit"}
        self.letters[len(self.letters) + 1] = letter
        return 200, {"id": len(self.letters)}


class Visit(BaseHTTPRequestHandler):
    loft: Loft

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""

    def handle_one(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, found = 401, {"error": "who are you"}
        if self.loft.down:
            status = 503
        elif self.headers.get("Authorization") == f"Bearer {self.loft.token}":
            status, found = self.loft.answer(f"{self.command} {parts.path}", dict(parse_qsl(parts.query)), body)
        if self.loft.lose and (self.command, parts.path) == ("POST", "/letters"):
            self.loft.lose = False
            self.close_connection = True
            return
        raw = json.dumps(found).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = handle_one


@pytest.fixture
def loft() -> Iterator[Loft]:
    made = Loft("right-token")
    yield made
    made.close()


@pytest.fixture
def desk(pigeon: Platform, tmp_path: Path) -> Iterator[Desk]:
    workspace, clock = Workspace.open(tmp_path / "w"), Clock()
    made = Desk(
        workspace, FakeVault(), Owners(workspace.cache / "owners"),  # type: ignore[arg-type]
        lambda base: Transport(base, attempts=2), now=clock.now, sleep=clock.sleep,
    )
    yield made
    made.close()


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    photo(800, 600).save(tmp_path / "cup.jpg")
    asset = desk.library.add([tmp_path / "cup.jpg"])[0].asset
    assert asset is not None
    made = Post(text="周末好去处", media=(asset.as_media(),))
    desk.posts.save(made)
    return made


def test_it_signs_in_and_publishes_with_proof(desk: Desk, pigeon: Platform, loft: Loft, post: Post) -> None:
    with pytest.raises(Refused) as refused:
        desk.accounts.add(pigeon.id, {"token": "wrong-token"}, api_base=loft.url)
    assert [f.code for f in refused.value.findings] == ["login.token_refused"]
    account = desk.accounts.add(pigeon.id, {"token": " right-token "}, api_base=loft.url)
    assert account.name == "Mei 梅" and desk.accounts.check(account.id).usable
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is S.PUBLISHED and done.proof is not None and done.proof.whole, done
    assert done.url == "https://pigeon.example/letters/1" and loft.files[1][:2] == b"\xff\xd8"
    assert [letter["text"] for letter in loft.letters.values()] == ["周末好去处"]


def test_a_lost_answer_makes_no_second_letter(desk: Desk, pigeon: Platform, loft: Loft, post: Post) -> None:
    account = desk.accounts.add(pigeon.id, {"token": "right-token"}, api_base=loft.url)
    loft.lose = True
    done = desk.publishing.publish(post.id, account.id)
    assert done.state is S.PUBLISHED and len(loft.letters) == 1 and not loft.lose, done
    assert "look" in [step.step for step in desk.publishing.story(done.id)]


def test_a_server_that_is_down_is_not_signed_in_to(desk: Desk, pigeon: Platform, loft: Loft) -> None:
    loft.down = True
    with pytest.raises(Later):
        desk.accounts.add(pigeon.id, {"token": "right-token"}, api_base=loft.url)
    assert desk.accounts.list() == []


def test_a_person_may_send_it_by_hand(desk: Desk, pigeon: Platform, loft: Loft, post: Post) -> None:
    account = desk.accounts.add(pigeon.id, {"handle": "mei"}, mode="assisted")
    waits = desk.publishing.publish(post.id, account.id)
    assert waits.state is S.WAITING and loft.letters == {}
    assert desk.by_hand.sheet(waits.id).handoff.page == "https://pigeon.example"
    done = desk.by_hand.paste(waits.id, "看看 https://pigeon.example/letters/7 吧")
    assert (done.state, done.url) == (S.HANDED_OVER, "https://pigeon.example/letters/7")
