"""The Accounts pane on a real workspace: groups, health, signing in, what is refused and what is kept."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from studio.core.errors import Later
from studio.core.finding import Finding, error, info, warning
from studio.core.pace import Pace
from studio.core.post import Account
from studio.services.accounts import Health
from studio.ui.accounts.health import fix, group, mark
from studio.ui.accounts.looks import looks, missing
from studio.ui.accounts.pace import PaceSheet
from studio.ui.accounts.pane import AccountsPane
from studio.ui.accounts.signin import SignIn
from studio.ui.outbox.panels import HoldSheet
from studio.ui.problems import split
from studio.ui.sheet import Confirm, Sheet
from tests.ui.desks import Stage, press, recording_keyring, soon

NOW = datetime.now(UTC)


def opened(stage: Stage) -> AccountsPane:
    pane = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane)
    stage.settle()
    return pane


def platform(stage: Stage) -> str:
    """A platform one signs in to."""
    return next(info.id for info in stage.desk.accounts.platforms() if not info.embedded and "api" in info.modes)


def known(stage: Stage, id: str, *findings: Finding, checked: bool = True, name: str = "") -> str:
    """An account as it lies in a workspace, with what the last check said."""
    accounts = stage.desk.workspace.accounts
    accounts.save(Account(id, platform(stage), "api", name or id.title(), f"{id}.example"))
    if checked:
        accounts.set_health(id, NOW - timedelta(minutes=4), findings)
    return id


def sheet(pane: AccountsPane, kind: type = SignIn) -> object:
    found = [each for each in pane.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, found
    return found[0]


def shown(pane: AccountsPane) -> list[str]:
    return [line.look.id if line.look else f"[{line.group}]" for line in pane.list.rows.lines]


def test_accounts_stand_in_groups_with_health_in_words(stage):
    known(stage, "fine")
    known(stage, "sick", error("login.expired", "account"), warning("account.main_password", "account"))
    known(stage, "new", checked=False)
    pane = opened(stage)
    assert shown(pane) == [
        "[attention]", "sick", "[unchecked]", "new", "[healthy]", "fine", "[practice]", stage.practice,
    ]  # fmt: skip
    words = {line.look.id: line.mark.words for line in pane.list.rows.lines if line.look and line.mark}
    assert words == {"sick": "1 to fix", "fine": "Signed in", "new": "Not checked", stage.practice: "Always ready"}
    assert pane.list.current == "sick" and pane.count.text() == "4"


def test_the_detail_says_the_worst_first_with_one_fix(stage):
    known(stage, "sick", warning("account.main_password", "account"), error("login.expired", "account"))
    pane = opened(stage)
    assert [(row.entry.tone, row.entry.title) for row in pane.detail.lines.rows] == [
        ("error", "The sign-in has ended"), ("warning", "This account is signed in with its main password"),
    ]  # fmt: skip
    assert list(pane.detail.fixes) == ["sign_in"]
    assert pane.detail.fixes["sign_in"].kind == "primary"
    facts = pane.detail.facts.accessibleName()
    assert "API" in facts and "No limit" in facts
    assert "sick.example" in pane.detail.sub.accessibleName()
    assert "minutes ago" in pane.detail.head.when.accessibleName()


def test_a_fix_opens_the_sheet_with_what_is_known(stage):
    known(stage, "sick", error("login.expired", "account"))
    pane = opened(stage)
    pane.detail.fixes["sign_in"].click()
    form = sheet(pane)
    assert next(iter(form.blocks.values())).field.text() == "sick.example"
    assert not form.form.platform.isEnabled()


def test_headings_are_not_chosen_and_home_goes_to_the_first_account(stage):
    known(stage, "fine")
    pane = opened(stage)
    press(pane.list, Qt.Key.Key_End)
    assert pane.list.current == stage.practice
    press(pane.list, Qt.Key.Key_Up)
    assert pane.list.current == "fine"
    press(pane.list, Qt.Key.Key_Home)
    assert pane.list.current == "fine"


def test_check_again_asks_the_platform_and_remembers(stage):
    pane = opened(stage)
    assert stage.desk.accounts.health(stage.practice).at is None
    pane.detail.check.click()
    assert not pane.detail.check.isEnabled()
    stage.settle()
    assert stage.desk.accounts.health(stage.practice).at is not None
    assert pane.detail.check.isEnabled()
    assert "just now" in pane.detail.head.when.accessibleName()


def test_check_all_goes_over_every_account(stage, monkeypatch):
    for id in ("one", "two"):
        known(stage, id, checked=False)
    asked = []
    monkeypatch.setattr(stage.desk.accounts, "check", lambda id: asked.append(id) or Health(NOW, ()))
    pane = opened(stage)
    pane.all.click()
    stage.settle()
    assert set(asked) == {"one", "two", stage.practice}


def paced(pane):
    pane.change_pace()
    return sheet(pane, PaceSheet)


def test_the_pace_is_shown_and_changed(stage):
    known(stage, "mine")
    pane = opened(stage)
    assert "No limit" in pane.detail.facts.accessibleName()
    form = paced(pane)
    assert form.gap.text() == "None" and not form.start.isEnabled()
    form.gap.setValue(60)
    form.daily.setValue(3)
    form.quiet.click()
    assert form.pace == Pace(60, 0, 3, 23 * 60, 7 * 60)
    form.save.click()
    stage.settle()
    assert stage.desk.accounts.get("mine").pace == Pace(60, 0, 3, 23 * 60, 7 * 60)
    facts = pane.detail.facts.accessibleName()
    assert "60 min apart, 3 a day" in facts and "23:00–07:00" in facts


def test_a_pace_that_makes_no_sense_is_refused_in_words(stage):
    known(stage, "mine")
    pane = opened(stage)
    form = paced(pane)
    form.quiet.click()
    form.end.setTime(form.start.time())
    form.save.click()
    assert form.problem.isVisible() and "differ" in form.problem.note.sentence
    assert stage.desk.accounts.get("mine").pace is None


def test_the_pace_as_proposed_is_no_choice_of_its_own(stage):
    known(stage, "mine")
    stage.desk.accounts.set_pace("mine", Pace(30))
    pane = opened(stage)
    form = paced(pane)
    assert form.gap.value() == 30
    form.show_pace(stage.desk.accounts.platform(platform(stage)).pace)
    form.save.click()
    assert stage.desk.accounts.get("mine").pace is None


def test_an_account_is_held_and_the_hold_ended(stage):
    known(stage, "mine")
    pane = opened(stage)
    pane.list.choose("mine")
    assert not pane.detail.held.isVisible()
    pane.hold()
    form = sheet(pane, HoldSheet)
    form.field.setText("the news is bad")
    form.hold.click()
    stage.settle()
    assert [hold.scope for hold in stage.desk.holds.active()] == ["account:mine"]
    assert pane.detail.held.isVisible() and "the news is bad" in pane.detail.held.note.sentence
    pane.list.choose(stage.practice)
    assert not pane.detail.held.isVisible()
    pane.list.choose("mine")
    pane.detail.held.fixed.emit("unhold")
    stage.settle()
    assert stage.desk.holds.active() == [] and not pane.detail.held.isVisible()


def test_a_wider_hold_is_said_and_ended_elsewhere(stage):
    known(stage, "mine")
    pane = opened(stage)
    pane.list.choose("mine")
    stage.desk.holds.hold("holidays")
    stage.settle()
    assert "holidays" in pane.detail.held.note.sentence and pane.detail.held.note.fixes == ()


def test_rename(stage):
    pane = opened(stage)
    pane.list.choose(stage.practice)
    pane.rename()
    box = sheet(pane, Sheet)
    field = box.findChild(QLineEdit)
    field.setText("Rehearsal")
    press(field, Qt.Key.Key_Return)
    stage.settle()
    assert stage.desk.accounts.get(stage.practice).name == "Rehearsal"
    assert pane.detail.name.accessibleName() == "Rehearsal"


def test_remove_asks_and_takes_the_secrets_too(stage):
    with recording_keyring() as ring:
        known(stage, "gone")
        stage.desk.vault.write("gone", {"accessJwt": "a secret of a test"})
        pane = opened(stage)
        pane.list.choose("gone")
        pane.remove()
        sheet(pane, Confirm).buttons["keep"].click()
        stage.settle()
        assert "gone" in shown(pane)
        pane.remove()
        sheet(pane, Confirm).buttons["remove"].click()
        stage.settle()
        assert "gone" not in shown(pane) and ring.kept == {}


def test_the_practice_account_cannot_be_removed(stage):
    pane = opened(stage)
    pane.list.choose(stage.practice)
    pane.remove()
    assert not [each for each in pane.window().findChildren(Confirm) if each.isVisible()]


def test_an_empty_field_is_said_beside_it(stage):
    with recording_keyring() as ring:
        pane = opened(stage)
        pane.open_add()
        form = sheet(pane)
        form.blocks["identifier"].field.setText("me.example")
        form.submit()
        stage.settle()
        assert form.blocks["password"].problem.isVisible() and not form.blocks["identifier"].problem.isVisible()
        assert form.blocks["password"].label.text() in form.blocks["password"].problem.text()
        assert ring.kept == {} and len(stage.desk.accounts.list()) == 1


def test_secrets_are_masked_until_one_looks(stage):
    pane = opened(stage)
    pane.open_add()
    form = sheet(pane)
    field = form.blocks["password"].field
    assert field.echoMode() == QLineEdit.EchoMode.Password
    eye = next(button for button in form.blocks["password"].findChildren(object) if hasattr(button, "set_icon"))
    eye.click()
    assert field.echoMode() == QLineEdit.EchoMode.Normal


def test_without_a_keychain_it_says_what_to_do_and_keeps_nothing(stage):
    pane = opened(stage)
    pane.open_add()
    form = sheet(pane)
    form.blocks["identifier"].field.setText("me.example")
    form.blocks["password"].field.setText("a secret of a test")
    form.submit()
    stage.settle()
    said = [note.note.sentence for note in form.findChildren(type(pane.problem)) if note.isVisible()]
    assert len(said) == 1 and "keychain" in said[0]
    assert len(stage.desk.accounts.list()) == 1
    assert form.isVisible() and form.confirm.isEnabled()


def test_a_server_that_is_down_is_said_and_nothing_is_kept(stage):
    with recording_keyring() as ring:
        pane = opened(stage)
        pane.open_add()
        form = sheet(pane)
        form.form.own.click()
        form.form.base.field.setText("http://127.0.0.1:9")
        form.blocks["identifier"].field.setText("me.example")
        form.blocks["password"].field.setText("a secret of a test")
        press(form.blocks["password"].field, Qt.Key.Key_Return)
        assert form.running
        stage.settle()
        assert [note for note in form.findChildren(type(pane.problem)) if note.isVisible()]
        assert ring.kept == {} and len(stage.desk.accounts.list()) == 1


def test_a_wrong_address_is_said_at_its_field(stage):
    with recording_keyring():
        pane = opened(stage)
        pane.open_add()
        form = sheet(pane)
        form.form.own.click()
        form.form.base.field.setText("ftp://nowhere")
        form.blocks["identifier"].field.setText("me.example")
        form.blocks["password"].field.setText("x")
        form.submit()
        stage.settle()
        assert form.form.base.problem.isVisible()


def test_stopping_a_sign_in_keeps_nothing(stage, monkeypatch):
    """The other side answers after the person stopped: the account is taken away again."""
    began, go, taken = threading.Event(), threading.Event(), []
    accounts = stage.desk.accounts

    def slow(platform, fields, **more):
        began.set()
        go.wait(20)
        known(stage, "late")
        taken.append("late")
        return accounts.get("late")

    with recording_keyring():
        monkeypatch.setattr(accounts, "add", slow)
        pane = opened(stage)
        pane.open_add()
        form = sheet(pane)
        form.submit()
        assert began.wait(20)
        form.cancel.click()
        assert form._words.text() == "Stopping…"
        go.set()
        stage.settle()
        assert taken == ["late"] and [a.id for a in accounts.list()] == [stage.practice]
        assert form.isVisible() and not form.running


def test_closing_the_sheet_stops_the_sign_in(stage, monkeypatch):
    seen = []

    def slow(platform, fields, **more):
        seen.append(platform)
        raise Later(error("net.down", "account", host="127.0.0.1"))

    monkeypatch.setattr(stage.desk.accounts, "add", slow)
    pane = opened(stage)
    pane.open_add()
    form = sheet(pane)
    form.submit()
    press(form, Qt.Key.Key_Escape)
    stage.settle()
    assert len(stage.desk.accounts.list()) == 1


def test_signing_in_to_a_real_server(stage, pds, qtbot):
    """By the visible fields and buttons; the secrets are in the keychain and nowhere in the workspace."""
    me = pds.create_account()
    with recording_keyring() as ring:
        pane = opened(stage)
        pane.add.click()
        form = sheet(pane)
        form.form.own.click()
        form.form.base.field.setText(pds.url)
        form.blocks["identifier"].field.setText(me.handle)
        form.blocks["password"].field.setText("not the password")
        form.confirm.click()
        stage.settle()
        assert form.blocks["password"].problem.isVisible() and ring.kept == {}
        form.blocks["password"].field.setText(me.app_password)
        form.confirm.click()
        stage.settle()
        assert pane._sheet is not None and not form.running
        [added] = [a for a in stage.desk.accounts.list() if a.handle == me.handle]
        assert pane.list.current == added.id
        assert stage.desk.accounts.health(added.id).usable and stage.desk.accounts.health(added.id).at is not None
        assert ring.kept
        secrets = [text for kept in ring.kept.values() for text in kept.split('"') if len(text) > 40]
        raw = b"".join(file.read_bytes() for file in stage.desk.folder.rglob("*") if file.is_file())
        assert secrets and not any(text.encode() in raw for text in (*secrets, me.app_password))


def test_what_waits_for_the_account_is_said(stage):
    stage.scheduled(stage.post("Road book"), soon(3))
    pane = opened(stage)
    assert pane.detail.foot.words.isVisible() and "1 scheduled post: " in pane.detail.foot.words.text()


def test_nothing_is_read_while_nobody_looks_and_caught_up_after(stage, monkeypatch):
    known(stage, "mine")
    pane = opened(stage)
    pane.hide()
    read = []
    monkeypatch.setattr(stage.desk.checks, "findings", lambda *a: read.append(a) or ())
    stage.scheduled(stage.post("Road book"), soon(3))
    stage.desk.accounts.rename("mine", "Mill Lane")
    stage.settle()
    assert read == [] and "Mill Lane" not in [line.look.title for line in pane.list.rows.lines if line.look]
    pane.show()
    assert read and "Mill Lane" in [line.look.title for line in pane.list.rows.lines if line.look]


def test_words_change_with_the_language(stage):
    known(stage, "sick", error("login.expired", "account"))
    pane = opened(stage)
    stage.speak("zh_TW")
    assert pane.title.text() == "帳號" and pane.add.text() == "新增帳號"
    assert any(line.words == "需要處理" for line in pane.list.rows.lines)
    assert pane.detail.fixes["sign_in"].text() == "重新登入"


@pytest.mark.parametrize(
    ("finding", "wanted"),
    [
        (error("login.expired"), "sign_in"), (warning("account.main_password"), "sign_in"),
        (error("account.closed"), "page"), (error("net.down"), "check"), (error("vault.none"), "check"),
        (error("something.else"), ""),
    ],
)  # fmt: skip
def test_each_finding_has_at_most_one_fix(finding, wanted):
    assert fix(finding) == wanted


def test_groups_and_marks(stage):
    look = looks(stage.desk.accounts, "en")[stage.practice]
    assert group(Health(None, ()), look) == "practice"
    assert group(Health(NOW, (error("login.expired"),)), look) == "attention"
    assert group(Health(NOW, (info("any"),)), look) == "practice"
    assert mark(Health(NOW, (warning("a"), warning("b"))), look).words == "2 hints"
    assert missing("old").title == "old"


@pytest.mark.parametrize(
    ("left", "findings", "words", "token"),
    [
        (timedelta(days=41, hours=3), (), "Signed in, 41 days left", "good"), (None, (), "Signed in", "good"),
        (timedelta(hours=3), (), "Signed in", "good"),
        (timedelta(days=5, hours=1), (warning("login.ends_soon", days=5),), "5 days left", "warn"),
        (timedelta(days=1, hours=1), (warning("login.ends_soon", days=1),), "1 day left", "warn"),
        (timedelta(days=5), (warning("login.ends_soon", days=5), warning("a")), "2 hints", "warn"),
        (timedelta(days=-2), (error("login.expired"),), "1 to fix", "bad"),
    ],
)  # fmt: skip
def test_the_days_that_are_left_are_said(stage, left, findings, words, token):
    known(stage, "one")
    look = looks(stage.desk.accounts, "en")["one"]
    found = mark(Health(NOW, findings, None if left is None else datetime.now(UTC) + left), look)
    assert (found.words, found.token) == (words, token)


@pytest.mark.parametrize(
    ("sentence", "title", "more"),
    [
        ("It ended. Sign in again; nothing was lost.", "It ended", "Sign in again; nothing was lost."),
        ("登录已失效。重新登录即可。", "登录已失效", "重新登录即可。"),
        ("bsky.social cannot be reached. Try later.", "bsky.social cannot be reached", "Try later."),
        ("Version 3. 4 is odd", "Version 3. 4 is odd", ""),
        ("Days left: 5. Sign in before that.", "Days left: 5", "Sign in before that."),
        ("Only one.", "Only one", ""),
        ("没有句号", "没有句号", ""),
    ],
)
def test_a_finding_is_split_into_what_and_what_to_do(sentence, title, more):
    assert split(sentence) == (title, more)
