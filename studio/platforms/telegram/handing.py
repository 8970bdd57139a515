"""How a person posts in their channel. Source: Telegram's apps, as known from use in 2026."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.telegram import rules

CHANNEL = Words("Open your channel first", "先打开你的频道", "先打開你的頻道")
TOGETHER = Words(
    "Drop all files at once, in the order of their numbers, with “Group items” chosen",
    "按编号顺序一次放入所有文件，并勾选“合并为一组”", "按編號順序一次放入所有檔案，並勾選「合併為一組」",
)
CAPTION = Words(
    "Paste the text as the caption of the files", "把文字贴到文件的说明里", "把文字貼到檔案的說明裡",
)


def handoff(content: Content, page: str, caption: int) -> HandOff:
    """caption: units that the account may write below media."""
    counted, text = rules.count(content, caption)["text"], rules.body(content)
    pieces = (Piece("text", text, "", counted.count, counted.limit),) if text else ()
    wanted = {
        CHANNEL: True, TOGETHER: len(content.media) > 1, CAPTION: bool(content.media and text),
    }
    return HandOff(page, pieces, bool(content.media), tuple(words for words, needed in wanted.items() if needed))
