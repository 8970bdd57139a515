"""Instagram: its API takes pictures from public addresses only, so a person posts, with everything laid out."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Cover, Json
from studio.platforms.handmade import ByHandOnly
from studio.platforms.instagram import rules
from studio.platforms.instagram.spec import PROFILE
from studio.platforms.instagram.zones import ZONES

REELS = "third-party guides to Reels covers, 2025: 420 × 654, shown as 3:4 in the profile"
FEED = "third-party guides, 2025: 1080 × 1350 (4:5)"


class Instagram(ByHandOnly):
    """Posts of 1 to 20 pictures and clips, a clip alone as a reel, with one caption."""

    id = "instagram"
    name = Words("Instagram", "Instagram", "Instagram")
    initial = {"en": "I", "zh_CN": "I", "zh_TW": "I"}
    colour = "#d300c5"
    surfaces = (
        Surface("feed", (390, 375, 412), {"en": "Feed", "zh_CN": "动态", "zh_TW": "動態"}),
        Surface("desktop", (470, 468), {"en": "Feed on the web", "zh_CN": "网页动态", "zh_TW": "網頁動態"},
                desktop=True),
        Surface("reel", (375, 390, 412), {"en": "Reel", "zh_CN": "Reels", "zh_TW": "連續短片"}, "screen"),
        Surface("grid", (390, 375, 412), {"en": "Profile", "zh_CN": "个人主页", "zh_TW": "個人檔案"}, "grid"),
    )
    images = rules.IMAGE_RULE
    videos = shorts = rules.VIDEO_RULE
    home = "https://www.instagram.com"
    compose = "https://www.instagram.com/"
    links = (r"(?:instagram\.com|instagr\.am)/(?:[\w.]+/)?(?:p|reels?|tv)/(?P<code>[\w-]{5,})",)
    zones = ZONES
    covers = (Cover("cover-1080x1350", 1080, 1350, FEED), Cover("cover-420x654", 420, 654, REELS))
    profile = PROFILE

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """The files, then the caption with its tags."""
        from studio.platforms.instagram.handing import handoff

        return handoff(content, self.compose)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.instagram.layout import layout

        return layout(content, view, metrics)


PLATFORM = Instagram()
