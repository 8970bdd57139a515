"""Sends one post: files first, then one request with a key that a server may honour, and looks before it repeats.

Sources: Mastodon documentation, methods statuses, media, scheduled_statuses, read 2026-07; Mastodon source,
PostStatusService and ScheduledStatus, August 2026; issues 30039 and 40399. Bodies are JSON: seen on a server of
other software, form-encoded `media_ids[]` were dropped with a 200.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from studio.core.delivery import Proof, Receipt
from studio.core.errors import Later, NotThere, Problem, Refused, Uncertain
from studio.core.finding import blocking, error
from studio.core.ids import new_id
from studio.core.post import Content
from studio.core.slot import iso
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.mastodon import limits, options, proof, rules, seek
from studio.platforms.mastodon.api import Api, clean, message_of, trouble
from studio.platforms.mastodon.entities import body
from studio.platforms.mastodon.seek import Sought, files_of, moment
from studio.platforms.mastodon.upload import Uploads, focus_of, too_big
from studio.platforms.transport import MaybeSent, Response, host_of, visible

SOONEST = timedelta(seconds=300)
NOT_BEFORE = timedelta(seconds=10)  # more than SOONEST: some versions publish at once what is too soon
KEY_LASTS = timedelta(minutes=50)  # a key is worth an hour; after that we look before we send


class MastodonPublisher(Publisher):
    """See `Publisher`. `plan` holds the key, the request but for its files, and what was newest before."""

    def __init__(self, access: Access) -> None:
        self._access, self._api = access, Api(access)
        self._account = access.account.identity.get("id", "")
        self._uploads = Uploads(self._api)
        self.idempotent = limits.honours_keys(access.account.identity) and access.at is None

    # submit ------------------------------------------------------------------------------------------------------

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses the key and the request, and notes what the account's newest post is."""
        content = replace(content, identity=self._access.account.identity)
        if bad := (*blocking(rules.check(content)), *too_big(uploads, limits.of(content.identity))):
            raise Refused(*bad)
        now = self._access.now()
        self._has_timer()
        since, there = seek.newest(self._api, self._account)
        drift = (there - now).total_seconds() if there else 0.0
        plan = {
            "key": new_id(), "begun": iso(now), "since": since, "drift": drift, "post": self._post(content),
            "focus": focus_of(content, uploads),
        }
        self._in_time(plan)
        return plan

    def _has_timer(self) -> None:
        """Software without scheduled posts might ignore the time and publish at once."""
        if self._access.at is None:
            return
        response = self._api.get("/api/v1/scheduled_statuses", {"limit": "1"})
        if response.status in (404, 405, 410, 501):
            raise Refused(error("timer.none", "account", host=self._api.host))
        self._api.items(response)

    def _post(self, content: Content) -> dict[str, Any]:
        """The request but for its files and its time."""
        text, warned, poll = body(content), options.warning_text(content), options.poll(content)
        if not text:  # a warning alone becomes the text there; done here, what is read back is what was sent
            text, warned = warned, ""
        parent = (self._access.reply_to or {}).get("parent", {}).get("id")
        optional = {
            "spoiler_text": warned, "sensitive": options.sensitive(content), "language": options.language(content),
            "poll": poll.json() if poll and not content.media else None, "in_reply_to_id": parent,
        }
        post: dict[str, Any] = {"status": text, "visibility": options.visibility(content)}
        return post | {name: value for name, value in optional.items() if value}

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Uploads one file; nobody sees it until a post names it."""
        return self._uploads.send(number, upload, plan["focus"][number], held)

    def ready(self, plan: Json, handles: Sequence[Json]) -> float | None:
        """Clips and animations are processed after they were taken."""
        return self._uploads.ready(handles)

    # finalize ----------------------------------------------------------------------------------------------------

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request; with `access.at` the one that leaves it with the server's timer."""
        self._in_time(plan)
        if self._stale(plan) and (found := self.look(plan, handles)) is not None:
            return found
        asked = {**plan["post"]}
        if handles:
            asked["media_ids"] = [handle["id"] for handle in handles]
        if self._access.at is not None:
            asked["scheduled_at"] = iso(self._access.at)
        with visible():
            response = self._api.send("POST", "/api/v1/statuses", json=asked, headers={"Idempotency-Key": plan["key"]})
            if not response.ok:
                raise self._refusal(response, plan)
            receipt = self._receipt(response, plan, handles)
        return self._whole(receipt, response, handles)

    def _in_time(self, plan: Json) -> None:
        """By the server's clock: what is too soon for its timer might go out at once."""
        at = self._access.at
        there = self._access.now() + timedelta(seconds=plan["drift"])
        if at is not None and at - there < SOONEST + NOT_BEFORE:
            minutes = round(SOONEST.total_seconds() / 60)
            raise Refused(error("timer.too_soon", "account", host=self._api.host, minutes=minutes))

    def _stale(self, plan: Json) -> bool:
        begun = moment(plan["begun"])
        return begun is not None and self._access.now() - begun > KEY_LASTS

    def _receipt(self, response: Response, plan: Json, handles: Sequence[Json]) -> Receipt:
        """MaybeSent when the answer is not one: it may be live all the same."""
        found = response.data()
        if not isinstance(found.get("id"), str | int):
            raise MaybeSent(error("net.unreadable", "account", host=host_of(response.url), status=response.status))
        if "params" in found and found.get("scheduled_at"):
            return self._held(found, Sought.of(plan, handles))
        return _live(found)

    def _held(self, found: Mapping[str, Any], sought: Sought) -> Receipt:
        handle = {"scheduled": str(found["id"]), "at": str(found["scheduled_at"]), "sought": sought.json()}
        return Receipt("", handle, done=False, held=True)

    def _whole(self, receipt: Receipt, response: Response, handles: Sequence[Json]) -> Receipt:
        """A scheduled post without its files is taken back while nobody can see it."""
        sent, found = len(handles), len(files_of(response.data()))
        if not receipt.held or found >= sent:
            return receipt
        dropped = error("publish.media_dropped", "media", host=self._api.host, sent=sent, found=found)
        try:
            self.withdraw(receipt)
        except Problem:  # it lies there still: to send it again would make a second
            raise Uncertain(dropped) from None
        raise Refused(dropped)

    def _refusal(self, response: Response, plan: Json) -> Problem:
        """What an answer to the visible request means; MaybeSent wherever it may have been done."""
        message = message_of(response)
        if response.status == 404:
            if "in_reply_to_id" in plan["post"] and "reply" in message.lower():
                return Refused(error("publish.parent_gone", "account"))
            return MaybeSent(error("net.server_fault", "account", host=self._api.host, status=404))
        if response.status == 422 and message:
            return self._unfit(message)
        return trouble(response, self._api.secrets)

    def _unfit(self, message: str) -> Problem:
        said, host = message.lower(), self._api.host
        reason = clean(message, self._api.secrets)
        if "finished processing" in said:
            return Later(error("delivery.still_digesting", "delivery"), after=5.0)
        if "already attached" in said:  # by an earlier try of ours, as far as one can tell
            return MaybeSent(error("platform.refused", "", host=host, error="422", reason=reason))
        if self._access.at is not None and "future" in said:
            minutes = round(SOONEST.total_seconds() / 60)
            return Refused(error("timer.too_soon", "account", host=host, minutes=minutes))
        if self._access.at is not None and "scheduled" in said:
            return Refused(error("timer.full", "account", host=host, reason=reason))
        return Refused(error("platform.refused", "", host=host, error="422", reason=reason))

    # look, check -------------------------------------------------------------------------------------------------

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Among what waits there, where it was left with the timer, and among the account's newest posts."""
        sought, at = Sought.of(plan, handles), self._access.at
        if at is not None and (planned := seek.scheduled(self._api, sought, at)) is not None:
            return self._held(planned, sought)
        found = seek.live(self._api, self._account, sought)
        return None if found is None else _live(found)

    def check(self, receipt: Receipt) -> Receipt:
        """A held post: still there, or live by now under an id of its own."""
        if not receipt.held:
            return receipt
        sought = Sought.from_json(receipt.handle["sought"])
        waiting = self._api.get(self._place(receipt))
        if waiting.status != 404:
            return self._held(self._api.data(waiting), sought)
        found = seek.live(self._api, self._account, sought)
        if found is None:
            raise NotThere(error("publish.not_there", "account", key=str(receipt.handle["scheduled"])))
        return _live(found)

    @staticmethod
    def _place(receipt: Receipt) -> str:
        return f"/api/v1/scheduled_statuses/{receipt.handle['scheduled']}"

    def withdraw(self, receipt: Receipt) -> None:
        """Off the server's timer. When it is there no more, it is looked for before that is called fine."""
        response = self._api.send("DELETE", self._place(receipt))
        if response.status != 404:
            if not response.ok:
                raise trouble(response, self._api.secrets)
            return
        if seek.live(self._api, self._account, Sought.from_json(receipt.handle["sought"])) is not None:
            raise Refused(error("timer.live_already", "delivery"))

    def reschedule(self, receipt: Receipt, at: datetime) -> Receipt:
        """Another time, on the server's timer."""
        response = self._api.send("PUT", self._place(receipt), json={"scheduled_at": iso(at)})
        if response.status == 404:
            raise Refused(error("timer.live_already", "delivery"))
        if response.status == 422:
            minutes = round(SOONEST.total_seconds() / 60)
            raise Refused(error("timer.too_soon", "account", host=self._api.host, minutes=minutes))
        return self._held(self._api.data(response), Sought.from_json(receipt.handle["sought"]))

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The post as the server has it, beside what was sent."""
        id = str(receipt.handle["id"])
        response = self._api.get(f"/api/v1/statuses/{id}")
        if response.status == 404:
            raise NotThere(error("publish.not_there", "account", key=id))
        return proof.of(self._api, self._api.data(response), uploads, plan["post"], receipt)


def _live(found: Mapping[str, Any]) -> Receipt:
    """Of a status that people can see."""
    address = next((str(found.get(n)) for n in ("url", "uri") if str(found.get(n) or "").startswith("http")), "")
    return Receipt(address, {"id": str(found["id"])})
