"""How a person posts on Threads."""

from __future__ import annotations

from studio.core.handoff import HandOff, Piece
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.text import following
from studio.platforms.threads import rules
from studio.platforms.threads.text import message, topic

TOPIC = Words(
    "Write the topic into the field “Add a topic”, without #", "话题写在“添加话题”里，不带 #",
    "主題寫在「新增主題」裡，不帶 #",
)
ORDER = Words(
    "Drop the files in the order of their numbers: they stand side by side", "按编号顺序放素材：它们会横向排开",
    "依編號順序放素材：它們會橫向排開",
)
ALTS = Words("Add the descriptions of the pictures (Alt)", "给图片补上替代文本（Alt）", "替相片補上替代文字（Alt）")
MORE = Words(
    "Add the further parts with “Add to thread” before you post", "发布前用“添加到串文”加上后面的几段",
    "發佈前用「新增到串文」加上後面的幾段",
)


def handoff(content: Content, page: str) -> HandOff:
    """Text, topic, and what follows as a thread."""
    counted = rules.count(content)["text"]
    pieces = (
        Piece("text", message(content), "", counted.count, counted.limit), Piece("tags", topic(content)),
        Piece("comment", following(content.replies)),
    )
    return HandOff(page, tuple(piece for piece in pieces if piece.text), bool(content.media), _ticks(content))


def _ticks(content: Content) -> tuple[Words, ...]:
    described = any(media.kind == "image" and media.alt.strip() for media in content.media)
    wanted = {
        TOPIC: bool(topic(content)), ORDER: len(content.media) > 1, ALTS: described,
        MORE: bool(following(content.replies)),
    }
    return tuple(words for words, needed in wanted.items() if needed)
