"""Numbers and colours of the full-screen player, each with its source. The app publishes none of its geometry.

CLONE: a clone of the app whose code was read, November 2026; it measures on a page 375 px wide.
SITE: colours taken from the live site, November 2026. Values marked "recalled" are known from use, to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Ink, Label, Table, Value

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


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"{SITE}; greys recalled", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _ink("#000000", "#000000"),
    "text": _ink("#ffffff", "#ffffff"),
    "muted": _ink("#c9c9cf", "#c9c9cf"),
    "link": _ink("#ffffff", "#ffffff"),
    "brand": _ink("#fe2c55", "#fe2c55"),
    "accent": _ink("#25f4ee", "#25f4ee"),
    "avatar": _ink("#2f3035", "#2f3035"),
    "ring": _ink("#ffffff", "#ffffff"),
    "action": _ink("#ffffff", "#ffffff"),
    "badge": _ink("#33333a", "#33333a"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "segment": _ink("#6b6b70", "#6b6b70"),
    "segment.on": _ink("#ffffff", "#ffffff"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, "简体: the app, known from use; other languages: our wording", "recalled")


LABELS: Mapping[str, Label] = {
    "more": _label("more", "展开", "展開"),
    "like": _label("Like", "赞", "讚"),
    "comment": _label("Comment", "评论", "評論"),
    "collect": _label("Collect", "收藏", "收藏"),
    "share": _label("Share", "分享", "分享"),
    "no_media": _label("A video or pictures go here", "这里是视频或图片", "這裡是影片或圖片"),
}
ACTIONS = (("like", "heart"), ("comment", "message-circle"), ("collect", "star"), ("share", "share-2"))

TABLE = Table("douyin", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
