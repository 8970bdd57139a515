"""Sina Weibo (新浪微博): one text with one picture by the API, everything else by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff, Link
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Insights, Json, Platform, Publisher, Remedy, Want
from studio.platforms.logins import Authorization, Browser, Life, Login, Secrets, Way
from studio.platforms.weibo import ids, rules
from studio.platforms.weibo.login import FIELDS

if TYPE_CHECKING:
    from studio.core.delivery import Proof
    from studio.platforms.transport import Transport


class Weibo(Platform):
    """140 characters as Weibo counts, an address on the app's safe domain, one picture; a sign-in that ends."""

    id = "weibo"
    name = Words("Weibo", "微博", "微博")
    initial = {"en": "W", "zh_CN": "微", "zh_TW": "微"}
    colour = "#ff8200"  # the brand's own orange (previews 6.2)
    modes = ("api", "assisted", "kit")
    fields = FIELDS
    surfaces = (
        Surface("feed", (375, 390, 393, 414), {"en": "Feed", "zh_CN": "信息流", "zh_TW": "動態消息"}),
        Surface("desktop", (560,), {"en": "weibo.com", "zh_CN": "网页版", "zh_TW": "網頁版"}, desktop=True),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://weibo.com"
    threads = True  # what follows a post is a comment of one's own
    browser = Browser(("paste",), ("app_key", "app_secret", "redirect_uri"), bare=True)
    pace = rules.PACE
    compose = "https://weibo.com"
    links = ids.LINKS
    settings = rules.SETTINGS
    keeps = ("reviewed", "base62", "unsure")

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def wants(self, content: Content) -> tuple[Want, ...]:
        return rules.wants(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        from studio.platforms.weibo.hands import handoff

        return handoff(content, rules.count(content))

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        from studio.platforms.weibo.hands import verify

        return verify(access, content, link)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.weibo.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.weibo.login import login

        return login(fields, transport)

    def authorize(
        self, fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
    ) -> Authorization:
        from studio.platforms.weibo.login import authorize

        return authorize(fields, api_base)

    def complete(
        self, fields: Mapping[str, str], code: str, kept: Secrets, api_base: str, transport: Transport
    ) -> Login:
        from studio.platforms.weibo.login import complete

        return complete(fields, code, kept, transport)

    def life(self, account: Account, secrets: Secrets) -> Life:
        from studio.platforms.weibo.login import life

        return life(secrets)

    def leave(self, access: Access) -> None:
        from studio.platforms.weibo.login import leave

        leave(access)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.weibo.doctor import health

        return health(access)

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.weibo.doctor import doctor

        return doctor(access)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        from studio.platforms.weibo.doctor import remedies

        return remedies(finding, account)

    def insights(self, access: Access) -> Insights:
        from studio.platforms.weibo.insights import WeiboInsights

        return WeiboInsights(access)

    def page(self, account: Account, folder: Path) -> str:
        uid = account.identity.get("uid", "")
        return f"https://weibo.com/{uid}" if uid else self.home

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.weibo.publisher import publisher

        return publisher(access)


PLATFORM = Weibo()
