"""Douyin 抖音: by a person's own hand as a rule; by API for the few whose app has the capability."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, View
from studio.core.delivery import Proof
from studio.core.finding import Finding
from studio.core.handoff import HandOff, Link
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Insights, Json, Platform, Publisher, Remedy
from studio.platforms.douyin import rules
from studio.platforms.douyin.facts import SETTINGS
from studio.platforms.douyin.login import FIELDS, PUBLISH
from studio.platforms.douyin.spec import PROFILE
from studio.platforms.douyin.zones import ZONES
from studio.platforms.logins import Authorization, Browser, Life, Login, Secrets, Way

if TYPE_CHECKING:
    from studio.platforms.transport import Transport


class Douyin(Platform):
    """A video or pictures, published when their review is over."""

    id = "douyin"
    name = Words("Douyin", "抖音", "抖音")
    initial = {"en": "D", "zh_CN": "抖", "zh_TW": "抖"}
    colour = "#161823"
    modes = ("assisted", "api", "kit")
    fields = FIELDS
    surfaces = (
        Surface("player", (375, 412), {"en": "Full screen", "zh_CN": "全屏播放", "zh_TW": "全螢幕播放"}, "screen"),
        Surface("images", (375, 412), {"en": "Picture post", "zh_CN": "图文", "zh_TW": "圖文"}, "screen"),
        Surface("profile", (375, 412), {"en": "Profile", "zh_CN": "个人主页", "zh_TW": "個人主頁"}, "grid"),
    )
    profile = PROFILE
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.douyin.com"
    browser = Browser(("paste",), ("client_key", "client_secret", "redirect_uri", "scopes"))
    scopes = (PUBLISH,)
    compose = "https://creator.douyin.com/creator-micro/content/upload"
    links = (
        r"douyin\.com/(?P<kind>video|note)/(?P<video_id>\d{6,32})",
        r"(?:m\.)?iesdouyin\.com/share/(?P<kind>video|note)/(?P<video_id>\d{6,32})",
        r"v\.douyin\.com/(?P<code>[0-9A-Za-z_-]{4,64})",
    )
    settings = SETTINGS
    zones = ZONES

    def cover_at(self, content: Content) -> float | None:
        from studio.platforms.douyin.options import cover_at

        return cover_at(content)

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def prepare(self, access: Access, content: Content) -> Json | None:
        from studio.platforms.douyin.handing import prepare

        return prepare(access, content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        from studio.platforms.douyin.handing import handoff

        return handoff(content, made)

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        from studio.platforms.douyin.handing import verify

        return verify(access, content, link)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.douyin.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.douyin.login import login

        return login(fields, transport)

    def authorize(
        self, fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
    ) -> Authorization:
        from studio.platforms.douyin.login import authorize

        return authorize(fields, api_base)

    def complete(
        self, fields: Mapping[str, str], code: str, kept: Secrets, api_base: str, transport: Transport
    ) -> Login:
        from studio.platforms.douyin.login import complete

        return complete(fields, code, transport)

    def life(self, account: Account, secrets: Secrets) -> Life:
        from studio.platforms.douyin.login import life

        return life(account, secrets)

    def refresh(self, access: Access, secrets: Secrets) -> Secrets:
        from studio.platforms.douyin.login import refresh

        return refresh(access, secrets)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.douyin.care import health

        return health(access)

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.douyin.care import doctor

        return doctor(access)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        from studio.platforms.douyin.care import remedies

        return remedies(finding, account)

    def insights(self, access: Access) -> Insights | None:
        from studio.platforms.douyin.insights import DouyinInsights

        return DouyinInsights(access) if access.secrets else None

    def page(self, account: Account, folder: Path) -> str:
        """The list of works on the creator page; what a stranger sees has an address that is told nowhere."""
        from studio.platforms.douyin.handing import MANAGE

        return MANAGE

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.douyin.publisher import DouyinPublisher

        return DouyinPublisher(access)


PLATFORM = Douyin()
