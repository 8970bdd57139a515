"""What Weibo has of a post, line by line beside what was sent; and the address it has there.

A picture is saved anew by Weibo and its size is not told, so only its being there is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core.delivery import Compared, Proof
from studio.core.errors import Later, Refused
from studio.platforms.base import Access
from studio.platforms.weibo import ids, text
from studio.platforms.weibo.api import Api, moment
from studio.platforms.weibo.errors import number
from studio.platforms.weibo.seek import id_of, uid_of

UNREVIEWED = "未通过审核应用"  # as the source of a post that only test accounts see (facts 2.1)
EVERYBODY = "public"
TESTERS = "test accounts only"
OTHERS = {0: EVERYBODY, 1: "only me", 2: "close friends", 3: "a group"}  # facts 2.3, `visible`


def of(found: Mapping[str, Any], sent: str, pictures: int, url: str) -> Proof:
    """The proof of one status."""
    lines = (
        Compared("text", text.normal(sent), text.found_as(sent, str(found.get("text") or ""))),
        Compared("media", str(pictures), str(pictures_of(found))),
        Compared("visibility", EVERYBODY, audience(found)),
    )
    return Proof(url, moment(found.get("created_at")), lines)


def pictures_of(found: Mapping[str, Any]) -> int:
    """How many it has; a post with one may name it elsewhere only."""
    listed = found.get("pic_urls")
    if isinstance(listed, list) and listed:
        return len(listed)
    return 1 if found.get("original_pic") else 0


def audience(found: Mapping[str, Any]) -> str:
    """Who sees it."""
    if unreviewed(found):
        return TESTERS
    visible = found.get("visible")
    kind = number(visible.get("type")) if isinstance(visible, dict) else 0
    return OTHERS.get(kind, str(kind))


def unreviewed(found: Mapping[str, Any]) -> bool:
    return UNREVIEWED in str(found.get("source") or "")


def learn_review(access: Access, found: Mapping[str, Any]) -> None:
    """Whether the app is reviewed is told by its posts only; kept, so that the next one is warned of in time."""
    reviewed = "no" if unreviewed(found) else "yes"
    if access.account.identity.get("reviewed", "yes") != reviewed:
        access.learn({"reviewed": reviewed})


def address(access: Access, api: Api, found: Mapping[str, Any]) -> str:
    """Where people see it. Until Weibo has agreed with our way of shortening the number once, it is asked."""
    identity = access.account.identity
    uid, mid = uid_of(found) or identity.get("uid", ""), str(found.get("mid") or id_of(found))
    ours = ids.short(mid)
    if identity.get("base62") == "ours":
        return ids.address(uid, ours)
    theirs = _asked(api, id_of(found))
    if theirs and theirs == ours:
        access.learn({"base62": "ours"})
    return ids.address(uid, theirs or ours)


def _asked(api: Api, id: str) -> str:
    """The short form by Weibo's own word; "" when it cannot be asked now: an address is worth no failed post."""
    try:
        told = str(api.data(api.get("/2/statuses/querymid.json", id=id, type="1")).get("mid") or "")
    except (Later, Refused):
        return ""
    return ids.short(told) if told.isdigit() and len(told) > 12 else told if ids.long(told) else ""
