"""Mastodon, and every other server that speaks its API."""

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
    ImageRule,
    Insights,
    Json,
    Platform,
    Publisher,
    Remedy,
    Timer,
    VideoRule,
)
from studio.platforms.logins import Authorization, Browser, Login, Secrets, Way
from studio.platforms.mastodon import rules
from studio.platforms.mastodon.login import FIELDS, SCOPES

if TYPE_CHECKING:
    from studio.platforms.transport import Transport

SCHEDULED = "Mastodon source, ScheduledStatus and PostStatusService::MIN_SCHEDULE_OFFSET, August 2026"


class Mastodon(Platform):
    """Limits of each server, threads, a timer of its own, polls and content warnings."""

    id = "mastodon"
    name = Words("Mastodon", "Mastodon", "Mastodon")
    initial = {"en": "M", "zh_CN": "M", "zh_TW": "M"}
    colour = "#5638cc"
    modes = ("api", "assisted", "kit")
    fields = FIELDS
    surfaces = (
        Surface("feed", (600, 390, 375, 350), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("detail", (600, 390, 375, 350), {"en": "Post", "zh_CN": "嘟文", "zh_TW": "嘟文"}),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://joinmastodon.org"
    threads = True
    timer = Timer(Fact(300, SCHEDULED), Fact(365 * 86_400, "no limit in the source; a year is our own choice"))
    browser = Browser(("loopback", "oob"), ("server",))
    scopes = SCOPES
    links = (r"[^/]+/@(?P<user>[^/@]+)/(?P<id>\d+)", r"[^/]+/users/(?P<user>[^/]+)/statuses/(?P<id>\d+)")

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def image_rule(self, identity: Mapping[str, str]) -> ImageRule:
        return rules.image_rule(identity)

    def video_rule(self, identity: Mapping[str, str]) -> VideoRule:
        return rules.video_rule(identity)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        from studio.platforms.mastodon.handing import handoff

        return handoff(content, self.home)

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        """On the account's own server; every server has a host of its own, so `link` takes any."""
        from studio.platforms.mastodon.handing import verify

        return verify(access, content, link)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.mastodon.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.mastodon.login import login

        return login(fields, api_base, transport)

    def authorize(
        self, fields: Mapping[str, str], api_base: str, transport: Transport, way: Way, redirect: str
    ) -> Authorization:
        from studio.platforms.mastodon.login import authorize

        return authorize(fields, api_base, transport, way, redirect)

    def complete(
        self, fields: Mapping[str, str], code: str, kept: Secrets, api_base: str, transport: Transport
    ) -> Login:
        from studio.platforms.mastodon.login import complete

        return complete(code, kept, transport)

    def leave(self, access: Access) -> None:
        from studio.platforms.mastodon.login import leave

        leave(access)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.mastodon.login import health

        return health(access)

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.mastodon.doctor import doctor

        return doctor(access)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        from studio.platforms.mastodon.doctor import remedies

        return remedies(finding, account)

    def insights(self, access: Access) -> Insights:
        from studio.platforms.mastodon.insights import MastodonInsights

        return MastodonInsights(access)

    def page(self, account: Account, folder: Path) -> str:
        from studio.platforms.mastodon.handing import own_server

        server, user = own_server(account.identity, account.handle), account.handle.lstrip("@").partition("@")[0]
        return f"{server}/@{user}" if server and user else self.home

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.mastodon.publisher import MastodonPublisher

        return MastodonPublisher(access)


PLATFORM = Mastodon()
