"""The Outbox pane on a real workspace: every state reached for real, and what each answer does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.delivery import State
from studio.core.finding import error
from studio.core.pace import Pace
from studio.core.post import Reply
from studio.core.slot import Late
from studio.ui.calendar.chooser import Chooser
from studio.ui.focus import Regions, tab_chain
from studio.ui.outbox.panels import HoldSheet, LinkPanel
from studio.ui.sheet import Confirm
from tests.ui.desks import press
from tests.ui.outbox.conftest import groups, laid, opened, sent, unconfirmed, wrote

S = State


def over(pane, kind):
    found = [each for each in pane.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, found
    return found[0]


def keys(pane):
    return list(pane.story.box.controls)


def do(stage, pane, key):
    control = pane.story.box.controls[key]
    assert control.isEnabled(), key
    control.click()
    stage.settle()


def state_of(stage, delivery):
    return stage.desk.publishing.get(delivery.id).state


# -- the list --------------------------------------------------------------------------------------------------


def test_nothing_yet_says_what_to_do_first(stage):
    pane = opened(stage)
    assert pane.pages.currentWidget() is pane.empty and pane.opened is None
    asked = []
    pane.drafts_asked.connect(lambda: asked.append("drafts"))
    pane.calendar_asked.connect(lambda: asked.append("calendar"))
    pane.empty.button.click()
    pane.empty.link.click()
    assert asked == ["drafts", "calendar"]


def test_what_needs_the_person_stands_first_then_the_days(stage):
    laid(stage, "Ferry", S.WAITING)
    laid(stage, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    laid(stage, "Paper", S.UNCONFIRMED)
    laid(stage, "Lights", S.FAILED, -26)
    laid(stage, "Winter", S.STAGING, -0.1)
    laid(stage, "Gone", S.PUBLISHED, -0.2)
    laid(stage, "Older", S.PUBLISHED, -24 * 9)
    stage.scheduled(stage.post("Cup"), datetime.now(UTC) + timedelta(minutes=12))
    stage.scheduled(stage.post("Far"), datetime.now(UTC) + timedelta(days=9))
    pane = opened(stage)
    found = groups(pane)
    assert list(found)[:3] == ["needs", "unconfirmed", "failed"]
    assert found["needs"] == ["Ferry", "Noodles"] and found["failed"] == ["Lights"] and found["ahead"][-1] == "Far"
    assert found[(datetime.now(UTC) + timedelta(hours=8) - timedelta(days=9)).date().isoformat()] == ["Older"]
    assert stage.desk.outbox.waiting() == 4
    assert pane.list.current and pane.opened.item.heading == "Ferry"


def test_rows_say_how_far_and_how_long(stage):
    sending = laid(stage, "Winter", S.STAGING, -0.1, plan={"uploads": [{}] * 6})
    for number in (1, 2):
        wrote(stage, sending, f"stage:{number}")
    waiting = laid(stage, "Gap", S.DUE, -0.1, wake=datetime.now(UTC) + timedelta(minutes=3.5), handles={"wait": "gap"})
    due = stage.scheduled(stage.post("Cup"), datetime.now(UTC) + timedelta(minutes=11.5))
    pane = opened(stage)
    words = {id: pane.list.rows.data(pane.list.rows.index(pane.list.rows.place(id)),
                                     Qt.ItemDataRole.AccessibleTextRole) for id in (sending.id, waiting.id, due.id)}
    assert "Uploading 3 of 6" in words[sending.id]
    assert "Waits 4 min: pace" in words[waiting.id]
    assert "Due in 12 min" in words[due.id] and "Cup, Practice account" in words[due.id]


def test_hit_areas_have_names(stage):
    paper = laid(stage, "Paper", S.UNCONFIRMED)
    pane = opened(stage)
    row, head = pane.list.area(f"row:{paper.id}"), pane.list.area("group:unconfirmed")
    assert not row.isEmpty() and not head.isEmpty() and head.bottom() < row.top()
    assert pane.list.area("row:nobody").isEmpty() and pane.list.area("hidden").isEmpty()
    assert row.height() >= 28


def test_arrows_home_end_and_enter(stage):
    ids = [laid(stage, f"Post {n}", S.PUBLISHED, -0.01 * n - 0.01).id for n in range(5)]
    pane = opened(stage)
    pane.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert pane.list.current == ids[0]
    press(pane.list, Qt.Key.Key_Down)
    stage.settle()
    assert pane.list.current == ids[1] and pane.opened.item.delivery.id == ids[1]
    press(pane.list, Qt.Key.Key_End)
    assert pane.list.current == ids[4]
    press(pane.list, Qt.Key.Key_Home)
    stage.settle()
    assert pane.list.current == ids[0]
    assert all(region.accessibleName() for region in pane.regions()[:3])


def test_enter_goes_to_the_safe_action(stage):
    laid(stage, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    pane = opened(stage)
    stage.window.activateWindow()
    pane.list.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is pane.story.box.controls["resume"]


def test_words_states_and_accounts_narrow_the_list(stage):
    laid(stage, "Old paper", S.PUBLISHED)
    laid(stage, "Noodles", S.FAILED)
    pane = opened(stage)
    pane.column.search.setText("paper")
    pane.column.search._tell()
    stage.settle()
    assert groups(pane) == {next(iter(groups(pane))): ["Old paper"]}
    pane.column.search.setText("nothing like it")
    pane.column.search._tell()
    stage.settle()
    assert pane.column.pages.currentWidget() is pane.column.none
    pane.column.none.button.click()
    stage.settle()
    assert sum(map(len, groups(pane).values())) == 2
    entry = next(a for a in pane.column.filter_menu().actions() if a.text() == "Failed")
    entry.trigger()
    stage.settle()
    assert groups(pane) == {"failed": ["Noodles"]}


def test_a_long_past_comes_in_windows(stage, monkeypatch):
    monkeypatch.setattr("studio.ui.outbox.pane.WINDOW", 20)
    ids = [laid(stage, f"Post {n}", S.PUBLISHED, -n - 0.1).id for n in range(50)]
    pane = opened(stage)
    pane._window = 20
    pane.reload()
    stage.settle()
    assert pane.list.rows.ids() == ids[:20]
    pane.list.verticalScrollBar().setValue(pane.list.verticalScrollBar().maximum())
    stage.settle()
    assert pane.list.rows.ids()[:40] == ids[:40] and pane.list.current == ids[0]


def test_more_of_what_comes_is_in_the_calendar(stage):
    for n in range(12):
        stage.scheduled(stage.post(f"Far {n}"), datetime.now(UTC) + timedelta(days=9 + n))
    pane = opened(stage)
    asked = []
    pane.calendar_asked.connect(lambda: asked.append(1))
    place = pane.list.area("hidden")
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert asked == [1] and len(groups(pane)["ahead"]) == 8


def test_it_follows_what_happens_elsewhere(broken, fake):
    pane = opened(broken)
    delivery = sent(broken)
    broken.settle()
    QTest.qWait(80)
    broken.settle()
    assert pane.list.row(delivery.id).delivery.state is S.PUBLISHED


def test_what_another_process_did_is_seen(stage):
    pane = opened(stage)
    made = laid(stage, "From the worker", S.PUBLISHED)  # nobody tells
    assert pane.list.row(made.id) is None
    pane.look_elsewhere()
    stage.settle()
    assert pane.list.row(made.id) is not None
    turn = pane._turn
    pane.look_elsewhere()
    assert pane._turn == turn
    stage.desk.workspace.holds.put("", "Storm", datetime.now(UTC))
    pane.look_elsewhere()
    stage.settle()
    assert len(pane.column.strips()) == 1


def test_the_clock_is_watched_only_while_words_count_and_are_seen(stage):
    pane = opened(stage)
    assert not pane.ticking
    due = stage.scheduled(stage.post("Cup"), datetime.now(UTC) + timedelta(minutes=12))
    QTest.qWait(80)
    stage.settle()
    assert pane.ticking and pane.list.row(due.id) is not None
    pane.hide()
    assert not pane.ticking
    pane.show()
    assert pane.ticking
    before = pane.story.box.title.text()
    pane.tick()
    assert pane.story.box.title.text() == before == "Goes out in 12 min"


# -- unconfirmed -----------------------------------------------------------------------------------------------


def test_a_lost_answer_first_asks_to_look(broken, fake):
    delivery = unconfirmed(broken)
    pane = opened(broken)
    answer = pane.story.box.answer
    assert answer.title == "We sent it once, and the answer got lost." and answer.safe.key == "page"
    assert "left this computer at" in answer.sentence and "look-up" in answer.sentence
    again = pane.story.box.controls["again"]
    assert not again.isEnabled() and again.toolTip() == "First open the page and look."
    do(broken, pane, "page")
    assert pane.urls == ["https://fake.example/mine"]
    assert pane.story.box.controls["again"].isEnabled()
    assert state_of(broken, delivery) is S.UNCONFIRMED and fake.server.log.count("commit") == 1


def test_a_second_send_is_asked_about_and_the_safe_answer_sends_nothing(broken, fake):
    delivery = unconfirmed(broken)
    pane = opened(broken)
    do(broken, pane, "page")
    pane.story.box.controls["again"].click()
    question = over(pane, Confirm)
    press(question, Qt.Key.Key_Escape)
    broken.settle()
    assert fake.server.log.count("commit") == 1
    pane.story.box.controls["again"].click()
    over(pane, Confirm).buttons["again"].click()
    broken.settle()
    assert state_of(broken, delivery) is S.PUBLISHED and len(fake.server.posts) == 1
    assert pane.story.box.answer.state == "published" and pane.story.box.answer.safe is None


def test_a_link_is_pasted_and_a_wrong_one_says_so(broken, fake):
    delivery = unconfirmed(broken)
    QApplication.clipboard().setText("no link")
    pane = opened(broken)
    pane.story.box.controls["confirm"].click()
    panel = over(pane, LinkPanel)
    assert panel.field.text() == "" and not panel.confirm.isEnabled()
    panel.field.setText("javascript:alert(1)")
    panel.confirm.click()
    broken.settle()
    assert panel.problem.isVisible() and state_of(broken, delivery) is S.UNCONFIRMED
    panel.field.setText("https://fake.example/by-hand")
    panel.confirm.click()
    broken.settle()
    assert state_of(broken, delivery) is S.PUBLISHED and not pane.window().findChildren(LinkPanel)
    assert "On your word" in pane.story.box.answer.sentence


def test_a_link_on_the_clipboard_is_there_already(broken, fake):
    unconfirmed(broken)
    QApplication.clipboard().setText("https://fake.example/copied")
    pane = opened(broken)
    pane.story.box.controls["confirm"].click()
    assert over(pane, LinkPanel).field.text() == "https://fake.example/copied"


def test_looking_again_finds_what_lagged(broken, fake):
    delivery = sent(broken, commit=["drop_after"], look=["lag"] * 40)
    while broken.desk.publishing.get(delivery.id).wake is not None:
        delivery = broken.desk.workspace.deliveries.change(delivery.id, S.UNCONFIRMED, wake=None)
    pane = opened(broken)
    fake.server.faults = {}
    pane.acting.do("look")
    broken.settle()
    assert state_of(broken, delivery) is S.PUBLISHED and len(fake.server.posts) == 1


# -- failed ----------------------------------------------------------------------------------------------------


def test_a_refusal_says_why_and_that_nothing_is_live(broken, fake):
    delivery = sent(broken, commit=["refused"])
    pane = opened(broken)
    answer = pane.story.box.answer
    assert answer.title == "It did not go out." and "Nothing of it is live." in answer.sentence
    assert [finding.code for finding in answer.findings] == ["fake.refused"]
    assert answer.safe.key == "open"  # it is about the text
    posts = []
    pane.open_post.connect(posts.append)
    do(broken, pane, "open")
    assert posts == [delivery.post]
    do(broken, pane, "resume")
    assert state_of(broken, delivery) is S.PUBLISHED and len(fake.server.posts) == 1


def test_a_sign_in_that_ended_leads_to_the_account(broken, fake):
    laid(broken, "Paper", S.FAILED, error=(error("login.expired", "account"),))
    pane = opened(broken)
    asked = []
    pane.accounts_asked.connect(lambda: asked.append(1))
    do(broken, pane, "accounts")
    assert asked == [1]


def test_of_a_thread_only_what_is_left_is_sent(broken, fake):
    fake.threads = True
    post = broken.desk.posts.create(
        title="Thread", text="One", accounts=(broken.practice,), replies=(Reply("Two"), Reply("Three")))
    fake.server.faults = {"commit": ["", "refused"]}
    delivery = broken.desk.publishing.publish(post.id, broken.practice)
    assert delivery.state is S.FAILED and delivery.link == 1 and fake.server.texts() == ["One"]
    pane = opened(broken)
    answer = pane.story.box.answer
    assert answer.title == "Part 2 of 3 did not go out."
    assert "Part 1 is live and is never sent again." in answer.sentence
    assert {"resume", "over", "leave"} <= set(keys(pane))
    pane.story.box.controls["over"].click()
    over(pane, Confirm).buttons["keep"].click()
    broken.settle()
    assert fake.server.texts() == ["One"]
    do(broken, pane, "resume")
    for _ in range(5):
        if state_of(broken, delivery) is S.PUBLISHED:
            break
        broken.desk.publishing.run_due(datetime.now(UTC))
    assert fake.server.texts() == ["One", "Two", "Three"]


# -- missed, planned, held -------------------------------------------------------------------------------------


def test_missed_is_sent_when_the_person_says_so(broken, fake):
    delivery = laid(broken, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    pane = opened(broken)
    assert keys(pane) == ["resume", "time", "leave"] and not fake.server.log
    do(broken, pane, "resume")
    assert state_of(broken, delivery) is S.PUBLISHED and len(fake.server.posts) == 1


def test_missed_gets_another_time(broken, fake):
    delivery = laid(broken, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    pane = opened(broken)
    pane.story.box.controls["time"].click()
    panel = over(pane, Chooser)
    panel.confirm.click()
    broken.settle()
    moved = broken.desk.publishing.get(delivery.id)
    assert moved.state is S.SCHEDULED and moved.at > datetime.now(UTC)
    assert pane.story.box.answer.title.startswith("Goes out")


def test_missed_is_left(broken, fake):
    delivery = laid(broken, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    pane = opened(broken)
    do(broken, pane, "leave")
    assert state_of(broken, delivery) is S.CANCELLED and not fake.server.posts
    assert pane.opened.item.delivery.id == delivery.id


def test_planned_says_which_clock_fires(broken, fake):
    made = broken.scheduled(broken.post("Cup", "Hot."), datetime.now(UTC) + timedelta(minutes=20))
    laid(broken, "There", S.SCHEDULED, 30, clock="platform", handles={"receipt": {"url": "", "handle": {}}})
    pane = opened(broken)
    pane.show_delivery(made.id)
    broken.settle()
    answer = pane.story.box.answer
    assert answer.title == "Goes out in 20 min" and answer.safe is None
    assert "by this computer’s clock" in answer.sentence
    there = next(line.row.id for line in pane.list.rows.lines if line.row and line.row.title == "There")
    pane.show_delivery(there)
    broken.settle()
    assert "may be off" in pane.story.box.answer.sentence and "now" not in keys(pane)


def test_planned_is_taken_off_and_brought_back(broken, fake):
    made = broken.scheduled(broken.post("Cup", "Hot."), datetime.now(UTC) + timedelta(minutes=20))
    pane = opened(broken)
    do(broken, pane, "leave")
    assert state_of(broken, made) is S.CANCELLED
    broken.toaster.toast._link.click()
    broken.settle()
    assert broken.desk.publishing.get(made.id).at == made.at and state_of(broken, made) is S.SCHEDULED


def test_planned_is_sent_now_once(broken, fake):
    made = broken.scheduled(broken.post("Cup", "Hot."), datetime.now(UTC) + timedelta(minutes=20))
    pane = opened(broken)
    do(broken, pane, "now")
    assert state_of(broken, made) is S.PUBLISHED and len(fake.server.posts) == 1


def test_what_its_pace_keeps_back_counts_down_and_need_not_wait(broken, fake):
    fake.pace = Pace(gap=30)
    sent(broken, "First")
    waiting = sent(broken, "Second")
    assert waiting.state is S.DUE and len(fake.server.posts) == 1
    pane = opened(broken)
    pane.show_delivery(waiting.id)
    broken.settle()
    assert pane.story.box.answer.title == "Waits 30 min: pace" and pane.ticking
    do(broken, pane, "hurry")
    assert state_of(broken, waiting) is S.PUBLISHED and len(fake.server.posts) == 2


def test_a_hold_needs_a_reason_rests_and_is_released_by_hand(broken, fake):
    made = laid(broken, "Cup", S.DUE, -0.01, owner="")
    pane = opened(broken)
    pane.acting.ask_hold("")
    sheet = over(pane, HoldSheet)
    assert not sheet.hold.isEnabled() and sheet.hold.toolTip()
    sheet.field.setText("Storm warning")
    sheet.hold.click()
    broken.settle()
    broken.desk.publishing.run_due(datetime.now(UTC))
    QTest.qWait(80)
    broken.settle()
    assert state_of(broken, made) is S.HELD and not fake.server.posts
    assert [strip.accessibleName() for strip in pane.column.strips()] == ["Everything is on hold. Storm warning"]
    assert pane.story.box.answer.title == "On hold: Storm warning" and pane.story.box.answer.safe.key == "unhold"
    assert broken.desk.outbox.waiting() == 0
    do(broken, pane, "unhold")
    QTest.qWait(80)
    broken.settle()
    assert not pane.column.strips() and state_of(broken, made) is S.HELD and not fake.server.posts
    assert pane.story.box.answer.safe.key == "now" and broken.desk.outbox.waiting() == 1
    do(broken, pane, "now")
    assert state_of(broken, made) is S.PUBLISHED and len(fake.server.posts) == 1


def test_a_hold_is_ended_from_its_strip(broken, fake):
    broken.desk.holds.hold("Storm", platform="fake")
    pane = opened(broken)
    strip = pane.column.strips()[0]
    assert strip.accessibleName() == "Fake is on hold. Storm"
    strip.link.click()
    broken.settle()
    assert not broken.desk.holds.active() and not pane.column.strips()


# -- the story and the proof -----------------------------------------------------------------------------------


def test_the_journal_has_a_node_per_step(broken, fake):
    unconfirmed(broken)
    pane = opened(broken)
    journal = pane.story.journal
    heads = [told.head for told in journal.story]
    assert "Sent, and the answer got lost" in heads and heads[-1].startswith("Looked")
    tops = [journal.area(f"step:{n}").top() for n in range(len(heads))]
    assert tops == sorted(tops) and journal.area("node:0").width() == 20
    assert journal.area("step:99").isEmpty() and journal.area("nothing:0").isEmpty()
    assert all(head in journal.accessibleDescription() for head in heads)
    journal.setFocus(Qt.FocusReason.TabFocusReason)
    press(journal, Qt.Key.Key_End)
    assert journal.at == len(heads) - 1
    press(journal, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert heads[-1] in QApplication.clipboard().text()
    assert pane.story.area.verticalScrollBar().value() > 0 or journal.height() < 400


def test_the_report_is_copied_without_a_secret(broken, fake):
    delivery = unconfirmed(broken)
    pane = opened(broken)
    pane.story.copy.click()
    text = QApplication.clipboard().text()
    assert delivery.id in text and "Sent, and the answer got lost" in text
    assert "s3cret-token" not in text and "Rain outside" not in text


def test_sent_stands_beside_found(broken, fake):
    delivery = sent(broken)
    pane = opened(broken, 1500)
    assert pane.side.isVisible() and pane.proof.parentWidget() is pane.side.inner
    found = pane.proof.comparison
    assert (found.compare.sent, found.compare.found) == ("Rain outside.", "Rain outside.")
    assert [fact.mark for fact in found.compare.facts] == ["good", "info"]
    sent_at, found_at = found.area("sent"), found.area("found")
    assert sent_at.right() < found_at.left() and sent_at.top() == found_at.top()
    assert not found.area("fact:0").isEmpty() and found.area("picture:0").isEmpty()
    pane.proof.buttons["see"].click()
    pane.proof.buttons["copy"].click()
    assert pane.urls == [delivery.url] and QApplication.clipboard().text() == delivery.url


def test_without_proof_it_says_so_and_below_1400_the_proof_lies_under_the_story(broken, fake):
    unconfirmed(broken)
    pane = opened(broken, 1280)
    assert not pane.side.isVisible() and pane.story.isAncestorOf(pane.proof) and pane.proof.comparison is None
    stage_words = [label.text() for label in pane.proof.findChildren(type(pane.proof.title))]
    assert "No proof yet. It counts as published only once it is found." in stage_words
    broken.window.resize(1500, 800)
    QTest.qWait(5)
    assert pane.side.isVisible() and pane.side.isAncestorOf(pane.proof)
    broken.window.resize(1280, 800)
    QTest.qWait(5)
    assert pane.story.isAncestorOf(pane.proof)


def test_the_same_post_elsewhere_is_one_click_away(broken, fake):
    other = broken.desk.accounts.add("fake", {"user": "pond", "password": "right"})
    mine = sent(broken)
    there = broken.desk.publishing.publish(mine.post, other.id)
    pane = opened(broken, 1500)
    pane.show_delivery(mine.id)
    broken.settle()
    assert pane.proof.count.text() == "Same post, 2 accounts" and list(pane.proof.others) == [there.id]
    assert "pond" in pane.proof.others[there.id].accessibleName()
    pane.proof.others[there.id].click()
    broken.settle()
    assert pane.opened.item.delivery.id == there.id and list(pane.proof.others) == [mine.id]
    assert pane.list.current == there.id


def test_without_a_proof_of_its_own_the_first_there_is_stands_open(broken, fake):
    other = broken.desk.accounts.add("fake", {"user": "pond", "password": "right"})
    mine = unconfirmed(broken)
    fake.server.faults = {}
    there = broken.desk.publishing.publish(mine.post, other.id)
    pane = opened(broken, 1500)
    pane.show_delivery(mine.id)
    broken.settle()
    assert pane.proof.comparison.compare.sent == "Rain outside." and not pane.proof.others
    pane.proof.buttons["see"].click()
    assert pane.urls == [there.url]


# -- the rest --------------------------------------------------------------------------------------------------


def test_a_delivery_is_shown_whatever_the_list_is_narrowed_to(stage):
    paper, noodles = laid(stage, "Paper", S.PUBLISHED), laid(stage, "Noodles", S.FAILED)
    pane = opened(stage)
    pane.column.set_state("failed", frozenset({S.FAILED}))
    stage.settle()
    assert pane.list.rows.ids() == [noodles.id]
    pane.show_delivery(paper.id)
    stage.settle()
    assert pane.opened.item.delivery.id == paper.id == pane.list.current


def test_where_nothing_can_be_changed_only_looking_is_left(broken, fake, monkeypatch):
    laid(broken, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    monkeypatch.setattr(type(broken.desk), "read_only", property(lambda self: True))
    pane = opened(broken)
    assert not any(pane.story.box.controls[key].isEnabled() for key in ("resume", "time", "leave"))
    assert pane.story.box.controls["resume"].toolTip()
    offered = {action.id: action.enabled_when() for action in pane.commands()}
    assert not offered["outbox.hold"] and offered["outbox.report"]


def test_a_refused_answer_is_said_in_place(broken, fake):
    delivery = laid(broken, "Noodles", S.MISSED, -30, late=Late("ask", 0))
    pane = opened(broken)
    broken.desk.publishing.cancel(delivery.id)
    pane._turn += 1  # what is shown is old
    pane.acting.do("resume")
    broken.settle()
    assert pane.story.problem.isVisible() and not fake.server.posts


def test_menus_offer_what_can_be_done(broken, fake):
    unconfirmed(broken)
    pane = opened(broken)
    offered = {action.text(): action.isEnabled() for action in pane.more_menu().actions() if action.text()}
    assert offered["Look it up again"] and offered["Copy report"] and not offered["Open post"]
    assert "Send again" not in " ".join(offered)


def test_the_keyboard_reaches_everything(broken, fake):
    unconfirmed(broken)
    pane = opened(broken)
    chain = tab_chain(pane)
    for wanted in (pane.column.search, pane.list, pane.story.box.controls["page"], pane.story.journal, pane.story.copy,
                   pane.column.hold, pane.column.filter, pane.story.head.more):  # fmt: skip
        assert wanted in chain, wanted
    assert [a.id for a in pane.commands() if a.shortcut] == [
        "outbox.search", "outbox.needs", "outbox.start", "outbox.look", "outbox.see",
        "outbox.report"]


def test_f6_walks_list_box_journal_and_proof(broken, fake):
    unconfirmed(broken)
    pane = opened(broken)
    broken.window.activateWindow()
    walk = Regions(pane.regions)
    pane.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert [walk.step(1) for _ in range(3)] == [pane.story.box.controls["page"], pane.story.journal, pane.list]
    assert walk.step(-1) is pane.story.journal


def test_every_control_has_a_name(broken, fake):
    unconfirmed(broken)
    broken.desk.holds.hold("Storm")
    pane = opened(broken, 1500)
    nameless = [w for w in tab_chain(pane) if not (w.accessibleName() or getattr(w, "text", str)())]
    assert nameless == []


def test_languages_and_looks_change_live(broken, fake):
    unconfirmed(broken)
    pane = opened(broken, 1500)
    broken.speak("zh_TW")
    broken.settle()
    assert pane.column.title.text() == "發件" and pane.story.box.title.text() == "發過一次，但沒等到回應。"
    assert pane.story.journal.story[-1].head.startswith("在平台上")
    assert pane.story.box.controls["page"].text() == "打開我的假頁面看看"
    broken.theme.scale = 1.5
    broken.theme.refresh()
    QTest.qWait(5)
    assert pane.story.journal.area("node:0").width() > 20
    broken.theme.scale = 1.0
    broken.theme.refresh()


def test_what_is_planned_under_a_hold_says_so(broken, fake):
    made = broken.scheduled(broken.post("Cup", "Hot."), datetime.now(UTC) + timedelta(minutes=20))
    broken.desk.holds.hold("Storm", platform="fake")
    pane = opened(broken)
    index = pane.list.rows.index(pane.list.rows.place(made.id))
    assert "On hold" in pane.list.rows.data(index, Qt.ItemDataRole.AccessibleTextRole)
    answer = pane.story.box.answer
    assert answer.title == "On hold: Storm" and "now" not in keys(pane)
    do(broken, pane, "unhold")
    assert pane.story.box.answer.title == "Goes out in 20 min" and state_of(broken, made) is S.SCHEDULED


def test_what_nobody_sees_is_read_when_it_is_shown(broken, fake):
    pane = opened(broken)
    pane.hide()
    delivery = sent(broken)
    QTest.qWait(80)
    broken.settle()
    assert pane.list.row(delivery.id) is None
    pane.show()
    pane.shown()
    broken.settle()
    assert pane.list.row(delivery.id) is not None


def test_files_that_are_over_there_are_not_uploaded_again(broken, fake, tmp_path):
    from PIL import Image

    pictures = []
    for n in range(3):
        path = tmp_path / f"{n}.jpg"
        Image.new("RGB", (64, 48), (60 * n, 9, 9)).save(path)
        pictures.append(broken.desk.library.add([path])[0].asset.as_media())
    post = broken.desk.posts.create(title="Three", text="Cups.", media=tuple(pictures), accounts=(broken.practice,))
    fake.server.faults = {"stage": ["", "refused"]}
    delivery = broken.desk.publishing.publish(post.id, broken.practice)
    pane = opened(broken)
    answer = pane.story.box.answer
    assert delivery.state is S.FAILED and "1 of 3 files" in answer.sentence
    resume = next(deed for deed in (answer.safe, *answer.quiet) if deed.key == "resume")
    assert resume.words == "Resume what is left" and "over" in keys(pane)
    fake.server.log.clear()
    do(broken, pane, "resume")
    assert fake.server.log.count("stage") == 2 and state_of(broken, delivery) is S.PUBLISHED
