"""Finding a post of ours among the account's newest, when nobody told us its id.

What was there before we began is never ours: either by the newest id at that moment, which no clock can spoil, or
by time. A file belongs to one post only, so a post with one of ours is ours; else text, warning, number of files
and the answered post must all be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.errors import Refused
from studio.core.finding import error
from studio.platforms.base import Json
from studio.platforms.mastodon.api import Api
from studio.platforms.mastodon.markup import normal, text_of

PAGE = 40  # the most the API gives at once
PAGES = 8
SLACK = timedelta(seconds=120)  # that our clock may be ahead of the server's
SAME_TIME = timedelta(seconds=2)


def moment(value: object) -> datetime | None:
    """An ISO 8601 moment in UTC, or None."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for. begun: ISO 8601; since: id of the newest post before, "" when there was none."""

    text: str
    warning: str
    files: tuple[str, ...]
    begun: str
    since: str = ""
    reply: str = ""

    @classmethod
    def of(cls, plan: Json, handles: Sequence[Json]) -> Sought:
        """As the publisher planned and staged it."""
        post = plan["post"]
        return cls(
            str(post["status"]), str(post.get("spoiler_text", "")), tuple(str(handle["id"]) for handle in handles),
            str(plan["begun"]), str(plan.get("since", "")), str(post.get("in_reply_to_id", "")),
        )

    def json(self) -> dict[str, Any]:
        """For a receipt; `from_json` gives it back."""
        return {**asdict(self), "files": list(self.files)}

    @classmethod
    def from_json(cls, data: Json) -> Sought:
        return cls(**{**data, "files": tuple(data["files"])})

    def is_it(self, status: Mapping[str, Any]) -> bool:
        """True when this status is ours."""
        files = files_of(status)
        if set(files) & set(self.files):
            return True
        return (
            self._late_enough(status) and len(files) == len(self.files) and self._answers(status)
            and str(status.get("spoiler_text") or "") == self.warning
            and normal(text_of(str(status.get("content", "")))) == normal(self.text)
        )

    def _late_enough(self, status: Mapping[str, Any]) -> bool:
        made, begun = moment(status.get("created_at")), moment(self.begun)
        return bool(self.since) or (made is not None and begun is not None and made >= begun - SLACK)

    def _answers(self, status: Mapping[str, Any]) -> bool:
        return str(status.get("in_reply_to_id") or "") == self.reply

    def is_planned(self, item: Mapping[str, Any], at: datetime) -> bool:
        """True when this scheduled status is ours."""
        params, there = item.get("params"), moment(item.get("scheduled_at"))
        files = files_of(item)
        if set(files) & set(self.files):
            return True
        same = isinstance(params, dict) and str(params.get("text") or "") == self.text
        return same and len(files) == len(self.files) and there is not None and abs(there - at) <= SAME_TIME


def files_of(status: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of its files."""
    found = status.get("media_attachments")
    return tuple(str(a.get("id")) for a in found if isinstance(a, dict)) if isinstance(found, list) else ()


def newest(api: Api, account: str) -> tuple[str, datetime | None]:
    """The id of the account's newest post, "" when there is none, and the server's own time."""
    from email.utils import parsedate_to_datetime

    response = api.get(f"/api/v1/accounts/{account}/statuses", {"limit": "1"})
    found = api.items(response)
    try:
        date = parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        date = None
    return (str(found[0].get("id", "")) if found else "", date)


def pages(api: Api, path: str, params: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Items, the newest first, over a few pages."""
    older: dict[str, str] = {}
    for _ in range(PAGES):
        items = api.items(api.get(path, {**params, "limit": str(PAGE), **older}))
        yield from items
        if len(items) < PAGE:
            return
        older = {"max_id": str(items[-1].get("id", ""))}


def live(api: Api, account: str, sought: Sought) -> dict[str, Any] | None:
    """Our post, or None. Refused (publish.several) when more than one could be it; Later, SignInAgain."""
    params = {"exclude_reblogs": "true", **({"since_id": sought.since} if sought.since else {})}
    found: list[dict[str, Any]] = []
    for status in pages(api, f"/api/v1/accounts/{account}/statuses", params):
        if sought.is_it(status):
            found.append(status)
        made, begun = moment(status.get("created_at")), moment(sought.begun)
        if not sought.since and made and begun and made < begun - SLACK and not status.get("pinned"):
            break
    return _one(found)


def scheduled(api: Api, sought: Sought, at: datetime) -> dict[str, Any] | None:
    """Our post among those that wait for their time, or None; errors as `live`."""
    items = pages(api, "/api/v1/scheduled_statuses", {})
    return _one([item for item in items if sought.is_planned(item, at)])


def _one(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    if len(found) > 1:
        raise Refused(error("publish.several", "account", count=len(found)))
    return found[0] if found else None
