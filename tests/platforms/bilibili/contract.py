"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

LINKS = {
    "https://www.bilibili.com/video/BV1MW421X7gM": {"id": "BV1MW421X7gM"},
    "https://t.bilibili.com/912345678901234567": {"dynamic": "912345678901234567"},
    "https://b23.tv/AbC1234": {"short": "AbC1234"},
}
