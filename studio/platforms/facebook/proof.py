"""What the page has of a post, line by line beside what was sent.

Photos are saved anew there, in sizes of Facebook's own, so their number and descriptions are compared, not pixels.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import Later, NotThere, Refused
from studio.core.finding import error
from studio.platforms.base import Json, Upload
from studio.platforms.facebook import seek
from studio.platforms.facebook.graph import Api, address, moment
from studio.platforms.facebook.message import normal

CLIP = "id,description,title,created_time,permalink_url,published,post_id"


def of(api: Api, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
    """The proof of one post, video, reel or comment. NotThere, Later, SignInAgain."""
    kind = receipt.handle["kind"]
    if kind == "comment":
        return _comment(api, plan, receipt)
    return _post(api, uploads, plan, receipt) if kind == "feed" else _clip(api, plan, receipt)


def _post(api: Api, uploads: Sequence[Upload], plan: Json, receipt: Receipt) -> Proof:
    post = str(receipt.handle["post"])
    found = api.get(f"/{post}", seek.POST)
    if found.get("is_published") is False:
        raise NotThere(error("publish.not_there", "account", key=post))
    lines = [_text(plan, found.get("message")), *media(len(uploads), seek.files_of(found), seek.leads_on(plan))]
    if plan["link"]:
        lines += _link(api, post, str(plan["link"]))
    lines += _alts(api, uploads, receipt)
    return Proof(address(found, post), moment(found.get("created_time")), tuple(lines))


def _text(plan: Json, found: object) -> Compared:
    return Compared("text", normal(str(plan["message"])), normal(str(found or "")))


def media(sent: int, there: int, shares: bool) -> list[Compared]:
    """How many; nothing where none was sent and the card of a link may look like some (shares)."""
    return [Compared("media", str(sent), str(there))] if sent or (there and not shares) else []


def _link(api: Api, post: str, sent: str) -> list[Compared]:
    """Where its card leads; nothing when Facebook does not tell."""
    urls = seek.leads(api, post).urls
    return [Compared("link", sent, sent if sent in urls else urls[0])] if urls else []


def _alts(api: Api, uploads: Sequence[Upload], receipt: Receipt) -> list[Compared]:
    """The descriptions, of the photos whose ids are known; what cannot be read is left out."""
    lines = []
    for number, (upload, id) in enumerate(zip(uploads, receipt.handle.get("photos", ()), strict=False), start=1):
        if not upload.alt.strip():
            continue
        try:
            found = api.get(f"/{id}", "id,alt_text_custom")
        except (Later, Refused):
            continue
        lines.append(Compared(f"alt:{number}", upload.alt.strip(), str(found.get("alt_text_custom") or "").strip()))
    return lines


def _clip(api: Api, plan: Json, receipt: Receipt) -> Proof:
    video = str(receipt.handle["video"])
    found = api.get(f"/{video}", CLIP)
    lines = [_text(plan, found.get("description"))]
    if plan["title"]:
        lines.append(Compared("title", str(plan["title"]), str(found.get("title") or "")))
    lines.append(Compared("media", "1", "1" if found.get("published") is not False else "0"))
    where = f"reel/{video}" if receipt.handle["kind"] == "reel" else video
    return Proof(address(found, where), moment(found.get("created_time")), tuple(lines))


def _comment(api: Api, plan: Json, receipt: Receipt) -> Proof:
    """Found below its post, which says what it answers."""
    id, parent = str(receipt.handle["comment"]), str(receipt.handle["object"])
    found = seek.by_id(api, parent, id)
    if found is None:
        raise NotThere(error("publish.not_there", "account", key=id))
    lines = (_text(plan, found.get("message")), Compared("reply", parent, parent))
    return Proof(address(found, id), moment(found.get("created_time")), lines)
