"""A photo to the page, unpublished: nobody sees it until a post names it, so it may be sent again freely.

Source: Meta, page/photos, read 2026-11-22: `published=false`; for a post that waits for its time `temporary=true` as
well; kept about 24 hours. What no post ever names is left to that.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from studio.core.errors import NotThere, Unstaged
from studio.core.finding import error
from studio.platforms.base import Held, Json, Upload
from studio.platforms.chunks import form
from studio.platforms.facebook.graph import Api, id_of
from studio.platforms.transport import Slice

STALE = timedelta(hours=20)  # of the 24 that Facebook keeps what is unpublished
FRESH = timedelta(minutes=5)  # surely still there
_SUFFIX = {"image/jpeg": "jpg", "image/png": "png"}


def stage(api: Api, number: int, upload: Upload, later: bool, now: datetime, held: Held) -> dict[str, Any]:
    """The photo's handle. later: it is for a post that waits for its time."""
    if held.before.get("id") and age(held.before, now) < STALE:
        return dict(held.before)
    fields = {"published": "false", **({"temporary": "true"} if later else {})}
    if upload.alt.strip():
        fields["alt_text_custom"] = upload.alt.strip()
    name = f"{number + 1}.{_SUFFIX.get(upload.mime, 'jpg')}"  # the file's own name may tell too much
    body, kind = form(fields, "source", name, upload.mime, Slice(upload.path, 0, upload.bytes))
    response = api.send("POST", f"/{api.page}/photos", content=body, headers={"Content-Type": kind})
    found = api.data(response, f"media[{number}]")
    handle = {"photo": id_of(found, api.host), "at": now.timestamp()}
    held.keep({"id": handle["photo"], **handle})
    return {"id": handle["photo"], **handle}


def age(handle: Json, now: datetime) -> timedelta:
    """Since it was sent; very old where that is not known."""
    try:
        return now - datetime.fromtimestamp(float(handle["at"]), UTC)
    except (KeyError, ValueError, TypeError):
        return timedelta.max


def still_there(api: Api, handle: Json) -> None:
    """Unstaged when Facebook has it no more."""
    try:
        api.get(f"/{handle['id']}", "id")
    except NotThere:
        raise Unstaged(error("media.gone_there", "media", host=api.host)) from None
