"""A text in Markdown as the HTML that an article keeps, the pictures in it, and what had to be left out.

markdown-it-py makes HTML of it, nh3 leaves only what is allowed, css-inline writes our small style sheet into the
tags, and the last pass puts right what the editor of the platform cannot have. Source of those rules: doocs/md,
clipboard-dom and wechat-svg, 2026-08, and the official page Draft_Box/Add_draft: no scripts, style sheets, frames,
forms, events, id, class or position; widths in `style`; a list inside a list after its item; no anchors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from studio.platforms.wechat import svg
from studio.platforms.wechat.pieces import pieces

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PLACE = "yigao-image:"  # stands in `src` until a picture has its address at the platform
OWN_HOSTS = ("mmbiz.qpic.cn", "mmbiz.qlogo.cn")  # pictures that are at the platform already
_DRAWING = "yigao-svg:"
_IMAGE = re.compile(rf'src="{PLACE}(\d+)"')
_SHORT = 4_000  # characters of a piece that is worth keeping
# Only these can bring a picture, a tag or a link with them; without one of them nothing can be left out.
_MARKED = re.compile(r"<[A-Za-z/!?]|!\[|\]\s*[(\[]|^\s*\[[^\]]+\]:", re.MULTILINE)
_SVG = re.compile(r"<svg\b", re.IGNORECASE)
_SVG_END = re.compile(r"</svg\s*>", re.IGNORECASE)
_BROKEN = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_DEEPEST = 60  # tags inside one another, our own choice: at thousands css-inline ends the whole program
_TAGS = frozenset(
    "section p span strong b em i u s del br h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td "
    "a img hr sup sub div".split()
)
_EMPTY = ("br", "hr", "img")
_WITH_CONTENT = frozenset({"script", "style", "iframe", "form", "object", "embed", "template", "noscript", "math",
                           "textarea", "select", "button", "audio", "video", "canvas", "title"})
_ATTRIBUTES = {
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
_BAD_VALUE = re.compile(r"url\s*\(|expression\s*\(|javascript:|var\s*\(", re.IGNORECASE)
SHEET = """
p{margin:0 0 1em}h1{font-size:22px;margin:1.2em 0 .6em}h2{font-size:20px;margin:1.2em 0 .6em}
h3{font-size:18px;margin:1em 0 .5em}
blockquote{margin:0 0 1em;padding-left:10px;border-left:3px solid #dbdbdb;color:#888}
pre{margin:0 0 1em;padding:12px;background:#f7f7f7;overflow-x:auto;white-space:pre}
code{font-family:Menlo,Consolas,monospace;font-size:14px}table{border-collapse:collapse;margin:0 0 1em}
th,td{border:1px solid #dbdbdb;padding:6px 10px}ul,ol{margin:0 0 1em;padding-left:1.5em}
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in the text: the name of an attached one, or an address outside."""

    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """html: with `src="yigao-image:N"` for `pictures[N]`. The rest is what had to be left out, each once.

    dropped   tags, attributes and styles: "<script>", "onclick", "position"
    schemes   of pictures that are no files and no web addresses: "data:", "file:"
    unknown   names of pictures that are not attached
    links     how many links lead elsewhere than to the platform's own pages
    """

    html: str
    pictures: tuple[Picture, ...] = ()
    dropped: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    links: int = 0


def marked(text: str) -> bool:
    """False when the text can hold neither pictures nor anything that is left out. Quick."""
    return _MARKED.search(text) is not None


@lru_cache(maxsize=16)
def article(text: str, names: tuple[str, ...], hidden: tuple[str, ...] = ()) -> Article:
    """The article of `text`.

    names    of the attached pictures; those the text does not mention follow it in their order
    hidden   names that do not follow (a picture that is the cover only)
    """
    text = _BROKEN.sub("\ufffd", text)  # the check says what is wrong with it
    parts = [_kept(piece, names) if len(piece) <= _SHORT else whole(piece, names) for piece in pieces(text)]
    numbers: dict[Picture, int] = {}
    made = [_renumbered(part, numbers) for part in parts]
    left = [Picture(name) for name in dict.fromkeys(names) if name not in hidden and Picture(name) not in numbers]
    made.append("".join(_follows(numbers.setdefault(each, len(numbers))) for each in left))
    return Article(
        "".join(made), tuple(numbers), _each(part.dropped for part in parts), _each(part.schemes for part in parts),
        _each(part.unknown for part in parts), sum(part.links for part in parts),
    )


def whole(text: str, names: tuple[str, ...]) -> Article:
    """The same of a text or a piece of one, without the pictures that follow it."""
    reader = _Reader(names)
    reader.read(_drawn(_rendered(text), reader.drawing))
    html, links = _finished("".join(reader.made), reader.dropped)
    drawn = re.sub(rf'<img[^>]*src="{_DRAWING}(\d+)"[^>]*>', lambda m: reader.drawings[int(m[1])], html)
    return Article(
        re.sub(r"\n+(?=</li>)", "", re.sub(r">\n+<", "><", drawn)).strip(), tuple(reader.pictures),
        _each([reader.dropped]), _each([reader.schemes]), _each([reader.unknown]), links,
    )


_kept = lru_cache(maxsize=2048)(whole)


@lru_cache(maxsize=128)
def _follows(number: int) -> str:
    """A picture below the text."""
    return _finished(f'<p><img src="{PLACE}{number}"></p>', [])[0]


def _finished(html: str, dropped: list[str]) -> tuple[str, int]:
    """Cleaned, styled and as the platform has it; and how many links lead outside."""
    last = _Last()
    last.feed(_styled(_shallow(_allowed(html, dropped), dropped)))
    last.close()
    return last.html, last.links


def _renumbered(part: Article, numbers: dict[Picture, int]) -> str:
    """A piece with its pictures' numbers in the whole article, to which they are added."""
    own = [numbers.setdefault(picture, len(numbers)) for picture in part.pictures]
    if own == list(range(len(own))):
        return part.html
    return _IMAGE.sub(lambda found: f'src="{PLACE}{own[int(found[1])]}"', part.html)


def _each(found: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(chain.from_iterable(found)))


def _rendered(text: str) -> str:
    return str(_markdown().render(text))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    """Line breaks stay, and indented lines are no code: plain text looks as it was written. Used by many threads."""
    from markdown_it import MarkdownIt

    rendering = MarkdownIt("commonmark", {"html": True, "breaks": True, "langPrefix": ""})
    rendering.enable(["table", "strikethrough"]).disable("code")
    rendering.validateLink = lambda url: True  # type: ignore[method-assign]  # we tell what is wrong with it
    rendering.add_render_rule("fence", lambda self, tokens, at, options, env: (
        f"<pre><code>{escape(tokens[at].content.rstrip(chr(10)), quote=False)}</code></pre>\n"))
    rendering.render("*a*")  # its rules are sorted at the first use, which must be over before another thread comes
    return rendering


def _drawn(html: str, drawing: Callable[[str], str]) -> str:
    """With a place for each drawing; one that never ends is left to the reader, which drops its tags."""
    made, at = [], 0
    while (begins := _SVG.search(html, at)) and (ends := _SVG_END.search(html, begins.end())):
        made += [html[at : begins.start()], drawing(html[begins.start() : ends.end()])]
        at = ends.end()
    return "".join((*made, html[at:]))


class _Reader(HTMLParser):
    """Goes through the HTML before anything is taken out: numbers the pictures, and notes what will be gone."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=False)
        self.names = names
        self.made: list[str] = []
        self.pictures: dict[Picture, int] = {}
        self.dropped: list[str] = []
        self.schemes: list[str] = []
        self.unknown: list[str] = []
        self.drawings: list[str] = []

    def read(self, html: str) -> None:
        self.feed(html)
        self.close()

    def drawing(self, source: str) -> str:
        self.drawings.append(svg.cleaned(source, self.dropped))
        return f'<img src="{_DRAWING}{len(self.drawings) - 1}">'

    def number(self, picture: Picture) -> int:
        """Its place; the same picture twice is one."""
        return self.pictures.setdefault(picture, len(self.pictures))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self.dropped.append(f"<{tag}>")
        known = _ATTRIBUTES["*"] | _ATTRIBUTES.get(tag, set()) | ({"title"} if tag in ("a", "img") else set())
        self.dropped += [name for name, _ in attrs if name not in known and tag in _TAGS]
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._image(given)
            return
        if tag == "a" and (wrong := _wrong_link(given.get("href", ""))):
            self.dropped.append(wrong)
        self.made.append(self.get_starttag_text() or "")

    handle_startendtag = handle_starttag  # "<br />" has no end

    def _image(self, attributes: dict[str, str]) -> None:
        place = self._place(attributes.get("src", "").strip())
        kept = "".join(
            f' {name}="{escape(attributes[name])}"' for name in ("width", "height", "style") if attributes.get(name)
        )
        if place:
            self.made.append(f'<img src="{escape(place)}"{kept}>')

    def _place(self, source: str) -> str:
        """What stands in `src` from here on, "" when the picture cannot be had."""
        name = unquote(source)
        if name in self.names:
            return f"{PLACE}{self.number(Picture(name))}"
        if source.startswith(_DRAWING) and source.removeprefix(_DRAWING).isdigit():
            return source if int(source.removeprefix(_DRAWING)) < len(self.drawings) else ""
        scheme, host = _split(source)
        if scheme in ("http", "https") and host:
            return source if host in OWN_HOSTS else f"{PLACE}{self.number(Picture(url=source))}"
        if scheme:
            self.schemes.append(f"{scheme}:")
        else:
            self.unknown.append(name[:80])
        return ""

    def handle_endtag(self, tag: str) -> None:
        self.made.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.dropped.append("<!-- -->")

    def parse_html_declaration(self, i: int) -> int:
        """Python's own parser stops the whole program at "<![1"."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_decl(self, decl: str) -> None:
        self.dropped.append("<!>")

    def unknown_decl(self, data: str) -> None:
        self.dropped.append("<!>")

    def handle_pi(self, data: str) -> None:
        self.dropped.append("<?>")

    def handle_data(self, data: str) -> None:
        """What only looks like a tag stays words: a comment that nobody ended would take the rest along."""
        self.made.append(data.replace("<", "&lt;"))

    def handle_entityref(self, name: str) -> None:
        self.made.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.made.append(f"&#{name};")


def _split(address: str) -> tuple[str, str]:
    """Scheme and host, "" where there is none."""
    try:
        parts = urlsplit(address)
        return parts.scheme.lower(), (parts.hostname or "").lower()
    except ValueError:
        return "", ""


def _wrong_link(href: str) -> str:
    """What a link that is taken out is called: "javascript:", "#part"; "" for one that stays."""
    scheme, host = _split(href.strip())
    if href.startswith("#") or not scheme:
        return href.strip()[:40]
    return "" if scheme in ("http", "https") and host else f"{scheme}:"


def _allowed(html: str, dropped: list[str]) -> str:
    import nh3

    def attribute(tag: str, name: str, value: str) -> str | None:
        return _style(value, dropped) or None if name == "style" else value

    return nh3.clean(
        html, tags=set(_TAGS), clean_content_tags=set(_WITH_CONTENT), attributes=dict(_ATTRIBUTES),
        attribute_filter=attribute, link_rel=None,
        url_schemes={"http", "https", PLACE.rstrip(":"), _DRAWING.rstrip(":"), "javascript", "data", "file", "weixin"},
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
        scheme, host = _split(href)
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


def filled(html: str, addresses: dict[int, str]) -> str:
    """With the pictures' addresses at the platform."""
    def address(found: re.Match[str]) -> str:
        return f'src="{escape(addresses.get(int(found[1]), ""))}"'

    return _IMAGE.sub(address, html)


def by_hand(article: Article, numbers: Mapping[str, int]) -> str:
    """For the clipboard: pictures outside stay, and where one that is dropped in by hand goes, its file is named.

    numbers   name of an attached file -> its place among the post's files, from 1
    """
    def place(found: re.Match[str]) -> str:
        picture = article.pictures[int(found[1])]
        if picture.url:
            return f'<img src="{escape(picture.url)}">'
        return f"<strong>[{numbers.get(picture.name, 0):02} {escape(picture.name)}]</strong>"

    return re.sub(rf'<img src="{PLACE}(\d+)"[^>]*>', place, article.html)


def plain(html: str) -> str:
    """The words of it, one line per paragraph."""
    broken = re.sub(r"<br>|</(?:td|th|p|h[1-6]|li|pre|tr|blockquote|section|table)>", "\n", html)
    lines = (" ".join(unescape(re.sub(r"<[^>]*>", "", line)).split()) for line in broken.split("\n"))
    return "\n".join(line for line in lines if line)
