"""What can be set and done on an account's page: its way, its platform's settings, remedies, holding it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.core.delivery import Delivery, Proof, State
from studio.core.finding import error, info, warning
from studio.core.post import Account
from studio.ui.accounts.choices import Choice, ChoiceLine
from studio.ui.accounts.pane import AccountsPane
from studio.ui.accounts.signin import SignIn
from studio.ui.outbox.panels import HoldSheet
from studio.ui.widgets.choice import Combo, Segments
from studio.ui.widgets.field import Field
from tests.ui.accounts.clinic import WALL
from tests.ui.clipping import clipped
from tests.ui.desks import Stage, press, soon

NOW = datetime.now(UTC)


class Opener:
    """Stands for the desktop's "open this address"."""

    def __init__(self, works=True):
        self.opened, self.works = [], works

    def __call__(self, url):
        self.opened.append(url)
        return self.works


@pytest.fixture
def opener():
    return Opener()


@pytest.fixture
def account(stage, clinic, ring) -> str:
    """Signed in, with what the clinic's doctor finds."""
    made = stage.desk.accounts.add("clinic", {"user": "mill", "password": "right"}, name="Mill Street")
    stage.desk.accounts.check(made.id)
    return made.id


@pytest.fixture
def pane(stage, account, opener) -> AccountsPane:
    made = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster, opener)
    stage.show(made)
    stage.window.activateWindow()
    stage.settle()
    made.list.choose(account)
    return made


def scheduled(stage: Stage, account: str, text="Hello", days=3, title="Winter road book"):
    post = stage.desk.posts.create(title=title, text=text, accounts=(account,))
    stage.desk.calendar.schedule(post.id, account, soon(days), "Asia/Shanghai")
    return post


def sheet(pane: AccountsPane, kind: type = SignIn):
    found = [each for each in pane.window().findChildren(kind) if each.isVisible()]
    assert len(found) == 1, found
    return found[0]


def titles(pane: AccountsPane) -> list[tuple[str, str]]:
    return [(row.entry.tone, row.entry.title) for row in pane.detail.lines.rows]


def counts(pane: AccountsPane) -> list[str]:
    row: Any = pane.detail.head._counts
    return [row.itemAt(n).widget().text() for n in range(row.count())]


# the doctor ----------------------------------------------------------------------------------------------------------


def test_the_doctor_counts_what_it_found_and_when(pane):
    assert counts(pane) == ["1 to fix", "1 hint", "1 fine"]
    assert pane.detail.head.when.accessibleName() == "checked just now"
    assert [tone for tone, _ in titles(pane)] == ["error", "warning", "good"]
    line = next(line for line in pane.list.rows.lines if line.look and line.look.id == pane.list.current)
    assert (line.group, line.mark.words) == ("attention", "1 to fix"), "facts are no problems"


def test_what_opens_an_address_opens_it(pane, opener):
    pane.detail.fixes["open"].click()
    assert opener.opened == ["https://clinic.example/white-list"] and not pane.problem.isVisible()


def test_without_a_browser_the_address_is_on_the_clipboard(pane, opener):
    opener.works = False
    pane.detail.fixes["open"].click()
    assert pane.problem.isVisible() and "clipboard" in pane.problem.note.sentence
    assert QApplication.clipboard().text() == "https://clinic.example/white-list"


def test_only_addresses_of_pages_are_opened(pane, opener):
    pane._open("javascript:alert(1)")
    pane._open("")
    assert opener.opened == [] and not pane.problem.isVisible()


def test_signing_in_again_is_a_remedy(pane):
    pane.detail.fixes["sign_in"].click()
    form = sheet(pane)
    assert not form.form.platform.isEnabled() and not form.form.ways.isVisible()
    assert form.title.text() == "Sign in again" and form.blocks["user"].field.text() == "@mill"


def test_what_is_wrong_with_the_next_post_is_listed_and_leads_to_it(stage, pane, account, qtbot):
    later = scheduled(stage, account, days=5)
    wrong = scheduled(stage, account, "x" * 60, days=3)
    stage.settle()
    assert counts(pane)[0] == "2 to fix"
    assert pane.detail.foot.words.text().startswith("2 scheduled posts wait on these 2 fixes. The first is ")
    row = next(row for row in pane.detail.lines.rows if row.entry.post)
    assert "“Winter road book”" in row.entry.more
    line = next(line for line in pane.list.rows.lines if line.look and line.look.id == account)
    assert line.mark.words == "2 to fix"
    with qtbot.waitSignal(pane.open_post) as told:
        row.buttons[0].click()
    assert told.args == [wrong.id] and later.id != wrong.id


def test_a_next_post_that_fits_is_one_of_the_fine_lines(stage, pane, account, clinic):
    clinic.found = (info("doctor.signed_in", "account"),)
    scheduled(stage, account)
    stage.settle()
    pane.detail.check.click()
    stage.settle()
    assert titles(pane) == [("good", "Signed in, and the platform answers"), ("good", "The next post fits")]
    assert counts(pane) == ["2 fine"] and pane.detail.foot.words.text().startswith("1 scheduled post: ")


def test_a_post_that_is_gone_breaks_nothing(stage, pane, account):
    stage.desk.workspace.posts.delete(scheduled(stage, account).id)
    pane.shown()
    assert stage.desk.publishing.list(account=account)
    assert len(titles(pane)) == 3


def test_the_facts_say_the_last_post(stage, pane, account):
    assert "Last post: None yet" in pane.detail.facts.accessibleName()
    went = NOW - timedelta(days=1)
    post = stage.desk.posts.create(text="Done", accounts=(account,))
    for days, proof in ((9, None), (1, Proof("https://clinic.example/1", went))):
        stage.desk.workspace.deliveries.add(Delivery(
            post=post.id, account=account, platform="clinic", state=State.PUBLISHED, at=NOW - timedelta(days=days),
            went=NOW - timedelta(days=days), proof=proof))  # fmt: skip
    stage.desk.calendar.changed.emit(None)
    stage.settle()
    last = pane.detail.facts.accessibleName().rpartition("Last post: ")[2]
    assert last.endswith(", read back") and last[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


# the way -------------------------------------------------------------------------------------------------------------


def test_going_by_hand_acts_at_once_and_can_be_undone(stage, pane, account):
    pane.detail.choices.mode.segments._buttons["assisted"].click()
    stage.settle()
    assert stage.desk.accounts.get(account).mode == "assisted"
    assert "Mill Street: Assisted" in stage.toaster.toast.accessibleName()
    assert pane.detail.choices.mode.segments.value == "assisted"
    assert "Mode: Assisted" in pane.detail.facts.accessibleName()
    stage.toaster.toast._undone()
    stage.settle()
    assert stage.desk.accounts.get(account).mode == "api" and pane.detail.choices.mode.segments.value == "api"


def test_the_remedy_to_go_by_hand_goes_to_the_first_other_way(stage, pane, account, clinic):
    clinic.found = (error("account.scopes", "account", scopes="post"),)
    pane.detail.check.click()
    stage.settle()
    pane.detail.fixes["by_hand"].click()
    stage.settle()
    assert stage.desk.accounts.get(account).mode == "assisted"


def test_to_the_api_one_must_sign_in_and_the_account_stays_the_same(stage, pane, ring):
    by_hand = stage.desk.accounts.add("clinic", {"handle": "the street"}, name="Ferry", mode="kit")
    scheduled(stage, by_hand.id)
    pane.show_account(by_hand.id)
    pane.detail.choices.mode.segments._buttons["api"].click()
    form = sheet(pane)
    assert form.title.text() == "Sign in" and form.blocks["user"].field.text() == "", "a handle there is no login"
    assert pane.detail.choices.mode.segments.value == "kit", "it shows what holds"
    form.blocks["user"].field.setText("ferry")
    form.blocks["password"].field.setText("right")
    form.confirm.click()
    stage.settle()
    same = stage.desk.accounts.get(by_hand.id)
    assert (same.mode, same.name, same.handle) == ("api", "Ferry", "@ferry")
    assert pane.list.current == by_hand.id and len([a for a in stage.desk.accounts.list() if a.name == "Ferry"]) == 1
    assert pane.detail.foot.words.text() != "Nothing is scheduled for this account"


def test_the_practice_account_has_one_way_and_nothing_to_set(stage, pane):
    pane.list.choose(stage.practice)
    assert pane.detail.choices.mode is None and not pane.detail.choices.isVisible()
    assert titles(pane) == [("good", "Ready for practice")]


# settings of the platform --------------------------------------------------------------------------------------------


def test_a_setting_shows_its_default_and_keeps_what_is_typed(stage, pane, account):
    line = pane.detail.choices.lines["version"]
    field = line.control
    assert isinstance(field, Field) and field.text() == "" and field.placeholderText() == "v21.0"
    assert field.accessibleName() == "API version" and line.help.text().startswith("Change it")
    QTest.keyClicks(field, "v22.0")
    press(field, Qt.Key.Key_Return)
    stage.settle()
    kept = {setting.name: value for setting, value in stage.desk.accounts.settings(account)}
    assert kept["version"] == "v22.0"
    again = pane.detail.choices.lines["version"].control
    again.selectAll()
    press(again, Qt.Key.Key_Delete)
    press(again, Qt.Key.Key_Return)
    stage.settle()
    assert "set.version" not in stage.desk.accounts.get(account).identity


def test_a_choice_acts_at_once(stage, pane, account):
    line = pane.detail.choices.lines["mentions"]
    assert isinstance(line.control, Segments) and line.control.value == "plain"
    line.control._buttons["linked"].click()
    stage.settle()
    assert stage.desk.accounts.get(account).identity["set.mentions"] == "linked"
    pane.detail.choices.lines["mentions"].control._buttons["plain"].click()
    stage.settle()
    assert "set.mentions" not in stage.desk.accounts.get(account).identity


def test_a_refused_value_is_said_at_its_line_and_not_kept(stage, pane, account):
    line = pane.detail.choices.lines["version"]
    line.control.setText("v" * 600)
    line.control.editingFinished.emit()
    assert line.problem.isVisible() and "set.version" not in stage.desk.accounts.get(account).identity
    QTest.keyClicks(line.control, "x")
    assert not line.problem.isVisible()


def test_the_focus_stays_where_one_types_when_something_else_happens(stage, pane, account, qtbot):
    qtbot.waitUntil(stage.window.isActiveWindow)
    field = pane.detail.choices.lines["version"].control
    field.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(field, "v2")
    stage.desk.accounts.rename(account, "Mill Lane")
    scheduled(stage, account)
    stage.settle()
    assert pane.detail.name.accessibleName() == "Mill Lane"
    assert QApplication.focusWidget() is field and field.text() == "v2"


def test_a_setting_with_many_or_long_choices_is_a_list(qtbot, theme):
    few = ChoiceLine(theme, Choice("a", "A", "", "x", "x", (("x", "Ex"), ("y", "Why"))))
    many = ChoiceLine(theme, Choice("a", "A", "", "c", "x", tuple((key, key) for key in "abcdefg")))
    long = ChoiceLine(theme, Choice("a", "A", "", "", "", (("a", "a very long choice"), ("b", "another long choice"))))
    for line in (few, many, long):
        qtbot.addWidget(line)
    assert isinstance(few.control, Segments) and isinstance(many.control, Combo) and isinstance(long.control, Combo)
    assert many.control.value == "c" and not few.help.isVisible()


# the foot ------------------------------------------------------------------------------------------------------------


def test_the_account_is_held_and_freed_at_the_foot(stage, pane, account):
    assert pane.detail.foot.hold.text() == "Hold this account"
    pane.detail.foot.hold.click()
    form = sheet(pane, HoldSheet)
    form.field.setText("Storm warning")
    form.hold.click()
    stage.settle()
    assert pane.detail.held.isVisible() and pane.detail.foot.hold.text() == "End the hold"
    pane.detail.foot.hold.click()
    stage.settle()
    assert stage.desk.holds.active() == [] and pane.detail.foot.hold.text() == "Hold this account"


# looks ---------------------------------------------------------------------------------------------------------------

LOOKS = [("en", "light", 1.0, (1216, 752)), ("zh_CN", "dark", 1.0, (1376, 852)), ("zh_TW", "light", 1.0, (1856, 1032)),
         ("en", "dark", 2.0, (1216, 752)), ("zh_CN", "light", 2.0, (1216, 752))]  # fmt: skip


def cut(pane: AccountsPane) -> list[str]:
    """What does not fit: words, lines that are lower than they need, buttons outside their line."""
    detail = pane.detail
    assert detail.lines.rows and all(row.isVisible() for row in detail.lines.rows)
    low = [each for each in (*detail.lines.rows, detail.facts) if each.height() < each.heightForWidth(each.width())]
    out = [button for row in detail.lines.rows for button in row.buttons if not row.rect().contains(button.geometry())]
    return [*clipped(pane), *(each.accessibleName() for each in (*low, *out))]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[2]:.0%}-{look[3][0]}")
def test_the_page_fits_in_every_language_and_size(look, tmp_path, clinic, ring, picture, qtbot):
    language, mode, scale, (width, height) = look
    stage = Stage(tmp_path / "w", language, mode)
    stage.theme.scale = scale
    stage.theme.refresh()
    made = stage.desk.accounts.add("clinic", {"user": "mill", "password": "right"}, name="老城南散步 Old Town Walks")
    by_hand = stage.desk.accounts.add("clinic", {"handle": "@ferry"}, name="Ferry pier, the long name of a page",
                                      mode="assisted")  # fmt: skip
    stage.desk.workspace.accounts.save(Account("new", "clinic", "api", "Kit", "k"))
    clinic.found = (*WALL, error("account.scopes", "account", scopes="pages_manage_posts, pages_read_engagement"))
    stage.desk.accounts.check(made.id)
    scheduled(stage, made.id, "x" * 60)
    stage.desk.workspace.accounts.set_health("new", NOW, (warning("login.ends_soon", "account", days=5),))
    pane = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster, Opener())
    stage.show(pane, width, height)
    for word, id in (("api", made.id), ("hand", by_hand.id), ("soon", "new"), ("practice", stage.practice)):
        pane.list.choose(id)
        stage.settle()
        qtbot.waitUntil(lambda: cut(pane) == [])  # a layout takes a moment
        picture(pane, f"accounts-{word}-{language}-{mode}-{round(scale * 100)}-{width}")
        assert pane.width() == width, "its least width is more than the window has"
    stage.theme.scale = 1.0
    stage.theme.refresh()
    stage.close()
