"""Numbers, words and colours of Instagram, each with its source. It publishes no geometry.

HELP is its own help; the tools and replicas were read 2026-11-22; "recalled" ones are known from use and are to be
measured in the app.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value
from studio.platforms.parts import Profile

HELP = "Instagram help, article 1643471055915254, read 2026-11-22"
SOCIAL = "the preview tool social-previews 3.3.8, read 2026-11-22"
REPLICA = "a replica of the web page (social-media-post-previewer), read 2026-11-22"
TRYPOST = "the preview tool TryPost, its phone, read 2026-11-22"
ARTICLES = "third-party articles on 3:4 posts and grids, 2025"
REELS = "third-party articles on reels in the feed, 2025: cut to 4:5"
CAPTURES = "Remotion SocialSafeZones, Reels on an iPhone measured from captures (v. 2026-08-24)"
SITE = "colours sampled on the live site, read 2026-11-22"
STRINGS = "words on the live site, as scrapers match them, read 2026-11-22"
MEASURE = "known from use; to be measured in the app"
CHECKED = "2026-11-22"


def _of(value: float, source: str, unit: Unit = "px", confidence: Confidence = "third-party") -> Value:
    return Value(value, source, confidence, unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad": _of(16, SOCIAL), "pad.desktop": _recalled(4), "line": _recalled(1),
    "head.height": _of(56, f"{SOCIAL}: 56 to 60"), "avatar": _of(32, SOCIAL), "head.gap": _recalled(10),
    "name.size": _of(14, SOCIAL), "name.line": _of(18, SOCIAL), "head.icon": _recalled(24), "time.gap": _recalled(4),
    "ratio.widest": _of(1.91, f"{ARTICLES}: from 1.91:1", "ratio"),
    "ratio.tallest": _of(3 / 4, f"{ARTICLES}: to 3:4", "ratio"),
    "clip.tallest": _of(4 / 5, REELS, "ratio"), "ratio.unknown": _recalled(1, "ratio"),
    "media.radius": _recalled(4), "media.border": _recalled(1),
    "pill.size": _recalled(12), "pill.line": _recalled(26), "pill.pad": _recalled(10), "pill.inset": _recalled(12),
    "dot": _recalled(6), "dot.small": _recalled(4), "dot.gap": _recalled(4), "dots.top": _recalled(12),
    "dots.most": _recalled(5, "number"),
    "mute": _recalled(26), "mute.icon": _recalled(12), "mute.inset": _recalled(12),
    "actions.top": _recalled(12), "actions.icon": _recalled(24), "actions.gap": _of(16, SOCIAL),
    "actions.bottom": _recalled(10),
    "text.size": _of(14, f"{SOCIAL}; {REPLICA}"), "text.line": _of(18, f"{SOCIAL}; {REPLICA}"),
    "fold.lines": _of(3, f"{HELP}: the first three lines", "lines", "seen"),
    "words.gap": _recalled(4), "time.size": _of(12, f"{SOCIAL}; {REPLICA}"), "time.line": _recalled(16),
    "bottom": _recalled(12),
    # a reel that fills the phone
    "reel.ratio": _recalled(812 / 375, "ratio"), "reel.shape": _of(9 / 16, CAPTURES, "ratio"),
    "reel.upright": _recalled(0.7, "ratio"),
    "reel.foot": _of(71, f"{CAPTURES}: on a tall phone only x 54 to 1026 of 1080 is seen; the bar of tabs is the rest"),
    "reel.rail": _of(956 / 1080, f"{CAPTURES}: the rail's middle", "ratio"),
    "reel.rail.bottom": _recalled(12), "reel.words.bottom": _of(17, f"{CAPTURES}: words begin at 1726 of 1920"),
    "reel.pad": _recalled(12),
    "reel.right": _of(900 / 1080, f"{CAPTURES}: where the rail begins", "ratio"),
    "reel.icon": _recalled(26), "reel.icon.gap": _of(28.5, f"{CAPTURES}: the rail begins at 1114 of 1920"),
    "reel.disc": _recalled(26),
    "reel.head.size": _recalled(20), "reel.head.line": _recalled(26),
    "reel.head.end": _of(212 / 1920, f"{CAPTURES}: where the controls at the top end", "ratio"),
    "reel.shade": _recalled(280), "reel.avatar": _recalled(32), "reel.gap": _recalled(8),
    "reel.name.size": _recalled(14), "reel.text.size": _recalled(14), "reel.text.line": _recalled(18),
    "reel.lines": _recalled(1, "lines"), "reel.follow.pad": _recalled(10),
    # the profile
    "grid.rows": _recalled(3, "number"), "grid.most": _recalled(4, "number"),
    "grid.icon": _of(18, f"{ARTICLES}: 16 to 20"),
    "grid.inset": _recalled(8), "grid.head": _recalled(56), "grid.tabs": _recalled(44), "grid.tab.icon": _recalled(24),
    "grid.avatar": _recalled(40),
}
PROFILE = Profile(3, 3 / 4, 1, f"{ARTICLES}: 3:4 since January 2025, 1 to 2 px apart", "third-party", CHECKED)


def _ink(light: str, dark: str, source: str, confidence: Confidence = "third-party") -> Ink:
    return Ink(light, dark, source, confidence)


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#0c1014", SITE),
    "text": _ink("#000000", "#f5f5f5", SITE),
    "muted": _ink("#737373", "#a8a8a8", f"{SOCIAL}; {REPLICA}"),
    "line": _ink("#dbdbdb", "#262626", f"{REPLICA} for the dark one; the other known from use"),
    "link": _ink("#00376b", "#e0f1ff", f"{SOCIAL} for the light one; the other known from use"),
    "avatar": _ink("#d300c5", "#d300c5", "one of the colours of its own mark, known from use", "recalled"),
    "action": _ink("#000000", "#f5f5f5", SITE),
    "badge": _ink("#121212b3", "#121212b3", MEASURE, "recalled"),
    "on-badge": _ink("#ffffff", "#ffffff", MEASURE, "recalled"),
    "dot": _ink("#c7c7c7", "#4d4d4d", MEASURE, "recalled"),
    "dot.on": _ink("#0095f6", "#0095f6", TRYPOST),
    "fill": _ink("#efefef", "#1c1f23", MEASURE, "recalled"),
    "stage": _ink("#000000", "#000000", f"{MEASURE}: the player is dark in either look", "recalled"),
    "on-stage": _ink("#ffffff", "#ffffff", f"{MEASURE}: white words on the player", "recalled"),
    "shade": _ink("#00000099", "#00000099", f"{MEASURE}: darker where words stand", "recalled"),
}


def _label(en: str, zh_CN: str, zh_TW: str, source: str = MEASURE,
           confidence: Confidence = "recalled") -> Label:
    return Label(en, zh_CN, zh_TW, source, confidence)


LABELS: Mapping[str, Label] = {
    "more": _label("more", "展开", "更多", f"{HELP} for English; Chinese known from use"),
    "like": _label("Like", "赞", "讚", f"{STRINGS} for 繁體; the others known from use"),
    "comment": _label("Comment", "评论", "留言", f"{STRINGS} for 繁體; the others known from use"),
    "repost": _label("Repost", "转发", "轉發"),
    "share": _label("Share", "分享", "分享"),
    "save": _label("Save", "收藏", "儲存"),
    "options": _label("More options", "更多选项", "更多選項"),
    "comments": _label("View all comments", "查看全部评论", "查看全部留言"),
    "mute": _label("Sound off", "已静音", "已靜音"),
    "reels": _label("Reels", "Reels", "連續短片"),
    "follow": _label("Follow", "关注", "追蹤"),
    "carousel": _label("Several files", "多图", "多張相片"),
    "no_media": _label("No video yet", "还没有视频", "還沒有影片", "our own words: the platform has none"),
    "now": _label("Just now", "刚刚", "剛剛"), "now.short": _label("now", "刚刚", "剛剛"),
    "minutes.one": _label("1 minute ago", "1分钟前", "1分鐘前"),
    "minutes": _label("{n} minutes ago", "{n}分钟前", "{n}分鐘前"),
    "hours.one": _label("1 hour ago", "1小时前", "1小時前"), "hours": _label("{n} hours ago", "{n}小时前", "{n}小時前"),
    "days.one": _label("1 day ago", "1天前", "1天前"), "days": _label("{n} days ago", "{n}天前", "{n}天前"),
    "date": _label("{month} {day}", "{m}月{day}日", "{m}月{day}日"),
    "date.year": _label("{month} {day}, {year}", "{year}年{m}月{day}日", "{year}年{m}月{day}日"),
    "minutes.short": _label("{n}m", "{n}分钟", "{n}分鐘"), "hours.short": _label("{n}h", "{n}小时", "{n}小時"),
    "days.short": _label("{n}d", "{n}天", "{n}天"), "weeks.short": _label("{n}w", "{n}周", "{n}週"),
}
MONTHS = "January February March April May June July August September October November December".split()
ACTIONS = (("like", "heart"), ("comment", "message-circle"), ("repost", "repeat-2"), ("share", "send"))

TABLE = Table("instagram", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
