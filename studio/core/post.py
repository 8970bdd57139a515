"""The post, what a platform or account changes about it, and the one function that joins the two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Literal

from studio.core.ids import new_id
from studio.core.opentime import Time
from studio.core.pace import Pace

Kind = Literal["image", "video", "audio", "other"]
Mode = Literal["api", "assisted", "kit"]
Options = Mapping[str, object]
FIELDS = ("title", "text", "media", "link", "tags")
MODE = "mode"  # the option by which one post goes another way than its account's
FIRST_ONLY = ("poll",)  # options of a thread's first link: asked once, not in each reply


@dataclass(frozen=True, slots=True)
class Media:
    """A reference to a file of the library, as one post uses it.

    media          its id in the library: the SHA-256 of the original's bytes, in hex
    width, height  in pixels as shown (after EXIF or side-data rotation); 0 when unknown
    duration       in seconds, None for stills
    alt            what a person who cannot see it should know; "" when not written yet
    focus          the point that must stay visible, (x, y) in 0..1 from top left
    keep_metadata  True only when the person wants GPS and serial numbers published
    """

    media: str
    kind: Kind = "image"
    name: str = ""
    width: int = 0
    height: int = 0
    duration: Time | None = None
    alt: str = ""
    focus: tuple[float, float] | None = None
    keep_metadata: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """One more link of a thread, or the first comment: sent as a reply to the link before it.

    after   minutes to wait after the link before it was read back; 0: at once
    """

    text: str = ""
    media: tuple[Media, ...] = ()
    after: int = 0


@dataclass(frozen=True, slots=True)
class Override:
    """What one platform or account has instead of the base; None means "as the base".

    base   fingerprint of the overridden base fields when this was written (see `fingerprint`),
           so that it can be shown as out of date; "" when unknown
    """

    title: str | None = None
    text: str | None = None
    media: tuple[Media, ...] | None = None
    link: str | None = None
    tags: tuple[str, ...] | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One draft for every platform.

    overrides   by platform id ("weibo") or, stronger, by account ("account:<id>")
    options     the same keys -> that platform's own settings ({"visibility": "unlisted"})
    accounts    ids of the accounts it is meant for, in the order of their tabs
    replies     what follows it as a thread or first comment, in order
    created, updated   UTC
    """

    id: str = field(default_factory=new_id)
    title: str = ""
    text: str = ""
    media: tuple[Media, ...] = ()
    link: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    options: Mapping[str, Options] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    replies: tuple[Reply, ...] = ()
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def heading(self) -> str:
        """What lists show: the title, else the first line of the text, else ""."""
        return self.title.strip() or next((line.strip() for line in self.text.splitlines() if line.strip()), "")


@dataclass(frozen=True, slots=True)
class Account:
    """A place to publish to. Holds no secret: those are in the vault under this id.

    identity   what the platform knows it by, without secrets ({"did": ..., "pds": ...})
    api_base   scheme and host that replace every host this account calls, or ""
    pace       how fast it may post; None: as its platform proposes
    """

    id: str
    platform: str
    mode: Mode = "api"
    name: str = ""
    handle: str = ""
    api_base: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    pace: Pace | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Exactly what one account will get. Checks, preview, kit and publishing all read this.

    identity   what the platform knows the account by, and its server's own limits where servers differ; as known
               now, so it is neither compared nor kept with a plan
    reply      True for a later link of a thread, which may be bound to other rules (a comment); not kept either: a
               publisher knows it by `Access.reply_to`
    """

    post: str
    platform: str
    account: str
    mode: Mode
    title: str
    text: str
    media: tuple[Media, ...]
    link: str
    tags: tuple[str, ...]
    language: str = ""
    options: Options = field(default_factory=dict)
    name: str = ""
    handle: str = ""
    replies: tuple[Reply, ...] = ()
    identity: Mapping[str, str] = field(default_factory=dict, compare=False)
    reply: bool = field(default=False, compare=False)


def at_moment(media: str, seconds: float) -> str:
    """How a picture of a film at one moment is named where pictures are asked for: "ID@2.50"."""
    return f"{media}@{seconds:.2f}"


def moment_of(media: str) -> tuple[str, Time | None]:
    """The film and the moment that `at_moment` named; None for the file as such."""
    film, _, at = media.partition("@")
    try:
        return film, Time(at) if at else None
    except ValueError:
        return film, None


def link_of(content: Content, number: int) -> Content:
    """What link `number` of a thread is: 0 the post itself, then its replies, which have text and media only.

    Replies are sent with the post's own options, but for those in `FIRST_ONLY`.
    """
    if number == 0:
        return replace(content, replies=())
    reply = content.replies[number - 1]
    options = {name: value for name, value in content.options.items() if name not in FIRST_ONLY}
    return replace(
        content, title="", text=reply.text, media=reply.media, link="", tags=(), replies=(), options=options,
        reply=True,
    )


def all_media(post: Post) -> Iterator[Media]:
    """Every use of a file in it: of the base, of overrides and of replies. A file may come more than once."""
    yield from post.media
    for override in post.overrides.values():
        yield from override.media or ()
    for reply in post.replies:
        yield from reply.media


def account_key(account_id: str) -> str:
    """The key of an account's own override or options."""
    return f"account:{account_id}"


def _layers(post: Post, account: Account) -> list[Override]:
    keys = (account_key(account.id), account.platform)
    return [post.overrides[k] for k in keys if k in post.overrides]


def _options(post: Post, account: Account) -> dict[str, object]:
    merged: dict[str, object] = {}
    for key in (account.platform, account_key(account.id)):
        merged.update(post.options.get(key, {}))
    return merged


def _mode(options: Options, account: Account) -> Mode:
    """The account's, or the one this post asks for: by hand is always possible, by API only where it is signed in."""
    wanted = options.get(MODE)
    if wanted == "assisted" or wanted == "kit":
        return wanted
    return account.mode


def resolve(post: Post, account: Account) -> Content:
    """What `account` gets of `post`: per field the account's override, else the platform's, else the base."""

    def pick(name: str) -> object:
        for layer in _layers(post, account):
            value = getattr(layer, name)
            if value is not None:
                return value
        return getattr(post, name)

    values = {name: pick(name) for name in FIELDS}
    options = _options(post, account)
    return Content(
        post=post.id, platform=account.platform, account=account.id, mode=_mode(options, account),
        language=post.language, options=options, name=account.name, handle=account.handle,
        replies=post.replies, identity=account.identity,
        **values,  # type: ignore[arg-type]  # FIELDS are fields of both classes with the same types
    )


def fingerprint(post: Post, override: Override) -> str:
    """A short hash of the base fields that `override` replaces."""
    import hashlib  # loads OpenSSL, which a start can do without
    import json

    replaced = [(name, repr(getattr(post, name))) for name in FIELDS if getattr(override, name) is not None]
    return hashlib.sha256(json.dumps(replaced).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def with_override(post: Post, key: str, **changes: object) -> Post:
    """`post` with these fields overridden for `key`; None gives a field back to the base."""
    changed = replace(post.overrides.get(key, Override()), **changes)  # type: ignore[arg-type]
    stamped = replace(changed, base=fingerprint(post, changed))
    rest = {k: v for k, v in post.overrides.items() if k != key}
    if any(getattr(stamped, name) is not None for name in FIELDS):
        rest[key] = stamped
    return replace(post, overrides=rest)


def outdated(post: Post, key: str) -> bool:
    """True when the base changed under the override of `key`."""
    override = post.overrides.get(key)
    return bool(override and override.base and override.base != fingerprint(post, override))
