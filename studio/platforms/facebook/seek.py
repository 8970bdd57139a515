"""Finding a post of ours on the page when nobody told us its id: Facebook has no key for that.

What was there before we began is never ours, by its id and by its time; so the same text posted by hand an hour ago
is not taken for it. Then text, number of media and the page as its author must all be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.errors import NotThere, Refused
from studio.core.finding import error
from studio.platforms.base import Json
from studio.platforms.facebook.faults import INVALID, fault_of
from studio.platforms.facebook.graph import Api, moment
from studio.platforms.facebook.message import flat

SLACK = timedelta(seconds=120)  # that clocks may differ by
SAME_TIME = timedelta(seconds=60)
LIMIT = 25
NEWEST = 10  # posts that are remembered as having been there before
ATTACHMENTS = "attachments{media_type,type,url,unshimmed_url,subattachments}"
POST = f"id,message,created_time,permalink_url,is_published,scheduled_publish_time,from,{ATTACHMENTS}"
NEWEST_FIRST = {"filter": "stream", "order": "reverse_chronological"}
COMMENT = "id,message,created_time,from,parent,like_count,comment_count,permalink_url"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for. begun: UNIX seconds; drift: seconds Facebook's clock is ahead of ours.

    before   ids that were there already
    """

    page: str
    text: str
    files: int
    begun: float
    drift: float = 0.0
    before: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: str, plan: Json) -> Sought:
        """As it was planned."""
        return cls(
            page, str(plan["message"]), int(plan["files"]), float(plan["begun"]), float(plan["drift"]),
            tuple(str(id) for id in plan["before"]),
        )

    def json(self) -> dict[str, Any]:
        """For a receipt; `from_json` gives it back."""
        return {**asdict(self), "before": list(self.before)}

    @classmethod
    def from_json(cls, data: Json) -> Sought:
        return cls(**{**data, "before": tuple(data["before"])})

    @property
    def earliest(self) -> datetime:
        """Of Facebook's clock: nothing older is ours."""
        return datetime.fromtimestamp(self.begun + self.drift, UTC) - SLACK

    def old(self, item: Mapping[str, Any]) -> bool:
        """Whether everything after it in a listing is too old; what waits for its time stands anywhere in it."""
        made = moment(item.get("created_time"))
        return made is not None and made < self.earliest and item.get("is_published") is not False

    def is_it(self, item: Mapping[str, Any]) -> bool:
        """True when this post or comment is ours."""
        made = moment(item.get("created_time"))
        return (
            str(item.get("id")) not in self.before and made is not None and made >= self.earliest
            and self._same(item) and item.get("is_published") is not False
        )

    def is_planned(self, item: Mapping[str, Any], at: datetime) -> bool:
        """True when this is the one that waits for that time."""
        there = moment(item.get("scheduled_publish_time"))
        return (
            str(item.get("id")) not in self.before and self._same(item)
            and there is not None and abs(there - at) <= SAME_TIME
        )

    def _same(self, item: Mapping[str, Any]) -> bool:
        author = item.get("from")
        ours = not isinstance(author, dict) or str(author.get("id")) == self.page
        return ours and flat(str(item.get("message") or "")) == flat(self.text) and files_of(item) == self.files


def files_of(item: Mapping[str, Any]) -> int:
    """How many photos and videos a post shows; a link's card is none."""
    found = item.get("attachments")
    attached = found.get("data") if isinstance(found, dict) else None
    return sum(_files(each) for each in attached if isinstance(each, dict)) if isinstance(attached, list) else 0


def _files(attachment: Mapping[str, Any]) -> int:
    below = attachment.get("subattachments")
    inner = below.get("data") if isinstance(below, dict) else None
    if isinstance(inner, list) and inner:
        return len(inner)
    return int(str(attachment.get("media_type")) in ("photo", "video", "album"))


def newest(api: Api, path: str, now: datetime, **params: str) -> dict[str, Any]:
    """Ids of what is newest there, and Facebook's clock beside ours, for a plan. NotThere: there is no such place."""
    from email.utils import parsedate_to_datetime

    response = api.send("GET", path, params={"fields": "id", "limit": str(NEWEST), **params})
    fault = fault_of(response)
    if fault is not None and fault.code == INVALID and not fault.transient:
        raise NotThere(error("publish.not_there", "account", key=path))
    found = api.data(response).get("data")
    try:
        there = parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        there = now
    ids = [str(item.get("id")) for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return {"before": ids, "drift": (there - now).total_seconds()}


def live(api: Api, sought: Sought) -> dict[str, Any] | None:
    """Our post on the page, or None. Refused (publish.several) when more than one could be it."""
    return _one(_since(api, f"/{api.page}/feed", POST, sought))


def scheduled(api: Api, sought: Sought, at: datetime) -> dict[str, Any] | None:
    """Our post among those that wait for their time."""
    items = api.listing(f"/{api.page}/scheduled_posts", POST, LIMIT)
    return _one([item for item in items if sought.is_planned(item, at)])


def comment(api: Api, sought: Sought, parent: str) -> dict[str, Any] | None:
    """Our comment below a post."""
    return _one(_since(api, f"/{parent}/comments", COMMENT, sought, **NEWEST_FIRST))


def by_id(api: Api, parent: str, id: str) -> dict[str, Any] | None:
    """A comment below a post by its id: that it is found there says what it answers."""
    items = api.listing(f"/{parent}/comments", COMMENT, LIMIT, **NEWEST_FIRST)
    return next((item for item in items if str(item.get("id")) == id), None)


def _since(api: Api, path: str, fields: str, sought: Sought, **params: str) -> list[dict[str, Any]]:
    """The newest first, as far back as ours can be."""
    found = []
    for item in api.listing(path, fields, LIMIT, **params):
        if sought.is_it(item):
            found.append(item)
        elif sought.old(item):
            break
    return found


def _one(found: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    if len(found) > 1:
        raise Refused(error("publish.several", "account", count=len(found)))
    return found[0] if found else None

