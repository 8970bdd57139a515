"""Facebook pages, by the Graph API with the person's own app."""

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
from studio.platforms.base import (
    Access,
    Count,
    Fact,
    Insights,
    Json,
    Platform,
    Publisher,
    Remedy,
    Setting,
    Timer,
)
from studio.platforms.facebook import byhand, rules
from studio.platforms.facebook.graph import VERSION
from studio.platforms.facebook.login import FIELDS, NEEDED
from studio.platforms.facebook.zones import ZONES
from studio.platforms.logins import Authorization, Browser, Life, Login, Secrets, Way

if TYPE_CHECKING:
    from studio.platforms.transport import Transport

SOONEST = "Meta, Pages API, Posts: 10 minutes; read 2026-11-22"
FARTHEST = "Meta: 29 days for reels; 30 days, 75 days or 6 months elsewhere, so the least of them; read 2026-11-22"


class Facebook(Platform):
    """Posts, photos, videos and reels of a page, its timer, comments as a thread, numbers."""

    id = "facebook"
    name = Words("Facebook Page", "Facebook 公共主页", "Facebook 粉絲專頁")
    initial = {"en": "F", "zh_CN": "F", "zh_TW": "F"}
    colour = "#1877f2"
    modes = ("api", "assisted", "kit")
    fields = FIELDS
    zones = ZONES
    surfaces = (
        Surface("feed", (390, 375, 412), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("desktop", (680, 590, 500), {"en": "Feed on the web", "zh_CN": "网页动态", "zh_TW": "網頁動態"},
                desktop=True),
        Surface("reel", (375, 390, 412), {"en": "Reel", "zh_CN": "Reels 快拍", "zh_TW": "連續短片"}, "screen"),
        Surface("background", (390, 375, 412), {"en": "Text on a colour", "zh_CN": "彩色背景", "zh_TW": "彩色背景"}),
    )
    images = rules.IMAGE_RULE
    videos, shorts = rules.VIDEO_RULE, rules.REEL_RULE
    home = "https://www.facebook.com"
    threads = True
    timer = Timer(Fact(600, SOONEST), Fact(29 * 86_400, FARTHEST))
    browser = Browser(("paste",), ("app_id", "app_secret"))
    scopes = NEEDED
    compose = "https://www.facebook.com/"
    links = byhand.LINKS
    settings = (
        Setting(
            "version", Words("API version", "API 版本", "API 版本"),
            Words(
                "Of the Graph API, such as v25.0. Facebook keeps each for about two years",
                "Graph API 的版本，例如 v25.0。每个版本大约可用两年",
                "Graph API 的版本，例如 v25.0。每個版本大約可用兩年",
            ),
            VERSION,
        ),
    )

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        return byhand.handoff(content)

    def link(self, url: str) -> Link | None:
        return byhand.link(url)

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        return byhand.verify(access, content, link)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.facebook.layout import layout
        from studio.platforms.facebook.layout_reel import reel

        return (reel if view.surface == "reel" else layout)(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.facebook.login import login

        return login(fields, transport)

    def authorize(
        self, fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
    ) -> Authorization:
        from studio.platforms.facebook.login import authorize

        return authorize(fields, api_base)

    def complete(
        self, fields: Mapping[str, str], code: str, kept: Secrets, api_base: str, transport: Transport
    ) -> Login:
        from studio.platforms.facebook.login import complete

        return complete(fields, code, kept, transport)

    def life(self, account: Account, secrets: Secrets) -> Life:
        """A page's token has no end; one of a token that was pasted may have."""
        from studio.platforms.oauth import moment

        return Life(ends=moment(secrets.get("ends", "")))

    def leave(self, access: Access) -> None:
        from studio.platforms.facebook.login import leave

        leave(access)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.facebook.doctor import health

        return health(access)

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.facebook.doctor import doctor

        return doctor(access)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        from studio.platforms.facebook.doctor import remedies

        return remedies(finding, account)

    def insights(self, access: Access) -> Insights:
        from studio.platforms.facebook.insights import FacebookInsights

        return FacebookInsights(access)

    def page(self, account: Account, folder: Path) -> str:
        from studio.platforms.facebook.doctor import page

        return page(account)

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.facebook.publisher import FacebookPublisher

        return FacebookPublisher(access)


PLATFORM = Facebook()
