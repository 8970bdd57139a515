"""Every test: no screen, no keychain and no notices of the person's, no network beyond this machine."""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("untimed", parent=settings.default, deadline=None)  # no test has a time limit
settings.load_profile("untimed")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


def is_here(host: object) -> bool:
    """Whether a host name or address is this machine's loopback."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    return host is None or name in ("", "localhost", "::1") or name.startswith("127.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of tests/torture."""
    parser.addoption("--kills", default=6, help="how often the studio is killed")
    parser.addoption("--kill-seed", default="", help="repeat the moments of an earlier run")
    parser.addoption("--runs", default=60, help="how many random plans are held against the model")


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """A connection to anywhere else fails the test that makes it."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_here(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    def guarded_look_up(host: Any, *rest: Any, **named: Any) -> Any:
        if not is_here(host):
            raise socket.gaierror(f"a test tried to look up {host!r}")
        return look_up(host, *rest, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests are objects too: the garbage collector need not look through them after each of them."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """After a run that looked at sizes, print the longest files and functions; at previews, how like they are."""
    passed = [getattr(each, "nodeid", "") for each in terminalreporter.stats.get("passed", [])]
    if any("test_size.py" in each for each in passed):
        from tests.test_size import report

        for line in report():
            terminalreporter.write_line(line)
    if any("previews/test_reference.py" in each for each in passed):
        from tests.previews.fidelity import lines

        for line in lines():
            terminalreporter.write_line(line)
