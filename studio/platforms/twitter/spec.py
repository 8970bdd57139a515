"""Numbers, words and colours of X, each with its source.

EMBED: react-tweet of June 2026, which follows the official embed. CARD: link cards as @automattic/social-previews 3.3.8
and Yoast draw them. Values marked "recalled" are known from use of the web client and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

EMBED = "react-tweet (the official embed), June 2026"
CARD = "link cards in @automattic/social-previews 3.3.8"
COUNTING = "twitter-text, configuration 3"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{EMBED}, {where}", unit=unit)


def _card(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{CARD}, {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px", note: str = "") -> Value:
    return Value(value, f"{note}; {MEASURE}" if note else MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad.x": _seen(16, "tweet container"), "pad.y": _seen(12, "tweet container"), "line": _recalled(1),
    "avatar": _recalled(40), "avatar.gap": _recalled(8, note="media are 518 wide in a column of 598"),
    "head.size": _seen(15, "name and handle"), "head.line": _seen(20, "name and handle"), "head.gap": _recalled(4),
    "head.more": _recalled(18.75), "text.size": _recalled(15), "text.line": _recalled(20),
    "fold.weight": Value(280, f"{COUNTING}; that longer posts are cut there is known from use", "recalled",
                         unit="characters"),
    "address.shown": _recalled(27, "characters", "without protocol"),
    "post.border": _seen(1, "tweet container"), "post.radius": _seen(12, "tweet container"),
    "post.avatar": _seen(48, "tweet header"), "post.avatar.gap": _seen(4, "tweet header"),
    "post.head.bottom": _seen(12, "tweet header"),
    "post.text.size": _seen(20, "tweet body"), "post.text.line": _seen(24, "tweet body"),
    "post.info.top": _seen(2, "tweet info"), "post.info.size": _seen(15, "tweet info"),
    "post.info.line": _seen(20, "tweet info"), "post.info.height": _seen(32, "tweet info, its round button"),
    "post.actions.top": _seen(4, "tweet actions"),
    "post.actions.size": _seen(14, "tweet actions"), "post.actions.line": _seen(16, "tweet actions"),
    "post.actions.icon": _seen(17.5, "tweet actions, 1.25 em of 14 px"),
    "post.actions.height": _seen(28, "tweet actions, icons with 0.75 em around"),
    "post.actions.gap": _seen(20, "tweet actions"), "post.actions.word": _seen(4, "tweet actions"),
    "post.read.top": _seen(4, "tweet replies"), "post.read.height": _seen(32, "tweet replies"),
    "post.read.bottom": _seen(12, "tweet replies"), "post.read.size": _seen(14, "tweet replies"),
    "post.read.line": _seen(16, "tweet replies"),
    "media.top": _seen(12, "tweet media"), "media.gap": _seen(2, "tweet media"), "media.radius": _recalled(16),
    "media.border": _seen(1, "tweet media"), "post.media.radius": _seen(12, "tweet media"),
    "grid.most": _seen(4, "tweet media", "number"),
    "pair.ratio": _seen(1.125, "tweet media: the height of two is 112.5 % of the width of one", "ratio"),
    "low.ratio": _seen(0.5625, "tweet media: a picture below another is 56.25 % as high as wide", "ratio"),
    "one.tallest": _recalled(510), "one.least": _recalled(0.75, "ratio", "a single picture is cut to 3:4"),
    "post.one.least": _recalled(1 / 3, "ratio", "the embed keeps a picture's own shape; slivers are not shown"),
    "one.unknown": _seen(16 / 9, "tweet media: 56.25 % where nothing is known", "ratio"),
    "badge.inset": _recalled(12), "badge.size": _recalled(13), "badge.line": _recalled(20), "badge.pad": _recalled(4),
    "badge.radius": _recalled(4), "badge.gap": _recalled(4),
    "card.ratio": _card(1.91, "large card, 1.91:1", "ratio"),
    "card.label.inset": _recalled(12), "card.from.top": _recalled(2), "card.from.size": _recalled(13),
    "card.from.line": _recalled(16), "card.side": _card(125, "summary card"), "card.pad": _recalled(12),
    "card.size": _recalled(15), "card.line": _recalled(20), "card.icon": _recalled(28),
    "card.title.lines": _card(1, "summary card", "lines"),
    "card.gap": _recalled(2), "more.top": _recalled(0),
    "actions.top": _recalled(12), "actions.icon": _recalled(18.75), "actions.height": _recalled(20),
    "actions.widest": Value(425, f"{CARD.replace('link cards', 'posts')}", "third-party"),
}


def _ink(light: str, dark: str, where: str, confidence: Confidence = "seen") -> Ink:
    return Ink(light, dark, where, confidence)


_DARK = f"{EMBED}, theme; the black look in two clients by others, 2026"
INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#000000", _DARK, "third-party"),
    "text": _ink("#0f1419", "#e7e9ea", _DARK, "third-party"),
    "muted": _ink("#536471", "#71767b", _DARK, "third-party"),
    "line": _ink("#eff3f4", "#2f3336", _DARK, "third-party"),
    "border": _ink("#cfd9de", "#2f3336", _DARK, "third-party"),
    "link": _ink("#1d9bf0", "#1d9bf0", f"{EMBED}, theme: blue, as in the app"),
    "post-link": _ink("#006fd6", "#1d9bf0", f"{EMBED}, theme; in the black look the app's"),
    "action": _ink("#536471", "#71767b", _DARK, "third-party"),
    "avatar": _ink("#1d9bf0", "#1d9bf0", f"{EMBED}, theme: blue"),
    "fill": _ink("#f7f9f9", "#16181c", MEASURE, "recalled"),
    "badge": _ink("#000000c4", "#000000c4", f"black at 77 %; {MEASURE}", "recalled"),
    "on-badge": _ink("#ffffff", "#ffffff", MEASURE, "recalled"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"the web client; {MEASURE}", "recalled")


LABELS: Mapping[str, Label] = {
    "more": Label("Show more", "显示更多", "顯示更多", "words that programs look for on the live site, 2026"),
    "alt": _label("ALT", "ALT", "ALT"), "gif": _label("GIF", "GIF", "GIF"),
    "from": _label("From {host}", "来自 {host}", "來自 {host}"),
    "reply": _label("Reply", "回复", "回覆"), "repost": _label("Repost", "转帖", "轉發"),
    "like": _label("Like", "喜欢", "喜歡"), "views": _label("View", "查看", "瀏覽"),
    "bookmark": _label("Bookmark", "书签", "書籤"), "share": _label("Share", "分享", "分享"),
    "options": _label("More", "更多", "更多"), "copy": _label("Copy link", "复制链接", "複製連結"),
    "read": Label("Read more on X", "在 X 上查看更多", "在 X 上閱讀更多", f"{EMBED}, tweet replies; Chinese recalled",
                  "recalled"),
    "now": _label("now", "刚刚", "剛剛"),
    "seconds": _label("{n}s", "{n}秒", "{n}秒"), "minutes": _label("{n}m", "{n}分钟", "{n}分鐘"),
    "hours": _label("{n}h", "{n}小时", "{n}小時"),
    "morning": _label("{h}:{m} AM", "上午{h}:{m}", "上午{h}:{m}"),
    "afternoon": _label("{h}:{m} PM", "下午{h}:{m}", "下午{h}:{m}"),
}
ACTIONS = (
    ("reply", "message-circle"), ("repost", "repeat-2"), ("like", "heart"), ("views", "audio-lines"),
    ("bookmark", "bookmark"), ("share", "share-2"),
)
POST_ACTIONS = (("like", "heart"), ("reply", "message-circle"), ("copy", "link"))

TABLE = Table("twitter", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
