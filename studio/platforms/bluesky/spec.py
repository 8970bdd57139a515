"""Numbers and colours of Bluesky's feed, each with its source.

CLIENT: the web and mobile client, state of May 2025: PostFeedItem, ImageLayoutGrid, AutoSizedImage,
ExternalEmbed, url-helpers, constants. Values marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Table, Value

CLIENT = "Bluesky client source, May 2025"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _seen(value: float, where: str) -> Value:
    return Value(value, f"{CLIENT}, {where}")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "pad.left": _seen(10, "PostFeedItem"), "pad.right": _seen(15, "PostFeedItem"),
    "pad.top": _recalled(12), "pad.bottom": _recalled(8),
    "avatar": _seen(42, "PostFeedItem"), "avatar.left": _seen(8, "PostFeedItem"),
    "avatar.right": _seen(10, "PostFeedItem"),
    "name.size": _seen(16, "PostFeedItem"), "name.gap": _recalled(4),
    "text.size": _seen(16, "PostFeedItem"), "text.line": _seen(21, "leading of 1.3 at 16 px"),
    "fold.newlines": _seen(25, "constants, MAX_POST_LINES"), "fold.lines": _seen(25, "constants, MAX_POST_LINES"),
    "path.most": _seen(15, "url-helpers, toShortUrl"), "path.kept": _seen(13, "url-helpers, toShortUrl"),
    "media.top": _recalled(8), "media.radius": _seen(12, "AutoSizedImage"), "media.gap": _seen(4, "ImageLayoutGrid"),
    "one.least": _seen(0.5, "AutoSizedImage: at least 1:2 in a feed"),
    "one.tall.wide": _seen(1.0, "AutoSizedImage: a square box on the wide web"),
    "one.tall.narrow": _seen(16 / 9, "AutoSizedImage: a 9:16 box on small screens"),
    "wide": _recalled(500),
    "four.ratio": _seen(1.5, "ImageLayoutGrid: each of four is 3:2"),
    "grid.most": _seen(4, "ImageLayoutGrid"),
    "alt.inset": _recalled(8), "alt.size": _recalled(10), "alt.pad": _recalled(5), "alt.height": _recalled(18),
    "alt.radius": _recalled(6),
    "card.radius": _seen(12, "ExternalEmbed"), "card.border": _seen(1, "ExternalEmbed"),
    "card.pad": _recalled(12), "card.gap": _recalled(4),
    "card.title.size": _seen(16, "ExternalEmbed"), "card.title.lines": _seen(3, "ExternalEmbed"),
    "card.title.line": _recalled(21),
    "card.about.size": _seen(14, "ExternalEmbed"), "card.about.lines": _seen(4, "ExternalEmbed, without a picture"),
    "card.about.line": _recalled(18), "card.rule": _seen(1, "ExternalEmbed"),
    "card.host.size": _seen(12, "ExternalEmbed"), "card.host.line": _recalled(16),
    "card.globe": _seen(12, "ExternalEmbed"),
    "actions.top": _recalled(8), "actions.height": _recalled(28), "actions.icon": _recalled(18),
    "line": _recalled(1),
}

# hsl(211, ...) greys of the client's palettes; read from use, so contrast is what the tests hold them to.
TOKENS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "card": "#ffffff", "text": "#0b0f14", "muted": "#42576c", "link": "#1083fe", "line": "#d4dbe2",
        "avatar": "#1083fe", "action": "#6f869f", "badge": "#1c2730", "on-badge": "#ffffff", "fill": "#eff2f6",
    },
    "dark": {
        "card": "#161e27", "text": "#ffffff", "muted": "#aebbc9", "link": "#4ca2fe", "line": "#2e4052",
        "avatar": "#1083fe", "action": "#788ea5", "badge": "#0b0f14", "on-badge": "#ffffff", "fill": "#1e2936",
    },
}
TOKENS_SOURCE = "hsl(211, ...) greys and hsl(211, 99%, 53%) blue of the client, May 2025; exact steps recalled"

LABELS: Mapping[str, Mapping[str, str]] = {  # locales of the client, May 2025; "now" recalled
    "more": {"en": "Show More", "zh_CN": "显示更多", "zh_TW": "顯示更多"},
    "alt": {"en": "ALT", "zh_CN": "替代文本", "zh_TW": "替代文字"},
    "reply": {"en": "Reply", "zh_CN": "回复", "zh_TW": "回覆"},
    "repost": {"en": "Repost", "zh_CN": "转发", "zh_TW": "轉發"},
    "like": {"en": "Like", "zh_CN": "喜欢", "zh_TW": "喜歡"},
    "share": {"en": "Share", "zh_CN": "分享", "zh_TW": "分享"},
    "options": {"en": "More", "zh_CN": "更多", "zh_TW": "更多"},
    "now": {"en": "now", "zh_CN": "刚刚", "zh_TW": "剛剛"},
}
ACTIONS = (
    ("reply", "message-square"), ("repost", "repeat-2"), ("like", "heart"), ("share", "share-2"),
    ("options", "ellipsis"),
)

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
