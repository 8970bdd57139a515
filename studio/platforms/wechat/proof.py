"""What the platform has of an article, line by line beside what was sent.

The platform rewrites tags and addresses of pictures, so words are compared with words, and pictures are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from studio.core.delivery import Compared, Proof, Receipt
from studio.platforms.base import Json
from studio.platforms.wechat.articles import plain


def of(article: Json, found: Mapping[str, Any], files: int, receipt: Receipt) -> Proof:
    """The proof of one published article. files: of an image post, how many pictures were sent."""
    lines = [
        Compared("title", str(article["title"]), str(found.get("title") or "")),
        *_said("digest", article.get("digest"), found.get("digest")),
        *_said("author", article.get("author"), found.get("author")),
        Compared("text", words(str(article["content"])), words(str(found.get("content") or ""))),
        *_pictures(article, found, files),
    ]
    at = receipt.handle.get("at")
    return Proof(receipt.url, datetime.fromisoformat(str(at)) if at else None, tuple(lines))


def words(html: str) -> str:
    """The words, however they are broken into lines."""
    return " ".join(plain(html.replace("&nbsp;", " ")).split())


def _said(what: str, sent: object, found: object) -> list[Compared]:
    """Nothing when we left it to the platform."""
    return [Compared(what, str(sent), str(found or ""))] if sent else []


def _pictures(article: Json, found: Mapping[str, Any], files: int) -> list[Compared]:
    if article["article_type"] != "newspic":
        sent, there = (str(text or "").count("<img") for text in (article["content"], found.get("content")))
        return [Compared("media", str(sent), str(there))]
    info = found.get("image_info")
    slides = info.get("image_list") if isinstance(info, dict) else None
    return [Compared("media", str(files), str(len(slides)))] if isinstance(slides, list) else []
