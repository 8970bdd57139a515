"""The page and the sheet with real platforms before their contract servers."""

from __future__ import annotations

import urllib.parse
import urllib.request
from html import unescape
from re import search

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui.accounts.pane import AccountsPane
from tests.servers.wechat import WeChat
from tests.servers.weibo import Weibo
from tests.servers.weibo_state import App, User
from tests.ui.desks import soon

BACK = "https://api.weibo.com/oauth2/default.html"


class Browser:
    """A person's browser: shows the page, agrees, and ends on an address."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def __call__(self, url: str) -> bool:
        self.opened.append(url)
        return True

    def ended_on(self) -> str:
        with urllib.request.urlopen(self.opened[-1]) as page:
            found = search(r'href="([^"]+)"', page.read().decode())
        assert found is not None
        return unescape(found[1])


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def pane(stage, ring, browser) -> AccountsPane:
    made = AccountsPane(stage.theme, stage.desk, stage.bridge, stage.toaster, browser)
    stage.show(made)
    stage.settle()
    return made


def test_the_doctor_of_a_real_platform_names_the_address_and_leads_on(stage, pane, browser):
    with WeChat() as server:
        account = stage.desk.accounts.add(
            "wechat", {"app_id": server.state.app_id, "app_secret": server.state.secret}, name="Old Town Walks",
            api_base=server.url,
        )  # fmt: skip
        post = stage.desk.posts.create(title="Winter road book", text="The dyer's lane", accounts=(account.id,))
        stage.desk.calendar.schedule(post.id, account.id, soon(3), "Asia/Shanghai")
        server.state.listed = ("198.51.100.1",)
        pane.show_account(account.id)
        pane.detail.check.click()
        stage.settle()
        pane.detail.fixes["copy"].click()
        assert QApplication.clipboard().text() == server.state.address
        pane.detail.fixes["open"].click()
        assert urllib.parse.urlsplit(browser.opened[0]).scheme == "https"
        assert any(row.entry.post for row in pane.detail.lines.rows), "the article has no cover"
        server.state.listed, server.state.verified = None, False
        pane.detail.check.click()
        stage.settle()
        assert "copy" not in pane.detail.fixes
        pane.detail.fixes["by_hand"].click()
        stage.settle()
        assert stage.desk.accounts.get(account.id).mode == "assisted"


def test_the_address_one_ended_on_is_pasted(stage, pane, browser):
    with Weibo() as server:
        server.consents = User("1001", "老城南")
        server.state.apps["1234567890"] = App("1234567890", "secret", BACK, testers={"1001"})
        pane.open_add()
        form = pane._sheet
        form.form.show_platform("weibo")
        form.form.own.click()
        form.form.base.field.setText(server.url)
        form.blocks["app_key"].field.setText("1234567890")
        form.blocks["app_secret"].field.setText("secret")
        form.confirm.click()
        stage.settle()
        assert form.step.takes_text and len(browser.opened) == 1
        form.step.paste.field.setText(browser.ended_on())
        form.confirm.click()
        stage.settle()
        [account] = [a for a in stage.desk.accounts.list() if a.platform == "weibo"]
        assert account.mode == "api" and pane.list.current == account.id
        assert stage.desk.accounts.health(account.id).usable


def test_every_platform_can_be_added_in_every_way_it_has(stage, pane):
    """Each way of each platform shows fields of its own, and none asks for a secret where nobody signs in."""
    pane.open_add()
    form = pane._sheet
    for info in stage.desk.accounts.platforms():
        if info.embedded:
            continue
        form.form.show_platform(info.id)
        assert form.form.mode == info.modes[0]
        for mode in info.modes:
            form.form.choose_way(mode)
            assert form.form.mode == mode and form.blocks
            if mode != "api":
                assert list(form.blocks) == ["name", "handle"]
