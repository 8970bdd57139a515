"""How a post's text is drawn: chips in place of addresses, coloured topics and people, and where it is folded.

Sources: previews 6.2. The replica in YYKit's demo for topics, people and titles of pages; m.weibo.cn's answers for
"...全文".
"""

from __future__ import annotations

import re

from studio.platforms import chips
from studio.platforms.chips import ICON, Span
from studio.platforms.folding import safe_end
from studio.platforms.weibo import text as words
from studio.platforms.weibo.spec import px

ICONS = {"link": "link-2", "super": "diamond", "face": "smile"}
# Codes that the app draws as a picture as large as the line; known from use, and only the usual ones.
FACES = (
    "微笑 可爱 太开心 鼓掌 嘻嘻 哈哈 笑cry 挤眼 馋嘴 黑线 汗 挖鼻 哼 怒 委屈 可怜 失望 悲伤 泪 允悲 害羞 爱你 "
    "亲亲 色 舔屏 憧憬 doge 喵喵 二哈 坏笑 阴险 笑而不语 偷笑 酷 并不简单 思考 疑问 费解 晕 衰 骷髅 嘘 闭嘴 傻眼 "
    "吃惊 吐 感冒 生病 拜拜 鄙视 白眼 左哼哼 右哼哼 抓狂 怒骂 打脸 顶 互粉 钱 哈欠 困 睡 吃瓜 心 伤心 鲜花 握手 "
    "作揖 赞 耶 good 弱 NO ok 来 拳头 加油 熊猫 兔子 猪头 奥特曼 太阳 月亮 浮云 下雨 微风 围观 飞机 照相机 话筒 "
    "音乐 蜡烛 喜 给力 威武 干杯 蛋糕 礼物 钟 绿丝带 围脖 浪 羞嗒嗒 好爱哦 偷乐 笑哈哈"
).split()
MARKS = re.compile(
    r"(?P<super>#[^@#\n\[\]]+\[超话\]#)|(?P<topic>#[^@#\n]+#)|(?P<mention>@[-_a-zA-Z0-9\u4e00-\u9fa5]+)"
    rf"|(?P<face>\[(?:{'|'.join(FACES)})\])"
)


def fold(text: str, most: int, each: int | None) -> int | None:
    """Where `text` is cut when Weibo counts more than `most` characters in it; None when it is shown whole."""
    at = words.passed(text, most, each)
    if at is None:
        return None
    return safe_end(text, at, chips.whole(text, MARKS)) or safe_end(text, at, ())


def without_card(text: str, link: str) -> str:
    """An address at the very end that became the card is not repeated."""
    link = link.strip()
    return text[: -len(link)].rstrip() if link and text.endswith(link) else text


def shown(text: str, title: str) -> tuple[str, tuple[Span, ...]]:
    """As a feed shows it, a chip with `title` in place of each address, and what is coloured in it."""
    return chips.shown(text, chips.chip(title, int(px("chip.most"))), MARKS,
                       {"super": _super, "face": chips.face})


def _super(topic: str) -> str:
    """A super topic loses its signs and has an icon."""
    return f"{ICON}{topic[1:-5]}超话"
