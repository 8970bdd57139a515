"""The trust line and the facts over the calendar: always true, worst first, the answer about the lid last."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtTest import QTest

from studio.core.delivery import Delivery, State
from studio.services.calendar import Entry
from studio.services.outlook import TrustFact
from studio.ui.trust import Known, TrustWatch, own_zone, read, said, span, time_words, top_line
from tests.ui.desks import Stage

NOW = datetime(2026, 12, 9, 10, 0, tzinfo=UTC)
UTC_ZONE = ZoneInfo("UTC")
LID = TrustFact("trust.lid_closed", "good", "", {"ahead": 0})


@pytest.fixture
def stage(qapp, tmp_path):
    made = Stage(tmp_path / "w")
    yield made
    made.close()


def planned(minutes, heading="Road book", **more):
    at = NOW + timedelta(minutes=minutes)
    return Entry(Delivery("d", "p", "a", "practice", State.SCHEDULED, at, **more), heading, "", "a")


def line(known):
    return top_line(known, UTC_ZONE, "en", NOW)


def test_nothing_planned_and_all_well(language):
    assert line(Known((LID,))) .text == "Nothing scheduled yet"


def test_what_goes_next_with_a_good_dot(language):
    found = line(Known((LID,), planned(510)))
    assert (found.text, found.tone, found.icon, found.target) == ("Next 18:30 · Road book", "good", "", "calendar")
    assert line(Known((LID,), planned(24 * 60))).text == "Next tomorrow 10:00 · Road book"


def test_what_needs_the_person_makes_it_amber_and_leads_to_the_outbox(language):
    failed = TrustFact("trust.failed", "bad", "outbox", {"count": 1}, ("x",))
    stopped = TrustFact("trust.stopped", "warn", "review", {"count": 2}, ("y", "z"))
    found = line(Known((failed, stopped, LID), planned(30)))
    assert (found.text, found.tone, found.target) == ("3 need you · next 10:30", "warn", "outbox")
    assert line(Known((stopped, LID))).target == "review"
    assert line(Known((failed, LID))).text == "1 needs you"


def test_a_hold_comes_before_all_with_its_reason(language):
    hold = TrustFact("trust.hold", "warn", "resume", {"reason": "moving", "scope": "", "count": 1})
    found = line(Known((hold, LID), planned(30), busy=1))
    assert (found.text, found.icon) == ("On hold: moving", "circle-pause")


def test_sending_and_a_lost_login(language):
    sending = TrustFact("trust.sending", "info", "outbox", {"count": 6})
    assert line(Known((sending, LID), busy=2)).text == "Sending 2 of 6"
    out = TrustFact("trust.signed_out", "bad", "accounts", {"count": 1}, ("a",))
    assert (line(Known((out, LID))).text, line(Known((out, LID))).target) == (
        "1 account needs fixing", "accounts")


def test_without_a_connection_it_says_how_many_wait(language):
    found = line(Known((LID,), planned(30), cut_off=2))
    assert (found.text, found.icon, found.tone) == ("No connection, 2 wait", "wifi-off", "warn")


def facts(known):
    return said(known, UTC_ZONE, "en", NOW)


def test_at_most_six_facts_and_the_lid_is_last(language):
    many = tuple(
        TrustFact(code, "warn", "outbox", {"count": 1}, ("x",))
        for code in ("trust.failed", "trust.unconfirmed", "trust.needs_you", "trust.stopped", "trust.sending")
    )
    found = facts(Known((*many, LID), planned(10)))
    assert len(found) == 6 and found[-1].icon == "laptop" and all(f.action for f in found[:-1])
    found = facts(Known((many[0], LID), planned(10)))
    assert [f.title for f in found] == ["Next at 10:10", "1 failed", "The lid may be closed"]
    assert found[0].detail == "Road book · this computer" and found[0].ids == ("d",)


def test_what_goes_later_than_in_an_hour_is_no_fact_and_nothing_is_said_before_it_is_known(language):
    assert [f.icon for f in facts(Known((LID,), planned(61)))] == ["laptop"]
    assert facts(Known()) == []


def test_the_answer_about_the_lid(language):
    at = (NOW + timedelta(hours=8)).isoformat()
    until = TrustFact("trust.lid_until", "info", "calendar", {"at": at, "count": 2, "ahead": 3}, ("x",))
    found = facts(Known((until,)))
    assert [f.title for f in found] == ["Platforms send 3", "The lid may be closed after 18:00"]
    assert found[-1].detail == "This computer sends 2"
    later = TrustFact("trust.lid_from", "info", "calendar", {"at": "2026-12-12T12:10:00+00:00", "count": 1}, ("x",))
    assert facts(Known((later,)))[-1].detail == "Needed again Sat 12 Dec, 12:10"
    closed = TrustFact("trust.lid_closed", "good", "", {"ahead": 1})
    assert facts(Known((closed,)))[-1].detail == "Platforms send 1"


def test_a_changed_clock_is_told_with_its_size(language):
    back = TrustFact("trust.clock.back", "warn", "review", {"minutes": 180, "at": NOW.isoformat()})
    assert (facts(Known((back, LID)))[0].title, facts(Known((back, LID)))[0].detail) == (
        "The clock went back", "By 3 hours")
    assert [span(m) for m in (1, 59, 150, 3 * 24 * 60)] == ["1 minute", "59 minutes", "2 hours", "3 days"]


def test_every_fact_of_the_outlook_has_words_in_three_languages(stage):
    """Whatever the service says can be said here."""
    import inspect
    import re

    from studio.services import outlook

    codes = set(re.findall(r'"(trust\.[a-z_]+)"', inspect.getsource(outlook))) | {
        "trust.clock.back", "trust.clock.forward"}
    codes = {c for c in codes if not c.startswith("trust.lid") and c != "trust.clock"}
    for code in ("en", "zh_CN", "zh_TW"):
        stage.speak(code)
        for fact in codes:
            known = Known((TrustFact(fact, "warn", "outbox", {"count": 2, "reason": "x", "minutes": 9}), LID))
            assert len(facts(known)) == 2, fact


def test_a_real_workspace_is_read(stage):
    post = stage.post("Road book")
    stage.stored(post, datetime.now(UTC) - timedelta(hours=2), State.MISSED)
    stage.stored(stage.post("Later"), datetime.now(UTC) + timedelta(minutes=20), State.SCHEDULED)
    known = read(stage.desk)
    assert known.fact("trust.stopped").values["count"] == 1 and known.next.heading == "Later"
    found = top_line(known, own_zone(stage.desk), "en")
    assert found.text.startswith("1 needs you · next ") and found.target == "review"


def test_the_watch_tells_after_each_change_and_reads_a_burst_once(stage, qtbot):
    watch = TrustWatch(stage.desk, stage.window)
    heard = []
    watch.told.connect(heard.append)
    stage.desk.posts.changed.emit("x")
    QTest.qWait(250)
    assert heard == []  # it was not started
    watch.start()
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].next is None
    post = stage.post("Later")
    for _ in range(20):
        stage.desk.posts.changed.emit(post.id)
    stage.scheduled(post, datetime.now(UTC) + timedelta(hours=1))
    qtbot.waitUntil(lambda: heard[-1].next is not None)
    assert len(heard) <= 4
    watch.close()


def test_times_name_their_day_unless_it_is_today(language):
    assert time_words(NOW + timedelta(hours=1), UTC_ZONE, "en", NOW) == "11:00"
    assert time_words(NOW + timedelta(hours=15), UTC_ZONE, "en", NOW) == "tomorrow 01:00"
    assert time_words(NOW + timedelta(days=3), UTC_ZONE, "en", NOW) == "Sat 12 Dec, 10:00"
