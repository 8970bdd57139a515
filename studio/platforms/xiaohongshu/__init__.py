"""Xiaohongshu (小红书): no public API publishes a note, so a person does, with everything laid out for them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Cover, ImageRule, Json, Setting
from studio.platforms.handmade import ByHandOnly
from studio.platforms.xiaohongshu import rules
from studio.platforms.xiaohongshu.spec import PROFILE
from studio.platforms.xiaohongshu.zones import ZONES

PUBLISH = "https://creator.xiaohongshu.com/publish/publish?source=official"


class Xiaohongshu(ByHandOnly):
    """Notes of 1 to 18 pictures, or of one clip, with a title that is counted by its width."""

    id = "xiaohongshu"
    name = Words("Xiaohongshu", "小红书", "小紅書")
    initial = {"en": "X", "zh_CN": "书", "zh_TW": "書"}
    colour = "#ff2442"
    surfaces = (
        Surface("note", (375, 390, 412), {"en": "Note", "zh_CN": "笔记", "zh_TW": "筆記"}, "page"),
        Surface("clip", (375, 412), {"en": "Video note", "zh_CN": "视频笔记", "zh_TW": "影片筆記"}, "screen"),
        Surface("waterfall", (375, 390, 412), {"en": "Explore", "zh_CN": "发现页", "zh_TW": "發現頁"}),
        Surface("profile", (375, 390, 412), {"en": "Profile", "zh_CN": "个人主页", "zh_TW": "個人主頁"}, "grid"),
        Surface("desktop", (900, 1200), {"en": "Web", "zh_CN": "网页版", "zh_TW": "網頁版"}, "page", desktop=True),
    )
    profile = PROFILE
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.xiaohongshu.com"
    compose = PUBLISH
    links = (
        r"xiaohongshu\.com/(?:explore|discovery/item|user/profile/[0-9a-f]{24})/(?P<id>[0-9a-f]{24})",
        r"xhslink\.com/(?:[a-z]/)?(?P<short>\w+)",
    )
    zones = ZONES
    covers = (Cover("cover-1080x1440", 1080, 1440, rules.SHAPE),)
    settings = (
        Setting(
            rules.MOST, Words("Pictures in a note", "一篇笔记的图片数", "一篇筆記的圖片數"),
            Words(
                "How many pictures your app takes; some take 9, others 18 or 20",
                "你的小红书最多能放几张图：有的是 9 张，有的是 18 或 20 张",
                "你的小紅書最多能放幾張圖：有的是 9 張，有的是 18 或 20 張",
            ),
            str(rules.IMAGES.value), ("9", "18", "20"),
        ),
    )

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def _most(self, identity: Mapping[str, str]) -> int:
        return rules.most(self.setting(identity, rules.MOST))

    def image_rule(self, identity: Mapping[str, str]) -> ImageRule:
        return rules.image_rule(self._most(identity))

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content, self._most(content.identity))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """Title, text and tags, for the tab that takes what the note is made of."""
        from studio.platforms.xiaohongshu.handing import handoff

        return handoff(content, self.compose)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.xiaohongshu.layout import layout

        return layout(content, view, metrics)


PLATFORM = Xiaohongshu()
