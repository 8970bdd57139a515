"""How a person posts on Instagram's own page or in its app."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.instagram import rules
from studio.platforms.instagram.text import caption

NEW = Words("Press the plus and choose “Post”", "点加号，选“帖子”", "點加號，選「貼文」")
ORDER = Words(
    "Drop the files in the order of their numbers: the first one gives all of them its shape",
    "按编号顺序放素材：所有图片都按第一张的比例裁切", "依編號順序放素材：所有圖片都依第一張的比例裁切",
)
SHAPE = Words(
    "Choose “Original” at the bottom left of the first step, else it is cut to a square",
    "第一步点左下角，选“原始尺寸”，否则会裁成正方形", "第一步點左下角，選「原始」，否則會裁成正方形",
)
ALTS = Words(
    "Add the descriptions of the pictures (Accessibility)", "给图片补上替代文本（无障碍）",
    "替相片補上替代文字（協助工具）",
)
COVER = Words("Choose the cover of the reel", "给 Reels 选封面", "替連續短片選封面")


def handoff(content: Content, page: str) -> HandOff:
    """The caption, with its length as it is counted there."""
    text, counted = caption(content), rules.count(content)["text"]
    pieces = (Piece("text", text, "", counted.count, counted.limit),) if text else ()
    return HandOff(page, pieces, bool(content.media), _ticks(content))


def _ticks(content: Content) -> tuple[Words, ...]:
    described = any(media.kind == "image" and media.alt.strip() for media in content.media)
    reel = rules.is_reel(content)
    wanted = {NEW: True, ORDER: len(content.media) > 1, SHAPE: not reel, ALTS: described, COVER: reel}
    return tuple(words for words, needed in wanted.items() if needed)
