"""Numbers and colours of a page's post in the feed, each with its source. Facebook publishes no geometry.

TOOLS: preview tools and clones that agree (social-previews, Mixpost, TryPost), read 2026-11-22; COLLAGE: measured by
third parties. "recalled" ones are known from use and are to be measured on the site.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence, Unit
from studio.platforms.boxes import Ink, Label, Table, Value

TOOLS = "preview tools (social-previews, Mixpost), read 2026-11-22"
SOCIAL = "the preview tool social-previews 3.3.8, read 2026-11-22"
MIXPOST = "the preview tool Mixpost, its gallery of photos, read 2026-11-22"
POSTIZ = "the preview tool Postiz, its text on a colour, read 2026-11-22"
TRYPOST = "the preview tool TryPost, its phone, read 2026-11-22"
REELS = "Meta, Reels publishing: 9:16, read 2026-11-22"
FOLDS = "third-party counts of the characters before See more, read 2026-11-22"
COLLAGE = "third-party measurements of photo collages, read 2026-11-22"
STRINGS = "words on the live site, as scrapers match them, read 2026-11-22"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _of(value: float, source: str, confidence: Confidence = "third-party", unit: Unit = "px") -> Value:
    return Value(value, source, confidence, unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    "pad": _of(16, TOOLS), "pad.phone": _of(12, TRYPOST), "apart": _recalled(8),
    "radius": _recalled(8), "line": _of(1, TOOLS),
    "head.top": _of(12, TOOLS), "head.bottom": _of(8, TOOLS), "head.gap": _recalled(8),
    "avatar": _of(40, TOOLS), "name.size": _of(15, TOOLS), "name.line": _of(20, TOOLS),
    "meta.size": _of(13, TOOLS), "meta.line": _of(16, TOOLS), "globe": _of(12, TOOLS), "globe.gap": _recalled(4),
    "text.size": _of(15, TOOLS), "text.line": _of(20, TOOLS), "text.bottom": _of(16, TOOLS),
    "large.size": _recalled(24), "large.line": _recalled(28), "large.most": _recalled(85, "characters"),
    "fold.lines": _of(5, f"{FOLDS}: about 480 on a computer, which are five lines", unit="lines"),
    "fold.lines.phone": _of(3, f"{FOLDS}: 110 to 125 on a phone, which are three lines", unit="lines"),
    "gap": _of(4, COLLAGE), "one.tallest": _of(1.5, COLLAGE, unit="ratio"),
    "two.flat": _of(2, COLLAGE, unit="ratio"), "three.flat": _of(2, COLLAGE, unit="ratio"),
    "four.top": _of(1.5, COLLAGE, unit="ratio"),
    "clip.tallest": _of(1.25, f"{TOOLS}: 4:5 at the tallest on a phone", unit="ratio"),
    "clip.tallest.desktop": _of(1.37, f"{SOCIAL}: upright videos stand in 500 × 685", unit="ratio"),
    "clip.usual": _of(1.78, f"{SOCIAL}: videos whose shape is not known", unit="ratio"),
    "shown": _of(5, TOOLS, unit="number"), "hidden.from": _of(5, f"{MIXPOST}: +N counts from the sixth on",
                                                              unit="number"),
    "hidden.size": _of(30, MIXPOST), "hidden.line": _recalled(36),
    "square": _recalled(0.05, "ratio"),
    "card.ratio": _of(1.91, TOOLS, unit="ratio"), "card.pad": _of(12, TOOLS), "card.pad.x": _of(16, TOOLS),
    "host.size": _of(13, TOOLS), "host.line": _recalled(16), "title.size": _of(15, TOOLS),
    "title.line": _recalled(20), "title.lines": _of(2, TOOLS, unit="lines"), "card.icon": _recalled(24),
    "action.height": _of(42, TOOLS), "action.size": _of(15, TOOLS), "action.line": _recalled(20),
    "action.icon": _recalled(18), "action.gap": _recalled(6),
    "ground.most": _of(130, POSTIZ, unit="characters"), "ground.size": _of(28, POSTIZ), "ground.line": _of(36, POSTIZ),
    "ground.least": _of(320, POSTIZ), "ground.pad": _recalled(24),
    "reel.ratio": _recalled(812 / 375, "ratio"), "reel.shape": _of(9 / 16, REELS, "seen", "ratio"),
    "reel.upright": _recalled(0.7, "ratio"), "reel.pad": _of(12, TRYPOST), "reel.bottom": _recalled(20),
    "reel.head": _recalled(16), "reel.head.size": _of(18, TRYPOST), "reel.head.line": _recalled(24),
    "reel.shade": _recalled(320), "reel.icon": _recalled(28), "reel.icon.gap": _of(16, TRYPOST),
    "reel.label.size": _of(12, TRYPOST), "reel.label.line": _recalled(16), "reel.label.room": _recalled(64),
    "reel.avatar": _of(32, TRYPOST), "reel.gap": _of(8, TRYPOST), "reel.follow.pad": _recalled(8),
    "reel.name.size": _of(14, TRYPOST), "reel.name.line": _recalled(18),
    "reel.text.size": _of(14, TRYPOST), "reel.text.line": _recalled(18),
    "reel.lines": _of(2, f"{TRYPOST}: one or two lines of words", unit="lines"),
    "reel.sound.size": _of(12, TRYPOST), "reel.sound.line": _recalled(16), "reel.sound.icon": _of(12, TRYPOST),
}


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, "samples of the live site (light), clones (dark); dark link recalled", "third-party")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#242526"),
    "text": _ink("#050505", "#e4e6eb"),
    "muted": _ink("#65676b", "#b0b3b8"),
    "line": _ink("#ced0d4", "#3e4042"),
    "link": _ink("#216fdb", "#4599ff"),
    "fill": _ink("#f0f2f5", "#3a3b3c"),
    "avatar": _ink("#1877f2", "#1877f2"),
    "apart": Ink("#c9ccd1", "#18191a", f"{MEASURE}; the dark page of {TRYPOST}", "recalled"),
    "veil": Ink("#00000099", "#00000099", f"{MIXPOST}: black at 60 %", "third-party"),
    "on-veil": Ink("#ffffff", "#ffffff", MIXPOST, "third-party"),
    "stage": Ink("#000000", "#000000", f"{MEASURE}: the player is dark in either look", "recalled"),
    "on-stage": Ink("#ffffff", "#ffffff", TRYPOST, "third-party"),
    "shade": Ink("#000000b3", "#000000b3", f"{MEASURE}: darker where words stand", "recalled"),
    "ground": Ink("#c600ff", "#c600ff", "one of the plain colours of its composer, known from use", "recalled"),
    "on-ground": Ink("#ffffff", "#ffffff", POSTIZ, "third-party"),
    "on-fill": _ink("#050505", "#e4e6eb"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{STRINGS}; of 简体 only the fold, of 繁體 not sharing; the rest known from use",
                 "third-party")


def _time(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, MEASURE, "recalled")


LABELS: Mapping[str, Label] = {
    "more": _label("See more", "展开", "查看更多"),
    "like": _label("Like", "赞", "讚"),
    "comment": _label("Comment", "评论", "留言"),
    "share": _label("Share", "分享", "分享"),
    "less": Label("See less", "收起", "顯示較少", f"{STRINGS} for English; Chinese known from use", "recalled"),
    "reels": Label("Reels", "Reels 快拍", "連續短片", f"{TRYPOST} for English; Chinese known from use", "third-party"),
    "follow": Label("Follow", "关注", "追蹤", f"{TRYPOST} for English; Chinese known from use", "third-party"),
    "sound": _time("Original audio", "原声", "原創音訊"),
    "no_media": _time("No video yet", "还没有视频", "還沒有影片"),
    "now": _time("Just now", "刚刚", "剛剛"),
    "minutes": _time("{n}m", "{n}分钟", "{n}分鐘"),
    "hours": _time("{n}h", "{n}小时", "{n}小時"),
    "days": _time("{n}d", "{n}天", "{n}天"),
    "date": _time("{month} {day}", "{m}月{day}日", "{m}月{day}日"),
    "date.year": _time("{month} {day}, {year}", "{year}年{m}月{day}日", "{year}年{m}月{day}日"),
    "public": _time("Public", "公开", "公開"),
}
MONTHS = "January February March April May June July August September October November December".split()
ELLIPSIS = {"en": "… ", "zh_CN": "… ", "zh_TW": "……"}
ACTIONS = (("like", "thumbs-up"), ("comment", "message-circle"), ("share", "share-2"))

TABLE = Table("facebook", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
