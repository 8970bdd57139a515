"""Numbers, words and colours of WeChat's pages, lists and cards, each with its source.

PAGE: the article page's own style sheet and scripts, as saved in July 2026. Its transparent colours are mixed with
their ground here. What is known from use only is to be measured in the app and says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

PAGE = "mp.weixin.qq.com article page, its style sheet and scripts, saved in July 2026"
OWN = "our own style sheet, which is sent with the article"
MEASURE = "known from use; to be measured in the app"
COVERS = "niaogebiji.com and digi.china.com on covers, 2025"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{PAGE}: {where}", unit=unit)


def _own(value: float, where: str) -> Value:
    return Value(value, f"{OWN}: {where}")


def _told(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{COVERS}: {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


_ARTICLE = {
    "page.top": _seen(20, "padding"), "page.side": _seen(16, "padding"), "page.bottom": _seen(12, "padding"),
    "wide.from": _seen(1024, "from this width on the page is as on a computer"),
    "wide.top": _seen(32, "padding from 1024 px on"), "column": _seen(677, "inner width from 1024 px on"),
    "title.size": _seen(22, "title"), "title.line": _seen(30.8, "title, 1.4"), "title.gap": _seen(14, "title"),
    "meta.size": _seen(15, "row of author and time"), "meta.line": _seen(20, "row of author and time"),
    "meta.gap": _seen(10, "right of and below each item of that row"),
    "meta.bottom": _seen(22, "below the row of author and time"),
    "chip.size": _seen(12, "mark of an original"), "chip.pad": _seen(6, "mark of an original"),
    "chip.radius": _seen(2, "mark of an original"),
    "text.size": _seen(17, "body"), "text.line": _seen(27.2, "body, 1.6"),
    "text.spacing": _seen(0.034, "body, between letters, em", "ratio"),
    "block.gap": _own(17, "1 em below a paragraph"),
    "head.size": _own(20, "headings"), "head.line": _own(32, "headings"),
    "quote.bar": _seen(3, "quote"), "quote.pad": _seen(10, "quote"), "item.pad": _own(26, "1.5 em before an item"),
    "pre.pad": _own(12, "code"), "pre.size": _own(14, "code"), "pre.line": _own(22, "code"),
    "unknown.shape": _recalled(9 / 16, "ratio"),
    "foot.top": _recalled(16), "foot.size": _recalled(15), "foot.line": _recalled(22), "foot.gap": _recalled(16),
    "bar.pad": _recalled(10), "bar.top": _recalled(24), "bar.avatar": _recalled(24), "bar.icon": _recalled(20),
    "bar.size": _recalled(13), "bar.line": _recalled(18), "bar.gap": _recalled(16), "bar.near": _recalled(4),
    "bar.least": _recalled(40), "hair": _recalled(1),
}
_SLIDES = {
    "slide.least": _seen(0.75, "image post, shape of the first picture, at least", "ratio"),
    "slide.most": _seen(4 / 3, "image post, shape of the first picture, at most", "ratio"),
    "slide.wide.from": _seen(852, "image post, from this width on a fixed 3:4 stage"),
    "slide.wide": _seen(0.75, "image post, shape of the fixed stage", "ratio"),
    "slide.wide.height": _recalled(720), "slide.wide.gap": _recalled(24), "slide.text": _recalled(375),
    "dot.step": _seen(8, "image post, dots move by so much"),
    "dots.most": _seen(9, "image post, so many dots at once", "number"),
    "dot": _recalled(5), "dot.mini": _recalled(4), "dot.micro": _recalled(3), "dots.top": _recalled(10),
    "number.size": _seen(14, "image post, n/N"), "number.line": _seen(20, "image post, n/N"),
    "number.inset": _recalled(10), "number.pad": _recalled(8),
    "slide.lines": _recalled(3, "lines"), "slide.after": _recalled(16),
}
_LISTS = {
    "list.margin": _recalled(8), "list.side": _recalled(16), "list.radius": _recalled(8), "list.pad": _recalled(16),
    "list.avatar": _recalled(24), "list.name.size": _recalled(14), "list.name.line": _recalled(20),
    "list.time.size": _recalled(12), "list.gap": _recalled(12),
    "cover.ratio": _seen(900 / 383, "the page names a cover of 2.35:1", "ratio"),
    "list.strip": _told(3, "three pictures and more: the first three in a strip of 2.35:1", "number"),
    "list.strip.gap": _recalled(2),
    "list.post.ratio": _told(16 / 9, "fewer than three pictures: the first at 16:9", "ratio"),
    "list.title.size": _recalled(17), "list.title.line": _recalled(23.8), "list.title.lines": _recalled(2, "lines"),
    "small.thumb": _recalled(56), "small.gap": _recalled(12), "thumb.radius": _recalled(4),
    "push.most": Value(8, "nrzw.com.cn on pushes: at most eight articles", "third-party", unit="number"),
    "push.plain": _recalled(2, "number"), "push.thumb": _recalled(48), "push.pad": _recalled(12),
    "push.plain.height": _recalled(12), "push.plain.gap": _recalled(8), "push.plain.share": _recalled(0.6, "ratio"),
    "push.title.pad": _recalled(12),
}
_SHARED = {
    "chat.side": _recalled(12), "chat.top": _recalled(12), "chat.avatar": _recalled(40), "chat.gap": _recalled(8),
    "share.width": _recalled(245), "share.radius": _recalled(4), "share.pad": _recalled(12),
    "share.title.size": _recalled(17), "share.title.line": _recalled(23.8), "share.title.lines": _recalled(2, "lines"),
    "share.about.size": _recalled(12), "share.about.line": _recalled(17), "share.about.lines": _recalled(3, "lines"),
    "share.thumb": _recalled(48), "share.gap": _recalled(8), "share.foot.size": _recalled(11),
    "share.foot.line": _recalled(16), "share.foot.icon": _recalled(18), "share.foot.pad": _recalled(6),
    "share.post.tall": _told(3 / 4, "an image post is passed on at 3:4", "ratio"),
    "share.post.wide": _told(4 / 3, "an image post is passed on at 4:3", "ratio"),
    "moments.side": _recalled(16), "moments.top": _recalled(14), "moments.avatar": _recalled(40),
    "moments.gap": _recalled(10), "moments.name.size": _recalled(16), "moments.name.line": _recalled(22),
    "moments.near": _recalled(6), "moments.pad": _recalled(5), "moments.thumb": _recalled(40),
    "moments.title.size": _recalled(14), "moments.title.line": _recalled(20),
    "moments.title.lines": _recalled(2, "lines"), "moments.time.size": _recalled(13),
    "moments.time.line": _recalled(18), "chat.radius": _recalled(4),
}
SPEC: Mapping[str, Value] = {**_ARTICLE, **_SLIDES, **_LISTS, **_SHARED}

WEUI = "weui, its own theme of March 2026; transparent colours mixed with their ground"


def _ink(light: str, dark: str, source: str = WEUI, confidence: Confidence = "seen") -> Ink:
    return Ink(light, dark, source, confidence)


def _known(light: str, dark: str) -> Ink:
    return _ink(light, dark, MEASURE, "recalled")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#191919"),
    "page": _ink("#ededed", "#111111"),
    "text": _ink("#191919", "#d1d1d1"),
    "second": _ink("#737373", "#8c8c8c"),
    "muted": _ink("#b2b2b2", "#5e5e5e"),
    "quote": _ink("#888888", "#888888", f"{OWN}: quote"),
    "link": _ink("#576b95", "#7d90a9"),
    "line": _ink("#dbdbdb", "#3a3a3a", f"{PAGE}: quote; dark known from use", "recalled"),
    "hair": _ink("#e5e5e5", "#303030"),
    "fill": _ink("#f7f7f7", "#202020"),
    "chip": _ink("#f2f2f2", "#242424", f"{PAGE}: mark of an original, black at 5 %; dark known from use",
                 "recalled"),
    "on-chip": _ink("#888888", "#8c8c8c", f"{PAGE}: mark of an original; dark known from use", "recalled"),
    "stage": _known("#f7f7f7", "#111111"),
    "bubble": _known("#ffffff", "#2c2c2c"),
    "box": _known("#f7f7f7", "#202020"),
    "shade": _known("#00000099", "#00000099"),
    "badge": _known("#00000080", "#00000080"),
    "on-badge": _known("#ffffff", "#ffffff"),
    "dot": _known("#d9d9d9", "#4a4a4a"),
    "dot.on": _known("#07c160", "#07c160"),
    "avatar": _ink("#07c160", "#07c160"),
    "brand": _ink("#07c160", "#07c160"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{PAGE}: 简体; English and 繁體 known from use", "recalled")


def _word(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, MEASURE, "recalled")


LABELS: Mapping[str, Label] = {
    "original": _label("Original", "原创", "原創"),
    "source": _word("Read more", "阅读原文", "閱讀原文"),
    "reads": _word("Views {n}", "阅读 {n}", "閱讀 {n}"),
    "like": _label("Like", "赞", "讚"),
    "share": _label("Share", "分享", "分享"),
    "wow": _label("Wow", "推荐", "推薦"),
    "comment": _label("Comment", "写留言", "寫留言"),
    "more": _word("More", "展开", "展開"),
    "less": _word("Less", "收起", "收起"),
    "friend": _word("A friend", "好友", "好友"),
    # a moment, as the page's own script writes it
    "now": _label("just now", "刚刚", "剛剛"),
    "minutes": _label("{n} min ago", "{n}分钟前", "{n}分鐘前"),
    "today": _label("Today {clock}", "今天{clock}", "今天{clock}"),
    "yesterday": _label("Yesterday {clock}", "昨天{clock}", "昨天{clock}"),
    "day": _label("{month}-{day} {clock}", "{month}月{day}日{clock}", "{month}月{day}日{clock}"),
    "year": _label(
        "{year}-{month}-{day} {clock}", "{year}年{month}月{day}日{clock}", "{year}年{month}月{day}日{clock}"
    ),
    "date": _label(
        "{year}-{month}-{day} {clock}", "{year}年{month}月{day}日 {clock}", "{year}年{month}月{day}日 {clock}"
    ),
}
ACTIONS = (("like", "thumbs-up"), ("share", "share-2"), ("wow", "heart"), ("comment", "square-pen"))

TABLE = Table("wechat", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
