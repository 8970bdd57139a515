"""What the rules for every platform cannot know of this one."""

from __future__ import annotations

from typing import Any

from tests.platforms.fakes import Answer, Call, answer, media

ACCOUNT = {"open_id": "b9b71865-7fea-44cc-b0c2", "scopes": (
    "user_info video.create.bind video.data.bind video.list.bind item.comment data.external.item")}
SECRETS = {
    "client_key": "aw77", "client_secret": "a-secret-of-mine", "access_token": "a-secret-of-mine",
    "refresh_token": "a-secret-of-mine", "ends": "2026-12-09T09:30:00+00:00",
    "refresh_ends": "2026-12-24T09:30:00+00:00", "renewals": "0",
}
FIELDS = {
    "client_key": "aw77", "client_secret": "a-secret-of-mine", "redirect_uri": "https://studio.example/douyin",
    "access_token": "a-secret-of-mine", "refresh_token": "a-secret-of-mine", "open_id": "b9b71865-7fea-44cc-b0c2",
}
LINKS = {
    "https://www.douyin.com/video/7215132967188970001": {"kind": "video", "video_id": "7215132967188970001"},
    "https://www.douyin.com/note/7215132967188970002?from=x": {"kind": "note", "video_id": "7215132967188970002"},
    "https://www.iesdouyin.com/share/video/7215132967188970001/?region=CN": {
        "kind": "video", "video_id": "7215132967188970001"},
    "7.92 复制打开抖音 https://v.douyin.com/iRNBho6u/ Vys:/ 02/04": {"code": "iRNBho6u"},
}


def refusal(call: Call) -> Answer:
    """A token that is not known, as Douyin says it: the status is 200."""
    said = {"error_code": 2190002, "description": "access_token is invalid"}
    return answer({"data": said, "extra": {**said, "sub_error_code": 0, "logid": "202008121419360101"}})


def sample(mode: str) -> dict[str, Any]:
    return {"title": "周末", "pictures": [media("a.jpg", 1080, 1440)], "tags": ("citywalk",)}
