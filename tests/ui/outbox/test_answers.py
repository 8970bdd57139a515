"""What the box says: one safe action at most, a second send only after a look, in every state and language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio.core.delivery import Compared, Delivery, Proof, State
from studio.core.finding import error, warning
from studio.core.hold import Hold
from studio.core.slot import Late
from studio.ui.accounts.looks import Look
from studio.ui.outbox.acting import JOBS
from studio.ui.outbox.answers import HARMLESS, Case, answer, frozen
from studio.ui.outbox.rows import Progress, minutes, snug

S = State
NOW = datetime(2026, 12, 9, 10, tzinfo=UTC)
WEIBO = Look("a", "Strolling", "@walk", "Weibo", "W", "#e6162d", "api", False)
KNOWN = JOBS | HARMLESS | {"confirm", "time", "unhold", "start", "remind", "failed"}


def case(state, **more):
    inside = {name: more.pop(name) for name in list(more) if name not in Case.__dataclass_fields__}
    delivery = Delivery(id="d", state=state, at=inside.pop("at", NOW - timedelta(hours=1)), **inside)
    return Case(delivery, WEIBO, NOW, ZoneInfo("Asia/Shanghai"), more.pop("language", "en"), **more)


@pytest.fixture(params=["en", "zh_CN", "zh_TW"])
def spoken(request, language):
    language.set(request.param)
    return request.param


@pytest.mark.parametrize("state", list(S))
def test_every_state_says_something_and_offers_only_what_exists(state, spoken):
    said = answer(case(state, language=spoken))
    deeds = [deed for deed in (said.safe, *said.quiet) if deed]
    assert said.title and said.sentence and all(deed.words for deed in deeds)
    assert {deed.key for deed in deeds} <= KNOWN and len({deed.key for deed in deeds}) == len(deeds)
    assert "{" not in said.title + said.sentence
    assert "!" not in said.title + said.sentence and "！" not in said.title + said.sentence


@pytest.mark.parametrize("state", [S.UNCONFIRMED, S.FAILED, S.MISSED, S.HELD, S.WAITING, S.HANDED_OVER])
def test_trouble_has_one_safe_action(state, theme):
    said = answer(case(state))
    assert said.tinted and said.safe is not None and not said.safe.locked
    assert said.safe.key != "again"


def test_calm_has_none(theme):
    for state in (S.SCHEDULED, S.DUE, S.STAGING, S.PUBLISHED, S.CANCELLED):
        said = answer(case(state, at=NOW + timedelta(hours=3)))
        assert said.safe is None and not said.tinted


def test_the_next_part_of_a_thread_says_when_it_goes_and_what_is_live(spoken):
    said = answer(case(S.DUE, language=spoken, link=1, parts=3, wake=NOW + timedelta(minutes=5)))
    assert "18:05" in said.title and "2" in said.title and "3" in said.title
    assert [deed.key for deed in said.quiet] == ["leave"] and not said.tinted


def test_a_second_send_is_locked_until_the_person_looked(theme):
    def again(**more):
        return next(deed for deed in answer(case(S.UNCONFIRMED, **more)).quiet if deed.key == "again")

    assert again().locked and again().icon == "lock"
    assert not again(looked=True).locked
    assert not again(page=False).locked  # there is no page; it is looked up instead
    assert answer(case(S.UNCONFIRMED, page=False)).safe.key == "look"


def test_unconfirmed_says_when_it_went_how_often_it_was_looked_for_and_what_follows(theme):
    said = answer(case(S.UNCONFIRMED, went=NOW - timedelta(minutes=3), looks=3, wake=NOW + timedelta(seconds=90)))
    assert "at 17:57:00" in said.sentence and "3 look-ups" in said.sentence and "18:01:30" in said.sentence
    assert said.findings == ()
    odd = answer(case(S.UNCONFIRMED, error=(warning("delivery.cannot_look"), error("delivery.unconfirmed"))))
    assert [finding.code for finding in odd.findings] == ["delivery.cannot_look"]


def test_a_failure_offers_its_fix_first(theme):
    def safe(*codes):
        return answer(case(S.FAILED, error=codes)).safe.key

    assert safe(error("login.expired", "account")) == "accounts"
    assert safe(error("text.too_long", "text")) == safe(error("media.too_big", "media[1]")) == "open"
    assert safe(error("net.down", "account")) == safe() == "resume"
    assert safe(warning("link.twice", "link")) == "resume"


def test_resume_or_start_over_is_a_choice_with_words(theme):
    said = answer(case(S.FAILED, staged=2, files=5))
    assert said.safe.words == "Resume what is left" and "2 of 5 files" in said.sentence
    assert [deed.words for deed in said.quiet] == ["Start over", "Choose a time…", "Leave it"]
    said = answer(case(S.FAILED, link=2, parts=4))
    assert said.title == "Part 3 of 4 did not go out." and "Parts 1 to 2 are live" in said.sentence
    assert [deed.words for deed in said.quiet] == ["Start over…", "Choose a time…", "End it here"]
    assert "Nothing of it is live." not in said.sentence


def test_planned_tells_whose_clock_fires(theme):
    mine = answer(case(S.SCHEDULED, at=NOW + timedelta(minutes=12), late=Late("ask", 0)))
    assert mine.title == "Goes out in 12 min" and "you are asked" in mine.sentence
    theirs = answer(case(S.SCHEDULED, at=NOW + timedelta(days=2), clock="platform", handles={"receipt": {}}))
    assert "Weibo" in theirs.sentence and "may be off" in theirs.sentence
    assert "now" not in [deed.key for deed in theirs.quiet]


def test_what_waits_says_how_long_and_why(theme):
    said = answer(case(S.DUE, progress=Progress(until=NOW + timedelta(minutes=3, seconds=1), why="pace")))
    assert said.title == "Waits 4 min: pace"


def test_what_is_tried_again_by_itself_is_no_alarm(theme):
    down = error("net.down", "account", host="x.example")
    assert [f.severity for f in answer(case(S.DUE, error=(down,))).findings] == ["warning"]
    busy = error("delivery.still_processing", "delivery")
    assert [f.severity for f in answer(case(S.PROCESSING, error=(busy,))).findings] == ["info"]
    assert [f.severity for f in answer(case(S.FAILED, error=(down,))).findings] == ["error"]


def test_a_hold_is_named_with_its_reason(theme):
    hold = Hold("", "Storm", NOW)
    for state in (S.HELD, S.SCHEDULED, S.DUE):
        said = answer(case(state, hold=hold))
        assert said.title == "On hold: Storm" and "now" not in [d.key for d in (said.safe, *said.quiet) if d]
    assert answer(case(S.HELD)).safe.key == "now"


def test_live_is_said_with_its_proof_only(theme):
    proof = Proof("u", NOW, (Compared("text", "a", "a"), Compared("link", "x", "y")))
    assert "1 point differs" in answer(case(S.PUBLISHED, proof=proof)).sentence
    assert "all the same" in answer(case(S.PUBLISHED, proof=replace(proof, lines=proof.lines[:1]))).sentence
    assert "On your word" in answer(case(S.PUBLISHED)).sentence
    assert answer(case(S.HANDED_OVER, proof=proof)).state == "published"


def test_given_up_unsure_stays_unsure(theme):
    assert "nobody knows" in answer(case(S.CANCELLED, handles={"maybe_live": True})).sentence


def test_frozen_leaves_only_what_changes_nothing(theme):
    for state in S:
        said = frozen(answer(case(state, looked=True)), "read only")
        for deed in (said.safe, *said.quiet):
            assert deed is None or bool(deed.locked) is (deed.key not in HARMLESS)


def test_minutes_that_have_begun_count():
    assert [minutes(NOW + timedelta(seconds=s), NOW) for s in (-5, 0, 1, 60, 61)] == [1, 1, 1, 1, 2]


def test_no_space_between_two_chinese_characters():
    assert snug("打开我的 微博 页面 Weibo 看") == "打开我的微博页面 Weibo 看"
