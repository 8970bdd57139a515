"""Threads: its API takes pictures from public addresses only, so a person posts, with everything laid out."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Json
from studio.platforms.handmade import ByHandOnly
from studio.platforms.threads import rules


class Threads(ByHandOnly):
    """Posts of 500 characters, with up to 20 pictures and clips side by side, or a link's card; and threads of them."""

    id = "threads"
    name = Words("Threads", "Threads", "Threads")
    initial = {"en": "@", "zh_CN": "@", "zh_TW": "@"}
    colour = "#101010"
    surfaces = (
        Surface("feed", (390, 375, 412), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("desktop", (640, 620), {"en": "Feed on the web", "zh_CN": "网页动态", "zh_TW": "網頁動態"},
                desktop=True),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.threads.com"
    compose = "https://www.threads.com/"
    threads = True
    links = (
        r"threads\.(?:com|net)/@(?P<name>[\w.]+)/post/(?P<code>[\w-]{5,})(?:/media)?",
        r"threads\.(?:com|net)/t/(?P<code>[\w-]{5,})",
    )

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """Text, topic, and what follows as a thread."""
        from studio.platforms.threads.handing import handoff

        return handoff(content, self.compose)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.threads.layout import layout

        return layout(content, view, metrics)


PLATFORM = Threads()
