"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from typing import Any

from tests.platforms.fakes import media

LINKS = {
    "https://www.tiktok.com/@mei.test/video/7215132967188970001?is_from_webapp=1": {
        "user": "mei.test", "id": "7215132967188970001"},
    "https://www.tiktok.com/@mei.test/photo/7215132967188970002": {"user": "mei.test", "id": "7215132967188970002"},
    "https://vm.tiktok.com/ZMabc1234/": {"code": "ZMabc1234"},
    "https://www.tiktok.com/t/ZTabc1234/": {"code": "ZTabc1234"},
}


def sample(mode: str) -> dict[str, Any]:
    return {"title": "周末", "pictures": [media("a.jpg", 1080, 1440)], "tags": ("citywalk",)}
