"""Sends one post: the files first, then one request that nobody may repeat, then the review is waited for.

Source: Douyin open platform, create_video, create_image_text and video_data, read 2026-11. There is no key that would
make a repeat harmless: when the answer is lost, the work is looked for among the account's newest. Until its review is
over only the author sees a work, so it counts as published when it is public.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import ByHand, NotThere, Refused, Rejected, Unstaged
from studio.core.finding import blocking, error
from studio.core.post import Content
from studio.core.slot import iso
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.douyin import options, rules
from studio.platforms.douyin.api import Api
from studio.platforms.douyin.codes import NoSuchVideo, NotPermitted
from studio.platforms.douyin.text import body
from studio.platforms.douyin.upload import VIDEO, Uploads
from studio.platforms.douyin.works import Work, Works, address, plain
from studio.platforms.transport import MaybeSent, visible


class DouyinPublisher(Publisher):
    """See `Publisher`. `plan` holds the request but for its files, and which works were there before."""

    side_by_side = 4

    def __init__(self, access: Access) -> None:
        self._api = Api(access)
        self._works, self._uploads = Works(self._api), Uploads(self._api)
        self.readable = self._works.readable

    # submit ------------------------------------------------------------------------------------------------------

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """Chooses the request, and notes what the account's newest works are."""
        content = replace(content, identity=self._api.identity, mode="api")
        if bad := (*blocking(rules.check(content)), *rules.unfit(uploads)):
            raise Refused(*bad)
        return {
            "kind": "images" if rules.clip(content) is None else "video", "text": body(content),
            "more": self._more(content), "visibility": options.visibility(content),
            "before": self._works.before(), "begun": iso(self._api.now()),
        }

    @staticmethod
    def _more(content: Content) -> dict[str, Any]:
        """What goes beside the text, only where somebody chose it."""
        text, people = body(content), options.people(content)
        mentioned = [id for name, id in sorted(people.items(), key=lambda p: text.find(f"@{p[0]}"))
                     if f"@{name}" in text]
        more: dict[str, Any] = {"at_users": mentioned} if mentioned else {}
        if (at := options.cover_at(content)) is not None and rules.clip(content) is not None:
            more["cover_tsp"] = at
        if (status := options.VISIBILITIES.index(options.visibility(content))) > 0:
            more["private_status"] = status
        return more

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """Uploads one file; nobody sees it until a post names it."""
        return self._uploads.send(number, upload, held)

    def ready(self, plan: Json, handles: Sequence[Json]) -> float | None:
        """There is nothing to wait for; what is too old is sent anew."""
        self._uploads.ready(handles)
        return None

    # finalize ----------------------------------------------------------------------------------------------------

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request. ByHand where Douyin does not let the app publish."""
        files = [str(handle["id"]) for handle in handles]
        asked: dict[str, Any] = {"text": plan["text"], **plan["more"]}
        if plan["kind"] == "video":
            call, asked["video_id"] = "create_video", files[0]
        else:
            call, asked["image_list"] = "create_image_text", files
        try:
            with visible():
                return self._receipt(self._api.ask("POST", f"{VIDEO}/{call}/", json=asked), plan)
        except NoSuchVideo as gone:
            raise Unstaged(*gone.findings) from None
        except NotPermitted as refused:
            raise ByHand(*refused.findings) from None

    def _receipt(self, found: Mapping[str, Any], plan: Json) -> Receipt:
        """MaybeSent when the answer names no work: it may be there all the same."""
        item, video = str(found.get("item_id") or ""), str(found.get("video_id") or "")
        if not item:
            raise MaybeSent(error("net.unreadable", "account", host=self._api.host, status=200))
        return self._made(item, video, plan["kind"], plan["visibility"])

    def _made(self, item: str, video: str, kind: Any, visibility: str, url: str = "", done: bool = False) -> Receipt:
        """Not done before it was seen to be public; where nothing can be read, a person says so."""
        handle = {"item_id": item, "video_id": video, "kind": kind, "visibility": visibility}
        place = address(self._api.identity, video, kind, url)
        return Receipt(place, handle, done=done or not self.readable)

    # look, check -------------------------------------------------------------------------------------------------

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Among the account's newest works, by text and kind. Refused (delivery.cannot_look) where none are listed."""
        video = str(handles[0]["id"]) if plan["kind"] == "video" and handles else ""
        work = self._works.find(plan, video)
        return None if work is None else self._of(work, str(plan["visibility"]), plan["kind"])

    def _of(self, work: Work, visibility: str, kind: Any) -> Receipt:
        done = work.shown not in ("", "nobody")
        return self._made(work.item_id, work.video_id, kind or work.kind, visibility, work.share_url, done)

    def check(self, receipt: Receipt) -> Receipt:
        """How far the review is. Rejected (douyin.not_suitable) when it ended badly; NotThere: it is gone."""
        if receipt.done:
            return receipt
        return self._of(self._read(receipt), str(receipt.handle["visibility"]), receipt.handle["kind"])

    def _read(self, receipt: Receipt) -> Work:
        work = self._works.by_item(str(receipt.handle["item_id"]))
        if work is None:
            raise NotThere(error("publish.not_there", "account", key=str(receipt.handle["item_id"])))
        if work.shown == "nobody":
            raise Rejected(error("douyin.not_suitable", "delivery"))
        return work

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The work as Douyin shows it, beside what was sent; only when its review is over."""
        work = self._read(receipt)
        if not work.shown:
            raise NotThere(error("publish.not_there", "account", key=work.item_id))
        url = address(self._api.identity, work.video_id, plan["kind"], work.share_url) or receipt.url
        return Proof(url, work.at, compared(work, str(plan["text"]), str(plan["kind"]), str(plan["visibility"])))


def compared(work: Work, text: str, kind: str, visibility: str) -> tuple[Compared, ...]:
    """What was sent, line by line beside what is there. How many pictures there are is told nowhere."""
    return (
        Compared("text", plain(text), plain(work.title)), Compared("media", kind, work.kind or kind),
        Compared("visibility", visibility, work.shown),
    )

