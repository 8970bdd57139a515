"""Posting by hand on Facebook's own page, and reading the address that comes back.

Addresses: the forms the site gives posts, photos, videos and reels, known from use and seen in answers of the API
(permalink_url), 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.core.delivery import Compared, Proof
from studio.core.errors import NotThere
from studio.core.finding import error
from studio.core.handoff import HandOff, Link, Piece
from studio.core.likeness import SIMILAR, likeness
from studio.core.post import Content
from studio.core.words import Words
from studio.platforms.base import Access
from studio.platforms.facebook import proof, rules, seek
from studio.platforms.facebook.graph import WWW, Api, address, moment
from studio.platforms.facebook.message import flat, message, normal, units
from studio.platforms.links import not_it, recognised
from studio.platforms.text import following

_HOST = r"(?:(?:m|web|mbasic|business|zh-cn|zh-tw)\.)?facebook\.com"
_QUERY = r"(?:\?.*)?"
_POST = r"pfbid[0-9A-Za-z]+|\d+"
LINKS = (
    rf"{_HOST}/(?P<page>\d+)_(?P<post>\d+){_QUERY}",
    rf"{_HOST}/(?P<name>[^/?]+)/posts/(?:[^/?]+/)?(?P<post>{_POST}){_QUERY}",
    rf"{_HOST}/(?:permalink|story)\.php\?story_fbid=(?P<post>{_POST})&id=(?P<page>\d+)",
    rf"{_HOST}/reels?/(?P<video>\d+){_QUERY}",
    rf"{_HOST}/[^/?]+/videos/(?:[^/?]+/)?(?P<video>\d+){_QUERY}",
    rf"{_HOST}/watch\?v=(?P<video>\d+)",
    rf"{_HOST}/photo(?:\.php)?\?fbid=(?P<photo>\d+)",
    rf"{_HOST}/[^/?]+/photos/(?:[^/?]+/)?(?P<photo>\d+){_QUERY}",
    rf"{_HOST}/share/(?:[prv]/)?(?P<share>[0-9A-Za-z]+){_QUERY}",
    r"fb\.watch/(?P<share>[0-9A-Za-z_-]+)",
)
KEEP = ("story_fbid", "fbid", "v", "id")
CLIP = "id,description,permalink_url,created_time,from,post_id"
ALTS = Words(
    "Add the descriptions of the pictures (Edit, Alternative text)", "给图片补上说明文字（编辑 → 替代文本）",
    "替相片補上說明文字（編輯 → 替代文字）",
)
REEL = Words(
    "Choose “Reel” instead of “Post”", "发布类型选“Reels”，不要选“帖子”",
    "發佈類型選「Reels」，不要選「貼文」",
)
AS_PAGE = Words(
    "Check that you post as the page, not as yourself", "确认当前身份是公共主页，而不是个人",
    "確認目前身分是粉絲專頁，而不是個人",
)


def link(url: str) -> Link | None:
    """A pasted address as a post of Facebook, or None."""
    return recognised(url, LINKS, KEEP)


def handoff(content: Content) -> HandOff:
    """The page itself, its text, and what follows it as comments, in their order."""
    number = units(message(content))
    pieces = [
        *((Piece("title", content.title.strip()),) if rules.kind(content) != "feed" and content.title.strip() else ()),
        Piece("text", message(content), count=number, limit=rules.TEXT.value),
        Piece("comment", following(content.replies)),
    ]
    ticks = [AS_PAGE]
    if rules.kind(content) == "reel":
        ticks.append(REEL)
    if any(m.kind == "image" and m.alt.strip() for m in content.media):
        ticks.append(ALTS)
    name = content.identity.get("username") or content.identity.get("id") or ""
    files = bool(content.media)
    return HandOff(f"{WWW}/{name}" if name else f"{WWW}/", tuple(p for p in pieces if p.text), files, tuple(ticks))


def verify(access: Access, content: Content, link: Link) -> Proof | None:
    """The post at that address beside the content. None: it cannot be read from here.

    Refused (handoff.not_it): another page's, or quite another text. NotThere: there is none.
    """
    if not access.secrets.get("access_token"):
        return None
    api = Api.of(access)
    found = find(api, link.url, link.handle)
    if found is None:
        return None
    author = found.get("from")
    if isinstance(author, dict) and author.get("id") and str(author["id"]) != api.page:
        raise not_it()
    sent, there = message(content), str(found.get("message") or found.get("description") or "")
    if flat(sent) != flat(there) and likeness(sent, there) < SIMILAR:
        raise not_it()
    files = 1 if "video" in link.handle else seek.files_of(found)
    shares = seek.leads_on({"link": content.link, "message": sent})
    lines = (Compared("text", normal(sent), normal(there)), *proof.media(len(content.media), files, shares))
    return Proof(address(found, str(found.get("id"))), moment(found.get("created_time")), lines)


def find(api: Api, url: str, handle: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the API has at an address; None for forms of which it cannot be told. NotThere: there is none."""
    if "video" in handle:
        return api.get(f"/{handle['video']}", CLIP)
    post, page = str(handle.get("post") or ""), str(handle.get("page") or api.page)
    if post.isdecimal():
        return api.get(f"/{page}_{post}", seek.POST)
    if "_" in post:
        return api.get(f"/{post}", seek.POST)
    return _by_address(api, url) if post else None


def _by_address(api: Api, url: str) -> dict[str, Any]:
    """The newer ids ("pfbid...") are of the site only: the page's newest posts are looked through for the address."""
    wanted = _same(url)
    for number, item in enumerate(api.listing(f"/{api.page}/feed", seek.POST, 100)):
        if _same(str(item.get("permalink_url") or "")) == wanted:
            return item
        if number >= 200:
            break
    raise NotThere(error("publish.not_there", "account", key=wanted.rsplit("/", 1)[-1][:80]))


def _same(url: str) -> str:
    """An address without what differs from copy to copy."""
    found = link(url)
    return found.url.partition("://")[2].removeprefix("www.") if found else url
