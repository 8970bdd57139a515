"""Sends one article or image post: pictures and draft first, then one request that publishes the draft.

Source: developers.weixin.qq.com, uploadimg, add_material, draft/add and freepublish, read 2026-11-22. A draft is seen
by nobody; `submit` only says that the job was accepted, `get` how it went; the draft is gone once it is published.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from studio.core.delivery import Proof, Receipt
from studio.core.errors import ByHand, Later, NotThere, Refused, Rejected, Unstaged
from studio.core.finding import blocking, error
from studio.core.post import Content
from studio.core.slot import iso
from studio.platforms.base import Access, Held, Json, Publisher, Upload
from studio.platforms.boxes import cover as cropped
from studio.platforms.chunks import form
from studio.platforms.transport import MaybeSent, Slice, visible
from studio.platforms.wechat import limits, options, proof, rules, seek
from studio.platforms.wechat.api import Api
from studio.platforms.wechat.articles import filled
from studio.platforms.wechat.codes import (
    NO_SUCH_ARTICLE,
    NO_SUCH_MEDIA,
    NO_SUCH_PUBLISH,
    NOT_ALLOWED,
    code_of,
    finishing,
    number,
)
from studio.platforms.wechat.seek import Sought

SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/bmp": "bmp"}
FRESH = timedelta(seconds=30)  # a draft that was made just now is there
INSIDE = ("image/jpeg", "image/png")  # what uploadimg takes; an animation goes through the library
#: publish_status -> finding; 0 is done, 1 is under way. Source: freepublish/get.
ENDED = {
    2: "wechat.original_failed", 3: "wechat.failed_there", 4: "wechat.review_refused", 5: "wechat.removed",
    6: "wechat.blocked",
}


class WeChatPublisher(Publisher):
    """See `Publisher`. `plan` holds the article with places where the pictures' addresses go."""

    contains = True
    side_by_side = 4

    def __init__(self, access: Access) -> None:
        self._access, self._api = access, Api(access)

    # submit ------------------------------------------------------------------------------------------------------

    def plan(self, content: Content, uploads: Sequence[Upload]) -> dict[str, Any]:
        """The article as it will be, but for its pictures, and the crops of its cover."""
        content = replace(content, identity=self._access.account.identity)
        if bad := blocking(rules.check(content)):
            raise Refused(*bad)
        image = options.kind(content) == "image"
        article: dict[str, Any] = {
            "article_type": "newspic" if image else "news", "title": options.title(content),
            "content": content.text if image else rules.built(content).html,
            "need_open_comment": int(options.flag(content, "open_comment")),
            "only_fans_can_comment": int(options.flag(content, "fans_only")),
        }
        if not image:
            article |= {
                "author": options.author(content), "digest": options.digest(content),
                "content_source_url": content.link, **_crops(content, uploads),
            }
        _not_too_long(article)
        return {"begun": iso(self._access.now()), "article": article}

    def stage(self, number: int, upload: Upload, plan: Json, held: Held) -> dict[str, Any]:
        """A picture of the text gets an address there, a cover or a slide a place in the library."""
        if held.before.get("role") == upload.role:
            return dict(held.before)
        inside = upload.role == "inline" and upload.mime in INSIDE
        path = "/cgi-bin/media/uploadimg" if inside else "/cgi-bin/material/add_material"
        # The file's own name stays here: it may tell too much.
        name, whole = f"{number + 1}.{SUFFIX.get(upload.mime, 'jpg')}", Slice(upload.path, 0, upload.bytes)
        content, kind = form({}, "media", name, upload.mime, whole)
        data = self._api.good(
            path, content=content, params={} if inside else {"type": "image"}, headers={"Content-Type": kind},
        )
        handle = {name: str(data[name]) for name in ("url", "media_id") if data.get(name)}
        if ("url" if upload.role == "inline" else "media_id") not in handle:
            raise Later(error("wechat.no_handle", "media", name=upload.name))
        handle["role"] = upload.role
        held.keep(handle)
        return handle

    def contain(
        self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json], held: Held
    ) -> dict[str, Any]:
        """The draft. One whose making was cut short is looked for before another is made."""
        if held.before.get("media_id"):
            return dict(held.before)
        article = _whole(plan, handles)
        made = seek.draft(self._api, Sought.of(plan, tuple(handles))) if held.before.get("asked") else ""
        if not made:
            held.keep({"asked": True})
            data = self._api.good("/cgi-bin/draft/add", {"articles": [article]})
            made = str(data.get("media_id") or "")
        if not made:
            raise Later(error("wechat.no_handle", "delivery", name=str(article["title"])))
        handle = {"media_id": made, "at": iso(self._access.now())}
        held.keep(handle)
        return handle

    def ready(self, plan: Json, handles: Sequence[Json]) -> float | None:
        """An account that may not publish leaves the draft to a person. One from an earlier try may be gone."""
        draft = handles[-1]
        may = self._access.account.identity.get("publish") != "no"
        age = self._access.now() - datetime.fromisoformat(str(draft["at"]))
        gone = age > FRESH and not self._has_draft(str(draft["media_id"]))
        if gone and not (may and self._found(plan, handles)):
            raise Unstaged(error("wechat.draft_gone", "delivery"))
        if not may:
            raise ByHand(error("wechat.no_publish", "account"))
        return None

    # finalize ----------------------------------------------------------------------------------------------------

    def commit(self, content: Content, uploads: Sequence[Upload], plan: Json, handles: Sequence[Json]) -> Receipt:
        """The one visible request. It is answered before anybody can see the article."""
        self._api.token()  # what goes wrong with it has shown nobody anything
        with visible():
            data = self._api.call("/cgi-bin/freepublish/submit", {"media_id": handles[-1]["media_id"]})
            if code_of(data) == NO_SUCH_MEDIA:
                return self._draft_gone(plan, handles)
            if code_of(data):
                raise self._unpublished(data)
            if not data.get("publish_id"):
                raise MaybeSent(error("wechat.no_handle", "delivery", name=str(plan["article"]["title"])))
        self._access.learn({"publish": "yes"})
        handle = {"publish_id": str(data["publish_id"]), "begun": str(plan["begun"])}
        if data.get("msg_data_id"):
            handle["msg_data_id"] = str(data["msg_data_id"])
        return Receipt("", handle, done=False)

    def _unpublished(self, data: Json) -> Exception:
        if code_of(data) == NOT_ALLOWED:
            self._access.learn({"publish": "no"})
        return finishing(data, self._api.secrets)

    def _draft_gone(self, plan: Json, handles: Sequence[Json]) -> Receipt:
        """Somebody published it on the page, or deleted it: then it is made anew."""
        found = self._found(plan, handles)
        if found is None:
            raise Unstaged(error("wechat.draft_gone", "delivery"))
        return found

    # look, check -------------------------------------------------------------------------------------------------

    def look(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        """Among what is published; a draft that is gone without an article is on its way. Later (wechat.on_its_way)."""
        found = self._found(plan, handles)
        if found is None and not self._has_draft(str(handles[-1]["media_id"])):
            raise Later(error("wechat.on_its_way", "delivery"), after=30.0)
        return found

    def _found(self, plan: Json, handles: Sequence[Json]) -> Receipt | None:
        item = seek.published(self._api, Sought.of(plan, tuple(handles)))
        if item is None:
            return None
        title = str(plan["article"]["title"])  # by it the statistics know the article's number, which we do not
        handle = {"article_id": str(item.get("article_id") or ""), "begun": str(plan["begun"]), "title": title}
        if at := seek.moment(item.get("update_time")):
            handle["at"] = iso(at)
        return Receipt(str(seek.news(item)[0].get("url") or ""), handle)

    def _has_draft(self, id: str) -> bool:
        data = self._api.call("/cgi-bin/draft/get", {"media_id": id})
        if code_of(data) == NO_SUCH_MEDIA:
            return False
        if code_of(data):
            raise self._api.trouble(data)
        return True

    def check(self, receipt: Receipt) -> Receipt:
        """How the job went. Rejected with the platform's own reason when it will never be seen."""
        id = receipt.handle.get("publish_id")
        if receipt.done or not id:
            return receipt
        data = self._api.call("/cgi-bin/freepublish/get", {"publish_id": id})
        if code_of(data) == NO_SUCH_PUBLISH:
            raise NotThere(error("publish.not_there", "account", key=str(id)))
        if code_of(data):
            raise self._api.trouble(data)
        return self._told(receipt, data)

    def _told(self, receipt: Receipt, data: Json) -> Receipt:
        status = number(data.get("publish_status"))
        if status in ENDED:
            raise Rejected(error(ENDED[status], "delivery", state=status))
        detail = data.get("article_detail")
        items = detail.get("item") if isinstance(detail, dict) else None
        first = items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}
        if status != 0 or not first.get("article_url"):
            return receipt
        handle = {
            **receipt.handle, "article_id": str(data.get("article_id") or ""), "index": number(first.get("idx")) or 1,
            "at": receipt.handle.get("at") or iso(self._access.now()),
        }
        return Receipt(str(first["article_url"]), handle)

    def read_back(self, content: Content, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
        """The article as readers get it, beside what was sent."""
        id = str(receipt.handle.get("article_id") or "")
        data = self._api.call("/cgi-bin/freepublish/getarticle", {"article_id": id})
        if code_of(data) == NO_SUCH_ARTICLE or (not code_of(data) and not seek.news(data)):
            raise NotThere(error("publish.not_there", "account", key=id))
        if code_of(data):
            raise self._api.trouble(data)
        found = seek.news(data)[0]
        if found.get("is_deleted") is True:
            raise NotThere(error("wechat.removed", "delivery", state=5))
        return proof.of(plan["article"], found, len(uploads), receipt)


def _not_too_long(article: Json) -> None:
    """The HTML in bytes; its pictures' addresses are added generously."""
    html = str(article["content"])
    size = len(html.encode()) + 200 * html.count("<img")
    if size > limits.BYTES.value:
        raise Refused(error("text.too_many_bytes", "text", limits.BYTES.source, count=size, limit=limits.BYTES.value))


def _crops(content: Content, uploads: Sequence[Upload]) -> dict[str, str]:
    """Both crops of the cover, around its focal point: "X1_Y1_X2_Y2", from 0 to 1, six decimals at most."""
    cover = next((u for u in uploads if u.role == "cover"), None)
    if cover is None or not cover.width or not cover.height:
        return {}
    chosen = options.cover(content)
    focus = chosen.focus if chosen else None
    shapes = {"pic_crop_235_1": (limits.COVER_WIDTH, limits.COVER_HEIGHT), "pic_crop_1_1": (1, 1)}
    return {name: crop(cover.width, cover.height, *shape, focus) for name, shape in shapes.items()}


def crop(width: int, height: int, wide: int, high: int, focus: tuple[float, float] | None) -> str:
    """One crop as the API takes it."""
    x, y, w, h = cropped(width, height, wide, high, focus)
    return "_".join(f"{min(1.0, max(0.0, each)):.6f}".rstrip("0").rstrip(".") for each in (x, y, x + w, y + h))


def _whole(plan: Json, handles: Sequence[Json]) -> dict[str, Any]:
    """The article with its pictures' addresses and its cover."""
    article = dict(plan["article"])
    if article["article_type"] == "newspic":
        slides = [{"image_media_id": h["media_id"]} for h in handles if h.get("role") == "image"]
        return {**article, "image_info": {"image_list": slides}}
    inside = [str(h["url"]) for h in handles if h.get("role") == "inline"]
    cover = next((str(h["media_id"]) for h in handles if h.get("role") == "cover"), "")
    content = filled(str(article["content"]), dict(enumerate(inside)))
    return {**article, "content": content, "thumb_media_id": cover}
