"""YouTube: by a person's own hand, with everything laid out for them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff, Link
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Cover, Json, Want
from studio.platforms.handmade import ByHandOnly
from studio.platforms.youtube import rules
from studio.platforms.youtube.zones import ZONES

_ID = r"(?P<id>[\w-]{11})"


class YouTube(ByHandOnly):
    """A video with a title, a description and a thumbnail; a Short where it is upright and short."""

    id = "youtube"
    name = Words("YouTube", "YouTube", "YouTube")
    initial = {"en": "Y", "zh_CN": "Y", "zh_TW": "Y"}
    colour = "#c4302b"
    surfaces = (
        Surface("watch", (640, 854), {"en": "Watch page", "zh_CN": "播放页", "zh_TW": "觀看頁"}, "page", True),
        Surface("shorts", (375, 412), {"en": "Shorts", "zh_CN": "Shorts", "zh_TW": "Shorts"}, "screen"),
        Surface("card", (305, 360), {"en": "Card", "zh_CN": "卡片", "zh_TW": "卡片"}, "cell", True),
        Surface("search", (640, 854), {"en": "Search result", "zh_CN": "搜索结果", "zh_TW": "搜尋結果"}, "feed", True),
        Surface("mobile", (375, 390, 412), {"en": "Phone feed", "zh_CN": "手机信息流", "zh_TW": "手機動態"}),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    shorts = rules.SHORTS_RULE
    home = "https://www.youtube.com"
    compose = "https://www.youtube.com/upload"
    links = (
        rf"(?:m\.|music\.)?youtube\.com/watch\?v={_ID}", rf"(?:m\.)?youtube\.com/(?:shorts|live)/{_ID}",
        rf"youtu\.be/{_ID}",
    )
    zones = ZONES
    covers = (Cover("cover-1280x720", 1280, 720, rules.THUMB),)

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def wants(self, content: Content) -> tuple[Want, ...]:
        """The video; a picture beside it is its thumbnail."""
        rule = self.image_rule(content.identity)
        return tuple(
            Want(media, rule if media.kind == "image" else None, "cover" if media.kind == "image" else "")
            for media in content.media
        )

    def link(self, url: str) -> Link | None:
        """The id of a video stands in its address's query."""
        from studio.platforms.links import recognised

        return recognised(url, self.links, keep=("v",))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """Title, description and tags, for the page that uploads."""
        from studio.platforms.youtube.handing import handoff

        return handoff(content, self.compose)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.youtube.layout import layout

        return layout(content, view, metrics)


PLATFORM = YouTube()
