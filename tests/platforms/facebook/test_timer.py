"""What is left with Facebook's own timer: kept, moved, taken back, live at its time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from studio.core.errors import Later, NotThere, Refused, Uncertain
from tests.platforms.facebook.desk import FEED, START, TEXT, Clock, Desk, clip, codes, photo
from tests.servers.facebook import Facebook

HOUR = timedelta(hours=1)
AT = START + 2 * HOUR


def waiting(desk: Desk) -> list[Any]:
    return desk.server.state.waiting(desk.page.id)


def test_it_waits_there_and_is_live_at_its_time(desk: Desk, server: Facebook, clock: Clock) -> None:
    files = [photo(desk.folder), photo(desk.folder, 2)]
    what = desk.post(uploads=files)
    publisher, plan, _, receipt = desk.send(what, files, at=AT)
    assert (receipt.held, receipt.done, receipt.url) == (True, False, "") and desk.texts() == []
    assert [p.at for p in waiting(desk)] == [AT] and all(p.temporary for p in server.state.photos.values())
    assert publisher.check(receipt).held
    with pytest.raises(NotThere):
        publisher.read_back(what, files, plan, receipt)
    clock.on(hours=2)
    live = publisher.check(receipt)
    assert (live.held, live.done) == (False, True) and desk.texts() == [TEXT]
    proof = publisher.read_back(what, files, plan, live)
    assert proof.whole and proof.at == AT


@pytest.mark.parametrize(("ahead", "code"), [
    (timedelta(minutes=9, seconds=59), "timer.too_soon"), (timedelta(days=29, minutes=2), "facebook.too_far"),
])
def test_the_window_is_ten_minutes_to_twenty_nine_days(desk: Desk, ahead: timedelta, code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.publisher(at=START + ahead).plan(desk.post(), [])
    assert codes(refused.value) == [code]


def test_too_soon_is_seen_by_facebooks_clock(desk: Desk, clock: Clock) -> None:
    clock.ours = -timedelta(minutes=5)  # ours is behind: to us it is 12 minutes ahead, to Facebook 7
    with pytest.raises(Refused) as refused:
        desk.publisher(at=clock.mine() + timedelta(minutes=12)).plan(desk.post(), [])
    assert codes(refused.value) == ["timer.too_soon"]


def test_it_became_too_late_while_it_was_uploaded(desk: Desk, clock: Clock) -> None:
    publisher, what = desk.publisher(at=START + timedelta(minutes=15)), desk.post()
    plan, _ = desk.staged(publisher, what)
    clock.on(minutes=6)
    with pytest.raises(Refused) as refused:
        publisher.commit(what, [], plan, [])
    assert codes(refused.value) == ["timer.too_soon"] and waiting(desk) == []


@pytest.mark.parametrize("fault", ["drop_after", "5xx_after"])
def test_a_lost_answer_is_found_among_those_that_wait(desk: Desk, server: Facebook, fault: str) -> None:
    publisher, what = desk.publisher(at=AT), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault(fault, only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    found = publisher.look(plan, [])
    assert found is not None and found.held and len(waiting(desk)) == 1


def test_a_lost_answer_is_found_after_it_went_live_too(desk: Desk, server: Facebook, clock: Clock) -> None:
    publisher, what = desk.publisher(at=AT), desk.post()
    plan, _ = desk.staged(publisher, what)
    server.fault("drop_after", only=FEED)
    with pytest.raises(Uncertain):
        publisher.commit(what, [], plan, [])
    clock.on(hours=3)
    found = publisher.look(plan, [])
    assert found is not None and not found.held and found.done


def test_another_time_is_another_post(desk: Desk, server: Facebook) -> None:
    desk.send(desk.post(), at=AT + HOUR)
    publisher = desk.publisher(at=AT)
    plan, _ = desk.staged(publisher, desk.post())
    assert publisher.look(plan, []) is None


def test_one_that_was_planned_by_hand_before_is_not_ours(desk: Desk, server: Facebook) -> None:
    desk.send(desk.post(), at=AT)
    publisher = desk.publisher(at=AT)
    plan, _ = desk.staged(publisher, desk.post())
    assert publisher.look(plan, []) is None


def test_another_time_than_was_asked_is_taken_back(desk: Desk, server: Facebook) -> None:
    server.state.other_time = True
    with pytest.raises(Refused) as refused:
        desk.send(desk.post(), at=AT)
    assert codes(refused.value) == ["facebook.other_time"] and waiting(desk) == [] == desk.texts()
    assert refused.value.findings[0].values == {"told": "2026-11-24 12:30 UTC", "asked": "2026-11-24 11:30 UTC"}


def test_where_it_cannot_be_taken_back_nobody_calls_it_refused(desk: Desk, server: Facebook) -> None:
    server.state.other_time = True
    server.fault("unavailable", only="^DELETE")
    with pytest.raises(Uncertain):
        desk.send(desk.post(), at=AT)
    assert len(waiting(desk)) == 1


@pytest.mark.parametrize("fault", ["token_expired", "checkpointed", "unavailable", "no_permission", "drop_after"])
def test_what_lies_there_is_never_called_unsent_because_its_time_cannot_be_read(
    desk: Desk, server: Facebook, fault: str
) -> None:
    file = clip(desk.folder)  # its time is asked for after it was left there
    publisher, what = desk.publisher(at=AT), desk.post(uploads=[file])
    plan, handles = desk.staged(publisher, what, [file])
    server.fault(fault, only=r"^GET /v25.0/\d+$")
    receipt = publisher.commit(what, [file], plan, handles)
    assert receipt.held and receipt.handle["at"] == AT.timestamp()


def test_it_is_moved_and_the_new_time_is_read_back(desk: Desk, clock: Clock) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    moved = publisher.reschedule(receipt, AT + HOUR)
    assert moved.held and [p.at for p in waiting(desk)] == [AT + HOUR]
    clock.on(hours=3)
    assert publisher.check(moved).done
    with pytest.raises(Refused) as live:
        publisher.reschedule(moved, AT + 5 * HOUR)
    assert codes(live.value) == ["timer.live_already"]


def test_it_is_not_moved_too_near(desk: Desk) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    with pytest.raises(Refused) as refused:
        publisher.reschedule(receipt, START + timedelta(minutes=5))
    assert codes(refused.value) == ["timer.too_soon"] and [p.at for p in waiting(desk)] == [AT]


def test_a_move_that_was_only_said_yes_to_is_refused(desk: Desk, server: Facebook) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    server.state.changed = lambda id, given: None  # type: ignore[method-assign]
    with pytest.raises(Refused) as refused:
        publisher.reschedule(receipt, AT + HOUR)
    assert codes(refused.value) == ["facebook.not_moved"]


def test_it_is_taken_back(desk: Desk, clock: Clock) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    publisher.withdraw(receipt)
    assert waiting(desk) == []
    clock.on(hours=5)
    assert desk.texts() == []
    with pytest.raises(NotThere):
        publisher.withdraw(receipt)


def test_a_withdrawal_is_believed_for_its_words_only(desk: Desk, server: Facebook) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    for fault in ("success_false", "unavailable", "drop_before"):
        server.fault(fault, only="^DELETE")
        with pytest.raises(Later):
            publisher.withdraw(receipt)
    assert len(waiting(desk)) == 1


def test_what_is_live_is_not_deleted(desk: Desk, clock: Clock) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    clock.on(hours=2)
    with pytest.raises(Refused) as live:
        publisher.withdraw(receipt)
    assert codes(live.value) == ["timer.live_already"] and desk.texts() == [TEXT]


def test_seconds_before_its_time_it_is_not_touched(desk: Desk, clock: Clock) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    clock.on(hours=2, seconds=-20)
    with pytest.raises(Later) as near:
        publisher.withdraw(receipt)
    assert codes(near.value) == ["facebook.too_close"] and desk.lines("DELETE") == []


def test_one_that_is_there_under_another_id_is_found_by_its_text(desk: Desk, server: Facebook, clock: Clock) -> None:
    publisher, _, _, receipt = desk.send(desk.post(), at=AT)
    server.state.posts.clear()
    with pytest.raises(NotThere):
        publisher.check(receipt)
    clock.on(hours=2)
    other = server.state.by_hand(desk.page, TEXT)
    live = publisher.check(receipt)
    assert live.done and live.handle["post"] == live.handle["object"] == other.id


@pytest.mark.parametrize("options", [{}, {"as": "reel"}], ids=["video", "reel"])
def test_a_video_waits_for_its_time(desk: Desk, server: Facebook, clock: Clock, options: Any) -> None:
    file = clip(desk.folder, tall=True)
    what = desk.post(uploads=[file], options=options)
    publisher, plan, _, receipt = desk.send(what, [file], at=AT)
    assert receipt.held and publisher.check(receipt).held and desk.texts() == []
    moved = publisher.reschedule(receipt, AT + HOUR)
    assert moved.held and moved.handle["told"] == (AT + HOUR).timestamp()
    clock.on(hours=2, minutes=1)
    assert publisher.check(moved).held
    clock.on(hours=1)
    live = publisher.check(moved)
    assert live.done and publisher.read_back(what, [file], plan, live).whole


@pytest.mark.parametrize("options", [{}, {"as": "reel"}], ids=["video", "reel"])
def test_a_video_is_taken_back(desk: Desk, server: Facebook, clock: Clock, options: Any) -> None:
    file = clip(desk.folder, tall=True)
    publisher, plan, handles, receipt = desk.send(desk.post(uploads=[file], options=options), [file], at=AT)
    assert publisher.look(plan, handles) is not None
    publisher.withdraw(receipt)
    assert server.state.videos == {} and publisher.look(plan, handles) is None
