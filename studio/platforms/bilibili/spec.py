"""Numbers, words and colours of a video's card and of a dynamic, each with its source. Bilibili publishes none.

REPLICA: the app as rebuilt by others (pilipala). SITE: a sample of the site's colours. Values marked "recalled" are
known from use and are to be measured; OURS are no numbers of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Unit
from studio.platforms.boxes import Ink, Label, Table, Value
from studio.platforms.parts import Profile

REPLICA = "replica of the app by others (pilipala)"
SITE = "token sample of bilibili.com"
MEASURE = "known from use; to be measured in the app"
SCREENS = "the screens of phones, logical px: 375 x 812, 412 x 915"
OURS = "our own choice: how much is shown around the video"
CHECKED = "2026-11-22"


def _measured(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{REPLICA}, {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    # a video's card at home, in two columns, and on its author's page
    "grid.margin": _measured(12, "home: margin of the page"), "grid.gap": _measured(8, "home: gap of the cards"),
    "grid.columns": _measured(2, "home", "number"), "grid.rows": Value(2, OURS, "recalled", unit="number"),
    "space.rows": Value(3, OURS, "recalled", unit="number"),
    "cover.ratio": _measured(16 / 10, "cover of a video", "ratio"), "cover.radius": _measured(10, "cover of a video"),
    "shade": _recalled(36), "stats.inset": _recalled(6), "stats.size": _recalled(11), "stats.line": _recalled(16),
    "stats.icon": _recalled(13), "stats.icon.gap": _recalled(3), "stats.gap": _recalled(8),
    "clock.right": _measured(7, "length of a video"), "clock.bottom": _measured(6, "length of a video"),
    "clock.size": _measured(11, "length of a video"), "clock.line": _recalled(16), "clock.pad": _recalled(4),
    "clock.radius": _measured(4, "length of a video: 3 to 4"),
    "foot.side": _measured(5, "words of a card"), "foot.top": _measured(8, "words of a card"),
    "foot.bottom": _measured(4, "words of a card"), "title.size": _recalled(14), "title.line": _recalled(20),
    "title.lines": _measured(2, "title of a card", "lines"), "up.top": _recalled(4), "up.size": _recalled(9),
    "up.line": _recalled(13), "up.pad": _recalled(3), "up.radius": _recalled(3), "up.gap": _recalled(4),
    "name.size": _measured(12, "name below a title"), "name.line": _recalled(18), "border": _recalled(1),
    "blank.line": _recalled(10),
    # a dynamic
    "pad": _measured(12, "dynamic"), "avatar": _measured(40, "author of a dynamic"),
    "avatar.gap": _measured(10, "author of a dynamic"), "author.size": _measured(14, "author of a dynamic"),
    "author.line": _recalled(20), "time.size": _measured(11, "time of a dynamic"), "time.line": _recalled(16),
    "text.top": _recalled(10), "text.size": _recalled(15), "text.line": _recalled(24),
    "fold.lines": _measured(3, "text of a dynamic in a list", "lines"),
    "chip.icon": _recalled(1, "ratio"), "chip.most": _recalled(27, "characters"),
    "media.top": _measured(6, "pictures of a dynamic"), "grid3.gap": _measured(4, "pictures of a dynamic"),
    "grid3.columns": _measured(3, "pictures of a dynamic", "number"),
    "grid3.most": _measured(9, "pictures of a dynamic", "number"), "grid3.radius": _recalled(6),
    "one.part": _measured(0.5, "a single picture, of the column", "ratio"),
    "one.least": _measured(0.4, "a single picture, width to height", "ratio"),
    "badge.inset": _measured(6, "badge 长图"), "badge.size": _recalled(11), "badge.line": _recalled(16),
    "badge.pad": _recalled(4), "badge.radius": _recalled(4), "others.size": _recalled(20), "others.line": _recalled(28),
    "clip.radius": _recalled(6), "clip.shade": _measured(80, "video in a dynamic"),
    "clip.inset": _measured(10, "video in a dynamic"), "clip.size": _measured(12, "video in a dynamic"),
    "clip.line": _recalled(18), "clip.title.top": _measured(6, "video in a dynamic"),
    "clip.title.size": _recalled(15), "clip.title.line": _recalled(22), "clip.title.lines": _recalled(2, "lines"),
    "bar.top": _recalled(6), "bar": _recalled(44), "bar.icon": _measured(16, "tool bar of a dynamic"),
    "bar.gap": _recalled(6), "bar.size": Value(13, f"{SITE}, tool bar", "third-party"), "bar.line": _recalled(18),
    "line": _recalled(0.5),
    # an upright video on the whole screen
    "screen.ratio": Value(812 / 375, SCREENS, "seen", unit="ratio"),
    "screen.ratio.large": Value(915 / 412, SCREENS, "seen", unit="ratio"),
    "screen.large": Value(400, SCREENS, "seen"), "screen.shape": _recalled(9 / 16, "ratio"),
    "screen.fills": _recalled(0.6, "ratio"), "story.foot": _recalled(34), "story.top": _recalled(44),
    "story.back": _recalled(24), "story.shade": _recalled(240), "story.bottom": _recalled(12),
    "story.pad": _recalled(12), "story.part": _recalled(0.75, "ratio"), "story.avatar": _recalled(44),
    "story.follow": _recalled(18), "rail.right": _recalled(32), "rail.icon": _recalled(30), "rail.gap": _recalled(14),
    "rail.size": _recalled(11), "rail.line": _recalled(15), "rail.room": _recalled(60),
    "story.name.size": _recalled(15),
    "story.name.line": _recalled(21), "story.name.gap": _recalled(4), "story.title.size": _recalled(14),
    "story.title.line": _recalled(20), "story.title.lines": _recalled(2, "lines"),
    # a video's card on the site
    "web.ratio": _recalled(16 / 9, "ratio"), "web.radius": _recalled(6), "web.title.top": _recalled(10),
    "web.title.size": _recalled(15), "web.title.line": _recalled(22), "web.title.lines": _recalled(2, "lines"),
    "web.name.top": _recalled(4), "web.name.size": _recalled(13), "web.name.line": _recalled(18),
}  # fmt: skip

PROFILE = Profile(
    int(SPEC["grid.columns"].value), SPEC["cover.ratio"].value, SPEC["grid.gap"].value,
    f"{REPLICA}, an author's videos", "third-party",
)


def _ink(light: str, dark: str, confidence: str = "third-party") -> Ink:
    if confidence == "recalled":
        return Ink(light, dark, MEASURE, "recalled")
    return Ink(light, dark, f"light: {SITE}; dark recalled", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#17181a", "recalled"),
    "page": _ink("#f1f2f3", "#0d0d0e", "recalled"),
    "text": _ink("#18191c", "#e7e9eb", "recalled"),
    "muted": _ink("#61666d", "#a2a7ae"),
    "action": _ink("#61666d", "#a2a7ae"),
    "link": _ink("#008ac5", "#5fc3f0", "recalled"),
    "pink": _ink("#ff6699", "#ff6699"),
    "avatar": _ink("#ff6699", "#ff6699"),
    "clear": Ink("#ffffff00", "#00000000", "our own: the letter below an icon is not seen"),
    "face": _ink("#e8a317", "#f2b632", "recalled"),
    "screen": _ink("#000000", "#000000", "recalled"),
    "screen.text": _ink("#ffffff", "#ffffff", "recalled"),
    "screen.muted": _ink("#ffffffb3", "#ffffffb3", "recalled"),
    "line": _ink("#e3e5e7", "#2f3134", "recalled"),
    "fill": _ink("#f1f2f3", "#232427", "recalled"),
    "badge": Ink("#00000066", "#00000066", f"{REPLICA}, length of a video: 40 % black", "third-party"),
    "on-badge": Ink("#ffffff", "#ffffff", f"{REPLICA}, length of a video", "third-party"),
    "shade": Ink("#0000008a", "#0000008a", f"{REPLICA}, video in a dynamic: 54 % black", "third-party"),
    "on-shade": Ink("#ffffff", "#ffffff", f"{REPLICA}, video in a dynamic", "third-party"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{REPLICA}; English and 繁體 are our own wording", "third-party")


def _recalled_label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, MEASURE, "recalled")


LABELS: Mapping[str, Label] = {
    "repost": _label("Repost", "转发", "轉發"),
    "comment": _label("Comment", "评论", "評論"),
    "like": _label("Like", "点赞", "點讚"),
    "tall": _label("长图", "长图", "長圖"),
    "video": _label("posted a video", "投稿了视频", "投稿了影片"),
    "coin": _label("Coin", "投币", "投幣"),
    "collect": _label("Favourite", "收藏", "收藏"),
    "share": _label("Share", "分享", "分享"),
    "no_video": _recalled_label("No video yet", "还没有视频", "還沒有影片"),
    "back": _recalled_label("Back", "返回", "返回"),
    "zero": _recalled_label("0", "0", "0"),
    "up": _recalled_label("UP", "UP", "UP"),
    "link": _recalled_label("网页链接", "网页链接", "網頁連結"),
    "more": _recalled_label("展开", "展开", "展開"),
    "less": _recalled_label("收起", "收起", "收起"),
    "now": _recalled_label("just now", "刚刚", "剛剛"),
    "minutes": _recalled_label("{n} min ago", "{n}分钟前", "{n}分鐘前"),
    "hours": _recalled_label("{n} h ago", "{n}小时前", "{n}小時前"),
    "yesterday": _recalled_label("Yesterday {time}", "昨天 {time}", "昨天 {time}"),
}
ACTIONS = (("repost", "share-2"), ("comment", "message-circle"), ("like", "thumbs-up"))
RAIL = (
    ("like", "thumbs-up"), ("coin", "circle-plus"), ("collect", "star"), ("comment", "message-circle"),
    ("share", "share-2"),
)  # fmt: skip
STATS = (("views", "play"), ("danmaku", "text-quote"))

TABLE = Table("bilibili", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
