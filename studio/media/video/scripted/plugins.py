"""Effects that somebody else wrote with MoviePy: declared like our own, run like MoviePy's.

    register(EffectSpec("sepia", Words(...), "picture", "moviepy", (), "baked"), lambda values: Sepia())

An installed package may do so by an entry point of the group "yigao.effects" that is a function without arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from typing import Any

from studio.core import effects
from studio.core.effects.spec import EffectSpec
from studio.core.finding import Finding, warning

GROUP = "yigao.effects"
# The effect's values by its fields' names -> a moviepy.Effect.
Factory = Callable[[Mapping[str, Any]], Any]
_FACTORIES: dict[str, Factory] = {}


def register(spec: EffectSpec, make: Factory) -> None:
    """Adds an effect. Refused: video.effect_twice (the name is taken), video.effect_native (it is no baked one)."""
    effects.register(spec)
    _FACTORIES[spec.name] = make


def factory(name: str) -> Factory | None:
    """Who makes the effect of that name; None for MoviePy's own."""
    return _FACTORIES.get(name)


def load() -> tuple[Finding, ...]:
    """Lets every installed package add its effects; says which could not. Never raises."""
    found = []
    for point in entry_points(group=GROUP):
        try:
            point.load()()
        except Exception as fault:
            found.append(warning("video.plugin_broken", "effects", name=point.name, reason=_said(fault)))
    return tuple(found)


def _said(fault: Exception) -> str:
    return str(fault) or type(fault).__name__
