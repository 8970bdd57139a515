"""Numbers, words and colours of Douyin's player and profile, each with its source. The app publishes none of them.

CLONE: a clone of the app whose code was read; it measures on a page 375 px wide.
SITE: colours taken from the live site. Values marked "recalled" are known from use, to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.base import Profile
from studio.platforms.boxes import Ink, Label, Table, Value

CLONE = "a clone of the app whose code was read, November 2026"
SITE = "colours of the live site, November 2026"
MEASURE = "known from use; to be measured in the app"
SCREENS = "the screens of phones, logical px: 375 x 812, 412 x 915"
CHECKED = "2026-11-30"


def _clone(value: float, unit: Unit = "px") -> Value:
    return Value(value, CLONE, "third-party", CHECKED, unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", CHECKED, unit)


def _phone(value: float, unit: Unit = "ratio") -> Value:
    return Value(value, SCREENS, "seen", CHECKED, unit)


SPEC: Mapping[str, Value] = {
    "screen.ratio": _phone(812 / 375), "screen.ratio.large": _phone(915 / 412), "screen.large": _phone(400, "px"),
    "screen.shape": Value(9 / 16, "Douyin open platform, upload of videos: 9:16 is advised", "seen", CHECKED, "ratio"),
    "tabs.height": _recalled(49), "tabs.home": _recalled(34), "tabs.size": _recalled(16), "tabs.line": _recalled(22),
    "tabs.icon": _recalled(28),
    "top.y": _recalled(50), "top.size": _recalled(17), "top.line": _recalled(24), "top.gap": _recalled(22),
    "top.icon": _recalled(24), "top.shade": _recalled(110), "foot.shade": _recalled(280),
    "rail.right": _clone(10), "avatar": _clone(45), "avatar.ring": _clone(3), "follow": _clone(18),
    "icon": _clone(38), "icon.gap": _recalled(14), "label.size": _clone(12), "label.line": _recalled(17),
    "label.gap": _recalled(0), "disc": _clone(45), "foot": _recalled(12),
    "pad": _clone(12), "text.part": _clone(0.7, "ratio"), "text.gap": _recalled(4),
    "name.size": _clone(18), "name.line": _recalled(25), "name.gap": _recalled(6),
    "title.size": _recalled(16), "title.line": _recalled(22), "title.gap": _recalled(4),
    "text.size": _clone(15), "text.line": _recalled(21), "fold.lines": _recalled(3, "lines"),
    "title.lines": _recalled(2, "lines"),
    "sound.size": _clone(12), "sound.line": _recalled(17), "sound.icon": _recalled(12), "sound.gap": _recalled(4),
    "sound.top": _recalled(8),
    "segments.gap": _recalled(4), "segments.height": _recalled(2), "segments.top": _recalled(10),
    "pill.size": _recalled(12), "pill.height": _recalled(20), "pill.pad": _recalled(8), "pill.gap": _recalled(8),
    "profile.top": _recalled(16), "profile.avatar": _recalled(80), "profile.gap": _recalled(12),
    "profile.name": _recalled(20), "profile.name.line": _recalled(28), "profile.id": _recalled(12),
    "profile.id.line": _recalled(18), "profile.tab": _recalled(15), "profile.tab.line": _recalled(44),
    "line": _recalled(1), "grid.columns": _recalled(3, "number"), "grid.ratio": Value(
        3 / 4, "nctoro.com, covers of Douyin: about 3:4, the upper and lower 15 % of 9:16 are lost", "third-party",
        CHECKED, "ratio"),
    "grid.gap": _recalled(1), "grid.rows": _recalled(3, "lines"), "count.size": _recalled(12),
    "count.line": _recalled(16), "count.icon": _recalled(14), "count.pad": _recalled(6), "count.gap": _recalled(2),
    "count.shade": _recalled(40),
    "pin.size": _recalled(10), "pin.line": _recalled(16), "pin.pad": _recalled(4), "pin.radius": _recalled(2),
    "pin.inset": _recalled(6),
}


def _ink(colour: str, source: str = MEASURE, confidence: Confidence = "recalled") -> Ink:
    """Dark in both looks: the app has no light one."""
    return Ink(colour, colour, source, confidence, CHECKED)


INKS: Mapping[str, Ink] = {
    "card": _ink("#000000"),
    "page": _ink("#161823"),
    "text": _ink("#ffffff"),
    "muted": _ink("#c9c9cf"),
    "link": _ink("#ffffff"),
    "more": _ink("#ffffff"),
    "brand": _ink("#fe2c55", SITE, "third-party"),
    "accent": _ink("#25f4ee", SITE, "third-party"),
    "avatar": _ink("#2f3035"),
    "ring": _ink("#ffffff", CLONE, "third-party"),
    "action": _ink("#ffffff"),
    "badge": _ink("#33333a"),
    "on-badge": _ink("#ffffff"),
    "segment": _ink("#ffffff66"),
    "segment.on": _ink("#ffffff"),
    "shade": _ink("#00000099"),
    "bar": _ink("#000000"),
    "line": _ink("#2b2d38"),
    "fill": _ink("#252733"),
    "pin": _ink("#face15"),
    "on-pin": _ink("#161823"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(
        en, zh_CN, zh_TW, "简体: the app, known from use; other languages: our wording", "recalled", CHECKED
    )


LABELS: Mapping[str, Label] = {
    "more": _label("more", "展开", "展開"),
    "less": _label("less", "收起", "收起"),
    "like": _label("Like", "赞", "讚"),
    "comment": _label("Comment", "评论", "評論"),
    "collect": _label("Collect", "收藏", "收藏"),
    "share": _label("Share", "分享", "分享"),
    "sound": _label("Original sound of @{name}", "@{name}创作的原声", "@{name}創作的原聲"),
    "following": _label("Following", "关注", "關注"),
    "recommended": _label("For you", "推荐", "推薦"),
    "search": _label("Search", "搜索", "搜尋"),
    "home": _label("Home", "首页", "首頁"),
    "friends": _label("Friends", "朋友", "朋友"),
    "messages": _label("Inbox", "消息", "訊息"),
    "me": _label("Me", "我", "我"),
    "works": _label("Works", "作品", "作品"),
    "id": _label("Douyin ID: {id}", "抖音号：{id}", "抖音號：{id}"),
    "pinned": _label("Pinned", "置顶", "置頂"),
    "no_video": _label("A video goes here", "这里是视频", "這裡是影片"),
    "no_pictures": _label("Pictures go here", "这里是图片", "這裡是圖片"),
    "no_media": _label("A video or pictures go here", "这里是视频或图片", "這裡是影片或圖片"),
}
ACTIONS = (("like", "heart"), ("comment", "message-circle"), ("collect", "star"), ("share", "share-2"))

TABLE = Table("douyin", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
PROFILE = Profile(
    int(px("grid.columns")), px("grid.ratio"), px("grid.gap"), SPEC["grid.ratio"].source, "recalled", CHECKED
)
