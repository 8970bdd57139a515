"""What a declaration is made of: facts, rules for files, counts, covers, settings. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.core.card import Confidence
from studio.core.post import Media
from studio.core.words import Words


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with where and when it was read: every limit has one."""

    value: int
    source: str
    seen: str = "2026-11-22"


@dataclass(frozen=True, slots=True)
class ImageRule:
    """What a picture must be to be taken; `services.fitting` makes it so.

    formats   mimes taken as they are; others are converted to the first
    bytes, edge, pixels   most bytes, longest edge in px, most pixels; None: no known limit
    animated  True when animations are kept moving
    """

    most: Fact
    formats: tuple[str, ...] = ("image/jpeg", "image/png")
    bytes: Fact | None = None
    edge: Fact | None = None
    pixels: Fact | None = None
    animated: bool = False
    alt: Fact | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A size in px, or a shape where only the ratio of the two matters, with where and when it was read."""

    width: int
    height: int
    source: str
    seen: str = "2026-11-22"


@dataclass(frozen=True, slots=True)
class VideoRule:
    """What a video must be. seconds, bytes, rate (frames a second), bitrate (bits a second), pixels: the most taken.

    shortest            seconds it must last at least
    narrowest, widest   shapes that are taken
    advised             the size in px that is asked for or advised; an export for the platform has it
    codecs              what the picture may be coded as, the advised one first
    """

    most: Fact
    formats: tuple[str, ...] = ("video/mp4",)
    bytes: Fact | None = None
    seconds: Fact | None = None
    shortest: Fact | None = None
    narrowest: Frame | None = None
    widest: Frame | None = None
    advised: Frame | None = None
    rate: Fact | None = None
    bitrate: Fact | None = None
    pixels: Fact | None = None
    codecs: tuple[str, ...] = ("h264",)


@dataclass(frozen=True, slots=True)
class Count:
    """A field's length in the platform's own unit, and its limit (None: no limit).

    over   where, in Python characters of the text, the limit is passed; None when it is not
    """

    count: int
    limit: int | None
    unit: str
    over: int | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """One file made ready for a platform: bytes on disk, already fitted, cleaned and hashed."""

    path: Path
    mime: str
    bytes: int
    sha256: str
    width: int
    height: int
    alt: str
    name: str
    kind: str = "image"
    duration: float | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Want:
    """One file that a content needs, in the order of its uploads.

    media   a file of the library; None: a picture from `url`, which is fetched first
    rule    what a picture must be here; None: it goes as it is
    role    "" for the post's own media, else the platform's own word for what it is used as ("cover", "inline")
    """

    media: Media | None
    rule: ImageRule | None = None
    role: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """A size in px that a person needs the cover in when they post by hand. name: as a file ("cover-900x383")."""

    name: str
    width: int
    height: int
    source: str
    seen: str = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Setting:
    """Something of the platform that may differ or change, per account: a version, a limit nobody is sure of.

    choices   () for any text
    called    what people call each of the choices; () where they are words already
    """

    name: str
    label: Words
    help: Words
    default: str = ""
    choices: tuple[str, ...] = ()
    called: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """The one thing to do about a finding of the doctor.

    kind   "open" an address, "copy" a text, "sign_in" again, go "by_hand" instead
    """

    kind: Literal["open", "copy", "sign_in", "by_hand"]
    words: Words
    value: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """A platform's own timer: how far ahead, in seconds, a post may be left with it."""

    least: Fact
    most: Fact


@dataclass(frozen=True, slots=True)
class Profile:
    """The grid that an account's page shows its posts in, newest first.

    columns   side by side
    ratio     width to height of a cell; 0: each keeps its picture's own (a waterfall)
    gap       between cells, logical px
    """

    columns: int
    ratio: float
    gap: float
    source: str
    confidence: Confidence = "seen"
    seen: str = "2026-11-22"
