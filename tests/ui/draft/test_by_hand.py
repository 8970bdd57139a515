"""Posts that go by the person's hand, in the draft and in the publish sheet: what needs a hand, the way around what
the API does not take, and the kit that is taken along."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest

from studio import platforms
from studio.core.delivery import State
from studio.core.finding import error
from studio.core.handoff import HandOff, Piece
from studio.core.post import MODE, Account, account_key
from studio.ui.draft import edits
from studio.ui.draft.publish_sheet import PublishSheet
from studio.ui.sheet import open_sheets
from tests.ui.clipping import clipped
from tests.ui.draft.conftest import SKY, picture, sky


@pytest.fixture
def handy(monkeypatch):
    """Bluesky as if it also took posts from a person's hand, of any length."""
    declared = platforms.get("bluesky")
    check = declared.check
    monkeypatch.setattr(declared, "modes", ("api", "assisted", "kit"))
    monkeypatch.setattr(declared, "compose", "https://bsky.example/new")
    monkeypatch.setattr(declared, "links", (r"bsky\.example/post/(?P<id>\d+)",))
    monkeypatch.setattr(declared, "check", lambda content: check(content) if content.mode == "api" else ())
    monkeypatch.setattr(declared, "handoff", lambda content, made=None: HandOff(
        "https://bsky.example/new", (Piece("text", content.text),), bool(content.media)))
    return declared


@pytest.fixture
def two(stage, handy, enter):
    """A pane with a post for the practice account and for Bluesky, which is too long for its API."""
    sky(stage)
    post = stage.post("Weekend", "word " * 100)
    stage.desk.posts.save(replace(post, accounts=(stage.practice, SKY)))
    pane = enter()
    pane.asked, pane.ready_now = [], []
    pane.hand_asked.connect(pane.asked.append)
    pane.handed.connect(pane.ready_now.append)
    QTest.qWait(3)
    return pane


def opened(pane, stage, mode="time"):
    (pane.way_out.publish if mode == "now" else pane.way_out.schedule)()
    return next(s for s in open_sheets(stage.window) if isinstance(s, PublishSheet))


def groups(sheet):
    """Group -> the accounts that stand in it."""
    found = {}
    for line in sheet.rows:
        found.setdefault(line.line.group(line.ticked), []).append(line.view.account.id)
    return found


def by_hand(pane, stage):
    """The account itself goes by hand."""
    account = stage.desk.workspace.accounts.get(SKY)
    stage.desk.workspace.accounts.save(replace(account, mode="assisted"))
    pane.open.reload_accounts()
    QTest.qWait(3)


# -- the option ------------------------------------------------------------------------------------------------


def test_the_way_of_one_post_is_an_option_that_goes_again(stage):
    account = Account(SKY, "bluesky")
    post = stage.post("A")
    hand = edits.set_mode(post, account, "assisted")
    assert hand.options == {account_key(SKY): {MODE: "assisted"}}
    assert edits.set_mode(hand, account, "api") == post


def test_the_other_options_of_the_account_stay(stage):
    account = Account(SKY, "bluesky")
    key = account_key(SKY)
    post = replace(stage.post("A"), options={key: {"langs": "de"}, "bluesky": {"x": 1}})
    hand = edits.set_mode(post, account, "kit")
    assert hand.options == {key: {"langs": "de", MODE: "kit"}, "bluesky": {"x": 1}}
    assert edits.set_mode(hand, account, "api") == post


# -- the sheet -------------------------------------------------------------------------------------------------


def test_what_the_api_does_not_take_may_go_by_hand_as_one_edit_that_is_undone(stage, two):
    sheet = opened(two, stage)
    row = sheet.row_of(SKY)
    assert groups(sheet) == {"auto": [stage.practice], "out": [SKY]}
    assert row.sum.link.text() == "Go by hand" and not row.check.isEnabled()
    row.sum.link.click()
    QTest.qWait(3)
    assert sheet.isVisible() and groups(sheet) == {"auto": [stage.practice], "hand": [SKY]}
    assert two.open.post.options[account_key(SKY)] == {MODE: "assisted"} and row.ticked
    assert row.mode.parts()[1] == "Assisted" and row.sum.link.text() == "Send by the API"
    assert sheet.what.text() == "1 goes out by itself, 1 needs your hand"
    sheet.close_with("kept")
    two.writing.undo()
    assert two.open.post.options == {} and len(two.open.post.text) == 500


def test_the_way_back_is_in_the_same_place(stage, two):
    sheet = opened(two, stage)
    sheet.row_of(SKY).sum.link.click()
    QTest.qWait(3)
    sheet.row_of(SKY).sum.link.click()
    QTest.qWait(3)
    assert groups(sheet)["out"] == [SKY] and two.open.post.options == {}


def test_nothing_is_offered_where_it_would_not_go_by_hand_either(stage, two, handy, monkeypatch):
    monkeypatch.setattr(handy, "check", lambda content: (error("media.missing", "media[0]", name="a", number=1),))
    two.open.edit("x", lambda p: replace(p, text="word " * 90))
    sheet = opened(two, stage)
    assert sheet.row_of(SKY).sum.link.text() != "Go by hand"


def test_the_group_says_how_many_and_about_how_long(stage, two):
    by_hand(two, stage)
    sheet = opened(two, stage)
    head = sheet.heads["hand"]
    assert (head.title.text(), head.count.text()) == ("Needs your hand at its time", "1, about 2 minutes")
    sheet.row_of(SKY).check.click()
    assert head.count.text() == "0"
    sheet.row_of(SKY).check.click()
    sheet.mode.set_value("now")
    sheet.refresh()
    assert head.title.text() == "Needs your hand"
    assert "a short list opens" in sheet.row_of(SKY).sum.said.text and sheet.row_of(SKY).sum.said.fix is None


def test_what_is_handed_over_is_counted(stage, two, tmp_path):
    media = [added.asset.as_media() for added in stage.desk.library.add([picture(tmp_path / "a.png")])]
    by_hand(two, stage)
    two.open.edit("x", lambda p: replace(p, media=tuple(media), text="Short"))
    sheet = opened(two, stage)
    assert sheet.row_of(SKY).sum.accessibleName().startswith("1 picture, text 5/300")


def test_an_ended_login_is_no_matter_where_a_person_posts(stage, two):
    stage.desk.workspace.accounts.set_health(SKY, datetime.now(UTC), (error("login.expired", "account"),))
    by_hand(two, stage)
    sheet = opened(two, stage)
    assert groups(sheet)["hand"] == [SKY] and sheet.row_of(SKY).sum.said.tone == "good"


def test_only_what_needs_a_hand_needs_no_computer(stage, two):
    by_hand(two, stage)
    sheet = opened(two, stage)
    sheet.row_of(stage.practice).check.click()
    assert sheet.means.text().startswith("You are told when it is time.")
    sheet.mode.set_value("now")
    sheet.refresh()
    assert sheet.means.text().startswith("A short list opens")


def test_publishing_now_prepares_it_and_the_window_is_asked_for(stage, two):
    by_hand(two, stage)
    sheet = opened(two, stage, "now")
    sheet.row_of(stage.practice).check.click()
    sheet.button.click()
    stage.settle()
    found = stage.desk.publishing.list(post=two.open.post.id)
    assert [d.state for d in found] == [State.WAITING] and two.ready_now == [found[0].id]


def test_what_goes_by_itself_asks_for_no_window(stage, two):
    sheet = opened(two, stage, "now")
    sheet.button.click()
    stage.settle()
    assert two.ready_now == []


def test_what_waits_for_the_hand_is_not_prepared_twice_but_can_be_started(stage, two):
    by_hand(two, stage)
    waiting = stage.desk.publishing.publish(two.open.post.id, SKY)
    sheet = opened(two, stage, "now")
    row = sheet.row_of(SKY)
    assert groups(sheet)["out"] == [SKY] and row.sum.said.text == "Waits for your hand already"
    row.sum.link.click()
    assert two.asked == [waiting.id] and not sheet.isVisible()


def test_what_was_posted_by_hand_is_live_there(stage, two):
    by_hand(two, stage)
    waiting = stage.desk.publishing.publish(two.open.post.id, SKY)
    stage.desk.by_hand.paste(waiting.id, "https://bsky.example/post/7")
    sheet = opened(two, stage, "now")
    assert "Live there already" in sheet.row_of(SKY).sum.said.text and not sheet.row_of(SKY).ticked


def test_a_result_that_waits_is_started_from_the_draft(stage, two):
    by_hand(two, stage)
    waiting = stage.desk.publishing.publish(two.open.post.id, SKY)
    stage.settle()
    two.way_out.reload()
    assert [r.delivery.id for r in two.results.results()] == [waiting.id]
    two.way_out._act("start", waiting.id)
    assert two.asked == [waiting.id]


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_no_words_are_cut(stage, two, language, scale):
    by_hand(two, stage)
    stage.theme.scale = scale
    stage.theme.refresh()
    stage.speak(language)
    for mode in ("now", "time"):
        sheet = opened(two, stage, mode)
        QTest.qWait(5)
        assert clipped(sheet) == []
        sheet.close_with("kept")
    two.writing.open_tab(SKY)
    QTest.qWait(5)
    assert clipped(two.editor.way) == [] and clipped(two.bar) == []
    stage.theme.scale = 1.0
    stage.theme.refresh()


# -- the tab ---------------------------------------------------------------------------------------------------


def test_the_tab_says_its_way_and_changes_it(stage, two):
    two.writing.open_tab(SKY)
    way = two.editor.way
    assert way.isVisible() and way.words.accessibleName() == "Goes by itself at its time"
    assert not any(tab.tab.mark for tab in two.editor.tabs.tabs())
    way.link.click()
    QTest.qWait(3)
    assert two.open.post.options[account_key(SKY)] == {MODE: "assisted"}
    assert way.words.accessibleName() == "You post this one yourself" and way.link.text() == "Send by the API"
    tab = next(tab for tab in two.editor.tabs.tabs() if tab.tab.key == SKY)
    assert tab.tab.mark == "hand" and "by your hand" in tab.accessibleName()
    way.link.click()
    QTest.qWait(3)
    assert two.open.post.options == {} and way.link.text() == "Post by hand"


def test_an_account_that_goes_by_hand_has_no_other_way(stage, two):
    by_hand(two, stage)
    two.writing.open_tab(SKY)
    assert two.editor.way.isVisible() and not two.editor.way.link.isVisible()


def test_nothing_is_said_where_there_is_only_one_way(stage, two):
    two.writing.open_tab(stage.practice)
    assert not two.editor.way.isVisible()
    two.writing.open_tab("")
    assert not two.editor.way.isVisible()


def test_a_note_offers_it_beside_the_text(stage, two):
    two.writing.open_tab(SKY)
    QTest.qWait(3)
    note = next(r for r in two.editor.remarks() if any(key.startswith("by-hand") for key, _ in r.note.fixes))
    two.writing.fix(f"by-hand:{SKY}", note)
    QTest.qWait(3)
    assert two.open.post.options[account_key(SKY)] == {MODE: "assisted"}
    assert not any(r.note.severity == "error" for r in two.editor.remarks())


def test_the_bar_shows_a_hand_where_a_hand_is_needed(stage, two):
    by_hand(two, stage)
    disc = next(d for d in two.bar._discs if d.view.account.id == SKY)
    assert disc.view.verdict == "waiting" and "ready for your hand" in disc.accessibleName()


# -- the kit ---------------------------------------------------------------------------------------------------


def test_a_kit_is_written_into_a_folder_of_its_own_and_shown(stage, two, tmp_path):
    shown = []
    two.way_out.kits.open_url = lambda url: shown.append(url.toLocalFile())
    out = tmp_path / "out"
    out.mkdir()
    sky_account = next(a for a in two.open.accounts() if a.id == SKY)
    two.way_out.kits.export((sky_account,), out)
    stage.settle()
    [made] = list(out.iterdir())
    assert made.name == "Weekend - Bluesky · Mill Street" and shown == [str(made)]
    assert any("README" in file.name for file in made.iterdir())
    two.way_out.kits.export((sky_account,), out)
    stage.settle()
    assert sorted(path.name for path in out.iterdir())[1].endswith(" 2")


def test_a_kit_for_all_lies_side_by_side(stage, two, tmp_path):
    shown = []
    two.way_out.kits.open_url = lambda url: shown.append(url.toLocalFile())
    two.way_out.kits.export(two.open.accounts(), tmp_path / "new")
    stage.settle()
    assert len(list((tmp_path / "new").iterdir())) == 2 and shown == [str(tmp_path / "new")]


def test_a_folder_that_cannot_be_written_is_said(stage, two, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    two.way_out.kits.export(two.open.accounts()[:1], blocked)
    stage.settle()
    assert stage.toaster.toast.isVisible() and "file" in stage.toaster.toast._label.text()


def test_without_an_account_the_button_says_why(stage, two):
    two.open.edit("x", lambda p: replace(p, accounts=()))
    QTest.qWait(3)
    assert not two.bar.kit.isEnabled() and "Choose an account" in two.bar.kit.toolTip()


