"""How a person posts on LinkedIn's own page. Source: the web client, as known from use in 2026."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.linkedin import rules

CARD = Words(
    "Paste the link at the end of the text; when its card is there, the link may go again",
    "把链接贴在文字末尾；卡片出来以后，链接可以删掉", "把連結貼在文字末尾；卡片出來以後，連結可以刪掉",
)
ALT = Words(
    "Give each picture its description: “ALT” below it", "给每张图片填上说明文字：图片下方的“ALT”",
    "給每張圖片填上說明文字：圖片下方的「ALT」",
)
MENTION = Words(
    "After each @name, pick it from the list that opens: only then it is a mention",
    "每个 @名字 都要在弹出的列表里点一下，才算真正的提及", "每個 @名字 都要在彈出的清單裡點一下，才算真正的提及",
)


def handoff(content: Content, page: str) -> HandOff:
    """The texts in the order of the page."""
    counted, text, link = rules.count(content)["text"], rules.body(content), content.link.strip()
    pieces = (Piece("text", text, "", counted.count, counted.limit), Piece("link", link))
    wanted = {
        MENTION: "@" in text, CARD: bool(link) and not content.media,
        ALT: any(media.alt.strip() for media in content.media),
    }
    ticks = tuple(words for words, needed in wanted.items() if needed)
    return HandOff(page, tuple(piece for piece in pieces if piece.text), bool(content.media), ticks)
