"""Numbers, words and colours of Threads, each with its source. It publishes no geometry.

The tools were read 2026-11-22; "recalled" ones are known from use and are to be measured in the app.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

SOCIAL = "the preview tool social-previews 3.3.8, read 2026-11-22"
TRYPOST = "the preview tool TryPost, its phone, read 2026-11-22"
COUNTS = "a third-party table of where posts are cut (posttruncate.com), read 2026-11-22"
STRINGS = "words on the live site, as scrapers match them, read 2026-11-22"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _of(value: float, source: str, unit: Unit = "px", confidence: Confidence = "third-party") -> Value:
    return Value(value, source, confidence, unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad": _recalled(16), "pad.desktop": _recalled(24), "pad.top": _recalled(12), "pad.bottom": _recalled(12),
    "radius": _recalled(24), "line": _recalled(1),
    "avatar": _of(36, SOCIAL), "avatar.gap": _recalled(12),
    "thread": _recalled(2), "thread.gap": _recalled(8),
    "name.size": _of(15, SOCIAL), "name.line": _of(21, f"{SOCIAL}: 1.4 of 15"), "name.gap": _recalled(6),
    "topic.icon": _recalled(12), "more.icon": _recalled(20),
    "text.size": _of(15, SOCIAL), "text.line": _of(21, f"{SOCIAL}: 1.4 of 15"),
    "fold.characters": _of(250, f"{COUNTS}: about 250 on a phone", "characters"),
    "address.most": _recalled(28, "characters"),
    "media.top": _recalled(8), "media.radius": _recalled(8), "media.gap": _recalled(8),
    "media.tallest": _recalled(430), "media.unknown": _recalled(1, "ratio"),
    "strip.height": _recalled(260), "strip.share": _recalled(0.8, "ratio"),
    "strip.narrowest": _recalled(0.5, "ratio"), "strip.widest": _recalled(2, "ratio"),
    "mute": _recalled(26), "mute.icon": _recalled(12), "mute.inset": _recalled(12),
    "card.radius": _of(8, SOCIAL), "card.ratio": _of(1.91, SOCIAL, "ratio"), "card.pad": _recalled(12),
    "card.icon": _recalled(24), "card.border": _recalled(1),
    "host.size": _of(12, SOCIAL), "host.line": _recalled(16), "title.size": _recalled(15),
    "title.line": _recalled(20), "title.lines": _recalled(2, "lines"),
    "title.most": _of(120, f"{SOCIAL}: titles of 120 characters", "characters"),
    "actions.top": _recalled(6), "actions.height": _recalled(36),
    "actions.icon": _of(20, f"{SOCIAL}: 19 to 20"), "actions.gap": _of(40, SOCIAL),
}


def _ink(light: str, dark: str, source: str = TRYPOST, confidence: Confidence = "third-party") -> Ink:
    return Ink(light, dark, source, confidence)


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#101010"),
    "text": _ink("#000000", "#f3f5f7"),
    "muted": _ink("#999999", "#777777"),
    "line": _ink("#e0e0e0", "#262626"),
    "link": _ink("#0095f6", "#0095f6", MEASURE, "recalled"),
    "avatar": _ink("#101010", "#4d4d4d", MEASURE, "recalled"),
    "action": _ink("#424242", "#b8b8b8", MEASURE, "recalled"),
    "fill": _ink("#f5f5f5", "#1e1e1e", MEASURE, "recalled"),
    "badge": _ink("#121212b3", "#121212b3", MEASURE, "recalled"),
    "on-badge": _ink("#ffffff", "#ffffff", MEASURE, "recalled"),
}


def _label(en: str, zh_CN: str, zh_TW: str, source: str = MEASURE, confidence: Confidence = "recalled") -> Label:
    return Label(en, zh_CN, zh_TW, source, confidence)


LABELS: Mapping[str, Label] = {
    "more": _label("more", "更多", "更多"),
    "like": _label("Like", "赞", "讚", f"{STRINGS} for 繁體; the others known from use"),
    "reply": _label("Reply", "回复", "回覆", f"{STRINGS} for 繁體; the others known from use"),
    "repost": _label("Repost", "转发", "轉發"),
    "share": _label("Share", "分享", "分享"),
    "options": _label("More", "更多", "更多"),
    "topic": _label("Topic", "话题", "主題"),
    "mute": _label("Sound off", "已静音", "已靜音"),
    "now": _label("now", "刚刚", "剛剛"),
    "minutes": _label("{n}m", "{n}分钟", "{n}分鐘"), "hours": _label("{n}h", "{n}小时", "{n}小時"),
    "days": _label("{n}d", "{n}天", "{n}天"),
    "date": _label("{m}/{d}/{y}", "{y}-{m}-{d}", "{y}-{m}-{d}"),
}
ACTIONS = (("like", "heart"), ("reply", "message-circle"), ("repost", "repeat-2"), ("share", "send"))

TABLE = Table("threads", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
