"""The practice account (演练账号): publishes into a page on this computer, so that everything can be tried."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, Login, Platform, Publisher
from studio.platforms.practice import rules

if TYPE_CHECKING:
    from studio.platforms.transport import Transport


class Practice(Platform):
    """Needs no login and no network, and is part of every workspace."""

    id = "practice"
    name = Words("Practice account", "演练账号", "演練帳號")
    initial = {"en": "P", "zh_CN": "演", "zh_TW": "演"}
    colour = "#8a5a3c"
    modes = ("api",)
    surfaces = (Surface("page", (640, 375), {"en": "Page", "zh_CN": "页面", "zh_TW": "頁面"}),)
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    embedded = True
    threads = True

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.practice.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        """Always; there is nothing to sign in to. It has no name of its own: each language calls it by its own word."""
        return Login({}, self.id, "")

    def health(self, access: Access) -> tuple[Finding, ...]:
        """Is its folder writable? The timeline is brought up to date on the way."""
        from studio.platforms.practice.publisher import Shelf, unwritable

        try:
            access.folder.mkdir(parents=True, exist_ok=True)
            shelf = Shelf(access.folder)
            shelf.sweep(access.now())
            shelf.rebuild()
        except OSError as fault:
            return unwritable(fault).findings
        return ()

    def page(self, account: Account, folder: Path) -> str:
        """The timeline, once something was published."""
        timeline = folder / "index.html"
        return timeline.resolve().as_uri() if timeline.is_file() else ""

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.practice.publisher import PracticePublisher

        return PracticePublisher(access)


PLATFORM = Practice()
