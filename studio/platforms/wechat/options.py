"""What a person may choose for a post here, read from the post's options under this platform's id.

    type          "article" (the default) or "image": an image post, up to 20 pictures with plain text
                  ("news" and "newspic", as the API calls them, are taken as well)
    author        who wrote it
    digest        the summary; the platform takes the first 54 characters when it is empty
    cover         the name of an attached picture; the first one when it is not given
    open_comment  True: readers may comment
    fans_only     True: only followers may
    original      True: it will be declared original by hand, so previews show the mark; the API cannot say so

The API's own names (article_type, need_open_comment, only_fans_can_comment) are taken as well.
Source: the official page Draft_Box/Add_draft, read 2026-11-22.
"""

from __future__ import annotations

import re

from studio.core.finding import Finding, error
from studio.core.post import Content, Media
from studio.platforms.text import surrogate_at
from studio.platforms.wechat.limits import DRAFT, TITLE_ADVISED

TYPES = ("article", "image")
_TYPES = {"article": "article", "news": "article", "image": "image", "newspic": "image"}
_OWN = {"type": "article_type", "open_comment": "need_open_comment", "fans_only": "only_fans_can_comment"}
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*+]\s+|\d+[.)]\s+)+|[*_`~]{1,3}|!?\[([^\]]*)\]\([^)]*\)|<[^>]*>")


def kind(content: Content) -> str:
    """"article" or "image"; what is neither counts as an article, and `findings` says so."""
    return _TYPES.get(_asked(content, "type"), "article")


def _asked(content: Content, name: str) -> str:
    """By our name, or by the API's."""
    found = content.options.get(name)
    return str((content.options.get(_OWN.get(name, name)) if found is None else found) or "").strip().lower()


def _text(content: Content, name: str) -> str:
    return " ".join(str(content.options.get(name) or "").split())


def author(content: Content) -> str:
    return _text(content, "author")


def digest(content: Content) -> str:
    return _text(content, "digest")


def flag(content: Content, name: str) -> bool:
    return _asked(content, name) in ("true", "yes", "1")


def title(content: Content) -> str:
    """The title, else the first line of the text without its marks, cut to what is advised: there must be one."""
    if content.title.strip():
        return " ".join(content.title.split())
    return made_title(content.text)


def made_title(text: str) -> str:
    """"" when the text has no words."""
    for line in text.splitlines():
        plain = " ".join(_MARKS.sub(lambda found: found[1] or "", line).split())
        if plain:
            most = TITLE_ADVISED.value
            return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"
    return ""


def pictures(content: Content) -> tuple[Media, ...]:
    """The attached pictures, in order."""
    return tuple(media for media in content.media if media.kind == "image")


def places(content: Content) -> dict[str, int]:
    """Each attached picture by the name the text calls it, with its place among the post's files.

    Of two files with one name the later one has its number added.
    """
    found: dict[str, int] = {}
    for at, media in enumerate(content.media):
        if media.kind == "image":
            name = media.name or str(at + 1)
            found[name if name not in found else f"{name} ({at + 1})"] = at
    return found


def cover(content: Content) -> Media | None:
    """The chosen cover, else the first picture; None without one, or when the chosen one is not attached."""
    wanted, attached = str(content.options.get("cover") or "").strip(), pictures(content)
    if wanted:
        return next((media for media in attached if media.name == wanted), None)
    return attached[0] if attached else None


def findings(content: Content) -> list[Finding]:
    """What is wrong with the options."""
    found, asked = [], _asked(content, "type")
    if asked and asked not in _TYPES:
        found.append(error("wechat.type", "options.type", DRAFT, value=asked[:40], wanted=", ".join(TYPES)))
    wanted = str(content.options.get("cover") or "").strip()
    if wanted and cover(content) is None:
        found.append(error("wechat.cover_unknown", "options.cover", DRAFT, name=wanted[:80]))
    texts = {"options.author": author(content), "options.digest": digest(content)}
    bad = [(name, at) for name, text in texts.items() if (at := surrogate_at(text)) is not None]
    return [*found, *(error("text.surrogates", name, at=at + 1) for name, at in bad)]
