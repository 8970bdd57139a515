"""Numbers, words and colours of the feed, in the app and on weibo.com, each with its source. Weibo publishes none.

YY: the measured replica in YYKit's demo (the iOS app of about 2015 to 2017); the app of today is looser, and what is
marked "recalled" is to be measured there. SITE, DARK: samples of the site's colours.
Names that begin with "web." are what weibo.com has otherwise than the app.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Unit
from studio.platforms.boxes import Ink, Label, Table, Value

YY = "YYKit demo, Weibo feed (iOS app of 2015 to 2017)"
SITE = "token sample of weibo.com"
DARK = "token sample of weibo.com in the dark"
MOBILE = "component of the page m.weibo.cn"
ANSWERS = "texts in answers of m.weibo.cn and weibo.com, as crawlers read them"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _measured(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{YY}, {where}", "third-party", unit=unit)


def _mobile(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{MOBILE}, {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad": _measured(12, "cell padding"), "gap": _measured(10, "text to other"),
    "head": _measured(56, "profile row"), "avatar": _measured(40, "avatar"), "avatar.top": _measured(15, "avatar"),
    "name.left": _measured(14, "name"), "name.size": _measured(16, "name"), "name.line": _recalled(22),
    "name.less": _measured(110, "name: the screen less 110"),
    "source.size": _measured(12, "source line"), "source.line": _recalled(18),
    "time.fresh": _measured(10, "time: minutes that are just now", "number"),
    "text.size": _measured(17, "body"), "text.line": _measured(22.8, "body: 1.34 times the size"),
    "text.bottom": _recalled(4), "chip.icon": _measured(1, "icon before a title, in sizes of the text", "ratio"),
    "chip.most": _measured(27, "titles of pages: longer ones are cut", "characters"),
    "fold": _recalled(140, "characters"),
    "grid.gap": _measured(4, "pictures"), "grid.most": _recalled(9, "number"), "one.least": _recalled(44),
    "density": _measured(2, "rounded to device px: a screen of 375 has 2 per px", "number"),
    "dense": _measured(3, "rounded to device px: wider screens have 3 per px", "number"),
    "dense.from": _recalled(376),
    "tall": _mobile(3, "badge 长图: higher than three times its width", "ratio"),
    "long": _mobile(4, "badge 长图: wider than four times its height", "ratio"),
    "long.high": _mobile(100, "badge 长图 of a wide picture: higher than this"),
    "badge.w": _measured(28, "badge"), "badge.h": _measured(18, "badge"), "badge.size": _recalled(10),
    "more.size": _recalled(24), "more.line": _recalled(32),
    "video.wide": _recalled(16 / 9, "ratio"), "video.tall": _recalled(3 / 4, "ratio"), "video.radius": _recalled(6),
    "clock.size": _recalled(12), "clock.line": _recalled(18), "clock.pad": _recalled(5), "clock.inset": _recalled(8),
    "link.height": _measured(70, "link card"), "link.image": _measured(70, "picture of the link card"),
    "link.pad": _recalled(10), "link.border": _measured(1, "border of the link card, 7 % black"),
    "link.icon": _recalled(28), "link.size": _measured(16, "title of the link card"),
    "link.about": _measured(12, "description of the link card"), "link.line": _measured(20, "lines of the link card"),
    "link.lines": _measured(3, "lines of the link card", "lines"),
    "bar": _measured(35, "tool bar"), "bar.size": _measured(14, "tool bar"), "bar.line": _recalled(20),
    "bar.icon": _recalled(16), "bar.gap": _recalled(6), "bar.bottom": _measured(2, "tool bar"),
    "line": _measured(0.5, "hairlines"),
    "web.pad": _recalled(20), "web.head": _recalled(68), "web.avatar": _recalled(48), "web.avatar.top": _recalled(20),
    "web.name.left": _recalled(12), "web.name.size": _recalled(15), "web.name.less": _recalled(120),
    "web.text.size": _recalled(15), "web.text.line": _recalled(24), "web.line": _recalled(1),
    "web.bar": _recalled(40), "web.bar.size": Value(13, f"{SITE}, like bar", "third-party"),
    "web.bar.icon": Value(16, f"{SITE}, like bar: 15 to 16", "third-party"),
}  # fmt: skip


def own(name: str, web: bool) -> str:
    """The name of a value on weibo.com, where it has its own; else that of the app."""
    return f"web.{name}" if web and f"web.{name}" in SPEC else name


def _app(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"light: {YY}; dark: {DARK}", "third-party")


def _site(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"light: {SITE}; dark: {DARK}", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _app("#ffffff", "#16161a"),
    "text": _app("#333333", "#d3d3d3"),
    "muted": _app("#828282", "#999999"),
    "link": _app("#527ead", "#d36747"),
    "line": Ink("#e8e8e8", "#202025", f"light: {YY}, hairlines, 9 % black on white; dark: {DARK}", "third-party"),
    "action": _app("#929292", "#999999"),
    "web.link": _site("#eb7350", "#d36747"),
    "web.action": _site("#808080", "#999999"),
    "avatar": _site("#ff8200", "#ea8011"),
    "badge": Ink("#527ead", "#202025", MEASURE, "recalled"),
    "on-badge": _app("#ffffff", "#d3d3d3"),
    "clear": Ink("#ffffff00", "#00000000", "our own: the letter below an icon is not seen"),
    "face": Ink("#e8a317", "#f2b632", MEASURE, "recalled"),
    "cover": Ink("#00000066", "#00000066", MEASURE, "recalled"),
    "on-cover": Ink("#ffffff", "#ffffff", MEASURE, "recalled"),
    "fill": _app("#f7f7f7", "#111114"),
    "fill.line": Ink("#ededed", "#25252c", f"light: {YY}, 7 % black; dark: {DARK}, input", "third-party"),
}


def _label(en: str, zh_CN: str, zh_TW: str, source: str = YY) -> Label:
    return Label(en, zh_CN, zh_TW, f"{source}; 繁體 and English are our own wording", "third-party")


LABELS: Mapping[str, Label] = {
    "repost": _label("Repost", "转发", "轉發"),
    "comment": _label("Comment", "评论", "評論"),
    "like": _label("Like", "赞", "讚"),
    "now": _label("Just now", "刚刚", "剛剛"),
    "minutes": _label("{n} min ago", "{n}分钟前", "{n}分鐘前"),
    "hours": _label("{n} h ago", "{n}小时前", "{n}小時前"),
    "yesterday": _label("Yesterday {time}", "昨天 {time}", "昨天 {time}"),
    "link": Label("网页链接", "网页链接", "網頁連結", MEASURE, "recalled"),
    "more": _label("全文", "全文", "全文", ANSWERS),
    "web.more": _label("展开", "展开", "展開", ANSWERS),
    "less": Label("收起", "收起", "收起", MEASURE, "recalled"),
    "tall": _label("长图", "长图", "長圖", MOBILE),
    "moves": _label("GIF", "GIF", "GIF"),
    "web.moves": _label("动图", "动图", "動圖", MOBILE),
}
ACTIONS = (("repost", "share-2"), ("comment", "message-circle"), ("like", "thumbs-up"))

TABLE = Table("weibo", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens


def say(name: str, web: bool, language: str) -> str:
    """A label, as weibo.com has it where that differs."""
    return word(f"web.{name}" if web and f"web.{name}" in LABELS else name, language)
