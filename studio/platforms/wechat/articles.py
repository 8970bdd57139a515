"""A text in Markdown as the HTML that an article keeps, the pictures in it, and what had to be left out.

markdown-it-py makes HTML of it piece by piece; here its pictures get their numbers, `cleaning` does the rest.
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
from urllib.parse import unquote

from studio.platforms.wechat import svg
from studio.platforms.wechat.cleaning import ATTRIBUTES, DRAWING, PLACE, TAGS, finished, split
from studio.platforms.wechat.pieces import pieces

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

OWN_HOSTS = ("mmbiz.qpic.cn", "mmbiz.qlogo.cn")  # pictures that are at the platform already
_IMAGE = re.compile(rf'src="{PLACE}(\d+)"')
_SHORT = 4_000  # characters of a piece that is worth keeping
# Only these can bring a picture, a tag or a link with them; without one of them nothing can be left out.
_MARKED = re.compile(r"<[A-Za-z/!?]|!\[|\]\s*[(\[]|^\s*\[[^\]]+\]:", re.MULTILINE)
_SVG = re.compile(r"<svg\b", re.IGNORECASE)
_SVG_END = re.compile(r"</svg\s*>", re.IGNORECASE)
_BROKEN = re.compile("[\ud800-\udfff]")


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
    html, links = finished("".join(reader.made), reader.dropped)
    drawn = re.sub(rf'<img[^>]*src="{DRAWING}(\d+)"[^>]*>', lambda m: reader.drawings[int(m[1])], html)
    return Article(
        re.sub(r"\n+(?=</li>)", "", re.sub(r">\n+<", "><", drawn)).strip(), tuple(reader.pictures),
        _each([reader.dropped]), _each([reader.schemes]), _each([reader.unknown]), links,
    )


_kept = lru_cache(maxsize=2048)(whole)


@lru_cache(maxsize=128)
def _follows(number: int) -> str:
    """A picture below the text."""
    return finished(f'<p><img src="{PLACE}{number}"></p>', [])[0]


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
        return f'<img src="{DRAWING}{len(self.drawings) - 1}">'

    def number(self, picture: Picture) -> int:
        """Its place; the same picture twice is one."""
        return self.pictures.setdefault(picture, len(self.pictures))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.dropped.append(f"<{tag}>")
        known = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"title"} if tag in ("a", "img") else set())
        self.dropped += [name for name, _ in attrs if name not in known and tag in TAGS]
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
        if source.startswith(DRAWING) and source.removeprefix(DRAWING).isdigit():
            return source if int(source.removeprefix(DRAWING)) < len(self.drawings) else ""
        scheme, host = split(source)
        if scheme in ("http", "https") and host:
            return source if host in OWN_HOSTS else f"{PLACE}{self.number(Picture(url=source))}"
        if scheme:
            self.schemes.append(f"{scheme[:40]}:")
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


def _wrong_link(href: str) -> str:
    """What a link that is taken out is called: "javascript:", "#part"; "" for one that stays."""
    scheme, host = split(href.strip())
    if href.startswith("#") or not scheme:
        return href.strip()[:40]
    return "" if scheme in ("http", "https") and host else f"{scheme}:"


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
