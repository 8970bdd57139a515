"""A post that a person makes on their server's own page, and the address they bring back.

Sources: Mastodon source, config/routes and the web client, August 2026 (/publish, /@user/id, /users/user/statuses/id).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from studio.core.delivery import Compared, Proof, Receipt
from studio.core.errors import NotThere
from studio.core.finding import error
from studio.core.handoff import HandOff, Link, Piece
from studio.core.likeness import SIMILAR, likeness
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.links import not_it
from studio.platforms.mastodon import options, proof, rules
from studio.platforms.mastodon.api import Api
from studio.platforms.mastodon.entities import body
from studio.platforms.mastodon.seek import moment
from studio.platforms.text import following

_SEEN_BY = {
    "unlisted": Words("Visibility: quiet public", "可见范围：悄悄公开", "可見範圍：不公開"),
    "private": Words("Visibility: followers", "可见范围：关注者", "可見範圍：跟隨者"),
    "direct": Words("Visibility: private mention", "可见范围：私下提及", "可見範圍：私訊"),
}
_THREAD = Words(
    "Answer your own post with the parts that follow, one after the other",
    "把后面的几段依次作为回复，接在自己的嘟文下面", "把後面的幾段依次作為回覆，接在自己的嘟文下面",
)
_ALT = Words("Give each picture its description", "给每张图片填上说明文字", "給每張圖片填上說明文字")
_SENSITIVE = Words("Mark the media as sensitive", "把媒体标记为敏感内容", "把媒體標為敏感內容")


def handoff(content: Content, home: str) -> HandOff:
    """The whole text, on the page of the account's own server where that is known."""
    server = own_server(content.identity, content.handle)
    counted = rules.count(content)["text"]
    text, warned = body(content), options.warning_text(content)
    first = (Piece("text", text, "", counted.count, counted.limit),) if text else ()
    ticks = [*_warning(warned), *_poll(options.poll(content)), *_seen_by(content), *_media(content, warned)]
    page = f"{server}/publish" if server else home
    follow = _following(content)
    return HandOff(page, (*first, *follow), bool(content.media), (*ticks, *([_THREAD] if follow else [])))


def own_server(identity: Mapping[str, str], handle: str) -> str:
    """Its address for a browser: as signed in to, else as the handle says; "" when neither tells."""
    known = identity.get("server", "")
    named = re.fullmatch(r"@?[^@\s/]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)", handle.strip(), re.IGNORECASE)
    if known or named is None:
        return known if known.startswith("https://") else ""
    return f"https://{named[1].lower()}"


def _following(content: Content) -> tuple[Piece, ...]:
    """The further parts of a thread in one text, with a line between them."""
    text = following(content.replies)
    return (Piece("comment", text),) if text else ()


def _warning(warned: str) -> list[Words]:
    if not warned:
        return []
    return [Words(f"Content warning: {warned}", f"内容警告：{warned}", f"內容警告：{warned}")]


def _poll(poll: options.Poll | None) -> list[Words]:
    if poll is None:
        return []
    choices = " / ".join(poll.options)
    return [Words(f"Poll: {choices}", f"投票：{choices}", f"投票：{choices}")]


def _seen_by(content: Content) -> list[Words]:
    wanted = _SEEN_BY.get(options.visibility(content))
    return [wanted] if wanted else []


def _media(content: Content, warned: str) -> list[Words]:
    described = [_ALT] if any(media.alt.strip() for media in content.media) else []
    hidden = [_SENSITIVE] if content.media and options.sensitive(content) and not warned else []
    return described + hidden


def verify(access: Access, content: Content, link: Link) -> Proof | None:
    """The post at a pasted link, beside what was handed over; None without a sign-in.

    Refused (handoff.not_it): on another server, somebody else's, or another text. NotThere: there is none.
    """
    if not access.secrets.get("access_token"):
        return None
    if _host(link.url) not in _own_hosts(access.account.identity):
        raise not_it()
    found = _read(Api(access), str(link.handle["id"]))
    account = found.get("account")
    if not isinstance(account, dict) or str(account.get("id")) != access.account.identity.get("id"):
        raise not_it()
    lines = _compared(Api(access), content, found)
    if _other(lines):
        raise not_it()
    receipt = Receipt(str(found.get("url") or link.url))
    return Proof(receipt.url, moment(found.get("created_at")), tuple(lines))


def _host(url: str) -> str:
    return (urlsplit(url).netloc.rpartition("@")[2]).lower().removeprefix("www.")


def _own_hosts(identity: Mapping[str, str]) -> set[str]:
    """A handle's domain may differ from where its server is; both lead to it."""
    return {_host(identity.get("server", "")), identity.get("domain", "").lower().removeprefix("www.")} - {""}


def _read(api: Api, id: str) -> dict[str, Any]:
    response = api.get(f"/api/v1/statuses/{id}")
    if response.status == 404:
        raise NotThere(error("publish.not_there", "account", key=id))
    return api.data(response)


def _compared(api: Api, content: Content, found: Mapping[str, Any]) -> list[Compared]:
    """Text, warning and number of files, and what else the post asked for."""
    text, warned = body(content), options.warning_text(content)
    post: dict[str, Any] = {"status": text or warned, "spoiler_text": warned if text else ""}
    there = [a for a in found.get("media_attachments") or () if isinstance(a, dict)]
    lines = [*proof.words(api, found, post), Compared("media", str(len(content.media)), str(len(there)))]
    if "visibility" in content.options:
        lines.append(Compared("visibility", options.visibility(content), str(found.get("visibility") or "")))
    return lines


def _other(lines: Sequence[Compared]) -> bool:
    """Another post, not merely one that was changed a little: nothing of the text is the same."""
    text = next(line for line in lines if line.what == "text")
    return not text.same and likeness(text.sent, text.found) < SIMILAR
