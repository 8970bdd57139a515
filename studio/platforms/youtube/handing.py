"""How a person uploads a video. Known from use, to be checked on the page."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.youtube import rules

THUMBNAIL = Words("Choose the picture as its thumbnail", "把图片选作缩略图", "把圖片選作縮圖")
CHILDREN = Words(
    "Say whether it is made for children; it cannot go on without", "选择是否面向儿童，不选不能继续",
    "選擇是否為兒童打造，不選不能繼續",
)
TAGS = Words("Open “Show more” for the tags", "标签在“展开”里", "標籤在「顯示更多」裡")
SEEN_BY = Words("Choose who sees it on the last page", "在最后一页选谁可以看", "在最後一頁選誰可以看")


def handoff(content: Content, page: str) -> HandOff:
    """Title, description and tags in the order of the page, each with its length as the page counts it."""
    return HandOff(page, _pieces(content), bool(content.media), _ticks(content))


def _pieces(content: Content) -> tuple[Piece, ...]:
    counts, tags = rules.count(content), rules.tags(content)
    pieces = (
        Piece("title", content.title.strip(), "", counts["title"].count, counts["title"].limit),
        Piece("text", rules.description(content), "", counts["text"].count, counts["text"].limit),
        Piece("tags", ", ".join(tags), "", rules.tags_length(tags), rules.TAGS.value),
    )
    return tuple(piece for piece in pieces if piece.text)


def _ticks(content: Content) -> tuple[Words, ...]:
    picture = any(media.kind == "image" for media in content.media)
    wanted = {THUMBNAIL: picture, CHILDREN: True, TAGS: bool(rules.tags(content)), SEEN_BY: True}
    return tuple(words for words, needed in wanted.items() if needed)
