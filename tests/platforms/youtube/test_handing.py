"""What a person gets into their hands, and the address they bring back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.platforms import get
from studio.platforms.youtube import times
from tests.platforms.fakes import content, media

YOUTUBE = get("youtube")
CLIP = media("a.mp4", 1920, 1080, kind="video")
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_the_texts_in_the_order_of_the_page() -> None:
    what = content("youtube", "好", mode="kit", title=" 旧书店 ", tags=("咖啡", "old books"), link="https://a.cn",
                   pictures=[CLIP, media()])
    handed = YOUTUBE.handoff(what)
    assert handed.page == "https://www.youtube.com/upload" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [
        ("title", "旧书店", 3, 100), ("text", "好\n\nhttps://a.cn", 17, 5000), ("tags", "咖啡, old books", 14, 500)]
    assert [(w.media, w.role) for w in YOUTUBE.wants(what)] == [(CLIP, ""), (media(), "cover")]
    assert len(handed.ticks) == 4 and "缩略图" in handed.ticks[0].zh_CN
    assert len(YOUTUBE.handoff(content("youtube", "", mode="kit", title="x", pictures=[CLIP])).ticks) == 2


@pytest.mark.parametrize("pasted", [
    "", "https://www.youtube.com/@mei", "https://www.youtube.com/watch?v=short", "https://www.youtube.com/watch",
    "https://youtu.be/", "https://www.youtube.com/playlist?list=PL1234567890",
    "https://youtube.com.example.com/watch?v=dQw4w9WgXcQ",
])
def test_what_is_no_video(pasted: str) -> None:
    assert YOUTUBE.link(pasted) is None


def test_the_address_keeps_its_id() -> None:
    link = YOUTUBE.link("https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=3")
    assert link is not None and link.url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(("ago", "en", "zh_CN"), [
    (timedelta(0), "just now", "刚刚"), (timedelta(seconds=1), "1 second ago", "1秒前"),
    (timedelta(seconds=59), "59 seconds ago", "59秒前"), (timedelta(minutes=1), "1 minute ago", "1分钟前"),
    (timedelta(hours=23, minutes=59), "23 hours ago", "23小时前"), (timedelta(days=6), "6 days ago", "6天前"),
    (timedelta(days=7), "1 week ago", "1周前"), (timedelta(days=29), "4 weeks ago", "4周前"),
    (timedelta(days=31), "1 month ago", "1个月前"), (timedelta(days=800), "2 years ago", "2年前"),
    (timedelta(days=-1), "just now", "刚刚"),
])
def test_how_long_ago(ago: timedelta, en: str, zh_CN: str) -> None:
    assert times.said(NOW - ago, NOW, "en") == en and times.said(NOW - ago, NOW, "zh_CN") == zh_CN
    assert times.said(None, NOW, "en") == "just now"


def test_what_covers_a_short() -> None:
    (zone,) = YOUTUBE.zones
    assert zone.confidence == "official" and zone.holds((48, 288, 840, 960)) and not zone.holds((40, 288, 840, 960))
