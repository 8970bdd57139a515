"""TikTok: by a person's own hand, with everything laid out for them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Cover, Json, Setting
from studio.platforms.handmade import ByHandOnly
from studio.platforms.tiktok import rules
from studio.platforms.tiktok.spec import PROFILE
from studio.platforms.tiktok.zones import ZONES

_ID = r"(?P<id>\d{15,22})"


class TikTok(ByHandOnly):
    """A video, or up to 35 pictures with a title."""

    id = "tiktok"
    name = Words("TikTok", "TikTok", "TikTok")
    initial = {"en": "T", "zh_CN": "T", "zh_TW": "T"}
    colour = "#161823"
    surfaces = (
        Surface("video", (375, 412), {"en": "Full screen", "zh_CN": "全屏播放", "zh_TW": "全螢幕播放"}, "screen"),
        Surface("photo", (375, 412), {"en": "Photo post", "zh_CN": "照片帖", "zh_TW": "照片貼文"}, "screen"),
        Surface("profile", (375, 412), {"en": "Profile", "zh_CN": "个人主页", "zh_TW": "個人檔案"}, "grid"),
    )
    profile = PROFILE
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.tiktok.com"
    compose = "https://www.tiktok.com/tiktokstudio/upload"
    links = (
        rf"(?:m\.)?tiktok\.com/@(?P<user>[\w.]{{1,24}})/(?:video|photo)/{_ID}",
        r"v[mt]\.tiktok\.com/(?P<code>\w{6,16})", r"tiktok\.com/t/(?P<code>\w{6,16})",
    )
    zones = ZONES
    covers = (Cover("cover-1080x1920", 1080, 1920, rules.ADS),)
    settings = (
        Setting(
            rules.LIMIT, Words("Characters in a caption", "文案字数上限", "文案字數上限"),
            Words(
                "How long your app lets a video's caption be; some take 2,200, others 4,000",
                "你的 TikTok 视频文案最多能写多长：有的是 2200，有的是 4000",
                "你的 TikTok 影片文案最多能寫多長：有的是 2200，有的是 4000",
            ),
            rules.CAPTIONS[0], rules.CAPTIONS,
        ),
    )

    def _chosen(self, content: Content) -> str:
        return self.setting(content.identity, rules.LIMIT)

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content, self._chosen(content))

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content, self._chosen(content))

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """A photo post's title, and the caption with its tags."""
        from studio.platforms.tiktok.handing import handoff

        return handoff(content, self.compose, self._chosen(content))

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.tiktok.layout import layout

        return layout(content, view, metrics)


PLATFORM = TikTok()
