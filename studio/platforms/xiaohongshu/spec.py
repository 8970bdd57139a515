"""Numbers and colours of a note's own page, each with its source. The apps publish none of them.

WEB: replicas of the web client by others, March 2025. Values marked "recalled" are known from use and are to be
measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Table, Value

WEB = "replicas of the web client by others, March 2025"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _seen(value: float, where: str) -> Value:
    return Value(value, f"{WEB}, {where}", "third-party")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "pad": _seen(16, "note"), "head.pad": _recalled(8),
    "avatar": _recalled(32), "avatar.gap": _recalled(8), "name.size": _recalled(14), "name.line": _recalled(20),
    "media.widest": _recalled(4 / 3), "media.tallest": _recalled(3 / 4),
    "pill.inset": _recalled(12), "pill.size": _recalled(12), "pill.height": _recalled(22), "pill.pad": _recalled(8),
    "dot": _recalled(5), "dot.gap": _recalled(4), "dots.pad": _recalled(8),
    "text.top": _recalled(12), "title.size": _seen(18, "note title"), "title.line": _seen(25.2, "note title, 1.4"),
    "title.gap": _recalled(8), "text.size": _seen(16, "note text"), "text.line": _seen(24, "note text, 1.5"),
    "date.top": _recalled(12), "date.size": _seen(14, "date and place"), "date.line": _recalled(20),
    "foot.top": _recalled(12), "foot.height": _recalled(48), "foot.icon": _recalled(22), "foot.gap": _recalled(28),
    "field.height": _recalled(32), "field.pad": _recalled(12), "field.size": _recalled(14), "line": _recalled(1),
}
TOKENS: Mapping[str, Mapping[str, str]] = {  # light text, link and avatar: WEB; the rest recalled
    "light": {
        "card": "#ffffff", "text": "#333333", "muted": "#666666", "line": "#ebebeb", "link": "#13386c",
        "avatar": "#ff2442", "action": "#333333", "fill": "#f5f5f5", "badge": "#555555", "on-badge": "#ffffff",
        "dot": "#d9d9d9", "dot.on": "#ff2442",
    },
    "dark": {
        "card": "#19191e", "text": "#e6e6e9", "muted": "#9c9ca3", "line": "#2c2c31", "link": "#8fb4e8",
        "avatar": "#ff2442", "action": "#e6e6e9", "fill": "#26262b", "badge": "#555555", "on-badge": "#ffffff",
        "dot": "#4a4a50", "dot.on": "#ff2442",
    },
}
LABELS: Mapping[str, Mapping[str, str]] = {  # 简体: WEB; the others recalled
    "like": {"en": "Like", "zh_CN": "点赞", "zh_TW": "讚"},
    "collect": {"en": "Collect", "zh_CN": "收藏", "zh_TW": "收藏"},
    "comment": {"en": "Comment", "zh_CN": "评论", "zh_TW": "評論"},
    "say": {"en": "Say something...", "zh_CN": "说点什么...", "zh_TW": "說點什麼..."},
    "now": {"en": "just now", "zh_CN": "刚刚", "zh_TW": "剛剛"},
}
ACTIONS = (("like", "heart"), ("collect", "star"), ("comment", "message-circle"))

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
