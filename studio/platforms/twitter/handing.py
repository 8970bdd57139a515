"""How a person posts on X's own page. Source: the web client, as known from use in 2026."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.text import following
from studio.platforms.twitter import rules

THREAD = Words(
    "Press + for each part that follows, and post all of them at once",
    "后面每一段点一下“+”，最后一起发出", "後面每一段點一下「+」，最後一起發出",
)
ALT = Words(
    "Give each picture its description: “Add description” below it",
    "给每张图片填上说明文字：图片下方的“添加描述”", "給每張圖片填上說明文字：圖片下方的「新增描述」",
)


def handoff(content: Content, page: str, limit: int) -> HandOff:
    """limit: of the account's text."""
    counted, text, more = rules.count(content, limit)["text"], rules.body(content), following(content.replies)
    pieces = (Piece("text", text, "", counted.count, counted.limit), Piece("comment", more))
    described = any(media.alt.strip() for media in content.media)
    ticks = tuple(words for words, needed in ((ALT, described), (THREAD, bool(more))) if needed)
    return HandOff(page, tuple(piece for piece in pieces if piece.text), bool(content.media), ticks)
