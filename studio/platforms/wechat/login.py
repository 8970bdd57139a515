"""Signing in with the account's own app id and secret; there is no sign-in by browser.

Source: developers.weixin.qq.com, getStableAccessToken and guide/dev/migration, read 2026-11-22: the secret and the
white list of addresses are on the developer platform.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from studio.core.errors import Later, Problem, Refused, SignInAgain
from studio.core.post import Account
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.logins import Login, LoginField
from studio.platforms.transport import Transport
from studio.platforms.wechat.api import asked_token

FIELDS = (
    LoginField(
        "app_id", Words("App ID", "AppID", "AppID"),
        Words(
            "Begins with wx. On the WeChat developer platform: my business, official account, basic information",
            "以 wx 开头。在微信开发者平台“我的业务 → 公众号 → 基础信息”里",
            "以 wx 開頭。在微信開發者平台「我的業務 → 公眾號 → 基礎資訊」裡",
        ),
    ),
    LoginField(
        "app_secret", Words("App secret", "AppSecret", "AppSecret"),
        Words(
            "On the same page under developer keys. Put this computer's public address on the white list there too",
            "在同一页的“开发密钥”里。请同时把这台电脑的公网 IP 加进那里的 IP 白名单",
            "在同一頁的「開發密鑰」裡。請同時把這台電腦的公網 IP 加進那裡的 IP 白名單",
        ),
        secret=True,
    ),
)


def login(fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
    """Refused with findings on the fields; Later when the platform cannot be asked now.

    Whether it may publish is asked at once, so that the first post already goes the right way.
    """
    from studio.platforms.wechat.doctor import publishing

    secrets = {name: "".join(fields.get(name, "").split()) for name in ("app_id", "app_secret")}
    now = datetime.now(UTC)
    try:
        token = asked_token(secrets, transport, now)
    except (Refused, SignInAgain) as refused:
        raise _on_fields(refused) from None
    whole = {**secrets, **token}
    learnt: dict[str, str] = {}
    account = Account("", "wechat", api_base=api_base)
    with contextlib.suppress(Refused, Later):  # then the first draft finds out
        publishing(Access(account, whole, whole.update, transport, Path(), lambda: now), learnt)
    return Login(whole, secrets["app_id"], secrets["app_id"], {"app_id": secrets["app_id"], **learnt})


def _on_fields(problem: Problem) -> Refused:
    """The field that each finding is about."""
    fields = {"wechat.app_id": "app_id", "wechat.secret": "app_secret"}
    return Refused(*(replace(f, field=fields.get(f.code, "account")) for f in problem.findings))
