"""Numbers and colours of a page's post in the feed, each with its source. Facebook publishes no geometry.

TOOLS: preview tools and clones that agree (social-previews, Mixpost, TryPost), read 2026-11-22; COLLAGE: measured by
third parties. "recalled" ones are known from use and are to be measured on the site. Only the feed is drawn here.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.card import Confidence
from studio.platforms.boxes import Ink, Label, Table, Value

TOOLS = "preview tools (social-previews, Mixpost), read 2026-11-22"
COLLAGE = "third-party measurements of photo collages, read 2026-11-22"
STRINGS = "words on the live site, as scrapers match them, read 2026-11-22"
MEASURE = "known from use; to be measured on the site"
CHECKED = "2026-11-22"


def _of(value: float, source: str, confidence: Confidence = "third-party") -> Value:
    return Value(value, source, confidence)


def _recalled(value: float) -> Value:
    return Value(value, MEASURE, "recalled")


SPEC: Mapping[str, Value] = {
    "desktop.from": _recalled(500), "pad": _of(16, TOOLS), "pad.phone": _recalled(12),
    "radius": _recalled(8), "line": _of(1, TOOLS),
    "head.top": _of(12, TOOLS), "head.bottom": _of(8, TOOLS), "head.gap": _recalled(8),
    "avatar": _of(40, TOOLS), "name.size": _of(15, TOOLS), "name.line": _of(20, TOOLS),
    "meta.size": _of(13, TOOLS), "meta.line": _of(16, TOOLS), "globe": _of(12, TOOLS), "globe.gap": _recalled(4),
    "text.size": _of(15, TOOLS), "text.line": _of(20, TOOLS), "text.bottom": _of(16, TOOLS),
    "large.size": _recalled(24), "large.line": _recalled(28), "large.most": _recalled(85),
    "fold.lines": _recalled(5),
    "gap": _of(4, COLLAGE), "one.tallest": _of(1.5, COLLAGE), "four.top": _of(1.5, COLLAGE),
    "clip.tallest": _of(1.25, TOOLS), "clip.usual": _of(16 / 9, TOOLS),
    "shown": _of(5, TOOLS), "hidden.from": _of(5, TOOLS), "hidden.size": _of(30, TOOLS), "hidden.line": _recalled(36),
    "square": _recalled(0.05),
    "card.ratio": _of(1.91, TOOLS), "card.pad": _of(12, TOOLS), "card.pad.x": _of(16, TOOLS),
    "host.size": _of(13, TOOLS), "host.line": _recalled(16), "title.size": _of(15, TOOLS),
    "title.line": _recalled(20), "title.lines": _of(2, TOOLS), "card.icon": _recalled(24),
    "action.height": _of(42, TOOLS), "action.size": _of(15, TOOLS), "action.line": _recalled(20),
    "action.icon": _recalled(18), "action.gap": _recalled(6),
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
    "badge": _ink("#000000", "#000000"),
    "on-badge": _ink("#ffffff", "#ffffff"),
    "on-fill": _ink("#050505", "#e4e6eb"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, f"{STRINGS}; Chinese for sharing and now recalled", "third-party")


LABELS: Mapping[str, Label] = {
    "more": _label("See more", "展开", "查看更多"),
    "like": _label("Like", "赞", "讚"),
    "comment": _label("Comment", "评论", "留言"),
    "share": _label("Share", "分享", "分享"),
    "now": _label("Just now", "刚刚", "剛剛"),
    "public": _label("Public", "公开", "公開"),
}
ELLIPSIS = {"en": "… ", "zh_CN": "… ", "zh_TW": "……"}
ACTIONS = (("like", "thumbs-up"), ("comment", "message-circle"), ("share", "share-2"))

TABLE = Table("facebook", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
