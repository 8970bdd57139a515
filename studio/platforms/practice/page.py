"""The practice page: HTML without scripts, in light and dark, that is read back from the file by a parser."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from studio.platforms.bare import stretches
from studio.platforms.text import clean_tag

Post = Mapping[str, Any]
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Practice account", "lead": "Everything you publish here stays on this computer.",
        "alt": "Description", "link": "Link", "older": "older posts", "back": "All posts",
        "none": "Nothing published yet.", "reply": "In reply to the part before",
    },
    "zh_CN": {
        "title": "演练账号", "lead": "发布在这里的一切都只留在这台电脑上。",
        "alt": "图片说明", "link": "链接", "older": "条更早的", "back": "全部", "none": "还没有发布过。",
        "reply": "接上一段",
    },
    "zh_TW": {
        "title": "演練帳號", "lead": "發布在這裡的一切都只留在這台電腦上。",
        "alt": "圖片說明", "link": "連結", "older": "則更早的", "back": "全部", "none": "還沒有發布過。",
        "reply": "接上一段",
    },
}
_HTML_LANGUAGE = {"zh_CN": "zh-Hans", "zh_TW": "zh-Hant"}
_HAN = re.compile(r"[\u3400-\u9fff]")
_POLICY = "default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'unsafe-inline'"


def _speaks(post: Post) -> str:
    """The language of its page: the post's own, else Chinese when it is written in Chinese characters."""
    if post["language"]:
        return str(post["language"])
    return "zh_CN" if _HAN.search(post["title"] + post["text"]) else ""


def words(language: str) -> Mapping[str, str]:
    """The page's own words; English for a language we do not have."""
    return WORDS.get(language, WORDS["en"])


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Tags without # and without empty ones."""
    return [clean for tag in tags if (clean := clean_tag(tag))]


def _escaped(text: str) -> str:
    """Text that a parser reads back exactly; a browser would turn a bare carriage return into a line feed."""
    return html.escape(text).replace("\r", "&#13;")


def _linked(text: str) -> str:
    """Escaped text with its addresses as links."""
    made = []
    for part, address in stretches(text):
        shown = _escaped(part)
        made.append(f'<a href="{html.escape(address)}" rel="noreferrer">{shown}</a>' if address else shown)
    return "".join(made)


def _figure(media: Mapping[str, Any], folder: str, label: str) -> str:
    source, alt = html.escape(f"{folder}{media['file']}"), _escaped(media["alt"])
    if media["kind"] == "video":
        shown = f'<video src="{source}" title="{alt}" controls preload="metadata"></video>'
    else:
        size = f' width="{media["width"]}" height="{media["height"]}"' if media["width"] and media["height"] else ""
        style = f' style="object-position: {media["position"]}"' if media["position"] else ""
        shown = f'<img src="{source}" alt="{alt}"{size}{style} loading="lazy">'
    about = f"<details><summary>{label}</summary><p>{alt}</p></details>" if media["alt"] else ""
    return f"<figure>{shown}{about}</figure>"


def _gallery(media: Sequence[Mapping[str, Any]], folder: str, label: str) -> str:
    if not media:
        return ""
    shape = f"n{len(media)}" if len(media) <= 4 else "many"
    figures = "\n".join(_figure(one, folder, label) for one in media)
    return f'<div class="media {shape}">\n{figures}\n</div>'


def article(post: Post, folder: str, home: str, say: Mapping[str, str]) -> str:
    """One post. folder: where its files are, seen from the page; home: address of its own page."""
    language = _HTML_LANGUAGE.get(_speaks(post), _speaks(post))
    lang = f' lang="{html.escape(language)}"' if language else ""
    parts = [
        _reply(post.get("reply_to", ""), folder, say["reply"]),
        f'<h2>{_escaped(post["title"])}</h2>' if post["title"] else "",
        f'<div class="text">{_linked(post["text"])}</div>' if post["text"] else "",
        _gallery(post["media"], folder, say["alt"]),
        _link(post["link"]), _tags(post["tags"]), _foot(post["at"], home),
    ]
    return f'<article id="{post["key"]}"{lang}>\n' + "\n".join(p for p in parts if p) + "\n</article>"


def _reply(parent: str, folder: str, label: str) -> str:
    """The link to the part of a thread before this one."""
    place = f"posts/{parent}/" if folder else f"../{parent}/"
    return f'<a class="reply" href="{html.escape(place)}index.html">{label}</a>' if parent else ""


def _link(link: str) -> str:
    return f'<a class="link" href="{_escaped(link)}" rel="noreferrer">{_escaped(link)}</a>' if link else ""


def _tags(tags: Sequence[str]) -> str:
    items = "".join(f"<li>#{_escaped(tag)}</li>" for tag in tags)
    return f'<ul class="tags">{items}</ul>' if items else ""


def _foot(at: str, home: str) -> str:
    shown = f"{at[:10]} {at[11:16]} UTC"
    return f'<footer><a href="{html.escape(home)}"><time datetime="{at}">{shown}</time></a></footer>'


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text("utf-8")


def _page(title: str, body: str, language: str, say: Mapping[str, str]) -> str:
    lang = _HTML_LANGUAGE.get(language, "en")
    return f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Yigao">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{_escaped(title)}</title>
<style>
{_style()}</style>
</head>
<body>
<main>
<header>
<div class="seal" lang="zh-Hans" aria-hidden="true">稿</div>
<div><h1>{say["title"]}</h1><p class="lead">{say["lead"]}</p></div>
</header>
{body}
</main>
</body>
</html>
"""


def post_page(post: Post) -> str:
    """The page of one post, in the post's language."""
    language = _speaks(post)
    say = words(language)
    body = article(post, "", "index.html", say) + f'\n<p class="end"><a href="../../index.html">{say["back"]}</a></p>'
    return _page(post["title"] or post["text"][:60] or say["title"], body, language, say)


def timeline(posts: Sequence[Post], older: int) -> str:
    """The page of all posts, newest first. older: how many more there are that are not on it."""
    language = _speaks(posts[0]) if posts else ""
    say = words(language)
    articles = [article(p, f"posts/{p['key']}/", f"posts/{p['key']}/index.html", say) for p in posts]
    if not posts:
        articles.append(f'<p class="end">{say["none"]}</p>')
    if older:
        articles.append(f'<p class="end">+{older} {say["older"]} · <a href="posts/">posts/</a></p>')
    return _page(say["title"], "\n".join(articles), language, say)


@dataclass(slots=True)
class Found:
    """What stands on a post's page. media: (file, alt) in order. reply: the key of the post it answers."""

    title: str = ""
    text: str = ""
    link: str = ""
    at: str = ""
    reply: str = ""
    tags: list[str] = field(default_factory=list)
    media: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads the first article of a page as a browser would, knowing nothing of how it was written."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        plain = {name: value or "" for name, value in attrs}
        if tag in ("img", "video"):
            self.found.media.append((plain.get("src", ""), plain.get("alt", "") or plain.get("title", "")))
        if tag == "time":
            self.found.at = plain.get("datetime", "")
        if plain.get("class") == "reply":
            self.found.reply = plain.get("href", "").removesuffix("/index.html").rpartition("/")[2]
        if plain.get("class") == "link":
            self.found.link = plain.get("href", "")
        if tag != "img" and tag not in ("meta", "br"):
            self._inside.append("text" if plain.get("class") == "text" else tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if "text" in self._inside:
            self.found.text += data
        elif "h2" in self._inside:
            self.found.title += data
        elif "li" in self._inside:
            self.found.tags.append(data.removeprefix("#"))


def read(page: str) -> Found:
    """What a post's page says."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
