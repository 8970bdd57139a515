"""What a plan and a receipt look like in the database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.core.delivery import Json, Receipt
from studio.core.post import Content
from studio.core.schema import content_to_json

if TYPE_CHECKING:
    from studio.platforms.base import Upload

_UPLOAD = ("mime", "bytes", "sha256", "width", "height", "alt", "name", "kind", "duration", "role")


def upload_to_json(upload: Upload) -> dict[str, Any]:
    return {"path": str(upload.path), **{name: getattr(upload, name) for name in _UPLOAD}}


def upload_from_json(data: dict[str, Any]) -> Upload:
    from studio.platforms.base import Upload

    return Upload(**{**data, "path": Path(data["path"])})


def receipt_to_json(receipt: Receipt) -> dict[str, Any]:
    held = {"held": True} if receipt.held else {}
    return {"url": receipt.url, "handle": dict(receipt.handle), "done": receipt.done, **held}


def receipt_from_json(data: Any) -> Receipt:
    return Receipt(data["url"], data["handle"], data["done"], data.get("held", False))


def made_for(plan: Json, content: Content, uploads: list[Upload]) -> Json | None:
    """The publisher's earlier choices, when they were made for this content and these bytes; else None.

    Files in the cache may be gone; made anew from the same originals they are the same, and so the key must be.
    """
    if "made" not in plan or plan["content"] != content_to_json(content):
        return None
    same = [u["sha256"] for u in plan["uploads"]] == [u.sha256 for u in uploads]
    made: Json | None = plan["made"] if same else None
    return made
