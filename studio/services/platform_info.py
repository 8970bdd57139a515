"""What front-ends may know of a platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.core.pace import Pace
from studio.core.post import Mode

if TYPE_CHECKING:
    from studio.core.safezone import SafeZone
    from studio.core.words import Words
    from studio.platforms.base import Browser, LoginField, Platform, Timer

NO_PACE = Pace()


@dataclass(frozen=True, slots=True)
class PlatformInfo:
    """What a platform declares, as far as it concerns a person.

    threads   a post may be followed by replies of one's own
    timer     what its own timer takes, None where it has none
    browser   how one signs in with the browser, None where one cannot
    pace      what it proposes for its accounts
    zones     what it covers of a full-screen video, per surface
    """

    id: str
    name: Words
    initial: Mapping[str, str]
    colour: str
    modes: tuple[Mode, ...]
    embedded: bool
    fields: tuple[LoginField, ...]
    home: str
    threads: bool = False
    timer: Timer | None = None
    browser: Browser | None = None
    pace: Pace = NO_PACE
    zones: tuple[SafeZone, ...] = ()


def info_of(p: Platform) -> PlatformInfo:
    """Of its declaration."""
    return PlatformInfo(
        p.id, p.name, p.initial, p.colour, p.modes, p.embedded, p.fields, p.home, p.threads, p.timer, p.browser, p.pace,
        p.zones,
    )  # fmt: skip
