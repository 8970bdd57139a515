"""What a post may be, by the API and by hand: counting and checks. Pure and quick.

Sources: the official wiki and two clients as read in November 2026 (facts 2.2, 2.6, 2.9); what is only recalled is a
setting.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from studio.core.finding import Finding, error, info, warning
from studio.core.pace import Pace
from studio.core.post import Content, Media
from studio.core.words import Words
from studio.platforms.base import Count, Fact, ImageRule, Setting, VideoRule, Want
from studio.platforms.checks import other_kinds
from studio.platforms.text import first, is_address, unsendable
from studio.platforms.weibo import text as words

SHARE = "open.weibo.com wiki, 2/statuses/share, read 2026-11"
COMMENT = "open.weibo.com wiki, 2/comments/create, read 2026-11"
LONG = "open.weibo.com wiki, 商业 API statuses/update/biz is_longtext, read 2026-11; members may write more"
RATES = "open.weibo.com wiki, Rate-limiting, revision 16512, read 2026-11: of one user with one app, as an example"
BY_HAND = "facts of 2026-11, 2.9: the composer of weibo.com takes 2 to 18 pictures"
FORM = "social-auto-upload, weibo_uploader, read 2026-11: the video form of the site"
CHARACTERS = Fact(140, SHARE)
COMMENT_CHARACTERS = Fact(140, COMMENT)
LONG_CHARACTERS = Fact(2000, LONG)
VIDEO_TITLE = Fact(30, FORM)
API_PICTURES = Fact(1, SHARE)
POSTS_AN_HOUR = Fact(30, RATES)
CALLS_A_DAY = Fact(100, RATES)
CALLS_OF_A_POST = 5  # timeline, share, show, querymid, and one to look it up
PACE = Pace(daily=CALLS_A_DAY.value // CALLS_OF_A_POST)  # thirty in an hour may come in a row
PICTURES = Fact(18, BY_HAND)
VIDEOS = Fact(1, BY_HAND)
FORMATS = ("image/jpeg", "image/png", "image/gif")
# "Smaller than 5 MB": the smaller reading of MB, and one byte less.
IMAGE_RULE = ImageRule(most=PICTURES, formats=FORMATS, bytes=Fact(4_999_999, SHARE), animated=True)
HAND_RULE = ImageRule(most=PICTURES, formats=FORMATS, animated=True)  # no size limit of the composer is known
VIDEO_RULE = VideoRule(most=VIDEOS)

SETTINGS = (
    Setting(
        "address", Words("What a web address counts", "一个网址算几个字", "一個網址算幾個字"),
        Words(
            "Weibo shortens addresses; what it counts for one is not documented. 10 is what people report; the last "
            "choice counts every letter of it.",
            "微博会缩短网址，算几个字官方没有写明。大家的经验是 10；最后一项按原长度计。",
            "微博會縮短網址，算幾個字官方沒有寫明。大家的經驗是 10；最後一項按原長度計。",
        ),
        "10", ("10", "12", "20", words.IN_FULL),
        (*(Words(number, number, number) for number in ("10", "12", "20")), Words("In full", "原长", "原長")),
    ),
    Setting(
        "rip", Words("Your public IP address", "你的公网 IP", "你的對外 IP"),
        Words(
            "The wiki calls it required in its newer text, yet posts went out without it. Fill it in only when Weibo "
            "refuses for it.",
            "新版接口文档写着必填，但不填也有人发得出去。只有微博因此拒绝时才填。",
            "新版 API 文件寫著必填，但不填也有人發得出去。只有微博因此拒絕時才填。",
        ),
    ),
)  # fmt: skip


def each(identity: Mapping[str, str]) -> int | None:
    """What an address counts for this account."""
    return words.setting_of(identity, SETTINGS[0].default)


def rip(identity: Mapping[str, str]) -> str:
    """The address a person gave as theirs; "" for none, or for what is no IP address."""
    given = identity.get("set.rip", "").strip()
    try:
        return str(ipaddress.ip_address(given))
    except ValueError:
        return ""


def domain(identity: Mapping[str, str]) -> str:
    """The app's safe domain, "" when it is not known."""
    return words.domain_of(identity.get("safe_domain", ""))


def by_api(content: Content) -> bool:
    return content.mode == "api"


def limit(content: Content) -> Fact:
    """Of its text."""
    if content.reply:
        return COMMENT_CHARACTERS
    return CHARACTERS if by_api(content) else LONG_CHARACTERS


def pictures(content: Content) -> tuple[Media, ...]:
    return tuple(media for media in content.media if media.kind == "image")


def videos(content: Content) -> tuple[Media, ...]:
    return tuple(media for media in content.media if media.kind == "video")


def sent_media(content: Content) -> tuple[Media, ...]:
    """What goes along in this mode: by the API one picture."""
    if content.reply:
        return ()
    return pictures(content)[: API_PICTURES.value] if by_api(content) else (*pictures(content), *videos(content))


def wants(content: Content) -> tuple[Want, ...]:
    """The files in the order they are used. By hand a clip goes as it is: the site converts it."""
    if by_api(content):
        return tuple(Want(media, IMAGE_RULE) for media in sent_media(content))
    kept = [media for media in content.media if media.kind in ("image", "video") and not content.reply]
    return tuple(Want(media, HAND_RULE if media.kind == "image" else None) for media in kept)


def count(content: Content) -> Mapping[str, Count]:
    """The text with its topics and link, in 汉字; by hand the title of a clip as well."""
    whole, most, one = words.body(content), limit(content).value, each(content.identity)
    at = words.passed(whole, most, one)
    lead = len(content.text) - len(content.text.lstrip())
    over = None if at is None else min(lead + at, len(content.text))
    counted = {"text": Count(words.length(whole, one), most, "hanzi", over)}
    if not by_api(content) and videos(content):
        long = len(content.title) > VIDEO_TITLE.value
        over = VIDEO_TITLE.value if long else None
        counted["title"] = Count(len(content.title), VIDEO_TITLE.value, "character", over)
    return counted


def check(content: Content) -> tuple[Finding, ...]:
    """Everything wrong or doubtful, worst first."""
    plain = (unsendable, _length, _empty, _media, _title, _link, _settings)
    own = (_replies,) if content.reply else (_address, _topics, _tested) if by_api(content) else ()
    return first([partial(one, content) for one in (*plain, *own)])


def _length(content: Content) -> list[Finding]:
    number = count(content)["text"]
    if number.limit is None or number.count <= number.limit:
        return []
    return [error("weibo.too_long", "text", limit(content).source, count=number.count, limit=number.limit)]


def _empty(content: Content) -> list[Finding]:
    """A picture alone is no post by the API: its text is required."""
    if words.body(content) or (sent_media(content) and not by_api(content)):
        return []
    return [error("post.empty", "text", SHARE)]


# the safe domain -------------------------------------------------------------------------------------------------


def _address(content: Content) -> list[Finding]:
    """A post by the API needs an address on the app's safe domain; which one that is may not be known here."""
    found, safe = words.addresses(words.body(content)), domain(content.identity)
    if not words.body(content):
        return []  # one thing at a time
    if safe and not any(words.is_at(address, safe) for address in found):
        return [error("weibo.no_safe_address", "text", SHARE, domain=safe, address=f"https://{safe}/")]
    if not safe and not found:
        return [error("weibo.no_address", "text", SHARE)]
    return [] if safe else [warning("weibo.safe_domain_unknown", "text", SHARE)]


def _topics(content: Content) -> list[Finding]:
    if not words.topics(words.body(content)):
        return []
    return [warning("weibo.topics_filtered", "tags" if content.tags else "text", SHARE)]


def _tested(content: Content) -> list[Finding]:
    """Weibo itself said so, in the source of an earlier post."""
    return [warning("weibo.test_only", "account", SHARE)] if content.identity.get("reviewed") == "no" else []


# media -----------------------------------------------------------------------------------------------------------


def _media(content: Content) -> list[Finding]:
    found = other_kinds(content, SHARE)
    if content.reply:
        return found
    number = len(pictures(content))
    if number > PICTURES.value:
        found.append(error("media.too_many", "media", BY_HAND, count=number, limit=PICTURES.value))
    return found + (_by_api_only(content, number) if by_api(content) else _by_hand_only(content))


def _by_api_only(content: Content, number: int) -> list[Finding]:
    found = [
        error("weibo.video_by_hand", f"media[{at}]", SHARE, name=media.name)
        for at, media in enumerate(content.media) if media.kind == "video"
    ]
    if API_PICTURES.value < number <= PICTURES.value:
        out = number - API_PICTURES.value
        found.append(warning("weibo.pictures_left_out", "media", SHARE, count=out, number=number))
    return found


def _by_hand_only(content: Content) -> list[Finding]:
    number = len(videos(content))
    if number > VIDEOS.value:
        return [error("media.too_many_videos", "media", BY_HAND, count=number, limit=VIDEOS.value)]
    return [warning("media.clip_alone", "media", BY_HAND)] if number and pictures(content) else []


def _title(content: Content) -> list[Finding]:
    """Only a clip has one, on the site."""
    if not content.title.strip():
        return []
    if by_api(content) or not videos(content):
        return [info("title.not_sent", "title", SHARE)]
    if (number := len(content.title)) > VIDEO_TITLE.value:
        return [warning("title.too_long", "title", FORM, count=number, limit=VIDEO_TITLE.value)]
    return []


def _link(content: Content) -> list[Finding]:
    if content.link.strip() and not is_address(content.link.strip()):
        return [error("link.unreadable", "link", SHARE)]
    return []


def _settings(content: Content) -> list[Finding]:
    given = content.identity.get("set.rip", "").strip()
    return [error("weibo.rip", "account", SHARE, value=given[:60])] if given and not rip(content.identity) else []


def _replies(content: Content) -> list[Finding]:
    """A comment by the API is text only."""
    if not content.media:
        return []
    return [error("weibo.comment_media", "media", COMMENT)] if by_api(content) else []


def as_reply(content: Content) -> Content:
    """The same, known to be a comment: a plan does not keep that."""
    return replace(content, reply=True)
