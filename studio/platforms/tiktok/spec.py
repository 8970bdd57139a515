"""Numbers, words and colours of TikTok's player and profile, each with its source. The app publishes none of them.

CAPTURES: positions measured on screens of the iPhone app, in px of a picture of 1080 x 1920 that has the screen's
width. MOCK: a preview of a publishing tool, on a phone 375 px wide. "recalled": known from use, to be measured.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.base import Profile
from studio.platforms.boxes import Ink, Label, Table, Value

CAPTURES = "Remotion SocialSafeZones: TikTok for iPhone, measured from captures, August 2026; px of 1080 x 1920"
MOCK = "TryPost, preview of a TikTok post, May 2026"
ICONS = "Postiz, preview of a TikTok post, August 2026"
ADS = "TikTok ads help, sizes of in-feed videos, November 2026"
MEASURE = "known from use; to be measured in the app"
SCREENS = "the screens of phones, logical px: 375 x 812, 412 x 915"
SQUARES = "3:4 is known from use; socialrails.com says that a profile cuts covers to squares"
CHECKED = "2026-11-30"


def _seen(value: float, source: str, unit: Unit = "px", confidence: Confidence = "third-party") -> Value:
    return Value(value, source, confidence, CHECKED, unit)


def _captured(value: float) -> Value:
    return Value(value, CAPTURES, "third-party", CHECKED)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", CHECKED, unit)


SPEC: Mapping[str, Value] = {
    "screen.ratio": _seen(812 / 375, SCREENS, "ratio", "seen"),
    "screen.ratio.large": _seen(915 / 412, SCREENS, "ratio", "seen"),
    "screen.large": _seen(400, SCREENS, "px", "seen"), "screen.shape": _seen(9 / 16, ADS, "ratio", "seen"),
    # of the picture of 1080 x 1920
    "frame.width": _captured(1080), "frame.height": _captured(1920), "top.end": _captured(132),
    "caption.left": _captured(31), "rail.x": _captured(1003), "avatar": _captured(104),
    "rail.options": _captured(829), "rail.avatar": _captured(973), "rail.like": _captured(1150),
    "rail.comment": _captured(1330), "rail.collect": _captured(1490), "rail.share": _captured(1650),
    "rail.disc": _captured(1867), "options": _captured(52), "disc": _recalled(106),
    # logical px
    "avatar.ring": _seen(1.5, MOCK), "follow": _seen(20, MOCK), "icon": _seen(29, ICONS), "rail.gap": _recalled(2),
    "label.size": _seen(11, MOCK), "label.line": _recalled(14), "label.gap": _recalled(0),
    "tabs.height": _recalled(49), "tabs.home": _recalled(34), "tabs.size": _recalled(10), "tabs.line": _recalled(14),
    "tabs.icon": _recalled(24),
    "top.size": _recalled(17), "top.line": _recalled(24), "top.gap": _recalled(20), "top.icon": _recalled(24),
    "top.mark.width": _seen(24, MOCK), "top.mark": _seen(2, MOCK), "top.mark.gap": _recalled(2),
    "top.shade": _recalled(120), "foot.shade": _recalled(240), "pad": _recalled(12),
    "caption.part": _recalled(0.72, "ratio"), "caption.bottom": _recalled(5), "text.gap": _recalled(4),
    "name.size": _seen(14, MOCK), "name.line": _recalled(18), "name.gap": _recalled(3),
    "title.size": _recalled(14), "title.line": _recalled(18), "title.gap": _recalled(2),
    "title.lines": _recalled(1, "lines"),
    "text.size": _seen(13, MOCK), "text.line": _seen(18, MOCK), "fold.lines": _seen(2, MOCK, "lines"),
    "sound.size": _recalled(11), "sound.line": _recalled(14), "sound.icon": _recalled(11), "sound.gap": _recalled(4),
    "sound.top": _recalled(2),
    "dot": _recalled(6), "dot.gap": _recalled(4), "dots.most": _recalled(9, "number"), "dots.bottom": _recalled(8),
    "dots.top": _recalled(6),
    "profile.top": _recalled(20), "profile.avatar": _recalled(96), "profile.gap": _recalled(12),
    "profile.name": _recalled(17), "profile.name.line": _recalled(24), "profile.tab": _recalled(44),
    "profile.tab.icon": _recalled(20), "line": _recalled(1), "grid.columns": _recalled(3, "number"),
    "grid.ratio": _seen(3 / 4, SQUARES, "ratio", "recalled"), "grid.gap": _recalled(1),
    "grid.rows": _recalled(3, "lines"), "count.size": _recalled(12), "count.line": _recalled(16),
    "count.icon": _recalled(14), "count.pad": _recalled(6), "count.gap": _recalled(2), "count.shade": _recalled(40),
    "several.icon": _recalled(16), "several.inset": _recalled(6),
}


def _ink(light: str, dark: str = "", source: str = MEASURE, confidence: Confidence = "recalled") -> Ink:
    """dark "": the same; the player is dark in both looks."""
    return Ink(light, dark or light, source, confidence, CHECKED)


INKS: Mapping[str, Ink] = {
    "card": _ink("#000000"),
    "text": _ink("#ffffff", "", MOCK, "third-party"),
    "muted": _ink("#c9c9cf"),
    "link": _ink("#ffffff"),
    "more": _ink("#ffffff"),
    "brand": _ink("#fe2c55", "", MOCK, "third-party"),
    "avatar": _ink("#2f3035"),
    "ring": _ink("#ffffff", "", MOCK, "third-party"),
    "action": _ink("#ffffff", "", MOCK, "third-party"),
    "badge": _ink("#33333a"),
    "on-badge": _ink("#ffffff"),
    "dot": _ink("#ffffff66"),
    "dot.on": _ink("#ffffff"),
    "shade": _ink("#00000099"),
    "bar": _ink("#000000"),
    "page": _ink("#ffffff", "#121212"),
    "page.text": _ink("#161823", "#f6f6f6"),
    "line": _ink("#e3e3e4", "#2f2f2f"),
    "fill": _ink("#f1f1f2", "#232323"),
}


def _label(en: str, zh_CN: str, zh_TW: str, source: str = MEASURE) -> Label:
    return Label(en, zh_CN, zh_TW, source, "recalled", CHECKED)


LABELS: Mapping[str, Label] = {
    "more": _label("more", "更多", "更多"),
    "less": _label("less", "收起", "收起"),
    "options": _label("More", "更多", "更多"),
    "like": _label("Like", "赞", "讚"),
    "comment": _label("Comments", "评论", "留言"),
    "collect": _label("Favorites", "收藏", "收藏"),
    "share": _label("Share", "分享", "分享"),
    "sound": _label("original sound - {name}", "原声 - {name}", "原聲 - {name}"),
    "following": Label("Following", "关注", "關注", f"{MOCK}; 简体 and 繁體 known from use", "third-party", CHECKED),
    "for_you": Label("For You", "推荐", "為您推薦", f"{MOCK}; 简体 and 繁體 known from use", "third-party", CHECKED),
    "search": _label("Search", "搜索", "搜尋"),
    "home": _label("Home", "首页", "首頁"),
    "friends": _label("Friends", "好友", "好友"),
    "inbox": _label("Inbox", "收件箱", "收件匣"),
    "profile": _label("Profile", "主页", "個人資料"),
    "no_video": _label("A video goes here", "这里是视频", "這裡是影片", "our own words"),
    "no_pictures": _label("Pictures go here", "这里是图片", "這裡是圖片", "our own words"),
}
ACTIONS = (("like", "heart"), ("comment", "message-circle"), ("collect", "bookmark"), ("share", "share-2"))
NONE = "0"  # a new post's count

TABLE = Table("tiktok", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
PROFILE = Profile(
    int(px("grid.columns")), px("grid.ratio"), px("grid.gap"), SPEC["grid.ratio"].source, "recalled", CHECKED
)
