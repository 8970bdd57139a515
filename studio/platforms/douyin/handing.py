"""A post in a person's own hand: what the creator page asks for, the QR code for the phone, and the pasted link.

Sources: the creator page as tools that fill it in hold to it; Douyin open platform, share schema (h5), getticket,
share-id and schema/get_share, read 2026-11. The app fetches the files of a shared post itself, so they must lie at
public addresses: without storage of the person's own there is no QR code.
"""

from __future__ import annotations

import json as jsonlib
import secrets as random
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from studio.core.delivery import Proof
from studio.core.errors import Problem, Refused
from studio.core.finding import error
from studio.core.handoff import HandOff, Link, Piece
from studio.core.likeness import likeness
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access, Json
from studio.platforms.douyin import facts, options, rules
from studio.platforms.douyin.api import HOST, Api, posted
from studio.platforms.douyin.codes import NotGranted, NotPermitted, opened
from studio.platforms.douyin.publisher import compared
from studio.platforms.douyin.text import description, tagged, topics
from studio.platforms.douyin.works import Work, Works, address, plain
from studio.platforms.links import not_it
from studio.platforms.transport import MaybeSent, Transport, host_of

COMPOSE = "https://creator.douyin.com/creator-micro/content/upload"
MANAGE = "https://creator.douyin.com/creator-micro/content/manage"
SCHEMA = "snssdk1128://openplatform/share"
FETCHED = (".jpg", ".jpeg", ".png", ".mp4", ".mov")  # gif only where it stands alone, so never
LASTS = 86_400  # seconds that a schema made by get_share may be scanned; our own choice
LEAST_ALIKE = 0.3  # of two texts that are called the same work
SHARED = "shared"  # in the account's identity: post and share_id of the newest QR code

PICTURES = Words(
    "Choose picture post, not video, above the field for files", "在上传区上方选“发布图文”，不要选“发布视频”",
    "在上傳區上方選「發布圖文」，不要選「發布視頻」",
)
MADE_BY_AI = Words(
    "State that the content was made by AI", "在“自主声明”里选“内容由 AI 生成”", "在「自主聲明」裡選「內容由 AI 生成」"
)
WHO_SEES = {
    "friends": Words("Set who can see it to friends", "“谁可以看”选“好友可见”", "「誰可以看」選「好友可見」"),
    "private": Words("Set who can see it to only you", "“谁可以看”选“仅自己可见”", "「誰可以看」選「僅自己可見」"),
}
COVER = Words("Choose the cover frame", "选好封面画面", "選好封面畫面")


def handoff(content: Content, made: Json | None = None) -> HandOff:
    """For the creator page; with what `prepare` gave also for the phone. Pure."""
    text, tags, title = content.text.strip(), tagged(content), content.title.strip()
    limit = facts.TEXT.value
    pieces = (
        Piece("title", title, count=len(title), limit=rules.title_limit(content).value),
        Piece("text", text, count=len(description(content)), limit=limit), Piece("tags", tags, count=len(tags)),
    )
    scan = (made or {}).get("scan")
    return HandOff(
        COMPOSE, tuple(p for p in pieces if p.text), files=bool(content.media), ticks=_ticks(content),
        scan=scan if isinstance(scan, str) else "",
    )


def _ticks(content: Content) -> tuple[Words, ...]:
    found = [PICTURES] if content.media and rules.clip(content) is None else []
    if options.cover_at(content) is not None and rules.clip(content) is not None:
        found.append(COVER)
    if options.by_ai(content):
        found.append(MADE_BY_AI)
    if seen := WHO_SEES.get(options.visibility(content)):
        found.append(seen)
    return tuple(found)


# the QR code ------------------------------------------------------------------------------------------------------


def base_of(identity: Mapping[str, str]) -> str:
    """Where the person puts files for everybody to fetch, "" when nowhere (or at no https address)."""
    base = facts.setting(identity, "media_base").strip().rstrip("/")
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return base if parts.scheme == "https" and parts.hostname and not (parts.query or parts.fragment) else ""


def prepare(access: Access, content: Content) -> Json | None:
    """{"scan": address for the phone, "share_id"}; None where there is no storage or no app.

    Refused (douyin.no_share) when Douyin gives none now; the post is handed over all the same.
    """
    base = base_of(access.account.identity)
    if not (base and content.media and access.secrets.get("client_key") and access.secrets.get("client_secret")):
        return None
    try:
        files = [_public(base, media.name) for media in content.media]
        share = Share(access)
        made = {"scan": share.schema(content, files), "share_id": share.id}
    except Problem as problem:
        raise Refused(error("douyin.no_share", "account", reason=reason_of(problem))) from None
    access.learn({SHARED: f"{content.post} {share.id}"})
    return made


def reason_of(problem: Problem) -> str:
    """A problem in one line."""
    return ", ".join(str(f.values.get("reason") or f.values.get("host") or f.code) for f in problem.findings)


def _public(base: str, name: str) -> str:
    """Refused (douyin.no_share) for a file of a kind that the app does not fetch."""
    if not name.lower().endswith(FETCHED):
        raise Refused(error("douyin.no_share", "account", reason=name[:80]))
    return f"{base}/{quote(name)}"


class Share:
    """One share: the app's own token, a ticket, and the id that tells afterwards what became of it."""

    def __init__(self, access: Access) -> None:
        self._access, self._secrets = access, access.secrets
        self._token = client_token(self._secrets, access.transport)
        self.ticket = str(self._get("/open/getticket/").get("ticket") or "")
        found = self._get("/share-id/", access_token=self._token, need_callback="true")
        self.id = str(found.get("share_id") or "")
        if not (self.ticket and self.id):
            raise _unreadable(access.transport)

    def _get(self, path: str, **params: str) -> dict[str, Any]:
        response = self._access.transport.request(
            "GET", f"{HOST}{path}", params=params, headers={"access-token": self._token}
        )
        return opened(response, {**self._secrets, "token": self._token}, self._access.now())

    def schema(self, content: Content, files: Sequence[str]) -> str:
        """What the phone opens: signed by ourselves, or made by Douyin where the account is set so (video only)."""
        newer = facts.setting(self._access.account.identity, "share_way") == "get_share"
        if newer and rules.clip(content) is not None:
            return self._made(content, files[0])
        return self._signed(content, files)

    def _signed(self, content: Content, files: Sequence[str]) -> str:
        """Source: md5 of "nonce_str=…&ticket=…&timestamp=…"."""
        from hashlib import md5

        nonce, at = random.token_hex(8), str(round(self._access.now().timestamp()))
        print_ = md5(f"nonce_str={nonce}&ticket={self.ticket}&timestamp={at}".encode(), usedforsecurity=False)
        asked = {
            "share_type": "h5", "client_key": self._secrets["client_key"], "nonce_str": nonce, "timestamp": at,
            "signature": print_.hexdigest(), "state": self.id, "share_to_publish": "1", "title": description(content),
        }
        if rules.clip(content) is not None:
            asked["video_path"] = files[0]
        else:
            asked["image_list_path"] = jsonlib.dumps(list(files), ensure_ascii=False)
        if 0 < len(short := content.title.strip()) <= facts.SHORT_TITLE.value:
            asked["short_title"] = short
        if tags := topics(description(content)):
            asked["hashtag_list"] = jsonlib.dumps(tags, ensure_ascii=False)
        if (status := options.VISIBILITIES.index(options.visibility(content))) > 0:
            asked["private_status"] = str(status)
        return f"{SCHEMA}?{urlencode(asked, quote_via=quote)}"

    def _made(self, content: Content, video: str) -> str:
        asked = {
            "client_ticket": self.ticket, "expire_at": round(self._access.now().timestamp()) + LASTS,
            "hashtag_list": topics(description(content)), "title": description(content), "video_path": video,
            "state": self.id, "share_to_publish": 1,
        }
        response = self._access.transport.request(
            "POST", f"{HOST}/api/douyin/v1/schema/get_share/", json=asked, headers={"access-token": self._token}
        )
        found = opened(response, {**self._secrets, "token": self._token}, self._access.now())
        if not (schema := str(found.get("schema") or "")):
            raise _unreadable(self._access.transport)
        return schema


def client_token(app: Mapping[str, str], transport: Transport) -> str:
    """The app's own token, two hours long."""
    asked = {
        "client_key": app.get("client_key", ""), "client_secret": app.get("client_secret", ""),
        "grant_type": "client_credential",
    }
    found = opened(posted(transport, "/oauth/client_token/", asked), app)
    if not (token := str(found.get("access_token") or "")):
        raise _unreadable(transport)
    return token


def _unreadable(transport: Transport) -> MaybeSent:
    where = host_of(transport.api_base or HOST)
    return MaybeSent(error("net.unreadable", "account", host=where, status=200))


# the pasted link --------------------------------------------------------------------------------------------------


def verify(access: Access, content: Content, link: Link) -> Proof | None:
    """The work at a pasted link, beside what was handed over; None where nobody here may read it, or nobody else yet.

    A short address names no work: only the QR code's own id can tell which one it is. Refused (handoff.not_it): it is
    another work; (douyin.not_suitable): its review ended badly.
    """
    if not access.secrets.get("access_token"):
        return None
    api = Api(access)
    video = str(link.handle.get("video_id") or "")
    shared = _shared(access, content)
    if video and shared and video != shared:
        raise not_it()
    works = Works(api)
    if not (video or shared) or not works.readable:
        return None
    try:
        work = works.by_video(video or shared)
    except (NotPermitted, NotGranted):
        return None
    if work is None or not (shared or _alike(content, work)):  # only the account's own works can be read
        raise not_it()
    if work.shown == "nobody":
        raise Refused(error("douyin.not_suitable", "link"))
    return _proof(access, content, link, work) if work.shown else None


def _texts(content: Content) -> tuple[str, ...]:
    """What a work may be called whose description and title were pasted."""
    title, text = content.title.strip(), description(content)
    return text, " ".join((title, text)), title


def _alike(content: Content, work: Work) -> bool:
    """People change a word while they paste; any text is right where none was handed over, or none is told."""
    texts = [text for text in _texts(content) if text.strip()]
    return not (texts and work.title.strip()) or any(
        plain(text) == plain(work.title) or likeness(text, work.title) >= LEAST_ALIKE for text in texts)


def _proof(access: Access, content: Content, link: Link, work: Work) -> Proof:
    kind = "images" if rules.clip(content) is None else "video"
    text = next((text for text in _texts(content)[:2] if plain(text) == plain(work.title)), description(content))
    lines = compared(work, text, kind, options.visibility(content))
    return Proof(address(access.account.identity, work.video_id, work.kind or "video") or link.url, work.at, lines)


def _shared(access: Access, content: Content) -> str:
    """The number of the work that was made with this post's QR code; "" while there is none, or it cannot be told."""
    post, _, share = access.account.identity.get(SHARED, "").partition(" ")
    if post != content.post or not share:
        return ""
    try:
        token = client_token(access.secrets, access.transport)
        response = access.transport.request(
            "GET", f"{HOST}/share-id/", params={"share_id": share}, headers={"access-token": token})
        found = opened(response, {**access.secrets, "token": token}, access.now())
    except Problem:
        return ""
    return str(found.get("video_id") or "")
