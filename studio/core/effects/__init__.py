"""Every effect that can be put on a clip, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.core.curve import Curve
from studio.core.effects import picture, scripted, sound
from studio.core.effects.spec import EffectSpec as EffectSpec
from studio.core.effects.spec import Field as Field
from studio.core.errors import Refused
from studio.core.finding import error
from studio.core.opentime import Time
from studio.core.timeline import ZERO, Effect

_ALL = {spec.name: spec for spec in (*picture.EFFECTS, *sound.EFFECTS, *scripted.EFFECTS)}
EFFECTS: Mapping[str, EffectSpec] = MappingProxyType(_ALL)


def register(spec: EffectSpec) -> None:
    """Adds a plug-in's effect when the studio starts. Refused when the name is taken or it is not a baked one."""
    if spec.name in _ALL:
        raise Refused(error("video.effect_twice", "effect", name=spec.name))
    if spec.engine != "baked":
        raise Refused(error("video.effect_native", "effect", name=spec.name))
    _ALL[spec.name] = spec


def spec(name: str) -> EffectSpec:
    """The effect of that name; Refused when there is none."""
    if name not in EFFECTS:
        raise Refused(error("video.no_effect", "effect", name=name))
    return EFFECTS[name]


def value(effect: Effect, field: str, local: Time = ZERO) -> float | bool | str:
    """An effect's parameter at `local` seconds of its clip; the field's default where it is not set."""
    declared = spec(effect.name).field(field)
    if declared is None:
        raise Refused(error("video.no_field", "effect", name=effect.name, parameter=field))
    param = effect.params.get(field, declared.default)
    return param.at(local) if isinstance(param, Curve) else param


def number(effect: Effect, field: str, local: Time = ZERO) -> float:
    """A numeric parameter at a moment."""
    return float(value(effect, field, local))
