"""The window on a workspace: frame first, then the desk, whatever state the workspace is in."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.core.delivery import Delivery, State
from studio.core.finding import error, info
from studio.core.words import N
from studio.services.desk import Desk
from studio.ui import joined
from studio.ui.look_file import LookFile
from studio.ui.review import ReviewSheet
from studio.ui.sheet import open_sheets
from studio.ui.start import Studio, _options


@pytest.fixture
def studio(qtbot, qapp, tmp_path):
    opened = []

    def start(folder=tmp_path / "w", language="en"):
        made = Studio(qapp, folder, language)
        opened.append(made)
        made.window.show()
        qtbot.waitUntil(lambda: bool(made.window.furnished and (made.desk or made.window.banner.keys)), timeout=30_000)
        return made

    yield start
    for made in opened:
        made.language.set("en")
        made.window.close()
        made.close()
        made.window.deleteLater()


def test_options_in_either_spelling():
    assert _options(["--workspace", "/x", "--language=zh_CN"]) == (Path("/x"), "zh_CN")
    assert _options(["--workspace=/x"]) == (Path("/x"), "")
    assert _options(["--tray", "--workspace", "/x", "--tray"]) == (Path("/x"), "")


def test_a_new_workspace_has_the_sample_and_the_practice_account(studio, qtbot):
    made = studio()
    qtbot.waitUntil(lambda: made._joined.ready, timeout=30_000)
    assert made.desk.posts.count() == 1
    account = made.desk.accounts.list()[0]
    assert made.desk.accounts.platform(account.platform).embedded
    assert made.desk.posts.get(made.desk.posts.list()[0].id).accounts == (account.id,)


def test_the_sample_comes_once(studio, qtbot, tmp_path):
    made = studio()
    made.desk.posts.delete(made.desk.posts.list()[0].id)
    made.window.close()
    made.close()
    again = studio()
    assert again.desk.posts.count() == 0


@pytest.fixture
def missed(tmp_path, monkeypatch):
    """A workspace with a post that fell due hours ago, and a start that does not take its time."""
    monkeypatch.setattr(joined, "SETTLE_MS", 1)
    monkeypatch.setattr(joined, "REVIEW_MS", 300)
    desk = Desk.open(tmp_path / "w")
    account = desk.accounts.list()[0]
    post = desk.posts.create(title="Missed", text="Two hours late", accounts=(account.id,))
    made = desk.workspace.deliveries.add(Delivery(
        post=post.id, account=account.id, platform=account.platform, state=State.SCHEDULED,
        at=datetime.now(UTC) - timedelta(hours=2)))
    desk.close()
    return made


def test_what_was_missed_is_asked_about_after_the_start_and_nothing_goes_by_itself(studio, qtbot, missed):
    made = studio()
    qtbot.waitUntil(lambda: bool(open_sheets(made.window)), timeout=30_000)
    sheet = open_sheets(made.window)[0]
    assert isinstance(sheet, ReviewSheet) and [r.entry.delivery.id for r in sheet.rows] == [missed.id]
    assert made.desk.publishing.get(missed.id).state is State.MISSED
    qtbot.waitUntil(lambda: made.window.topbar.next.text() == "1 needs you", timeout=30_000)
    sheet.later.click()
    made.window.topbar.next.click()
    assert isinstance(open_sheets(made.window)[0], ReviewSheet), "the line leads back to it"
    open_sheets(made.window)[0].close_with("later")
    made.window.close()
    made.close()
    again = studio()
    qtbot.wait(700)
    assert not open_sheets(again.window), "what was put off is not asked about again"


def test_the_review_does_not_lie_down_over_somebody_who_writes(studio, qtbot, missed, monkeypatch):
    monkeypatch.setattr(joined, "REVIEW_MS", 10**8)
    made = studio()
    qtbot.waitUntil(lambda: made.desk.publishing.get(missed.id).state is State.MISSED, timeout=30_000)
    qtbot.waitUntil(lambda: made.window.pane("draft").open is not None, timeout=30_000)
    made.window.pane("draft").open.edit(N("draft", "Write"), lambda p: replace(p, text="I am writing"))
    made._joined._review_at_start()
    assert not open_sheets(made.window)
    made.window.pane("draft").open.undo()
    made._joined._review_at_start()
    assert open_sheets(made.window)
    open_sheets(made.window)[0].close_with("later")


@pytest.mark.parametrize("pane", ["calendar", "outbox", "library", "accounts", "settings", "draft"])
def test_every_pane_opens(studio, qtbot, pane):
    made = studio(language="zh_TW")
    made.window.show_pane(pane)
    assert made.window.host.stack.currentWidget() is made.window.pane(pane)


def test_a_second_window_only_reads_and_says_so(studio):
    first = studio()
    second = studio()
    assert not first.desk.read_only and second.desk.read_only
    assert second.window.banner.keys == ["read-only"]
    assert first.window.banner.keys == []


def test_a_workspace_from_a_newer_version_is_refused_untouched(studio, tmp_path):
    folder = tmp_path / "newer"
    Desk.open(folder).close()
    with sqlite3.connect(folder / "studio.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = (folder / "studio.db").read_bytes()
    made = studio(folder)
    assert made.desk is None and made.window.banner.keys == ["workspace"]
    assert (folder / "studio.db").read_bytes() == before


def test_language_and_theme_follow_the_settings_live(studio):
    made = studio(language="")
    made.desk.settings.set("language", "zh_CN")
    assert made.language.code == "zh_CN" and made.desk.accounts.list()[0].name == "演练账号"
    made.desk.settings.set("theme", "dark")
    assert made.theme.dark
    made.desk.settings.set("theme", "light")
    assert not made.theme.dark


def test_the_look_file_never_fails(tmp_path):
    look = LookFile(tmp_path / "cache" / "look.json")
    look.set("theme", "dark")
    assert LookFile(tmp_path / "cache" / "look.json").get("theme", "") == "dark"
    (tmp_path / "cache" / "look.json").write_text("{broken")
    assert LookFile(tmp_path / "cache" / "look.json").get("theme", "light") == "light"
    (tmp_path / "file").write_text("")
    LookFile(tmp_path / "file" / "look.json").set("theme", "dark")


def test_the_bell_and_the_palette_list_what_there_is(studio, qtbot):
    made = studio()
    post = made.desk.posts.list()[0]
    made.desk.publishing.publish(post.id, made.desk.accounts.list()[0].id)
    titles = [hit.title for hit in made._joined._find("")]
    assert post.heading in titles
    made.window.topbar.bell_asked.emit()
    from PySide6.QtWidgets import QApplication

    popup = QApplication.activePopupWidget()
    assert popup is not None and post.heading in popup.actions()[0].text()
    popup.close()


def test_the_first_start_shows_the_way_and_the_sample_beside_it(studio, qtbot):
    made = studio()
    pane = made.window.pane("draft")
    qtbot.waitUntil(lambda: pane.ready and pane._laid, timeout=30_000)
    assert pane.pages.currentWidget() is pane.first and pane.open is None and len(pane.list.model.ids()) == 1
    pane.first.sampled.emit("preview")
    qtbot.waitUntil(lambda: pane.open is not None, timeout=30_000)
    assert pane.open.post.id == pane.list.model.ids()[0] and made.desk.posts.count() == 1


def test_at_login_everything_runs_without_the_window(studio, qtbot, qapp, tmp_path):
    made = Studio(qapp, tmp_path / "hidden", "en")
    made.start_hidden()
    qtbot.waitUntil(lambda: made._joined.background is not None, timeout=30_000)
    assert not made.window.isVisible() and made._joined.background.hidden and not made.desk.read_only
    made._joined.background.open("accounts")
    qtbot.waitUntil(lambda: "accounts" in made.window._made, timeout=30_000)
    assert made.window.isVisible() and made.window.current == "accounts"
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_at_login_a_workspace_that_cannot_be_opened_is_said_in_the_window(studio, qtbot, qapp, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "studio.db").write_bytes(b"not a database" * 500)
    made = Studio(qapp, tmp_path / "broken", "en")
    made.start_hidden()
    assert made.window.isVisible() and made.window.banner.keys == ["workspace"]
    made.window.close()
    made.close()
    made.window.deleteLater()


def test_the_accounts_page_leads_to_the_draft_and_is_led_to(studio, qtbot):
    made = studio()
    qtbot.waitUntil(lambda: made._joined.ready, timeout=30_000)
    account = made.desk.accounts.list()[0]
    hit = next(hit for hit in made._joined._find(account.name) if hit.id == f"account.{account.id}")
    hit.run()
    pane = made.window.pane("accounts")
    assert made.window.current == "accounts" and pane.list.current == account.id
    post = made.desk.posts.list()[0].id
    pane.open_post.emit(post)
    assert made.window.current == "draft"


def test_accounts_that_need_the_person_are_counted_on_the_rail(studio, qtbot):
    made = studio()
    qtbot.waitUntil(lambda: made._joined.ready, timeout=30_000)
    account = made.desk.accounts.list()[0].id
    badge = made.window.rail._buttons["accounts"]
    for findings, count in (((error("login.expired", "account"),), 1), ((info("doctor.signed_in", "account"),), 0)):
        made.desk.workspace.accounts.set_health(account, datetime.now(UTC), findings)
        made.desk.accounts.changed.emit(account)
        qtbot.waitUntil(lambda count=count: badge.badge == count, timeout=30_000)
