"""Numbers and colours of the practice page; the same as in page.css, and a test compares them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.platforms.boxes import Ink, Label, Table, Value

CHECKED = "2026-11-24"


def _ours(value: float, where: str) -> Value:
    return Value(value, f"page.css, {where}", seen=CHECKED)


SPEC: Mapping[str, Value] = {
    "pad.x": _ours(28, "article"), "pad.y": _ours(24, "article"), "radius": _ours(14, "article"),
    "border": _ours(1, "article"),
    "title.size": _ours(21, "h2"), "title.line": _ours(29, "h2"), "title.gap": _ours(8, "h2"),
    "text.size": _ours(17, "body"), "text.line": _ours(29, "body"),
    "media.top": _ours(16, ".media"), "media.gap": _ours(6, ".media"), "media.radius": _ours(8, "figure img"),
    "one.most": _ours(720, ".media.n1 img"), "video.ratio": _ours(16 / 9, "a clip whose size is not known"),
    "alt.size": _ours(13, "details"), "alt.line": _ours(21, "details"), "alt.pad": _ours(4, "summary"),
    "link.top": _ours(16, ".link"), "link.pad.x": _ours(16, ".link"), "link.pad.y": _ours(12, ".link"),
    "link.radius": _ours(10, ".link"), "link.size": _ours(15, ".link"), "link.line": _ours(26, ".link"),
    "tags.top": _ours(12, ".tags"), "tags.size": _ours(15, ".tags"), "tags.line": _ours(26, ".tags"),
    "foot.top": _ours(16, "footer"), "foot.size": _ours(13, "footer"), "foot.line": _ours(22, "footer"),
}


def _ink(light: str, dark: str) -> Ink:
    return Ink(light, dark, "page.css", seen=CHECKED)


INKS: Mapping[str, Ink] = {
    "card": _ink("#ffffff", "#1a1b1f"),
    "text": _ink("#1c1d21", "#ecedf0"),
    "muted": _ink("#565962", "#abaeb8"),
    "line": _ink("#e2e2dd", "#2c2e34"),
    "link": _ink("#3645bf", "#a6b0ff"),
}


def _label(en: str, zh_CN: str, zh_TW: str) -> Label:
    return Label(en, zh_CN, zh_TW, "our own page", seen=CHECKED)


LABELS: Mapping[str, Label] = {
    "now": _label("just now", "刚刚", "剛剛"),
}

TABLE = Table("practice", CHECKED, SPEC, LABELS, INKS)
px, rule, word, tokens = TABLE.px, TABLE.rule, TABLE.word, TABLE.tokens
