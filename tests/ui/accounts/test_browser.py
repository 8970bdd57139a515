"""Signing in with the browser, by the visible fields and buttons, at a real authorization server."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio import platforms
from studio.platforms.base import Browser as Ways
from studio.ui.accounts.signin import SignIn
from studio.ui.widgets.note import Note
from tests.servers.oidc import Browser
from tests.services.browsing import BrowserPlatform
from tests.ui.desks import Stage, press, recording_keyring


@pytest.fixture
def site(monkeypatch):
    """The only platform there is, beside the practice account's."""
    declared, practice = BrowserPlatform(), platforms.get("practice")
    both = {"practice": practice, "site": declared}
    monkeypatch.setattr(platforms, "names", lambda: tuple(both))
    monkeypatch.setattr(platforms, "get", lambda name: both[name])
    monkeypatch.setattr(platforms, "every", lambda: both)
    return declared


@pytest.fixture
def ring():
    with recording_keyring() as kept:
        yield kept


@pytest.fixture
def stage(tmp_path, site, ring, qapp):
    made = Stage(tmp_path / "workspace")
    yield made
    made.close()


class Opener:
    """Stands for the desktop's "open this address"."""

    def __init__(self, works: bool = True) -> None:
        self.opened, self.works = [], works

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        return self.works


def opened(stage: Stage, opener: Opener, again=None) -> SignIn:
    form = SignIn(stage.theme, stage.desk.accounts, stage.bridge, again, opener)
    stage.window.resize(1280, 800)
    stage.window.show()
    stage.window.activateWindow()
    until(stage.window.isActiveWindow)
    form.open_over(stage.window)
    return form


def until(true: Callable[[], bool]) -> None:
    for _ in range(4000):
        if true():
            return
        QTest.qWait(5)
    raise AssertionError("it does not come")


def begun(stage: Stage, form: SignIn, server: str) -> None:
    form.blocks["server"].field.setText(server)
    form.confirm.click()
    stage.settle()
    assert form.step is not None, [note.note.sentence for note in form.findChildren(Note)]


def listening() -> bool:
    return any(thread.name == "loopback" for thread in threading.enumerate())


def notes(form: SignIn) -> list[str]:
    return [note.note.sentence for note in form.findChildren(Note) if note.isVisible()]


def test_the_browser_comes_back_and_the_account_is_there(stage, oidc, ring):
    opener, done = Opener(), []
    form = opened(stage, opener)
    form.signed_in.connect(done.append)
    assert list(form.blocks) == ["server"] and form.confirm.text() == "Open the browser"
    begun(stage, form, oidc.url)
    assert form.step.left.text() in ("5:00 left", "4:59 left") and not form.confirm.isVisible()
    assert not form.form.isVisible()
    visitor = threading.Thread(target=lambda: Browser().come_back(opener.opened[0]))
    visitor.start()
    until(lambda: bool(done))
    visitor.join()
    stage.settle()
    account = stage.desk.accounts.get(done[0])
    assert account.handle == "mei" and [user for _, user in ring.kept] == [account.id] and not listening()


def test_saying_no_goes_back_to_the_fields_with_the_reason(stage, oidc, ring):
    opener = Opener()
    form = opened(stage, opener)
    begun(stage, form, oidc.url)
    visitor = threading.Thread(target=lambda: Browser(agrees=False).come_back(opener.opened[0]))
    visitor.start()
    until(lambda: form.step is None and notes(form))
    visitor.join()
    assert form.form.isVisible() and form.blocks["server"].field.text() == oidc.url
    assert len(notes(form)) == 1 and "Nothing was kept" in notes(form)[0]
    assert ring.kept == {} and not listening() and form.confirm.isEnabled()


def test_pasting_the_address_works_while_it_waits(stage, oidc, ring):
    opener, done = Opener(), []
    form = opened(stage, opener)
    form.signed_in.connect(done.append)
    begun(stage, form, oidc.url)
    form.step.more.click()
    assert form.confirm.isVisible() and not form.confirm.isEnabled() and form.confirm.text() == "Sign in"
    form.step.paste.field.setText("https://mei.example/nothing-here")
    form.confirm.click()
    stage.settle()
    assert form.step.paste.problem.isVisible() and form.step.takes_text
    form.step.paste.field.setText(Browser().open(opener.opened[0]))
    press(form.step.paste.field, Qt.Key.Key_Return)
    stage.settle()
    assert len(done) == 1 and not listening()


def test_where_an_https_address_is_needed_the_field_is_there_at_once(stage, oidc, site, monkeypatch):
    monkeypatch.setattr(type(site), "browser", Ways(("oob",), ("server",)))
    opener, done = Opener(), []
    form = opened(stage, opener)
    form.signed_in.connect(done.append)
    begun(stage, form, oidc.url)
    assert form.step.takes_text and not form.step.left.isVisible() and not listening()
    assert QApplication.focusWidget() is form.step.paste.field
    form.step.paste.field.setText(Browser().open(opener.opened[0]))
    form.confirm.click()
    stage.settle()
    assert len(done) == 1


def test_without_a_browser_the_address_can_be_copied(stage, oidc):
    form = opened(stage, Opener(works=False))
    begun(stage, form, oidc.url)
    assert notes(form) and "Copy the address" in notes(form)[0]
    form.step.copy.click()
    assert QApplication.clipboard().text().startswith(f"{oidc.url}/auth?")
    form.step._open_url = Opener()
    form.step.open.click()
    assert notes(form) == []


def test_five_minutes_are_over(stage, oidc, monkeypatch):
    browse = stage.desk.accounts.browse
    monkeypatch.setattr(stage.desk.accounts, "browse", lambda *a, **k: browse(*a, **k, seconds=0.3))
    form = opened(stage, Opener())
    begun(stage, form, oidc.url)
    until(lambda: form.step is None and notes(form))
    assert "start again" in notes(form)[0] and not listening()


def test_back_and_escape_stop_listening(stage, oidc):
    form = opened(stage, Opener())
    begun(stage, form, oidc.url)
    assert listening() and form.cancel.text() == "Back"
    form.cancel.click()
    assert form.step is None and form.form.isVisible() and not listening()
    begun(stage, form, oidc.url)
    press(form, Qt.Key.Key_Escape)
    assert not listening() and len(stage.desk.accounts.list()) == 1


def test_stopping_before_the_address_is_there(stage, oidc, monkeypatch):
    go, browse = threading.Event(), stage.desk.accounts.browse

    def slow(*a, **k):
        go.wait(20)
        return browse(*a, **k)

    monkeypatch.setattr(stage.desk.accounts, "browse", slow)
    form = opened(stage, Opener())
    form.blocks["server"].field.setText(oidc.url)
    form.confirm.click()
    form.cancel.click()
    go.set()
    stage.settle()
    assert form.step is None and not form.running and not listening()


def test_a_server_that_is_down_is_said(stage):
    form = opened(stage, Opener())
    form.blocks["server"].field.setText("")
    form.confirm.click()
    stage.settle()
    assert form.blocks["server"].problem.isVisible() and form.step is None


def test_the_way_without_the_browser_is_one_click_away(stage, oidc, ring):
    form, done = opened(stage, Opener()), []
    form.signed_in.connect(done.append)
    form.form.other.click()
    assert list(form.blocks) == ["server", "token"] and form.confirm.text() == "Sign in"
    form.form.other.click()
    assert list(form.blocks) == ["server"]
    form.form.other.click()
    form.blocks["server"].field.setText(oidc.url)
    form.blocks["token"].field.setText("by-hand")
    form.confirm.click()
    stage.settle()
    assert len(done) == 1 and ring.kept


def test_signing_in_again_knows_the_server(stage, oidc):
    account = stage.desk.accounts.add("site", {"server": oidc.url, "token": "by-hand"})
    form = opened(stage, Opener(), stage.desk.accounts.get(account.id))
    assert form.blocks["server"].field.text() == oidc.url


def test_by_keyboard_alone(stage, oidc):
    opener = Opener()
    form = opened(stage, opener)
    QTest.keyClicks(form.blocks["server"].field, oidc.url)
    press(form.blocks["server"].field, Qt.Key.Key_Return)
    stage.settle()
    assert QApplication.focusWidget() is form.step.open
    press(form.step.open, Qt.Key.Key_Space)
    assert len(opener.opened) == 2
    seen = set()
    for _ in range(8):
        seen.add(QApplication.focusWidget())
        press(form, Qt.Key.Key_Tab)
    assert {form.step.open, form.step.copy, form.step.more, form.cancel, form.cross} <= seen


def test_the_words_of_every_language_fit(stage, oidc):
    for code in ("en", "zh_CN", "zh_TW"):
        stage.speak(code)
        form = opened(stage, Opener())
        begun(stage, form, oidc.url)
        assert form.step.accessibleName() and "{" not in form.step.accessibleDescription()
        form.close_with("dismissed")




def test_closing_the_window_stops_listening(stage, oidc):
    form = opened(stage, Opener())
    begun(stage, form, oidc.url)
    assert listening()
    form.setParent(None)
    form.deleteLater()
    until(lambda: not listening())
