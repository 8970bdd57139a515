"""A fresh workspace for a test, and one for the properties of a whole file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.store.workspace import Workspace

collect_ignore = [] if os.environ.get("YIGAO_TEST_POSTGRESQL") else ["test_server.py"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a workspace may be made; a name that needs quoting in URIs, in two scripts."""
    return tmp_path / "工作 区 #1?%41"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with Workspace.open(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """For properties: many examples in one workspace."""
    with Workspace.open(tmp_path_factory.mktemp("shared")) as opened:
        yield opened
