"""How a person posts a video on the creator page, or a dynamic on t.bilibili.com."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.bilibili import rules

FILE = Words("Drop the video there; the rest can be filled in while it uploads", "把视频拖进去，上传时可以先填其他内容",
             "把影片拖進去，上傳時可以先填其他內容")
KIND = Words("Choose the section (分区), and whether it is your own work (自制) or a repost (转载)",
             "选好分区，以及“自制”还是“转载”", "選好「分区」，以及「自制」還是「转载」")
TAGS = Words("Type each tag and press Enter", "每个标签输入后按一次回车", "每個標籤輸入後按一次 Enter")
COVER = Words("Put in the 16:10 cover, and look at its 4:3 and 16:9 cuts", "放上 16:10 封面，再看看 4:3、16:9 的裁剪",
              "放上 16:10 封面，再看看 4:3、16:9 的裁切")
ORDER = Words("Drop the pictures in the order of their numbers", "按编号顺序放图", "按編號順序放圖")
TOPICS = Words("After each #topic#, look whether it turned blue: only then it is one",
               "每个 #话题# 变蓝了才算真正的话题", "每個 #話題# 變藍了才算真正的話題")


def handoff(content: Content, about: int) -> HandOff:
    """The texts in the order of the page, each with its length as the page counts it."""
    counted = rules.count(content, about)
    return (_video if rules.clip(content) else _dynamic)(content, counted["text"].limit)


def _video(content: Content, limit: int | None) -> HandOff:
    title, text, tags = content.title.strip(), rules.body(content), rules.tags(content)
    pieces = (
        Piece("title", title, "", len(title), rules.TITLE.value),
        Piece("tags", ",".join(tags), "", len(tags), rules.TAGS.value),
        Piece("text", text, "", len(text), limit),
    )
    ticks = (FILE, COVER, KIND, *((TAGS,) if tags else ()))
    return HandOff(rules.UPLOAD, tuple(piece for piece in pieces if piece.text), bool(content.media), ticks)


def _dynamic(content: Content, limit: int | None) -> HandOff:
    text = rules.body(content)
    pieces = (Piece("text", text, "", len(text), limit),) if text else ()
    wanted = {ORDER: len(content.media) > 1, TOPICS: bool(rules.tags(content))}
    ticks = tuple(words for words, needed in wanted.items() if needed)
    return HandOff(rules.DYNAMICS, pieces, bool(content.media), ticks)
