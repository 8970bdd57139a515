"""Numbers and colours of Bluesky's feed, each with its source.

CLIENT: the web and mobile client, state of May 2025: PostFeedItem, ImageLayoutGrid, AutoSizedImage,
ExternalEmbed, url-helpers, constants. Values marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Unit
from studio.platforms.boxes import Ink, Label, Table, Value

CLIENT = "Bluesky client source, May 2025"
MEASURE = "known from use; to be measured on the site"
GALLERY = "Bluesky client source, 2026, Gallery: for more than four pictures"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{CLIENT}, {where}", unit=unit)


def _gallery(value: float, unit: Unit = "px") -> Value:
    return Value(value, GALLERY, unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad.left": _seen(10, "PostFeedItem"), "pad.right": _seen(15, "PostFeedItem"),
    "pad.top": _recalled(12), "pad.bottom": _recalled(8),
    "avatar": _seen(42, "PostFeedItem"), "avatar.left": _seen(8, "PostFeedItem"),
    "avatar.right": _seen(10, "PostFeedItem"),
    "name.size": _seen(16, "PostFeedItem"), "name.gap": _recalled(4),
    "text.size": _seen(16, "PostFeedItem"), "text.line": _seen(21, "leading of 1.3 at 16 px"),
    "fold.newlines": _seen(25, "constants, MAX_POST_LINES", "lines"),
    "fold.lines": _seen(25, "constants, MAX_POST_LINES", "lines"),
    "path.most": _seen(15, "url-helpers, toShortUrl", "characters"),
    "path.kept": _seen(13, "url-helpers, toShortUrl", "characters"),
    "media.top": _recalled(8), "media.radius": _seen(12, "AutoSizedImage"), "media.gap": _seen(4, "ImageLayoutGrid"),
    "one.least": _seen(0.5, "AutoSizedImage: at least 1:2 in a feed", "ratio"),
    "one.tall.wide": _seen(1.0, "AutoSizedImage: a square box on the wide web", "ratio"),
    "one.tall.narrow": _seen(16 / 9, "AutoSizedImage: a 9:16 box on small screens", "ratio"),
    "wide": _recalled(500),
    "four.ratio": _seen(1.5, "ImageLayoutGrid: each of four is 3:2", "ratio"),
    "grid.most": _seen(4, "ImageLayoutGrid", "number"),
    "gallery.high": _gallery(300), "gallery.middle": _gallery(260), "gallery.low": _gallery(200),
    "gallery.high.from": _recalled(600),
    "gallery.middle.from": _gallery(500), "gallery.gap": _gallery(8), "gallery.narrowest": _gallery(2 / 3, "ratio"),
    "gallery.widest": _gallery(3 / 2, "ratio"),
    "time.inset": _seen(6, "video embed, time left"), "time.size": _seen(12, "video embed, time left"),
    "time.line": _seen(21, "video embed, time left"),
    "time.pad": _seen(6, "video embed, time left"),
    "time.radius": _seen(6, "video embed, time left"),
    "alt.inset": _seen(4, "ImageLayoutGridItem"), "alt.size": _seen(8, "ImageLayoutGridItem"),
    "alt.pad": _seen(3, "ImageLayoutGridItem"), "alt.height": _recalled(16),
    "alt.radius": _seen(4, "ImageLayoutGridItem"),
    "card.radius": _seen(12, "ExternalEmbed"),
    "card.pad": _seen(12, "ExternalEmbed"), "card.top": _seen(8, "ExternalEmbed"),
    "card.gap": _seen(3, "ExternalEmbed"), "card.under": _seen(4, "ExternalEmbed, above its line"),
    "card.foot.top": _seen(6, "ExternalEmbed"), "card.foot.bottom": _seen(8, "ExternalEmbed"),
    "card.globe.gap": _seen(2, "ExternalEmbed"),
    "card.title.size": _seen(16, "ExternalEmbed"), "card.title.lines": _seen(3, "ExternalEmbed", "lines"),
    "card.title.line": _seen(21, "ExternalEmbed, leading of 1.3"),
    "card.about.size": _seen(14, "ExternalEmbed"),
    "card.about.lines": _seen(4, "ExternalEmbed, without a picture", "lines"),
    "card.about.line": _seen(18, "ExternalEmbed, leading of 1.3"),
    "card.rule": _seen(1, "ExternalEmbed"),
    "card.host.size": _seen(12, "ExternalEmbed"), "card.host.line": _seen(16, "ExternalEmbed, leading of 1.3"),
    "card.globe": _seen(12, "ExternalEmbed"),
    "actions.top": _recalled(8), "actions.height": _recalled(28), "actions.icon": _recalled(18),
    "line": _recalled(1),
}

# hsl(211, ...) greys of the client's palettes; read from use, so contrast is what the tests hold them to.


def _ink(light: str, dark: str) -> Ink:
    where = f"{CLIENT}: hsl(211, ...) greys and hsl(211, 99%, 53%) blue; exact steps recalled"
    return Ink(light, dark, where, "recalled")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#161e27"),
    "text": _ink("#0b0f14", "#ffffff"),
    "muted": _ink("#42576c", "#aebbc9"),
    "link": _ink("#1083fe", "#4ca2fe"),
    "line": _ink("#d4dbe2", "#2e4052"),
    "avatar": _ink("#1083fe", "#1083fe"),
    "action": _ink("#6f869f", "#788ea5"),
    "badge": _ink("#eff2f6cc", "#1e2936cc"),
    "on-badge": _ink("#0b0f14", "#ffffff"),
    "time": Ink("#00000080", "#00000080", f"{CLIENT}, video embed: black at 50 %"),
    "on-time": Ink("#ffffff", "#ffffff", f"{CLIENT}, video embed"),
    "fill": _ink("#eff2f6", "#1e2936"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{CLIENT}, locales")


def _time(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{CLIENT}, useTimeAgo, for English; Chinese {MEASURE}", "recalled")


LABELS: Mapping[str, Label] = {
    "more": _label("Show More", "显示更多", "顯示更多"),
    "alt": _label("ALT", "替代文本", "替代文字"),
    "reply": _label("Reply", "回复", "回覆"),
    "repost": _label("Repost", "转发", "轉發"),
    "like": _label("Like", "喜欢", "喜歡"),
    "share": _label("Share", "分享", "分享"),
    "options": _label("More", "更多", "更多"),
    "now": _time("now", "刚刚", "剛剛"),
    "seconds": _time("{n}s", "{n} 秒", "{n} 秒"), "minutes": _time("{n}m", "{n} 分钟", "{n} 分鐘"),
    "hours": _time("{n}h", "{n} 小时", "{n} 小時"), "days": _time("{n}d", "{n} 天", "{n} 天"),
    "months": _time("{n}mo", "{n} 个月", "{n} 個月"),
}
ACTIONS = (
    ("reply", "message-square"), ("repost", "repeat-2"), ("like", "heart"), ("share", "share-2"),
    ("options", "ellipsis"),
)

TABLE = Table("bluesky", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
