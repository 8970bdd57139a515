"""LinkedIn: a person posts, with everything laid out for them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Card, Metrics, Surface, View
from studio.core.finding import Finding
from studio.core.handoff import HandOff
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Count, Json
from studio.platforms.handmade import ByHandOnly
from studio.platforms.linkedin import rules

_SITE = r"(?:\w{2}\.)?linkedin\.com"


class LinkedIn(ByHandOnly):
    """Posts of 3,000 characters with up to 20 pictures, or one clip, or a link card."""

    id = "linkedin"
    name = Words("LinkedIn", "领英", "LinkedIn")
    initial = {"en": "L", "zh_CN": "领", "zh_TW": "L"}
    colour = "#0a66c2"
    surfaces = (
        Surface("feed", (555, 552), {"en": "Feed on a computer", "zh_CN": "电脑上的动态", "zh_TW": "電腦上的動態"},
                desktop=True),
        Surface("mobile", (375, 390, 412), {"en": "Feed on a phone", "zh_CN": "手机上的动态", "zh_TW": "手機上的動態"}),
    )
    images = rules.IMAGE_RULE
    videos = rules.VIDEO_RULE
    home = "https://www.linkedin.com/feed/"
    compose = "https://www.linkedin.com/feed/?shareActive=true"
    links = (
        rf"{_SITE}/feed/update/(?P<urn>urn(?::|%3A)li(?::|%3A)(?:activity|share|ugcPost)(?::|%3A)\d+)",
        rf"{_SITE}/posts/[^/]*?[-_](?:activity|share|ugcPost)-(?P<id>\d{{10,20}})(?:-[\w-]{{4}})?",
        r"lnkd\.in/p/(?P<short>[\w-]+)",
    )

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        """The text with its tags, then the link that makes the card."""
        from studio.platforms.linkedin.handing import handoff

        return handoff(content, self.compose)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.linkedin.layout import layout

        return layout(content, view, metrics)


PLATFORM = LinkedIn()
