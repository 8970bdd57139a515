"""What an article or an image post may be: counting, the files it needs, checks. Pure; heavy only for marked text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from studio.core.finding import Finding, Severity, error, info, warning
from studio.core.post import Content, Media
from studio.platforms.base import Count, Want
from studio.platforms.text import first, is_address, unsendable, utf8
from studio.platforms.wechat import limits, options
from studio.platforms.wechat.articles import Article, Picture, article, marked, plain

HUGE = 100_000  # characters of text from which on its length is all that is said: it must stay quick
LONG = 6_000  # characters of text from which on the length of the HTML is worth a look
TOLD = 20  # pictures that are not attached, each in a line of its own
PERMISSION = "developers.weixin.qq.com, guide/product/publish, read 2026-11-22"
SVG = "doocs/md, wechat-svg and clipboard-dom, 2026-08; the official page Draft_Box/Add_draft"


def built(content: Content) -> Article:
    """The text as the article it becomes."""
    return article(content.text, *_names(content))


def _names(content: Content) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the attached pictures; and of a chosen cover, which is not shown in the text by itself."""
    chosen = options.cover(content) if content.options.get("cover") else None
    return tuple(options.places(content)), (chosen.name,) if chosen else ()


def _known(content: Content) -> Article | None:
    """The article where its text can hold something to look at; None for plain words."""
    if options.kind(content) == "image" or len(content.text) > HUGE or not marked(content.text):
        return None
    return built(content)


# -- counting ----------------------------------------------------------------------------------------------------


def _count(text: str, limit: int) -> Count:
    return Count(len(text), limit, "character", limit if len(text) > limit else None)


def count(content: Content) -> Mapping[str, Count]:
    """Characters of the text as it is written, the title, and of author and digest where they are given."""
    image = options.kind(content) == "image"
    found = {
        "text": _count(content.text, limits.CHARACTERS.value),
        "title": _count(content.title, (limits.TITLE_ADVISED if image else limits.TITLE).value),
    }
    if author := options.author(content):
        found["author"] = _count(author, limits.AUTHOR.value)
    if digest := options.digest(content):
        found["digest"] = _count(digest, limits.DIGEST.value)
    return found


# -- files -------------------------------------------------------------------------------------------------------


def wants(content: Content) -> tuple[Want, ...]:
    """The cover and every picture in the text; the pictures of an image post; by hand, what is attached."""
    attached = options.pictures(content)
    if content.mode != "api":
        cover = () if options.kind(content) == "image" else _cover(content, ())
        return (*cover, *(Want(media, limits.LIBRARY) for media in content.media))
    if options.kind(content) == "image":
        return tuple(Want(media, limits.STILL_LIBRARY, "image") for media in attached)
    inside = tuple(_inline(content, picture) for picture in _pictures(content))
    return (*_cover(content, inside), *inside)


def _pictures(content: Content) -> tuple[Picture, ...]:
    if marked(content.text):
        return built(content).pictures
    names, hidden = _names(content)
    return tuple(Picture(name) for name in dict.fromkeys(names) if name not in hidden)


def _inline(content: Content, picture: Picture) -> Want:
    if picture.url:
        return Want(None, limits.INLINE, "inline", picture.url)
    media = content.media[options.places(content)[picture.name]]
    moving = limits.setting(content.identity, "animations") == "moving" and media.name.lower().endswith(".gif")
    rule = limits.LIBRARY if moving else limits.inline_rule(media.width, media.height)
    return Want(media, rule, "inline")


def _cover(content: Content, inside: tuple[Want, ...]) -> tuple[Want, ...]:
    """The chosen or first attached picture, else the first one in the text."""
    if chosen := options.cover(content):
        return (Want(chosen, limits.COVER, "cover"),)
    return tuple(Want(None, limits.COVER, "cover", want.url) for want in inside[:1] if want.url)


# -- checks ------------------------------------------------------------------------------------------------------


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    both = (unsendable, _account, _length, _title, _author, _link, options.findings, _kinds, _number, _tags)
    own = (_image_post,) if options.kind(content) == "image" else (_empty, _digest, _cover_found, _inside, _html)
    return first([partial(each, content) for each in (*both, *own)])


def _account(content: Content) -> list[Finding]:
    """What was learnt of it: that a person will have to press the button, or do all of it."""
    if content.mode != "api":
        return []
    if content.identity.get("drafts") == "no":
        return [error("wechat.no_drafts", "account", PERMISSION)]
    return [warning("wechat.no_publish", "account", PERMISSION)] if content.identity.get("publish") == "no" else []


def _hard(content: Content) -> Severity:
    """What the API refuses, a person may still get through the page, which has limits of its own."""
    return "error" if content.mode == "api" else "warning"


def _length(content: Content) -> list[Finding]:
    number, found = len(content.text), []
    if number > limits.CHARACTERS.value:
        found.append(Finding("text.too_long", _hard(content), "text", {
            "count": number, "limit": limits.CHARACTERS.value}, limits.CHARACTERS.source))
        if (size := len(utf8(content.text))) > limits.BYTES.value:
            found.append(Finding("text.too_many_bytes", _hard(content), "text", {
                "count": size, "limit": limits.BYTES.value}, limits.BYTES.source))
    return found


def _title(content: Content) -> list[Finding]:
    if not content.title.strip():
        made = options.made_title(content.text)
        return [warning("wechat.title_made", "title", limits.DRAFT, title=made)] if made else []
    number, known = len(content.title), count(content)["title"]
    most, advised = known.limit or 0, limits.TITLE_ADVISED
    if number > most:
        source = (limits.TITLE if most == limits.TITLE.value else advised).source
        return [error("title.too_long", "title", source, count=number, limit=most)]
    if number > advised.value:
        return [warning("wechat.title_long", "title", advised.source, count=number, limit=advised.value)]
    return []


def _author(content: Content) -> list[Finding]:
    number, limit = len(options.author(content)), limits.AUTHOR
    if number <= limit.value:
        return []
    return [error("wechat.author_long", "options.author", limit.source, count=number, limit=limit.value)]


def _link(content: Content) -> list[Finding]:
    if not content.link:
        return []
    if options.kind(content) == "image":
        return [info("wechat.link_not_sent", "link", limits.DRAFT)]
    if not is_address(content.link):
        return [error("link.unreadable", "link", limits.LINK.source)]
    size = len(utf8(content.link))
    if size <= limits.LINK.value:
        return []
    return [error("wechat.link_long", "link", limits.LINK.source, count=size, limit=limits.LINK.value)]


def _kinds(content: Content) -> list[Finding]:
    """Only pictures go in by the API; by hand a clip is put in on the page."""
    found = []
    for at, media in enumerate(content.media):
        if media.kind == "image" or (content.mode != "api" and media.kind in ("video", "audio")):
            continue
        code = "media.video_not_supported" if media.kind == "video" else "media.kind_not_supported"
        found.append(error(code, f"media[{at}]", limits.MEDIA, name=media.name, number=at + 1))
    return found


def _number(content: Content) -> list[Finding]:
    """Of pictures in an article; those outside count as well."""
    limit = limits.SLIDES if options.kind(content) == "image" else limits.INSIDE
    known = _known(content)
    number = max(len(options.pictures(content)), len(known.pictures) if known else 0)
    if number <= limit.value:
        return []
    return [error("media.too_many", "media", limit.source, count=number, limit=limit.value)]


def _tags(content: Content) -> list[Finding]:
    return [info("wechat.tags_not_sent", "tags", limits.DRAFT)] if content.tags else []


def _empty(content: Content) -> list[Finding]:
    """There must be something left of it, and words: without any there is no title either."""
    text = content.text.strip()
    looked = not text or (marked(text) and len(text) <= HUGE)
    if not (text or content.title.strip()) or (looked and not built(content).html):
        return [error("post.empty", "text", limits.DRAFT)]
    return [] if options.title(content) else [Finding("wechat.no_title", _hard(content), "title", {}, limits.DRAFT)]


def _digest(content: Content) -> list[Finding]:
    digest, limit = options.digest(content), limits.DIGEST
    if len(digest) > limit.value:
        return [error("wechat.digest_long", "options.digest", limit.source, count=len(digest), limit=limit.value)]
    if digest or not content.text.strip():
        return []
    return [info("wechat.digest_made", "options.digest", limits.DIGEST_MADE.source, digest=made_digest(content))]


def made_digest(content: Content) -> str:
    """What the platform takes when there is none: the first characters of the words."""
    known = _known(content)
    words = plain(known.html) if known else content.text
    return " ".join(words.split())[: limits.DIGEST_MADE.value]


def _cover_found(content: Content) -> list[Finding]:
    chosen = options.cover(content)
    if chosen is not None:
        return _cover_size(content, chosen)
    if content.options.get("cover"):
        return []  # it was asked for by a name that is not attached; that is said already
    known = _known(content)
    if known is not None and any(picture.url for picture in known.pictures):
        return [info("wechat.cover_outside", "media", limits.COVER_SOURCE)]
    return [Finding("wechat.no_cover", _hard(content), "media", {}, limits.DRAFT)]


def _cover_size(content: Content, cover: Media) -> list[Finding]:
    if not cover.width or not cover.height:
        return []
    wide = min(cover.width, cover.height * limits.COVER_WIDTH / limits.COVER_HEIGHT)
    if wide >= limits.COVER_WIDTH and min(cover.width, cover.height) >= limits.SQUARE.value:
        return []
    return [warning("wechat.cover_small", f"media[{content.media.index(cover)}]", limits.COVER_SOURCE,
                    name=cover.name, width=cover.width, height=cover.height)]


def _inside(content: Content) -> list[Finding]:
    """What of the text cannot stay."""
    known = _known(content)
    if known is None:
        return []
    found = [error("wechat.image_scheme", "text", limits.DRAFT, scheme=scheme) for scheme in known.schemes[:TOLD]]
    found += [error("wechat.image_unknown", "text", limits.DRAFT, name=name) for name in known.unknown[:TOLD]]
    if known.dropped:
        found.append(warning("wechat.html_dropped", "text", SVG, what=", ".join(known.dropped)[:300]))
    outside = [picture.url for picture in known.pictures if picture.url]
    if outside:
        found.append(warning("wechat.images_outside", "text", limits.DRAFT, count=len(outside)))
    if known.links:
        found.append(info("wechat.links_plain", "text", "recalled: only links to mp.weixin.qq.com can be tapped",
                          count=known.links))
    return found


def _html(content: Content) -> list[Finding]:
    """The length with all tags: WeChat does not say which of the two its limit means."""
    if (len(content.text) < LONG and len(content.media) < 40) or len(content.text) > limits.CHARACTERS.value:
        return []
    number = len(built(content).html) + ADDRESS * len(built(content).pictures)
    if number <= limits.CHARACTERS.value:
        return []
    strict = limits.setting(content.identity, "content_limit") == "html" and content.mode == "api"
    return [Finding("wechat.html_long", "error" if strict else "warning", "text", {
        "count": number, "limit": limits.CHARACTERS.value}, limits.CHARACTERS.source)]


ADDRESS = 110  # characters that a picture's address at the platform is longer than what stands for it; an estimate


def _image_post(content: Content) -> list[Finding]:
    """Pictures first; the text is plain."""
    found = []
    if not options.pictures(content):
        found.append(error("wechat.image_post_empty", "media", limits.SLIDES.source))
    if marked(content.text):
        found.append(warning("wechat.plain_only", "text", limits.DRAFT))
    if not options.title(content):
        found.append(error("wechat.no_title", "title", limits.DRAFT))
    elif not content.text.strip() and content.mode == "api":
        found.append(error("wechat.no_text", "text", f"{limits.DRAFT}: content is required"))
    return found
