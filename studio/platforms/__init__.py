"""Where it goes: one folder per platform, found by being there. No platform imports another."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.platforms.base import Platform


@cache
def names() -> tuple[str, ...]:
    """The ids of all platforms, which are the names of the folders here."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if found.ispkg))


@cache
def _load(name: str) -> Platform:
    module = importlib.import_module(f"{__name__}.{name}")
    platform: Platform = module.PLATFORM
    return platform


def get(name: str) -> Platform:
    """The platform of that id; Refused when there is none."""
    if name not in names():
        from studio.core.errors import NotFound

        raise NotFound("platform", name)
    return _load(name)


def every() -> Mapping[str, Platform]:
    """All platforms by id."""
    return {name: get(name) for name in names()}
