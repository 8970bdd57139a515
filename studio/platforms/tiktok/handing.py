"""How a person posts on TikTok's upload page. Known from use, to be checked there."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.tiktok import rules

PHONE = Words(
    "If this page takes no pictures, post them in the app on your phone, in the order of their numbers",
    "如果这个页面不收图片，请在手机应用里按编号顺序发布",
    "如果這個頁面不收圖片，請在手機應用程式裡按編號順序發布",
)
COVER = Words(
    "Choose the cover; the grid of your profile cuts it", "选封面；主页网格会裁掉一部分",
    "選封面；個人頁網格會裁掉一部分",
)
TAGS = Words(
    "After each #tag, pick it from the list that opens", "每个 #标签 都在弹出的列表里点一下",
    "每個 #標籤 都在彈出的清單裡點一下",
)
SEEN_BY = Words("Choose who sees it", "选谁可以看", "選誰可以看")


def handoff(content: Content, page: str, chosen: str) -> HandOff:
    """The texts in the order of the page, each with its length as the page counts it. chosen: the setting."""
    return HandOff(page, _pieces(content, chosen), bool(content.media), _ticks(content))


def _pieces(content: Content, chosen: str) -> tuple[Piece, ...]:
    counts = rules.count(content, chosen)
    texts = {"title": content.title.strip() if "title" in counts else "", "text": rules.caption(content)}
    return (
        *([Piece("title", texts["title"], "", counts["title"].count, counts["title"].limit)] if texts["title"] else []),
        *([Piece("text", texts["text"], "", counts["text"].count, counts["text"].limit)] if texts["text"] else []),
    )


def _ticks(content: Content) -> tuple[Words, ...]:
    tagged = any(found.group()[0] in "#＃" for found in rules.marks(rules.caption(content)))
    video = rules.clip(content) is not None
    wanted = {PHONE: rules.photos(content), COVER: video, TAGS: tagged, SEEN_BY: True}
    return tuple(words for words, needed in wanted.items() if needed)
