"""Numbers and colours of the feed, each with its source. Weibo publishes none of them.

YY: the measured replica in YYKit's demo (the iOS app of about 2015 to 2017); the app of today is looser, and what is
marked "recalled" is to be measured there. TKD: a sample of the site's dark colours. Read for previews.md, 6.2.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Table, Value

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

TOKENS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "card": "#ffffff", "text": "#333333", "muted": "#828282", "link": "#527ead", "line": "#e8e8e8",
        "action": "#929292", "avatar": "#ff8200", "badge": "#527ead", "on-badge": "#ffffff", "fill": "#f7f7f7",
    },
    "dark": {
        "card": "#16161a", "text": "#d3d3d3", "muted": "#999999", "link": "#d36747", "line": "#202025",
        "action": "#999999", "avatar": "#ea8011", "badge": "#202025", "on-badge": "#d3d3d3", "fill": "#111114",
    },
}
TOKENS_SOURCE = f"light: {YY}, hairlines 9 % black on white; dark: {DARK}"

LABELS: Mapping[str, Mapping[str, str]] = {  # Weibo's own interface; what it has in Chinese only stays so
    "repost": {"en": "Repost", "zh_CN": "转发", "zh_TW": "轉發"},
    "comment": {"en": "Comment", "zh_CN": "评论", "zh_TW": "評論"},
    "like": {"en": "Like", "zh_CN": "赞", "zh_TW": "讚"},
    "now": {"en": "Just now", "zh_CN": "刚刚", "zh_TW": "剛剛"},
    "link": {"en": "网页链接", "zh_CN": "网页链接", "zh_TW": "網頁連結"},
    "more": {"en": "全文", "zh_CN": "全文", "zh_TW": "全文"},
    "tall": {"en": "长图", "zh_CN": "长图", "zh_TW": "長圖"},
}
ACTIONS = (("repost", "share-2"), ("comment", "message-circle"), ("like", "thumbs-up"))

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
