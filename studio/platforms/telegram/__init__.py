"""Telegram: a person posts in their channel, with everything laid out for them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Count, Json, Setting
from studio.platforms.handmade import ByHandOnly
from studio.platforms.telegram import rules


class Telegram(ByHandOnly):
    """Messages of 4,096 units, or 1,024 below up to ten pictures and clips."""

    id = "telegram"
    name = Words("Telegram", "Telegram", "Telegram")
    initial = {"en": "T", "zh_CN": "T", "zh_TW": "T"}
    colour = "#2481cc"
    surfaces = (
        Surface("channel", (600, 375, 390, 412), {"en": "Channel", "zh_CN": "频道", "zh_TW": "頻道"}),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://web.telegram.org"
    compose = "https://web.telegram.org/a/"
    links = (
        r"(?:t|telegram)\.me/c/(?P<chat>\d{5,15})/(?:\d+/)?(?P<id>\d+)",
        r"(?:t|telegram)\.me/(?:s/)?(?P<channel>[A-Za-z]\w{3,31})/(?P<id>\d+)",
    )
    settings = (
        Setting(
            rules.CAPTIONS, Words("Longest caption", "最长的媒体说明", "最長的媒體說明"),
            Words("2048 with Premium, else 1024", "有 Premium 是 2048，否则是 1024", "有 Premium 是 2048，否則是 1024"),
            str(rules.CAPTION.value), (str(rules.CAPTION.value), str(rules.LONG.value)),
        ),
    )

    def _caption(self, identity: Mapping[str, str]) -> int:
        return rules.longest(self.setting(identity, rules.CAPTIONS))

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content, self._caption(content.identity))

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content, self._caption(content.identity))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """The whole message, its link and tags included."""
        from studio.platforms.telegram.handing import handoff

        return handoff(content, self.compose, self._caption(content.identity))

    def page(self, account: Account, folder: Path) -> str:
        """A channel's own page, where its name is known."""
        name = account.handle.strip().lstrip("@")
        return f"https://t.me/s/{name}" if rules.is_channel(name) else self.home

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.telegram.layout import layout

        return layout(content, view, metrics)


PLATFORM = Telegram()
