"""Numbers, words and colours of a channel in Telegram, each with its source.

WEB: the source of Telegram Web A, 2026; its 1rem is 16 px. Values marked "recalled" are known from use and are to be
measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

WEB = "Telegram Web A source, 2026"
API = "Telegram Bot API documentation, version 10.1"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{WEB}, {where}", unit=unit)


def _album(value: float, unit: Unit = "ratio") -> Value:
    return Value(value, f"{WEB}, calculateAlbumLayout", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "chat.pad": _recalled(8), "bubble.most": _seen(464, "message bubble, 29rem"),
    "bubble.beside": _seen(72, "message content: what a post with its button leaves of a small screen, 4.5rem"),
    "bubble.radius": _recalled(15), "pad.top": _seen(5, "message bubble"), "pad.x": _seen(8, "message bubble"),
    "pad.bottom": _seen(6, "message bubble"),
    "name.size": _seen(14, "message title"), "name.line": _seen(20, "message title"),
    "name.bottom": _seen(4, "media below a message title"),
    "text.size": _seen(16, "message text"), "text.line": _seen(21, "message text, 1.3125"),
    "text.top": _seen(6, "text below media"), "meta.size": _seen(12, "MessageMeta"),
    "meta.line": _seen(16, "MessageMeta in a text"), "meta.before": _seen(7, "MessageMeta in a text"),
    "meta.out": _seen(6, "MessageMeta in a text: it stands out to the right"),
    "meta.down": _seen(1, "MessageMeta in a text: 6 px below the top of a line of 21"),
    "meta.end": _seen(3, "MessageMeta, right of the time"), "meta.icon": _seen(18, "MessageMeta, eye"),
    "meta.icon.left": _seen(2, "MessageMeta, eye"), "meta.icon.right": _seen(6, "MessageMeta, eye"),
    "meta.high": _seen(18, "MessageMeta on media"), "meta.inset": _seen(4, "MessageMeta on media"),
    "meta.pad": _seen(6, "MessageMeta on media"),
    "media.tallest": _seen(432, "media dimensions, 27rem"), "media.least": _seen(192, "media dimensions, 12rem"),
    "media.least.words": _seen(320, "media dimensions, 20rem above more than 40 characters"),
    "media.least.phone": _seen(224, "media dimensions, 14rem above more than 40 characters on a phone"),
    "media.words": _seen(40, "media dimensions", "characters"), "media.low": _seen(80, "media dimensions, 5rem"),
    "media.stretch": _seen(12, "media dimensions: what is missing less than that is stretched"),
    "phone": _seen(600, "where a screen is no small one any more"), "media.unknown": _recalled(1, "ratio"),
    "album.gap": _seen(2, "calculateAlbumLayout"), "album.least": _seen(100, "calculateAlbumLayout"),
    "album.most": Value(10, f"{API}, sendMediaGroup", unit="number"),
    "album.w": _seen(1.2, "calculateAlbumLayout: wider is wide", "ratio"),
    "album.n": _seen(0.8, "calculateAlbumLayout: narrower is narrow", "ratio"),
    "album.ratio.most": Value(20, f"{API}, sendPhoto", unit="ratio"),
    "album.rows.from": _seen(5, "calculateAlbumLayout", "number"),
    "album.rows.ratio": _seen(2, "calculateAlbumLayout: one wider than that asks for rows", "ratio"),
    "album.rows.most": _album(3, "number"),
    "album.rows.narrow": _album(0.85), "album.rows.average": _album(1.1),
    "album.widest": _seen(2.75, "calculateAlbumLayout", "ratio"),
    "album.narrowest": _seen(0.6667, "calculateAlbumLayout", "ratio"), "album.worse": _album(1.5),
    "album.alike": _album(0.2), "album.wide.average": _album(1.4), "album.two.share": _album(0.4),
    "album.two.least": _album(1.5), "album.top.share": _album(0.66), "album.four.first": _album(0.4),
    "album.four.last": _album(0.33), "album.left.share": _album(0.6),
    "time.inset": _seen(3, "media duration"), "time.size": _seen(12, "media duration"),
    "time.line": _seen(18, "media duration"), "time.pad": _seen(6, "media duration"),
    "time.radius": _seen(12, "media duration"),
    "page.top": _seen(4, "WebPage"), "page.bottom": _seen(6, "WebPage, above the time"),
    "page.bar": _seen(3, "WebPage"), "page.radius": _seen(4, "WebPage"), "page.pad": _seen(6, "WebPage"),
    "page.inner": _seen(4, "WebPage content"), "page.gap": _seen(2, "WebPage, below site and title"),
    "page.size": _seen(14, "WebPage: 2 px less than the text"), "page.line": _seen(18, "WebPage"),
    "page.title.lines": _recalled(2, "lines"), "page.square": _seen(80, "WebPage, small photo, 5rem"),
    "page.square.left": _seen(16, "WebPage, between words and small photo"),
    "page.large": _recalled(1.91, "ratio"), "page.large.top": _recalled(4), "page.icon": _recalled(24),
    "share": _recalled(36), "share.icon": _recalled(20), "share.gap": _recalled(8),
}


def _ink(light: str, dark: str, where: str = MEASURE, confidence: Confidence = "recalled") -> Ink:
    return Ink(light, dark, where, confidence)


_DARK = f"a dark theme of 2026; the light one {MEASURE}"
INKS: Mapping[str, Ink] = {
    "ground": _ink("#e6ebee", "#0f0f0f"),
    "card": _ink("#ffffff", "#212121", _DARK),
    "text": _ink("#000000", "#ffffff", _DARK),
    "muted": _ink("#707579", "#aaaaaa", _DARK),
    "link": _ink("#3390ec", "#8774e1", _DARK),
    "name": _ink("#3390ec", "#8774e1", _DARK),
    "line": _ink("#dadce0", "#303030"), "avatar": _ink("#3390ec", "#8774e1"),
    "fill": _ink("#3390ec1a", "#8774e11a"), "bar": _ink("#3390ec", "#8774e1"),
    "code": _ink("#4a729a", "#a79ce0"), "spoiler": _ink("#c3c7ca", "#4a4a4a"),
    "clear": Ink("#00000000", "#00000000", "its ground is a box of its own"),
    "on-clear": Ink("#ffffff", "#ffffff", f"{WEB}, media duration"),
    "meta": Ink("#00000000", "#00000000", "nothing is behind the time"), "on-meta": _ink("#707579", "#aaaaaa", _DARK),
    "badge": Ink("#00000040", "#00000040", f"{WEB}, media duration: black at 25 %"),
    "meta-ground": Ink("#00000033", "#00000033", f"{WEB}, MessageMeta on media: black at 20 %"),
    "on-badge": Ink("#ffffff", "#ffffff", f"{WEB}, media duration"),
    "button": _ink("#00000033", "#ffffff1f"), "on-button": _ink("#ffffff", "#ffffff"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"Telegram's apps; {MEASURE}", "recalled")


LABELS: Mapping[str, Label] = {
    "views": _label("Views", "浏览", "瀏覽次數"), "share": _label("Share", "分享", "分享"),
    "now": _label("now", "刚刚", "剛剛"), "one": _label("1", "1", "1"),
}

TABLE = Table("telegram", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
