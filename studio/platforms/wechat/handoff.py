"""How a person publishes it on mp.weixin.qq.com: an article to paste, or a draft that lies there already.

Source: the flow of the official editor as known from use; no page describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core.handoff import HandOff, Link, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.links import recognised
from studio.platforms.wechat import limits, options, rules
from studio.platforms.wechat.articles import by_hand, plain

HOME = "https://mp.weixin.qq.com"
KEPT = ("__biz", "mid", "idx", "sn")
PATTERNS = (
    r"mp\.weixin\.qq\.com/s/(?P<key>[\w-]{8,})",
    r"mp\.weixin\.qq\.com/s\?__biz=(?P<biz>[\w%=]+)&mid=(?P<mid>\d+)&idx=(?P<idx>\d+)(?:&sn=(?P<sn>\w+))?",
)
_DRAFT = Words(
    "Open the drafts (content, draft box), and this one in them",
    "打开“内容管理 → 草稿箱”，点开这一篇", "打開「內容管理 → 草稿箱」，點開這一篇",
)
_SCAN = Words(
    "Press publish, and confirm with the administrator's phone",
    "点“发表”，用管理员的手机扫码确认", "點「發表」，用管理員的手機掃碼確認",
)
_COVER = Words(
    "Choose the cover, and look at both crops", "选好封面，并检查两种裁剪", "選好封面，並檢查兩種裁剪",
)
_COMMENTS = Words("Allow comments", "打开留言", "打開留言")
_FANS = Words("Let followers comment only", "只让关注者留言", "只讓關注者留言")


def link(url: str) -> Link | None:
    """A pasted address of an article, in its short or its long form."""
    return recognised(url, PATTERNS, KEPT)


def handoff(content: Content, made: Mapping[str, Any] | None) -> HandOff:
    """made: the draft that lies there; then only its button is left."""
    if made is not None and made.get("media_id"):
        return HandOff(HOME, ticks=(_DRAFT, _SCAN), draft=True)
    pieces = _image_pieces(content) if options.kind(content) == "image" else _pieces(content)
    return HandOff(HOME, tuple(p for p in pieces if p.text), bool(content.media), (*_ticks(content), _SCAN))


def _ticks(content: Content) -> tuple[Words, ...]:
    ticks = [_COVER] if options.kind(content) != "image" and options.pictures(content) else []
    ticks += [_COMMENTS] if options.flag(content, "open_comment") else []
    return (*ticks, *([_FANS] if options.flag(content, "fans_only") else []))


def _piece(name: Any, text: str, limit: int, html: str = "") -> Piece:
    return Piece(name, text, html, len(text), limit)


def _image_pieces(content: Content) -> tuple[Piece, ...]:
    return (
        _piece("title", options.title(content), limits.TITLE_ADVISED.value),
        _piece("text", content.text.strip(), limits.CHARACTERS.value),
    )


def _pieces(content: Content) -> tuple[Piece, ...]:
    """In the order the editor asks for them; the text as rich text, with a note where each picture goes."""
    numbers = {name: at + 1 for name, at in options.places(content).items()}
    html = by_hand(rules.built(content), numbers)
    return (
        _piece("title", options.title(content), limits.TITLE.value),
        _piece("author", options.author(content), limits.AUTHOR.value),
        _piece("text", plain(html), limits.CHARACTERS.value, html),
        _piece("digest", options.digest(content), limits.DIGEST.value),
        Piece("link", content.link),
    )
