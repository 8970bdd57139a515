"""The Outbox as people see it, in three languages and at 200 %, kept in tests/out to look at; nothing is cut."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtTest import QTest

from studio.core.delivery import Compared, Proof, State
from studio.core.finding import error
from studio.core.slot import Late
from studio.ui.outbox.panels import LinkPanel
from tests.ui.clipping import clipped
from tests.ui.desks import Stage
from tests.ui.outbox.conftest import laid, opened, wrote

S = State
LOOKS = [
    (language, mode, scale, size)
    for language, mode in (("en", "light"), ("zh_CN", "dark"), ("zh_TW", "light"))
    for scale, size in ((1.0, (1216, 752)), (1.0, (1856, 1032)), (2.0, (1216, 752)))
]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{look[2]:.0%}-{look[3][0]}")
def look(request, qapp, tmp_path):
    language, mode, scale, size = request.param
    stage = Stage(tmp_path / "workspace", language, mode)
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.desk.settings.set("zone", "Asia/Shanghai")
    yield stage, size, f"{language}-{mode}-{round(scale * 100)}-{size[0]}"
    stage.theme.scale = 1.0
    stage.theme.refresh()
    stage.close()


def fill(stage: Stage) -> dict[str, str]:
    """One delivery of each kind; their ids by a word."""
    now = datetime.now(UTC)
    text = "Rain outside, so we stayed with the paper. 窗外下着雨，我们就留在纸堆里。"
    lines = (Compared("text", text, text), Compared("media", "2", "1"), Compared("media:1", "a" * 64, "b" * 64),
             Compared("alt:1", "A shop", ""), Compared("link", "https://a.example", "https://a.example"))  # fmt: skip
    unsure = laid(stage, "An afternoon among old paper", S.UNCONFIRMED, went=now - timedelta(minutes=30))
    wrote(stage, unsure, "prepare", text_characters=214, files=[
        {"name": "1-old-paper.jpg", "mime": "image/jpeg", "bytes": 411_700, "sha256": "9f2c" * 16}])
    wrote(stage, unsure, "commit", "begun", files=1)
    wrote(stage, unsure, "commit", "note", fault="ReadTimeout", exchanges=[
        {"method": "POST", "host": "api.example", "path": "/statuses/share", "sent": 431_000, "seconds": 30.0}])
    for _ in range(3):
        wrote(stage, unsure, "look", found=False)
    proof = Proof("https://example.com/p/1", now, lines)
    refused = error("platform.refused", "delivery", host="api.example", reason="the upload has expired")
    made = {
        "unsure": unsure,
        "failed": laid(stage, "夜里的灯，手机也能拍", S.FAILED, -26, link=1, error=(refused,),
                       handles={"chain": {"replies": [{}, {}]}}),
        "missed": laid(stage, "Winter solstice noodles", S.MISSED, -30, late=Late("ask", 0)),
        "held": laid(stage, "Sunset from the ferry pier", S.HELD, -1),
        "waiting": laid(stage, "Four minutes for one cup", S.WAITING, -2),
        "sending": laid(stage, "Winter road book", S.STAGING, -0.1, plan={"uploads": [{}] * 6}),
        "live": laid(stage, "Three bakeries before nine", S.PUBLISHED, -3, proof=proof, url=proof.url,
                     went=now - timedelta(hours=3)),
        "planned": stage.scheduled(stage.post("A long title that goes on and on, as titles sometimes do"),
                                   now + timedelta(minutes=12)),
    }
    for n in range(9):
        laid(stage, f"周末去哪儿：老城南的三家小店 {n}", S.PUBLISHED, -24 * n - 20)
    return {word: delivery.id for word, delivery in made.items()}


def test_every_state_fits_its_window(look, picture):
    stage, (width, height), where = look
    ids = fill(stage)
    stage.desk.holds.hold("Storm warning, the harbour is closed", platform="practice")
    pane = opened(stage, width, height)
    for word, id in ids.items():
        pane.show_delivery(id)
        stage.settle()
        QTest.qWait(1)
        picture(pane, f"outbox-{word}-{where}")
        assert pane.width() == width, f"{word}: its least width is more than the window has"
        assert clipped(pane) == [], word


def test_the_first_page_fits(look, picture):
    stage, (width, height), where = look
    pane = opened(stage, width, height)
    picture(pane, f"outbox-empty-{where}")
    assert pane.width() == width and clipped(pane) == []


def test_panels_fit(look, picture):
    stage, (width, height), where = look
    ids = fill(stage)
    pane = opened(stage, width, height)
    pane.show_delivery(ids["unsure"])
    stage.settle()
    pane.story.box.controls["confirm"].click()
    picture(stage.window, f"outbox-link-{where}")
    assert clipped(stage.window) == []
    stage.window.findChildren(LinkPanel)[0].close_up()
    pane.acting.ask_hold("")
    picture(stage.window, f"outbox-hold-{where}")
    assert clipped(stage.window) == []
