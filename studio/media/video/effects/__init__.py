"""What draws each effect on pictures, by its name. A module of this folder brings its own in `NATIVES`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from studio.media.video.effects.native import Lay as Lay
from studio.media.video.effects.native import Moment as Moment
from studio.media.video.effects.native import Native as Native
from studio.media.video.effects.native import Params as Params
from studio.media.video.effects.native import Step as Step

_plugged: dict[str, Native] = {}


@cache
def natives() -> Mapping[str, Native]:
    """Those of this folder: {effect's name: what draws it}."""
    found: dict[str, Native] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        found |= getattr(import_module(f"{__name__}.{module}"), "NATIVES", {})
    return found


def native(name: str) -> Native | None:
    """What draws the effect of that name; None when the engine has nothing for it (sound, and what is baked)."""
    return _plugged.get(name) or natives().get(name)


def plug(name: str, effect: Native) -> None:
    """Adds one from outside the studio."""
    _plugged[name] = effect


def unplug(name: str) -> None:
    """Takes an added one away again."""
    _plugged.pop(name, None)
