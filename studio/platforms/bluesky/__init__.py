"""Bluesky and every other server of the AT Protocol."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Life, Login, Platform, Publisher, Secrets
from studio.platforms.bluesky import rules
from studio.platforms.bluesky.login import FIELDS

if TYPE_CHECKING:
    from studio.platforms.bluesky.record import Tids
    from studio.platforms.transport import Transport


class Bluesky(Platform):
    """300 graphemes, four pictures, facets by bytes, posts that cannot double."""

    id = "bluesky"
    name = Words("Bluesky", "Bluesky", "Bluesky")
    initial = {"en": "B", "zh_CN": "B", "zh_TW": "B"}
    colour = "#1a73d1"
    modes = ("api",)
    fields = FIELDS
    surfaces = (
        Surface("feed", (600, 390, 375), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
    )
    images = rules.IMAGE_RULE
    home = "https://bsky.app"
    threads = True

    @cached_property
    def _tids(self) -> Tids:
        from studio.platforms.bluesky.record import Tids

        return Tids()

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.bluesky.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.bluesky.login import login

        return login(fields, api_base, transport)

    def life(self, account: Account, secrets: Secrets) -> Life:
        from studio.platforms.bluesky.xrpc import life

        return life(secrets)

    def refresh(self, access: Access, secrets: Secrets) -> Secrets:
        from studio.platforms.bluesky.xrpc import refreshed

        return refreshed(access.account.identity.get("pds", ""), secrets, access.transport)

    def leave(self, access: Access) -> None:
        from studio.platforms.bluesky.xrpc import end

        end(access.account.identity.get("pds", ""), access.secrets, access.transport)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.bluesky.login import health

        return health(access)

    def page(self, account: Account, folder: Path) -> str:
        return f"{self.home}/profile/{account.handle}" if account.handle else self.home

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.bluesky.publisher import BlueskyPublisher

        return BlueskyPublisher(access, self._tids)


PLATFORM = Bluesky()
