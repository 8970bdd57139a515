"""Is the article at a pasted link the one that was handed over? Read where the account may read what it published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.core.delivery import Proof, Receipt
from studio.core.errors import NotThere
from studio.core.finding import error
from studio.core.handoff import Link
from studio.core.post import Content
from studio.platforms.base import Access
from studio.platforms.links import not_it
from studio.platforms.wechat import options, proof, rules, seek
from studio.platforms.wechat.api import Api
from studio.platforms.wechat.codes import NO_SUCH_ARTICLE, NOT_ALLOWED, code_of
from studio.platforms.wechat.handoff import link as link_of


def verify(access: Access, content: Content, link: Link) -> Proof | None:
    """None without a sign-in, without the permission, or when the list does not have it (it need not have all)."""
    if not access.secrets.get("app_id"):
        return None
    api = Api(access)
    code = code_of(api.call("/cgi-bin/freepublish/batchget", {"offset": 0, "count": 1, "no_content": 1}))
    if code == NOT_ALLOWED:
        return None
    item = next((each for each in seek.pages(api, "/cgi-bin/freepublish/batchget") if _is_at(each, link)), None)
    if item is None:
        return None
    id = str(item.get("article_id") or "")
    data = api.call("/cgi-bin/freepublish/getarticle", {"article_id": id})
    if code_of(data) == NO_SUCH_ARTICLE:
        raise NotThere(error("publish.not_there", "account", key=id))
    if code_of(data):
        raise api.trouble(data)
    return _compared(content, next((n for n in seek.news(data) if _same(n, link)), {}), link)


def _is_at(item: Mapping[str, Any], link: Link) -> bool:
    return any(_same(article, link) for article in seek.news(item))


def _same(article: Mapping[str, Any], link: Link) -> bool:
    """The ids in its address are those of the link; the signature may differ."""
    known = link_of(str(article.get("url") or ""))
    if known is None:
        return False
    names = [name for name in ("key", "biz", "mid", "idx") if name in link.handle]
    return bool(names) and all(known.handle.get(name) == link.handle[name] for name in names)


def _compared(content: Content, found: Mapping[str, Any], link: Link) -> Proof:
    """Refused (handoff.not_it) when it has another title; a text that was changed by hand is only told."""
    content = replace(content, identity={})
    if str(found.get("title") or "") != options.title(content):
        raise not_it()
    image = options.kind(content) == "image"
    article = {
        "article_type": "newspic" if image else "news", "title": options.title(content),
        "digest": options.digest(content), "author": options.author(content),
        "content": content.text if image else rules.built(content).html,
    }
    return proof.of(article, found, len(content.media), Receipt(link.url, {}))
