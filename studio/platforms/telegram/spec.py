"""Numbers, words and colours of a channel in Telegram, each with its source.

WEB: the source of Telegram Web A, 2026. DESK: Telegram Desktop's grouped_layout, whose rules Web A shares. Values
marked "recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

WEB = "Telegram Web A source, 2026"
DESK = "Telegram Desktop's rules for albums, as known; Web A shares them"
API = "Telegram Bot API documentation, version 10.1"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{WEB}, {where}", unit=unit)


def _desk(value: float, unit: Unit = "ratio") -> Value:
    return Value(value, DESK, "recalled", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "page.pad": _recalled(8), "bubble.most": _seen(464, "message bubble, 29rem"),
    "bubble.beside": _seen(100, "message bubble: what stays free of a small screen"),
    "bubble.radius": _recalled(15), "pad.top": _seen(5, "message bubble"), "pad.x": _seen(8, "message bubble"),
    "pad.bottom": _seen(6, "message bubble"),
    "name.size": _seen(14, "message title"), "name.line": _recalled(20), "name.bottom": _recalled(2),
    "text.size": _seen(16, "message text"), "text.line": _seen(21, "message text, 1.3125"),
    "text.top": _recalled(6), "meta.size": _seen(12, "message meta"), "meta.line": _recalled(18),
    "meta.gap": _recalled(4), "meta.icon": _recalled(14), "meta.before": _recalled(8),
    "meta.inset": _recalled(4), "meta.pad": _recalled(6),
    "media.tallest": _seen(432, "media dimensions, 27rem"), "media.least": _recalled(160),
    "media.low": _recalled(48), "media.unknown": _recalled(1, "ratio"),
    "album.gap": _seen(2, "calculateAlbumLayout"), "album.least": _seen(100, "calculateAlbumLayout"),
    "album.most": Value(10, f"{API}, sendMediaGroup", unit="number"),
    "album.w": _seen(1.2, "calculateAlbumLayout: wider is wide", "ratio"),
    "album.n": _seen(0.8, "calculateAlbumLayout: narrower is narrow", "ratio"),
    "album.ratio.most": Value(20, f"{API}, sendPhoto", unit="ratio"),
    "album.rows.from": _seen(5, "calculateAlbumLayout", "number"),
    "album.rows.ratio": _seen(2, "calculateAlbumLayout: one wider than that asks for rows", "ratio"),
    "album.rows": _seen(4, "calculateAlbumLayout", "number"), "album.rows.most": _desk(3, "number"),
    "album.rows.narrow": _desk(0.85), "album.rows.average": _desk(1.1), "album.rows.high": _desk(4 / 3),
    "album.widest": _seen(2.75, "calculateAlbumLayout", "ratio"),
    "album.narrowest": _seen(0.6667, "calculateAlbumLayout", "ratio"), "album.worse": _desk(1.5),
    "album.alike": _desk(0.2), "album.wide.average": _desk(1.4), "album.two.share": _desk(0.4),
    "album.two.least": _desk(1.5), "album.top.share": _desk(0.66), "album.four.first": _desk(0.4),
    "album.four.last": _desk(0.33), "album.left.share": _desk(0.6),
    "time.inset": _seen(3, "media duration"), "time.size": _seen(12, "media duration"), "time.line": _recalled(18),
    "time.pad": _recalled(6), "time.radius": _recalled(9),
    "page.top": _recalled(6), "page.bar": _seen(3, "web page preview"), "page.radius": _seen(4, "web page preview"),
    "page.pad.x": _recalled(8), "page.pad.y": _recalled(4), "page.size": _recalled(14), "page.line": _recalled(18),
    "page.title.lines": _recalled(2, "lines"), "page.about.lines": _seen(4, "web page preview, 4 to 6", "lines"),
    "page.square": _seen(80, "web page preview, small photo"), "page.large": _recalled(1.91, "ratio"),
    "page.icon": _recalled(24), "share": _recalled(36), "share.icon": _recalled(20), "share.gap": _recalled(8),
}


def _ink(light: str, dark: str, where: str = MEASURE, confidence: Confidence = "recalled") -> Ink:
    return Ink(light, dark, where, confidence)


_DARK = f"a dark theme of 2026; the light one {MEASURE}"
INKS: Mapping[str, Ink] = {
    "ground": _ink("#e6ebee", "#0f0f0f"),
    "card": _ink("#ffffff", "#212121", _DARK, "seen"),
    "text": _ink("#000000", "#ffffff", _DARK, "seen"),
    "muted": _ink("#707579", "#aaaaaa", _DARK, "seen"),
    "link": _ink("#3390ec", "#8774e1", _DARK, "seen"),
    "name": _ink("#3390ec", "#8774e1", _DARK, "seen"),
    "line": _ink("#dadce0", "#303030"), "avatar": _ink("#3390ec", "#8774e1"),
    "fill": _ink("#3390ec1a", "#8774e11a"), "bar": _ink("#3390ec", "#8774e1"),
    "code": _ink("#4a729a", "#a79ce0"), "spoiler": _ink("#c3c7ca", "#4a4a4a"),
    "clear": Ink("#00000000", "#00000000", "its ground is a box of its own"),
    "on-clear": Ink("#ffffff", "#ffffff", f"{WEB}, media duration"),
    "meta": Ink("#00000000", "#00000000", "nothing is behind the time"), "on-meta": _ink("#707579", "#aaaaaa", _DARK),
    "badge": Ink("#00000066", "#00000066", f"{WEB}: black at 25 to 40 %"),
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
