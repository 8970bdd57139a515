"""A platform with everything the Accounts pane can show: three ways, settings, a doctor with remedies."""

from __future__ import annotations

from studio.core.finding import error, info, warning
from studio.core.words import Words
from studio.platforms.base import Remedy, Setting
from tests.services.fakes import FakePlatform

OPEN = Words("Open white list", "打开白名单", "開啟白名單")
COPY = Words("Copy address", "复制地址", "複製位址")
BY_HAND = Words("Go by hand", "改为手动发布", "改為手動發布")
AGAIN = Words("Sign in again", "重新登录", "重新登入")
VERSION = Setting(
    "version", Words("API version", "接口版本", "介面版本"),
    Words("Change it when the platform retires the present one", "平台停用现有版本时再改", "平台停用現有版本時再改"),
    "v21.0",
)
MENTIONS = Setting(
    "mentions", Words("Mentions", "提及", "提及"), Words("How they are written", "怎么写", "怎麼寫"), "plain",
    ("plain", "linked"),
)
WALL = (
    error("net.down", "account", host="api.clinic.example"), warning("account.main_password", "account"),
    info("account.limits_changed", "account", now=5000, before=500),
)


class Clinic(FakePlatform):
    """health: what its doctor finds, as long as somebody is signed in."""

    id = "clinic"
    name = Words("Clinic", "诊所", "診所")
    home = "https://clinic.example/"
    settings = (VERSION, MENTIONS)

    def __init__(self, modes=("api", "assisted", "kit"), found=WALL):
        super().__init__()
        self.modes, self.found = modes, found

    def doctor(self, access):
        return self.found

    def remedies(self, finding, account):
        return {
            "net.down": (
                Remedy("open", OPEN, "https://clinic.example/white-list"), Remedy("copy", COPY, "203.0.113.24"),
            ),
            "account.main_password": (Remedy("sign_in", AGAIN),),
            "account.scopes": (Remedy("by_hand", BY_HAND),),
        }.get(finding.code, ())  # fmt: skip
