"""The four panes as people see them, kept in tests/out to look at; nothing may be wider than its window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.core.delivery import State
from studio.ui.accounts.pane import AccountsPane
from studio.ui.calendar.pane import CalendarPane
from studio.ui.library.pane import LibraryPane
from studio.ui.settings.pane import SettingsPane
from tests.ui.desks import Stage

PANES = {"calendar": CalendarPane, "accounts": AccountsPane, "library": LibraryPane, "settings": SettingsPane}
STATES = [State.PUBLISHED, State.FAILED, State.MISSED, State.UNCONFIRMED, State.WAITING, State.SCHEDULED, State.HELD]
LOOKS = [("zh_CN", "light", 1.0, (1216, 752)), ("zh_TW", "dark", 1.0, (1856, 1032)), ("en", "dark", 2.0, (1216, 752))]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{look[2]:.0%}")
def look(request, qapp, tmp_path):
    language, mode, scale, size = request.param
    stage = Stage(tmp_path / "workspace", language, mode)
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.desk.settings.set("zone", "Asia/Shanghai")
    now = datetime.now(UTC)
    for n in range(28):
        past = n % 7 < 5
        at = now + timedelta(days=-(n % 20) - 1 if past else n % 12 + 1, hours=n % 5)
        stage.stored(stage.post("周末去哪儿：老城南的三家小店" if n % 2 else "Winter road book"), at, STATES[n % 7])
    for title in ("窗台上的绿植怎么过冬", "Old street lamps, and how to photograph them by night"):
        stage.post(title)
    yield stage, size, f"{language}-{mode}-{round(scale * 100)}"
    stage.theme.scale = 1.0
    stage.theme.refresh()
    stage.close()


@pytest.mark.parametrize("name", list(PANES))
def test_a_pane_fits_its_window(look, name, picture):
    stage, (width, height), where = look
    pane = PANES[name](stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane, width, height)
    stage.settle()
    picture(pane, f"pane-{name}-{where}")
    assert pane.width() == width, "its least width is more than the window has"
