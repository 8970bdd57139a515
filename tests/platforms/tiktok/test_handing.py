"""What a person gets into their hands, the address they bring back, and what covers a video."""

from __future__ import annotations

import pytest

from studio.platforms import get
from tests.platforms.fakes import content, media

TIKTOK = get("tiktok")
CLIP = media("a.mp4", 1080, 1920, kind="video")


def test_a_video() -> None:
    handed = TIKTOK.handoff(content("tiktok", " 去了 ", mode="kit", title="旧书店", tags=("咖啡",), pictures=[CLIP]))
    assert handed.page == "https://www.tiktok.com/tiktokstudio/upload" and handed.files
    assert [(p.name, p.text, p.count, p.limit) for p in handed.pieces] == [("text", "去了 #咖啡", 6, 2200)]
    assert ["封面" in w.zh_CN for w in handed.ticks] == [True, False, False]


def test_pictures() -> None:
    handed = TIKTOK.handoff(content("tiktok", "", mode="kit", title="旧书店", pictures=[media(), media("b")]))
    assert [(p.name, p.text, p.limit) for p in handed.pieces] == [("title", "旧书店", 90)]
    assert "手机" in handed.ticks[0].zh_CN and len(handed.ticks) == 2


@pytest.mark.parametrize("pasted", [
    "", "https://www.tiktok.com/@mei.test", "https://www.tiktok.com/@mei/live", "https://www.tiktok.com/@mei/video/12",
    "https://tiktok.com.example.com/@mei/video/7215132967188970001", "https://vm.tiktok.com/",
])
def test_what_is_no_post(pasted: str) -> None:
    assert TIKTOK.link(pasted) is None


def test_what_covers_a_video() -> None:
    measured, official = TIKTOK.zones
    assert (measured.confidence, official.confidence) == ("measured", "official")
    assert list(measured.outline) == [(24, 160), (1050, 160), (1050, 780), (930, 780), (930, 1715), (24, 1715)]
    assert list(official.outline) == [(120, 240), (960, 240), (960, 840), (780, 840), (780, 1260), (120, 1260)]
    assert official.holds((120, 240, 840, 600)) and not official.holds((700, 900, 100, 50))
    assert measured.holds((100, 800, 800, 800)) and not measured.holds((100, 1700, 800, 100))
