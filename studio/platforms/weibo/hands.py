"""The way by hand: what a person copies, the page they open, and the link they bring back.

Sources: facts of November 2026, 2.9 and 9: the composer of weibo.com; the official share page, which comes filled in
but takes no files of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from studio.core.delivery import Proof
from studio.core.errors import NotThere, Refused
from studio.core.finding import error
from studio.core.handoff import HandOff, Link, Piece
from studio.core.likeness import likeness
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access, Count
from studio.platforms.links import not_it
from studio.platforms.weibo import proof, rules
from studio.platforms.weibo import text as words
from studio.platforms.weibo.api import Api
from studio.platforms.weibo.errors import NOT_YOURS, said
from studio.platforms.weibo.insights import full_id
from studio.platforms.weibo.seek import uid_of

COMPOSER = "https://weibo.com"
SHARE_PAGE = "https://service.weibo.com/share/share.php"
LEAST_ALIKE = 0.3  # of two texts that are called the same post: people change a word while they paste
_PUBLIC = Words("Leave it visible to everybody (公开)", "可见范围保持“公开”", "可見範圍保持「公開」")
_COMMENT = Words(
    "After posting, write the comments below it yourself", "发出后，自己在下面补上评论", "發出後，自己在下面補上評論"
)


def handoff(content: Content, counts: Mapping[str, Count]) -> HandOff:
    """Texts to copy, ticks and page. A text alone opens the share page, where it stands already."""
    pieces = [Piece("text", words.body(content), count=counts["text"].count, limit=counts["text"].limit)]
    if "title" in counts and content.title.strip():
        title = counts["title"]
        pieces.insert(0, Piece("title", content.title.strip(), count=title.count, limit=title.limit))
    pieces.append(Piece("comment", "\n\n".join(reply.text.strip() for reply in content.replies if reply.text.strip())))
    files = bool(rules.wants(content))
    ticks = (_PUBLIC, *((_COMMENT,) if content.replies else ()))
    return HandOff(_page(content, files), tuple(p for p in pieces if p.text), files, ticks)


def _page(content: Content, files: bool) -> str:
    """The share page for what its form can hold, else the composer."""
    whole = words.body(content)
    if files or not whole or words.length(whole, rules.each(content.identity)) > rules.CHARACTERS.value:
        return COMPOSER
    link = content.link.strip()
    text = whole.removesuffix(link).strip() if link else whole
    key = content.identity.get("app_key", "")
    asked = {"url": link, "title": text, "appkey": key, "language": "zh_cn"}
    return f"{SHARE_PAGE}?{urlencode({name: value for name, value in asked.items() if value})}"


def verify(access: Access, content: Content, link: Link) -> Proof | None:
    """Reads it where somebody signed in: an app sees the account's own posts only, so every other one is "not it"."""
    uid = access.account.identity.get("uid", "")
    if not access.secrets.get("access_token") or not uid:
        return None
    if link.handle.get("uid") not in (None, "", uid):
        raise not_it()
    api = Api(access)
    id = str(link.handle.get("id") or "") or full_id(api, str(link.handle.get("bid") or ""))
    response = api.get("/2/statuses/show.json", id=id)
    found = said(response)
    if found is not None and found.code in NOT_YOURS:
        raise not_it()
    try:
        status = api.data(response)
    except NotThere:
        raise NotThere(error("publish.not_there", "account", key=id)) from None
    except Refused:
        return None  # the app may not read it: a person's word stands
    sent, shown = words.body(content), str(status.get("text") or "")
    if uid_of(status) not in ("", uid) or not _alike(sent, shown):
        raise not_it()
    handed = sum(media.kind == "image" for media in rules.sent_media(content))
    return proof.of(status, sent, handed, link.url)


def _alike(sent: str, shown: str) -> bool:
    """Pictures alone get a text of Weibo's own; any is right then."""
    return not sent or words.same(sent, shown) or likeness(sent, shown) >= LEAST_ALIKE
