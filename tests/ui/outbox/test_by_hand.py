"""What waits for a person in the Outbox: it is started, put off, given up, or proved by its link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.delivery import Compared, Delivery, Proof, State
from studio.core.finding import info, warning
from studio.ui.accounts.looks import Look
from studio.ui.outbox.answers import Case, answer, frozen
from studio.ui.outbox.by_hand import mode_of
from studio.ui.outbox.panels import LinkPanel, ReasonPanel
from studio.ui.outbox.proof import Shown, proof_words
from tests.services.conftest import open_desk
from tests.services.fakes import FakeVault
from tests.ui.clipping import clipped
from tests.ui.desks import Stage
from tests.ui.handoff.conftest import HandPlatform
from tests.ui.outbox.conftest import opened

LINK = "https://fake.example/video/7301"
NOW = datetime(2026, 12, 9, 10, tzinfo=UTC)
DOUYIN = Look("a", "Old Town", "@walk", "Douyin", "D", "#1c1d21", "assisted", False)


@pytest.fixture
def hand(monkeypatch):
    """The only platform there is; it also takes posts from a person's hand."""
    declared = HandPlatform()
    declared.home = "https://fake.example/mine"
    monkeypatch.setattr(platforms, "names", lambda: ("fake",))
    monkeypatch.setattr(platforms, "get", lambda name: {"fake": declared}[name])
    monkeypatch.setattr(platforms, "every", lambda: {"fake": declared})
    return declared


@pytest.fixture
def place(qapp, tmp_path, hand):
    """A stage with one account that goes by hand."""
    made = Stage(tmp_path / "w", desk=open_desk(tmp_path / "w", FakeVault()))
    made.desk.settings.set("zone", "Asia/Shanghai")
    made.desk.accounts.add("fake", {}, name="Old Town Walks", mode="assisted")
    yield made
    made.close()


@pytest.fixture
def pane(place):
    """The pane with one delivery that waits for the person. `pane.asked`: what was started."""
    delivery = place.desk.publishing.publish(place.post("Ferry").id, place.practice)
    assert delivery.state is State.WAITING
    made = opened(place)
    made.asked = []
    made.hand_asked.connect(made.asked.append)
    return made


def state(place, pane):
    return place.desk.publishing.get(pane.opened.item.delivery.id)


def panel(pane, kind):
    return next(p for p in pane.window().findChildren(kind) if p.isVisible())


def case(state, **more):
    inside = {name: more.pop(name) for name in list(more) if name not in Case.__dataclass_fields__}
    return Case(Delivery(id="d", state=state, **inside), DOUYIN, NOW, ZoneInfo("Asia/Shanghai"), "en", **more)


# -- what is said ----------------------------------------------------------------------------------------------


def test_what_waits_has_one_safe_deed_and_four_quiet_ones(theme):
    said = answer(case(State.WAITING, error=(info("delivery.by_hand", "delivery"),)))
    assert said.title == "It needs your hand." and said.safe.key == "start" and said.findings == ()
    assert [deed.key for deed in said.quiet] == ["confirm", "remind", "failed", "leave"]


def test_why_the_api_did_not_do_it_stands_there(theme):
    said = answer(case(State.WAITING, error=(warning("account.no_rights", "account"),)))
    assert [finding.code for finding in said.findings] == ["account.no_rights"]


def test_when_it_is_told_again_is_said(theme):
    said = answer(case(State.WAITING, wake=NOW + timedelta(minutes=30)))
    assert "reminded again at 18:30" in said.sentence
    assert "reminded" not in answer(case(State.WAITING, wake=NOW - timedelta(minutes=1))).sentence


def test_who_may_only_look_cannot_start_it(theme):
    said = frozen(answer(case(State.WAITING)), "Read only")
    assert said.safe.locked == "Read only" and all(deed.locked for deed in said.quiet)


def test_a_link_by_its_form_is_not_called_read_back(theme):
    proof = Proof(LINK, None, (Compared("link", LINK, LINK),))
    said = answer(case(State.HANDED_OVER, url=LINK, proof=proof))
    assert said.title == "Posted by your hand." and "cannot be read" in said.sentence and said.state == "published"
    shown = Shown(Delivery(state=State.HANDED_OVER, url=LINK, proof=proof), DOUYIN, "published")
    assert proof_words(shown, ZoneInfo("UTC")) == "Its link has the right form; what is there was not read."


def test_a_strange_link_is_on_the_persons_word_and_can_be_replaced(theme):
    said = answer(case(State.HANDED_OVER, url=LINK, error=(warning("handoff.unknown_link", "link"),)))
    assert said.title == "Kept on your word." and said.state == "waiting" and said.safe.key == "see"
    assert [deed.key for deed in said.quiet] == ["confirm", "copy", "leave"] and said.findings == ()


def test_without_a_link_it_is_asked_for(theme):
    assert answer(case(State.HANDED_OVER)).safe.key == "page"
    assert answer(case(State.HANDED_OVER, page=False)).safe.key == "confirm"


# -- what is done ----------------------------------------------------------------------------------------------


def test_the_head_names_the_way_this_post_goes_not_that_of_its_account(place, pane):
    assert pane.story.head.where.accessibleName().endswith("Assisted")
    handed = pane.opened.item.delivery
    assert mode_of(handed, "api") == "assisted"
    for odd in ({}, {"handoff": 3}, {"handoff": {"content": {"mode": "dance"}}}):
        assert mode_of(replace(handed, handles=odd), "kit") == "kit"


def test_start_asks_for_the_window_from_the_box_the_menu_and_the_keys(place, pane):
    id = pane.opened.item.delivery.id
    pane.story.box.controls["start"].click()
    offered = {action.text(): action for action in pane.more_menu().actions()}
    offered["Post it by hand now"].trigger()
    next(a for a in pane.commands() if a.id == "outbox.start").run()
    assert pane.asked == [id] * 3
    assert next(a for a in pane.commands() if a.id == "outbox.start").enabled_when()


def test_its_link_proves_it(place, pane, hand):
    hand.found = "A walk through the old town."
    QGuiApplication.clipboard().setText(LINK)
    pane.story.box.controls["confirm"].click()
    panel(pane, LinkPanel).confirm.click()
    place.settle()
    assert state(place, pane).state is State.PUBLISHED and pane.story.box.title.text() == "It is live."


def test_a_strange_link_may_be_kept_and_a_better_one_pasted_later(place, pane):
    pane.acting.do("confirm")
    one = panel(pane, LinkPanel)
    one.field.setText("https://elsewhere.example/1")
    one.confirm.click()
    place.settle()
    assert one.problem.isVisible() and one.keep.isVisible() and one.keep.isEnabled()
    one.keep.click()
    place.settle()
    assert state(place, pane).state is State.HANDED_OVER and state(place, pane).proof is None
    assert pane.story.box.title.text() == "Kept on your word."
    pane.acting.do("confirm")
    other = panel(pane, LinkPanel)
    other.field.setText(LINK)
    other.confirm.click()
    place.settle()
    assert state(place, pane).proof is not None and pane.story.box.title.text() == "Posted by your hand."


def test_no_address_at_all_is_refused_without_an_offer(place, pane):
    pane.acting.do("confirm")
    one = panel(pane, LinkPanel)
    one.field.setText("nothing")
    one.confirm.click()
    place.settle()
    assert one.problem.isVisible() and not one.keep.isVisible()


def test_later_is_a_menu_of_three(place, pane):
    menu = pane.acting.remind_menu()
    assert [action.text() for action in menu.actions()] == ["In 10 minutes", "In 30 minutes", "In 60 minutes"]
    menu.actions()[0].trigger()
    place.settle()
    assert state(place, pane).wake is not None and "reminded again" in pane.story.box.sentence.text()
    assert pane.story.journal.story[-1].head.startswith("Put off by you; told again at")


def test_it_did_not_work_keeps_the_reason_and_can_be_prepared_again(place, pane):
    pane.story.box.controls["failed"].click()
    asked = panel(pane, ReasonPanel)
    asked.field.setText("The page was down")
    asked.act.click()
    place.settle()
    assert state(place, pane).state is State.FAILED
    assert "The page was down" in " ".join(told.words for told in pane.story.journal.story)
    pane.acting.do("resume")
    place.settle()
    assert state(place, pane).state is State.WAITING


def test_a_refusal_stays_in_the_panel(place, pane):
    pane.acting.do("failed")
    asked = panel(pane, ReasonPanel)
    place.desk.publishing.cancel(pane.opened.item.delivery.id)
    asked.act.click()
    place.settle()
    assert asked.problem.isVisible() and asked.act.isEnabled()


def test_what_was_written_since_is_prepared_again_from_the_menu(place, pane):
    post = place.desk.posts.get(pane.opened.item.delivery.post)
    place.desk.posts.save(replace(post, text="Another text"))
    offered = {action.text(): action for action in pane.more_menu().actions()}
    offered["Prepare it again"].trigger()
    place.settle()
    sheet = place.desk.by_hand.sheet(pane.opened.item.delivery.id)
    assert sheet.content.text == "Another text" and sheet.done == frozenset()


def test_taken_off_is_taken_off(place, pane):
    pane.story.box.controls["leave"].click()
    place.settle()
    assert state(place, pane).state is State.CANCELLED


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(place, pane, language, scale):
    place.theme.scale = scale
    place.theme.refresh()
    place.speak(language)
    place.settle()
    assert clipped(pane.story.box) == []
    for key, kind in (("confirm", LinkPanel), ("failed", ReasonPanel)):
        pane.acting.do(key)
        shown = panel(pane, kind)
        shown.say("Something that takes more than a whole line of words to be said in full, and then some")
        QTest.qWait(5)
        assert clipped(shown) == []
        shown.close_up()
    place.theme.scale = 1.0
    place.theme.refresh()


def test_a_fault_of_ours_is_said_too(place, pane, monkeypatch):
    def broken(id, minutes):
        raise ZeroDivisionError

    monkeypatch.setattr(place.desk.by_hand, "later", broken)
    pane.acting._later(10)
    place.settle()
    assert pane.story.problem.isVisible()
