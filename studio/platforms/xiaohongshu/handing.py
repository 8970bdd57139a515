"""How a person posts a note on the creator page. Source: clients by others that drive it, August 2026."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.xiaohongshu import rules

PICTURES = Words(
    "Choose the tab 上传图文 (pictures); the page opens with the one for clips",
    "选“上传图文”：页面打开时停在“上传视频”",
    "選「上传图文」：頁面打開時停在「上传视频」",
)
CLIP = Words("Stay on the tab 上传视频 (clips)", "就用“上传视频”这一页", "就用「上传视频」這一頁")
ORDER = Words(
    "Drop the pictures in the order of their numbers: the first is the cover",
    "按编号顺序放图，第一张就是封面", "按編號順序放圖，第一張就是封面",
)
TOPICS = Words(
    "After each #tag, pick it from the list that opens: only then it is a topic",
    "每个 #话题 都要在弹出的列表里点一下，才算真正的话题",
    "每個 #話題 都要在彈出的清單裡點一下，才算真正的話題",
)
SEEN_BY = Words(
    "Choose who sees it; 公开可见 is everybody", "选谁可以看，“公开可见”是所有人", "選誰可以看，「公开可见」是所有人",
)


def handoff(content: Content, page: str) -> HandOff:
    """The texts in the order of the page, each with its length as the page counts it."""
    return HandOff(page, _pieces(content), bool(content.media), _ticks(content))


def _pieces(content: Content) -> tuple[Piece, ...]:
    title, text = content.title.strip(), content.text.strip()
    counted, whole = rules.title_count(title), rules.text_count(rules.body(content))
    pieces = (
        Piece("title", title, "", counted.count, counted.limit),
        Piece("text", text, "", whole.count, whole.limit),
        Piece("tags", rules.tag_line(content), "", len(rules.tags(content)), rules.TAGS.value),
    )
    return tuple(piece for piece in pieces if piece.text)


def _ticks(content: Content) -> tuple[Words, ...]:
    clip = any(media.kind == "video" for media in content.media)
    several = len(content.media) > 1 and not clip
    wanted = {CLIP: clip, PICTURES: not clip, ORDER: several, TOPICS: bool(rules.tags(content)), SEEN_BY: True}
    return tuple(words for words, needed in wanted.items() if needed)
