"""Numbers and colours of a page's post in the feed, each with its source. Facebook publishes no geometry.

TOOLS: preview tools and clones that agree (social-previews, Mixpost, TryPost), read 2026-11-22; COLLAGE: measured by
third parties. "recalled" ones are known from use and are to be measured on the site. Only the feed is drawn here.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Confidence, Table, Value

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

TOKENS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "card": "#ffffff", "text": "#050505", "muted": "#65676b", "line": "#ced0d4", "link": "#216fdb",
        "fill": "#f0f2f5", "avatar": "#1877f2", "badge": "#000000", "on-badge": "#ffffff", "on-fill": "#050505",
    },
    "dark": {
        "card": "#242526", "text": "#e4e6eb", "muted": "#b0b3b8", "line": "#3e4042", "link": "#4599ff",
        "fill": "#3a3b3c", "avatar": "#1877f2", "badge": "#000000", "on-badge": "#ffffff", "on-fill": "#e4e6eb",
    },
}
TOKENS_SOURCE = "samples of the live site (light) and clones (dark); the dark link colour is recalled"

LABELS: Mapping[str, Mapping[str, str]] = {  # STRINGS; Chinese for sharing and "now" recalled
    "more": {"en": "See more", "zh_CN": "展开", "zh_TW": "查看更多"},
    "like": {"en": "Like", "zh_CN": "赞", "zh_TW": "讚"},
    "comment": {"en": "Comment", "zh_CN": "评论", "zh_TW": "留言"},
    "share": {"en": "Share", "zh_CN": "分享", "zh_TW": "分享"},
    "now": {"en": "Just now", "zh_CN": "刚刚", "zh_TW": "剛剛"},
    "public": {"en": "Public", "zh_CN": "公开", "zh_TW": "公開"},
}
ELLIPSIS = {"en": "… ", "zh_CN": "… ", "zh_TW": "……"}
ACTIONS = (("like", "thumbs-up"), ("comment", "message-circle"), ("share", "share-2"))

_TABLE = Table(SPEC, LABELS)
px, source, word = _TABLE.px, _TABLE.source, _TABLE.word
