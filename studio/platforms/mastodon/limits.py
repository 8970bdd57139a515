"""What one server allows. Every server may differ: the numbers are read from it and kept with the account.

Sources: Mastodon documentation, entity Instance and V1::Instance, read 2026-07; Mastodon source, August 2026.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from studio.platforms.base import Fact

INSTANCE = "Mastodon documentation, Instance.configuration, read 2026-07"
ITSELF = "the server's own answer (/api/v2/instance)"
CHARACTERS = Fact(500, INSTANCE)
MEDIA = Fact(4, INSTANCE)
URL = Fact(23, INSTANCE)
DESCRIPTION = Fact(1500, INSTANCE)
IMAGE_BYTES = Fact(16_777_216, INSTANCE)
VIDEO_BYTES = Fact(103_809_024, INSTANCE)
VIDEO_RATE = Fact(120, INSTANCE)
VIDEO_PIXELS = Fact(8_294_400, INSTANCE)
OPTIONS = Fact(4, INSTANCE)
OPTION_CHARACTERS = Fact(50, INSTANCE)
SHORTEST_POLL = Fact(300, INSTANCE)
LONGEST_POLL = Fact(2_629_746, INSTANCE)
# Larger pictures are taken and made smaller there; made smaller here, what is read back is what was sent.
PIXELS = Fact(8_294_400, "Mastodon source, MediaAttachment IMAGE_STYLES, August 2026")
LARGEST = 1_000_000_000  # of a number a server says; anything more is not believed

_PATHS: Mapping[str, tuple[str, str]] = {
    "characters": ("statuses", "max_characters"), "media": ("statuses", "max_media_attachments"),
    "url": ("statuses", "characters_reserved_per_url"), "description": ("media_attachments", "description_limit"),
    "image_bytes": ("media_attachments", "image_size_limit"),
    "video_bytes": ("media_attachments", "video_size_limit"),
    "options": ("polls", "max_options"), "option_characters": ("polls", "max_characters_per_option"),
    "shortest_poll": ("polls", "min_expiration"), "longest_poll": ("polls", "max_expiration"),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """own: True when they are the server's, False for the usual ones."""

    characters: int = CHARACTERS.value
    media: int = MEDIA.value
    url: int = URL.value
    description: int = DESCRIPTION.value
    image_bytes: int = IMAGE_BYTES.value
    video_bytes: int = VIDEO_BYTES.value
    options: int = OPTIONS.value
    option_characters: int = OPTION_CHARACTERS.value
    shortest_poll: int = SHORTEST_POLL.value
    longest_poll: int = LONGEST_POLL.value
    own: bool = False

    @property
    def source(self) -> str:
        return ITSELF if self.own else INSTANCE


def _number(value: object) -> int | None:
    """A count that can be one; some servers write numbers as text."""
    try:
        number = int(value) if isinstance(value, str | int) and not isinstance(value, bool) else 0
    except ValueError:
        return None
    return number if 0 < number <= LARGEST else None


def of_instance(found: Mapping[str, Any]) -> dict[str, str]:
    """What an instance says of its limits, for the account's identity; what it does not say is left out.

    Pleroma and its like answer without `configuration`, with max_toot_chars and max_media_attachments instead.
    """
    configuration = found.get("configuration")
    told = configuration if isinstance(configuration, dict) else {}
    said: dict[str, str] = {}
    for name, (group, key) in _PATHS.items():
        part = told.get(group)
        if isinstance(part, dict) and (number := _number(part.get(key))):
            said[name] = str(number)
    for name, key in (("characters", "max_toot_chars"), ("media", "max_media_attachments")):
        if name not in said and (number := _number(found.get(key))):
            said[name] = str(number)
    return said


def of(identity: Mapping[str, str]) -> Limits:
    """The limits an account's identity holds; the usual ones for what it does not."""
    said = {f.name: _number(identity.get(f.name)) for f in fields(Limits) if f.name != "own"}
    known: dict[str, Any] = {name: number for name, number in said.items() if number}
    return replace(Limits(), **known, own=bool(known))


def software(version: str) -> str:
    """"mastodon", or the lower-case name of what answers in its language: "2.7.2 (compatible; Akkoma 3.13.2)"."""
    if found := re.search(r"compatible;\s*([A-Za-z]+)", version):
        return found[1].lower()
    return "mastodon" if _parsed(version) >= (2, 0, 0) else "other"


def _parsed(version: str) -> tuple[int, int, int]:
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else (0, 0, 0)


REPLAY_BROKEN = ((4, 6, 0), (4, 6, 5))  # github.com/mastodon/mastodon/issues/40399, read 2026-11-22


def honours_keys(identity: Mapping[str, str]) -> bool:
    """True when a repeat with the same Idempotency-Key gives the first post back, within the hour.

    Mastodon 4.6.0 to 4.6.5 answer a repeat with 500 although the first post is there; other software may ignore the
    key, or race.
    """
    version = identity.get("version", "")
    first, last = REPLAY_BROKEN
    return software(version) == "mastodon" and not first <= _parsed(version) <= last
