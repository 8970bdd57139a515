"""Finding a post of ours on the page when nobody told us its id: Facebook has no key for that.

What was there before we began is never ours, by its id and by its time; so the same text posted by hand an hour ago
is not taken for it. Then text, number of media and the page as its author must all be the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from studio.core.errors import Later, NotThere, Refused
from studio.core.finding import error
from studio.platforms.bare import stretches
from studio.platforms.base import Json
from studio.platforms.facebook.faults import INVALID, fault_of
from studio.platforms.facebook.graph import Api, moment
from studio.platforms.facebook.message import flat

SLACK = timedelta(seconds=120)  # that clocks may differ by
SAME_TIME = timedelta(seconds=60)
LIMIT = 25
NEWEST = 10  # posts that are remembered as having been there before
ATTACHMENTS = "attachments{media_type,type,media,subattachments}"
POST = f"id,message,created_time,permalink_url,is_published,scheduled_publish_time,from,{ATTACHMENTS}"
# Recalled names: asked for by themselves, so that nothing else fails should they not be there.
LEADS = "attachments{url,unshimmed_url,target,subattachments{target}}"
SHIM = ("l.facebook.com", "lm.facebook.com")
NEWEST_FIRST = {"filter": "stream", "order": "reverse_chronological"}
COMMENT = "id,message,created_time,from,parent,like_count,comment_count,permalink_url"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for. begun: UNIX seconds; drift: seconds Facebook's clock is ahead of ours.

    before   ids that were there already
    shares   True when it leads somewhere: a card of a film elsewhere looks like media then
    link, photos   what tells posts without words apart
    """

    page: str
    text: str
    files: int
    begun: float
    drift: float = 0.0
    before: tuple[str, ...] = ()
    shares: bool = False
    link: str = ""
    photos: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: str, plan: Json, handles: Sequence[Json] = ()) -> Sought:
        """As it was planned and staged."""
        return cls(
            page, str(plan["message"]), int(plan["files"]), float(plan["begun"]), float(plan["drift"]),
            tuple(str(id) for id in plan["before"]), leads_on(plan), str(plan["link"]),
            tuple(str(each["photo"]) for each in handles if "photo" in each),
        )

    def json(self) -> dict[str, Any]:
        """For a receipt; `from_json` gives it back."""
        return {**asdict(self), "before": list(self.before), "photos": list(self.photos)}

    @classmethod
    def from_json(cls, data: Json) -> Sought:
        return cls(**{**data, "before": tuple(data["before"]), "photos": tuple(data["photos"])})

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
        media = files_of(item) == self.files or (self.shares and not self.files)
        return ours and flat(str(item.get("message") or "")) == flat(self.text) and media


def leads_on(plan: Json) -> bool:
    """Whether a post has a link, in its field or in its text."""
    return bool(plan["link"]) or any(address for _, address in stretches(str(plan["message"])))


def files_of(item: Mapping[str, Any]) -> int:
    """How many photos and videos a post shows; a link's card is none."""
    return sum(_files(each) for each in _data(item.get("attachments")))


def _files(attachment: Mapping[str, Any]) -> int:
    if inner := _data(attachment.get("subattachments")):
        return len(inner)
    if "share" in str(attachment.get("type")):
        return 0
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
    return _one([item for item in _since(api, f"/{api.page}/feed", POST, sought) if _leads_the_same(api, item, sought)])


def scheduled(api: Api, sought: Sought, at: datetime) -> dict[str, Any] | None:
    """Our post among those that wait for their time."""
    items = api.listing(f"/{api.page}/scheduled_posts", POST, LIMIT)
    return _one([item for item in items if sought.is_planned(item, at) and _leads_the_same(api, item, sought)])


def _leads_the_same(api: Api, item: Mapping[str, Any], sought: Sought) -> bool:
    """Words tell a post from another; without any its link or its photos must, where Facebook tells them."""
    if sought.text.strip() or not (sought.link or sought.photos):
        return True
    told = leads(api, str(item.get("id")))
    if sought.link:
        return sought.link in told.urls or not told.urls
    return bool(set(sought.photos) & set(told.targets)) or not told.targets


@dataclass(frozen=True, slots=True)
class Leads:
    """What a post's attachments lead to: addresses, and ids of photos."""

    urls: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def leads(api: Api, post: str) -> Leads:
    """Nothing where Facebook does not tell it."""
    try:
        found = api.get(f"/{post}", LEADS).get("attachments")
    except (Later, Refused):
        return Leads()
    every = [each for outer in _data(found) for each in (outer, *_data(outer.get("subattachments")))]
    urls = [bare(str(each[name])) for each in every for name in ("unshimmed_url", "url") if each.get(name)]
    targets = [str(each["target"]["id"]) for each in every if isinstance(each.get("target"), dict)
               and each["target"].get("id")]
    return Leads(tuple(urls), tuple(targets))


def _data(edge: object) -> list[dict[str, Any]]:
    found = edge.get("data") if isinstance(edge, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def bare(url: str) -> str:
    """What l.facebook.com/l.php?u=... leads to."""
    try:
        parts = urlsplit(url)
        inner = parse_qs(parts.query).get("u", [""])[0]
    except ValueError:
        return url
    return inner if parts.hostname in SHIM and inner else url


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

