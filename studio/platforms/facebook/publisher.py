"""Sends one post to a page: photos unpublished and then one /feed, a video or reel by its phases, or a comment.

Facebook has no idempotency key: whatever may have been acted on is Uncertain and looked up. Sources: Meta, Pages API
(Posts, page/photos), Video API, Reels publishing, object/comments, read 2026-11-22.
"""

from __future__ import annotations

import contextlib
import json as jsonlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.delivery import Proof, Receipt
from studio.core.errors import Later, NotThere, Problem, Refused, Uncertain, Unstaged
from studio.core.finding import blocking, error
from studio.core.post import Content
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.chunks import send as send_pieces
from studio.platforms.facebook import clips, photos, proof, rules, seek
from studio.platforms.facebook.faults import INVALID, PHOTO_USED, fault_of
from studio.platforms.facebook.graph import Api, address, id_of, moment, said_yes
from studio.platforms.facebook.message import message
from studio.platforms.facebook.seek import Sought
from studio.platforms.transport import MaybeSent, visible

SOONEST, FARTHEST = timedelta(minutes=10), timedelta(days=29)
CLOSE = timedelta(seconds=30)  # so near its time it may go live while it is being taken back
SAID = "id,permalink_url,is_published,scheduled_publish_time"


class FacebookPublisher(Publisher):
    """See `Publisher`. `plan` holds what is sent, when it was begun and what was newest before."""

    side_by_side = 4

    def __init__(self, access: Access, sleep: Callable[[float], None] = time.sleep) -> None:
        self._access, self._api, self._sleep = access, Api.of(access), sleep

    # submit ------------------------------------------------------------------------------------------------------

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses the way, and notes what is newest there, and Facebook's clock."""
        content = replace(content, identity=self._access.account.identity, reply=bool(self._access.reply_to))
        self._fits(content, uploads)
        kind, parent = rules.kind(content), self._parent()
        kind = "comment" if parent else kind
        now, at = self._access.now(), self._access.at
        plan = {
            "kind": kind, "message": message(content), "title": content.title.strip() if kind != "feed" else "",
            "link": content.link if kind == "feed" and not content.media else "", "parent": parent,
            "files": len(content.media), "begun": now.timestamp(), "at": at.timestamp() if at else None,
            **self._newest(kind, parent, now),
        }
        self._in_time(plan)
        return plan

    def _fits(self, content: Content, uploads: Sequence[Upload]) -> None:
        bad = (*blocking(rules.check(content)), *rules.unfit(content, uploads))
        if bad:
            raise Refused(*bad)

    def _parent(self) -> str:
        """What a link of a thread comments on: always the post itself, so that each stands below it. "" for a post.

        Refused where that is not known: it would become a post of its own.
        """
        if self._access.reply_to is None:
            return ""
        parent = str(self._access.reply_to.get("root", {}).get("object") or "")
        if not parent:
            raise Refused(error("publish.parent_gone", "account"))
        return parent

    def _newest(self, kind: str, parent: str, now: datetime) -> dict[str, Any]:
        """Refused: there is no such post to comment on, or no such page."""
        try:
            if kind == "comment":
                return seek.newest(self._api, f"/{parent}/comments", now, **seek.NEWEST_FIRST)
            return seek.newest(self._api, f"/{self._api.page}/feed", now)
        except NotThere:
            gone = error("publish.parent_gone", "account") if parent else error("facebook.page_gone", "account")
            raise Refused(gone) from None

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Sends one file; nobody sees it."""
        if upload.kind == "image":
            return photos.stage(self._api, number, upload, plan["at"] is not None, self._access.now(), held)
        reel = plan["kind"] == "reel"
        dialect = clips.ReelDialect(self._api, upload) if reel else clips.VideoDialect(self._api, upload)
        made = send_pieces(upload, dialect, held, progress=self._access.transport.progress, sleep=self._sleep)
        return {**made, "at": self._access.now().timestamp()}

    def ready(self, plan: Json, handles: Sequence[Json]) -> float | None:
        """What lay there for a while is asked for before it is named. Unstaged: it is gone."""
        for handle in handles:
            if photos.age(handle, self._access.now()) < photos.FRESH:
                continue
            if "photo" in handle:
                photos.still_there(self._api, handle)
            elif self._expired(str(handle["video"])):
                raise Unstaged(error("media.gone_there", "media", host=self._api.host))
        return None

    def _expired(self, video: str) -> bool:
        try:
            return clips.seen(self._api, video).gone
        except NotThere:
            return True

    # finalize ----------------------------------------------------------------------------------------------------

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request; with `access.at` the one that leaves it with Facebook's timer."""
        self._in_time(plan)
        with visible():
            receipt = self._made(plan, handles)
        return self._at_its_time(receipt)

    def _made(self, plan: Json, handles: Sequence[Json]) -> Receipt:
        """MaybeSent for a duplicate: an earlier try may have worked, so it is looked up."""
        try:
            return self._asked(plan, handles)
        except Refused as no:
            if any(finding.code == "facebook.duplicate" for finding in no.findings):
                raise MaybeSent(*no.findings) from None
            raise

    def _asked(self, plan: Json, handles: Sequence[Json]) -> Receipt:
        if plan["kind"] == "comment":
            return self._comment(plan)
        if plan["kind"] == "feed":
            return self._feed(plan, handles)
        clips.finish(self._api, plan["kind"], plan, handles[0], self._access.at)
        return self._clip(plan, handles)

    def _in_time(self, plan: Json) -> None:
        """By Facebook's clock."""
        at = self._access.at
        if at is None:
            return
        ahead = at - self._access.now() - timedelta(seconds=plan["drift"])
        if ahead < SOONEST:
            minutes = round(SOONEST.total_seconds() / 60)
            raise Refused(error("timer.too_soon", "account", host=self._api.host, minutes=minutes))
        if ahead > FARTHEST + timedelta(minutes=1):
            raise Refused(error("facebook.too_far", "account", rules.REELS, days=FARTHEST.days))

    def _feed(self, plan: Json, handles: Sequence[Json]) -> Receipt:
        form = {name: str(plan[name]) for name in ("message", "link") if plan[name]}
        for number, handle in enumerate(handles):
            form[f"attached_media[{number}]"] = jsonlib.dumps({"media_fbid": str(handle["id"])})
        if self._access.at is not None:
            form |= {
                "published": "false", "scheduled_publish_time": str(int(self._access.at.timestamp())),
                "unpublished_content_type": "SCHEDULED",
            }
        response = self._api.send("POST", f"/{self._api.page}/feed", form=form, params={"fields": SAID})
        fault = fault_of(response)
        if fault is not None and fault.subcode == PHOTO_USED:
            raise MaybeSent(error("facebook.duplicate", "text"))  # by a post of ours
        if fault is not None and fault.code == INVALID and handles and not fault.transient:
            self._photos_there(handles)
        return self._post(self._api.data(response), plan, handles)

    def _photos_there(self, handles: Sequence[Json]) -> None:
        """A no because of a photo that is there no more means: send it again. Unstaged."""
        with contextlib.suppress(MaybeSent):  # then the no itself is told
            for handle in handles:
                photos.still_there(self._api, handle)

    def _post(self, found: Mapping[str, Any], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The receipt of a post, live or waiting."""
        id = id_of(found, self._api.host)
        handle = {
            "kind": "feed", "post": id, "object": id, "photos": [str(each["id"]) for each in handles],
            "sought": Sought.of(self._api.page, plan, handles).json(),
        }
        return self._posted(found, handle, self._access.at)

    @staticmethod
    def _posted(found: Mapping[str, Any], handle: Json, at: datetime | None) -> Receipt:
        """at: what it was left for; None: it was to be seen at once."""
        if at is None or found.get("is_published") is True:
            return Receipt(address(found, str(handle["post"])), handle)
        told = moment(found.get("scheduled_publish_time"))
        return Receipt("", {**handle, "at": at.timestamp(), "told": told.timestamp() if told else None}, False, True)

    def _comment(self, plan: Json) -> Receipt:
        found = self._api.post(f"/{plan['parent']}/comments", {"message": str(plan["message"])})
        return self._commented(found, plan)

    def _commented(self, found: Mapping[str, Any], plan: Json) -> Receipt:
        id = id_of(found, self._api.host)
        return Receipt(address(found, id), {"kind": "comment", "comment": id, "object": str(plan["parent"])})

    def _clip(self, plan: Json, handles: Sequence[Json], found: clips.Seen | None = None) -> Receipt:
        """Of a video or reel that Facebook works on, or keeps for its time."""
        video, at = str(handles[0]["video"]), self._access.at
        handle = {"kind": plan["kind"], "video": video, "object": video, "at": at.timestamp() if at else None}
        return self._state(Receipt("", handle, False, at is not None), found) if found else Receipt(
            "", handle, False, at is not None)

    def _state(self, receipt: Receipt, seen: clips.Seen) -> Receipt:
        """The receipt as it is by now."""
        if seen.live:
            reel, video = receipt.handle["kind"] == "reel", str(receipt.handle["video"])
            post = str(seen.found.get("post_id") or "")
            url = address(seen.found, f"reel/{video}" if reel else video)
            below = video if reel else self._whole_id(post) or video  # a reel is no post to the API
            return Receipt(url, {**receipt.handle, "post": post, "object": below})
        told = seen.at if seen.waits else None
        handle = {**receipt.handle, **({"told": told.timestamp()} if told else {})}
        return Receipt("", handle, False, receipt.held and not (seen.asked and not seen.waits and self._due(receipt)))

    def _whole_id(self, post: str) -> str:
        """Some answers leave the page out of a post's id."""
        return f"{self._api.page}_{post}" if post.isdecimal() else post

    def _due(self, receipt: Receipt) -> bool:
        at = receipt.handle.get("at")
        return at is not None and self._access.now().timestamp() >= float(at)

    def _at_its_time(self, receipt: Receipt) -> Receipt:
        """What is kept for another time than was asked is taken back while nobody can see it."""
        if not receipt.held:
            return receipt
        try:
            receipt = self._told(receipt)
        except Problem:
            return receipt  # it lies there, whatever became of the sign-in; when its time has come it is looked at
        told, at = receipt.handle.get("told"), receipt.handle["at"]
        if told is None or abs(told - at) <= seek.SAME_TIME.total_seconds():
            return receipt
        wrong = error("facebook.other_time", "account", told=_stamp(told), asked=_stamp(at))
        try:
            self.withdraw(receipt)
        except Problem:
            raise Uncertain(wrong) from None
        raise Refused(wrong)

    def _told(self, receipt: Receipt) -> Receipt:
        """With the time Facebook has for it."""
        return receipt if receipt.handle.get("told") is not None else self.check(receipt)

    # look, check -------------------------------------------------------------------------------------------------

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """A comment below its post, a video by its id, a post among those that wait and on the page."""
        sought, at = Sought.of(self._api.page, plan, handles), self._access.at
        if plan["kind"] == "comment":
            found = seek.comment(self._api, sought, str(plan["parent"]))
            return None if found is None else self._commented(found, plan)
        if plan["kind"] != "feed":
            return self._look_clip(plan, handles)
        found = seek.scheduled(self._api, sought, at) if at is not None else None
        found = found or seek.live(self._api, sought)
        return None if found is None else self._post(found, plan, handles)

    def _look_clip(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        try:
            seen = clips.seen(self._api, str(handles[0]["video"]))
        except NotThere:
            return None
        return self._clip(plan, handles, seen) if seen.asked else None

    def check(self, receipt: Receipt) -> Receipt:
        """Is it live by now? Rejected: Facebook could not process it. NotThere: it is gone."""
        if receipt.done and not receipt.held:
            return receipt
        if receipt.handle["kind"] == "feed":
            return self._check_post(receipt)
        seen = clips.seen(self._api, str(receipt.handle["video"]))
        clips.refuse(self._api, seen)
        return self._state(receipt, seen)

    def _check_post(self, receipt: Receipt) -> Receipt:
        at = datetime.fromtimestamp(float(receipt.handle["at"]), UTC)
        try:
            found = self._api.get(f"/{receipt.handle['post']}", SAID)
        except NotThere:  # some posts that waited are there under another id
            live = seek.live(self._api, Sought.from_json(receipt.handle["sought"]))
            if live is None:
                raise
            found = {**live, "is_published": True}
            receipt = replace(receipt, handle={**receipt.handle, "post": live["id"], "object": live["id"]})
        return self._posted(found, receipt.handle, at)

    # the timer ---------------------------------------------------------------------------------------------------

    def withdraw(self, receipt: Receipt) -> None:
        """Off the timer. A live post would be deleted by the same request, so it is asked first. Refused: it is."""
        place = self._still_waits(receipt)
        response = self._api.send("DELETE", place)
        if not said_yes(self._api.data(response)):
            raise Later(error("net.unreadable", "account", host=self._api.host, status=response.status))

    def reschedule(self, receipt: Receipt, at: datetime) -> Receipt:
        """Another time, and read back. Refused: it is live, or the time does not fit."""
        place = self._still_waits(receipt)
        if at - self._access.now() < SOONEST:
            minutes = round(SOONEST.total_seconds() / 60)
            raise Refused(error("timer.too_soon", "account", host=self._api.host, minutes=minutes))
        found = self._api.post(place, {"scheduled_publish_time": str(int(at.timestamp()))})
        if not said_yes(found):
            raise Later(error("net.unreadable", "account", host=self._api.host, status=200))
        moved = self.check(replace(receipt, handle={**receipt.handle, "at": at.timestamp(), "told": None}))
        told = moved.handle.get("told")
        if not moved.held or told is None or abs(told - at.timestamp()) > seek.SAME_TIME.total_seconds():
            raise Refused(error("facebook.not_moved", "account"))
        return moved

    def _still_waits(self, receipt: Receipt) -> str:
        """Its path. Refused (timer.live_already); NotThere: it is gone; Later: its time is too near to be sure."""
        if not self.check(receipt).held:
            raise Refused(error("timer.live_already", "delivery"))
        at = datetime.fromtimestamp(float(receipt.handle["at"]), UTC)
        if abs(at - self._access.now()) < CLOSE:
            raise Later(error("facebook.too_close", "delivery"), after=2 * CLOSE.total_seconds())
        return f"/{receipt.handle.get('post') or receipt.handle['video']}"

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The post as Facebook has it, beside what was sent."""
        return proof.of(self._api, uploads, plan, receipt)


def _stamp(seconds: float) -> str:
    """For a sentence: "2026-12-01 09:30 UTC"."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
