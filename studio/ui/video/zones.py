"""The safe zones to choose from: every platform's that declares one, and what is common to all."""

from __future__ import annotations

from collections.abc import Iterable

from studio.core.safezone import COMMON
from studio.services.platform_info import PlatformInfo
from studio.ui.video.player.controls import Zone

LANGUAGES = ("en", "zh_CN", "zh_TW")


def zones(platforms: Iterable[PlatformInfo]) -> list[Zone]:
    """In the order of the platforms."""
    found = []
    for platform in platforms:
        for number, zone in enumerate(platform.zones):
            one = len(platform.zones) == 1
            words = {
                code: platform.name.say(code) if one else f"{platform.name.say(code)} · {zone.surface.say(code)}"
                for code in LANGUAGES
            }  # fmt: skip
            found.append(Zone(f"{platform.id}:{number}", words, zone))
    return [*found, Zone("common", {code: COMMON.surface.say(code) for code in LANGUAGES}, COMMON)]
