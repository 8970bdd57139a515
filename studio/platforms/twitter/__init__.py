"""X, which was Twitter: a person posts, with everything laid out and counted for them.

The folder bears the old name, because a single letter names too many other things.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Json, Setting
from studio.platforms.handmade import ByHandOnly
from studio.platforms.twitter import rules


class Twitter(ByHandOnly):
    """Posts of 280 weighted characters (more with Premium), with four pictures, one GIF or one clip; threads."""

    id = "twitter"
    name = Words("X", "X", "X")
    initial = {"en": "X", "zh_CN": "X", "zh_TW": "X"}
    colour = "#0f1419"
    surfaces = (
        Surface("timeline", (598, 600, 375, 390, 412), {"en": "Timeline", "zh_CN": "时间线", "zh_TW": "時間軸"}),
        Surface("post", (550, 375, 390), {"en": "Embedded post", "zh_CN": "嵌入的帖子", "zh_TW": "嵌入的貼文"}, "page"),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    threads = True
    home = "https://x.com"
    compose = "https://x.com/compose/post"
    links = (
        r"(?:mobile\.)?(?:x|twitter)\.com/i/(?:web/)?status/(?P<id>\d{1,20})",
        r"(?:mobile\.)?(?:x|twitter)\.com/(?P<user>\w{1,20})/status(?:es)?/(?P<id>\d{1,20})(?:/(?:photo|video)/\d)?",
    )
    settings = (
        Setting(
            rules.PREMIUM, Words("Longest text", "最长文字", "最長文字"),
            Words("25000 with Premium, else 280", "有 Premium 是 25000，否则是 280", "有 Premium 是 25000，否則是 280"),
            str(rules.TEXT.value), (str(rules.TEXT.value), str(rules.LONG.value)),
        ),
    )

    def _longest(self, identity: Mapping[str, str]) -> int:
        return rules.longest(self.setting(identity, rules.PREMIUM))

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content, self._longest(content.identity))

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content, self._longest(content.identity))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """The whole text with its link and tags, then the further parts of a thread."""
        from studio.platforms.twitter.handing import handoff

        return handoff(content, self.compose, self._longest(content.identity))

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.twitter.layout import layout

        return layout(content, view, metrics)


PLATFORM = Twitter()
