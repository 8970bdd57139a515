"""Adding an account the way it shall be used: by the API, led by hand, as a kit. By the visible fields and buttons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from studio.core.words import Words
from studio.platforms.base import CALLBACK, Browser
from studio.ui.accounts.pane import AccountsPane
from studio.ui.accounts.signin import SignIn
from studio.ui.accounts.ways import way_words
from tests.ui.accounts.clinic import Clinic
from tests.ui.clipping import clipped
from tests.ui.desks import Stage, press


class HandsFirst(Clinic):
    """Where posting by hand is the usual way."""

    id = "hands"
    name = Words("Hands", "手工", "手工")
    fields = (*Clinic.fields, CALLBACK)
    browser = Browser(("paste",), ("user",))

    def __init__(self):
        super().__init__(("assisted", "kit", "api"))


class KitOnly(Clinic):
    id = "kit"
    name = Words("Parcel", "包裹", "包裹")

    def __init__(self):
        super().__init__(("kit",))


@pytest.fixture
def pane(stage, clinic) -> AccountsPane:
    made = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(made)
    stage.settle()
    return made


def sheet(pane: AccountsPane) -> SignIn:
    pane.open_add()
    found = pane._sheet
    assert isinstance(found, SignIn) and found.isVisible()
    return found


def added(stage: Stage):
    return [a for a in stage.desk.accounts.list() if a.platform != "practice"]


def test_the_first_declared_way_is_chosen_and_each_says_what_it_means(pane):
    form = sheet(pane).form
    assert list(form.ways.buttons) == ["api", "assisted", "kit"] and form.mode == "api"
    for mode, button in form.ways.buttons.items():
        assert button.isVisible() and button.accessibleDescription() == way_words(mode)
    assert list(form.blocks) == ["user", "password"] and form.own.isVisible()


def test_by_hand_only_a_name_is_asked_for_and_no_keychain(stage, pane, ring):
    form = sheet(pane)
    form.form.ways.buttons["assisted"].click()
    assert list(form.blocks) == ["name", "handle"] and not form.form.own.isVisible()
    assert form.confirm.text() == "Add account" and "No password" in form._promise.text()
    form.blocks["name"].field.setText("Mill Street")
    form.blocks["handle"].field.setText("@mill")
    form.confirm.click()
    stage.settle()
    [account] = added(stage)
    assert (account.mode, account.name, account.handle) == ("assisted", "Mill Street", "mill")
    assert ring.calls == [], "the keychain was not touched"
    line = next(line for line in pane.list.rows.lines if line.look and line.look.id == account.id)
    assert (line.group, line.mark.words) == ("healthy", "Ready") and pane.list.current == account.id


def test_without_a_keychain_an_account_by_hand_can_be_added(stage, pane):
    form = sheet(pane)
    form.form.ways.buttons["kit"].click()
    form.blocks["name"].field.setText("Mill Street")
    press(form.blocks["name"].field, Qt.Key.Key_Return)
    stage.settle()
    assert [(a.mode, a.name) for a in added(stage)] == [("kit", "Mill Street")]


def test_by_hand_a_name_must_be_given(stage, pane):
    form = sheet(pane)
    form.form.ways.buttons["assisted"].click()
    form.blocks["name"].field.setText("   ")
    form.confirm.click()
    assert form.blocks["name"].problem.isVisible() and "a name" in form.blocks["name"].problem.text()
    assert not form.running and added(stage) == []


def test_a_platform_proposes_its_own_first_way(stage, pane, only):
    only(Clinic(), HandsFirst())
    form = sheet(pane).form
    assert form.mode == "api"
    form.platform.setCurrentIndex(form.platform.findData("hands"))
    form.platform.activated.emit(form.platform.currentIndex())
    assert form.mode == "assisted" and list(form.blocks) == ["name", "handle"] and not form.other.isVisible()
    form.ways.buttons["api"].click()
    assert list(form.blocks) == ["user"] and form.other.isVisible() and form.by_browser
    form.ways.buttons["kit"].click()
    assert list(form.blocks) == ["name", "handle"] and not form.by_browser


def test_one_way_alone_is_said_not_asked(stage, pane, only):
    only(KitOnly())
    found = sheet(pane)
    form = found.form
    assert not form.ways.isVisible() and form._only.isVisible() and form._only.text() == way_words("kit")
    form.blocks["name"].field.setText("Parcels")
    found.confirm.click()
    stage.settle()
    assert [a.mode for a in added(stage)] == ["kit"]


def test_a_server_of_ones_own_is_not_taken_along_by_hand(stage, pane):
    form = sheet(pane)
    form.form.own.click()
    form.form.base.field.setText("https://relay.example")
    form.form.ways.buttons["assisted"].click()
    assert not form.form.base.isVisible()
    form.blocks["name"].field.setText("Mill")
    form.confirm.click()
    stage.settle()
    assert [a.api_base for a in added(stage)] == [""]


def test_arrows_go_from_way_to_way_and_tab_reaches_everything(stage, pane):
    stage.window.activateWindow()
    form = sheet(pane)
    ways = form.form.ways
    ways.buttons["api"].setFocus(Qt.FocusReason.TabFocusReason)
    press(ways.buttons["api"], Qt.Key.Key_Down)
    assert ways.value == "assisted" and list(form.blocks) == ["name", "handle"]
    press(QApplication.focusWidget() or ways, Qt.Key.Key_Down)
    press(QApplication.focusWidget() or ways, Qt.Key.Key_Down)
    assert ways.value == "api" and list(form.blocks) == ["user", "password"]
    seen = set()
    for _ in range(14):
        press(form, Qt.Key.Key_Tab)
        seen.add(QApplication.focusWidget())
    assert {form.form.platform, form.blocks["user"].field, form.form.own, form.cancel, form.confirm} <= seen
    assert seen & set(ways.buttons.values())


def scrolls(form: SignIn) -> bool:
    return form._area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(("language", "scale"), [("en", 1.0), ("en", 2.0), ("zh_CN", 2.0), ("zh_TW", 1.0)])
def test_the_sheet_fits_in_every_language_and_size(qtbot, tmp_path, only, picture, language, scale):
    only(HandsFirst(), KitOnly())
    stage = Stage(tmp_path / "w", language)
    stage.theme.scale = scale
    stage.theme.refresh()
    pane = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster)
    stage.show(pane, 1280, 800)
    form = sheet(pane)
    for mode in form.form.ways.buttons:
        form.form.choose_way(mode)
        qtbot.waitUntil(lambda: clipped(form.panel) == [])  # a layout takes a moment
        picture(stage.window, f"accounts-add-{mode}-{language}-{round(scale * 100)}")
        for button in form.form.ways.buttons.values():
            assert button.height() >= button.heightForWidth(button.width()), "its sentence is cut"
        highest = stage.window.height() - form.top() - 24
        assert not scrolls(form) or form.panel.height() == highest, "it scrolls too early"
    stage.theme.scale = 1.0
    stage.theme.refresh()
    stage.close()
