"""How posting by hand is told in a delivery's story."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio.core.delivery import Delivery, State, Step
from studio.core.finding import error
from studio.services.telling import tell_all

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
LANGUAGES = ("en", "zh_CN", "zh_TW")
URL = "https://www.douyin.com/video/7301"


def step(name, phase="note", after=0, **data):
    return Step("d", name, phase, NOON + timedelta(minutes=after), data, "7@here")


def told(*steps, delivery=None, language="en"):
    return tell_all(delivery or Delivery(id="d"), steps, language, ZoneInfo("Asia/Shanghai"))


HANDED = (
    step("hand over", files=6, mode="assisted", draft=False), step("preparing>waiting_for_user", "move", mode="x"),
)  # fmt: skip


def test_what_is_handed_over_is_one_line_with_how_much():
    [line] = told(*HANDED)
    assert line.head == "Handed over to you. Files ready: 6" and line.tone == "warn"
    assert "live" in line.details[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [({"files": 0}, "the texts are ready"), ({"files": 2, "draft": True}, "as a draft"), ({"files": "many"}, "texts"),
     ({}, "texts")],
)  # fmt: skip
def test_a_draft_and_texts_alone_are_named(data, words):
    [line] = told(step("hand over", **data))
    assert words in line.head


@pytest.mark.parametrize(
    ("check", "after", "words", "tone"),
    [("read", "published", "was read there", "good"), ("form", "handed_over", "form of a post", "good"),
     ("unknown", "handed_over", "not recognised", "warn"), (None, "handed_over", "not recognised", "warn")],
)  # fmt: skip
def test_the_link_is_believed_as_far_as_it_was_checked(check, after, words, tone):
    lines = told(*HANDED, step("paste", after=5, url=URL, check=check),
                 step(f"waiting_for_user>{after}", "move", after=5))  # fmt: skip
    assert len(lines) == 2 and words in lines[1].head and lines[1].tone == tone and lines[1].code == (URL,)


def test_put_off_says_until_when():
    [line] = told(step("remind", minutes=30, at=(NOON + timedelta(minutes=30)).isoformat()))
    assert line.head == "Put off by you; told again at 12:30"
    [line] = told(step("remind", minutes=30))
    assert line.head == "Put off by you"


def test_it_did_not_work_is_said_with_the_reason():
    found = Delivery(id="d", state=State.FAILED, error=(error("handoff.failed_because", reason="too long"),))
    lines = told(*HANDED, step("waiting_for_user>failed", "move", by="person"), delivery=found)
    assert lines[-1].head == "You said that it did not work" and "too long" in lines[-1].details[0]
    later = Delivery(id="d", state=State.PUBLISHED)
    assert told(*HANDED, step("waiting_for_user>failed", "move", by="person"), delivery=later)[-1].details == ()


def test_a_secret_in_an_address_is_not_told():
    [line] = told(step("paste", url="https://x.example/p?access_token=abcdef123456", check="unknown"))
    assert "abcdef123456" not in line.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_has_words(language):
    steps = (*HANDED, step("remind", at=NOON.isoformat()), step("paste", url=URL, check="form"),
             step("paste", url=URL, check="read"), step("paste", url=URL), step("hand over", draft=True))  # fmt: skip
    lines = told(*steps, language=language)
    assert all(line.head and "{" not in line.words for line in lines)
    if language != "en":
        assert not any(line.head.startswith(("Handed", "You", "Put")) for line in lines)
