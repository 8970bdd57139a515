"""Numbers and colours of the default web interface, each with its source. Servers re-theme freely.

WEB: the web client of August 2026: components.scss, status_content, media_gallery, hashtag_bar and the locales.
Values marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Table, Value

WEB = "Mastodon web client source, August 2026"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _seen(value: float, where: str) -> Value:
    return Value(value, f"{WEB}, {where}")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "pad": _seen(16, "status"), "border": _seen(1, "status"),
    "avatar": _seen(46, "status avatar"), "avatar.radius": _seen(8, "--avatar-border-radius"),
    "head.gap": _seen(10, "status info"), "head.bottom": _seen(10, "status info"),
    "name.size": _seen(15, "display name"), "name.line": _seen(22, "display name"),
    "time.size": _recalled(14), "time.line": _recalled(22), "time.icon": _recalled(15), "time.gap": _recalled(4),
    "text.size": _seen(15, "status content"), "text.line": _seen(22, "status content"),
    "text.top": _seen(2, "status content"),
    "detail.size": _seen(19, "detailed status"), "detail.line": _seen(24, "detailed status"),
    "fold.over": _seen(32, "status_content, MAX_HEIGHT 706 px: 32 lines"),
    "fold.lines": _seen(15, "status content collapsed: 330 px: 15 lines"),
    "more.top": _recalled(8),
    "warning.pad": _recalled(12), "warning.radius": _recalled(8), "warning.gap": _recalled(4),
    "media.top": _seen(14, "media gallery in a status"), "media.top.detail": _seen(16, "media gallery, detailed"),
    "media.radius": _seen(8, "media gallery"), "media.gap": _seen(2, "media gallery"),
    "media.least": _seen(64, "media gallery"), "grid.ratio": _seen(1.5, "media gallery: two and more are 3:2"),
    "grid.most": _seen(4, "media gallery layouts"), "one.narrow": _seen(460, "media gallery, one item"),
    "one.wide": _seen(566, "media gallery, one item in a wide column"),
    "one.wide.from": _seen(500, "media gallery, one item in a wide column"),
    "one.least": _seen(120, "media gallery, one item"), "video.ratio": _recalled(16 / 9),
    "badge.inset": _seen(8, "media gallery badges"), "badge.size": _seen(12, "media gallery badges"),
    "badge.pad": _seen(8, "media gallery badges"), "badge.height": _seen(22, "media gallery badges, 16 and 3 twice"),
    "badge.radius": _seen(4, "media gallery badges"), "badge.gap": _recalled(4),
    "veil.size": _recalled(15), "veil.line": _recalled(22),
    "chips.top": _seen(16, "hashtag bar"), "chips.shown": _seen(3, "hashtag bar"),
    "chips.size": _seen(12, "hashtag bar"), "chips.line": _seen(16, "hashtag bar"),
    "chips.pad.x": _seen(12, "hashtag bar"), "chips.pad.y": _seen(4, "hashtag bar"),
    "chips.radius": _seen(4, "hashtag bar"), "chips.gap": _seen(6, "hashtag bar"),
    "address.shown": _seen(30, "shortened links: 30 characters without protocol and www"),
    "card.radius": _seen(8, "status card"), "card.border": _seen(1, "status card"),
    "card.pad": _seen(15, "status card"),
    "card.square": _seen(120, "status card without a wide picture"), "card.top": _recalled(14),
    "card.icon": _recalled(24),
    "card.host.size": _seen(14, "status card"), "card.host.line": _recalled(20),
    "card.title.size": _seen(19, "status card"), "card.title.line": _seen(24, "status card"),
    "card.gap": _recalled(4),
    "poll.top": _recalled(16), "poll.size": _recalled(15), "poll.line": _recalled(22), "poll.gap": _recalled(8),
    "poll.mark": _recalled(18), "poll.mark.gap": _recalled(10),
    "poll.foot.size": _recalled(13), "poll.foot.line": _recalled(18),
    "meta.top": _recalled(16), "meta.size": _recalled(14), "meta.line": _recalled(18),
    "actions.top": _recalled(16), "actions.icon": _recalled(20), "actions.height": _recalled(24),
}

_DARK_LINK = "#d0cfdd"  # in posts: between text and secondary, not the brand's
TOKENS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "card": "#ffffff", "text": "#181820", "muted": "#535374", "faint": "#67678e", "line": "#d7d6e1",
        "link": "#5638cc", "brand": "#5638cc", "avatar": "#5638cc", "action": "#67678e", "fill": "#f6f6f9",
        "on-fill": "#181820", "badge": "#3a3a50", "on-badge": "#ffffff", "chip": "#eeedf3", "on-chip": "#535374",
    },
    "dark": {
        "card": "#181820", "text": "#eeedf3", "muted": "#b2b1c8", "faint": "#8888aa", "line": "#3a3a50",
        "link": _DARK_LINK, "brand": "#a5abfd", "avatar": "#5638cc", "action": "#8888aa", "fill": "#21212c",
        "on-fill": "#eeedf3", "badge": "#000000", "on-badge": "#ffffff", "chip": "#21212c", "on-chip": "#b2b1c8",
    },
}
TOKENS_SOURCE = f"{WEB}, theme tokens; the badge is black at 65 % there"

LABELS: Mapping[str, Mapping[str, str]] = {  # locales of the client, August 2026; "now", poll and veil lines recalled
    "more": {"en": "Read more", "zh_CN": "查看更多", "zh_TW": "閱讀更多"},
    "show": {"en": "Show more", "zh_CN": "显示更多", "zh_TW": "顯示更多"},
    "sensitive": {"en": "Sensitive content", "zh_CN": "敏感内容", "zh_TW": "敏感內容"},
    "reveal": {"en": "Click to show", "zh_CN": "点击查看", "zh_TW": "按一下來顯示"},
    "reply": {"en": "Reply", "zh_CN": "回复", "zh_TW": "回覆"},
    "boost": {"en": "Boost", "zh_CN": "转嘟", "zh_TW": "轉嘟"},
    "favourite": {"en": "Favorite", "zh_CN": "喜欢", "zh_TW": "最愛"},
    "bookmark": {"en": "Bookmark", "zh_CN": "添加到书签", "zh_TW": "書籤"},
    "options": {"en": "More", "zh_CN": "更多", "zh_TW": "更多"},
    "public": {"en": "Public", "zh_CN": "公开", "zh_TW": "公開"},
    "unlisted": {"en": "Quiet public", "zh_CN": "悄悄公开", "zh_TW": "悄悄公開"},
    "private": {"en": "Followers", "zh_CN": "关注者", "zh_TW": "跟隨者"},
    "direct": {"en": "Private mention", "zh_CN": "私下提及", "zh_TW": "私訊"},
    "others": {"en": "…and {count} more", "zh_CN": "…等 {count} 个", "zh_TW": "…及其他 {count} 個"},
    "votes": {"en": "0 votes", "zh_CN": "0 票", "zh_TW": "0 票"},
    "now": {"en": "now", "zh_CN": "刚刚", "zh_TW": "剛剛"},
}
ACTIONS = (
    ("reply", "reply"), ("boost", "repeat-2"), ("favourite", "star"), ("bookmark", "bookmark"), ("options", "ellipsis"),
)
SEEN_BY = {"public": "globe", "unlisted": "moon", "private": "lock", "direct": "at-sign"}

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
