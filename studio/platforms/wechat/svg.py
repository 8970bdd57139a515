"""What of a drawing survives in an article.

Source: doocs/md, wechat-svg, 2026-08: no id, class, defs, references, styles or scripts; a few attributes may be
animated, transforms by translate, scale, rotate, skewX and skewY; width and height in px must be given.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from studio.platforms.wechat.limits import COLUMN

_NAMES = (
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
    "animate", "set", "animateTransform", "animateMotion",
)
_COMMON = (
    "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "width", "height", "viewBox", "fill",
    "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray",
    "stroke-dashoffset", "stroke-opacity", "opacity", "transform", "visibility", "font-size", "font-weight",
    "font-family", "text-anchor", "dominant-baseline", "dx", "dy", "preserveAspectRatio", "style",
)
_TIMES = (
    "attributeName", "type", "from", "to", "by", "values", "keyTimes", "keySplines", "calcMode", "dur", "begin", "end",
    "repeatCount", "repeatDur", "fill", "restart", "additive", "accumulate", "path", "rotate",
)
_MOVES = frozenset({"animate", "set", "animateTransform", "animateMotion"})
_MOVABLE = {
    "animate": ("x", "y", "width", "height", "opacity", "d", "points", "stroke-width", "stroke-linecap",
                "stroke-dashoffset", "fill"),
    "set": ("visibility",),
    "animateTransform": ("transform",),
}
_TURNS = ("translate", "scale", "rotate", "skewX", "skewY")
_BAD = re.compile(r"url\s*\(|javascript:|expression\s*\(|position\s*:|@import", re.IGNORECASE)
_DEEP = 60
_TALLEST = 50  # times its width: more is no drawing but a slip


def cleaned(source: str, dropped: list[str]) -> str:
    """The drawing as WeChat keeps it, "" when it cannot be read; what is left out is added to `dropped`."""
    if "<!" in source or "<?" in source:
        dropped.append("<svg>")
        return ""
    try:
        root = ElementTree.fromstring(source)
    except (ElementTree.ParseError, ValueError, RecursionError):
        dropped.append("<svg>")
        return ""
    if root.attrib.get("width") is None:
        _sized(root)
    return _written(root, dropped, 0)


def _plain(name: str) -> str:
    """Without its namespace; names of other namespaces keep a mark and so are never known."""
    space, _, local = name.rpartition("}")
    return local if space in ("", "{http://www.w3.org/2000/svg") else f"{space}:{local}"


def _sized(root: ElementTree.Element) -> None:
    """A drawing needs a size in px: the column's width, as high as its own shape where that makes sense."""
    numbers = re.findall(r"-?\d+(?:\.\d+)?", root.attrib.get("viewBox", ""))
    ratio = float(numbers[3]) / float(numbers[2]) if len(numbers) == 4 and float(numbers[2]) else 0.0
    high = round(COLUMN * (ratio if 0 < ratio <= _TALLEST else 0.5))
    root.attrib["width"], root.attrib["height"] = str(COLUMN), str(high)


def _written(node: ElementTree.Element, dropped: list[str], depth: int) -> str:
    from html import escape

    name = _plain(node.tag) if isinstance(node.tag, str) else ""
    if name not in _NAMES or depth > _DEEP or not _may_move(name, node):
        dropped.append(f"svg <{name.rpartition(':')[2] or '?'}>")
        return ""
    known = _TIMES if name in _MOVES else _COMMON
    parts = [f"<{name}"]
    if depth == 0:
        parts.append(' xmlns="http://www.w3.org/2000/svg"')
    for attribute, value in node.attrib.items():
        plain = _plain(attribute)
        if plain in known and not _BAD.search(value):
            parts.append(f' {plain}="{escape(value)}"')
        else:
            dropped.append(f"svg {plain.rpartition(':')[2]}")
    inner = [escape(node.text or "", quote=False)]
    for child in node:
        inner += [_written(child, dropped, depth + 1), escape(child.tail or "", quote=False)]
    return "".join((*parts, ">", *inner, f"</{name}>"))


def _may_move(name: str, node: ElementTree.Element) -> bool:
    """True for what is no animation, or one of the few that are allowed."""
    if name == "animateTransform" and node.attrib.get("type") not in _TURNS:
        return False
    return name not in _MOVABLE or node.attrib.get("attributeName") in _MOVABLE[name]
