"""HTML without what an article cannot have: cleaned, its styles in the tags, and put as the platform keeps it.

nh3 leaves only what is allowed, css-inline writes our small style sheet into the tags, the last pass puts right what
the editor of the platform cannot have. Source of those rules: doocs/md, clipboard-dom and wechat-svg, 2026-08, and the
official page Draft_Box/Add_draft: no scripts, style sheets, frames, forms, events, id, class or position; widths in
`style`; a list inside a list after its item; no anchors.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

PLACE = "yigao-image:"  # stands in `src` until a picture has its address at the platform
DRAWING = "yigao-svg:"
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_DEEPEST = 60  # tags inside one another, our own choice: at thousands css-inline ends the whole program
TAGS = frozenset(
    "section p span strong b em i u s del br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td "
    "a img hr sup sub div".split()
)
_EMPTY = ("br", "hr", "img")
_WITH_CONTENT = frozenset({"script", "style", "iframe", "form", "object", "embed", "template", "noscript", "math",
                           "textarea", "select", "button", "audio", "video", "canvas", "title"})
ATTRIBUTES = {
    "*": {"style"}, "a": {"href"}, "img": {"src", "width", "height", "alt"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"}, "ol": {"start"},
}
_PROPERTIES = frozenset(
    "color background background-color font-size font-weight font-style font-family line-height letter-spacing "
    "text-align text-decoration text-indent margin margin-top margin-right margin-bottom margin-left padding "
    "padding-top padding-right padding-bottom padding-left border border-top border-right border-bottom border-left "
    "border-radius border-color border-width border-style width max-width height max-height min-width min-height "
    "display vertical-align white-space word-break overflow overflow-x box-shadow opacity list-style-type "
    "border-collapse box-sizing float clear flex justify-content align-items".split()
)
_BAD_VALUE = re.compile(r"url\s*\(|expression\s*\(|javascript:|var\s*\(|image-set\s*\(|\\", re.IGNORECASE)
SHEET = """
p{margin:0 0 1em}h1{font-size:22px;margin:1.2em 0 .6em}h2{font-size:20px;margin:1.2em 0 .6em}
h3{font-size:18px;margin:1em 0 .5em}
blockquote{margin:0 0 1em;padding-left:10px;border-left:3px solid #dbdbdb;color:#888}
pre{margin:0 0 1em;padding:12px;background:#f7f7f7;overflow-x:auto;white-space:pre}
code{font-family:Menlo,Consolas,monospace;font-size:14px}table{border-collapse:collapse;margin:0 0 1em}
th,td{border:1px solid #dbdbdb;padding:6px 10px}ul,ol{margin:0 0 1em;padding-left:1.5em}
"""


def finished(html: str, dropped: list[str]) -> tuple[str, int]:
    """Cleaned, styled and as the platform has it; and how many links lead outside."""
    last = _Last()
    last.feed(_styled(_shallow(_allowed(html, dropped), dropped)))
    last.close()
    return last.html, last.links


def split(address: str) -> tuple[str, str]:
    """Scheme and host, "" where there is none."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return "", ""


def _allowed(html: str, dropped: list[str]) -> str:
    import nh3

    def attribute(tag: str, name: str, value: str) -> str | None:
        return _style(value, dropped) or None if name == "style" else value

    return nh3.clean(
        html, tags=set(TAGS), clean_content_tags=set(_WITH_CONTENT), attributes=dict(ATTRIBUTES),
        attribute_filter=attribute, link_rel=None,
        url_schemes={"http", "https", PLACE.rstrip(":"), DRAWING.rstrip(":"), "javascript", "data", "file", "weixin"},
    )


def _shallow(html: str, dropped: list[str]) -> str:
    """Without the tags that stand too deep in others; their words stay. html: well-formed, ">" only ends a tag."""
    if html.count("</") <= _DEEPEST:
        return html
    depth = 0

    def tag(found: re.Match[str]) -> str:
        nonlocal depth
        if found[2] in _EMPTY:
            return found[0]
        depth -= bool(found[1])
        kept = depth < _DEEPEST
        depth += not found[1]
        if not kept:
            dropped.append(f"<{found[2]}>")
        return found[0] if kept else ""

    return _TAG.sub(tag, html)


def _style(declared: str, dropped: list[str]) -> str:
    """The declarations that stay; `position`, references and variables do not."""
    kept = []
    for declaration in declared.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if not name:
            continue
        if name.lower() in _PROPERTIES and value and not _BAD_VALUE.search(value):
            kept.append(f"{name.lower()}:{value}")
        else:
            dropped.append(name.lower()[:40])
    return ";".join(kept)


def _styled(html: str) -> str:
    import css_inline

    inliner = css_inline.CSSInliner(
        inline_style_tags=False, load_remote_stylesheets=False, extra_css=None, minify_css=True)
    return inliner.inline_fragment(html, SHEET)


class _Last(HTMLParser):
    """Well-formed HTML in, the platform's own way of lists, links and picture sizes out. links: that lead outside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self._made: list[str] = []
        self._open: list[str] = []
        self._ended: list[bool] = []  # of each open <li>: was it ended before its inner list?
        self.links = 0

    @property
    def html(self) -> str:
        return "".join(self._made)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("ul", "ol") and self._open[-1:] == ["li"]:
            self._end_item()
        else:
            self._resume()
        if tag == "li":
            self._ended.append(False)
        if tag == "a" and not self._is_link(given.get("href", "")):
            self._open.append("")  # only its text stays
            return
        if tag not in _EMPTY:
            self._open.append("section" if tag == "div" else tag)
        self._made.append(self._tag("section" if tag == "div" else tag, given))

    def _is_link(self, href: str) -> bool:
        scheme, host = split(href)
        if scheme not in ("http", "https") or not host:
            return False
        self.links += host != "mp.weixin.qq.com"
        return True

    @staticmethod
    def _tag(tag: str, given: dict[str, str]) -> str:
        if tag == "img":
            sizes = [f"{n}:{given.pop(n).removesuffix('px')}px" for n in ("width", "height")
                     if re.fullmatch(r"\d+(px)?", given.get(n, ""))]
            style = [given["style"].rstrip(";")] if given.get("style") else []
            given = {"src": given.get("src", ""), **({"style": ";".join((*style, *sizes))} if style or sizes else {})}
        return f"<{tag}{''.join(f' {name}={chr(34)}{escape(value)}{chr(34)}' for name, value in given.items())}>"

    def _end_item(self) -> None:
        if self._ended and not self._ended[-1]:
            self._made.append("</li>")
            self._ended[-1] = True

    def _resume(self) -> None:
        """Words after an inner list are an item of their own."""
        if self._open[-1:] == ["li"] and self._ended[-1]:
            self._made.append("<li>")
            self._ended[-1] = False

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY or not self._open:
            return
        name = self._open.pop()
        if name == "li" and self._ended.pop():
            return
        if name:
            self._made.append(f"</{name}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._resume()
        self._made.append(data)

    def handle_entityref(self, name: str) -> None:
        self._made.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._made.append(f"&#{name};")
