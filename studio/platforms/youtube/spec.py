"""Numbers, words and colours of YouTube's pages and of Shorts, each with its source.

REPORT: a report on how the site is built, measured by others. MOCK: a preview of a publishing tool. Values marked
"recalled" are known from use and are to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

REPORT = "a report that measured the site's layout"
MOCK = "TryPost, preview of a Short, May 2026"
ADS = "Google Ads help, safe area of Shorts, November 2026"
MEASURE = "known from use; to be measured on the site"
SCREENS = "the screens of phones, logical px: 375 x 812, 412 x 915"
CHECKED = "2026-11-30"


def _seen(value: float, source: str, unit: Unit = "px", confidence: Confidence = "third-party") -> Value:
    return Value(value, source, confidence, CHECKED, unit)


def _report(value: float, unit: Unit = "px") -> Value:
    return Value(value, REPORT, "third-party", CHECKED, unit)


def _mock(value: float, unit: Unit = "px") -> Value:
    return Value(value, MOCK, "third-party", CHECKED, unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", CHECKED, unit)


SPEC: Mapping[str, Value] = {
    "thumb.ratio": _report(16 / 9, "ratio"), "length.inset": _recalled(8), "length.size": _recalled(12),
    "length.line": _recalled(18), "length.pad": _recalled(4), "length.radius": _recalled(4),
    "empty.size": _recalled(14), "empty.line": _recalled(20),
    # card in the grid of a computer
    "card.radius": _recalled(12), "card.top": _recalled(12), "card.avatar": _recalled(36), "card.gap": _recalled(12),
    "card.title.size": _report(14), "card.title.line": _report(19.6), "card.title.lines": _report(2, "lines"),
    "card.title.gap": _recalled(4), "card.meta.size": _report(12), "card.meta.line": _recalled(18),
    "card.bottom": _recalled(4), "card.icon": _recalled(20),
    # row of search results
    "search.thumb": _recalled(360), "search.part": _recalled(0.45, "ratio"), "search.gap": _recalled(16),
    "search.title.size": _recalled(18), "search.title.line": _recalled(26), "search.title.lines": _recalled(2, "lines"),
    "search.avatar": _recalled(24), "search.avatar.gap": _recalled(8), "search.row": _recalled(12),
    "search.about.lines": _recalled(1, "lines"), "search.about.most": _seen(157, "tools that cut snippets: 100 to 157",
                                                                         "characters"),
    # card in the phone's feed
    "mobile.pad": _recalled(12), "mobile.avatar": _report(40), "mobile.gap": _recalled(12), "mobile.top": _recalled(12),
    "mobile.title.size": _report(16), "mobile.title.line": _recalled(22), "mobile.title.lines": _report(2, "lines"),
    "mobile.meta.size": _recalled(12), "mobile.meta.line": _recalled(18), "mobile.bottom": _recalled(16),
    "mobile.icon": _recalled(20),
    # watch page
    "watch.radius": _recalled(12), "watch.title.top": _recalled(12), "watch.title.size": _recalled(20),
    "watch.title.line": _recalled(28), "watch.title.lines": _recalled(2, "lines"), "watch.gap": _recalled(12),
    "watch.avatar": _recalled(40), "watch.name.size": _recalled(16), "watch.name.line": _recalled(22),
    "watch.fans.size": _recalled(12), "watch.fans.line": _recalled(18), "watch.pill.size": _recalled(14),
    "watch.pill.line": _recalled(20), "watch.pill.height": _recalled(36), "watch.pill.pad": _recalled(16),
    "watch.pill.gap": _recalled(8), "watch.pill.icon": _recalled(20), "watch.pill.between": _recalled(6),
    "watch.box.radius": _recalled(12), "watch.box.pad": _recalled(12), "watch.info.size": _recalled(14),
    "watch.info.line": _recalled(20), "watch.tags.most": _recalled(3, "number"),
    "watch.text.size": _recalled(14), "watch.text.line": _recalled(20), "watch.fold.lines": _recalled(3, "lines"),
    "watch.bottom": _recalled(16),
    # Shorts
    "screen.ratio": _seen(812 / 375, SCREENS, "ratio", "seen"),
    "screen.ratio.large": _seen(915 / 412, SCREENS, "ratio", "seen"),
    "screen.large": _seen(400, SCREENS, "px", "seen"), "screen.shape": _seen(9 / 16, ADS, "ratio", "seen"),
    "tabs.height": _recalled(49), "tabs.home": _recalled(34), "tabs.size": _recalled(10), "tabs.line": _recalled(14),
    "tabs.icon": _recalled(24), "top.y": _recalled(50), "top.icon": _recalled(24), "top.gap": _recalled(16),
    "foot.shade": _recalled(220), "top.shade": _recalled(110), "shorts.pad": _recalled(12),
    "rail.right": _recalled(8), "rail.circle": _mock(44), "rail.icon": _recalled(24), "rail.gap": _recalled(10),
    "rail.label.size": _mock(11), "rail.label.line": _recalled(14), "rail.label.gap": _recalled(2),
    "rail.disc": _recalled(40), "rail.bottom": _recalled(12), "rail.apart": _recalled(8),
    "shorts.avatar": _mock(32), "shorts.gap": _recalled(8), "shorts.name.size": _recalled(14),
    "shorts.name.line": _recalled(20), "shorts.pill.size": _recalled(13), "shorts.pill.line": _recalled(30),
    "shorts.pill.pad": _recalled(12), "shorts.title.size": _recalled(14), "shorts.title.line": _recalled(20),
    "shorts.title.lines": _mock(2, "lines"), "shorts.row": _recalled(10), "shorts.bottom": _recalled(14),
}


def _ink(light: str, dark: str = "", source: str = MEASURE, confidence: Confidence = "recalled") -> Ink:
    """dark "": the same in both looks."""
    return Ink(light, dark or light, source, confidence, CHECKED)


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#0f0f0f", REPORT, "third-party"),
    "text": _ink("#0f0f0f", "#ffffff", REPORT, "third-party"),
    "muted": _ink("#606060", "#aaaaaa", REPORT, "third-party"),
    "link": _ink("#065fd4", "#3ea6ff", REPORT, "third-party"),
    "more": _ink("#0f0f0f", "#ffffff"),
    "avatar": _ink("#7b1fa2"),
    "action": _ink("#0f0f0f", "#f1f1f1"),
    "fill": _ink("#f2f2f2", "#272727"),
    "line": _ink("#e5e5e5", "#3d3d3d"),
    "subscribe": _ink("#0f0f0f", "#f1f1f1"),
    "on-subscribe": _ink("#ffffff", "#0f0f0f"),
    "pill": _ink("#f2f2f2", "#272727"),
    "length": _ink("#000000cc"),
    "on-length": _ink("#ffffff"),
    "player": _ink("#000000"),
    # Shorts are dark in both looks
    "screen": _ink("#000000"),
    "bright": _ink("#ffffff"),
    "dim": _ink("#aaaaaa"),
    "circle": _ink("#00000066"),
    "follow": _ink("#ffffff", "", MOCK, "third-party"),
    "on-follow": _ink("#0f0f0f"),
    "disc": _ink("#272727"),
    "shade": _ink("#00000099"),
    "bar": _ink("#0f0f0f"),
}


def _label(en: str, zh_CN: str, zh_TW: str, source: str = MEASURE) -> Label:
    return Label(en, zh_CN, zh_TW, source, "recalled", CHECKED)


WORDS = "words that two extensions look for on the live site: one of several"
RAIL = f"{MOCK} for English; 简体 and 繁體 known from use"
LABELS: Mapping[str, Label] = {
    "more": Label("more", "更多", "更多", WORDS, "third-party", CHECKED),
    "less": _label("Show less", "收起", "顯示較少"),
    "like": _label("Like", "赞", "喜歡", RAIL),
    "dislike": _label("Dislike", "不喜欢", "不喜歡", RAIL),
    "comment": _label("Comments", "评论", "留言", RAIL),
    "share": _label("Share", "分享", "分享", RAIL),
    "remix": _label("Remix", "二创", "重混", RAIL),
    "options": _label("More", "更多", "更多"),
    "search": _label("Search", "搜索", "搜尋"),
    "subscribe": _label("Subscribe", "订阅", "訂閱", RAIL),
    "fans": _label("No subscribers", "0 位订阅者", "0 位訂閱者"),
    "views": _label("No views", "0次观看", "觀看次數：0次"),
    "home": _label("Home", "首页", "首頁"),
    "shorts": _label("Shorts", "Shorts", "Shorts"),
    "subscriptions": _label("Subscriptions", "订阅", "訂閱內容"),
    "you": _label("You", "我", "個人中心"),
    "no_media": _label("A video goes here", "这里是视频", "這裡是影片", "our own words"),
    "now": _label("just now", "刚刚", "剛剛"),
    "second": _label("{n} second ago", "{n}秒前", "{n} 秒前"),
    "seconds": _label("{n} seconds ago", "{n}秒前", "{n} 秒前"),
    "minute": _label("{n} minute ago", "{n}分钟前", "{n} 分鐘前"),
    "minutes": _label("{n} minutes ago", "{n}分钟前", "{n} 分鐘前"),
    "hour": _label("{n} hour ago", "{n}小时前", "{n} 小時前"),
    "hours": _label("{n} hours ago", "{n}小时前", "{n} 小時前"),
    "day": _label("{n} day ago", "{n}天前", "{n} 天前"), "days": _label("{n} days ago", "{n}天前", "{n} 天前"),
    "week": _label("{n} week ago", "{n}周前", "{n} 週前"), "weeks": _label("{n} weeks ago", "{n}周前", "{n} 週前"),
    "month": _label("{n} month ago", "{n}个月前", "{n} 個月前"),
    "months": _label("{n} months ago", "{n}个月前", "{n} 個月前"),
    "year": _label("{n} year ago", "{n}年前", "{n} 年前"), "years": _label("{n} years ago", "{n}年前", "{n} 年前"),
}
ACTIONS = (
    ("like", "thumbs-up"), ("dislike", "thumbs-down"), ("comment", "message-square"), ("share", "share-2"),
    ("remix", "repeat-2"),
)
NONE = "0"  # comments of a new Short

TABLE = Table("youtube", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
