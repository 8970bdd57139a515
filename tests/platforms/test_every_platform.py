"""What holds for every platform; a new folder is under test by being there. The rules are in `contract`."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studio import platforms
from studio.core.errors import NotFound
from studio.platforms.base import Platform
from tests.platforms.contract import ROOT, RULES, Case, case, rows

EVERY = sorted(platforms.every().items())


@pytest.fixture(autouse=True)
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fake transports only: not even this machine is connected to."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise AssertionError("a platform opened a connection of its own")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


@pytest.mark.parametrize("platform", [p for _, p in EVERY], ids=[name for name, _ in EVERY])
@pytest.mark.parametrize("rule", RULES)
def test_it_holds(rule: str, platform: Platform, tmp_path: Path) -> None:
    RULES[rule](case(platform, tmp_path))


def test_they_are_found_by_being_there() -> None:
    folders = {p.parent.name for p in (ROOT / "studio" / "platforms").glob("*/__init__.py")}
    assert set(platforms.names()) == folders >= {"bluesky", "practice"}
    with pytest.raises(NotFound):
        platforms.get("no-such-platform")


def test_a_finding_is_worded_in_one_place() -> None:
    tables = [ROOT / "assets" / "i18n" / "words" / "findings.tsv"]
    tables += sorted((ROOT / "studio" / "platforms").glob("*/findings.tsv"))
    codes = [row[0] for path in tables for row in rows(path)]
    assert sorted(codes) == sorted(set(codes))


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    """The guard is no decoration: a login over the real transport does not get through it."""
    from studio.platforms.transport import Transport

    by_password = next(p for _, p in EVERY if {"identifier", "password"} <= {field.name for field in p.fields})
    with Transport(attempts=1) as transport, pytest.raises(AssertionError, match="connection of its own"):
        Case(by_password, tmp_path, tmp_path).platform.login({"identifier": "a.test", "password": "x"}, "", transport)


HEAVY = """
import sys
from studio import platforms
from studio.core.post import Content
for name, p in platforms.every().items():
    for mode in dict.fromkeys((*p.modes, "assisted", "kit")):
        what = Content("p", name, "a", mode, "hello", "hello", (), "", ())
        p.check(what), p.count(what), p.link("https://example.com/x")
loaded = {m.split(".")[0] for m in sys.modules}
heavy = "httpx stamina PIL av numpy sqlalchemy alembic PySide6 ssl nh3 markdown_it css_inline"
print(*sorted(loaded & set(heavy.split())))
"""


def test_checking_loads_nothing_heavy() -> None:
    done = subprocess.run([sys.executable, "-c", HEAVY], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""
