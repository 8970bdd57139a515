"""Fixtures of the contract servers; loaded by pytest through pyproject.toml."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import oidc as oidc_server
from tests.servers import pds as pds_server
from tests.servers import tus as tus_server
from tests.servers.faultproxy import FaultProxy
from tests.servers.keyring import SecretService


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a real server, and keep those of the PDS in one worker: they share one server."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "pds" in names:
            item.add_marker(pytest.mark.pds)
            item.add_marker(pytest.mark.xdist_group("pds"))
        if "secret_service" in names:
            item.add_marker(pytest.mark.keyring)


def unavailable(why: str) -> None:
    """Skip where a person runs the tests; fail where a skipped test would go unnoticed."""
    if os.environ.get("CI"):
        pytest.fail(f"{why} Under CI the real servers must be there.", pytrace=False)
    pytest.skip(why)


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pds_server.Pds]:
    """A real Bluesky PDS for the whole session. Make an account per test: `pds.create_account()`."""
    try:
        pds_server.installed()
    except pds_server.NoPds as error:
        unavailable(str(error))
    with pds_server.running(tmp_path_factory.mktemp("pds")) as server:
        yield server


@pytest.fixture
def pds_proxy(pds: pds_server.Pds) -> Iterator[FaultProxy]:
    """A fault proxy in front of the PDS: give the client `pds_proxy.url` as its API base."""
    with FaultProxy(pds.url) as proxy:
        yield proxy


@pytest.fixture
def tus(tmp_path: Path) -> Iterator[tus_server.Tus]:
    """A real tus server of the test's own; it starts in a third of a second."""
    try:
        tus_server.MODULES.installed()
    except tus_server.NoTus as error:
        unavailable(str(error))
    with tus_server.running(tmp_path / "tus") as server:
        yield server


@pytest.fixture(scope="session")
def oidc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[oidc_server.Oidc]:
    """A real authorization server for the whole session."""
    try:
        oidc_server.MODULES.installed()
    except oidc_server.NoOidc as error:
        unavailable(str(error))
    with oidc_server.running(tmp_path_factory.mktemp("oidc")) as server:
        yield server


@pytest.fixture
def secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    """A real Secret Service to run Python in; see tests/servers/keyring.py."""
    service = SecretService(tmp_path_factory.mktemp("keyring"))
    missing = service.missing()
    if missing:
        unavailable(f"No Secret Service here; missing: {', '.join(missing)}.")
    yield service
