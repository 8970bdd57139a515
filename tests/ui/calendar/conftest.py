"""A stage with a workspace in Shanghai's time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.desks import Stage


@pytest.fixture
def stage(qapp, tmp_path) -> Iterator[Stage]:
    made = Stage(tmp_path / "workspace")
    made.desk.settings.set("zone", "Asia/Shanghai")
    yield made
    made.close()
