"""The review file: one HTML page with every preview inside it, which loads nothing and can change nothing here.

Its style and its script stand in `review_page.html` and are allowed by their hashes; everything else is words, escaped.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from studio.core import review
from studio.core.review import Place, place_to_json
from studio.core.schema import CURRENT
from studio.core.words import Marked, N
from studio.services.words import speak
from studio.store.text import clean

_FILE = Path(__file__).with_name("review_page.html")
_HTML_LANGUAGE = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}
_HOLE = re.compile(r"\{\{([a-z]+)\}\}")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNFIT = re.compile(r"[^\w]+")
# What the script fills in itself keeps its {place}.
_SCRIPT = {
    "comment": N("client", "Comment {number}", number="{number}"), "edit": N("client", "Edit"),
    "drop": N("client", "Delete"), "added": N("client", "Comment added"), "none": N("client", "Nothing said yet"),
    "place": N("client", "Place {x} % across, {y} % down. Arrow keys move it, Enter goes on, Esc takes it away.",
               x="{x}", y="{y}"),
    "count": N("client", "Comments and verdicts: {count}", count="{count}"),
    "copied": N("client", "Copied. Paste it into your answer."),
    "saved": N("client", "Saved as {file} in your downloads. Send this file back.", file="{file}"),
    "select": N("client", "Copy the selected text by hand."),
}  # fmt: skip
_THEMES = {"light": N("client", "Light"), "dark": N("client", "Dark")}


@dataclass(frozen=True, slots=True)
class Picture:
    """One preview of the page.

    width    CSS px at which it is shown, whatever the picture itself has
    png      the picture's bytes, PNG or JPEG
    spoken   what it shows, for people who cannot see it
    """

    place: Place
    platform: str
    account: str
    surface: str
    width: int
    height: int
    png: bytes
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """What stands in a post, without its pictures. account: whose own it is, "" for all."""

    account: str
    title: str
    text: str
    link: str = ""
    tags: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a review file says. at: when it was made, with a zone."""

    review: str
    post: str
    heading: str
    who: str
    at: datetime
    texts: tuple[Texts, ...]
    pictures: tuple[Picture, ...]


def page(made: Page, language: str) -> str:
    """The HTML, whole; in "en", "zh_CN" or "zh_TW"."""
    template = _template()
    title = speak(N("client", "Review: {heading}", heading=made.heading or f"{made.at:%Y-%m-%d}"), language)
    holes = {
        "lang": _HTML_LANGUAGE.get(language, "en"), "title": _escaped(title), "policy": _policy(template),
        "body": _body(made, title, language), "data": _data(made, language),
    }
    return _HOLE.sub(lambda hole: holes[hole[1]], template)


@cache
def _template() -> str:
    return _FILE.read_text(encoding="utf-8")


def _policy(template: str) -> str:
    """Nothing may be loaded; the page's own style and script are known by their bytes."""
    style, script = (_hash(_inside(template, tag)) for tag in ("<style>", "<script>"))
    return (f"default-src 'none'; img-src data:; style-src '{style}'; script-src '{script}'; base-uri 'none'; "
            "form-action 'none'")


def _inside(template: str, tag: str) -> str:
    return template.partition(tag)[2].partition(tag.replace("<", "</"))[0]


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _escaped(text: str) -> str:
    """Text that stays text, in an element or a quoted attribute, and keeps its order of letters."""
    return html.escape(_TURNING.sub("", clean(text))).replace("\r", "&#13;")


def _words(marked: Marked, language: str) -> str:
    return _escaped(speak(marked, language))


def _body(made: Page, title: str, language: str) -> str:
    parts = [
        "<header>", f'<h1 dir="auto">{_escaped(title)}</h1>', _made_by(made, language),
        f"<p>{_words(_LEAD, language)}</p>",
        f'<p class="unable">{_words(_UNABLE, language)}</p>', "</header>", "<main>",
        *_groups(made.pictures, language), *(_text_block(texts, language) for texts in made.texts), "</main>",
        _bar(language),
    ]
    return "\n".join(parts)


_LEAD = N(
    "client",
    "Approve each preview or ask for changes. Click a picture to comment on that place. Save your comments at the end "
    "and send the file back; this page itself sends nothing and changes nothing.")
_UNABLE = N("client", "Scripts are off in this viewer, so you can only read. Open the file in a browser to comment.")


def _made_by(made: Page, language: str) -> str:
    when = f"{made.at:%Y-%m-%d %H:%M}"
    said = N("client", "Made by {who}, {when}", who=made.who, when=when) if made.who else N(
        "client", "Made {when}", when=when)
    return f'<p class="soft" dir="auto">{_words(said, language)}</p>'


def _text_block(texts: Texts, language: str) -> str:
    head = N("client", "Text for {account}", account=texts.account) if texts.account else N("client", "Text")
    rows = [
        (N("client", "Title"), texts.title), (N("client", "Text"), texts.text), (N("client", "Link"), texts.link),
        (N("client", "Tags"), " ".join(f"#{tag}" for tag in texts.tags)),
        *((N("client", "Reply {number}", number=n), text) for n, text in enumerate(texts.replies, 1)),
    ]
    lines = "".join(
        f'<dt>{_words(label, language)}</dt><dd dir="auto">{_escaped(text)}</dd>' for label, text in rows if text)
    opened = "" if texts.account else " open"
    summary = _words(head, language)
    return f'<details class="words"{opened}><summary>{summary}</summary><dl>{lines}</dl></details>' if lines else ""


def _groups(pictures: Sequence[Picture], language: str) -> Iterable[str]:
    """Previews under a heading for each account."""
    last = ("", "")
    for number, picture in enumerate(pictures, 1):
        head = " · ".join(dict.fromkeys(part for part in (picture.platform, picture.account) if part))
        if (whose := (picture.place.account, picture.place.platform)) != last:
            yield ("</div></section>" if number > 1 else "") + (
                f'<section><h2 dir="auto">{_escaped(head)}</h2><div class="previews">')
            last = whose
        yield _figure(picture, f"p{number}", language)
    yield "</div></section>" if pictures else ""


def _figure(picture: Picture, id: str, language: str) -> str:
    name = f"{picture.surface} · {speak(_THEMES[picture.place.theme], language)}"
    alt = speak(N("client", "Preview of {platform}, {surface}", platform=picture.platform, surface=name), language)
    kind = "jpeg" if picture.png[:2] == b"\xff\xd8" else "png"
    data = base64.b64encode(picture.png).decode()
    described = f"{alt}. {picture.spoken}" if picture.spoken else alt
    judging = "".join(
        f'<button type="button" class="{style}" data-verdict="{verdict}" aria-pressed="false">'
        f"{_words(words, language)}</button>" for verdict, style, words in _VERDICTS)
    return (
        f'<figure id="{id}" aria-label="{_escaped(alt)}"><figcaption><h3>{_escaped(name)}</h3></figcaption>'
        f'<div class="stage"><img alt="{_escaped(described)}" width="{picture.width}" height="{picture.height}" '
        f'src="data:image/{kind};base64,{data}"></div>'
        f'<ol class="said" aria-label="{_words(N("client", "Comments"), language)}"></ol>'
        f'<div class="tools needs" role="group" aria-label="{_words(N("client", "Verdict"), language)}">{judging}'
        f'<button type="button" class="place">{_words(N("client", "Point at a place"), language)}</button></div>'
        f'<form class="needs"><label for="{id}-text">{_words(N("client", "Comment"), language)}</label>'
        f'<textarea id="{id}-text" rows="2" maxlength="{review.LONGEST}" dir="auto"></textarea>'
        f'<div class="acts"><button>{_words(N("client", "Add comment"), language)}</button></div></form></figure>'
    )


_VERDICTS = (("approved", "yes", N("client", "Approve")), ("changes", "no", N("client", "Ask for changes")))


def _bar(language: str) -> str:
    return (
        '<footer class="bar needs"><div>'
        f'<label for="name">{_words(N("client", "Your name"), language)}</label>'
        f'<input id="name" maxlength="{review.LONGEST_NAME}" autocomplete="name" dir="auto" '
        f'placeholder="{_words(N("client", "Your name"), language)}">'
        '<span class="grow" id="status" role="status" aria-live="polite"></span>'
        f'<button type="button" id="copy">{_words(N("client", "Copy comments"), language)}</button>'
        f'<button type="button" id="save" class="main">{_words(N("client", "Save comments"), language)}</button></div>'
        f'<textarea id="raw" readonly hidden aria-label="{_words(N("client", "Comments"), language)}"></textarea>'
        "</footer>"
    )


def _data(made: Page, language: str) -> str:
    """What the script works with, as JSON that cannot end its element."""
    plain: Mapping[str, Any] = {
        "schema": CURRENT["remarks"], "review": made.review, "post": made.post, "longest": review.LONGEST,
        "longestName": review.LONGEST_NAME, "file": answer_name(made.heading),
        "previews": {f"p{n}": place_to_json(p.place) for n, p in enumerate(made.pictures, 1)},
        "words": {name: speak(marked, language) for name, marked in _SCRIPT.items()},
    }
    written = json.dumps(plain, ensure_ascii=True)
    return written.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def answer_name(heading: str) -> str:
    """The name of the file that comes back."""
    fit = _UNFIT.sub("-", clean(heading))[:24].strip("-_")
    return f"comments-{fit}.json" if fit else "comments.json"
