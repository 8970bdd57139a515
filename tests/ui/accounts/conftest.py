"""A stage with a new workspace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.desks import Stage


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()
