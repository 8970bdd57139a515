"""Numbers, words and colours of a note: its own page, its card in the feed and on a profile, and on the web.

The apps publish none of them. WEB: replicas of the web client by others, March 2025. Values marked "recalled" are
known from use and are to be measured; OURS are no numbers of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Unit
from studio.platforms.boxes import Ink, Label, Table, Value
from studio.platforms.parts import Profile

WEB = "replicas of the web client by others, March 2025"
MEASURE = "known from use; to be measured in the app"
SCREENS = "the screens of phones, logical px: 375 x 812, 412 x 915"
OURS = "our own choice: how much is shown around the note"
CHECKED = "2026-11-22"


def _seen(value: float, where: str, unit: Unit = "px") -> Value:
    return Value(value, f"{WEB}, {where}", "third-party", unit=unit)


def _recalled(value: float, unit: Unit = "px") -> Value:
    return Value(value, MEASURE, "recalled", unit=unit)


SPEC: Mapping[str, Value] = {
    # its own page
    "pad": _seen(16, "note"), "head.pad": _recalled(8),
    "avatar": _recalled(32), "avatar.gap": _recalled(8), "name.size": _recalled(14), "name.line": _recalled(20),
    "media.widest": _recalled(4 / 3, "ratio"), "media.tallest": _recalled(3 / 4, "ratio"),
    "pill.inset": _recalled(12), "pill.size": _recalled(12), "pill.height": _recalled(22), "pill.pad": _recalled(8),
    "dot": _recalled(5), "dot.gap": _recalled(4), "dots.pad": _recalled(8), "dots.most": _recalled(9, "number"),
    "text.top": _recalled(12), "title.size": _seen(18, "note title"), "title.line": _seen(25.2, "note title, 1.4"),
    "title.gap": _recalled(8), "text.size": _seen(16, "note text"), "text.line": _seen(24, "note text, 1.5"),
    "face": _recalled(1, "ratio"),
    "date.top": _recalled(12), "date.size": _seen(14, "date and place"), "date.line": _recalled(20),
    "foot.top": _recalled(12), "foot.height": _recalled(48), "foot.icon": _recalled(22), "foot.gap": _recalled(28),
    "field.height": _recalled(32), "field.pad": _recalled(12), "field.size": _recalled(14), "line": _recalled(1),
    # its card
    "grid.margin": _recalled(5), "grid.gap": _recalled(5),
    "grid.columns": _seen(2, "columns below 768 px", "number"), "grid.rows": Value(2, OURS, "recalled", unit="number"),
    "profile.rows": Value(3, OURS, "recalled", unit="number"),
    "card.radius": _seen(8, "card: 8 to 12"), "card.pad": _seen(12, "foot of the card"),
    "card.title.size": _seen(14, "title of the card"), "card.title.line": _seen(19.6, "title of the card, 1.4"),
    "card.title.lines": _seen(2, "title of the card", "lines"), "card.row.top": _recalled(8),
    "card.avatar": _seen(20, "author row of the card"), "card.avatar.gap": _recalled(6),
    "card.name.size": _seen(12, "author row of the card"), "card.name.line": _recalled(18),
    "card.heart": _seen(16, "author row of the card"), "card.heart.gap": _recalled(4),
    "play": _recalled(24), "play.icon": _recalled(12), "play.inset": _recalled(8), "blank.line": _recalled(10),
    # a clip on the whole screen
    "screen.ratio": Value(812 / 375, SCREENS, "seen", unit="ratio"),
    "screen.ratio.large": Value(915 / 412, SCREENS, "seen", unit="ratio"),
    "screen.large": Value(400, SCREENS, "seen"), "screen.shape": _recalled(9 / 16, "ratio"),
    "screen.fills": _recalled(0.6, "ratio"), "clip.bar": _recalled(50), "clip.home": _recalled(34),
    "clip.back": _recalled(24), "clip.top": _recalled(44), "clip.shade": _recalled(220), "clip.bottom": _recalled(12),
    "clip.part": _recalled(0.85, "ratio"), "clip.name.size": _recalled(15), "clip.name.line": _recalled(21),
    "clip.name.gap": _recalled(8), "follow.size": _recalled(12), "follow.line": _recalled(22),
    "follow.pad": _recalled(10), "clip.title.size": _recalled(15), "clip.title.line": _recalled(21),
    "clip.title.lines": _recalled(1, "lines"), "clip.title.gap": _recalled(4), "clip.text.size": _recalled(14),
    "clip.text.line": _recalled(20), "clip.fold.lines": _recalled(1, "lines"),
    # on the web
    "panel": _seen(424, "words beside the picture"), "panel.pad": _recalled(24), "panel.avatar": _recalled(40),
    "panel.avatar.gap": _recalled(12), "panel.name.size": _recalled(16), "panel.name.line": _recalled(22),
}  # fmt: skip

PROFILE = Profile(
    int(SPEC["grid.columns"].value), 0, SPEC["grid.gap"].value,
    f"{MEASURE}: a waterfall of two columns, each picture as in the feed", "recalled",
)


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, f"{WEB}: light text, link and avatar; the rest recalled", "third-party")


def _both(colour: str) -> Ink:
    """A clip on the whole screen is dark in both looks."""
    return Ink(colour, colour, MEASURE, "recalled")


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#19191e"),
    "page": Ink("#f5f5f5", "#0f0f11", MEASURE, "recalled"),
    "text": _ink("#333333", "#e6e6e9"),
    "author": Ink("#333333cc", "#e6e6e9cc", f"{WEB}: light, author row of the card; dark recalled", "third-party"),
    "muted": _ink("#666666", "#9c9ca3"),
    "line": _ink("#ebebeb", "#2c2c31"),
    "link": _ink("#13386c", "#8fb4e8"),
    "avatar": _ink("#ff2442", "#ff2442"),
    "action": _ink("#333333", "#e6e6e9"),
    "fill": _ink("#f5f5f5", "#26262b"),
    "clear": Ink("#ffffff00", "#00000000", "our own: the letter below an icon is not seen"),
    "face": Ink("#e8a317", "#f2b632", MEASURE, "recalled"),
    "badge": _ink("#555555", "#555555"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "play": Ink("#00000066", "#00000066", MEASURE, "recalled"),
    "on-play": Ink("#ffffff", "#ffffff", MEASURE, "recalled"),
    "stage": Ink("#f7f7f7", "#101013", MEASURE, "recalled"),
    "screen": _both("#000000"),
    "screen.text": _both("#ffffff"),
    "screen.muted": _both("#ffffffb3"),
    "screen.line": _both("#1c1c1e"),
    "screen.fill": _both("#2c2c2e"),
    "screen.shade": _both("#00000099"),
    "follow": _both("#ff2442"),
    "on-follow": _both("#ffffff"),
    "dot": _ink("#d9d9d9", "#4a4a50"),
    "dot.on": _ink("#ff2442", "#ff2442"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{WEB} for 简体; the others recalled", "third-party")


def _recalled_label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, MEASURE, "recalled")


LABELS: Mapping[str, Label] = {
    "like": _label("Like", "点赞", "讚"),
    "collect": _label("Collect", "收藏", "收藏"),
    "comment": _label("Comment", "评论", "評論"),
    "say": _label("Say something...", "说点什么...", "說點什麼..."),
    "follow": _recalled_label("Follow", "关注", "關注"),
    "more": _recalled_label("more", "展开", "展開"),
    "less": _recalled_label("less", "收起", "收起"),
    "no_video": _recalled_label("No clip yet", "还没有视频", "還沒有影片"),
    "back": _recalled_label("Back", "返回", "返回"),
    "none": _recalled_label("Like", "赞", "讚"),
    "now": _recalled_label("just now", "刚刚", "剛剛"),
    "minutes": _recalled_label("{n} min ago", "{n}分钟前", "{n}分鐘前"),
    "hours": _recalled_label("{n} h ago", "{n}小时前", "{n}小時前"),
    "yesterday": _recalled_label("Yesterday {time}", "昨天 {time}", "昨天 {time}"),
    "days": _recalled_label("{n} days ago", "{n}天前", "{n}天前"),
}
ACTIONS = (("like", "heart"), ("collect", "star"), ("comment", "message-circle"))

TABLE = Table("xiaohongshu", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
