"""Mastodon, and every other server that speaks its API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, Theme
from studio.core.finding import Finding
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Fact, ImageRule, Platform, Publisher, Timer
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
    modes = ("api",)
    fields = FIELDS
    surfaces = (
        Surface("feed", (600, 390, 375), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("detail", (600, 390, 375), {"en": "Post", "zh_CN": "嘟文", "zh_TW": "嘟文"}),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://joinmastodon.org"
    threads = True
    timer = Timer(Fact(300, SCHEDULED), Fact(365 * 86_400, "no limit in the source; a year is our own choice"))
    browser = Browser(("loopback", "oob"), ("server",))
    scopes = SCOPES

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def image_rule(self, identity: Mapping[str, str]) -> ImageRule:
        return rules.image_rule(identity)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def layout(
        self, content: Content, surface: str, theme: Theme, width: float, metrics: Metrics, language: str
    ) -> Card:
        from studio.platforms.mastodon.layout import layout

        return layout(content, surface, theme, width, metrics, language)

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

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.mastodon.publisher import MastodonPublisher

        return MastodonPublisher(access)


PLATFORM = Mastodon()
