"""How the text of a dynamic is drawn: topics between two signs, people, and a chip in place of an address."""

from __future__ import annotations

import re

from studio.platforms import chips
from studio.platforms.bilibili.spec import px
from studio.platforms.chips import Span

ICONS = {"link": "link-2", "face": "smile"}
# Codes that the app draws as a picture as large as the line; known from use, and only the usual ones.
FACES = (
    "doge 微笑 OK 星星眼 妙啊 辣眼睛 吃瓜 滑稽 喜欢 嘟嘟 给心心 笑哭 脱单doge 嗑瓜子 调皮 歪嘴 打call 呲牙 酸了 "
    "哦呼 嫌弃 大哭 害羞 疑惑 喜极而泣 奸笑 偷笑 大笑 阴险 捂脸 囧 呆 抠鼻 惊喜 惊讶 翻白眼 抓狂 撇嘴 生气 冷 "
    "哈欠 笑 口罩 支持 鼓掌 胜利 加油 爱心 心碎 保佑 点赞 给力 再见 哈士奇 思考 吓 难过 尴尬 无语 委屈 生病 吐 "
    "嘘声 响指 抱拳 拥抱 牛 墨镜 灵魂出窍 藏狐"
).split()
MARKS = re.compile(
    rf"(?P<topic>#[^@#\n]+#)|(?P<mention>@[-_a-zA-Z0-9\u4e00-\u9fa5]+)|(?P<face>\[(?:{'|'.join(FACES)})\])"
)


def shown(text: str, title: str) -> tuple[str, tuple[Span, ...]]:
    """The text as it is drawn, `title` in place of each address, and what is blue in it."""
    return chips.shown(text, chips.chip(title, int(px("chip.most"))), MARKS, {"face": chips.face})
