"""Numbers and colours of the full-screen player, each with its source. The app publishes none of its geometry.

CLONE: a clone of the app whose code was read, November 2026; it measures on a page 375 px wide.
SITE: colours taken from the live site, November 2026. Values marked "recalled" are known from use, to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Table, Value

CLONE = "a clone of the app, read 2026-11"
SITE = "colours of the live site, read 2026-11"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-30"


def _clone(value: float) -> Value:
    return Value(value, CLONE, "third-party")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "stage": _clone(812 / 375),  # height by width
    "rail.right": _clone(10), "avatar": _clone(45), "avatar.ring": _clone(3), "follow": _clone(18),
    "icon": _clone(38), "icon.gap": _recalled(14), "label.size": _clone(12), "label.line": _recalled(17),
    "disc": _clone(45), "foot": _recalled(24),
    "pad": _clone(12), "text.part": _clone(0.7),
    "name.size": _clone(18), "name.line": _recalled(25), "name.gap": _recalled(6),
    "title.size": _recalled(16), "title.line": _recalled(22), "title.gap": _recalled(4),
    "text.size": _clone(15), "text.line": _recalled(21), "fold.lines": _recalled(3), "title.lines": _recalled(2),
    "segments.gap": _clone(4), "segments.height": _recalled(2), "segments.top": _recalled(10),
    "pill.size": _recalled(12), "pill.height": _recalled(20), "pill.pad": _recalled(8), "pill.gap": _recalled(8),
}

TOKENS: Mapping[str, str] = {  # the player is dark in both themes
    "card": "#000000", "text": "#ffffff", "muted": "#c9c9cf", "link": "#ffffff", "brand": "#fe2c55",
    "accent": "#25f4ee", "avatar": "#2f3035", "ring": "#ffffff", "action": "#ffffff", "badge": "#33333a",
    "on-badge": "#ffffff", "segment": "#6b6b70", "segment.on": "#ffffff",
}
TOKENS_SOURCE = f"{SITE}; greys recalled"

LABELS: Mapping[str, Mapping[str, str]] = {  # the app is in Chinese; what other languages say is our own wording
    "more": {"en": "more", "zh_CN": "展开", "zh_TW": "展開"},
    "like": {"en": "Like", "zh_CN": "赞", "zh_TW": "讚"},
    "comment": {"en": "Comment", "zh_CN": "评论", "zh_TW": "評論"},
    "collect": {"en": "Collect", "zh_CN": "收藏", "zh_TW": "收藏"},
    "share": {"en": "Share", "zh_CN": "分享", "zh_TW": "分享"},
    "no_media": {"en": "A video or pictures go here", "zh_CN": "这里是视频或图片", "zh_TW": "這裡是影片或圖片"},
}
ACTIONS = (("like", "heart"), ("comment", "message-circle"), ("collect", "star"), ("share", "share-2"))

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
