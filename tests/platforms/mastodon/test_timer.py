"""Posts that are left with the server's own timer."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studio.core.delivery import Receipt
from studio.core.errors import Later, NotThere, Refused, Uncertain
from studio.core.slot import iso
from tests.platforms.mastodon.desk import POST, START, Desk, codes, photo
from tests.servers.faultproxy import FaultProxy
from tests.servers.mastodon import Mastodon

HOUR = START + timedelta(hours=1)


def there(desk: Desk) -> list[tuple[str, str]]:
    """What waits at the server."""
    return [(iso(s.at), str(s.params["status"])) for s in desk.server.state.scheduled.values()]


def test_it_becomes_a_post_at_its_time(desk: Desk, tmp_path: Path) -> None:
    uploads = [photo(tmp_path)]
    what = desk.post("定时的话 @mei@social.test", uploads, options={"spoiler_text": "CW"})
    publisher, plan, _, receipt = desk.send(what, uploads, at=HOUR)
    assert receipt.held and not receipt.done and receipt.url == "" and desk.texts() == []
    assert there(desk) == [(iso(HOUR), "定时的话 @mei@social.test")]
    assert publisher.check(receipt).held
    desk.clock.at = HOUR
    live = publisher.check(receipt)
    assert not live.held and live.done and live.handle["id"] == desk.server.posts()[0].id
    proof = publisher.read_back(what, uploads, plan, live)
    assert proof.whole and proof.at == HOUR


def test_a_receipt_is_plain_data(desk: Desk) -> None:
    import json

    _, _, _, receipt = desk.send(desk.post(), at=HOUR)
    again = Receipt(receipt.url, json.loads(json.dumps(receipt.handle)), receipt.done, receipt.held)
    desk.clock.at = HOUR
    assert desk.publisher(at=HOUR).check(again).done


@pytest.mark.parametrize("ahead", [-60, 0, 60, 299, 305])
def test_too_soon_is_never_sent(desk: Desk, server: Mastodon, ahead: int) -> None:
    server.state.soon_is_now = True  # it would be out at once
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(), at=START + timedelta(seconds=ahead))
    assert codes(refused.value) == ["timer.too_soon"]
    assert desk.texts() == [] and not any(method == "POST" for method, _ in server.seen)


def test_soon_is_judged_by_the_servers_clock(desk: Desk) -> None:
    desk.clock.ours = timedelta(minutes=-20)  # ours is late: what is in half an hour for us is in ten minutes there
    assert desk.send(desk.post(), at=START + timedelta(minutes=6))[3].held
    desk.clock.ours = timedelta(minutes=-20)
    with pytest.raises(Refused):
        desk.send(desk.post(), at=START + timedelta(minutes=4))
    assert len(there(desk)) == 1


def test_an_upload_that_took_too_long_is_not_left_there(desk: Desk) -> None:
    at = START + timedelta(minutes=6)
    publisher = desk.publisher(at=at)
    plan, handles = desk.staged(publisher, desk.post())
    desk.clock.on(minutes=2)
    with pytest.raises(Refused) as refused:
        publisher.commit(desk.post(), [], plan, handles)
    assert codes(refused.value) == ["timer.too_soon"] and desk.texts() == [] and there(desk) == []


@pytest.mark.parametrize("files", [0, 1])
def test_a_lost_answer_is_found_among_what_waits(desk: Desk, proxy: FaultProxy, tmp_path: Path, files: int) -> None:
    uploads = [photo(tmp_path)] * files
    what = desk.post("once", uploads)
    publisher = desk.publisher(at=HOUR, url=proxy.url)
    plan, handles = desk.staged(publisher, what, uploads)
    proxy.lose_reply(only=POST)
    with pytest.raises(Uncertain):
        publisher.commit(what, uploads, plan, handles)
    found = desk.publisher(at=HOUR).look(plan, handles)
    assert found is not None and found.held and len(there(desk)) == 1 and not publisher.idempotent
    desk.clock.at = HOUR
    live = desk.publisher(at=HOUR).look(plan, handles)
    assert live is not None and not live.held and desk.publisher(at=HOUR).check(found) == live


def test_another_one_at_that_time_is_not_ours(desk: Desk) -> None:
    publisher = desk.publisher(at=HOUR)
    plan, handles = desk.staged(publisher, desk.post("mine"))
    desk.send(desk.post("other"), at=HOUR)
    desk.send(desk.post("mine"), at=HOUR + timedelta(minutes=1))
    assert publisher.look(plan, handles) is None


def test_two_alike_at_one_time_are_asked_about(desk: Desk) -> None:
    for _ in range(2):
        desk.send(desk.post("mine"), at=HOUR)
    publisher = desk.publisher(at=HOUR)
    plan, handles = desk.staged(publisher, desk.post("mine"))
    with pytest.raises(Refused) as refused:
        publisher.look(plan, handles)
    assert codes(refused.value) == ["publish.several"]


def test_it_is_withdrawn(desk: Desk) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=HOUR)
    publisher.withdraw(receipt)
    assert there(desk) == []
    publisher.withdraw(receipt)  # gone is fine
    with pytest.raises(NotThere):
        publisher.check(receipt)
    desk.clock.at = HOUR + timedelta(hours=1)
    assert desk.texts() == []


def test_what_is_live_is_not_withdrawn(desk: Desk) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=HOUR)
    desk.clock.at = HOUR
    with pytest.raises(Refused) as refused:
        publisher.withdraw(receipt)
    assert codes(refused.value) == ["timer.live_already"] and len(desk.texts()) == 1
    with pytest.raises(Refused):
        publisher.reschedule(receipt, HOUR + timedelta(hours=1))


@pytest.mark.parametrize(("at", "moved"), [(HOUR + timedelta(hours=2), True), (START + timedelta(minutes=2), False)])
def test_another_time(desk: Desk, at: datetime, moved: bool) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=HOUR)
    if moved:
        later = publisher.reschedule(receipt, at)
        assert later.held and later.handle["scheduled"] == receipt.handle["scheduled"]
    else:
        with pytest.raises(Refused) as refused:
            publisher.reschedule(receipt, at)
        assert codes(refused.value) == ["timer.too_soon"]
    assert [time for time, _ in there(desk)] == [iso(at if moved else HOUR)]


def test_software_without_a_timer_is_not_given_a_time(desk: Desk, server: Mastodon, proxy: FaultProxy) -> None:
    proxy.answer(404, {"error": "Not found"}, only="^GET /api/v1/scheduled_statuses")
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(), at=HOUR, url=proxy.url)
    assert codes(refused.value) == ["timer.none"] and not any(method == "POST" for method, _ in server.seen)


def test_a_timer_that_is_full(desk: Desk) -> None:
    for number in range(25):
        desk.send(desk.post(f"{number}"), at=HOUR + timedelta(minutes=number))
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("26"), at=HOUR)
    assert codes(refused.value) == ["timer.full"] and "25" in str(refused.value.findings[0].values["reason"])


def test_one_that_lost_its_files_is_taken_back(desk: Desk, server: Mastodon, tmp_path: Path) -> None:
    server.state.drops_files = True
    uploads = [photo(tmp_path)]
    with pytest.raises(Refused) as refused:
        desk.send(desk.post("x", uploads), uploads, at=HOUR)
    assert codes(refused.value) == ["publish.media_dropped"] and there(desk) == []


def test_one_that_cannot_be_taken_back_is_not_sent_again(
    desk: Desk, server: Mastodon, proxy: FaultProxy, tmp_path: Path
) -> None:
    server.state.drops_files = True
    uploads = [photo(tmp_path)]
    proxy.html(502, only="^DELETE")
    with pytest.raises(Uncertain):
        desk.send(desk.post("x", uploads), uploads, at=HOUR, url=proxy.url)
    assert len(there(desk)) == 1


def test_trouble_at_the_timer_is_later(desk: Desk, proxy: FaultProxy) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=HOUR, url=proxy.url)
    for act in (
        lambda: publisher.withdraw(receipt), lambda: publisher.reschedule(receipt, HOUR),
        lambda: publisher.check(receipt),
    ):
        proxy.html(503, only="scheduled_statuses")
        with pytest.raises(Later) as later:
            act()
        assert not isinstance(later.value, NotThere | Uncertain)
    assert len(there(desk)) == 1
