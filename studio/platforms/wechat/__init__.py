"""WeChat Official Account (微信公众号): articles and image posts as drafts, published where the account may."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from studio.core.card import Card, Metrics, Surface, View
from studio.core.delivery import Proof
from studio.core.finding import Finding
from studio.core.handoff import HandOff, Link
from studio.core.post import Account, Content
from studio.core.words import Words
from studio.platforms.base import Access, Count, ImageRule, Insights, Json, Platform, Publisher, Remedy, Want
from studio.platforms.logins import Login
from studio.platforms.wechat import limits, rules
from studio.platforms.wechat.handoff import PATTERNS, handoff, link
from studio.platforms.wechat.login import FIELDS
from studio.platforms.wechat.zones import ZONES

if TYPE_CHECKING:
    from studio.platforms.transport import Transport


class WeChat(Platform):
    """By API where the account is verified; else as a draft that a person publishes; else wholly by hand."""

    id = "wechat"
    name = Words("WeChat Official Account", "微信公众号", "微信公眾號")
    initial = {"en": "C", "zh_CN": "公", "zh_TW": "公"}
    colour = "#2f7d4f"
    modes = ("api", "assisted", "kit")
    fields = FIELDS
    surfaces = (
        Surface("article", (375, 412, 1024), {"en": "Article", "zh_CN": "文章页", "zh_TW": "文章頁"}, "page"),
        Surface("image", (375, 412, 1024), {"en": "Image post", "zh_CN": "图片消息", "zh_TW": "圖片訊息"}, "page"),
        Surface("list", (375, 412), {"en": "Subscriptions", "zh_CN": "订阅列表", "zh_TW": "訂閱列表"}),
        Surface(
            "list-small", (375, 412),
            {"en": "Subscriptions, small picture", "zh_CN": "订阅列表，小图", "zh_TW": "訂閱列表，小圖"},
        ),
        Surface("push", (375, 412), {"en": "Several articles", "zh_CN": "多图文推送", "zh_TW": "多圖文推送"}),
        Surface("share", (375, 412), {"en": "Shared in a chat", "zh_CN": "聊天分享卡片", "zh_TW": "聊天分享卡片"}),
        Surface("moments", (375, 412), {"en": "Moments", "zh_CN": "朋友圈", "zh_TW": "朋友圈"}),
    )
    images = limits.INLINE
    home = "https://mp.weixin.qq.com"
    compose = "https://mp.weixin.qq.com"
    links = PATTERNS
    covers = limits.COVERS
    zones = ZONES
    settings = limits.SETTINGS

    def count(self, content: Content) -> Mapping[str, Count]:
        return rules.count(content)

    def image_rule(self, identity: Mapping[str, str]) -> ImageRule:
        return limits.INLINE

    def wants(self, content: Content) -> tuple[Want, ...]:
        return rules.wants(content)

    def check(self, content: Content) -> tuple[Finding, ...]:
        return rules.check(content)

    def handoff(self, content: Content, made: Json | None = None) -> HandOff:
        return handoff(content, made)

    def link(self, url: str) -> Link | None:
        return link(url)

    def verify(self, access: Access, content: Content, link: Link) -> Proof | None:
        from studio.platforms.wechat.verify import verify

        return verify(access, content, link)

    def layout(self, content: Content, view: View, metrics: Metrics) -> Card:
        from studio.platforms.wechat.layout import layout

        return layout(content, view, metrics)

    def login(self, fields: Mapping[str, str], api_base: str, transport: Transport) -> Login:
        from studio.platforms.wechat.login import login

        return login(fields, api_base, transport)

    def health(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.wechat.doctor import health

        return health(access)

    def doctor(self, access: Access) -> tuple[Finding, ...]:
        from studio.platforms.wechat.doctor import doctor

        return doctor(access)

    def remedies(self, finding: Finding, account: Account) -> tuple[Remedy, ...]:
        from studio.platforms.wechat.doctor import remedies

        return remedies(finding, account)

    def insights(self, access: Access) -> Insights:
        from studio.platforms.wechat.insights import WeChatInsights

        return WeChatInsights(access)

    def page(self, account: Account, folder: Path) -> str:
        return self.home

    def publisher(self, access: Access) -> Publisher:
        from studio.platforms.wechat.publisher import WeChatPublisher

        return WeChatPublisher(access)


PLATFORM = WeChat()
