"""Numbers, words and colours of LinkedIn's feed, each with its source. LinkedIn publishes none of them.

TOOL: the preview of @automattic/social-previews 3.3.8. FOLD: John Espirian's measurements, September 2024. Values
marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

TOOL = "@automattic/social-previews 3.3.8"
FOLD = "John Espirian's measurements of the feed, September 2024"
TRY = "TryPost's previews, May 2026"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _tool(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{TOOL}, {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px", note: str = "") -> Value:
    return Value(value, f"{note}; {MEASURE}" if note else MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "radius": _recalled(8), "line": _recalled(1),
    "pad.x": _tool(16, "header"), "pad.top": _tool(12, "header"),
    "avatar": _tool(48, "header"), "avatar.gap": _recalled(8), "head.bottom": _recalled(8),
    "name.size": _tool(14, "header"), "name.line": _recalled(20), "about.size": _tool(12, "header"),
    "about.line": _recalled(16), "about.icon": _recalled(12), "about.gap": _recalled(4), "head.more": _recalled(24),
    "text.size": _tool(14, "text"), "text.line": _tool(20, "text"), "text.bottom": _recalled(8),
    "fold.lines": Value(3, FOLD, "third-party", unit="lines"),
    "fold.blank": Value(2, f"{FOLD}: when the third line is blank", "third-party", unit="lines"),
    "address.longest": _recalled(26, "characters", "longer ones become lnkd.in/…"),
    "one.widest": Value(3, "notes on post sizes by others, 2026: 3:1 to 4:5", "third-party", unit="ratio"),
    "one.tallest": Value(0.8, "notes on post sizes by others, 2026: 3:1 to 4:5", "third-party", unit="ratio"),
    "one.unknown": _recalled(1.91, "ratio"), "grid.gap": _recalled(2), "grid.most": _recalled(4, "number"),
    "grid.ratio": _recalled(1.5, "ratio", "three and more together"),
    "others.size": _recalled(24), "others.line": _recalled(32), "time.inset": _recalled(8),
    "time.size": _recalled(12), "time.line": _recalled(20), "time.pad": _recalled(6), "time.radius": _recalled(2),
    "card.ratio": Value(1.91, f"{TOOL}, link card: 1200 × 627", "third-party", unit="ratio"),
    "card.pad.x": _tool(16, "link card"), "card.pad.y": _tool(12, "link card"),
    "card.title.size": _tool(14, "link card"), "card.title.line": _recalled(20),
    "card.title.lines": _tool(2, "link card", "lines"), "card.host.size": _tool(12, "link card"),
    "card.host.line": _recalled(16), "card.gap": _recalled(4), "card.icon": _recalled(32),
    "actions.pad": _recalled(4), "actions.height": _recalled(44), "actions.icon": _recalled(20),
    "actions.size": Value(14, "boltpost's notes, 2026: 14 px, semibold, four equal cells", "third-party"),
    "actions.line": _recalled(20), "actions.gap": _recalled(4),
    "mobile.actions.height": _recalled(52), "mobile.actions.size": _recalled(12), "mobile.actions.line": _recalled(16),
}


def _ink(light: str, dark: str, where: str, confidence: Confidence = "third-party") -> Ink:
    return Ink(light, dark, where, confidence)


_BOTH = f"{TOOL} for light; {TRY}, for dark"
INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#1b1f23", _BOTH),
    "text": _ink("#000000e6", "#ffffffe6", _BOTH),
    "muted": _ink("#00000099", "#ffffff99", _BOTH),
    "link": _ink("#0a66c2", "#71b7fb", f"{TOOL} for light; the dark one {MEASURE}"),
    "line": _ink("#00000014", "#38434f", f"{TRY}, for dark; light {MEASURE}"),
    "avatar": _ink("#0a66c2", "#0a66c2", MEASURE, "recalled"),
    "action": _ink("#00000099", "#ffffff99", _BOTH),
    "fill": _ink("#eef3f8", "#293138", f"{TOOL}, link card; the dark one {MEASURE}"),
    "shade": _ink("#00000099", "#00000099", MEASURE, "recalled"),
    "on-shade": _ink("#ffffff", "#ffffff", MEASURE, "recalled"),
    "badge": _ink("#000000bf", "#000000bf", MEASURE, "recalled"),
    "on-badge": _ink("#ffffff", "#ffffff", MEASURE, "recalled"),
    "more": _ink("#ffffff", "#1b1f23", f"the ground of the post, behind “…more”; {MEASURE}", "recalled"),
    "on-more": _ink("#00000099", "#ffffff99", FOLD),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"English: notes by others, 2026; Chinese: {MEASURE}", "recalled")


LABELS: Mapping[str, Label] = {
    "more": Label("…more", "…展开", "…更多", f"{FOLD} for English; Chinese: {MEASURE}", "third-party"),
    "like": _label("Like", "赞", "讚"), "comment": _label("Comment", "评论", "評論"),
    "repost": _label("Repost", "转发", "轉發"), "send": _label("Send", "发送", "傳送"),
    "options": _label("More", "更多", "更多"), "now": _label("now", "刚刚", "剛剛"),
    "minutes": _label("{n}m", "{n} 分钟", "{n} 分鐘"), "hours": _label("{n}h", "{n} 小时", "{n} 小時"),
    "days": _label("{n}d", "{n} 天", "{n} 天"), "weeks": _label("{n}w", "{n} 周", "{n} 週"),
    "months": _label("{n}mo", "{n} 个月", "{n} 個月"), "years": _label("{n}yr", "{n} 年", "{n} 年"),
}
ACTIONS = (("like", "thumbs-up"), ("comment", "message-square"), ("repost", "repeat-2"), ("send", "send"))

TABLE = Table("linkedin", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
