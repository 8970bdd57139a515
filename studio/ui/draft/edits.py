"""What a person can do to a post, as pure functions; each gives a new post.

`account` is None for the base, else the account whose own version is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from studio.core.post import MODE, Account, Media, Mode, Post, Reply, account_key, resolve, with_override
from studio.ui.preview.offsets import clean

FIELDS: Final = ("title", "text", "media", "link", "tags")


def value(post: Post, account: Account | None, name: str) -> Any:
    """What this tab shows in the field: the base's, or what the account gets."""
    return getattr(post if account is None else resolve(post, account), name)


def set_field(post: Post, account: Account | None, name: str, new: object) -> Post:
    """Writes a field; an account whose text is again what it would inherit goes back to inheriting."""
    if account is None:
        return replace(post, **{name: new})  # type: ignore[arg-type]  # FIELDS are fields of Post
    key = account_key(account.id)
    inherited = getattr(resolve(with_override(post, key, **{name: None}), account), name)
    return with_override(post, key, **{name: None if new == inherited else new})


def differs(post: Post, account: Account) -> bool:
    """True when this account gets something else than the base."""
    return account_key(account.id) in post.overrides or account.platform in post.overrides


def reset(post: Post, account: Account) -> Post:
    """The account gets the base again, in every field."""
    gone = (account_key(account.id), account.platform)
    return replace(post, overrides={k: v for k, v in post.overrides.items() if k not in gone})


def keep_own(post: Post, account: Account) -> Post:
    """The account's own version stays and counts as compared with the base of now."""
    for key in (account_key(account.id), account.platform):
        if key in post.overrides:
            post = with_override(post, key)
    return post


def add_media(post: Post, account: Account | None, new: Sequence[Media], at: int | None = None) -> Post:
    """Puts files in, at a place or at the end."""
    media = value(post, account, "media")
    place = len(media) if at is None else at
    return set_field(post, account, "media", (*media[:place], *new, *media[place:]))


def remove_media(post: Post, account: Account | None, number: int) -> Post:
    """Takes file `number` (from 0) out."""
    media = value(post, account, "media")
    return set_field(post, account, "media", (*media[:number], *media[number + 1 :]))


def move_media(post: Post, account: Account | None, number: int, to: int) -> Post:
    """Moves file `number` so that it is file `to`."""
    media = list(value(post, account, "media"))
    media.insert(to, media.pop(number))
    return set_field(post, account, "media", tuple(media))


def set_alt(post: Post, account: Account | None, number: int, alt: str) -> Post:
    """Writes the alt text of file `number`."""
    media = value(post, account, "media")
    changed = replace(media[number], alt=alt)
    return set_field(post, account, "media", (*media[:number], changed, *media[number + 1 :]))


def choose(post: Post, account_id: str, chosen: bool) -> Post:
    """Adds the account to those it is meant for, at the end, or takes it out."""
    rest = tuple(id for id in post.accounts if id != account_id)
    return replace(post, accounts=(*rest, account_id) if chosen else rest)


def set_mode(post: Post, account: Account, mode: Mode) -> Post:
    """This one post goes to the account another way; the account's own way is no option at all."""
    key = account_key(account.id)
    rest = {name: value for name, value in post.options.get(key, {}).items() if name != MODE}
    if resolve(_with_options(post, key, rest), account).mode != mode:
        rest[MODE] = mode
    return _with_options(post, key, rest)


def _with_options(post: Post, key: str, options: Mapping[str, object]) -> Post:
    others = {name: value for name, value in post.options.items() if name != key}
    return replace(post, options={**others, key: options} if options else others)


def read_tags(text: str) -> tuple[str, ...]:
    """Tags as people type them: "#周末 citywalk, old town" with `#`, commas or spaces between; each once."""
    for mark in "#＃,，、;；":
        text = text.replace(mark, " ")
    return tuple(dict.fromkeys(text.split()))


def write_tags(tags: Sequence[str]) -> str:
    """Tags for the field, one space between."""
    return " ".join(f"#{tag}" for tag in tags)


def plain(text: str) -> str:
    """Text as a post keeps it: one kind of line end, no NUL and no lone surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
    return clean(text.replace("\x00", ""))


def link_into_text(post: Post, account: Account | None) -> Post:
    """The link, as the last line of the text."""
    text, link = value(post, account, "text"), value(post, account, "link")
    if not link or link in text:
        return post
    gap = "" if not text or text.endswith("\n") else "\n"
    return set_field(post, account, "text", f"{text}{gap}{link}")


def first_media(post: Post, account: Account | None, most: int) -> Post:
    """Only the first `most` files go there."""
    return set_field(post, account, "media", value(post, account, "media")[:most])


def set_reply(post: Post, number: int, text: str) -> Post:
    """Writes reply `number` (from 0); one more than there are makes a new one."""
    return _with_replies(post, number, replace(_reply(post, number), text=text))


def set_reply_delay(post: Post, number: int, minutes: int) -> Post:
    """How long after the link before it reply `number` goes out."""
    return _with_replies(post, number, replace(_reply(post, number), after=minutes))


def move_reply(post: Post, number: int, to: int) -> Post:
    """Moves reply `number` so that it is reply `to`."""
    replies = list(post.replies)
    replies.insert(to, replies.pop(number))
    return replace(post, replies=tuple(replies))


def remove_reply(post: Post, number: int) -> Post:
    """Takes reply `number` out."""
    return replace(post, replies=(*post.replies[:number], *post.replies[number + 1 :]))


def _reply(post: Post, number: int) -> Reply:
    return post.replies[number] if number < len(post.replies) else Reply()


def _with_replies(post: Post, number: int, reply: Reply) -> Post:
    return replace(post, replies=(*post.replies[:number], reply, *post.replies[number + 1 :]))
