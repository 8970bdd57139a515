"""Numbers and colours of a note's own page, each with its source. The apps publish none of them.

WEB: replicas of the web client by others, March 2025. Values marked "recalled" are known from use and are to be
measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Ink, Label, Table, Value

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


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"{WEB}: light text, link and avatar; the rest recalled", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#19191e"),
    "text": _ink("#333333", "#e6e6e9"),
    "muted": _ink("#666666", "#9c9ca3"),
    "line": _ink("#ebebeb", "#2c2c31"),
    "link": _ink("#13386c", "#8fb4e8"),
    "avatar": _ink("#ff2442", "#ff2442"),
    "action": _ink("#333333", "#e6e6e9"),
    "fill": _ink("#f5f5f5", "#26262b"),
    "badge": _ink("#555555", "#555555"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "dot": _ink("#d9d9d9", "#4a4a50"),
    "dot.on": _ink("#ff2442", "#ff2442"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{WEB} for 简体; the others recalled", "third-party")


LABELS: Mapping[str, Label] = {
    "like": _label("Like", "点赞", "讚"),
    "collect": _label("Collect", "收藏", "收藏"),
    "comment": _label("Comment", "评论", "評論"),
    "say": _label("Say something...", "说点什么...", "說點什麼..."),
    "now": _label("just now", "刚刚", "剛剛"),
}
ACTIONS = (("like", "heart"), ("collect", "star"), ("comment", "message-circle"))

TABLE = Table("xiaohongshu", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
