"""Bilibili (哔哩哔哩): its open platform is for enterprises only, so a person posts, with everything laid out."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Cover, Json, Setting
from studio.platforms.bilibili import rules
from studio.platforms.bilibili.spec import PROFILE
from studio.platforms.bilibili.zones import ZONES
from studio.platforms.handmade import ByHandOnly


class Bilibili(ByHandOnly):
    """A clip is a video with a title and a description; anything else is a dynamic: a text, up to nine pictures."""

    id = "bilibili"
    name = Words("Bilibili", "哔哩哔哩", "嗶哩嗶哩")
    initial = {"en": "B", "zh_CN": "哔", "zh_TW": "嗶"}
    colour = "#ff6699"
    surfaces = (
        Surface("video", (375, 390, 412), {"en": "Home", "zh_CN": "首页推荐", "zh_TW": "首頁推薦"}),
        Surface("dynamic", (375, 390, 412), {"en": "Dynamics", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("story", (375, 412), {"en": "Story mode", "zh_CN": "竖屏播放", "zh_TW": "直向播放"}, "screen"),
        Surface("space", (375, 390, 412), {"en": "Profile", "zh_CN": "个人空间", "zh_TW": "個人空間"}, "grid"),
        Surface("desktop", (300, 260), {"en": "Web", "zh_CN": "网页版", "zh_TW": "網頁版"}, "cell", desktop=True),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.bilibili.com"
    compose = rules.UPLOAD
    links = (
        r"(?:m\.)?bilibili\.com/video/(?P<id>BV[0-9A-Za-z]{10})", r"t\.bilibili\.com/(?P<dynamic>\d{6,})",
        r"(?:m\.)?bilibili\.com/(?:opus|dynamic)/(?P<dynamic>\d{6,})", r"b23\.tv/(?P<short>\w+)",
    )
    zones = ZONES
    covers = (Cover("cover-1146x717", 1146, 717, rules.COVER),)
    profile = PROFILE
    settings = (
        Setting(
            rules.LONGER, Words("Characters of a description", "简介的字数", "簡介的字數"),
            Words(
                "Most sections take 250 characters, some take 2000",
                "多数分区的简介最多 250 字，有的分区能写 2000 字",
                "多數分區的簡介最多 250 字，有的分區能寫 2000 字",
            ),
            str(rules.ABOUT.value), ("250", "2000"),
        ),
    )

    def _about(self, identity: Mapping[str, str]) -> int:
        return rules.about(self.setting(identity, rules.LONGER))

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content, self._about(content.identity))

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content, self._about(content.identity))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """A video goes to the creator page, anything else to the page of dynamics."""
        from studio.platforms.bilibili.handing import handoff

        return handoff(content, self._about(content.identity))

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.bilibili.layout import layout

        return layout(content, view, metrics)


PLATFORM = Bilibili()
