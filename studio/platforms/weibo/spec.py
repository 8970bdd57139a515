"""Numbers and colours of the feed, each with its source. Weibo publishes none of them.

YY: the measured replica in YYKit's demo (the iOS app of about 2015 to 2017); the app of today is looser, and what is
marked "recalled" is to be measured there. TKD: a sample of the site's dark colours. Read for previews.md, 6.2.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Ink, Label, Table, Value

YY = "YYKit demo, Weibo feed (iOS app of 2015 to 2017)"
DARK = "token sample of weibo.com in the dark"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _measured(value: float, where: str) -> Value:
    return Value(value, f"{YY}, {where}", "third-party")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "pad": _measured(12, "cell padding"), "gap": _measured(10, "text to other"),
    "head": _measured(56, "profile row"), "avatar": _measured(40, "avatar"), "avatar.top": _measured(15, "avatar"),
    "name.left": _measured(14, "name"), "name.size": _measured(16, "name"), "name.line": _recalled(22),
    "name.less": _measured(110, "name: the screen less 110"),
    "source.size": _measured(12, "source line"), "source.line": _recalled(18),
    "text.size": _measured(17, "body"), "text.line": _measured(22.8, "body: 1.34 times the size"),
    "text.bottom": _recalled(4),
    "fold": _recalled(140),
    "grid.gap": _measured(4, "pictures"), "grid.most": _recalled(9), "one.least": _recalled(44),
    "tall": _measured(3, "badge 长图: higher than three times its width"),
    "badge.w": _measured(28, "badge"), "badge.h": _measured(18, "badge"), "badge.size": _recalled(10),
    "more.size": _recalled(24), "more.line": _recalled(32),
    "video.ratio": _recalled(16 / 9), "video.play": _recalled(44), "video.clock": _recalled(12),
    "bar": _measured(35, "tool bar"), "bar.size": _measured(14, "tool bar"), "bar.line": _recalled(20),
    "bar.icon": _recalled(16), "bar.gap": _recalled(6), "bar.bottom": _measured(2, "tool bar"),
    "line": _measured(0.5, "hairlines"),
}


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"light: {YY}, hairlines 9 % black on white; dark: {DARK}", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#16161a"),
    "text": _ink("#333333", "#d3d3d3"),
    "muted": _ink("#828282", "#999999"),
    "link": _ink("#527ead", "#d36747"),
    "line": _ink("#e8e8e8", "#202025"),
    "action": _ink("#929292", "#999999"),
    "avatar": _ink("#ff8200", "#ea8011"),
    "badge": _ink("#527ead", "#202025"),
    "on-badge": _ink("#ffffff", "#d3d3d3"),
    "fill": _ink("#f7f7f7", "#111114"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{YY}; 繁體 is our own wording", "third-party")


LABELS: Mapping[str, Label] = {
    "repost": _label("Repost", "转发", "轉發"),
    "comment": _label("Comment", "评论", "評論"),
    "like": _label("Like", "赞", "讚"),
    "now": _label("Just now", "刚刚", "剛剛"),
    "link": _label("网页链接", "网页链接", "網頁連結"),
    "more": _label("全文", "全文", "全文"),
    "tall": _label("长图", "长图", "長圖"),
}
ACTIONS = (("repost", "share-2"), ("comment", "message-circle"), ("like", "thumbs-up"))

TABLE = Table("weibo", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
