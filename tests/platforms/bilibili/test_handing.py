"""What a person gets into their hands, and the address they bring back."""

from __future__ import annotations

import pytest

from studio.platforms import get
from tests.platforms.fakes import content, media

PLATFORM = get("bilibili")
LONG = "912345678901234567"


def test_a_video_goes_to_the_creator_page() -> None:
    what = content("bilibili", "\n去了旧书店\n", mode="kit", title=" 旧书店 ", tags=("#咖啡", "a,b", "citywalk"),
                   link="https://example.com", pictures=[media("a.mp4", 1920, 1080, kind="video")])
    handed = PLATFORM.handoff(what)
    assert handed.page == PLATFORM.compose == "https://member.bilibili.com/platform/upload/video/frame" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [
        ("title", "旧书店", 3, 80), ("tags", "咖啡,citywalk", 2, 10),
        ("text", "去了旧书店\nhttps://example.com", 25, 250),
    ]
    said = [words.zh_CN for words in handed.ticks]
    assert len(said) == 4 and "16:10" in said[1] and "分区" in said[2] and "回车" in said[3]
    assert [(c.width, c.height) for c in PLATFORM.covers] == [(1146, 717)]


def test_pictures_go_to_the_page_of_dynamics() -> None:
    what = content("bilibili", "去了旧书店", mode="assisted", title="旧书店", tags=("咖啡",),
                   pictures=[media("1"), media("2")])
    handed = PLATFORM.handoff(what)
    assert handed.page == "https://t.bilibili.com" and handed.files
    assert [(p.name, p.text, p.limit) for p in handed.pieces] == [("text", "去了旧书店\n#咖啡#", 1000)]
    assert len(handed.ticks) == 2
    alone = PLATFORM.handoff(content("bilibili", "去了旧书店", mode="assisted"))
    assert alone.ticks == () and not alone.files


@pytest.mark.parametrize(("pasted", "handle"), [
    ("【旧书店】 https://www.bilibili.com/video/BV1MW421X7gM/?share_source=copy_web", {"id": "BV1MW421X7gM"}),
    ("https://m.bilibili.com/video/BV1MW421X7gM", {"id": "BV1MW421X7gM"}),
    (f"https://t.bilibili.com/{LONG}?spm_id_from=333", {"dynamic": LONG}),
    (f"https://www.bilibili.com/opus/{LONG}", {"dynamic": LONG}),
    (f"https://m.bilibili.com/dynamic/{LONG}", {"dynamic": LONG}),
    ("【旧书店-哔哩哔哩】 https://b23.tv/AbC1234", {"short": "AbC1234"}),
])  # fmt: skip
def test_what_is_pasted_back(pasted: str, handle: dict[str, str]) -> None:
    link = PLATFORM.link(pasted)
    assert link is not None and dict(link.handle) == handle and "?" not in link.url


@pytest.mark.parametrize("pasted", [
    "", "已投稿", "https://www.bilibili.com", "https://space.bilibili.com/123456", "https://www.bilibili.com/video/av170001",
    "https://www.bilibili.com/video/BV1MW421X7g", "https://bilibili.com.example.com/video/BV1MW421X7gM",
    "https://t.bilibili.com/", "https://b23.tv/", "https://member.bilibili.com/platform/upload-manager/article",
])  # fmt: skip
def test_what_is_none(pasted: str) -> None:
    assert PLATFORM.link(pasted) is None


def test_its_zone_is_an_estimate() -> None:
    (zone,) = PLATFORM.zones
    assert zone.confidence == "estimate" and zone.holds((100, 400, 500, 200)) and not zone.holds((0, 1800, 1080, 100))
