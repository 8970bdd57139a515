"""Numbers and colours of the default web interface, each with its source. Servers re-theme freely.

WEB: the web client of August 2026: components.scss, status_content, media_gallery, hashtag_bar and the locales.
Values marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Unit
from studio.platforms.boxes import Ink, Label, Table, Value

WEB = "Mastodon web client source, August 2026"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{WEB}, {where}", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad": _seen(16, "status"), "border": _seen(1, "status"),
    "avatar": _seen(46, "status avatar"), "avatar.radius": _seen(8, "--avatar-border-radius"),
    "head.gap": _seen(10, "status info"), "head.bottom": _seen(10, "status info"),
    "name.size": _seen(15, "display name"), "name.line": _seen(22, "display name"),
    "time.size": _recalled(14), "time.line": _recalled(22), "time.icon": _recalled(15), "time.gap": _recalled(4),
    "text.size": _seen(15, "status content"), "text.line": _seen(22, "status content"),
    "text.top": _seen(2, "status content"),
    "detail.size": _seen(19, "detailed status"), "detail.line": _seen(24, "detailed status"),
    "fold.over": _seen(706, "status_content, MAX_HEIGHT: 32 lines"),
    "fold.kept": _seen(330, "status content collapsed: 15 lines"),
    "more.top": _recalled(8),
    "warning.pad": _recalled(12), "warning.radius": _recalled(8), "warning.gap": _recalled(4),
    "media.top": _seen(14, "media gallery in a status"), "media.top.detail": _seen(16, "media gallery, detailed"),
    "media.radius": _seen(8, "media gallery"), "media.gap": _seen(2, "media gallery"),
    "media.least": _seen(64, "media gallery"), "grid.ratio": _seen(1.5, "media gallery: two and more are 3:2", "ratio"),
    "grid.most": _seen(4, "media gallery layouts", "number"), "one.narrow": _seen(460, "media gallery, one item"),
    "one.wide": _seen(566, "media gallery, one item in a wide column"),
    "one.wide.from": _seen(500, "media gallery, one item in a wide column"),
    "one.least": _seen(120, "media gallery, one item"), "video.ratio": _recalled(16 / 9, "ratio"),
    "one.detail": _seen(2, "media gallery, detailed: twice as high", "ratio"),
    "hide.inset": _seen(6, "media gallery, the pill that hides"), "hide.pad": _recalled(8),
    "hide.size": _recalled(12), "hide.line": _recalled(24), "hide.radius": _recalled(12),
    "badge.inset": _seen(8, "media gallery badges"), "badge.size": _seen(12, "media gallery badges"),
    "badge.pad": _seen(8, "media gallery badges"), "badge.height": _seen(22, "media gallery badges, 16 and 3 twice"),
    "badge.radius": _seen(4, "media gallery badges"), "badge.gap": _recalled(4),
    "veil.size": _recalled(15), "veil.line": _recalled(22),
    "chips.top": _seen(16, "hashtag bar"), "chips.shown": _seen(3, "hashtag bar", "number"),
    "chips.size": _seen(12, "hashtag bar"), "chips.line": _seen(16, "hashtag bar"),
    "chips.pad.x": _seen(12, "hashtag bar"), "chips.pad.y": _seen(4, "hashtag bar"),
    "chips.radius": _seen(4, "hashtag bar"), "chips.gap": _seen(6, "hashtag bar"),
    "address.shown": _seen(30, "shortened links: without protocol and www", "characters"),
    "card.radius": _seen(8, "status card"), "card.border": _seen(1, "status card"),
    "card.pad": _seen(15, "status card"),
    "card.square": _seen(120, "status card without a wide picture"), "card.top": _recalled(14),
    "card.icon": _recalled(24),
    "card.host.size": _seen(14, "status card"), "card.host.line": _recalled(20),
    "card.title.size": _seen(19, "status card"), "card.title.line": _seen(24, "status card"),
    "card.gap": _recalled(4),
    "poll.top": _recalled(16), "poll.size": _recalled(15), "poll.line": _recalled(22), "poll.gap": _recalled(8),
    "poll.mark": _recalled(18), "poll.mark.gap": _recalled(10),
    "poll.mark.radius": _recalled(3),
    "poll.foot.size": _recalled(13), "poll.foot.line": _recalled(18),
    "meta.top": _recalled(16), "meta.size": _recalled(14), "meta.line": _recalled(18),
    "actions.top": _recalled(16), "actions.icon": _recalled(20), "actions.height": _recalled(24),
}


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"{WEB}, theme tokens")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#181820"),
    "text": _ink("#181820", "#eeedf3"),
    "muted": _ink("#535374", "#b2b1c8"),
    "faint": _ink("#67678e", "#8888aa"),
    "line": _ink("#d7d6e1", "#3a3a50"),
    "link": _ink("#5638cc", "#d0cfdd"),
    "brand": _ink("#5638cc", "#a5abfd"),
    "avatar": _ink("#5638cc", "#5638cc"),
    "action": _ink("#67678e", "#8888aa"),
    "fill": _ink("#f6f6f9", "#21212c"),
    "on-fill": _ink("#181820", "#eeedf3"),
    "badge": Ink("#000000a6", "#000000a6", f"{WEB}, media gallery badges: black at 65 %"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "chip": _ink("#eeedf3", "#21212c"),
    "on-chip": _ink("#535374", "#b2b1c8"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{WEB}, locales")


def _time(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, MEASURE, "recalled")


LABELS: Mapping[str, Label] = {
    "more": _label("Read more", "查看更多", "閱讀更多"),
    "show": _label("Show more", "显示更多", "顯示更多"),
    "sensitive": _label("Sensitive content", "敏感内容", "敏感內容"),
    "reveal": _label("Click to show", "点击查看", "按一下來顯示"),
    "reply": _label("Reply", "回复", "回覆"),
    "boost": _label("Boost", "转嘟", "轉嘟"),
    "favourite": _label("Favorite", "喜欢", "最愛"),
    "bookmark": _label("Bookmark", "添加到书签", "書籤"),
    "options": _label("More", "更多", "更多"),
    "public": _label("Public", "公开", "公開"),
    "unlisted": _label("Quiet public", "悄悄公开", "不公開"),
    "private": _label("Followers", "关注者", "跟隨者"),
    "direct": _label("Private mention", "私下提及", "私訊"),
    "others": _label("…and {count} more", "…等 {count} 个", "…及其他 {count} 個"),
    "votes": _label("0 votes", "0 票", "0 張票"),
    "now": _label("now", "刚刚", "剛剛"),
    "seconds": _label("{n}s", "{n} 秒前", "{n} 秒"), "minutes": _label("{n}m", "{n} 分钟前", "{n} 分鐘前"),
    "hours": _label("{n}h", "{n} 小时前", "{n} 小時前"), "days": _label("{n}d", "{n} 天前", "{n} 天"),
    "moment": _time("{day}, {h12}:{m} {half}", "{day} {h24}:{m}", "{day} {h24}:{m}"),
    "hide": _label("Hide", "隐藏", "隱藏"), "less": _time("Hide post", "隐藏嘟文", "隱藏嘟文"),
}
ACTIONS = (
    ("reply", "reply"), ("boost", "repeat-2"), ("favourite", "star"), ("bookmark", "bookmark"), ("options", "ellipsis"),
)
SEEN_BY = {"public": "globe", "unlisted": "moon", "private": "lock", "direct": "at-sign"}

TABLE = Table("mastodon", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
