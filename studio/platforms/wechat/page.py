"""The article as a web page: the very HTML that is sent, in a frame like that of the article's own page.

Pictures are `media:ID`; what is not attached is a grey place with its name. The page has no scripts and says so itself;
whoever shows it must have none and no network either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from studio.core.card import Theme, View
from studio.core.post import Content, Media
from studio.platforms.text import host, initial
from studio.platforms.wechat import options, rules, times
from studio.platforms.wechat.articles import Article
from studio.platforms.wechat.cleaning import PLACE
from studio.platforms.wechat.layout_page import attached
from studio.platforms.wechat.spec import ACTIONS, px, tokens, word

POLICY = "default-src 'none'; img-src media:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
FONTS = (
    '-apple-system-font,BlinkMacSystemFont,"Helvetica Neue","PingFang SC","Hiragino Sans GB","Microsoft YaHei UI",'
    '"Microsoft YaHei","Noto Sans SC",Arial,sans-serif'
)
_OURS = re.compile(rf'<img src="{PLACE}(\d+)"([^>]*)>')
_OTHERS = re.compile(r'<img src="(?!media:)([^"]*)"[^>]*>')
_SIZE = re.compile(r"(font-size:\s*)(\d+(?:\.\d+)?)px")
_ADDRESSES = re.compile(r'\shref="[^"]*"')


def page(content: Content, view: View) -> str:
    """A whole document."""
    body = _body(rules.built(content), tuple(attached(content).items()), view.text)
    parts = (_head(view), _title(content), _meta(content, view), f'<div class="body">{body}</div>',
             _foot(content, view), "</div>", _bar(content, view), "</body></html>")
    return "".join(parts)


def _head(view: View) -> str:
    language = escape(view.language.replace("_", "-"))
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="referrer" content="no-referrer">'
        f"<style>{_sheet(view.theme, view.text, view.width >= px('wide.from'))}</style></head>"
        '<body><div class="column">'
    )


def _title(content: Content) -> str:
    title = options.title(content)
    return f"<h1 class=\"title\">{escape(title)}</h1>" if title else ""


def _meta(content: Content, view: View) -> str:
    original = word("original", view.language) if options.flag(content, "original") else ""
    parts = (("chip", original), ("item", options.author(content)), ("name", content.name or content.handle),
             ("item", times.full(view)))
    return f'<p class="meta">{"".join(_item(kind, text) for kind, text in parts if text)}</p>'


def _item(kind: str, text: str) -> str:
    return f'<span class="{kind}">{escape(text)}</span>'


def _foot(content: Content, view: View) -> str:
    source = _item("name", word("source", view.language)) if content.link.strip() else ""
    return f'<p class="foot">{source}{_item("item", word("reads", view.language).format(n=0))}</p>'


def _bar(content: Content, view: View) -> str:
    """The account, and what a reader can do, in words."""
    name = content.name or content.handle
    asked = [each for each, _ in ACTIONS if each != "comment" or options.flag(content, "open_comment")]
    actions = "".join(_item("action", word(each, view.language)) for each in asked)
    return (
        f'<div class="bar"><div class="row">{_item("disc", initial(name))}{_item("owner", name)}'
        f"{actions}</div></div>"
    )


# body ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _body(article: Article, known: tuple[tuple[str, Media], ...], text: float) -> str:
    """The article's own HTML with its pictures in place; its links lead nowhere here, so they are words."""
    by_name = dict(known)

    def ours(found: re.Match[str]) -> str:
        number = int(found[1])
        picture = article.pictures[number] if number < len(article.pictures) else None
        media = by_name.get(picture.name) if picture else None
        if media is None:
            return _gone((picture.name or host(picture.url)) if picture else "")
        size = f' width="{media.width}" height="{media.height}"' if media.width and media.height else ""
        return f'<img src="media:{escape(media.media)}" alt="{escape(media.name)}"{size}{found[2]}>'

    html = _OURS.sub(ours, article.html)
    html = _OTHERS.sub(lambda found: _gone(host(found[1])), html)
    html = _ADDRESSES.sub("", html)
    return html if text == 1.0 else _SIZE.sub(lambda m: f"{m[1]}{float(m[2]) * text:g}px", html)


def _gone(name: str) -> str:
    """What stands for a picture that is not here."""
    return f'<span class="gone">{escape(name)}</span>'


# styles ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _sheet(theme: Theme, text: float, wide: bool) -> str:
    """The frame's style sheet; numbers and colours are those of the boxes."""
    ink = tokens(theme)

    def font(key: str, line: float) -> str:
        return f"font-size:{px(f'{key}.size') * text:g}px;line-height:{line * text:g}px"

    column = f"max-width:{px('column'):g}px;margin:0 auto;" if wide else ""
    padding = f"{px('wide.top') if wide else px('page.top'):g}px {0 if wide else px('page.side'):g}px"
    rules_ = [
        f"html{{background:{ink['card']};color:{ink['text']}}}body{{margin:0}}",
        f".column{{{column}padding:{padding} {px('page.bottom'):g}px;font-family:{FONTS};word-wrap:break-word;"
        "overflow-wrap:anywhere}",
        f".title{{margin:0 0 {px('title.gap'):g}px;font-weight:500;{font('title', px('title.line'))}}}",
        f".meta{{margin:0 0 {px('meta.bottom'):g}px;color:{ink['muted']};{font('meta', px('meta.line'))};font-size:0}}",
        f".meta span{{display:inline-block;margin:0 {px('meta.gap'):g}px {px('meta.gap'):g}px 0;"
        f"font-size:{px('meta.size') * text:g}px}}.name{{color:{ink['link']}}}",
        f".meta .chip{{background:{ink['chip']};color:{ink['on-chip']};font-size:{px('chip.size') * text:g}px;"
        f"padding:0 {px('chip.pad'):g}px;border-radius:{px('chip.radius'):g}px}}",
        f".body{{{font('text', px('text.line'))};letter-spacing:{px('text.spacing'):g}em;text-align:justify}}",
        ".body img{max-width:100%!important;height:auto!important;vertical-align:top}"
        ".body table{max-width:100%;display:block;overflow-x:auto}.body a{color:inherit;text-decoration:none}",
        f".gone{{display:flex;align-items:center;justify-content:center;aspect-ratio:{1 / px('unknown.shape'):g};"
        f"background:{ink['fill']};color:{ink['second']};{font('pre', px('pre.line'))}}}",
        f".foot{{margin:{px('foot.top'):g}px 0 0;color:{ink['muted']};{font('foot', px('foot.line'))}}}"
        f".foot span{{margin-right:{px('foot.gap'):g}px}}",
        _bar_sheet(theme, text, column or f"margin:0 {px('page.side'):g}px;"),
    ]
    return "".join((*rules_, _dark(ink["fill"], ink["line"]) if theme == "dark" else ""))


def _bar_sheet(theme: Theme, text: float, column: str) -> str:
    ink, disc = tokens(theme), px("bar.avatar")
    return (
        f".bar{{margin-top:{px('bar.top') - px('page.bottom'):g}px;border-top:{px('hair'):g}px solid {ink['hair']};"
        f"font-family:{FONTS};font-size:{px('bar.size') * text:g}px;line-height:{px('bar.line') * text:g}px}}"
        f".row{{{column}padding:{px('bar.pad'):g}px 0;display:flex;align-items:center;white-space:nowrap}}"
        f".disc{{flex:none;width:{disc:g}px;line-height:{disc:g}px;border-radius:50%;background:{ink['avatar']};"
        f"color:{ink['on-badge']};text-align:center;font-weight:600}}"
        f".owner{{flex:1;margin:0 {px('bar.near'):g}px;overflow:hidden;text-overflow:ellipsis}}"
        f".action{{margin-left:{px('bar.gap'):g}px;color:{ink['second']}}}"
    )


def _dark(fill: str, line: str) -> str:
    """What our own style sheet colours, as it is in the dark."""
    return (
        f".body pre{{background:{fill}!important}}"
        f".body blockquote,.body td,.body th{{border-color:{line}!important}}"
    )
