"""Numbers and colours of the article page and the subscription list, each with its source.

WXC: the article page's own style sheet and scripts as saved by wechat-article-exporter, 2026-07. WXB: the older
preview card of the platform's own back end. WU: weui, src/style/base/theme, 2026-03-12; its transparent colours are
mixed with their ground here. Values marked "recalled" are known from use and are to be measured in the app.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Ink, Label, Table, Value

WXC = "mp.weixin.qq.com article page, style sheet and scripts, saved 2026-07"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _seen(value: float, where: str) -> Value:
    return Value(value, f"{WXC}, {where}")


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "page.top": _seen(20, "padding"), "page.side": _seen(16, "padding"), "page.bottom": _seen(12, "padding"),
    "column": _seen(677, "inner width from 1024 px on"),
    "title.size": _seen(22, "title"), "title.line": _seen(30.8, "title, 1.4"), "title.gap": _seen(14, "title"),
    "meta.size": _seen(15, "meta row"), "meta.line": _seen(20, "meta row"), "meta.gap": _seen(10, "meta row"),
    "meta.bottom": _seen(22, "meta row"),
    "text.size": _seen(17, "body"), "text.line": _seen(27.2, "body, 1.6"),
    "block.gap": Value(17, "our own style sheet: 1 em below a paragraph"),
    "head.size": Value(20, "our own style sheet: headings"), "head.line": Value(32, "our own style sheet: headings"),
    "quote.bar": _seen(3, "blockquote"), "quote.pad": _seen(10, "blockquote"),
    "item.pad": Value(26, "our own style sheet: 1.5 em before an item"),
    "pre.pad": Value(12, "our own style sheet: code"), "pre.size": Value(14, "our own style sheet: code"),
    "pre.line": Value(22, "our own style sheet: code"),
    "foot.top": _recalled(16), "foot.size": _recalled(15), "foot.line": _recalled(22),
    "slide.least": _seen(0.75, "image post, ratio of the first picture, at least"),
    "slide.most": _seen(4 / 3, "image post, ratio of the first picture, at most"),
    "slide.count": _seen(14, "image post, n/N"), "slide.line": _seen(20, "image post, n/N"),
    "list.margin": _recalled(8), "list.side": _recalled(16), "list.radius": _recalled(8), "list.pad": _recalled(16),
    "list.avatar": _recalled(24), "list.name.size": _recalled(14), "list.name.line": _recalled(20),
    "list.ratio": _seen(900 / 383, "cdn_url_235_1"),
    "list.title.size": _recalled(17), "list.title.line": _recalled(24), "list.title.lines": _recalled(2),
    "list.gap": _recalled(12),
}


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, "weui, src/style/base/theme, 2026-03-12; transparent colours mixed with their ground")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#191919"),
    "page": _ink("#ededed", "#111111"),
    "text": _ink("#191919", "#d1d1d1"),
    "muted": _ink("#b2b2b2", "#5e5e5e"),
    "quote": _ink("#888888", "#888888"),
    "link": _ink("#576b95", "#7d90a9"),
    "line": _ink("#dbdbdb", "#3a3a3a"),
    "fill": _ink("#f7f7f7", "#202020"),
    "badge": _ink("#333333", "#333333"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "avatar": _ink("#07c160", "#07c160"),
    "brand": _ink("#07c160", "#07c160"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{WXC}; English and 繁體 recalled")


LABELS: Mapping[str, Label] = {
    "more": _label("Read more", "阅读原文", "閱讀原文"),
    "now": _label("just now", "刚刚", "剛剛"),
}

TABLE = Table("wechat", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
